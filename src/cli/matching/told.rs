//! A pair as an officer reads it: what each word and each piece of evidence is worth, and how far it is to the next level.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::matching::{ATURAN_KATA, BUKTI_COCOK, Comparison, Dropped, Level, Levels, Line, PairedWords, Trace, Way};
use crate::schema::CodeTable;
use crate::words::{Lang, Word};

/// A pair with its reasons.
pub(super) struct Told {
    pub(super) id: String,
    pub(super) comparison: Comparison,
    /// What the search made of it, where that was asked for.
    pub(super) trace: Option<Trace>,
}

fn label(lang: Lang, table: &CodeTable, code: &str) -> &'static str {
    table.get(code).map_or("", |entry| if lang == Lang::Id { entry.label_id } else { entry.label_en })
}

fn bits(points: i32) -> String {
    format!("{:+.1}", f64::from(points) / 1_000.0)
}

pub(super) fn text(told: &[Told], hits: usize, entries: usize, levels: &Levels, lang: Lang) -> String {
    let found = lang.word(Word::MatchFound).replace("{hits}", &hits.to_string());
    let mut text = found.replace("{entries}", &entries.to_string()) + "\n";
    told.iter().for_each(|told| pair(told, levels, lang, &mut text));
    text
}

/// One pair and why.
pub(super) fn pair(told: &Told, levels: &Levels, lang: Lang, text: &mut String) {
    let level = told.comparison.level.map_or(lang.word(Word::MatchNone), Level::code);
    // Writing into a String cannot fail.
    let _ = writeln!(text, "\n{}  {level}  {}", told.id, bits(told.comparison.points));
    for line in told.trace.iter().flat_map(|trace| steps(trace, levels, lang)) {
        let _ = writeln!(text, "  {line}");
    }
    for line in added_up(&told.comparison, &str::to_owned, lang) {
        let _ = writeln!(text, "  {line}");
    }
    for line in distance(&told.comparison, levels, lang) {
        let _ = writeln!(text, "  {line}");
    }
}

/// What the points of a pair are for, word by word and line by line, and their sum. `shown` is how a word of a name is
/// shown.
pub(in crate::cli) fn reasons(comparison: &Comparison, shown: &dyn Fn(&str) -> String, lang: Lang) -> Vec<String> {
    let sum = format!("{:>7}  {}", bits(comparison.points), lang.word(Word::MatchSum));
    added_up(comparison, shown, lang).into_iter().chain([sum]).collect()
}

fn added_up(comparison: &Comparison, shown: &dyn Fn(&str) -> String, lang: Lang) -> Vec<String> {
    let Comparison { name, evidence, .. } = comparison;
    let pairs = name.pairs.iter().map(|pair| {
        let rule = label(lang, ATURAN_KATA, pair.rule.code());
        format!("{:>7}  {} = {}  ({rule})", bits(pair.points), shown(&pair.left), shown(&pair.right))
    });
    let over = name.left_over.iter().chain(&name.right_over);
    let over =
        over.map(|(word, points)| format!("{:>7}  {}  ({})", bits(*points), shown(word), lang.word(Word::MatchOver)));
    let lines = evidence.iter().map(|line| {
        let by_nik = if line.by_nik { format!(" ({})", lang.word(Word::MatchByNik)) } else { String::new() };
        format!("{:>7}  {}{by_nik}", bits(line.points), label(lang, BUKTI_COCOK, line.kind.code()))
    });
    let cut_off = name.cut_off.then(|| lang.word(Word::MatchCutOff).to_owned());
    pairs.chain(over).chain(lines).chain(cut_off).collect()
}

/// How far a pair is from the next level, and what no points would make up for.
fn distance(comparison: &Comparison, levels: &Levels, lang: Lang) -> Vec<String> {
    let missing = |level: Level, points: i32| {
        lang.word(Word::MatchMissing).replace("{points}", &bits(points)).replace("{level}", level.code())
    };
    if let Some((level, points)) = comparison.next {
        return vec![missing(level, points)];
    }
    let unlike = |level: Level, needed: i32| {
        let alike = comparison.name.alike;
        let line = lang.word(Word::MatchUnlike).replace("{alike}", &alike.to_string());
        (comparison.level < Some(level) && alike < needed)
            .then(|| line.replace("{percent}", &needed.to_string()).replace("{level}", level.code()))
    };
    if comparison.confirmed {
        let only = || lang.word(Word::MatchOnlyYear).replace("{level}", Level::Possible.code());
        let line = unlike(Level::Possible, levels.possible_percent);
        return line.or_else(|| comparison.only_a_year.then(only)).into_iter().collect();
    }
    let mut lines = vec![lang.word(Word::MatchAlone).to_owned()];
    lines.extend(unlike(Level::NameOnly, levels.name_only_percent));
    let short = levels.least(Level::NameOnly) - comparison.points;
    lines.extend((short > 0).then(|| missing(Level::NameOnly, short)));
    lines
}

