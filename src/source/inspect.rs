//! Looking at an export with a profile, without a run: what `saring check --profile P FILE` shows.

use std::path::Path;

use super::account::FileAccount;
use super::convert::ColumnReading;
use super::intake::{self, Options};
use super::mapping::{Mapping, Origin, Output, Unmapped};
use super::pass::Pass;
use super::profile::Profile;
use super::quality::ColumnQuality;
use super::quarantine::Quarantined;
use super::remark::Remark;
use super::verdict;
use crate::frame::Frame;
use crate::schema::Need;
use crate::table::Header;
use crate::{Error, Result};

/// Masked samples shown of each column.
const SAMPLES: usize = 3;

/// What a profile makes of a file.
#[derive(Debug)]
pub struct Inspection {
    /// The file, with its counts.
    pub file: FileAccount,
    /// Every column that would be made, in order.
    pub columns: Vec<InspectedColumn>,
    /// Headings that nothing is made of.
    pub unmapped: Vec<UnmappedHeading>,
    /// Columns of the dictionary that the file cannot fill, required ones first.
    pub missing: Vec<MissingColumn>,
    /// The records that would be set aside.
    pub quarantine: Vec<Quarantined>,
    /// What else is worth saying.
    pub remarks: Vec<Remark>,
    /// Why a run would refuse the file; the first is the one it would report.
    pub refusals: Vec<Error>,
}

/// One column as it would be made.
#[derive(Debug, Clone)]
pub struct InspectedColumn {
    /// The heading it is read from, as written; `None` for a constant of the profile.
    pub heading: Option<String>,
    /// The type of its values, in words.
    pub ty: String,
    /// Whether the cell holds other columns, too.
    pub part: bool,
    /// How well it reads.
    pub quality: ColumnQuality,
    /// Up to three values, masked.
    pub samples: Vec<String>,
}

/// A heading that nothing is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedHeading {
    /// Its column in the file, from 1.
    pub number: usize,
    /// As written; absent where the line may be no heading and the word somebody's data.
    pub heading: Option<String>,
    /// Which column it resembles.
    pub suggestion: Option<String>,
}

/// A column that the file cannot fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    /// The column.
    pub name: &'static str,
    /// Whether the file is refused without it.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// Reads a file as a run would and tells what became of its columns. Only a file that cannot be read as a table at all
/// is an error.
pub fn inspect(profile: &Profile, path: &Path, options: &Options) -> Result<Inspection> {
    let file = intake::open(profile, path, options)?;
    let header = file.header().clone();
    let mapping = Mapping::new(profile, &header, path)?;
    let control = file.control().cloned();
    let keep = |frame: Frame| Ok(frame.select([]));
    let pass = Pass {
        mapping: &mapping,
        path,
        number: 0,
        samples: SAMPLES,
        refused: &[],
        options,
        progress: None,
        keep: &keep,
    };
    let mut reading = pass.read(file)?;
    let refusals = [
        mapping.require(path),
        mapping.deny_unknown(path),
        control.map_or(Ok(()), |control| verdict::compare_control(&control, &reading)),
        verdict::refuse_field_counts(&reading),
        verdict::judge_rounding(&mapping, 0, &mut reading).map(drop),
        verdict::refuse_too_many_bad(&reading.account, &reading.quarantine, options),
    ];
    let outputs = mapping.outputs.iter().zip(&reading.columns);
    Ok(Inspection {
        columns: outputs.map(|(output, column)| inspected(output, column, &header)).collect(),
        unmapped: mapping.unmapped.iter().map(|heading| unmapped(&mapping, heading)).collect(),
        missing: missing(&mapping),
        refusals: refusals.into_iter().filter_map(Result::err).collect(),
        file: reading.account,
        quarantine: reading.quarantine,
        remarks: reading.remarks,
    })
}

fn inspected(output: &Output<'_>, column: &ColumnReading, header: &Header) -> InspectedColumn {
    InspectedColumn {
        heading: output.field().and_then(|f| header.names.get(f)).map(|n| n.trim().to_owned()),
        ty: output.column.ty.describe(),
        part: matches!(output.origin, Origin::Part { .. }),
        quality: column.quality.clone(),
        samples: column.samples.clone(),
    }
}

fn unmapped(mapping: &Mapping<'_>, heading: &Unmapped) -> UnmappedHeading {
    UnmappedHeading {
        number: heading.number,
        heading: heading.shown.clone(),
        suggestion: mapping.suggestion(&heading.folded),
    }
}

fn missing(mapping: &Mapping<'_>) -> Vec<MissingColumn> {
    let of = |need: Need| {
        let required = need == Need::Required;
        mapping.missing(need).map(move |c| MissingColumn { name: c.name, required, meaning: c.meaning })
    };
    [Need::Required, Need::Recommended, Need::Optional].into_iter().flat_map(of).collect()
}
