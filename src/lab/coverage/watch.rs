//! Looking at a rule while its cases run.

use std::collections::{BTreeMap, BTreeSet};

use super::edges::{Side, Threshold, thresholds};
use super::{Boundary, Exercise, Item};
use crate::Result;
use crate::columns::Origin;
use crate::diag::Span;
use crate::expr::{Bits, Evaluation, Expr, Kind, NodeId, Program, Value};
use crate::frame::Frame;
use crate::lab::case::Case;
use crate::lab::run::Tried;
use crate::rules::{DeclaredSource, Plan, Rule, RuleSet, Status};
use crate::schema::Type;
use crate::schema::columns::TANGGAL_PERMOHONAN;
use crate::screening::value_of;

/// A rule under observation.
#[derive(Debug)]
pub(in crate::lab) struct Watch<'a> {
    pub(in crate::lab) rule: usize,
    set: &'a RuleSet,
    plan: Plan,
    /// The same with every window counting, to see measures that `having` would hide.
    bare: Option<Plan>,
    program: Program,
    probes: Vec<Probe>,
    spans_of_time: Vec<Apart>,
    /// Number of the item "fires"; "stays quiet" is the next, the outcomes follow.
    first: usize,
}

/// What a case showed.
#[derive(Debug, Default)]
pub(in crate::lab) struct Looked {
    /// Items exercised.
    pub(in crate::lab) seen: Vec<usize>,
    /// For each side of an edge how far the nearest value was from it; 0 is on it.
    pub(in crate::lab) distance: BTreeMap<usize, i64>,
}

/// A node to look at.
#[derive(Debug)]
struct Probe {
    what: Look,
    rows: Scope,
    bare: bool,
}

#[derive(Debug)]
enum Look {
    /// Items of a line: holds, does not, null.
    Line { node: NodeId, items: [Option<usize>; 3] },
    /// Items of a threshold: holds, does not.
    Edge { value: NodeId, limit: NodeId, threshold: Box<Threshold>, items: [usize; 2] },
}

/// Which rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those that the rule judges.
    Judged,
    /// Those for which it fires.
    Fired,
    /// All of them, history too.
    All,
}

/// How far apart rows of one key are, and how many there are.
#[derive(Debug)]
struct Apart {
    key: Vec<String>,
    conditions: Vec<NodeId>,
    time: String,
    /// Length of the window with its items, inside and outside; whether only neighbours count.
    window: Option<(i64, [usize; 2], bool)>,
    /// Most rows on a key with its items, at and over.
    most: Option<(i64, [usize; 2])>,
}

/// Everything there is to exercise, and the watches that will see it. Rules that are off are left out.
pub(in crate::lab) fn watches(set: &RuleSet) -> (Vec<Item>, Vec<Watch<'_>>) {
    let mut items = Items { set, items: Vec::new() };
    let bare = without_having(set);
    let live = set.rules.iter().enumerate().filter(|(_, rule)| rule.status != Status::Off);
    let mut watches: Vec<Watch<'_>> = live.map(|(number, rule)| items.watch(number, rule, &bare)).collect();
    for source in &set.sources {
        let made = |column: &String| column == source.name() || column.starts_with(&format!("{}.", source.name()));
        let users: Vec<&mut Watch<'_>> = watches.iter_mut().filter(|w| w.plan.columns.iter().any(made)).collect();
        if !users.is_empty() {
            items.source(source, users);
        }
    }
    (items.items, watches)
}

/// The rule set with every window and network counting.
fn without_having(set: &RuleSet) -> RuleSet {
    let mut bare = set.clone();
    for source in &mut bare.sources {
        match source {
            DeclaredSource::Group(spec) => spec.having.clear(),
            DeclaredSource::Network(spec) => spec.having.clear(),
            DeclaredSource::Field(_) | DeclaredSource::Watchlist(_) => {}
        }
    }
    bare
}

/// Whether a condition can be null at all, as far as its form tells.
fn may_be_null(expr: &Expr, set: &RuleSet) -> bool {
    match &expr.kind {
        Kind::Column(name) => {
            let field = set.sources.iter().find_map(|source| match source {
                DeclaredSource::Field(field) if field.name == **name => Some(&field.expr),
                _ => None,
            });
            field.is_none_or(|expr| may_be_null(expr, set))
        }
        Kind::Literal(literal) => literal.value == Value::Null,
        Kind::IsNull(_) | Kind::Is(..) => false,
        Kind::Coalesce(all) => all.iter().all(|e| may_be_null(e, set)),
        Kind::Case(branches, otherwise) => {
            otherwise.as_ref().is_none_or(|e| may_be_null(e, set)) || branches.iter().any(|(_, e)| may_be_null(e, set))
        }
        _ => expr.children().iter().any(|e| may_be_null(e, set)),
    }
}

