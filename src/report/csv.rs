//! CSV: the list, the quarantine, findings for operators and for compliance.
//!
//! Every cell is quoted. A cell that a spreadsheet would take for a formula gets a tab in front, inside the quotes
//! (OWASP ASVS 1.2.10): it shows as before and computes nothing; taking one leading tab away gives the value back.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::night::Night;
use crate::office::CsvForm;
use crate::rules::{Audience, Rule, RuleSet, Status};
use crate::schema::columns::{NOMOR_PERMOHONAN, STATUS_PERMOHONAN};
use crate::screening::Hit;
use crate::{Error, Result};

use super::Form;
use super::by_rule::hits_by_rule;
use super::dossier::{Dossier, Key, Member, Place};
use super::listing::{Again, Line, Listing, SHOWN, Since, reason};

/// Findings put into words at a time, on many threads.
const PART: usize = 8192;

/// One record a listed application.
pub(super) fn referrals(listing: &Listing, form: &Form) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(form.csv);
    let mut header = vec!["peringkat", "golongan", NOMOR_PERMOHONAN];
    if form.show_score {
        header.push("skor");
    }
    header.extend(SHOWN);
    header.extend(["aturan", "alasan", "pertanyaan"]);
    sheet.record(header)?;
    for line in &listing.lines {
        sheet.record(cells(line, form))?;
    }
    sheet.finish()
}

/// One record an application of before that is listed tonight, with what changed since it was judged.
pub(super) fn again(again: &[Again], form: &Form) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(form.csv);
    let mut header = vec!["peringkat", "golongan", NOMOR_PERMOHONAN];
    if form.show_score {
        header.push("skor");
    }
    header.extend(SHOWN);
    header.extend(["aturan", "alasan", "pertanyaan"]);
    header.extend(SINCE);
    sheet.record(header)?;
    for one in again {
        let mut cells = cells(&one.line, form);
        cells.extend(since(&one.since, form));
        sheet.record(cells)?;
    }
    sheet.finish()
}

/// The columns that say what changed since.
pub(super) const SINCE: [&str; 7] =
    ["dinilai", "terdaftar_dulu", "poin_dulu", "poin_kini", "aturan_baru", "aturan_lebih_berat", "karena"];

/// Their cells.
pub(super) fn since(since: &Since, form: &Form) -> [String; 7] {
    [
        since.on.to_string(),
        since.listed.to_string(),
        since.points_before.to_string(),
        since.points_now.to_string(),
        since.new.join(";"),
        since.heavier.join(";"),
        since.because(form.full_values).join(";"),
    ]
}

/// One record for each member of a group and each key it shares.
pub(super) fn groups(dossier: &Dossier, form: &Form) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(form.csv);
    sheet.record(GROUPS)?;
    for (number, member, key) in dossier.links() {
        sheet.record(group_cells(number, member, key, form))?;
    }
    sheet.finish()
}

/// The columns of the groups.
pub(super) const GROUPS: [&str; 9] =
    ["kelompok", NOMOR_PERMOHONAN, "peran", "daftar", "aturan", "diajukan", STATUS_PERMOHONAN, "kunci", "nilai"];

/// Their cells.
pub(super) fn group_cells(number: usize, member: &Member, key: Option<&Key>, form: &Form) -> [String; 9] {
    let value = |key: &Key| if form.full_values { key.full.clone() } else { key.masked.clone() };
    [
        number.to_string(),
        member.number(form.full_values),
        member.role.name().to_owned(),
        member.listed.map_or_else(String::new, Place::name),
        member.rules.join(";"),
        member.filed.clone(),
        member.status.clone(),
        key.map_or_else(String::new, |key| key.columns.join("+")),
        key.map_or_else(String::new, value),
    ]
}

fn cells(line: &Line, form: &Form) -> Vec<String> {
    let mut cells = vec![line.rank.to_string(), line.band.name().to_owned(), line.nomor.clone()];
    if form.show_score {
        cells.push(line.score.to_string());
    }
    cells.extend(line.values.iter().map(|value| value.raw(form.full_values)));
    cells.extend([line.rules(), line.reasons(form.full_values).join(" | "), line.questions().join(" | ")]);
    cells
}

