//! `--fail-on`: a condition over what was counted, in the language of rules.

use super::{Diff, Way};
use crate::diag::{Files, Report, to_u32};
use crate::document::Text;
use crate::expr::{ColumnRef, Evaluation, Expr, Joined, ListRef, ParamRef, Program, Scope, parse_condition};
use crate::frame::{Builder, Frame};
use crate::schema::{Reveals, Type};
use crate::screening::Band;
use crate::{Result, diag::Span};

/// Something counted.
#[derive(Debug, Clone, Copy)]
pub struct Counter {
    /// Its name in conditions.
    pub name: &'static str,
    /// What it counts.
    pub meaning: &'static str,
    of: fn(&Diff) -> usize,
}

/// Everything a condition may ask for.
const COUNTERS: &[Counter] = &[
    Counter { name: "applications", meaning: "applications judged", of: |d| d.applications },
    Counter { name: "listed.old", meaning: "on the list before", of: |d| d.listed.0 },
    Counter { name: "listed.new", meaning: "on the list after", of: |d| d.listed.1 },
    Counter { name: "entered", meaning: "new on the list", of: |d| d.count(Way::Entered) },
    Counter { name: "left", meaning: "no longer on the list", of: |d| d.count(Way::Left) },
    Counter { name: "moved", meaning: "on both lists with other points", of: |d| d.count(Way::Moved) },
    Counter { name: "shifted", meaning: "on both lists with equal points at another rank", of: |d| d.shifted },
    Counter { name: "entered.mandatory", meaning: "new on the list as mandatory", of: |d| mandatory(d, Way::Entered) },
    Counter { name: "left.mandatory", meaning: "was mandatory, no longer listed", of: |d| mandatory(d, Way::Left) },
    Counter { name: "entered.per_mille", meaning: "entered, of 1,000 applications", of: |d| d.per_mille(Way::Entered) },
    Counter { name: "left.per_mille", meaning: "left, of 1,000 applications", of: |d| d.per_mille(Way::Left) },
    Counter { name: "rules", meaning: "rules whose meaning or hits changed", of: |d| d.rules.len() },
    Counter {
        name: "rules.unannounced",
        meaning: "rules whose meaning changed under the same version",
        of: unannounced,
    },
    Counter { name: "hits.gained", meaning: "findings that came", of: |d| d.rules.iter().map(|r| r.turned.0).sum() },
    Counter { name: "hits.lost", meaning: "findings that went", of: |d| d.rules.iter().map(|r| r.turned.1).sum() },
];

fn mandatory(diff: &Diff, way: Way) -> usize {
    let place = |m: &&super::Move| if way == Way::Left { m.places.0 } else { m.places.1 };
    let of = |m: &&super::Move| m.way == way && place(m).is_some_and(|p| p.band == Band::Mandatory);
    diff.moves.iter().filter(of).count()
}

fn unannounced(diff: &Diff) -> usize {
    let same = |r: &&super::RuleChange| r.versions.0 == r.versions.1 && r.lines != (Vec::new(), Vec::new());
    diff.rules.iter().filter(same).count()
}

impl Diff {
    /// How many moved in a way, of 1,000 applications, rounded up so that one is never none.
    #[must_use]
    pub fn per_mille(&self, way: Way) -> usize {
        (self.count(way) * 1_000).div_ceil(self.applications.max(1))
    }

    /// Every counter with its value.
    pub fn counters(&self) -> impl Iterator<Item = (&'static Counter, usize)> {
        COUNTERS.iter().map(|counter| (counter, (counter.of)(self)))
    }
}

/// A condition on which a comparison fails.
#[derive(Debug)]
pub struct Gate {
    text: String,
    expr: Expr,
}

impl Gate {
    /// Reads a condition. On faults returns them with the text they stand in.
    pub fn read(text: &str) -> std::result::Result<Self, (Report, Files)> {
        let (mut files, mut report) = (Files::default(), Report::default());
        let file = files.add("--fail-on", text);
        let span = Span { file, start: 0, end: to_u32(text.len()) };
        match parse_condition(&Text::unplaced(text, span), Joined::All, &Counters, &mut report) {
            Some(expr) if !report.has_errors() => Ok(Self { text: text.to_owned(), expr }),
            _ => Err((report, files)),
        }
    }

    /// The condition as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds.
    pub fn holds(&self, diff: &Diff) -> Result<bool> {
        let mut frame = Frame::new(1, Vec::new())?;
        for (counter, value) in diff.counters() {
            let mut builder = Builder::new(Type::Int, 1);
            builder.push_number(i64::try_from(value).ok());
            frame.add(builder.finish(counter.name))?;
        }
        let mut program = Program::new([]);
        let node = program.add(&self.expr);
        Ok(Evaluation::new(&program, &frame, 0, 1).truth(node)?.get(0) == Some(true))
    }
}

/// The names of a condition: the counters.
struct Counters;

impl Scope for Counters {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        let known = COUNTERS.iter().any(|counter| counter.name == name);
        let limits = Some((0, i64::MAX));
        known.then_some(ColumnRef { ty: Type::Int, limits, reveals: Reveals::Nothing, builtin: true })
    }

    fn column_names(&self) -> Vec<&str> {
        COUNTERS.iter().map(|counter| counter.name).collect()
    }

    fn param(&self, _: &str) -> Option<ParamRef> {
        None
    }

    fn param_names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn list(&self, _: &str) -> Option<ListRef<'_>> {
        None
    }

    fn list_names(&self) -> Vec<&str> {
        Vec::new()
    }
}
