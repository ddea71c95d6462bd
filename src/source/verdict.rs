//! Whether a file as a whole can be trusted, judged by all its records.

use super::account::FileAccount;
use super::intake::Options;
use super::mapping::Mapping;
use super::pass::FileReading;
use super::quarantine::Quarantined;
use super::reason::{Note, Reason, Unusable};
use super::remark::{About, Rejection, Remark};
use crate::Result;
use crate::frame::{self, Builder, Frame};
use crate::schema::{Need, Type, columns};
use crate::table::{Control, Fault};

/// Records that may always be set aside: of ten rows one bad one is no tenth that says anything.
const LEAST_BAD: u64 = 10;

/// The share of records with another number of fields from which the separator is wrong, in percent.
const FIELD_COUNT_PERCENT: u64 = 20;

/// Compares a file with what its sender announced. Footers and repeated headings are no rows to a sender.
pub(super) fn compare_control(control: &Control, reading: &FileReading) -> Result<()> {
    let no_row = |q: &&Quarantined| matches!(q.reason, Reason::Content(Unusable::Footer | Unusable::HeaderRepeat));
    let rows = reading.account.records - reading.quarantine.iter().filter(no_row).count() as u64;
    let cut_off = reading.remarks.iter().any(|r| r.about == About::CutOff);
    control.compare(&reading.account.path, rows, &reading.account.sha256, cut_off)
}

/// Refuses a file of which many records have another number of fields than its heading.
pub(super) fn refuse_field_counts(reading: &FileReading) -> Result<()> {
    let counted = |q: &&Quarantined| matches!(q.reason, Reason::Record(Fault::FieldCount | Fault::ShortRow));
    let (bad, all) = (reading.quarantine.iter().filter(counted).count() as u64, reading.account.records);
    if bad < LEAST_BAD || bad * 100 <= all * FIELD_COUNT_PERCENT {
        return Ok(());
    }
    let separator = reading.account.delimiter.unwrap_or(',');
    let help = match separator {
        ';' => "names or addresses hold the separator unquoted; ask for an export with quotes, or with tabs",
        _ => "ask for an export separated by `;` or tabs, or with quotes; declare it with `--delimiter`",
    };
    let message =
        format!("{bad} of {all} records have another number of fields than the heading, cut at `{separator}`");
    Err(Rejection::FieldCounts.error(&reading.account.path, message).help(help))
}

/// Refuses a file whose identity numbers were rounded by a spreadsheet, and gives the other columns that were: they are not
/// to be used.
pub(super) fn judge_rounding(
    mapping: &Mapping<'_>,
    number: usize,
    reading: &mut FileReading,
) -> Result<Vec<(String, Type)>> {
    let mut refused = Vec::new();
    for at in 0..reading.columns.len() {
        let (Some(output), Some(column)) = (mapping.outputs.get(at), reading.columns.get_mut(at)) else { continue };
        let name = output.column.name.as_str();
        let rounding = column.rounding;
        if name == columns::NOMOR_PERMOHONAN {
            let odd = column.quality.notes.get(&Note::NotSixteenDigits).copied().unwrap_or_default();
            reading.remarks.extend(remarks_on_numbers(number, odd, rounding.is_rounded(), rounding.round));
            continue;
        }
        if !rounding.is_rounded() {
            continue;
        }
        let share = format!(
            "{} of {} values of `{name}` end in 0, are fractions or in scientific notation",
            rounding.round + rounding.broken,
            rounding.whole + rounding.broken
        );
        if output.column.need == Need::Required {
            return Err(Rejection::NumbersRounded
                .error(&reading.account.path, format!("{share}: rounded by a spreadsheet"))
                .help(
                    "ask for a fresh export with this column as text, and do not open it in Excel on the way \
                 (kolom kemungkinan rusak oleh Excel; minta ulang ekspor sebagai teks)",
                ));
        }
        column.quality.refuse_values();
        let message = format!("{share}; the column was rounded by a spreadsheet and is not used");
        reading
            .remarks
            .push(Remark::new(About::ColumnRefused, number, rounding.round + rounding.broken, message).of(name));
        refused.push((name.to_owned(), output.column.ty));
    }
    Ok(refused)
}

