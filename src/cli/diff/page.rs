//! A comparison as a page, and as JSON with everything the page shows.

use chrono::NaiveDate;
use serde::Serialize;

use super::Args;
use crate::cli::sheet::Sheet;
use crate::lab::{Cause, Diff, Move, People, Place, RuleChange, Turn, Way};

/// The most applications that a page shows; JSON has them all.
const MOST: usize = 200;

pub(super) fn sheet(title: String, diff: &Diff, gate: Option<(&str, bool)>) -> Sheet {
    let mut sheet = Sheet { title, blocks: Vec::new() };
    sheet.line(format!("{} applications, {} listed before, {} after", diff.applications, diff.listed.0, diff.listed.1));
    sheet.line(format!(
        "entered {} ({} per 1,000), left {} ({} per 1,000), other points {}, only another rank {}",
        diff.count(Way::Entered),
        diff.per_mille(Way::Entered),
        diff.count(Way::Left),
        diff.per_mille(Way::Left),
        diff.count(Way::Moved),
        diff.shifted
    ));
    if diff.is_empty() {
        sheet.line("no rule and no place on the list differs");
    }
    if !diff.rules.is_empty() {
        sheet.heading("rules");
        sheet.table(&["rule", "version", "hits", "gained", "lost"], diff.rules.iter().map(rule).collect());
        for change in &diff.rules {
            let went = change.lines.0.iter().map(|line| format!("- {}: {line}", change.id));
            let came = change.lines.1.iter().map(|line| format!("+ {}: {line}", change.id));
            sheet.code(went.chain(came).collect());
        }
    }
    if !diff.moves.is_empty() {
        sheet.heading("applications");
        let head = ["", "number", "rank", "score", "why"];
        sheet.table(&head, diff.moves.iter().take(MOST).map(one_move).collect());
        if diff.moves.len() > MOST {
            sheet.line(format!("and {} more", diff.moves.len() - MOST));
        }
    }
    let pairs = |pairs: &mut dyn Iterator<Item = (String, (usize, usize))>| {
        pairs.map(|(name, (a, b))| vec![name, format!("+{a}"), format!("-{b}")]).collect::<Vec<_>>()
    };
    if !diff.by_class.is_empty() {
        sheet.heading("findings by class");
        let classes = &mut diff.by_class.iter().map(|(class, counts)| (class.letter().to_owned(), *counts));
        sheet.table(&["class", "gained", "lost"], pairs(classes));
    }
    if !diff.by_office.is_empty() {
        sheet.heading("by office");
        let offices = &mut diff.by_office.iter().map(|(office, counts)| (office.clone(), *counts));
        sheet.table(&["office", "entered", "left"], pairs(offices));
    }
    if !diff.by_source.is_empty() {
        sheet.heading("by group or network behind it");
        let sources = &mut diff.by_source.iter().map(|(source, counts)| (source.clone(), *counts));
        sheet.table(&["group", "entered", "left"], pairs(sources));
    }
    if diff.moves.iter().any(|m| m.way != Way::Moved) {
        sheet.heading("whom it touches (for review; never a reason)");
        for (kind, groups) in &diff.people {
            let rows = groups.iter().map(people).collect();
            sheet.table(&[kind, "applications", "listed", "entered", "left"], rows);
        }
    }
    if let Some((condition, failed)) = gate {
        sheet.heading("gate");
        sheet.line(format!("`{condition}` {}", if failed { "holds: failed" } else { "does not hold: passed" }));
    }
    sheet
}

fn rule(change: &RuleChange) -> Vec<String> {
    let version = match change.versions {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} → {b}"),
        (None, Some(b)) => format!("new, {b}"),
        (Some(a), None) => format!("{a}, gone"),
        (None, None) => String::new(),
    };
    let hits = format!("{} → {}", change.hits.0, change.hits.1);
    vec![change.id.clone(), version, hits, format!("+{}", change.turned.0), format!("-{}", change.turned.1)]
}

fn one_move(moved: &Move) -> Vec<String> {
    let way = word(moved.way);
    let rank = |place: Option<Place>| place.map_or_else(|| "–".to_owned(), |place| place.rank.to_string());
    let ranks = format!("{} → {}", rank(moved.places.0), rank(moved.places.1));
    let scores = format!("{} → {}", moved.scores.0, moved.scores.1);
    let why: Vec<String> = moved.causes.iter().map(because).collect();
    let why = if why.is_empty() { "others moved past it".to_owned() } else { why.join("; ") };
    vec![way.to_owned(), moved.number.clone(), ranks, scores, why]
}

