//! Files in every disorder an author can leave them in.

use std::path::Path;

use super::read::{Entry, Item, Node, Part, items};
use super::*;
use crate::document::{Data, Shape, Table};
use crate::seeded::Numbers;

fn formatted(text: &str) -> String {
    let (mut files, mut report) = (Files::default(), Report::default());
    let id = files.add("uji.toml", text);
    let done = format(id, &files, &mut report);
    done.unwrap_or_else(|| panic!("{report:?}\n{text}"))
}

/// Every comment of a text, sorted.
fn comments(text: &str) -> Vec<String> {
    fn of_entry(entry: &Entry, found: &mut Vec<String>) {
        found.extend(entry.comment.clone());
        of_node(&entry.value, found);
    }
    fn of_node(node: &Node, found: &mut Vec<String>) {
        let (Node::List(parts) | Node::Table(parts)) = node else { return };
        for part in parts {
            match part {
                Part::Comment { text, .. } => found.push(text.clone()),
                Part::Entry(entry) => of_entry(entry, found),
                Part::Value(node) => of_node(node, found),
                Part::Break => {}
            }
        }
    }
    let mut found = Vec::new();
    for item in items(text).unwrap() {
        match item {
            Item::Comment(text) => found.push(text),
            Item::Heading(heading) => found.extend(heading.comment),
            Item::Entry(entry) => of_entry(&entry, &mut found),
            Item::Blank => {}
        }
    }
    found.sort();
    found
}

/// The meaning of a file: names that the author chose in their order, since the first measure decides; declared keys in any.
fn meaning(text: &str) -> String {
    fn of(data: &Data, shape: Option<&Shape>) -> String {
        // `[rule]` with single brackets is a mistake, but one that is laid out like the rest.
        let inner = match shape {
            Some(Shape::List(inner)) => Some(&**inner),
            other => other,
        };
        match data {
            Data::Table(table) => of_table(table, inner),
            Data::Array(items) => format!("{:?}", items.iter().map(|item| of(&item.data, inner)).collect::<Vec<_>>()),
            Data::Text(text) => format!("{:?}", text.as_str()),
            other => format!("{other:?}"),
        }
    }
    fn of_table(table: &Table, shape: Option<&Shape>) -> String {
        let below = |key: &str| match shape {
            Some(Shape::Named(inner)) => Some(&**inner),
            Some(shape) => shape.keys().iter().find(|k| k.name == key).map(|k| &k.shape),
            None => None,
        };
        let mut entries: Vec<String> =
            table.entries.iter().map(|e| format!("{}={}", e.key, of(&e.value.data, below(&e.key)))).collect();
        if matches!(shape, Some(Shape::Table(..))) {
            entries.sort();
        }
        format!("{{{}}}", entries.join(";"))
    }
    let (mut files, mut report) = (Files::default(), Report::default());
    let id = files.add("uji.toml", text);
    let table = document::parse(id, &files, &mut report);
    assert!(!report.has_errors(), "{report:?}\n{text}");
    of_table(&table, Some(FileKind::of_table(&table).shape()))
}

fn law(text: &str) {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "not the same the second time:\n{text}");
    assert_eq!(comments(text), comments(&once), "a comment is lost:\n{text}\n--\n{once}");
    assert_eq!(meaning(text), meaning(&once), "another meaning:\n{text}\n--\n{once}");
}

#[test]
fn a_file_in_disorder_is_put_in_order() {
    let given = "\n\n#awal  \n[ pack ] # siapa\nfamily='S'\nname = \"uji\"\n\n\n\n\n[params]\nb={max=3,default=2 , min=1}\npanjang_sekali = { default = 4 }\n\
        [[rule]]\n# tentang judul\ntitle = \"J\"   # judul\nid=\"S01\"  # nomor\nwhen = [\"a = 1\", # satu\n\"b = 2\"]\nfalse_positives=[\"x\",\n \"y\"\n]\n\
        review_by=2027-06-30\nowner='O'\n# sisa\n[[rule.test]]\nexpect={reason='r', fires=[ 1,2 ]}\ngiven=[{nik=\"A\", repeat=2},{nik=\"B\"}]\nname='n'\n\n\n";
    let wanted = "\
#awal
[pack]    # siapa
name     = \"uji\"
family   = 'S'


[params]
b              = { default = 2, min = 1, max = 3 }
panjang_sekali = { default = 4 }
[[rule]]
id       = \"S01\"    # nomor
# tentang judul
title    = \"J\"      # judul
when     = [
    \"a = 1\",    # satu
    \"b = 2\",
]
false_positives = [
    \"x\",
    \"y\",
]
owner     = 'O'
review_by = 2027-06-30
# sisa
[[rule.test]]
name   = 'n'
given  = [{ nik = \"A\", repeat = 2 }, { nik = \"B\" }]
expect = { fires = [1, 2], reason = 'r' }
";
    assert_eq!(formatted(given), wanted);
    law(given);
}

#[test]
fn what_is_no_toml_is_left_to_its_author() {
    let (mut files, mut report) = (Files::default(), Report::default());
    let id = files.add("uji.toml", "[pack\nname = 1");
    assert_eq!(format(id, &files, &mut report), None);
    assert!(report.has_errors());
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("# saja"), "# saja\n");
}

#[test]
fn the_shipped_files_are_in_house_form() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in crate::diag::toml_files(&root.join("rules")).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        law(&text);
        assert_eq!(formatted(&text), text, "{}: `saring fmt rules`", path.display());
    }
    for path in crate::diag::toml_files(&root.join("fixtures")).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        let (mut files, mut report) = (Files::default(), Report::default());
        let id = files.add("uji.toml", &*text);
        // The gallery of mistakes has some that are no TOML.
        if format(id, &files, &mut report).is_some() && !report.has_errors() {
            let mut faults = Report::default();
            document::parse(id, &files, &mut faults);
            if !faults.has_errors() {
                law(&text);
            }
        }
    }
}

