//! Counts of who is referred, by sex, age band and province of the NIK: for people who watch the rules, never for a
//! score. Small groups are counted in but not shown alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Referral;
use crate::Result;
use crate::columns::derived::nik::PROVINSI;
use crate::columns::derived::umur::UMUR;
use crate::frame::Frame;
use crate::schema::columns::JENIS_KELAMIN;

/// Groups smaller than this are shown together as `lainnya`, so that no line of the report is about a few people.
const SMALLEST_GROUP: usize = 10;

/// Referral rates of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// By sex as stated.
    pub jenis_kelamin: Vec<GroupRate>,
    /// By age band at application.
    pub umur: Vec<GroupRate>,
    /// By province of first registration.
    pub provinsi_nik: Vec<GroupRate>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRate {
    /// The group.
    pub kelompok: String,
    /// Applications.
    pub permohonan: usize,
    /// Of them referred by rules (the control sample is not).
    pub dirujuk: usize,
}

impl Audit {
    /// The columns the audit reads. They are computed for it alone; no rule that scores may use them.
    pub const COLUMNS: [&str; 3] = [JENIS_KELAMIN, UMUR, PROVINSI];

    /// Counts the subjects and the referrals among them.
    pub fn of(frame: &Frame, subjects: std::ops::Range<u32>, referrals: &[Referral]) -> Result<Self> {
        let referred: BTreeSet<u32> = referrals.iter().filter(|r| !r.control).map(|r| r.row).collect();
        let (sex, age, province) = (frame.text(JENIS_KELAMIN)?, frame.number(UMUR)?, frame.text(PROVINSI)?);
        Ok(Self {
            jenis_kelamin: rates(&subjects, &referred, |row| sex.get(row)),
            umur: rates(&subjects, &referred, |row| age.get(row).map(age_band)),
            provinsi_nik: rates(&subjects, &referred, |row| province.get(row)),
        })
    }
}

/// The age band of an age in years.
pub(crate) fn age_band(age: i64) -> &'static str {
    match age {
        ..=17 => "00-17",
        18..=24 => "18-24",
        25..=34 => "25-34",
        35..=44 => "35-44",
        45..=59 => "45-59",
        _ => "60+",
    }
}

fn rates<'a>(
    subjects: &std::ops::Range<u32>,
    referred: &BTreeSet<u32>,
    group: impl Fn(usize) -> Option<&'a str>,
) -> Vec<GroupRate> {
    let name = |row: u32| group(row as usize).unwrap_or("tidak diketahui");
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in subjects.clone() {
        counts.entry(name(row)).or_default().0 += 1;
    }
    for row in referred.range(subjects.clone()) {
        counts.entry(name(*row)).or_default().1 += 1;
    }
    let mut small = (0, 0);
    let mut rates = Vec::new();
    for (kelompok, (permohonan, dirujuk)) in counts {
        if permohonan < SMALLEST_GROUP {
            small.0 += permohonan;
            small.1 += dirujuk;
        } else {
            rates.push(GroupRate { kelompok: kelompok.to_owned(), permohonan, dirujuk });
        }
    }
    if small.0 > 0 {
        rates.push(GroupRate { kelompok: "lainnya".to_owned(), permohonan: small.0, dirujuk: small.1 });
    }
    rates
}
