//! The handbook as one HTML file: nothing is fetched, everything is escaped, it prints.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Handbook, RuleTold};
use crate::markup::html as escape;
use crate::words::{Lang, Word};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("search.js");

/// The whole page.
#[must_use]
pub fn html(book: &Handbook) -> String {
    let word = |w| book.lang.word(w);
    let rules: usize = book.families.iter().map(|f| f.rules.len()).sum();
    let counts = word(Word::HandbookCounts)
        .replace("{rules}", &rules.to_string())
        .replace("{families}", &book.families.len().to_string());
    let title = escape(word(Word::HandbookTitle));
    // The page may run its own script and nothing else.
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(SCRIPT.as_bytes()))
    );
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n",
        book.lang.code()
    );
    put(
        &mut page,
        format_args!(
            "<nav>\n<input id=\"cari\" type=\"search\" placeholder=\"{0}\" aria-label=\"{0}\">\n",
            escape(word(Word::HandbookSearch))
        ),
    );
    put(&mut page, format_args!("<p id=\"kosong\" hidden>{}</p>\n", escape(word(Word::NothingFound))));
    for family in &book.families {
        put(
            &mut page,
            format_args!("<details open><summary><b>{}</b> {}</summary>\n<ul>\n", family.letter, escape(&family.title)),
        );
        for rule in &family.rules {
            put(
                &mut page,
                format_args!(
                    "<li data-for=\"{0}\"><a href=\"#{0}\"><b>{0}</b> {1}</a></li>\n",
                    escape(&rule.id),
                    escape(&rule.title)
                ),
            );
        }
        page.push_str("</ul></details>\n");
    }
    put(&mut page, format_args!("<p><a href=\"#kelompok\">{}</a><br>", escape(word(Word::GroupsTitle))));
    put(&mut page, format_args!("<a href=\"#daftar\">{}</a><br>", escape(word(Word::ListsTitle))));
    put(&mut page, format_args!("<a href=\"#dasar\">{}</a></p>\n</nav>\n<main>\n", escape(word(Word::BasesTitle))));
    put(
        &mut page,
        format_args!("<header>\n<h1>{title}</h1>\n<p class=\"lead\">{}</p>\n", escape(word(Word::HandbookPurpose))),
    );
    put(
        &mut page,
        format_args!("<p>{}</p>\n<p class=\"muted\">{counts}</p>\n</header>\n", escape(word(Word::ReadingEqual))),
    );
    for family in &book.families {
        put(&mut page, format_args!("<section>\n<h2>{} · {}</h2>\n", family.letter, escape(&family.title)));
        for rule in &family.rules {
            one(rule, book.lang, &mut page);
        }
        page.push_str("</section>\n");
    }
    appendix(book, &mut page);
    put(&mut page, format_args!("</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"));
    page
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}