/// A text with the given seed: any tables, keys in any order, comments and blank lines anywhere TOML allows them.
struct Disorder {
    seed: Numbers,
    text: String,
    number: usize,
}

impl Disorder {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let n = self.seed.below(from.len());
        from[n]
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.seed.below(n) == 0
    }

    fn next(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    fn space(&mut self) {
        let space = self.pick(&["", "", " ", "  ", "\t"]);
        self.text.push_str(space);
    }

    fn comment(&mut self) {
        let n = self.next();
        let words = self.pick(&["#", "# ", "#\t", "# é 名 = \"x\" [", "## "]);
        self.text.push_str(&format!("{words}c{n}"));
        self.space();
    }

    fn end(&mut self) {
        self.space();
        if self.one_in(6) {
            self.comment();
        }
        let end = self.pick(&["\n", "\n", "\n", "\r\n"]);
        self.text.push_str(end);
        while self.one_in(5) {
            match self.one_in(2) {
                true => self.text.push('\n'),
                false => {
                    self.space();
                    self.comment();
                    self.text.push('\n');
                }
            }
        }
    }

    /// Between the parts of a list.
    fn gap(&mut self) {
        self.space();
        if self.one_in(8) {
            if self.one_in(2) {
                self.comment();
            }
            let breaks = self.pick(&["\n", "\n  ", "\n\n", "\n\n\n"]);
            self.text.push_str(breaks);
        }
    }

    fn scalar(&mut self) {
        let n = self.next();
        let value = match self.seed.below(8) {
            0 => format!("\"teks {n} # bukan \\u00e9 \\\"komentar\\\"\""),
            1 => format!("'harfiah {n} \\ ]}}'"),
            2 => format!("\"\"\"\nbaris {n}\n  # bukan komentar\r\n\"\"\""),
            3 => format!("'''a{n}\n= b'''"),
            4 => "2025-11-03".to_owned(),
            5 => format!("{n}_000"),
            6 => "true".to_owned(),
            _ => format!("{n}"),
        };
        self.text.push_str(&value);
    }

    fn value(&mut self, depth: u32) {
        match self.seed.below(if depth == 0 { 1 } else { 5 }) {
            0..=2 => self.scalar(),
            3 => {
                self.text.push('[');
                self.gap();
                for left in (0..self.seed.below(4)).rev() {
                    self.value(depth - 1);
                    self.gap();
                    if left > 0 || self.one_in(2) {
                        self.text.push(',');
                    }
                    self.gap();
                }
                self.text.push(']');
            }
            _ => {
                self.text.push('{');
                self.space();
                for left in (0..self.seed.below(4)).rev() {
                    let n = self.next();
                    let key = self.pick(&["min", "max", "default", "fires", "points", "reason"]);
                    self.text.push_str(&format!("{key}_{n}"));
                    self.space();
                    self.text.push('=');
                    self.space();
                    self.value(depth - 1);
                    self.space();
                    if left > 0 {
                        self.text.push(',');
                    }
                    self.space();
                }
                self.text.push('}');
            }
        }
    }

    fn keys(&mut self, names: &[&str], free: bool) {
        let mut names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        if free {
            for _ in 0..self.seed.below(4) {
                let n = self.next();
                names.push(format!("nama_{n}"));
            }
        }
        while !names.is_empty() {
            let name = names.remove(self.seed.below(names.len()));
            if self.one_in(3) {
                continue;
            }
            self.space();
            let name = match self.seed.below(6) {
                0 => format!("\"{name}\""),
                1 => format!("{name} . a.'b'"),
                _ => name,
            };
            self.text.push_str(&name);
            self.space();
            self.text.push('=');
            self.space();
            self.value(2);
            self.end();
        }
    }

    fn file(seed: u64) -> String {
        let mut this = Self { seed: Numbers(seed), text: String::new(), number: 0 };
        while this.one_in(3) {
            this.end();
        }
        for _ in 0..=this.seed.below(4) {
            let n = this.next();
            let (heading, names, free): (String, &[&str], bool) = match this.seed.below(6) {
                0 => (format!("[ base . b{n} ]"), &["values", "meaning"], false),
                1 => (format!("[list.l{n}]"), &["as_of", "source", "meaning", "values"], false),
                2 => ("[[group]]".to_owned(), &["having", "where", "by", "name", "window", "measure"], false),
                3 => ("[[ rule ]]".to_owned(), &["when", "id", "owner", "review_by", "why", "salah", "test"], false),
                4 => (format!("[asing.\"a{n}\"]"), &["z", "a"], true),
                _ => (format!("[scoring.s{n}]"), &[], true),
            };
            this.space();
            this.text.push_str(&heading);
            this.end();
            this.keys(names, free);
        }
        if this.one_in(3) {
            this.comment();
        }
        this.text
    }
}

#[test]
fn ten_thousand_files_keep_comments_and_meaning() {
    for seed in 0..10_000 {
        law(&Disorder::file(seed));
    }
}
