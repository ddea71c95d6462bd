//! `laporan.html`: the largest groups behind the lists, on a page that stands alone.
//!
//! It needs no network, no script and no second file, opens in any browser and prints on A4, dark on white. It is
//! well-formed XML too, so that a parser can check it. Everything that comes from an export is escaped; names and numbers
//! are masked unless the office asks for full values.

mod escape;
mod layout;
mod picture;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use escape::text;
use layout::Spot;
use picture::{day, picture, shape};

use super::Form;
use super::dossier::{Dossier, Group, Member, Place, Role, stage};
use super::listing::{Line, Listing};
use super::xlsx::Head;
use crate::schema::columns::{self, NOMOR_PERMOHONAN};
use crate::words::{Lang, Word};

/// How many groups stand on the page.
const GROUPS: usize = 12;

const STYLE: &str = "
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 190mm; padding: 6mm; background: #fff; color: #111;
  font: 10.5pt/1.4 'DejaVu Sans', Verdana, Arial, sans-serif; }
h1 { font-size: 16pt; margin: 2mm 0; }
h2 { font-size: 13pt; margin: 0 0 1mm; border-bottom: 1.5px solid #1f3a5f; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; }
.kepala { display: flex; justify-content: space-between; gap: 6mm; font-size: 9pt; border-bottom: 1px solid #111; }
.rahasia { font-weight: bold; letter-spacing: .08em; }
.kelompok { margin: 8mm 0 0; }
.ringkas { margin: 0 0 2mm; }
.gambar { display: block; width: 100%; height: auto; }
.garis { stroke: #8a94a3; stroke-width: 1; fill: none; }
.kunci rect { fill: #eef1f5; stroke: #444; }
.kunci text { text-anchor: middle; font-size: 10px; fill: #111; }
text { font-family: 'DejaVu Sans Mono', 'Liberation Mono', 'Courier New', monospace; }
.kunci .nilai { font-weight: bold; }
.isi rect, .isi path, .isi circle { fill: #1f3a5f; stroke: #1f3a5f; stroke-width: 1.5; }
.kosong rect, .kosong path, .kosong circle { fill: #fff; stroke: #1f3a5f; stroke-width: 1.5; }
.nomor { font-size: 10px; fill: #111; }
.kecil { font-size: 9px; fill: #333; }
.isi .nomor { font-weight: bold; }
.end { text-anchor: end; }
.legenda { display: flex; flex-wrap: wrap; gap: 1mm 5mm; margin: 0; padding: 0; list-style: none; font-size: 9pt; }
.legenda svg { width: 5mm; height: 5mm; vertical-align: middle; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; }
th, td { text-align: left; vertical-align: top; padding: .6mm 1.2mm; border: .5px solid #777; overflow-wrap: break-word; }
td.bebas { overflow-wrap: anywhere; }
td.hari { white-space: nowrap; }
th { background: #e4e9ef; }
td.nomor { font-family: 'DejaVu Sans Mono', 'Liberation Mono', 'Courier New', monospace; white-space: nowrap; }
tr.daftar td.nomor { font-weight: bold; }
table { margin: 2mm 0; }
dl { margin: 0; font-size: 8.5pt; }
dl.dua { columns: 2; column-gap: 6mm; }
dl div { break-inside: avoid; }
dl ul { padding-left: 3mm; }
dt { font-weight: bold; margin-top: 2mm; overflow-wrap: anywhere; }
dd { margin: 0 0 0 2mm; }
ul { margin: 0; padding-left: 4mm; }
li, p { overflow-wrap: anywhere; }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  body { max-width: none; padding: 0; }
  .kelompok { break-before: page; margin: 0; }
  .kelompok:first-of-type { break-before: auto; margin-top: 6mm; }
  .gambar { max-height: 165mm; }
  tr, .legenda, .gambar { break-inside: avoid; }
  dt, h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
}
";

/// The page.
pub(super) fn page(listing: &Listing, dossier: &Dossier, head: &Head, form: &Form) -> Vec<u8> {
    let lang = form.lang;
    let word = |word| text(lang.word(word));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{title} · {date}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n\
         <div class=\"kepala\"><span>{office}</span><span class=\"rahasia\">{secret}</span><span>{date}</span></div>\n\
         <h1>{title}</h1>\n<p>{lead}</p>\n",
        lang.code(),
        title = word(Word::DossierTitle),
        date = text(&lang.date(head.as_of)),
        office = text(&head.office),
        secret = word(Word::Confidential),
        lead = word(Word::DossierLead),
    );
    if !form.full_values {
        // Writing into a string cannot fail.
        let _ = writeln!(page, "<p>{}</p>", word(Word::MaskedHere));
    }
    if dossier.groups.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", word(Word::NoGroups));
    } else {
        legend(lang, &mut page);
    }
    let lines = Lines::of(listing);
    for (at, group) in dossier.groups.iter().take(GROUPS).enumerate() {
        section(at + 1, group, &lines, form, &mut page);
    }
    let more = dossier.groups.len().saturating_sub(GROUPS);
    if more > 0 {
        let _ = writeln!(page, "<p>{}</p>", word(Word::MoreGroups).replace("{more}", &lang.number(count(more))));
    }
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

/// The lines of both lists by their place.
struct Lines<'a>(BTreeMap<Place, &'a Line>);

impl<'a> Lines<'a> {
    fn of(listing: &'a Listing) -> Self {
        let tonight = listing.lines.iter().map(|line| (Place { again: false, rank: line.rank }, line));
        let again = listing.again.iter().flatten().map(|one| (Place { again: true, rank: one.line.rank }, &one.line));
        Self(tonight.chain(again).collect())
    }
}

/// What shapes mean: told by shape and filling, never by colour alone.
fn legend(lang: Lang, page: &mut String) {
    let middle = Spot { x: 9, y: 9 };
    let sample = |shape: String, class: &str, word: &str| {
        format!("<li><svg viewBox=\"0 0 18 18\"><g class=\"{class}\">{shape}</g></svg> {}</li>\n", text(word))
    };
    let _ = write!(page, "<h3>{}</h3>\n<ul class=\"legenda\">\n", text(lang.word(Word::Legend)));
    for role_of in [Role::Tonight, Role::Again, Role::Past] {
        page.push_str(&sample(shape(role_of, middle), "kosong", role(role_of, lang)));
    }
    page.push_str(&sample(shape(Role::Tonight, middle), "isi", lang.word(Word::LegendListed)));
    page.push_str(&sample(shape(Role::Tonight, middle), "kosong", lang.word(Word::LegendUnlisted)));
    let key = "<rect x=\"1\" y=\"4\" width=\"16\" height=\"10\" rx=\"4\"/>".to_owned();
    page.push_str(&sample(key, "kunci", lang.word(Word::LegendKey)));
    page.push_str(&sample("<path class=\"garis\" d=\"M1 9L17 9\"/>".to_owned(), "", lang.word(Word::LegendLine)));
    page.push_str("</ul>\n");
}

fn section(number: usize, group: &Group, lines: &Lines<'_>, form: &Form, page: &mut String) {
    let lang = form.lang;
    let (listed, all, shared) = (count(group.listed()), count(group.members.len()), count(group.keys.len()));
    let size = lang
        .word(Word::GroupSize)
        .replace("{members}", &lang.number(all))
        .replace("{listed}", &lang.number(listed))
        .replace("{keys}", &lang.number(shared));
    let days = || group.members.iter().filter_map(|member| day(member).parse::<NaiveDate>().ok());
    let read = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| lang.date(day));
    let span = lang.word(Word::GroupSpan).replace("{first}", &read(days().min()));
    let span = span.replace("{last}", &read(days().max()));
    let _ = write!(
        page,
        "<section class=\"kelompok\">\n<h2>{} {number}</h2>\n<p class=\"ringkas\">{}; {}.</p>\n",
        text(lang.word(Word::Group)),
        text(&size),
        text(&span)
    );
    if let Some(drawn) = picture(number, group, form) {
        page.push_str(&drawn.svg);
        if drawn.members < group.members.len() || drawn.keys < group.keys.len() {
            let note = lang
                .word(Word::NotDrawn)
                .replace("{drawn}", &lang.number(count(drawn.members)))
                .replace("{members}", &lang.number(all))
                .replace("{keys}", &lang.number(count(drawn.keys)))
                .replace("{all}", &lang.number(shared));
            let _ = writeln!(page, "<p>{}</p>", text(&note));
        }
    }
    keys(group, form, page);
    members(group, form, page);
    reasons(group, lines, form, page);
    page.push_str("</section>\n");
}

/// A table's heading, its cells as they stand.
fn heading(headings: &[&str], page: &mut String) {
    page.push_str("<table>\n<thead><tr>");
    for heading in headings {
        let _ = write!(page, "<th>{}</th>", text(heading));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
}

/// What is shared, by the letters that pictures and members call it by.
fn keys(group: &Group, form: &Form, page: &mut String) {
    let word = |word| form.lang.word(word);
    if group.keys.is_empty() {
        return;
    }
    heading(&["", word(Word::SharedKey), word(Word::SharedValue), word(Word::HowMany)], page);
    for (number, key) in group.keys.iter().enumerate() {
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td class=\"bebas\">{}</td><td>{}</td></tr>",
            Group::letters(number),
            text(&key.label),
            text(if form.full_values { &key.full } else { &key.masked }),
            form.lang.number(count(key.members.len()))
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

/// Every member, with the letters of what it shares.
fn members(group: &Group, form: &Form, page: &mut String) {
    let lang = form.lang;
    let number = columns::by_name(NOMOR_PERMOHONAN).map_or("", |column| super::listing::heading(column, lang));
    let words = [Word::Applicant, Word::Filed, Word::Role, Word::Stage, Word::Listed, Word::Rules, Word::SharedKey];
    heading(&[&[number][..], &words.map(|word| lang.word(word))].concat(), page);
    for (at, member) in group.members.iter().enumerate() {
        let shared: Vec<String> = group.keys_of(at).map(|(number, _)| Group::letters(number)).collect();
        let cells = [
            member.name(form.full_values),
            member.filed.clone(),
            role(member.role, lang).to_owned(),
            stage(member, lang),
            place(member.listed, lang),
            member.rules.join(", "),
            shared.join(", "),
        ];
        let class = if member.listed.is_some() { " class=\"daftar\"" } else { "" };
        let _ = write!(page, "<tr{class}><td class=\"nomor\">{}</td>", text(&member.number(form.full_values)));
        for (cell, class) in cells.iter().zip(["bebas", "hari", "", "hari", "hari", "", ""]) {
            let _ = write!(page, "<td class=\"{class}\">{}</td>", text(cell));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// Why the listed members are listed, and what to ask them: each question once.
fn reasons(group: &Group, lines: &Lines<'_>, form: &Form, page: &mut String) {
    let lang = form.lang;
    let listed = group.members.iter().filter_map(|member| Some((member, lines.0.get(&member.listed?)?)));
    let mut listed: Vec<(&Member, &&Line)> = listed.collect();
    listed.sort_by_key(|(member, _)| member.listed);
    if listed.is_empty() {
        return;
    }
    // What is said of one application stays together.
    let class = if listed.len() > 1 { " class=\"dua\"" } else { "" };
    let _ = write!(page, "<h3>{}</h3>\n<dl{class}>\n", text(lang.word(Word::Reason)));
    let mut questions: Vec<&str> = Vec::new();
    for (member, line) in listed {
        let number = member.number(form.full_values);
        let _ = write!(page, "<div><dt>{} · {}</dt>\n<dd><ul>\n", text(&place(member.listed, lang)), text(&number));
        for reason in line.reasons(form.full_values) {
            let _ = writeln!(page, "<li>{}</li>", text(reason));
        }
        page.push_str("</ul></dd></div>\n");
        questions
            .extend(line.questions().into_iter().filter(|question| !questions.contains(question)).collect::<Vec<_>>());
    }
    let _ = write!(page, "</dl>\n<h3>{}</h3>\n<ul class=\"tanya\">\n", text(lang.word(Word::Question)));
    for question in questions {
        let _ = writeln!(page, "<li>{}</li>", text(question));
    }
    page.push_str("</ul>\n");
}

/// What an application is to a group, in words.
pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    lang.word(match role {
        Role::Tonight => Word::RoleTonight,
        Role::Again => Word::RoleAgain,
        Role::Past => Word::RolePast,
    })
}

/// A place on a list, in words; nothing for none.
pub(super) fn place(place: Option<Place>, lang: Lang) -> String {
    let Some(place) = place else { return String::new() };
    let word = if place.again { Word::PlaceAgain } else { Word::PlaceTonight };
    lang.word(word).replace("{rank}", &place.rank.to_string())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
