//! Every small change of a rule set that its tests should notice.

use std::collections::BTreeSet;

use super::edit::Edit;
use super::lines::{Variant, Workshop};
use super::{Change, Mutant};
use crate::calendar::DAY_MS;
use crate::columns::{Flag, GroupSpec, NetworkSpec, Spec};
use crate::diag::{Files, Span, to_u32};
use crate::expr::{Expr, Kind, Literal, Value};
use crate::rules::{DeclaredSource, Line, Plan, Rule, RuleSet, SourcePlace, Status};

/// All mutants of a rule set, in the order of rules, sources, parameters, lists.
pub(super) fn mutants(set: &RuleSet, plans: &[Option<Plan>], files: &Files) -> Vec<Mutant> {
    let names = set.catalog.names().into_iter();
    let names = names.filter_map(|name| set.catalog.get(name).map(|column| (name, column.ty))).collect();
    let maker = Maker { set, plans, files, workshop: Workshop { files, names } };
    let mut mutants = Vec::new();
    for (number, rule) in set.rules.iter().enumerate().filter(|(_, rule)| rule.status != Status::Off) {
        maker.rule(number, rule, &mut mutants);
    }
    for (number, source) in set.sources.iter().enumerate() {
        maker.source(number, source, &mut mutants);
    }
    maker.params(&mut mutants);
    maker.lists(&mut mutants);
    mutants.retain(|mutant| !mutant.affected.is_empty());
    mutants
}

struct Maker<'a> {
    set: &'a RuleSet,
    plans: &'a [Option<Plan>],
    files: &'a Files,
    workshop: Workshop<'a>,
}

