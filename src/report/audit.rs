//! `audit.json`: for people who watch the rules, never for interviewers. It says which applications were drawn for
//! control, how each rule went over the day, and who is referred by group.

use std::collections::BTreeMap;

use serde::Serialize;

use super::manifest::SCHEMA_VERSION;
use crate::Result;
use crate::json;
use crate::night::Night;
use crate::rules::RuleSet;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::screening::{Audit, Exempted, Hit, Settings};

#[derive(Serialize)]
struct File<'a> {
    schema_version: u32,
    kontrol: Control<'a>,
    aturan: Vec<Rule<'a>>,
    kelompok: &'a Audit,
    #[serde(skip_serializing_if = "Option::is_none")]
    susulan: Option<Again<'a>>,
    sumber: Vec<Source>,
    pengecualian: Vec<Exception<'a>>,
    penyesuaian: Vec<Adjusted<'a>>,
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

/// How an exception went, and the findings it hid.
#[derive(Serialize)]
struct Exception<'a> {
    id: &'a str,
    alasan: &'a str,
    pemilik: &'a str,
    penyetuju: &'a str,
    sampai: String,
    paling_banyak: usize,
    keadaan: &'static str,
    kena: usize,
    temuan: Vec<Hidden<'a>>,
}

/// A finding that an exception hid.
#[derive(Serialize)]
struct Hidden<'a> {
    nomor_permohonan: &'a str,
    aturan: &'a str,
    poin: i64,
}

/// A change that a layer makes to the rules.
#[derive(Serialize)]
struct Adjusted<'a> {
    lapisan: String,
    hal: String,
    semula: &'a str,
    menjadi: &'a str,
    alasan: &'a str,
    sampai: String,
    berlaku: bool,
}

/// A remark of a group or network.
#[derive(Serialize)]
struct Source {
    nama: String,
    catatan: String,
}

/// The file.
pub(super) fn file(night: &Night, set: &RuleSet, settings: &Settings) -> Result<Vec<u8>> {
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
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let hidden = |hit: &Hit| {
        let rule = night.plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index))?;
        let nomor_permohonan = numbers.get(hit.row as usize)?;
        Some(Hidden { nomor_permohonan, aturan: rule.id.as_str(), poin: hit.points })
    };
    let exceptions = night.exceptions.iter().filter_map(|account| {
        let exception = set.exceptions.get(account.exception)?;
        let applied = account.how == Exempted::Applied;
        let mut found: Vec<Hidden<'_>> = account.met.iter().filter(|_| applied).filter_map(hidden).collect();
        found.sort_by_key(|hidden| (hidden.aturan, hidden.nomor_permohonan));
        Some(Exception {
            id: &exception.id,
            alasan: &exception.reason,
            pemilik: &exception.owner,
            penyetuju: &exception.approver,
            sampai: exception.until.to_string(),
            paling_banyak: exception.most,
            keadaan: account.how.code(),
            kena: account.met.len(),
            temuan: found,
        })
    });
    let adjusted = set.changes.iter().map(|change| Adjusted {
        lapisan: change.layer.to_string(),
        hal: change.target.to_string(),
        semula: &change.from,
        menjadi: &change.to,
        alasan: &change.because,
        sampai: change.until.to_string(),
        berlaku: change.applied,
    });
    Ok(json::pretty(&File {
        schema_version: SCHEMA_VERSION,
        kontrol: Control { per_mille: settings.control_per_mille, nomor_permohonan: drawn },
        aturan: rules.collect(),
        kelompok: &night.audit,
        susulan: again,
        sumber: remarks.collect(),
        pengecualian: exceptions.collect(),
        penyesuaian: adjusted.collect(),
    })
    .into_bytes())
}
