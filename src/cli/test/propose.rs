//! `saring test --propose`: the cases that are missing on both sides of every boundary.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Args;
use crate::cli::Exit;
use crate::cli::output::Out;
use crate::cli::shared::Loaded;
use crate::diag::{FileId, Files, Report, suggestion};
use crate::lab::{self, Case, Outcome, Proposals};
use crate::rules;
use crate::{Error, Result};

pub(super) fn run(args: &Args, rule: Option<&str>, cases: &[Case], loaded: &Loaded, out: &mut Out) -> Result<Exit> {
    let set = &loaded.set;
    if let Some(id) = rule.filter(|id| set.rule(id).is_none()) {
        let error = Error::usage(format!("no rule `{id}`"));
        return Err(match suggestion(id, set.rules.iter().map(|rule| rule.id.as_str())) {
            Some(help) => error.help(help),
            None => error,
        });
    }
    let wanted = |id: &str| rule.is_none_or(|rule| rule == id);
    let proposals = lab::propose(cases, set, &loaded.files, &wanted)?;
    let beyond = beyond(&proposals, loaded);
    if !args.write {
        for proposal in &proposals.found {
            let id = set.rules.get(proposal.rule).map_or("?", |rule| rule.id.as_str());
            out.print(&format!("# {id}\n{}\n", proposal.toml));
        }
        out.message(&beyond);
        out.message(&format!(
            "{} cases; is what the engine makes of them what the rule means? `--write` puts them into the rule files\n",
            proposals.found.len()
        ));
        return Ok(Exit::Done);
    }
    let changed = inserted(&proposals, loaded);
    hold(&changed, loaded)?;
    for (file, text) in &changed {
        write(Path::new(&loaded.files.get(*file).path), text)?;
    }
    out.message(&beyond);
    out.message(&format!("{} cases written into {} files: read them\n", proposals.found.len(), changed.len()));
    Ok(Exit::Done)
}

fn beyond(proposals: &Proposals, loaded: &Loaded) -> String {
    let mut text = String::new();
    for item in &proposals.beyond {
        let (path, line) = (&loaded.files.get(item.span.file).path, loaded.files.line_column(item.span).0);
        text.push_str(&format!("not reached: {path}:{line}  {}: {}\n", item.owner, item.what));
    }
    text
}

/// The texts of the files with the cases behind the last of their rules.
fn inserted(proposals: &Proposals, loaded: &Loaded) -> BTreeMap<FileId, String> {
    let mut at: BTreeMap<(FileId, usize), String> = BTreeMap::new();
    for proposal in &proposals.found {
        let Some(rule) = loaded.set.rules.get(proposal.rule) else { continue };
        let end = end_of_rule(&loaded.files.get(rule.span.file).text, rule.span.start as usize);
        at.entry((rule.span.file, end)).or_default().push_str(&proposal.toml);
    }
    let mut changed: BTreeMap<FileId, String> = BTreeMap::new();
    for ((file, end), cases) in at.iter().rev() {
        let text = changed.entry(*file).or_insert_with(|| loaded.files.get(*file).text.to_string());
        let gap = if text.get(..*end).is_some_and(|before| before.ends_with('\n')) { "" } else { "\n" };
        text.insert_str(*end, &format!("{gap}{cases}"));
    }
    changed
}

/// Where what belongs to a rule ends: before the next heading that is not its own, and before the comments that speak of it.
fn end_of_rule(text: &str, start: usize) -> usize {
    let mut end = text.len();
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let own = line.starts_with("[[rule.") || line.starts_with("[rule.");
        if at > start && line.starts_with('[') && !own {
            end = at;
            break;
        }
        at += line.len();
    }
    let mut of_rule = text.get(..end).unwrap_or_default();
    while let Some(last) =
        of_rule.split_inclusive('\n').next_back().filter(|l| l.trim().is_empty() || l.starts_with('#'))
    {
        of_rule = of_rule.get(..of_rule.len() - last.len()).unwrap_or_default();
    }
    of_rule.len()
}

/// The files must still be rule files, and every case must pass: else nothing is written.
fn hold(changed: &BTreeMap<FileId, String>, loaded: &Loaded) -> Result<()> {
    let text = |file: FileId, text: &str| changed.get(&file).map_or_else(|| text.to_owned(), Clone::clone);
    let texts: Vec<(String, String)> =
        loaded.files.iter().map(|(file, of)| (of.path.clone(), text(file, &of.text))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut report = Report::default();
    let set = rules::check_texts(&texts, &loaded.catalog, &mut Files::default(), &mut report);
    let broken = || Error::internal("a proposed case that is not one");
    let set = set.ok_or_else(broken)?;
    let cases = lab::prepare(&set, &mut report);
    let failed = lab::run(&cases, &set)?.iter().any(|r| matches!(r.outcome, Outcome::Failed(_)));
    if report.has_errors() || failed { Err(broken()) } else { Ok(()) }
}

fn write(path: &Path, text: &str) -> Result<()> {
    let staged = PathBuf::from(format!("{}.baru", path.display()));
    std::fs::write(&staged, text).map_err(|e| Error::storage(&staged, &e))?;
    std::fs::rename(&staged, path).map_err(|e| Error::storage(path, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_ends_before_what_speaks_of_the_next() {
        let text = "[[rule]]\nid = 1\n[[rule.test]]\nx = [\n    1,\n]\n\n# --- next\n\n[[group]]\n";
        assert_eq!(&text[end_of_rule(text, 0)..], "\n# --- next\n\n[[group]]\n");
        assert_eq!(end_of_rule("[[rule]]\nid = 1", 0), 15);
    }
}