impl Maker<'_> {
    fn rule(&self, number: usize, rule: &Rule, mutants: &mut Vec<Mutant>) {
        let mut add = |edits: Vec<Edit>, what: &'static str, change: &dyn Fn(&mut Rule)| {
            let mut changed = Rule { cases: Vec::new(), ..rule.clone() };
            change(&mut changed);
            let change = Change::Rule { number, rule: Box::new(changed) };
            mutants.push(Mutant { owner: rule.id.to_string(), what, edits, change, affected: vec![number] });
        };
        let sides: [fn(&mut Rule) -> &mut Vec<Line>; 2] = [|rule| &mut rule.when, |rule| &mut rule.unless];
        for (side, lines) in sides.into_iter().zip([&rule.when, &rule.unless]) {
            for (at, line) in lines.iter().enumerate() {
                // Without its last condition a rule would fire for everybody, which is refused.
                if lines.len() > 1 || std::ptr::eq(lines, &rule.unless) {
                    let edit = Edit::without_item(line.span, self.files);
                    add(vec![edit], "line dropped", &|rule| drop(side(rule).remove(at)));
                }
                for Variant { expr, edits, what } in self.workshop.variants(&line.expr) {
                    add(edits, what, &|rule| set_line(side(rule), at, &expr));
                }
            }
        }
        for (ix, outcome) in rule.outcomes.iter().enumerate() {
            for (at, line) in outcome.when.iter().enumerate() {
                if outcome.when.len() > 1 {
                    let edit = Edit::without_item(line.span, self.files);
                    add(vec![edit], "line dropped", &|rule| {
                        rule.outcomes.get_mut(ix).map(|o| o.when.remove(at));
                    });
                }
                for Variant { expr, edits, what } in self.workshop.variants(&line.expr) {
                    add(edits, what, &|rule| {
                        if let Some(outcome) = rule.outcomes.get_mut(ix) {
                            set_line(&mut outcome.when, at, &expr);
                        }
                    });
                }
            }
            if let Some((span, _)) = self.number_after(outcome.span, "points").filter(|(_, n)| *n != 0) {
                let points = outcome.points + 1;
                add(vec![Edit::new(span, points.to_string())], "points", &|rule| {
                    if let Some(outcome) = rule.outcomes.get_mut(ix) {
                        outcome.points = points;
                    }
                });
            }
        }
    }

    /// The number that a key after a place has.
    fn number_after(&self, span: Span, key: &str) -> Option<(Span, i64)> {
        let text = self.files.get(span.file).text.get(span.start as usize..)?;
        for (at, _) in text.match_indices(key) {
            let after = text.get(at + key.len()..)?;
            let Some(value) = after.trim_start().strip_prefix('=') else { continue };
            let value = value.trim_start();
            let start = text.len() - value.len();
            let len = value.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(value.len());
            let number = value.get(..len)?.parse().ok()?;
            let start = span.start + to_u32(start);
            return Some((Span { start, end: start + to_u32(len), ..span }, number));
        }
        None
    }

    /// Rules that need one of the columns of a source.
    fn users(&self, name: &str) -> Vec<usize> {
        let inside = format!("{name}.");
        let uses = |plan: &Plan| plan.columns.iter().any(|c| c == name || c.starts_with(&inside));
        let plans = self.plans.iter().enumerate();
        plans.filter_map(|(rule, plan)| plan.as_ref().filter(|plan| uses(plan)).map(|_| rule)).collect()
    }

    /// What a source may name: nothing that is computed with it or after it.
    fn before(&self, number: usize) -> Workshop<'_> {
        let later: Vec<&str> = self.set.sources.iter().skip(number).map(DeclaredSource::name).collect();
        let of = |column: &str, source: &str| {
            column.strip_prefix(source).is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        let names = self.workshop.names.iter().copied();
        let names = names.filter(|(name, _)| !later.iter().any(|source| of(name, source))).collect();
        Workshop { files: self.files, names }
    }

    fn source(&self, number: usize, source: &DeclaredSource, mutants: &mut Vec<Mutant>) {
        let affected = self.users(source.name());
        let workshop = self.before(number);
        let mut add = |source: DeclaredSource, edits: Vec<Edit>, what: &'static str| {
            let (owner, affected) = (source.name().to_owned(), affected.clone());
            let change = Change::Source { number, source: Box::new(source) };
            mutants.push(Mutant { owner, what, edits, change, affected });
        };
        let place = self.set.places.get(source.name());
        match source {
            DeclaredSource::Watchlist(_) => {}
            DeclaredSource::Field(field) => {
                for Variant { expr, edits, what } in workshop.variants(&field.expr) {
                    add(DeclaredSource::Field(crate::rules::Field { expr, ..field.clone() }), edits, what);
                }
            }
            DeclaredSource::Group(spec) => {
                let wrap = DeclaredSource::Group;
                conditions(&workshop, &spec.conditions, &mut |conditions, edits, what| {
                    add(wrap(GroupSpec { conditions, ..spec.clone() }), edits, what);
                });
                let measures = of_measures(&spec.measures, self.files);
                conditions(&measures, &spec.having, &mut |having, edits, what| {
                    add(wrap(GroupSpec { having, ..spec.clone() }), edits, what);
                });
                self.measures(&workshop, &spec.measures, &mut |measures, edits, what| {
                    add(wrap(GroupSpec { measures, ..spec.clone() }), edits, what);
                });
                for (width, edit) in windows(spec.width, place) {
                    add(wrap(GroupSpec { width: Some(width), ..spec.clone() }), vec![edit], "window");
                }
                if let Some(place) = place {
                    let (flag, word) = match spec.flag {
                        Flag::Members => (Flag::Closing, "closing"),
                        Flag::Closing => (Flag::Members, "members"),
                    };
                    let after_name = Span { start: place.name.end, ..place.name };
                    let edit = match place.flag {
                        Some(span) => Edit::new(span, format!("\"{word}\"")),
                        None => Edit::new(after_name, format!("\nflag = \"{word}\"")),
                    };
                    add(wrap(GroupSpec { flag, ..spec.clone() }), vec![edit], "flag");
                }
            }
            DeclaredSource::Network(spec) => {
                let wrap = DeclaredSource::Network;
                conditions(&workshop, &spec.conditions, &mut |conditions, edits, what| {
                    add(wrap(NetworkSpec { conditions, ..spec.clone() }), edits, what);
                });
                let measures = of_measures(&spec.measures, self.files);
                conditions(&measures, &spec.having, &mut |having, edits, what| {
                    add(wrap(NetworkSpec { having, ..spec.clone() }), edits, what);
                });
                self.measures(&workshop, &spec.measures, &mut |measures, edits, what| {
                    add(wrap(NetworkSpec { measures, ..spec.clone() }), edits, what);
                });
                for (width, edit) in windows(spec.width, place) {
                    add(wrap(NetworkSpec { width: Some(width), ..spec.clone() }), vec![edit], "window");
                }
                let most = place.and_then(|place| place.max_key);
                for max_key in [spec.max_key + 1, spec.max_key.saturating_sub(1)] {
                    let edit = most.map(|span| Edit::new(span, max_key.to_string()));
                    add(wrap(NetworkSpec { max_key, ..spec.clone() }), edit.into_iter().collect(), "max_key");
                }
            }
        }
    }

    fn measures(
        &self,
        workshop: &Workshop<'_>,
        specs: &[Spec],
        add: &mut dyn FnMut(Vec<Spec>, Vec<Edit>, &'static str),
    ) {
        for (at, spec) in specs.iter().enumerate() {
            let mut with = |filter: Option<Expr>, edits: Vec<Edit>, what: &'static str| {
                let mut changed = specs.to_vec();
                if let Some(spec) = changed.get_mut(at) {
                    spec.measure.filter = filter;
                }
                add(changed, edits, what);
            };
            let Some(filter) = &spec.measure.filter else { continue };
            let text = &self.files.get(filter.span.file).text;
            let start = text.get(..filter.span.start as usize).and_then(|before| before.to_lowercase().rfind("filter"));
            let end = text.get(filter.span.end as usize..).and_then(|after| after.find('"'));
            if let (Some(start), Some(end)) = (start, end) {
                let span = Span { start: to_u32(start), end: filter.span.end + to_u32(end), ..filter.span };
                with(None, vec![Edit::new(span, "")], "filter dropped");
            }
            for Variant { expr, edits, what } in workshop.variants(filter) {
                with(Some(expr), edits, what);
            }
        }
    }

    fn params(&self, mutants: &mut Vec<Mutant>) {
        for ((pack, name), param) in &self.set.params {
            let Some((span, number)) = self.number_after(param.span, "default") else { continue };
            if param.value != Value::Int(number) {
                continue;
            }
            let change =
                |value: i64| Change::Param { pack: pack.clone(), name: name.clone(), value: Value::Int(value) };
            let affected = self.users_of_param(pack, name);
            for value in [number + 1, number - 1] {
                let (owner, affected) = (format!(":{name}"), affected.clone());
                let edits = vec![Edit::new(span, value.to_string())];
                mutants.push(Mutant { owner, what: "threshold", edits, change: change(value), affected });
            }
        }
    }

    fn users_of_param(&self, pack: &str, name: &str) -> Vec<usize> {
        let mut users = BTreeSet::new();
        for (number, rule) in self.set.rules.iter().enumerate().filter(|(_, rule)| rule.pack == pack) {
            if rule.lines().any(|line| line.expr.params().iter().any(|p| **p == *name)) {
                users.insert(number);
            }
        }
        for source in self.set.sources.iter().filter(|source| pack_of(source, self.set) == Some(pack)) {
            let exprs = source.expressions().into_iter().chain(source.having());
            if exprs.flat_map(Expr::params).any(|p| *p == *name) {
                users.extend(self.users(source.name()));
            }
        }
        let live = |number: &usize| self.plans.get(*number).is_some_and(Option::is_some);
        users.into_iter().filter(live).collect()
    }

    fn lists(&self, mutants: &mut Vec<Mutant>) {
        for (name, list) in &self.set.lists {
            let affected = self.users_of_list(name);
            if list.values.len() < 2 {
                continue;
            }
            for (at, value) in list.values.iter().enumerate() {
                let Some(span) = self.item_after(list.span, value) else { continue };
                let mut values = list.values.clone();
                values.remove(at);
                let change = Change::List { name: name.clone(), values };
                let (owner, edits) = (format!("list {name}"), vec![Edit::without_item(span, self.files)]);
                let affected = affected.clone();
                mutants.push(Mutant { owner, what: "value of a list", edits, change, affected });
            }
        }
    }

    fn item_after(&self, span: Span, value: &str) -> Option<Span> {
        let text = self.files.get(span.file).text.get(span.end as usize..)?;
        let word = format!("\"{value}\"");
        let start = span.end + to_u32(text.find(&word)?);
        Some(Span { start, end: start + to_u32(word.len()), ..span })
    }

    fn users_of_list(&self, name: &str) -> Vec<usize> {
        let reads = |expr: &Expr| expr.lists().iter().any(|list| **list == *name);
        let mut users = BTreeSet::new();
        for (number, rule) in self.set.rules.iter().enumerate() {
            if rule.lines().any(|line| reads(&line.expr)) {
                users.insert(number);
            }
        }
        for source in &self.set.sources {
            if source.expressions().into_iter().chain(source.having()).any(reads) {
                users.extend(self.users(source.name()));
            }
        }
        let live = |number: &usize| self.plans.get(*number).is_some_and(Option::is_some);
        users.into_iter().filter(live).collect()
    }
}