fn word(way: Way) -> &'static str {
    match way {
        Way::Entered => "entered",
        Way::Left => "left",
        Way::Moved => "moved",
    }
}

fn because(cause: &Cause) -> String {
    let why = if cause.why.is_empty() { String::new() } else { format!(" ({})", cause.why) };
    match cause.turn {
        Turn::Came(points) => format!("{} {points:+}{why}", cause.rule),
        Turn::Went(points) => format!("{} {points:+} gone{why}", cause.rule),
        Turn::Points(a, b) => format!("{} {a:+} → {b:+}", cause.rule),
    }
}

fn people(people: &People) -> Vec<String> {
    let listed = format!("{} → {}", people.listed.0, people.listed.1);
    let (entered, left) = (format!("+{}", people.moved.0), format!("-{}", people.moved.1));
    vec![people.group.clone(), people.applications.to_string(), listed, entered, left]
}

#[derive(Serialize)]
pub(super) struct Json {
    schema_version: u32,
    old: String,
    new: String,
    as_of: String,
    counters: Vec<JsonCounter>,
    rules: Vec<JsonRule>,
    moves: Vec<JsonMove>,
    by_class: Vec<JsonTurn>,
    by_office: Vec<JsonTurn>,
    by_source: Vec<JsonTurn>,
    people: Vec<JsonPeople>,
    gate: Option<JsonGate>,
}

#[derive(Serialize)]
struct JsonCounter {
    name: &'static str,
    value: usize,
    meaning: &'static str,
}

#[derive(Serialize)]
struct JsonRule {
    id: String,
    old_version: Option<i64>,
    new_version: Option<i64>,
    lines_gone: Vec<String>,
    lines_new: Vec<String>,
    hits_old: usize,
    hits_new: usize,
    gained: usize,
    lost: usize,
}

#[derive(Serialize)]
struct JsonMove {
    number: String,
    way: &'static str,
    old_rank: Option<usize>,
    new_rank: Option<usize>,
    old_score: i64,
    new_score: i64,
    why: Vec<String>,
}

#[derive(Serialize)]
struct JsonTurn {
    name: String,
    plus: usize,
    minus: usize,
}

#[derive(Serialize)]
struct JsonPeople {
    by: &'static str,
    group: String,
    applications: usize,
    listed_old: usize,
    listed_new: usize,
    entered: usize,
    left: usize,
}

#[derive(Serialize)]
struct JsonGate {
    condition: String,
    failed: bool,
}

pub(super) fn json(args: &Args, diff: &Diff, as_of: NaiveDate, gate: Option<(&str, bool)>) -> Json {
    let turn = |name: String, counts: (usize, usize)| JsonTurn { name, plus: counts.0, minus: counts.1 };
    let rule = |change: &RuleChange| JsonRule {
        id: change.id.clone(),
        old_version: change.versions.0,
        new_version: change.versions.1,
        lines_gone: change.lines.0.clone(),
        lines_new: change.lines.1.clone(),
        hits_old: change.hits.0,
        hits_new: change.hits.1,
        gained: change.turned.0,
        lost: change.turned.1,
    };
    let moved = |moved: &Move| JsonMove {
        number: moved.number.clone(),
        way: word(moved.way),
        old_rank: moved.places.0.map(|place| place.rank),
        new_rank: moved.places.1.map(|place| place.rank),
        old_score: moved.scores.0,
        new_score: moved.scores.1,
        why: moved.causes.iter().map(because).collect(),
    };
    let group = |by: &'static str, people: &People| JsonPeople {
        by,
        group: people.group.clone(),
        applications: people.applications,
        listed_old: people.listed.0,
        listed_new: people.listed.1,
        entered: people.moved.0,
        left: people.moved.1,
    };
    Json {
        schema_version: 1,
        old: args.old.clone(),
        new: args.new.clone(),
        as_of: as_of.to_string(),
        counters: diff
            .counters()
            .map(|(counter, value)| JsonCounter { name: counter.name, value, meaning: counter.meaning })
            .collect(),
        rules: diff.rules.iter().map(rule).collect(),
        moves: diff.moves.iter().map(moved).collect(),
        by_class: diff.by_class.iter().map(|(class, counts)| turn(class.letter().to_owned(), *counts)).collect(),
        by_office: diff.by_office.iter().map(|(office, counts)| turn(office.clone(), *counts)).collect(),
        by_source: diff.by_source.iter().map(|(source, counts)| turn(source.clone(), *counts)).collect(),
        people: diff.people.iter().flat_map(|(by, all)| all.iter().map(|one| group(by, one))).collect(),
        gate: gate.map(|(condition, failed)| JsonGate { condition: condition.to_owned(), failed }),
    }
}
