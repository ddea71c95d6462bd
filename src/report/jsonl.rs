//! JSON Lines: one object a listed application, with its explanation as a tree whose leaves add up to the score.

use serde::Serialize;

use super::Form;
use super::listing::{Again, FindingText, Line, Link, Listing};
use super::manifest::SCHEMA_VERSION;
use crate::json;
use crate::schema::Mask;

/// The list, one line an application.
pub(super) fn referrals(listing: &Listing, form: &Form) -> Vec<u8> {
    listing.lines.iter().map(|line| json::line(&object(line, form))).collect::<String>().into_bytes()
}

/// The applications of before that are listed tonight, one line each, with what changed since they were judged.
pub(super) fn again(again: &[Again], form: &Form) -> Vec<u8> {
    let line = |one: &Again| json::line(&AgainObject { permohonan: object(&one.line, form), sejak: since(one, form) });
    again.iter().map(line).collect::<String>().into_bytes()
}

#[derive(Serialize)]
struct AgainObject<'a> {
    #[serde(flatten)]
    permohonan: Object<'a>,
    sejak: Since<'a>,
}

#[derive(Serialize)]
struct Since<'a> {
    dinilai: String,
    terdaftar_dulu: bool,
    poin_dulu: i64,
    poin_kini: i64,
    aturan_baru: &'a [String],
    aturan_lebih_berat: &'a [String],
    karena: Vec<String>,
}

fn since<'a>(again: &'a Again, form: &Form) -> Since<'a> {
    let since = &again.since;
    Since {
        dinilai: since.on.to_string(),
        terdaftar_dulu: since.listed,
        poin_dulu: since.points_before,
        poin_kini: since.points_now,
        aturan_baru: &since.new,
        aturan_lebih_berat: &since.heavier,
        karena: since.because(form.full_values),
    }
}

#[derive(Serialize)]
struct Object<'a> {
    schema_version: u32,
    peringkat: usize,
    golongan: &'static str,
    nomor_permohonan: &'a str,
    skor: i64,
    data: serde_json::Map<String, serde_json::Value>,
    penjelasan: Vec<Family<'a>>,
    temuan: Vec<Finding<'a>>,
    alasan: Vec<&'a str>,
    pertanyaan: Vec<&'a str>,
}

#[derive(Serialize)]
struct Family<'a> {
    rumpun: char,
    nama: &'a str,
    poin: i64,
    rincian: Vec<Leaf<'a>>,
}

#[derive(Serialize)]
struct Leaf<'a> {
    asal: &'a str,
    poin: i64,
}

#[derive(Serialize)]
struct Finding<'a> {
    aturan: &'a str,
    versi: i64,
    kelas: &'a str,
    judul: &'a str,
    poin: i64,
    alasan: &'a str,
    pertanyaan: &'a str,
    dasar: &'a [String],
    kemungkinan_wajar: &'a [String],
    terkait: Vec<Linked<'a>>,
}

#[derive(Serialize)]
struct Linked<'a> {
    sumber: &'a str,
    permohonan: Vec<String>,
    bersama: Vec<(&'a str, &'a str)>,
    sejak: Option<&'a str>,
    sampai: Option<&'a str>,
}

fn object<'a>(line: &'a Line, form: &Form) -> Object<'a> {
    let data = line.values.iter().map(|v| (v.column.name.to_owned(), v.raw(form.full_values).into()));
    Object {
        schema_version: SCHEMA_VERSION,
        peringkat: line.rank,
        golongan: line.band.name(),
        nomor_permohonan: &line.nomor,
        skor: line.score,
        data: data.collect(),
        penjelasan: line.parts.iter().map(family).collect(),
        temuan: line.findings.iter().map(|f| finding(f, form)).collect(),
        alasan: line.reasons(form.full_values),
        pertanyaan: line.questions(),
    }
}

fn family(part: &super::listing::PartText) -> Family<'_> {
    let leaves = part.leaves.iter().map(|(from, points)| Leaf { asal: from, poin: *points });
    Family { rumpun: part.family, nama: &part.title, poin: part.points, rincian: leaves.collect() }
}

fn finding<'a>(finding: &'a FindingText, form: &Form) -> Finding<'a> {
    Finding {
        aturan: &finding.rule,
        versi: finding.version,
        kelas: finding.class,
        judul: &finding.title,
        poin: finding.points,
        alasan: if form.full_values { &finding.reason_full } else { &finding.reason },
        pertanyaan: &finding.question,
        dasar: &finding.basis,
        kemungkinan_wajar: &finding.honest,
        terkait: finding.linked.iter().map(|link| linked(link, form)).collect(),
    }
}

fn linked<'a>(link: &'a Link, form: &Form) -> Linked<'a> {
    let number = |n: &String| if form.full_values { n.clone() } else { Mask::Number.apply(n) };
    Linked {
        sumber: &link.source,
        permohonan: link.numbers.iter().map(number).collect(),
        bersama: if form.full_values { &link.shared_full } else { &link.shared }
            .iter()
            .map(|(column, value)| (column.as_str(), value.as_str()))
            .collect(),
        sejak: link.between.as_ref().map(|(first, _)| first.as_str()),
        sampai: link.between.as_ref().map(|(_, last)| last.as_str()),
    }
}