/// One record a quarantined record of an export. It names the place and the reason; of the record itself only the shape.
pub(super) fn quarantine(night: &Night, files: &[String], form: &Form) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(form.csv);
    sheet.record(["berkas", "baris", "byte", "kolom", "kode", "penjelasan", "rincian", "bentuk"])?;
    for record in &night.intake.quarantine {
        sheet.record([
            files.get(record.file).cloned().unwrap_or_default(),
            record.line.to_string(),
            record.byte.map_or_else(String::new, |b| b.to_string()),
            record.column.clone().unwrap_or_default(),
            record.reason.code().to_owned(),
            record.reason.sentence(form.lang),
            record.detail.clone(),
            record.snippet.clone(),
        ])?;
    }
    sheet.finish()
}

/// One record a finding for somebody else than the interviewing officer: whoever keeps the data in order, or internal
/// compliance. Ordered by rule and application.
pub(super) fn findings_for(audience: Audience, night: &Night, set: &RuleSet, form: &Form) -> Result<Vec<u8>> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let wanted = |rule: &Rule| rule.audience == audience && rule.status == Status::Active;
    let found: Vec<&Hit> = hits_by_rule(night, set, &wanted)?.concat();
    let mut sheet = Sheet::new(form.csv);
    sheet.record(["aturan", NOMOR_PERMOHONAN, "judul", "keterangan"])?;
    let part = |found: &[&Hit]| {
        let mut sheet = Sheet::part(form.csv, Vec::new());
        for hit in found {
            let rule = night.plan.rules.get(hit.rule as usize).and_then(|planned| set.rules.get(planned.index));
            let rule = rule.ok_or_else(|| Error::internal("finding of an unknown rule"))?;
            let (row, nomor) = (hit.row as usize, numbers.get(hit.row as usize).unwrap_or_default());
            let reason = reason(rule, hit.outcome, row, night, form.lang, form.full_values)?;
            sheet.record([rule.id.as_str(), nomor, rule.title_in(form.lang), &reason])?;
        }
        sheet.finish()
    };
    let parts: Vec<Vec<u8>> = found.par_chunks(PART).map(part).collect::<Result<_>>()?;
    Ok([vec![sheet.finish()?], parts].concat().concat())
}

/// A CSV file in memory.
struct Sheet {
    writer: csv::Writer<Vec<u8>>,
}

impl Sheet {
    fn new(form: CsvForm) -> Self {
        let mark = if form == CsvForm::ExcelId { "\u{feff}" } else { "" };
        Self::part(form, mark.as_bytes().to_vec())
    }

    /// A sheet that goes on behind what is written already.
    fn part(form: CsvForm, written: Vec<u8>) -> Self {
        let mut builder = csv::WriterBuilder::new();
        builder.quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF);
        if form == CsvForm::ExcelId {
            builder.delimiter(b';');
        }
        Self { writer: builder.from_writer(written) }
    }

    fn record<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<()> {
        let write = || {
            for cell in cells {
                self.writer.write_field(neutral(cell.as_ref()).as_bytes())?;
            }
            self.writer.write_record(None::<&[u8]>)
        };
        write().map_err(|_| Error::internal("CSV could not be made"))
    }

    fn finish(self) -> Result<Vec<u8>> {
        self.writer.into_inner().map_err(|_| Error::internal("CSV could not be made"))
    }
}

/// A cell no spreadsheet computes.
fn neutral(cell: &str) -> Cow<'_, str> {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    match cell.starts_with(starts) {
        true => Cow::Owned(format!("\t{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutral_and_come_back() {
        for hostile in ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let cell = neutral(hostile);
            assert!(cell.starts_with('\t'), "{hostile:?}");
            assert_eq!(cell.strip_prefix('\t'), Some(hostile));
        }
        assert_eq!(neutral("SITI, S.Pd"), "SITI, S.Pd");
    }

    #[test]
    fn excel_in_indonesian_gets_its_mark_and_separator() {
        let mut sheet = Sheet::new(CsvForm::ExcelId);
        sheet.record(["a;b", "c\"d"]).unwrap();
        assert_eq!(sheet.finish().unwrap(), "\u{feff}\"a;b\";\"c\"\"d\"\r\n".as_bytes());
        let mut sheet = Sheet::new(CsvForm::Plain);
        sheet.record(["a,b"]).unwrap();
        assert_eq!(sheet.finish().unwrap(), b"\"a,b\"\r\n");
    }
}