struct Items<'a> {
    set: &'a RuleSet,
    items: Vec<Item>,
}

impl<'a> Items<'a> {
    fn add(&mut self, owner: &str, kind: Exercise, what: String, span: Span) -> usize {
        self.items.push(Item { owner: owner.to_owned(), kind, what, boundary: None, span, seen: false });
        self.items.len() - 1
    }

    fn edge(&mut self, owner: &str, boundary: Boundary, span: Span) -> usize {
        let number = self.add(owner, Exercise::Edge, boundary.what(), span);
        if let Some(item) = self.items.get_mut(number) {
            item.boundary = Some(boundary);
        }
        number
    }

    fn watch(&mut self, number: usize, rule: &Rule, bare: &RuleSet) -> Watch<'a> {
        let id = rule.id.as_str();
        let first = self.add(id, Exercise::Rule, "fires".to_owned(), rule.span);
        self.add(id, Exercise::Rule, "stays quiet".to_owned(), rule.span);
        for (number, outcome) in rule.outcomes.iter().enumerate() {
            let what = format!("outcome {} is reached ({} points)", number + 1, outcome.points);
            self.add(id, Exercise::Branch, what, outcome.span);
        }
        let lists = self.set.lists.iter().map(|(name, list)| (name.as_str(), list.values.as_slice()));
        let plan = Plan::of_one(self.set, number);
        let mut watch = Watch {
            rule: number,
            set: self.set,
            bare: None,
            program: Program::new(lists),
            probes: Vec::new(),
            spans_of_time: Vec::new(),
            plan,
            first,
        };
        let reads = |name: &str| watch.plan.columns.iter().any(|c| c.starts_with(&format!("{name}.")));
        let conditional: Vec<&DeclaredSource> =
            self.set.sources.iter().filter(|source| !source.having().is_empty() && reads(source.name())).collect();
        if !conditional.is_empty() {
            let mut plan = Plan::of_one(bare, number);
            for source in conditional {
                let measures = source.having().iter().flat_map(Expr::columns);
                plan.columns.extend(measures.map(|measure| format!("{}.{measure}", source.name())));
            }
            watch.bare = Some(plan);
        }
        for (side, lines) in [("when", &rule.when), ("unless", &rule.unless)] {
            for line in lines {
                let items = self.line(id, &format!("{side} `{}`", line.text), &line.expr, line.span);
                watch.add_line(&line.expr, items, Scope::Judged, false);
                self.edges(id, &line.expr, Scope::Judged, false, &mut [&mut watch]);
            }
        }
        for line in rule.outcomes.iter().flat_map(|o| &o.when) {
            let items = self.line(id, &format!("outcome `{}`", line.text), &line.expr, line.span);
            watch.add_line(&line.expr, items, Scope::Fired, false);
            self.edges(id, &line.expr, Scope::Fired, false, &mut [&mut watch]);
        }
        watch
    }

    /// Items of a line: holds, does not, null where that can be.
    fn line(&mut self, owner: &str, text: &str, expr: &Expr, span: Span) -> [Option<usize>; 3] {
        let holds = self.add(owner, Exercise::Branch, format!("{text} holds"), span);
        let fails = self.add(owner, Exercise::Branch, format!("{text} does not hold"), span);
        let null =
            may_be_null(expr, self.set).then(|| self.add(owner, Exercise::Null, format!("{text} is null"), span));
        [Some(holds), Some(fails), null]
    }

    fn edges(&mut self, owner: &str, expr: &Expr, rows: Scope, bare: bool, watches: &mut [&mut Watch<'a>]) {
        // A list's score is a similarity as well.
        let of_list = |column: &str| self.set.catalog.get(column).is_some_and(|c| c.origin == Origin::Watchlist);
        let reachable: Vec<_> =
            thresholds(expr).into_iter().filter(|t| !t.value.columns().iter().any(|c| of_list(c))).collect();
        for threshold in reachable {
            let text = format!("{} {} {}", threshold.value, threshold.op.symbol(), threshold.limit);
            let holds = self.edge(owner, Boundary::Holds(text.clone()), threshold.span);
            let fails = self.edge(owner, Boundary::Fails(text), threshold.span);
            for watch in watches.iter_mut() {
                let (value, limit) = (watch.program.add(&threshold.value), watch.program.add(&threshold.limit));
                // What `having` hides is not there; whether a value stood next to the threshold shows without it.
                let both = [false, true].into_iter().filter(|only| *only || !bare);
                for bare in both.filter(|bare| !bare || watch.bare.is_some()) {
                    let threshold = Box::new(threshold.clone());
                    let what = Look::Edge { value, limit, threshold, items: [holds, fails] };
                    watch.probes.push(Probe { what, rows, bare });
                }
            }
        }
    }

    fn source(&mut self, source: &DeclaredSource, mut watches: Vec<&mut Watch<'a>>) {
        let name = source.name();
        let (conditions, keys, width, most, time, neighbours) = match source {
            DeclaredSource::Field(field) => return self.edges(name, &field.expr, Scope::All, false, &mut watches),
            // The matcher's own tests hold how it compares; what a rule makes of its levels are lines like others.
            DeclaredSource::Watchlist(_) => return,
            DeclaredSource::Group(spec) => {
                let keys = vec![spec.by.iter().map(|(column, _)| column.clone()).collect::<Vec<_>>()];
                (&spec.conditions, keys, spec.width, None, &spec.time, false)
            }
            DeclaredSource::Network(spec) => {
                let keys = spec.keys.iter().map(|key| key.iter().map(|(column, _)| column.clone()).collect()).collect();
                (&spec.conditions, keys, spec.width, i64::try_from(spec.max_key).ok(), &spec.time, true)
            }
        };
        for condition in conditions {
            let holds = self.add(name, Exercise::Branch, format!("where `{condition}` holds"), condition.span);
            let fails = self.add(name, Exercise::Branch, format!("where `{condition}` does not hold"), condition.span);
            for watch in &mut watches {
                watch.add_line(condition, [Some(holds), Some(fails), None], Scope::All, false);
            }
            self.edges(name, condition, Scope::All, false, &mut watches);
        }
        for line in source.having() {
            self.edges(name, &of_source(line, name), Scope::All, true, &mut watches);
        }
        let place = self.set.places.get(name).copied();
        let named = place.map(|place| place.name);
        let window = width.zip(place.and_then(|place| place.window).or(named)).map(|(width, span)| {
            let inside = self.edge(name, Boundary::Window, span);
            let late = self.edge(name, Boundary::Late, span);
            (width, [inside, late], neighbours)
        });
        let most = most.zip(place.and_then(|place| place.max_key).or(named)).map(|(most, span)| {
            let at = self.edge(name, Boundary::Key(most), span);
            let over = self.edge(name, Boundary::Key(most + 1), span);
            (most, [at, over])
        });
        for watch in watches {
            for key in &keys {
                let conditions = conditions.iter().map(|c| watch.program.add(c)).collect();
                let (key, time) = (key.clone(), time.clone());
                watch.spans_of_time.push(Apart { key, conditions, time, window, most });
            }
        }
    }
}

