//! A TOML text as the things an author arranged: headings, entries, comments, blank lines.

use toml_parser::parser::{Event, EventKind, parse_document};

/// What stands in a file, line by line.
#[derive(Debug)]
pub(super) enum Item {
    /// Nothing.
    Blank,
    /// A comment on a line of its own.
    Comment(String),
    /// `[table]` or `[[table]]`.
    Heading(Heading),
    /// `key = value`.
    Entry(Entry),
}

#[derive(Debug)]
pub(super) struct Heading {
    pub(super) path: Vec<String>,
    /// As written, without spaces.
    pub(super) text: String,
    pub(super) comment: Option<String>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: Vec<String>,
    /// As written, without spaces.
    pub(super) text: String,
    pub(super) value: Node,
    /// After the value, on its line.
    pub(super) comment: Option<String>,
}

#[derive(Debug)]
pub(super) enum Node {
    /// To the letter.
    Scalar(String),
    List(Vec<Part>),
    Table(Vec<Part>),
}

/// What stands between brackets.
#[derive(Debug)]
pub(super) enum Part {
    Value(Node),
    Entry(Entry),
    Comment { text: String, own_line: bool },
    Break,
}

/// The items of a text that is known to be TOML. `None` would mean that it is not.
pub(super) fn items(text: &str) -> Option<Vec<Item>> {
    let source = toml_parser::Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    let mut failed = None;
    parse_document(&tokens, &mut events, &mut failed);
    if failed.is_some() {
        return None;
    }
    events.retain(|e| e.kind() != EventKind::Whitespace);
    let mut reader = Reader { text, events: &events, at: 0 };
    let mut items = Vec::new();
    while let Some(kind) = reader.kind() {
        match kind {
            EventKind::Newline => {
                items.push(Item::Blank);
                reader.at += 1;
            }
            EventKind::Comment => {
                items.push(Item::Comment(reader.comment()));
                reader.end_of_line();
            }
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => items.push(Item::Heading(reader.heading()?)),
            _ => {
                let mut entry = reader.entry()?;
                entry.comment = reader.trailing();
                items.push(Item::Entry(entry));
            }
        }
    }
    Some(items)
}

struct Reader<'a> {
    text: &'a str,
    events: &'a [Event],
    at: usize,
}

impl Reader<'_> {
    fn kind(&self) -> Option<EventKind> {
        self.events.get(self.at).map(|e| e.kind())
    }

    /// The text of the event here, which is passed.
    fn take(&mut self) -> &str {
        let span = self.events.get(self.at).map(|e| e.span());
        self.at += 1;
        span.and_then(|s| self.text.get(s.start()..s.end())).unwrap_or_default()
    }

    fn comment(&mut self) -> String {
        self.take().trim_end().to_owned()
    }

    fn end_of_line(&mut self) {
        if self.kind() == Some(EventKind::Newline) {
            self.at += 1;
        }
    }

    /// The comment behind something, and the end of its line.
    fn trailing(&mut self) -> Option<String> {
        let comment = (self.kind() == Some(EventKind::Comment)).then(|| self.comment());
        self.end_of_line();
        comment
    }

    /// A dotted key: its parts, and its text without spaces.
    fn key(&mut self) -> (Vec<String>, String) {
        let (mut parts, mut text) = (Vec::new(), String::new());
        loop {
            match self.kind() {
                Some(EventKind::SimpleKey) => {
                    let part = self.take();
                    text.push_str(part);
                    parts.push(part.trim_matches(['"', '\'']).to_owned());
                }
                Some(EventKind::KeySep) => {
                    self.at += 1;
                    text.push('.');
                }
                _ => return (parts, text),
            }
        }
    }

    fn heading(&mut self) -> Option<Heading> {
        let (open, close) = match self.kind()? {
            EventKind::ArrayTableOpen => ("[[", "]]"),
            _ => ("[", "]"),
        };
        self.at += 1;
        let (path, text) = self.key();
        // The closing bracket.
        self.at += 1;
        Some(Heading { path, text: format!("{open}{text}{close}"), comment: self.trailing() })
    }

    fn entry(&mut self) -> Option<Entry> {
        let (key, text) = self.key();
        if self.kind()? != EventKind::KeyValSep {
            return None;
        }
        self.at += 1;
        Some(Entry { key, text, value: self.node()?, comment: None })
    }

    fn node(&mut self) -> Option<Node> {
        match self.kind()? {
            EventKind::Scalar => Some(Node::Scalar(self.take().to_owned())),
            EventKind::ArrayOpen => self.parts().map(Node::List),
            EventKind::InlineTableOpen => self.parts().map(Node::Table),
            _ => None,
        }
    }

    /// Everything up to the closing bracket.
    fn parts(&mut self) -> Option<Vec<Part>> {
        self.at += 1;
        let mut parts = Vec::new();
        // A comment on the line of the opening bracket cannot stay there.
        let mut own_line = true;
        loop {
            match self.kind()? {
                EventKind::ArrayClose | EventKind::InlineTableClose => {
                    self.at += 1;
                    return Some(parts);
                }
                EventKind::ValueSep => self.at += 1,
                EventKind::Newline => {
                    self.at += 1;
                    own_line = true;
                    parts.push(Part::Break);
                }
                EventKind::Comment => {
                    let text = self.comment();
                    parts.push(Part::Comment { text, own_line });
                }
                EventKind::SimpleKey => {
                    parts.push(Part::Entry(self.entry()?));
                    own_line = false;
                }
                _ => {
                    parts.push(Part::Value(self.node()?));
                    own_line = false;
                }
            }
        }
    }
}
