//! A page of headings, sentences and tables, for a terminal, as Markdown and as HTML that needs nothing else.

use crate::markup::html as escape;

/// One part of a page.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// A heading.
    Heading(String),
    /// A sentence.
    Line(String),
    /// Text in which every letter counts.
    Code(Vec<String>),
    /// A table.
    Table { head: Vec<&'static str>, rows: Vec<Vec<String>> },
}

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

impl Sheet {
    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    pub(super) fn line(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Line(text.into()));
    }

    pub(super) fn code(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Code(lines));
        }
    }

    /// A table, unless it would be empty.
    pub(super) fn table(&mut self, head: &[&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { head: head.to_vec(), rows });
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => text.push_str(&format!("\n{heading}\n")),
                Block::Line(line) => text.push_str(&format!("  {line}\n")),
                Block::Code(lines) => lines.iter().for_each(|line| text.push_str(&format!("    {line}\n"))),
                Block::Table { head, rows } => {
                    let all: Vec<Vec<&str>> = std::iter::once(head.clone())
                        .chain(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
                        .collect();
                    let widths: Vec<usize> = (0..head.len())
                        .map(|at| {
                            all.iter().filter_map(|row| row.get(at)).map(|c| c.chars().count()).max().unwrap_or(0)
                        })
                        .collect();
                    for row in &all {
                        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
                        let line = format!("  {}", cells.collect::<Vec<_>>().join("  "));
                        text.push_str(line.trim_end());
                        text.push('\n');
                    }
                }
            }
        }
        text
    }

    pub(super) fn markdown(&self) -> String {
        let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ");
        let mut text = format!("## {}\n", cell(&self.title));
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => text.push_str(&format!("\n### {}\n", cell(heading))),
                Block::Line(line) => text.push_str(&format!("\n{}\n", cell(line))),
                Block::Code(lines) => text.push_str(&format!("\n```diff\n{}\n```\n", lines.join("\n"))),
                Block::Table { head, rows } => {
                    text.push_str(&format!("\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len())));
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
                        text.push_str(&format!("| {} |\n", cells.join(" | ")));
                    }
                }
            }
        }
        text
    }

    pub(super) fn html(&self) -> String {
        let mut body = format!("<h1>{}</h1>\n", escape(&self.title));
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => body.push_str(&format!("<h2>{}</h2>\n", escape(heading))),
                Block::Line(line) => body.push_str(&format!("<p>{}</p>\n", escape(line))),
                Block::Code(lines) => body.push_str(&format!("<pre>{}</pre>\n", escape(&lines.join("\n")))),
                Block::Table { head, rows } => {
                    let row = |cells: &mut dyn Iterator<Item = &str>, tag: &str| {
                        let cells: String = cells.map(|c| format!("<{tag}>{}</{tag}>", escape(c))).collect();
                        format!("<tr>{cells}</tr>\n")
                    };
                    body.push_str(&format!(
                        "<table>\n<thead>{}</thead>\n<tbody>\n",
                        row(&mut head.iter().copied(), "th")
                    ));
                    rows.iter().for_each(|cells| body.push_str(&row(&mut cells.iter().map(String::as_str), "td")));
                    body.push_str("</tbody>\n</table>\n");
                }
            }
        }
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n{body}</body>\n</html>\n",
            escape(&self.title)
        )
    }
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}\
h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em;border-bottom:1px solid #ccc}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .7em .25em 0;vertical-align:top;\
border-bottom:1px solid #eee}th{font-weight:600}pre{background:#f6f6f6;padding:.6em;overflow-x:auto}\
@media print{body{max-width:none;margin:0}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_cell_stays_in_its_cell() {
        let mut sheet = Sheet { title: "a <b>".to_owned(), blocks: Vec::new() };
        sheet.table(&["why", "n"], vec![vec!["x < 3 | y".to_owned(), "1".to_owned()]]);
        assert_eq!(sheet.text(), "a <b>\n  why        n\n  x < 3 | y  1\n");
        assert!(sheet.markdown().contains("| x &lt; 3 \\| y | 1 |"), "{}", sheet.markdown());
        assert!(sheet.html().contains("<td>x &lt; 3 | y</td><td>1</td>"), "{}", sheet.html());
        assert!(!sheet.html().contains("http"), "nothing is fetched");
    }
}
