//! A text value of a TOML file, able to say where in the file each of its characters stands.

use crate::diag::{Code, Diagnostic, FileId, Report, Span, to_u32};

/// A text value and its place. Offsets inside the value lead back to the file, also past escapes and in multi-line text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    value: String,
    span: Span,
    /// For each byte of `value` its place in the file; `None` where the value stands in the file as it is.
    map: Option<Vec<u32>>,
    /// Where the value's first byte stands, when there is no map.
    content_start: u32,
}

impl Text {
    /// A text without a file behind it, for values made by saring itself.
    #[must_use]
    pub fn unplaced(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, map: None, content_start: span.start }
    }

    /// `raw` is the text in the file including quotes, standing at `span`.
    pub(super) fn new(value: &str, span: Span, raw: &str) -> Self {
        let quote = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let mut skip = quote;
        if quote == 3 {
            let rest = raw.get(3..).unwrap_or_default();
            skip += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        }
        let content = raw.get(skip..raw.len().saturating_sub(quote).max(skip)).unwrap_or_default();
        let content_start = span.start + to_u32(skip);
        let map = if content == value { None } else { escape_map(content, value, content_start) };
        Self { value: value.to_owned(), span, map, content_start }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The place of the whole value, quotes included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The place of bytes `start..end` of the value.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Span {
        let at = |offset: usize| match &self.map {
            Some(map) => map.get(offset).copied().unwrap_or(self.span.end.saturating_sub(1)),
            None => (self.content_start + to_u32(offset)).min(self.span.end),
        };
        let (start, end) = (at(start), at(end));
        Span { file: self.span.file, start, end: end.max(start) }
    }
}

/// Walks a basic string with escapes; gives up (`None`) where the walk does not reproduce the value.
fn escape_map(content: &str, value: &str, start: u32) -> Option<Vec<u32>> {
    let mut map = Vec::with_capacity(value.len() + 1);
    let mut built = String::with_capacity(value.len());
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut push = |c: char, built: &mut String| {
            for _ in 0..c.len_utf8() {
                map.push(start + to_u32(at));
            }
            built.push(c);
        };
        if c != '\\' {
            if c == '\r' && chars.peek().is_some_and(|(_, n)| *n == '\n') {
                continue;
            }
            push(c, &mut built);
            continue;
        }
        let (_, escape) = chars.next()?;
        let digits = match escape {
            'u' => 4,
            'U' => 8,
            'x' => 2,
            'b' | 't' | 'n' | 'f' | 'r' | 'e' | '"' | '\\' => {
                let c = match escape {
                    'b' => '\u{8}',
                    't' => '\t',
                    'n' => '\n',
                    'f' => '\u{c}',
                    'r' => '\r',
                    'e' => '\u{1b}',
                    other => other,
                };
                push(c, &mut built);
                continue;
            }
            _ => {
                // A line-ending backslash swallows white space up to the next character.
                while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                continue;
            }
        };
        let mut number = 0;
        for _ in 0..digits {
            number = number * 16 + chars.next()?.1.to_digit(16)?;
        }
        push(char::from_u32(number)?, &mut built);
    }
    map.push(start + to_u32(content.len()));
    (built == value).then_some(map)
}

/// Reports characters that a reviewer cannot see, and words that mix look-alike scripts.
pub(super) fn report_invisible(file: FileId, text: &str, report: &mut Report) {
    for (at, c) in text.char_indices() {
        if let Some(what) = invisible(c) {
            let span = Span { file, start: to_u32(at), end: to_u32(at + c.len_utf8()) };
            report.push(
                Diagnostic::new(Code::InvisibleCharacter, span, format!("{what} (U+{:04X})", u32::from(c)))
                    .label("cannot be seen here")
                    .help("delete it; copy the text through a plain editor"),
            );
        }
    }
    for (at, word) in words(text) {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        if let Some((inside, other)) = word.char_indices().find(|(_, c)| latin && is_look_alike(*c)) {
            let start = to_u32(at + inside);
            let span = Span { file, start, end: start + to_u32(other.len_utf8()) };
            report.push(
                Diagnostic::new(
                    Code::InvisibleCharacter,
                    span,
                    format!("a letter of another script inside a Latin word (U+{:04X})", u32::from(other)),
                )
                .label("looks like a Latin letter")
                .help("type the word again"),
            );
        }
    }
}

/// Reports characters that are written as escapes, can be read in the file, and are invisible wherever the text is shown.
pub(super) fn report_escaped(text: &Text, raw: &str, report: &mut Report) {
    for (at, c) in text.as_str().char_indices() {
        if let Some(what) = invisible(c).filter(|_| !raw.contains(c)) {
            report.push(
                Diagnostic::new(
                    Code::InvisibleCharacter,
                    text.part(at, at + c.len_utf8()),
                    format!("{what} (U+{:04X}), written as an escape", u32::from(c)),
                )
                .label("cannot be seen by whoever reads the text")
                .help("delete it"),
            );
        }
    }
}

fn invisible(c: char) -> Option<&'static str> {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' => {
            Some("a character that changes the reading direction")
        }
        '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{034F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180E}'
        | '\u{3164}'
        | '\u{FFA0}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0000}'..='\u{E0FFF}' => Some("a character without width"),
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{2800}' | '\u{3000}' => {
            Some("a space that is not the space key's")
        }
        _ => None,
    }
}

fn is_look_alike(c: char) -> bool {
    // Greek, Cyrillic, Armenian, Cherokee, letters of mathematics, full-width letters.
    matches!(c, '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{058F}' | '\u{13A0}'..='\u{13FF}' | '\u{1D400}'..='\u{1D7FF}' | '\u{FF21}'..='\u{FF5A}')
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(move |w| (w.as_ptr() as usize - base, w))
}

#[cfg(test)]
mod tests {
    use crate::diag::{Files, Report};
    use crate::document::{Data, parse};

    fn place_of(toml: &str, part: &str) -> String {
        let mut files = Files::default();
        let file = files.add("t.toml", toml);
        let mut report = Report::default();
        let table = parse(file, &files, &mut report);
        assert!(report.is_empty(), "{report:?}");
        let Some(Data::Text(text)) = table.get("a").map(|v| &v.data) else { panic!("no text") };
        let at = text.as_str().find(part).unwrap();
        files.slice(text.part(at, at + part.len())).to_owned()
    }

    #[test]
    fn offsets_inside_a_text_lead_back_to_the_file() {
        assert_eq!(place_of("a = \"umur > 5\"", "> 5"), "> 5");
        assert_eq!(place_of("a = 'umur > 5'", "> 5"), "> 5");
        assert_eq!(place_of("a = \"x = \\\"y\\\" and umur > 5\"", "umur"), "umur");
        assert_eq!(place_of("a = \"\\u00e9 umur\"", "umur"), "umur");
        assert_eq!(place_of("a = \"\"\"\nbaris satu\numur > 5\"\"\"", "umur"), "umur");
        assert_eq!(place_of("a = \"\"\"satu \\\n   dua umur\"\"\"", "umur"), "umur");
    }

    #[test]
    fn hidden_characters_are_reported() {
        for text in [
            "a = \"x\u{202e}y\"",
            "a = \"x\u{200b}y\"",
            "# k\u{043e}mentar",
            "a = \"x\\u202ey\"",
            "a = \"x\u{e0041}y\"",
            "na\u{1d426}a = 1",
        ] {
            let mut files = Files::default();
            let file = files.add("t.toml", text);
            let mut report = Report::default();
            parse(file, &files, &mut report);
            assert!(report.has_errors(), "{text:?}");
        }
    }
}
