//! `audit.json`: for people who watch the rules, never for interviewers. It says which applications were drawn for
//! control, how each rule went over the day, and who is referred by group.

use std::collections::BTreeMap;

use serde::Serialize;

use super::manifest::SCHEMA_VERSION;
use crate::json;
use crate::night::Night;
use crate::rules::RuleSet;
use crate::screening::{Audit, Settings};

#[derive(Serialize)]
struct File<'a> {
    schema_version: u32,
    kontrol: Control<'a>,
    aturan: Vec<Rule<'a>>,
    kelompok: &'a Audit,
    #[serde(skip_serializing_if = "Option::is_none")]
    susulan: Option<Again<'a>>,
    sumber: Vec<Source>,
}

/// The open applications of before.
#[derive(Serialize)]
struct Again<'a> {
    dilihat_lagi: usize,
    terdaftar: Vec<&'a str>,
    /// How many times each rule was new or weighed more.
    aturan: BTreeMap<&'a str, usize>,
}

/// The control sample.
#[derive(Serialize)]
struct Control<'a> {
    per_mille: u32,
    nomor_permohonan: Vec<&'a str>,
}

/// How a rule went.
#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    versi: i64,
    kelas: &'static str,
    status: &'static str,
    kena: usize,
    tidak_kena: usize,
    tidak_dapat_dinilai: &'a BTreeMap<String, usize>,
    tidak_berlaku: usize,
}

/// A remark of a group or network.
#[derive(Serialize)]
struct Source {
    nama: String,
    catatan: String,
}

/// The file.
pub(super) fn file(night: &Night, set: &RuleSet, settings: &Settings) -> Vec<u8> {
    let drawn = night.referrals.iter().filter(|r| r.control).map(|r| r.nomor_permohonan.as_str());
    let mut drawn: Vec<&str> = drawn.collect();
    drawn.sort_unstable();
    let rules = night.plan.rules.iter().zip(&night.hits.tallies).filter_map(|(planned, tally)| {
        let rule = set.rules.get(planned.index)?;
        Some(Rule {
            id: rule.id.as_str(),
            versi: rule.version,
            kelas: rule.class.letter(),
            status: rule.status.name(),
            kena: tally.fired,
            tidak_kena: tally.quiet,
            tidak_dapat_dinilai: &tally.not_evaluable,
            tidak_berlaku: tally.not_in_force,
        })
    });
    let remarks = night.witnesses.remarks().map(|(nama, catatan)| Source { nama: nama.to_owned(), catatan });
    let again = night.again.as_ref().map(|again| {
        let mut rules = BTreeMap::new();
        for change in again.list.iter().flat_map(|one| &one.changes) {
            if let Some(rule) = set.rules.get(change.rule) {
                *rules.entry(rule.id.as_str()).or_insert(0) += 1;
            }
        }
        let listed = again.list.iter().map(|one| one.referral.nomor_permohonan.as_str());
        Again { dilihat_lagi: again.rows.len(), terdaftar: listed.collect(), aturan: rules }
    });
    json::pretty(&File {
        schema_version: SCHEMA_VERSION,
        kontrol: Control { per_mille: settings.control_per_mille, nomor_permohonan: drawn },
        aturan: rules.collect(),
        kelompok: &night.audit,
        susulan: again,
        sumber: remarks.collect(),
    })
    .into_bytes()
}