/// Every change of some conditions.
fn conditions(workshop: &Workshop<'_>, lines: &[Expr], add: &mut dyn FnMut(Vec<Expr>, Vec<Edit>, &'static str)) {
    for (at, line) in lines.iter().enumerate() {
        if let Some(span) = quoted(line.span, workshop.files) {
            let mut left = lines.to_vec();
            left.remove(at);
            add(left, vec![Edit::without_item(span, workshop.files)], "line dropped");
        }
        for Variant { expr, edits, what } in workshop.variants(line) {
            let mut changed = lines.to_vec();
            if let Some(line) = changed.get_mut(at) {
                *line = expr;
            }
            add(changed, edits, what);
        }
    }
}

/// The place of the text in quotes that an expression stands in.
fn quoted(span: Span, files: &Files) -> Option<Span> {
    let text = &files.get(span.file).text;
    let start = text.get(..span.start as usize)?.rfind('"')?;
    let end = span.end as usize + text.get(span.end as usize..)?.find('"')? + 1;
    Some(Span { start: to_u32(start), end: to_u32(end), ..span })
}

/// What conditions over measures may name.
fn of_measures<'a>(specs: &'a [Spec], files: &'a Files) -> Workshop<'a> {
    Workshop { files, names: specs.iter().map(|spec| (spec.name.as_str(), spec.measure.ty)).collect() }
}