/// A line over measures as a line over their columns.
fn of_source(expr: &Expr, name: &str) -> Expr {
    let mut renamed = expr.clone();
    if let Kind::Column(measure) = &expr.kind {
        renamed.kind = Kind::Column(format!("{name}.{measure}").into());
    }
    for (number, child) in expr.children().into_iter().enumerate() {
        renamed = renamed.with_child(number, of_source(child, name));
    }
    renamed
}

impl Watch<'_> {
    fn add_line(&mut self, expr: &Expr, items: [Option<usize>; 3], rows: Scope, bare: bool) {
        let node = self.program.add(expr);
        self.probes.push(Probe { what: Look::Line { node, items }, rows, bare });
    }

    /// Runs a case of the rule and says what it shows.
    pub(in crate::lab) fn look(&self, case: &Case) -> Result<Looked> {
        let tried = Tried::new(&self.plan, case)?;
        let bare = self.bare.as_ref().map(|plan| Tried::new(plan, case)).transpose()?;
        let rows = tried.frame.rows();
        let judged = self.judged(case, &tried.frame)?;
        let mut fired = Bits::none(rows);
        let mut looked = Looked::default();
        for hit in &tried.hits.hits {
            fired.set(hit.row as usize);
            looked.seen.push(self.first + 2 + hit.outcome as usize);
        }
        if fired.any() {
            looked.seen.push(self.first);
        }
        if judged.minus(&fired).any() {
            looked.seen.push(self.first + 1);
        }
        let plain = Evaluation::new(&self.program, &tried.frame, 0, rows);
        let of_bare = bare.as_ref().map(|tried| Evaluation::new(&self.program, &tried.frame, 0, rows));
        for probe in &self.probes {
            let evaluation = if probe.bare { of_bare.as_ref().unwrap_or(&plain) } else { &plain };
            let wanted = match probe.rows {
                Scope::Judged => judged.clone(),
                Scope::Fired => fired.clone(),
                Scope::All => Bits::all(rows),
            };
            looked.probe(probe, evaluation, &wanted)?;
        }
        for apart in &self.spans_of_time {
            self.apart(apart, &plain, &tried.frame, &mut looked)?;
        }
        Ok(looked)
    }

    fn judged(&self, case: &Case, frame: &Frame) -> Result<Bits> {
        let dates = frame.number(TANGGAL_PERMOHONAN)?;
        let valid = self.plan.rules.first().map_or((i64::MIN, i64::MAX), |rule| rule.valid);
        let in_force = |row: usize| dates.get(row).is_some_and(|date| valid.0 <= date && date <= valid.1);
        Ok(Bits::from_fn(frame.rows(), |row| row < case.judged && in_force(row)))
    }

    fn apart(&self, apart: &Apart, evaluation: &Evaluation<'_>, frame: &Frame, looked: &mut Looked) -> Result<()> {
        let mut counts = Bits::all(frame.rows());
        for node in &apart.conditions {
            counts = counts.and(&evaluation.truth(*node)?.yes);
        }
        let times = frame.number(&apart.time)?;
        let mut by_key: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for row in counts.iter() {
            let mut parts = Vec::new();
            for column in &apart.key {
                let ty = self.set.catalog.get(column).map_or(Type::Text, |info| info.ty);
                parts.push(value_of(frame, column, ty, row)?);
            }
            if let (Some(time), false) = (times.get(row), parts.contains(&Value::Null)) {
                by_key.entry(format!("{parts:?}")).or_default().push(time);
            }
        }
        for moments in by_key.values_mut() {
            moments.sort_unstable();
            if let Some((most, [at, over])) = apart.most {
                let rows = i64::try_from(moments.len()).unwrap_or(i64::MAX);
                looked.near(at, rows - most);
                looked.near(over, rows - most - 1);
            }
            let Some((width, [inside, late], neighbours)) = apart.window else { continue };
            let differences: BTreeSet<i64> = if neighbours || moments.len() > 300 {
                moments.iter().zip(moments.iter().skip(1)).map(|(a, b)| b - a).collect()
            } else {
                let pairs = moments.iter().enumerate();
                pairs.flat_map(|(at, a)| moments.iter().skip(at + 1).map(move |b| b - a)).collect()
            };
            for difference in differences {
                looked.near(inside, difference - width);
                looked.near(late, difference - width - 1_000);
            }
        }
        Ok(())
    }
}

