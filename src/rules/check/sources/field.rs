//! A field: its expression, its type, what it tells.

use crate::columns::{ColumnInfo, Origin};
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::{parse_value, taint};
use crate::rules::check::declared::File;
use crate::rules::check::scope::{FileScope, Names};
use crate::rules::raw::RawField;
use crate::rules::set::Field;
use crate::schema::{Mask, Sensitivity};

pub(super) fn check(raw: &RawField, file: &File, names: &mut Names, report: &mut Report) -> Option<Field> {
    let scope = FileScope { names, pack: file.pack_name() };
    let expr = parse_value(&raw.value, &scope, report)?;
    let Some(ty) = expr.ty else {
        report.push(
            Diagnostic::new(Code::TypeMismatch, raw.value.span(), "this is null in every row").label("has no type"),
        );
        return None;
    };
    let reveals = taint(&expr, &scope).reveals;
    let read: Vec<&ColumnInfo> = expr.columns().iter().filter_map(|c| names.catalog.get(c)).collect();
    // What is shown masked stays masked under another name.
    let mask = read.iter().map(|c| c.mask).find(|m| m.hides(ty));
    let hidden = read.iter().any(|c| c.sensitivity == Sensitivity::Hidden);
    names.catalog.add(ColumnInfo {
        name: raw.name.as_str().to_owned(),
        ty,
        limits: None,
        mask: mask.unwrap_or(Mask::Open),
        sensitivity: if hidden { Sensitivity::Hidden } else { Sensitivity::Plain },
        reveals,
        label_id: raw.label.as_str().to_owned(),
        label_en: raw.label_en.as_ref().unwrap_or(&raw.label).as_str().to_owned(),
        meaning: raw.meaning.as_str().to_owned(),
        example: String::new(),
        origin: Origin::Field,
        whole: false,
    });
    Some(Field { name: raw.name.as_str().to_owned(), expr, ty, span: raw.name.span() })
}
