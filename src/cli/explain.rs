//! `saring explain`: what a code means, what a rule says, or everything about one application of tonight.

use super::output::Out;
use super::prepare::NightArgs;
use super::{Exit, application, rule_text};
use crate::diag::{Code, suggestion};
use crate::error::CODES;
use crate::lists;
use crate::report::Unlike;
use crate::screening::Exempted;
use crate::source::{About, Note, Reason, Rejection};
use crate::table::Refusal;
use crate::{Error, Result};

/// Explain a code (`R401`, `IN_EMPTY`), a rule (`K02`), or one application of tonight by its number. With `--rule`, why a
/// rule fired for the application or why not, and how much was missing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A code, the id of a rule, or the number of an application.
    what: String,
    /// Only this rule.
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    #[command(flatten)]
    night: NightArgs,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let digits = args.what.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 6 && digits * 2 > args.what.len() {
        return application::run(&args.what, args.rule.as_deref(), &args.night, out);
    }
    let wanted = args.what.to_uppercase();
    let entries = entries();
    let Some(entry) = entries.iter().find(|entry| entry.code == wanted) else {
        let mut known: Vec<String> = entries.iter().map(|entry| entry.code.to_owned()).collect();
        if is_rule_id(&wanted) {
            let Some((set, files)) = args.night.rules(out)? else { return Ok(Exit::Usage) };
            if let Some(rule) = set.rule(&wanted) {
                rule_text::show(rule, &set, &files, out);
                return Ok(Exit::Done);
            }
            known.extend(set.rules.iter().map(|rule| rule.id.to_string()));
        }
        let error = Error::usage(format!("no code and no rule `{}`", args.what));
        return Err(match suggestion(&wanted, known.iter().map(String::as_str)) {
            Some(help) => error.help(help),
            None => error,
        });
    };
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "code": entry.code, "title": entry.title, "severity": entry.severity,
            "explanation": entry.explanation,
        }));
    } else {
        out.print(&format!("{}: {} ({})\n\n{}\n", entry.code, entry.title, entry.severity, entry.explanation));
    }
    Ok(Exit::Done)
}

/// A letter and two or three digits.
fn is_rule_id(text: &str) -> bool {
    let digits = text.strip_prefix(|c: char| c.is_ascii_uppercase());
    digits.is_some_and(|d| (2..=3).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))
}

/// A code with what it means.
struct Entry {
    code: &'static str,
    title: &'static str,
    severity: &'static str,
    explanation: String,
}

/// Every code that saring prints or stores.
fn entries() -> Vec<Entry> {
    let of_rules = Code::ALL.iter().map(|c| Entry {
        code: c.code(),
        title: c.title(),
        severity: c.severity().name(),
        explanation: c.explanation().to_owned(),
    });
    let entry = |code, title, severity, explanation| Entry { code, title, severity, explanation };
    let refused = Refusal::ALL.iter().map(|c| (c.code(), c.explanation()));
    let rejected = Rejection::ALL.iter().map(|c| (c.code(), c.explanation()));
    let refused = refused.chain(rejected).map(|(code, text)| entry(code, "an export is refused", "refusal", text));
    let aside = Reason::all().map(|c| entry(c.code(), "a record or a cell is not used", "quarantine", c.explanation()));
    let noted = Note::ALL.iter().map(|c| entry(c.code(), "a remarkable cell", "note", c.explanation()));
    let about = About::ALL.iter().map(|c| {
        entry(c.code(), "a remark about an export", if c.is_warning() { "warning" } else { "note" }, c.explanation())
    });
    let unlike = Unlike::ALL.iter().map(|c| entry(c.code(), "unlike earlier runs", "check", c.explanation()));
    let lists = lists::Refused::ALL.iter().map(|c| entry(c.code(), "a list is refused", "refusal", c.explanation()));
    let bad = lists::Bad::ALL
        .iter()
        .map(|c| entry(c.code(), "an entry of a list is set aside", "quarantine", c.explanation()));
    let remarked = lists::Remarked::ALL.iter().map(|c| {
        entry(c.code(), "a remark about a list", if c.is_warning() { "warning" } else { "note" }, c.explanation())
    });
    let about = about.chain(lists).chain(bad).chain(remarked);
    let failed = CODES.iter().map(|(code, text)| entry(code, "a command failed", "failure", (*text).to_owned()));
    let exempted = Exempted::ALL.iter().map(|c| entry(c.code(), "an exception", c.word(), c.explanation().to_owned()));
    of_rules.chain(refused).chain(aside).chain(noted).chain(about).chain(unlike).chain(failed).chain(exempted).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_one_paragraph() {
        let mut seen = BTreeSet::new();
        for entry in super::entries() {
            assert!(seen.insert(entry.code), "{} twice", entry.code);
            assert!(entry.explanation.len() > 30, "{}", entry.code);
        }
    }
}
