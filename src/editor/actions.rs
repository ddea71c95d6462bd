//! What was probably meant, as changes that the editor offers.

use serde_json::{Value, json};

use super::workspace::Known;
use super::{place, uri};
use crate::diag::{Diagnostic, FileId};

/// The word a fault is about and the known name that is nearest to it.
fn replacement<'a>(known: &Known, fault: &'a Diagnostic) -> Option<(String, &'a str)> {
    let near = fault.help.iter().find_map(|h| h.strip_prefix("did you mean `"))?.split('`').next()?;
    let here = known.files.slice(fault.primary.span);
    // A text in quotes or a parameter with its colon keeps them.
    let inner = here.trim_matches(['"', '\'', ':']);
    (!inner.is_empty() && fault.message.contains(&format!("`{}{inner}`", if here.starts_with(':') { ":" } else { "" })))
        .then(|| (here.replacen(inner, near, 1), near))
}

/// The answer to `textDocument/codeAction`: one change for each fault within the bytes asked about.
pub(super) fn actions(known: &Known, id: FileId, from: usize, to: usize) -> Value {
    let text = &known.files.get(id).text;
    let mut found = Vec::new();
    for fault in known.report.sorted(&known.files) {
        let span = fault.primary.span;
        let (start, end) = (span.start as usize, span.end as usize);
        if span.file != id || end < from || to < start {
            continue;
        }
        if let (Some((new, near)), Some(path)) = (replacement(known, fault), known.path(id)) {
            let edit = json!({ "range": place::range(text, start, end), "newText": new });
            found.push(json!({
                "title": format!("change to `{near}`"),
                "kind": "quickfix",
                "diagnostics": [diagnostic(known, fault)],
                "edit": { "changes": { uri::uri(path): [edit] } },
            }));
        }
    }
    Value::Array(found)
}

/// A fault as the protocol wants it.
pub(super) fn diagnostic(known: &Known, fault: &Diagnostic) -> Value {
    use crate::diag::Severity::{Advice, Error, Warning};
    let span = fault.primary.span;
    let text = &known.files.get(span.file).text;
    let mut message = fault.message.clone();
    let label = Some(&fault.primary.text).filter(|label| !label.is_empty());
    for more in label.into_iter().chain(&fault.notes).chain(&fault.help) {
        message.push_str(&format!("\n{more}"));
    }
    let related: Vec<Value> = fault
        .secondary
        .iter()
        .filter_map(|label| {
            let location = super::definition::location(known, label.span)?;
            Some(json!({ "location": location, "message": label.text }))
        })
        .collect();
    json!({
        "range": place::range(text, span.start as usize, span.end as usize),
        "severity": match fault.severity { Error => 1, Warning => 2, Advice => 3 },
        "code": fault.code.code(),
        "source": "saring",
        "message": message,
        "relatedInformation": related,
    })
}
