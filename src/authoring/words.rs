//! The words of a condition or a reason, with their places: what a name in it refers to, without checking it.

use super::Role;

/// What a word of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A dotted name: a column, a function, a keyword.
    Name,
    /// `:name`, the colon included.
    Param,
    /// A text in single quotes, without them.
    Literal,
    /// The text in quotes that names a list for `in_list`.
    ListName,
    /// A number or sign.
    Sign,
}

/// A word and its bytes in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Word {
    /// The word in its line.
    #[must_use]
    pub fn of(self, line: &str) -> &str {
        line.get(self.start..self.end).unwrap_or_default()
    }
}

/// The words of a text by its role.
#[must_use]
pub fn words(line: &str, role: Role) -> Vec<Word> {
    match role {
        Role::Expression => of_expression(line, 0),
        Role::Reason => of_reason(line),
        Role::Column | Role::Rules | Role::PackParam | Role::Base | Role::Mapping | Role::Word(_) => {
            vec![Word { kind: Kind::Name, start: 0, end: line.len() }]
        }
    }
}

fn is_part(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// The end of a dotted name that starts at `from`.
fn name_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(b) = bytes.get(at) {
        let dot = *b == b'.' && bytes.get(at + 1).is_some_and(|n| is_part(*n));
        if !is_part(*b) && !dot {
            break;
        }
        at += 1;
    }
    at
}

fn of_expression(line: &str, offset: usize) -> Vec<Word> {
    let bytes = line.as_bytes();
    let mut words: Vec<Word> = Vec::new();
    // The functions whose parentheses are open, `None` for plain ones.
    let mut open: Vec<Option<&str>> = Vec::new();
    let mut last_name: Option<&str> = None;
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        let start = at;
        let (kind, end) = match b {
            b'\'' => {
                at += 1;
                // A doubled quote stands for itself.
                while let Some(b) = bytes.get(at) {
                    if *b == b'\'' && bytes.get(at + 1) != Some(&b'\'') {
                        break;
                    }
                    at += if *b == b'\'' { 2 } else { 1 };
                }
                let end = at.min(bytes.len());
                at = (at + 1).min(bytes.len());
                let list = open.last().copied().flatten() == Some("in_list");
                let kind = if list { Kind::ListName } else { Kind::Literal };
                words.push(Word { kind, start: offset + start + 1, end: offset + end });
                last_name = None;
                continue;
            }
            b':' => (Kind::Param, name_end(bytes, at + 1)),
            b if b.is_ascii_alphabetic() || *b == b'_' => (Kind::Name, name_end(bytes, at)),
            b if b.is_ascii_digit() => (Kind::Sign, name_end(bytes, at)),
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'(' => {
                open.push(last_name);
                (Kind::Sign, at + 1)
            }
            b')' => {
                open.pop();
                (Kind::Sign, at + 1)
            }
            _ => (Kind::Sign, at + 1),
        };
        at = end.max(start + 1);
        last_name = if kind == Kind::Name { line.get(start..end) } else { None };
        words.push(Word { kind, start: offset + start, end: offset + at });
    }
    words
}

fn of_reason(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = 0;
    while let Some(open) = line.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
        let rest = line.get(open + 1..).unwrap_or_default();
        let len = rest.find(['}', '|', '{']).unwrap_or(rest.len());
        words.extend(of_expression(rest.get(..len).unwrap_or_default(), open + 1));
        from = open + 1 + len;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str, role: Role) -> Vec<(Kind, &str)> {
        words(line, role).into_iter().filter(|w| w.kind != Kind::Sign).map(|w| (w.kind, w.of(line))).collect()
    }

    #[test]
    fn names_parameters_lists_and_texts_are_told_apart() {
        use Kind::{ListName, Literal, Name, Param};
        let line = "in_list(upper(a.b), 'daftar') and c = 'it''s :x' or d >= :batas + 2";
        let found = told(line, Role::Expression);
        let wanted = [
            (Name, "in_list"),
            (Name, "upper"),
            (Name, "a.b"),
            (ListName, "daftar"),
            (Name, "and"),
            (Name, "c"),
            (Name, "="),
            (Literal, "it''s :x"),
            (Name, "or"),
            (Name, "d"),
            (Param, ":batas"),
        ];
        assert_eq!(found, wanted.into_iter().filter(|w| w.1 != "=").collect::<Vec<_>>());
        let reason = "Telepon {telepon|mask} é {g.others}, {:batas}";
        assert_eq!(told(reason, Role::Reason), [(Name, "telepon"), (Name, "g.others"), (Param, ":batas")]);
        assert_eq!(told("a = 'tak selesai", Role::Expression), [(Name, "a"), (Literal, "tak selesai")]);
    }
}