fn set_line(lines: &mut [Line], at: usize, expr: &Expr) {
    if let Some(line) = lines.get_mut(at) {
        line.expr = expr.clone();
    }
}

/// A window a second longer and a second shorter.
fn windows(width: Option<i64>, place: Option<&SourcePlace>) -> Vec<(i64, Edit)> {
    let Some((width, span)) = width.zip(place.and_then(|place| place.window)) else { return Vec::new() };
    let made = [width + 1_000, width - 1_000].into_iter().filter(|width| *width >= 0);
    made.map(|width| (width, Edit::new(span, format!("\"{}\"", length(width))))).collect()
}

/// A length of time as rule files write it.
pub(in crate::lab) fn length(ms: i64) -> String {
    let units = [(DAY_MS, 'd'), (3_600_000, 'h'), (60_000, 'm'), (1_000, 's')];
    let mut rest = ms.abs();
    let mut parts = Vec::new();
    for (size, unit) in units {
        if rest >= size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    let text = if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") };
    if ms < 0 { format!("-{text}") } else { text }
}

/// The pack that a source stands in: that of the rules of its file.
pub(super) fn pack_of<'a>(source: &DeclaredSource, set: &'a RuleSet) -> Option<&'a str> {
    let file = match source {
        DeclaredSource::Field(field) => field.span.file,
        DeclaredSource::Group(_) | DeclaredSource::Network(_) | DeclaredSource::Watchlist(_) => {
            set.places.get(source.name())?.name.file
        }
    };
    set.rules.iter().find(|rule| rule.span.file == file).map(|rule| rule.pack.as_str())
}

/// An expression with a parameter at another value.
pub(super) fn with_param(expr: &Expr, name: &str, value: &Value) -> Expr {
    let set = |literal: &Literal| match &literal.param {
        Some(param) if **param == *name => Literal { value: value.clone(), param: literal.param.clone() },
        _ => literal.clone(),
    };
    let mut changed = expr.clone();
    match &expr.kind {
        Kind::Literal(literal) => changed.kind = Kind::Literal(set(literal)),
        Kind::In(inner, items) => changed.kind = Kind::In(inner.clone(), items.iter().map(set).collect()),
        _ => {}
    }
    for (number, child) in expr.children().into_iter().enumerate() {
        changed = changed.with_child(number, with_param(child, name, value));
    }
    changed
}