/// What the search made of a pair.
fn steps(trace: &Trace, levels: &Levels, lang: Lang) -> Vec<String> {
    let way = match trace.way {
        Way::Number => Some(lang.word(Word::TraceNumber).to_owned()),
        Way::Birth(kind) => {
            Some(lang.word(Word::TraceBirth).replace("{evidence}", label(lang, BUKTI_COCOK, kind.code())))
        }
        Way::Name => Some(lang.word(Word::TraceName).to_owned()),
        Way::None => None,
    };
    let bound = |word: Word, bound: crate::matching::Bound| {
        lang.word(word).replace("{most}", &bits(bound.most)).replace("{needed}", &bits(bound.needed))
    };
    let end = match trace.dropped {
        None => lang.word(Word::TraceWhole).to_owned(),
        Some(Dropped::NoWay) => lang.word(Word::TraceNoWay).to_owned(),
        Some(Dropped::Words(words)) => bound(Word::TraceWords, words),
        Some(Dropped::Rest(rest)) => bound(Word::TraceRest, rest),
        Some(Dropped::Unlike) => {
            lang.word(Word::TraceUnlike).replace("{percent}", &levels.name_only_percent.to_string())
        }
    };
    way.into_iter().chain([end]).collect()
}

pub(super) fn json(told: &[Told], hits: usize) -> Value {
    let one = |told: &Told| {
        let Comparison { level, next, confirmed, only_a_year, .. } = &told.comparison;
        let mut told_of = summed(&told.comparison, &str::to_owned);
        told_of.insert("entry".to_owned(), json!(told.id));
        told_of.insert("level".to_owned(), json!(level.map_or("none", Level::code)));
        let next = next.map(|(level, missing)| json!({ "level": level.code(), "missing": missing }));
        told_of.insert("next".to_owned(), json!(next));
        told_of.insert("confirmed".to_owned(), json!(confirmed));
        told_of.insert("only_a_year".to_owned(), json!(only_a_year));
        if let Some(trace) = &told.trace {
            told_of.insert("search".to_owned(), search(trace));
        }
        Value::Object(told_of)
    };
    json!({ "schema_version": 1, "hits": hits, "told": told.iter().map(one).collect::<Vec<_>>() })
}

/// The points of a pair and what they are for.
pub(in crate::cli) fn summed(comparison: &Comparison, shown: &dyn Fn(&str) -> String) -> Map<String, Value> {
    let Comparison { points, name, evidence, .. } = comparison;
    let pair = |p: &PairedWords| json!({ "left": shown(&p.left), "right": shown(&p.right), "rule": p.rule.code(), "points": p.points });
    let over = |words: &[(String, i32)]| json!(words.iter().map(|(w, points)| (shown(w), points)).collect::<Vec<_>>());
    let line = |l: &Line| json!({ "kind": l.kind.code(), "points": l.points, "by_nik": l.by_nik });
    let fields = [
        ("points", json!(points)),
        ("alike", json!(name.alike)),
        ("pairs", json!(name.pairs.iter().map(pair).collect::<Vec<_>>())),
        ("left_over", over(&name.left_over)),
        ("right_over", over(&name.right_over)),
        ("cut_off", json!(name.cut_off)),
        ("evidence", json!(evidence.iter().map(line).collect::<Vec<_>>())),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn search(trace: &Trace) -> Value {
    let (way, kind) = match trace.way {
        Way::Number => ("number", None),
        Way::Birth(kind) => ("birth", Some(kind.code())),
        Way::Name => ("name", None),
        Way::None => ("none", None),
    };
    let (dropped, bound) = match trace.dropped {
        None => (None, None),
        Some(Dropped::NoWay) => (Some("no_way"), None),
        Some(Dropped::Words(bound)) => (Some("words"), Some(bound)),
        Some(Dropped::Rest(bound)) => (Some("rest"), Some(bound)),
        Some(Dropped::Unlike) => (Some("unlike"), None),
    };
    json!({
        "way": way, "kind": kind, "dropped": dropped,
        "most": bound.map(|bound| bound.most), "needed": bound.map(|bound| bound.needed),
    })
}