/// Application numbers are the office's own; what is odd about them is said, not judged.
fn remarks_on_numbers(file: usize, odd: u64, rounded: bool, round: u64) -> Vec<Remark> {
    let name = columns::NOMOR_PERMOHONAN;
    let mut remarks = Vec::new();
    if odd > 0 {
        let message = format!("{odd} application numbers do not have sixteen digits");
        remarks.push(Remark::new(About::NumberLength, file, odd, message).of(name));
    }
    if rounded {
        let message = format!("{round} application numbers end in 0; a spreadsheet may have rounded them");
        remarks.push(Remark::new(About::NumbersSuspect, file, round, message).of(name));
    }
    remarks
}

/// Takes all values out of a column and enters it where they stood as damaged.
pub(super) fn empty_column(frame: &mut Frame, name: &str, ty: Type) -> Result<()> {
    let mut damaged = Builder::new(Type::Texts, frame.rows());
    let (values, before) = (frame.text(name)?, frame.text(columns::MUTU_RUSAK)?);
    for row in 0..frame.rows() {
        let joined = match (values.get(row), before.get(row)) {
            (None, before) => before.map(str::to_owned),
            (Some(_), None) => Some(name.to_owned()),
            (Some(_), Some(before)) => Some(format!("{before};{name}")),
        };
        damaged.push_text(joined.as_deref());
    }
    let rows = frame.rows();
    frame.add(damaged.finish(columns::MUTU_RUSAK))?;
    frame.add(frame::nulls(name, ty, rows))
}

/// Refuses a file of which too many records are set aside.
pub(super) fn refuse_too_many_bad(account: &FileAccount, quarantine: &[Quarantined], options: &Options) -> Result<()> {
    let bad = quarantine.iter().filter(|q| !q.reason.is_harmless()).count() as u64;
    let limit = u64::from(options.quarantine_limit_percent);
    if bad <= LEAST_BAD || bad * 100 <= account.records * limit {
        return Ok(());
    }
    let (reason, count, column) = commonest(quarantine);
    let place = column.map(|name| format!(" in `{name}`")).unwrap_or_default();
    let message = format!(
        "{bad} of {} records cannot be used, more than {limit} %; most often {reason}{place} ({count})",
        account.records
    );
    Err(Rejection::TooManyBad.error(&account.path, message).help(advice(reason)))
}

/// The commonest reason with its commonest column.
fn commonest(quarantine: &[Quarantined]) -> (Reason, u64, Option<String>) {
    let mut counts = std::collections::BTreeMap::new();
    for one in quarantine.iter().filter(|q| !q.reason.is_harmless()) {
        *counts.entry((one.reason, one.column.clone())).or_insert(0u64) += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or((Unusable::MissingRequired.into(), 0, None), |((reason, column), count)| (reason, count, column))
}

fn advice(reason: Reason) -> String {
    let advice = match reason {
        Reason::Record(Fault::EncodingInvalid) => {
            "the file is probably Windows-1252; try `--encoding windows-1252`, and declare it in the profile if it is"
        }
        Reason::Content(Unusable::DateRange) => {
            "these dates can be read, but lie after the reference date or out of all bounds; is `--as-of` right?"
        }
        Reason::Content(Unusable::DateUnreadable) => {
            "declare the date format the export uses; `saring check --profile` shows the shapes of what was not read"
        }
        Reason::Content(Unusable::CodeUnknown) => {
            "add the export's words to `codes` in the profile; `saring check --profile` shows where they stand"
        }
        Reason::Content(Unusable::NikNumericCell | Unusable::NikScientific) => "ask for an export with numbers as text",
        _ => "`saring check --profile` shows the columns one by one; raise the limit only if these records may be lost",
    };
    format!("{advice}; `saring explain {reason}` says more")
}
