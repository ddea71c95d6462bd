//! The frozen sample of a comparison: an office's exports and their past, read once. Nothing is written.

use std::path::Path;

use chrono::NaiveDate;

use super::output::Out;
use crate::Result;
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::history::Store;
use crate::lab::{Earlier, Sample, Terms};
use crate::office::{self, Frequencies, Office};
use crate::rules::RuleSet;
use crate::source::{self, Options, Profile};

/// An office whose applications are judged.
pub(super) struct SampleOffice {
    pub(super) office: Office,
    profile: Profile,
    /// The columns its rules may name.
    pub(super) catalog: Catalog,
}

/// Opens an office; on faults of its files prints them and returns nothing.
pub(super) fn open(folder: &Path, out: &mut Out) -> Result<Option<SampleOffice>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let office = office::load(folder, &mut files, &mut report)?;
    let profile = match &office {
        Some(office) => source::load_profile(&office.profile, &mut files, &mut report)?,
        None => None,
    };
    let (Some(office), Some(profile), false) = (office, profile, report.has_errors()) else {
        out.report(&report, &files);
        return Ok(None);
    };
    let mut catalog = Catalog::builtin();
    profile.extend(&mut catalog);
    Ok(Some(SampleOffice { office, profile, catalog }))
}

impl SampleOffice {
    /// Reads the exports with their past: from the store of history where it has any, else from the first exports.
    pub(super) fn read(&self, as_of: NaiveDate, sets: &[&RuleSet]) -> Result<Sample> {
        let store = self.office.history.as_deref().map(Store::open).transpose()?;
        let tonight = self.exports(&self.office.input_files()?, as_of)?;
        let first = self.office.first_files()?;
        let earlier = match &store {
            Some(store) if store.rows() > 0 => Earlier::Store(store),
            _ if first.is_empty() => Earlier::None,
            _ => Earlier::Read(self.exports(&first, as_of)?),
        };
        Sample::new(tonight, earlier, sets, as_of, false)
    }

    /// Reads the exports and those of the past, whatever a store holds by now, and judges all of them.
    pub(super) fn read_frozen(&self, as_of: NaiveDate, everyone: bool) -> Result<Sample> {
        let tonight = self.exports(&self.office.input_files()?, as_of)?;
        let first = self.office.first_files()?;
        let earlier = if first.is_empty() { Earlier::None } else { Earlier::Read(self.exports(&first, as_of)?) };
        Sample::new(tonight, earlier, &[], as_of, everyone)
    }

    /// How rare words of names are with the history of the office.
    pub(super) fn frequencies(&self, as_of: NaiveDate) -> Result<Frequencies> {
        let history = self.office.history.as_deref().map(Store::open).transpose()?;
        Frequencies::of(history.as_ref(), as_of)
    }

    /// What the sample is judged by under some rules: the office's lists are those of the day.
    pub(super) fn terms<'a>(
        &self,
        set: &'a RuleSet,
        as_of: NaiveDate,
        capacity: usize,
        frequencies: &Frequencies,
    ) -> Result<Terms<'a>> {
        let lists = office::load_lists(self.office.lists.as_ref(), set, as_of, frequencies)?.lists;
        Ok(Terms { set, lists, capacity })
    }

    fn exports(&self, files: &[std::path::PathBuf], as_of: NaiveDate) -> Result<crate::frame::Frame> {
        Ok(source::read(&self.profile, files, &Options::new(as_of), &|_| Ok(()))?.applications)
    }
}
