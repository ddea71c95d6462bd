//! Items as text in house form.

use super::order::{Kind, one_a_line};
use super::read::{Entry, Heading, Item, Node, Part};
use crate::authoring::FileKind;

/// Spaces of a step into a list.
const STEP: usize = 4;
/// Spaces before a comment behind a value.
const BEFORE_COMMENT: usize = 4;
/// The most empty lines in a row.
const MOST_BLANK: usize = 2;

/// An entry with the comments directly above it.
struct Unit {
    above: Vec<String>,
    entry: Entry,
}

/// The text of a file.
pub(super) fn text(items: Vec<Item>, file: FileKind) -> String {
    let root = file.shape();
    let mut out = Writer { text: String::new(), blank: 0 };
    let mut kind = Kind { file, shape: Some(root) };
    let (mut units, mut above): (Vec<Unit>, Vec<String>) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Comment(comment) => above.push(comment),
            Item::Entry(entry) => units.push(Unit { above: std::mem::take(&mut above), entry }),
            Item::Blank => {
                out.paragraph(&mut units, &mut above, kind);
                out.blank += 1;
            }
            Item::Heading(heading) => {
                out.paragraph(&mut units, &mut above, kind);
                out.heading(&heading);
                kind.shape = root.at(heading.path.iter().map(String::as_str));
            }
        }
    }
    out.paragraph(&mut units, &mut above, kind);
    out.text
}

struct Writer {
    text: String,
    /// Empty lines waiting for something to follow them.
    blank: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push_str(&"\n".repeat(self.blank.min(MOST_BLANK)));
        }
        self.blank = 0;
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &Heading) {
        let comment = heading.comment.as_ref().map(|c| format!("{}{c}", " ".repeat(BEFORE_COMMENT)));
        self.line(&format!("{}{}", heading.text, comment.unwrap_or_default()));
    }

    /// Entries without an empty line between them, in the order of their declaration.
    fn paragraph(&mut self, units: &mut Vec<Unit>, rest: &mut Vec<String>, kind: Kind<'_>) {
        let mut units = std::mem::take(units);
        units.sort_by_key(|unit| kind.rank(&unit.entry.key));
        let keys: Vec<&str> = units.iter().map(|u| u.entry.text.as_str()).collect();
        let lines: Vec<String> = units
            .iter()
            .map(|unit| {
                let width = kind.width(&unit.entry.text, &keys);
                entry(&unit.entry, width, kind, 0)
            })
            .collect();
        let column = units
            .iter()
            .zip(&lines)
            .filter(|(unit, line)| unit.entry.comment.is_some() && !line.contains('\n'))
            .map(|(_, line)| line.chars().count())
            .max()
            .unwrap_or(0);
        for (unit, line) in units.iter().zip(lines) {
            for comment in &unit.above {
                self.line(comment);
            }
            match &unit.entry.comment {
                Some(comment) => {
                    let used = if line.contains('\n') { column } else { line.chars().count() };
                    self.line(&format!("{line}{}{comment}", " ".repeat(column - used + BEFORE_COMMENT)));
                }
                None => self.line(&line),
            }
        }
        for comment in std::mem::take(rest) {
            self.line(&comment);
        }
    }
}

/// `key = value`, the key `width` characters wide.
fn entry(entry: &Entry, width: usize, kind: Kind<'_>, indent: usize) -> String {
    let shape = kind.shape.and_then(|s| s.at(entry.key.iter().map(String::as_str)));
    let key = entry.key.last().map(String::as_str).unwrap_or_default();
    let value = node(&entry.value, Kind { shape, ..kind }, key, indent);
    format!("{:width$} = {value}", entry.text)
}

fn node(node: &Node, kind: Kind<'_>, key: &str, indent: usize) -> String {
    match node {
        Node::Scalar(text) => text.clone(),
        Node::List(parts) => {
            let values = parts.iter().filter(|p| matches!(p, Part::Value(_))).count();
            let each = one_a_line(key) && values > 1;
            let broken = each || parts.iter().any(|p| matches!(p, Part::Break));
            bracketed("[", parts, "]", Form { broken, each, pad: "" }, kind, indent)
        }
        Node::Table(parts) => bracketed("{", parts, "}", Form { broken: false, each: false, pad: " " }, kind, indent),
    }
}

/// How something in brackets is written.
#[derive(Clone, Copy)]
struct Form<'a> {
    /// Over several lines.
    broken: bool,
    /// Every value on a line of its own.
    each: bool,
    /// Inside the brackets, on one line.
    pad: &'a str,
}

fn bracketed(open: &str, parts: &[Part], close: &str, form: Form<'_>, kind: Kind<'_>, indent: usize) -> String {
    let broken = form.broken || parts.iter().any(|p| matches!(p, Part::Comment { .. }));
    let inner = if broken { indent + STEP } else { indent };
    let mut values: Vec<(usize, String)> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut breaks = 0_usize;
    for part in parts {
        let value = match part {
            Part::Break => {
                breaks += 1;
                if broken {
                    flush(&mut lines, &mut line);
                    if breaks == 2 && !lines.is_empty() {
                        lines.push(String::new());
                    }
                }
                continue;
            }
            Part::Comment { text, own_line: true } => {
                flush(&mut lines, &mut line);
                lines.push(text.clone());
                breaks = 0;
                continue;
            }
            Part::Comment { text, own_line: false } => {
                match line.is_empty() {
                    // Values with lines of their own were written already.
                    true => {
                        if let Some(last) = lines.last_mut() {
                            last.push_str(&format!("{}{text}", " ".repeat(BEFORE_COMMENT)));
                        }
                    }
                    false => line.push_str(&format!("{}{text}", " ".repeat(BEFORE_COMMENT))),
                }
                flush(&mut lines, &mut line);
                continue;
            }
            Part::Value(value) => (0, node(value, kind, "", inner)),
            Part::Entry(inline) => (kind.rank(&inline.key), entry(inline, 0, kind, inner)),
        };
        breaks = 0;
        if broken {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&format!("{},", value.1));
            if form.each {
                flush(&mut lines, &mut line);
            }
        } else {
            values.push(value);
        }
    }
    flush(&mut lines, &mut line);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if lines.is_empty() {
        values.sort_by_key(|(rank, _)| *rank);
        let values: Vec<String> = values.into_iter().map(|(_, text)| text).collect();
        let pad = if values.is_empty() { "" } else { form.pad };
        return format!("{open}{pad}{}{pad}{close}", values.join(", "));
    }
    let body: String = lines
        .iter()
        .map(|l| if l.is_empty() { "\n".to_owned() } else { format!("{}{l}\n", " ".repeat(inner)) })
        .collect();
    format!("{open}\n{body}{}{close}", " ".repeat(indent))
}

fn flush(lines: &mut Vec<String>, line: &mut String) {
    if !line.is_empty() {
        lines.push(std::mem::take(line));
    }
}
