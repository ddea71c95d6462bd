//! The officers' workbook: the list with places for decisions, findings in full, linked applications, how to read it.
//!
//! Every cell of text is a string cell, so nothing is ever a formula and no number loses digits. Only the cells of
//! decisions can be edited; scores are left out unless the office asks for them, since an officer who knows the score
//! would know the control sample by its absence.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};

use chrono::{Datelike, NaiveDate};

use super::Form;
use super::listing::{FindingText, Line, Listing, heading};
use crate::schema::columns;
use crate::words::{Lang, Word};
use crate::{Error, Result};

/// Rows of a sheet, its heading left out, before the list goes on in another one; Excel ends at 1,048,576.
const ROWS: usize = 1_000_000;
/// The longest text of a cell, in characters; Excel ends at 32,767.
const LONGEST: usize = 32_000;

/// What the head of every page says.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) office: String,
    pub(super) as_of: NaiveDate,
    pub(super) records_read: u64,
    pub(super) applications: u64,
    pub(super) quarantined: u64,
}

/// The workbook.
pub(super) fn workbook(listing: &Listing, head: &Head, form: &Form) -> Result<Vec<u8>> {
    build(listing, head, form).map_err(|_| Error::internal("the workbook could not be made"))
}

fn build(listing: &Listing, head: &Head, form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = (head.as_of.year(), head.as_of.month(), head.as_of.day());
    let made = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(2000),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    // The day of the run, not the time of writing: the same run gives the same bytes.
    book.set_properties(&DocProperties::new().set_title(form.lang.word(Word::ListTitle)).set_creation_datetime(&made));
    let style = Style::new();
    let words = |word| form.lang.word(word);
    for (part, lines) in parts(&listing.lines) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetList), part))?;
        list(sheet, lines, head, form, &style)?;
    }
    let findings: Vec<(&Line, &FindingText)> =
        listing.lines.iter().flat_map(|line| line.findings.iter().map(move |f| (line, f))).collect();
    for (part, findings) in parts(&findings) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetFindings), part))?;
        findings_sheet(sheet, findings, head, form, &style)?;
    }
    if listing.has_links() {
        let sheet = book.add_worksheet();
        sheet.set_name(words(Word::SheetLinks))?;
        links(sheet, &findings, head, form, &style)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(words(Word::SheetReading))?;
    reading(sheet, listing, head, form, &style)?;
    book.save_to_buffer()
}

/// The pieces that fit a sheet, at least one, counted from 1.
fn parts<T>(all: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    let empty = all.is_empty().then_some(all);
    empty.into_iter().chain(all.chunks(ROWS)).enumerate().map(|(ix, part)| (ix + 1, part))
}

fn name(word: &str, part: usize) -> String {
    if part == 1 { word.to_owned() } else { format!("{word} {part}") }
}

/// How cells look.
struct Style {
    head: Format,
    cell: Format,
    must: Format,
    open: Format,
    prose: Format,
    title: Format,
}

impl Style {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Hair);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x1F_3A_5F))
                .set_font_color(Color::White)
                .set_border(FormatBorder::Thin),
            must: cell.clone().set_bold().set_background_color(Color::RGB(0xFF_E9_C7)),
            open: cell.clone().set_unlocked().set_background_color(Color::RGB(0xF3_F8_EE)),
            cell,
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            title: Format::new().set_bold().set_font_size(13),
        }
    }
}

/// A column of a sheet: heading and width in characters.
type Heading = (String, f64);

/// Heading, widths, frozen first row, filter, A4 landscape with repeated heading, confidential on every page.
fn frame(
    sheet: &mut Worksheet,
    headings: &[Heading],
    rows: usize,
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    for (at, (text, width)) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, at, text, &style.head)?;
        sheet.set_column_width(at, *width)?;
    }
    let last = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(0);
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, row_number(rows).max(1), last)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let secret = form.lang.word(Word::Confidential);
    // A single `&` begins a code of the header; the name of an office may have one.
    let office = head.office.replace('&', "&&");
    sheet.set_header(format!("&L{office}&C&B{secret}&R{}", head.as_of));
    sheet.set_footer("&R&P / &N");
    sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        sort: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A text that fits a cell.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} […]", text.get(..at).unwrap_or_default()).into(),
        None => text.into(),
    }
}

fn put(sheet: &mut Worksheet, row: u32, at: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, at, fitting(text), format).map(|_| ())
}

