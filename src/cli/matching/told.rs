//! A hit as an officer reads it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::matching::{ATURAN_KATA, BUKTI_COCOK, Comparison, Hit, Level};
use crate::schema::CodeTable;
use crate::words::Lang;

/// A hit with its reasons.
pub(super) struct Told {
    pub(super) id: String,
    pub(super) hit: Hit,
    pub(super) comparison: Comparison,
}

fn label(lang: Lang, table: &CodeTable, code: &str) -> &'static str {
    table.get(code).map_or("", |entry| if lang == Lang::Id { entry.label_id } else { entry.label_en })
}

fn bits(points: i32) -> String {
    format!("{:+.1}", f64::from(points) / 1_000.0)
}

pub(super) fn text(told: &[Told], hits: usize, entries: usize, lang: Lang) -> String {
    let id = lang == Lang::Id;
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "{}",
        if id { format!("{hits} dari {entries} entri") } else { format!("{hits} of {entries} entries") }
    );
    for told in told {
        let Comparison { name, evidence, next, .. } = &told.comparison;
        let _ = writeln!(text, "\n{}  {}  {}", told.id, told.hit.level.code(), bits(told.hit.points));
        for pair in &name.pairs {
            let rule = label(lang, ATURAN_KATA, pair.rule.code());
            let _ = writeln!(text, "  {:>7}  {} = {}  ({rule})", bits(pair.points), pair.left, pair.right);
        }
        let over = if id { "tanpa pasangan" } else { "without a partner" };
        for (word, points) in name.left_over.iter().chain(&name.right_over) {
            let _ = writeln!(text, "  {:>7}  {word}  ({over})", bits(*points));
        }
        for line in evidence {
            let by_nik = if line.by_nik { if id { " (dari NIK)" } else { " (from the NIK)" } } else { "" };
            let _ =
                writeln!(text, "  {:>7}  {}{by_nik}", bits(line.points), label(lang, BUKTI_COCOK, line.kind.code()));
        }
        if name.cut_off {
            let _ = writeln!(
                text,
                "  {}",
                if id {
                    "nama terlalu panjang: 8 kata pertama dibandingkan"
                } else {
                    "name too long: its first 8 words are compared"
                }
            );
        }
        let _ = match next {
            Some((level, missing)) if id => writeln!(text, "  kurang {} untuk {}", bits(*missing), level.code()),
            Some((level, missing)) => writeln!(text, "  {} short of {}", bits(*missing), level.code()),
            None if told.hit.level == Level::NameOnly && id => {
                writeln!(text, "  hanya nama: tidak ada yang menguatkan")
            }
            None if told.hit.level == Level::NameOnly => writeln!(text, "  a name alone: nothing confirms it"),
            None => Ok(()),
        };
    }
    text
}

pub(super) fn json(told: &[Told], hits: usize) -> Value {
    let one = |told: &Told| {
        let Comparison { name, evidence, next, .. } = &told.comparison;
        let pair = |p: &crate::matching::PairedWords| json!({ "left": p.left, "right": p.right, "rule": p.rule.code(), "points": p.points });
        json!({
            "entry": told.id, "level": told.hit.level.code(), "points": told.hit.points, "alike": name.alike,
            "pairs": name.pairs.iter().map(pair).collect::<Vec<_>>(),
            "left_over": name.left_over, "right_over": name.right_over, "cut_off": name.cut_off,
            "evidence": evidence.iter().map(|l| json!({ "kind": l.kind.code(), "points": l.points, "by_nik": l.by_nik })).collect::<Vec<_>>(),
            "next": next.map(|(level, missing)| json!({ "level": level.code(), "missing": missing })),
        })
    };
    json!({ "schema_version": 1, "hits": hits, "told": told.iter().map(one).collect::<Vec<_>>() })
}
