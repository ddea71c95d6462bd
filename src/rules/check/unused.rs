//! Lists, parameters and fields that nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, File};
use super::scope::Names;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::lists::Mapping;
use crate::rules::set::{DeclaredSource, Rule};
use crate::rules::template::Piece;

pub(super) fn report(
    declared: &Declared,
    rules: &[Rule],
    sources: &[DeclaredSource],
    mappings: &BTreeMap<String, (Mapping, Span)>,
    names: &Names,
    report: &mut Report,
) {
    // While rules are broken, what they would have used is not known.
    if report.has_errors() || declared.rules().next().is_none() {
        return;
    }
    let exprs = || {
        let of_rules = rules.iter().flat_map(Rule::lines).map(|l| &l.expr);
        of_rules.chain(sources.iter().flat_map(|s| s.expressions().into_iter().chain(s.having())))
    };
    let lists: BTreeSet<String> = exprs().flat_map(|e| e.lists()).map(|l| l.to_string()).collect();
    for (name, list) in &names.lists {
        if !lists.contains(name) {
            report.push(unused("list", name, list.span));
        }
    }
    let mut columns: BTreeSet<String> = exprs().flat_map(|e| e.columns()).map(|c| c.to_string()).collect();
    let templates =
        || rules.iter().flat_map(|r| &r.outcomes).flat_map(|o| [Some(&o.reason), o.reason_en.as_ref()]).flatten();
    columns.extend(templates().flat_map(|t| t.columns()).map(|c| c.to_string()));
    columns.extend(sources.iter().flat_map(DeclaredSource::keys).map(str::to_owned));
    for file in &declared.files {
        let fields = file.fields.iter().map(|f| ("field", &f.name));
        let groups = file.groups.iter().map(|g| ("group", &g.name));
        let networks = file.networks.iter().map(|n| ("network", &n.name));
        let watchlists = file.watchlists.iter().map(|w| ("watchlist", &w.name));
        for (kind, name) in fields.chain(groups).chain(networks).chain(watchlists) {
            let prefix = format!("{}.", name.as_str());
            if !columns.iter().any(|c| c == name.as_str() || c.starts_with(&prefix)) {
                report.push(unused(kind, name.as_str(), name.span()));
            }
        }
    }
    let used: BTreeSet<&str> = declared
        .files
        .iter()
        .flat_map(|f| &f.watchlists)
        .filter_map(|w| w.mapping.as_ref())
        .map(Text::as_str)
        .collect();
    for (name, (_, span)) in mappings.iter().filter(|(name, _)| !used.contains(name.as_str())) {
        report.push(unused("mapping", name, *span));
    }
    report_params(declared, rules, names, report);
}

fn report_params(declared: &Declared, rules: &[Rule], names: &Names, report: &mut Report) {
    for ((pack, name), param) in &names.params {
        let in_lines = rules.iter().filter(|r| r.pack == *pack).flat_map(Rule::lines).flat_map(|l| l.expr.params());
        let in_reasons = rules
            .iter()
            .filter(|r| r.pack == *pack)
            .flat_map(|r| &r.outcomes)
            .flat_map(|o| &o.reason.pieces)
            .any(|p| matches!(p, Piece::Param(value) if *value == param.value));
        let file = declared.files.iter().find(|f| f.pack_name() == *pack);
        let in_sources = file.is_some_and(|f| written(f).iter().any(|text| text.contains(&format!(":{name}"))));
        if !in_lines.collect::<Vec<_>>().iter().any(|p| **p == **name) && !in_reasons && !in_sources {
            report.push(unused("parameter", name, param.span));
        }
    }
}

/// The text of a file's fields, groups and networks.
fn written(file: &File) -> Vec<&str> {
    let mut texts: Vec<&Text> = file.fields.iter().map(|f| &f.value).collect();
    for group in &file.groups {
        texts.extend(group.conditions.iter().chain(&group.having).flatten());
        texts.extend(group.measure.entries.iter().map(|(_, text)| text));
    }
    for network in &file.networks {
        texts.extend(network.conditions.iter().chain(&network.having).flatten());
        texts.extend(network.measure.iter().flat_map(|m| &m.entries).map(|(_, text)| text));
    }
    texts.into_iter().map(Text::as_str).collect()
}

fn unused(what: &str, name: &str, span: crate::diag::Span) -> Diagnostic {
    Diagnostic::new(Code::Unused, span, format!("{what} `{name}` is not used"))
        .label("nothing refers to it")
        .help("delete it, or use it")
}
