//! Columns of one office alone.

use super::build::{Building, Common, Own, list, reader};
use super::raw::{RawExtra, RawProfile};
use super::words::unknown_word;
use super::{Extra, Profile, ProfileColumn};
use crate::columns::{Catalog, ColumnInfo, Origin};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::Text;
use crate::schema::columns::{ALL, PROVENANCE};
use crate::schema::{Format, Mask, Need, Reveals, Sensitivity, Type};

/// Adds the extra columns to the profile's and lists them.
pub(super) fn extra_columns(
    raw: &RawProfile,
    common: &Common<'_>,
    columns: &mut Vec<Building>,
    report: &mut Report,
) -> Vec<Extra> {
    let mut extras = Vec::new();
    for (name, own) in raw.extra.as_ref().map_or(&[][..], |named| named.entries.as_slice()) {
        if let Some(fault) = bad_extra_name(name) {
            report.push(fault);
            continue;
        }
        let Some((ty, format)) = extra_type(&own.kind, report) else { continue };
        let mask = extra_mask(own, ty, report);
        let settings =
            Own { date: own.date.as_ref(), time: own.time.as_ref(), null: own.null.as_ref(), ..Own::default() };
        let headings = list(own.headers.as_ref());
        let label = own.label.as_ref().unwrap_or(name).as_str().to_owned();
        let own_name = std::iter::once((name.as_str().to_owned(), name.span()));
        let built = ProfileColumn {
            name: name.as_str().to_owned(),
            ty,
            need: Need::Optional,
            mask,
            canonical: None,
            headings: headings.iter().map(|h| h.as_str().to_owned()).collect(),
            reader: reader(name.as_str(), ty, format, mask, &settings, common, report),
            constant: None,
        };
        let declared = headings.iter().map(|h| (h.as_str().to_owned(), h.span()));
        columns.push(Building { built, claims: own_name.chain(declared).collect() });
        extras.push(Extra { name: name.as_str().to_owned(), ty, label, mask });
    }
    extras
}

impl Profile {
    /// Adds the columns of this office alone to those that rules may name.
    pub fn extend(&self, catalog: &mut Catalog) {
        for extra in &self.extras {
            catalog.add(ColumnInfo {
                name: extra.name.clone(),
                ty: extra.ty,
                limits: None,
                mask: extra.mask,
                sensitivity: if extra.mask == Mask::Open { Sensitivity::Plain } else { Sensitivity::Personal },
                reveals: Reveals::Nothing,
                label_id: extra.label.clone(),
                label_en: extra.label.clone(),
                meaning: format!("column of the profile `{}`", self.name),
                example: String::new(),
                origin: Origin::Extra,
                whole: false,
            });
        }
    }
}

fn bad_extra_name(name: &Text) -> Option<Diagnostic> {
    let text = name.as_str();
    let fault = |what: &str| Diagnostic::new(Code::ProfileExtra, name.span(), format!("`{text}` {what}")).label("here");
    if ALL.iter().chain(PROVENANCE).any(|c| c.name == text) {
        return Some(fault("is a column of the dictionary").help("declare it under `[column]`"));
    }
    let snake = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    (!snake || !starts)
        .then(|| fault("cannot be used in rules").help("lower-case letters, digits and `_`, a letter first"))
}

fn extra_type(kind: &Text, report: &mut Report) -> Option<(Type, Format)> {
    Some(match kind.as_str() {
        "text" => (Type::Text, Format::Plain),
        "int" => (Type::Int, Format::Number(i64::MIN, i64::MAX)),
        "date" => (Type::Date, Format::Date),
        "time" => (Type::Time, Format::Time),
        "bool" => (Type::Bool, Format::Bool),
        other => {
            let known = ["text", "int", "date", "time", "bool"];
            report.push(
                Diagnostic::new(Code::ProfileExtra, kind.span(), format!("`{other}` is no type of an extra column"))
                    .label("not known")
                    .did_you_mean(other, known)
                    .note(format!("types: {}", known.join(", "))),
            );
            return None;
        }
    })
}

/// Text of an unknown kind is hidden unless the profile says otherwise.
fn extra_mask(own: &RawExtra, ty: Type, report: &mut Report) -> Mask {
    const MASKS: [(&str, Mask); 7] = [
        ("open", Mask::Open),
        ("number", Mask::Number),
        ("name", Mask::Name),
        ("phone", Mask::Phone),
        ("email", Mask::Email),
        ("year", Mask::Year),
        ("whole", Mask::Whole),
    ];
    let usual = if ty.is_textual() { Mask::Whole } else { Mask::Open };
    let Some(text) = &own.mask else { return usual };
    let found = MASKS.iter().find(|(name, _)| *name == text.as_str());
    found.map_or_else(
        || {
            report.push(unknown_word(text, MASKS.iter().map(|(name, _)| *name)));
            usual
        },
        |(_, mask)| *mask,
    )
}