fn one(rule: &RuleTold, lang: Lang, page: &mut String) {
    put(
        page,
        format_args!(
            "<article id=\"{0}\">\n<h3><a href=\"#{0}\">{0}</a> {1}</h3>\n<p class=\"facts\">",
            escape(&rule.id),
            escape(&rule.title)
        ),
    );
    for fact in &rule.facts {
        put(page, format_args!("<span>{}</span> ", escape(fact)));
    }
    page.push_str("</p>\n");
    let text = |lines: &[String]| lines.iter().map(|l| escape(l)).collect::<Vec<_>>();
    let code = |lines: &[String]| lines.iter().map(|l| format!("<code>{}</code>", escape(l))).collect::<Vec<_>>();
    let paragraph = |page: &mut String, word: Word, class: &str, line: &str| {
        if !line.is_empty() {
            put(page, format_args!("<h4>{}</h4>\n<p{class}>{}</p>\n", escape(lang.word(word)), escape(line)));
        }
    };
    paragraph(page, Word::Meaning, "", &rule.why);
    paragraph(page, Word::Question, " class=\"ask\"", &rule.question);
    list(page, lang.word(Word::HonestCases), &text(&rule.honest));
    list(page, lang.word(Word::Basis), &text(&rule.basis));
    list(page, lang.word(Word::TakesBackFrom), &text(&rule.takes_back));
    put(page, format_args!("<table>\n<caption>{}</caption>\n", escape(lang.word(Word::Outcomes))));
    for outcome in &rule.outcomes {
        let when = match (outcome.when.is_empty(), rule.outcomes.len()) {
            (false, _) => code(&outcome.when).join("<br>"),
            (true, 1) => String::new(),
            (true, _) => format!("<i>{}</i>", escape(lang.word(Word::Otherwise))),
        };
        put(
            page,
            format_args!(
                "<tr><td class=\"points\">{:+}</td><td>{}</td><td>{when}</td></tr>\n",
                outcome.points,
                escape(&outcome.reason)
            ),
        );
    }
    page.push_str("</table>\n");
    list(page, lang.word(Word::FiresWhen), &code(&rule.when));
    list(page, lang.word(Word::FiresUnless), &code(&rule.unless));
    if !rule.params.is_empty() {
        put(page, format_args!("<table>\n<caption>{}</caption>\n", escape(lang.word(Word::Tunable))));
        for p in &rule.params {
            let bounds =
                if p.bounds.is_empty() { String::new() } else { format!("{} {}", lang.word(Word::Bounds), p.bounds) };
            put(
                page,
                format_args!(
                    "<tr><td class=\"name\"><code>{}</code></td><td class=\"points\">{}</td><td class=\"name\">{}</td><td>{}</td></tr>\n",
                    escape(&p.name),
                    escape(&p.value),
                    escape(&bounds),
                    escape(&p.meaning)
                ),
            );
        }
        page.push_str("</table>\n");
    }
    let columns = rule.columns.iter().map(|c| {
        let name = match &c.group {
            Some(group) => format!("<a href=\"#kelompok-{}\"><code>{}</code></a>", escape(group), escape(&c.name)),
            None => format!("<code>{}</code>", escape(&c.name)),
        };
        let meaning = if c.meaning.is_empty() { String::new() } else { format!(": {}", escape(&c.meaning)) };
        format!("{name} {}{meaning}", escape(&c.label))
    });
    let columns: Vec<String> = columns.collect();
    folded(page, lang.word(Word::ColumnsUsed), &columns);
    let examples = rule.examples.iter().map(|e| {
        let mark = if e.fires { "●" } else { "○" };
        format!("{mark} <b>{}</b><br>{}", escape(&e.name), escape(&e.told))
    });
    let examples: Vec<String> = examples.collect();
    folded(page, &format!("{} ({})", lang.word(Word::Examples), examples.len()), &examples);
    page.push_str("</article>\n");
}

/// A heading and a list of items that are HTML already.
fn list(page: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    put(page, format_args!("<h4>{}</h4>\n<ul>\n", escape(heading)));
    for item in items {
        put(page, format_args!("<li>{item}</li>\n"));
    }
    page.push_str("</ul>\n");
}

/// A list that opens on a click, and in print.
fn folded(page: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    put(page, format_args!("<details class=\"more\"><summary>{}</summary>\n<ul>\n", escape(heading)));
    for item in items {
        put(page, format_args!("<li>{item}</li>\n"));
    }
    page.push_str("</ul></details>\n");
}

fn appendix(book: &Handbook, page: &mut String) {
    put(page, format_args!("<section id=\"kelompok\">\n<h2>{}</h2>\n", escape(book.lang.word(Word::GroupsTitle))));
    for group in &book.groups {
        put(
            page,
            format_args!(
                "<article id=\"kelompok-{0}\">\n<h3><code>{0}</code> {1}</h3>\n<ul>\n",
                escape(&group.name),
                escape(&group.title)
            ),
        );
        for (key, value) in &group.facts {
            let key = if key.is_empty() { String::new() } else { format!("{}: ", escape(key)) };
            put(page, format_args!("<li>{key}{}</li>\n", escape(value)));
        }
        page.push_str("</ul>\n</article>\n");
    }
    put(
        page,
        format_args!(
            "</section>\n<section id=\"daftar\">\n<h2>{}</h2>\n<ul>\n",
            escape(book.lang.word(Word::ListsTitle))
        ),
    );
    for list in &book.lists {
        put(
            page,
            format_args!(
                "<li><code>{}</code> {}: {}</li>\n",
                escape(&list.name),
                escape(&list.meaning),
                escape(&list.values.join(", "))
            ),
        );
    }
    put(
        page,
        format_args!(
            "</ul>\n</section>\n<section id=\"dasar\">\n<h2>{}</h2>\n<ul>\n",
            escape(book.lang.word(Word::BasesTitle))
        ),
    );
    for (name, meaning) in &book.bases {
        put(page, format_args!("<li><code>{}</code> {}</li>\n", escape(name), escape(meaning)));
    }
    page.push_str("</ul>\n</section>\n");
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let part = |ix: usize| u32::from(chunk.get(ix).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for ix in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * ix) & 63) as usize).copied().unwrap_or(b'A');
            text.push(if ix > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_others_write_it() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