impl Looked {
    fn near(&mut self, item: usize, distance: i64) {
        let nearest = self.distance.entry(item).or_insert(distance);
        if distance.abs() < nearest.abs() {
            *nearest = distance;
        }
        if distance == 0 {
            self.seen.push(item);
        }
    }

    fn probe(&mut self, probe: &Probe, evaluation: &Evaluation<'_>, rows: &Bits) -> Result<()> {
        match &probe.what {
            Look::Line { node, items: [holds, fails, null] } => {
                let truth = evaluation.truth(*node)?;
                for (item, bits) in [(holds, &truth.yes), (fails, &truth.no), (null, &truth.null())] {
                    if bits.and(rows).any() {
                        self.seen.extend(*item);
                    }
                }
            }
            Look::Edge { value, limit, threshold, items: [holds, fails] } => {
                let (value, limit) = (evaluation.vector(*value)?, evaluation.vector(*limit)?);
                let number = |value: Value| match value {
                    Value::Int(n) | Value::Date(n) | Value::Time(n) => Some(n),
                    Value::Text(_) | Value::Bool(_) | Value::Null => None,
                };
                for row in rows.iter() {
                    let of_row = number(value.value(row, Type::Int)).zip(number(limit.value(row, Type::Int)));
                    let Some((value, limit)) = of_row else { continue };
                    let difference = value.saturating_sub(limit);
                    self.near(*holds, threshold.distance(Side::Holds, difference));
                    self.near(*fails, threshold.distance(Side::Fails, difference));
                }
            }
        }
        Ok(())
    }
}
