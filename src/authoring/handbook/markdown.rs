//! The handbook as Markdown.

use super::{Handbook, RuleTold};
use crate::words::{Lang, Word};

/// The whole handbook.
#[must_use]
pub fn markdown(book: &Handbook) -> String {
    let word = |w| book.lang.word(w);
    let rules: usize = book.families.iter().map(|f| f.rules.len()).sum();
    let counts = word(Word::HandbookCounts)
        .replace("{rules}", &rules.to_string())
        .replace("{families}", &book.families.len().to_string());
    let mut text = format!("# {}\n\n{}\n\n{counts}.\n\n", word(Word::HandbookTitle), word(Word::HandbookPurpose));
    text.push_str(&format!("{}\n\n## {}\n\n", word(Word::ReadingEqual), word(Word::HandbookContents)));
    for family in &book.families {
        text.push_str(&format!("- {} {}\n", family.letter, escape(&family.title)));
        for rule in &family.rules {
            text.push_str(&format!("  - [{} {}](#{})\n", rule.id, escape(&rule.title), rule.id));
        }
    }
    for family in &book.families {
        text.push_str(&format!("\n## {} {}\n", family.letter, escape(&family.title)));
        for rule in &family.rules {
            one(rule, book.lang, &mut text);
        }
    }
    text.push_str(&format!("\n## {}\n", word(Word::GroupsTitle)));
    for group in &book.groups {
        text.push_str(&format!("\n<a id=\"{0}\"></a>\n\n### {0}\n\n{1}\n\n", group.name, escape(&group.title)));
        for (key, value) in &group.facts {
            let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
            text.push_str(&format!("- {key}{}\n", escape(value)));
        }
    }
    text.push_str(&format!("\n## {}\n\n", word(Word::ListsTitle)));
    for list in &book.lists {
        text.push_str(&format!("- `{}`: {} ({})\n", list.name, escape(&list.meaning), escape(&list.values.join(", "))));
    }
    text.push_str(&format!("\n## {}\n\n", word(Word::BasesTitle)));
    for (name, meaning) in &book.bases {
        text.push_str(&format!("- `{name}` {}\n", escape(meaning)));
    }
    text
}

fn one(rule: &RuleTold, lang: Lang, text: &mut String) {
    text.push_str(&format!("\n<a id=\"{0}\"></a>\n\n### {0} {1}\n\n", rule.id, escape(&rule.title)));
    text.push_str(&format!("{}\n", escape(&rule.facts.join(" · "))));
    let mut part = |word: Word, lines: Vec<String>| {
        let lines: Vec<String> = lines.into_iter().filter(|l| !l.is_empty()).collect();
        if !lines.is_empty() {
            text.push_str(&format!("\n**{}**\n\n", lang.word(word)));
            for line in lines {
                text.push_str(&format!("- {line}\n"));
            }
        }
    };
    let plain = |lines: &[String]| lines.iter().map(|l| escape(l)).collect::<Vec<_>>();
    let code = |lines: &[String]| lines.iter().map(|l| quoted(l)).collect::<Vec<_>>();
    part(Word::Meaning, vec![escape(&rule.why)]);
    part(Word::Question, vec![escape(&rule.question)]);
    part(Word::HonestCases, plain(&rule.honest));
    part(Word::Basis, plain(&rule.basis));
    part(Word::TakesBackFrom, plain(&rule.takes_back));
    part(Word::FiresWhen, code(&rule.when));
    part(Word::FiresUnless, code(&rule.unless));
    let outcomes = rule.outcomes.iter().map(|o| {
        let when = if o.when.is_empty() { String::new() } else { format!("{}: ", code(&o.when).join(", ")) };
        format!("{when}{} {}: {}", o.points, lang.word(Word::Points), escape(&o.reason))
    });
    part(Word::Outcomes, outcomes.collect());
    let params = rule.params.iter().map(|p| {
        let bounds =
            if p.bounds.is_empty() { String::new() } else { format!(" ({} {})", lang.word(Word::Bounds), p.bounds) };
        format!("`{}` = {}{bounds}: {}", p.name, p.value, escape(&p.meaning))
    });
    part(Word::Tunable, params.collect());
    let columns = rule.columns.iter().map(|c| {
        let group = c.group.as_ref().map_or_else(String::new, |g| format!(" ([{g}](#{g}))"));
        let meaning = if c.meaning.is_empty() { String::new() } else { format!(": {}", escape(&c.meaning)) };
        format!("`{}` {}{meaning}{group}", c.name, escape(&c.label))
    });
    part(Word::ColumnsUsed, columns.collect());
    let examples = rule.examples.iter().map(|e| format!("**{}**: {}", escape(&e.name), escape(&e.told)));
    part(Word::Examples, examples.collect());
}

/// Text that Markdown and the HTML made of it show as it is.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A condition as code, with as many backticks around it as it needs.
fn quoted(line: &str) -> String {
    let line = line.replace(['\n', '\r'], " ");
    let most = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(most + 1);
    let pad = if most > 0 { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}
