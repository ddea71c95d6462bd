//! `pantau.json`: for people who watch the lists. Which lists took part, what is wrong with them, how many applications met
//! an entry, by list, role and level. It names no applicant and no entry.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::manifest::SCHEMA_VERSION;
use super::short;
use crate::columns::watchlist::{Loaded, levels};
use crate::json;
use crate::night::Night;
use crate::office::{ListAccount, OfficeLists};
use crate::rules::RuleSet;
use crate::{Result, lists};

#[derive(Serialize)]
struct File<'a> {
    schema_version: u32,
    permohonan: usize,
    daftar: Vec<List<'a>>,
    dikesampingkan_berakhir: usize,
}

#[derive(Serialize)]
struct List<'a> {
    nama: &'a str,
    jenis: &'a str,
    dimuat: bool,
    berkas: Option<String>,
    sha256: Option<&'a str>,
    entri: Option<u64>,
    per_tanggal: Option<String>,
    catatan: Vec<Remark<'a>>,
    disisihkan: Vec<Aside>,
    peran: Vec<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pencarian: Option<Found>,
}

/// What finding people took.
#[derive(Serialize)]
struct Found {
    orang: u64,
    calon: u64,
    tersisih_nama: u64,
    tersisih_bukti: u64,
    dibandingkan: u64,
    cocok: u64,
}

#[derive(Serialize)]
struct Remark<'a> {
    kode: &'static str,
    pesan: &'a str,
}

/// A line of a list that was set aside.
#[derive(Serialize)]
struct Aside {
    baris: u64,
    isian: &'static str,
    kode: &'static str,
}

#[derive(Serialize)]
struct Role {
    peran: &'static str,
    /// Applications by level; those of whom nothing could be compared under `-`.
    tingkat: BTreeMap<String, usize>,
    /// Applications with an entry that counts.
    kena: usize,
    /// The same in 100 applications.
    per_100: f64,
}

/// How many applications met an entry that counts, by list, for the end of a run: name, applications, in 100.
pub fn alerts(night: &Night, set: &RuleSet) -> Result<BTreeMap<String, (usize, f64)>> {
    let mut all = BTreeMap::new();
    for spec in set.watchlists() {
        let roles = roles(night, spec)?;
        let hits = roles.iter().map(|role| role.kena).sum();
        all.insert(spec.name.clone(), (hits, per_100(hits, night.subjects.len())));
    }
    Ok(all)
}

pub(super) fn file(night: &Night, set: &RuleSet, of_office: &OfficeLists, folder: &Path) -> Result<Vec<u8>> {
    let of = |account: &ListAccount| set.watchlists().find(|spec| spec.name == account.name);
    let lists = of_office.accounts.iter().filter_map(|account| Some((account, of(account)?)));
    let lists = lists.map(|(account, spec)| {
        let read = account.read.as_ref();
        let remarks = account.remarks.iter();
        let aside = read.iter().flat_map(|read| &read.set_aside);
        Ok(List {
            nama: &account.name,
            jenis: account.kind,
            dimuat: read.is_some(),
            berkas: read.map(|read| short(&read.path, folder)),
            sha256: read.map(|read| read.sha256.as_str()),
            entri: read.map(|read| read.rows),
            per_tanggal: read.and_then(|read| read.made_on).map(|day| day.to_string()),
            catatan: remarks.map(|(code, message)| Remark { kode: code.code(), pesan: message }).collect(),
            disisihkan: aside.map(|p| Aside { baris: p.line, isian: p.field, kode: p.code }).collect(),
            pencarian: of_office.lists.get(&account.name).and_then(Loaded::search).map(|search| Found {
                orang: search.people,
                calon: search.looked_at,
                tersisih_nama: search.pruned_by_words,
                tersisih_bukti: search.pruned_by_evidence,
                dibandingkan: search.compared,
                cocok: search.hits,
            }),
            peran: if read.is_some() { roles(night, spec)? } else { Vec::new() },
        })
    });
    Ok(json::pretty(&File {
        schema_version: SCHEMA_VERSION,
        permohonan: night.subjects.len(),
        daftar: lists.collect::<Result<_>>()?,
        dikesampingkan_berakhir: of_office.ended,
    })
    .into_bytes())
}

fn roles(night: &Night, spec: &lists::ListSpec) -> Result<Vec<Role>> {
    let mut all = Vec::new();
    for (role, column) in levels(spec) {
        if !night.frame.has(&column) {
            // No rule asks.
            continue;
        }
        let view = night.frame.text(&column)?;
        let mut levels: BTreeMap<String, usize> = BTreeMap::new();
        for row in night.subjects.clone() {
            *levels.entry(view.get(row as usize).unwrap_or("-").to_owned()).or_default() += 1;
        }
        let hits = ["possible", "strong", "exact"].iter().filter_map(|level| levels.get(*level)).sum();
        all.push(Role {
            peran: role.name(),
            tingkat: levels,
            kena: hits,
            per_100: per_100(hits, night.subjects.len()),
        });
    }
    Ok(all)
}

/// Two decimals, from whole numbers.
fn per_100(hits: usize, of: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a night are small")]
    let hundredths = (hits * 10_000).checked_div(of).unwrap_or(0) as f64;
    hundredths / 100.0
}