/// The decisions an officer can record (domain 7.6).
const DECISIONS: [&str; 5] = ["lanjut_terbit", "ditangguhkan", "ditolak", "bukan_temuan", "data_salah"];
/// Why, where one of the classes fits that offices report.
const WHY: [&str; 7] = [
    "duplikasi",
    "pmi_np",
    "keterangan_tidak_benar",
    "berkas_tidak_lengkap",
    "salah_jenis_permohonan",
    "salah_jenis_paspor",
    "lain",
];

/// A column of the list: its heading, its width in characters, the columns of the application that stand in it.
struct ListColumn {
    heading: Word,
    width: f64,
    shows: &'static [&'static str],
}

/// What the list shows of an application. Several values share a column so that the list fits a page.
const LIST: [ListColumn; 7] = [
    ListColumn { heading: Word::Applicant, width: 22.0, shows: &[columns::NAMA_LENGKAP] },
    ListColumn { heading: Word::IdentityNumber, width: 18.0, shows: &[columns::NIK] },
    ListColumn { heading: Word::BirthDate, width: 12.0, shows: &[columns::TANGGAL_LAHIR] },
    ListColumn { heading: Word::Phone, width: 15.0, shows: &[columns::TELEPON] },
    ListColumn {
        heading: Word::Service,
        width: 18.0,
        shows: &[columns::KODE_KANIM, columns::UNIT_LAYANAN, columns::TANGGAL_PERMOHONAN, columns::JADWAL_LAYANAN],
    },
    ListColumn { heading: Word::Application, width: 18.0, shows: &[columns::JENIS_PERMOHONAN, columns::JENIS_PASPOR] },
    ListColumn { heading: Word::Journey, width: 16.0, shows: &[columns::MAKSUD_PERJALANAN, columns::NEGARA_TUJUAN] },
];

fn list(sheet: &mut Worksheet, lines: &[Line], head: &Head, form: &Form, style: &Style) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let mut headings: Vec<Heading> =
        vec![(word(Word::Rank), 5.0), (word(Word::Band), 9.0), (label(columns::NOMOR_PERMOHONAN, form.lang), 18.0)];
    if form.show_score {
        headings.push((word(Word::Score), 6.0));
    }
    headings.extend(LIST.iter().map(|column| (word(column.heading), column.width)));
    headings.extend([(word(Word::Reason), 44.0), (word(Word::Question), 38.0)]);
    let decisions = u16::try_from(headings.len()).unwrap_or(0);
    headings.extend([
        (word(Word::Decision), 13.0),
        (word(Word::DecisionReason), 16.0),
        (word(Word::Officer), 9.0),
        (word(Word::Remarks), 20.0),
    ]);
    frame(sheet, &headings, lines.len(), head, form, style)?;
    for (row, line) in (1_u32..).zip(lines) {
        let mut cells = vec![line.rank.to_string(), band(line, form.lang).to_owned(), line.nomor.clone()];
        if form.show_score {
            cells.push(line.score.to_string());
        }
        cells.extend(LIST.iter().map(|column| values(line, column.shows, form.lang)));
        cells.push(bullets(&line.reasons(true)));
        cells.push(bullets(&line.questions()));
        let first = if line.band == crate::screening::Band::Mandatory { &style.must } else { &style.cell };
        record(sheet, row, &cells, &headings, first, style)?;
        for at in decisions..decisions + 4 {
            sheet.write_blank(row, at, &style.open)?;
        }
    }
    let last = row_number(lines.len()).max(1);
    for (at, codes) in [(decisions, &DECISIONS[..]), (decisions + 1, &WHY[..])] {
        let choice = DataValidation::new()
            .allow_list_strings(codes)?
            .set_error_title(word(Word::Decision))?
            .set_error_message(word(Word::ChooseFromList))?;
        sheet.add_data_validation(1, at, last, at, &choice)?;
    }
    Ok(())
}

/// The values of several columns, one below the other, absent ones left out.
fn values(line: &Line, shows: &[&str], lang: Lang) -> String {
    let of = |name: &&str| line.values.iter().find(|v| v.column.name == *name).map(|v| v.display(lang, true));
    shows.iter().filter_map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Writes the cells of a row and gives it the height its longest cell needs: programs other than Excel do not work it
/// out themselves.
fn record(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[String],
    headings: &[Heading],
    first: &Format,
    style: &Style,
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for ((at, cell), (_, width)) in (0_u16..).zip(cells).zip(headings) {
        put(sheet, row, at, cell, if at < 3 { first } else { &style.cell })?;
        lines = lines.max(lines_of(cell, *width));
    }
    // Excel allows at most 409 points.
    sheet.set_row_height(row, (lines * LINE_HEIGHT + 3).min(409))?;
    Ok(())
}

/// Points a line of text needs.
const LINE_HEIGHT: u32 = 15;

/// How many lines a text takes in a column of a width.
fn lines_of(text: &str, width: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths are small and positive")]
    let width = width as usize;
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX / LINE_HEIGHT)
}

fn label(column: &str, lang: Lang) -> String {
    columns::by_name(column).map_or(column, |c| heading(c, lang)).to_owned()
}

fn band(line: &Line, lang: Lang) -> &'static str {
    use crate::screening::Band;
    lang.word(match line.band {
        Band::Mandatory => Word::BandMandatory,
        Band::First => Word::BandFirst,
        Band::Second => Word::BandSecond,
    })
}

/// Several texts, one below the other.
fn bullets(texts: &[&str]) -> String {
    match texts {
        [one] => (*one).to_owned(),
        many => many.iter().map(|text| format!("• {text}")).collect::<Vec<_>>().join("\n"),
    }
}

fn findings_sheet(
    sheet: &mut Worksheet,
    findings: &[(&Line, &FindingText)],
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let headings: Vec<Heading> = vec![
        (word(Word::Rank), 6.0),
        (label(columns::NOMOR_PERMOHONAN, form.lang), 19.0),
        (word(Word::Rule), 8.0),
        (word(Word::RuleTitle), 26.0),
        (word(Word::Reason), 46.0),
        (word(Word::Question), 40.0),
        (word(Word::HonestCases), 34.0),
        (word(Word::Basis), 30.0),
    ];
    frame(sheet, &headings, findings.len(), head, form, style)?;
    for (row, (line, finding)) in (1_u32..).zip(findings) {
        let cells = [
            line.rank.to_string(),
            line.nomor.clone(),
            finding.rule.clone(),
            finding.title.clone(),
            finding.reason_full.clone(),
            finding.question.clone(),
            finding.honest.join("; "),
            finding.basis.join("; "),
        ];
        record(sheet, row, &cells, &headings, &style.cell, style)?;
    }
    Ok(())
}

fn links(
    sheet: &mut Worksheet,
    findings: &[(&Line, &FindingText)],
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let headings: Vec<Heading> = vec![
        (word(Word::Rank), 6.0),
        (label(columns::NOMOR_PERMOHONAN, form.lang), 19.0),
        (word(Word::Rule), 8.0),
        (word(Word::LinkedApplications), 60.0),
        (word(Word::SharedValues), 40.0),
        (word(Word::FirstDay), 13.0),
        (word(Word::LastDay), 13.0),
    ];
    let all: Vec<_> =
        findings.iter().flat_map(|(line, finding)| finding.linked.iter().map(move |l| (line, finding, l))).collect();
    let fitting = all.get(..all.len().min(ROWS)).unwrap_or_default();
    frame(sheet, &headings, fitting.len(), head, form, style)?;
    for (row, (line, finding, link)) in (1_u32..).zip(fitting) {
        let shared: Vec<String> = link.shared_full.iter().map(|(column, value)| format!("{column}: {value}")).collect();
        let (first, last) = link.between.clone().unwrap_or_default();
        let cells = [
            line.rank.to_string(),
            line.nomor.clone(),
            finding.rule.clone(),
            link.numbers.join(", "),
            shared.join("; "),
            first,
            last,
        ];
        record(sheet, row, &cells, &headings, &style.cell, style)?;
    }
    Ok(())
}

/// How to read the list, and what it is made from.
fn reading(sheet: &mut Worksheet, listing: &Listing, head: &Head, form: &Form, style: &Style) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110)?;
    put(sheet, 0, 0, form.lang.word(Word::ListTitle), &style.title)?;
    let account = form
        .lang
        .word(Word::Account)
        .replace("{read}", &form.lang.number(count(head.records_read)))
        .replace("{applications}", &form.lang.number(count(head.applications)))
        .replace("{quarantined}", &form.lang.number(count(head.quarantined)))
        .replace("{listed}", &form.lang.number(count(listing.lines.len() as u64)));
    let date = form.lang.date(head.as_of);
    let first = [format!("{} · {date}", head.office), account];
    let rest = Word::READING.iter().map(|word| form.lang.word(*word).to_owned());
    for (row, text) in (1_u32..).zip(first.into_iter().chain(rest)) {
        put(sheet, row, 0, &text, &style.prose)?;
    }
    sheet.protect();
    Ok(())
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
