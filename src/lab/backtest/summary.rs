//! What the nights add up to: how many cases a list has, how many honest people, and what each rule does for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::nights::{Case, NightOf};
use super::truth::Side;

/// A part of a whole with its share and the 95 % interval of the share after Wilson.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The part.
    pub of: usize,
    /// The whole.
    pub all: usize,
    /// Part by whole, to four places; nothing of nothing.
    pub share: Option<f64>,
    /// Lower and upper end of the interval, to four places.
    pub interval: Option<(f64, f64)>,
}

impl Share {
    /// A part of a whole.
    #[must_use]
    pub fn new(of: usize, all: usize) -> Self {
        // Counts of applications are far below 2^52.
        let (part, whole) = (of as f64, all as f64);
        if all == 0 {
            return Self { of, all, share: None, interval: None };
        }
        let (share, z) = (part / whole, 1.959_964);
        let middle = share + z * z / (2.0 * whole);
        let reach = z * ((share * (1.0 - share) + z * z / (4.0 * whole)) / whole).sqrt();
        let end = |value: f64| places((value / (1.0 + z * z / whole)).clamp(0.0, 1.0));
        Self { of, all, share: Some(places(share)), interval: Some((end(middle - reach), end(middle + reach))) }
    }
}

fn places(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// How many of a kind are on the list, at the day's capacity and if officers could take on everybody referred.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfKind {
    /// The kind.
    pub kind: String,
    /// Applications at the day's capacity.
    pub at_capacity: Share,
    /// Applications without a limit.
    pub unlimited: Share,
    /// Rings of which at least one application is on the list at capacity; a person alone is a ring of one.
    pub rings_at_capacity: Share,
    /// The same without a limit.
    pub rings_unlimited: Share,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfRule {
    /// Its id.
    pub rule: String,
    /// Applications it fired for.
    pub fired: usize,
    /// Those in the story of a case, which count on neither side.
    pub involved: usize,
    /// Cases among the others.
    pub precision: Share,
    /// Cases on the lists at capacity that would not be there without it, less those that would come instead.
    pub adds_cases: i64,
    /// The same of honest applications.
    pub adds_honest: i64,
}

/// Two rules that fire for the same applications.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlap {
    /// The rules.
    pub rules: (String, String),
    /// Applications for which both fired.
    pub both: usize,
    /// Of these cases.
    pub cases: usize,
    /// Both by either.
    pub share: Share,
}

/// Referral at capacity by a group of people. For review; no rule may read these columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfGroup {
    /// The group.
    pub group: String,
    /// Applications on the lists.
    pub referred: Share,
    /// Honest applications on the lists, of all honest ones.
    pub falsely: Share,
}

/// The whole account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Nights gone through.
    pub nights: usize,
    /// Applications judged.
    pub applications: usize,
    /// On the lists at capacity.
    pub listed: usize,
    /// On the lists without a limit.
    pub referred: usize,
    /// All cases.
    pub cases: OfKind,
    /// Cases by kind.
    pub case_kinds: Vec<OfKind>,
    /// All honest applications.
    pub honest: OfKind,
    /// Honest applications by the group that makes them look like cases; one may be in several.
    pub honest_kinds: Vec<OfKind>,
    /// Applications in the story of a case.
    pub involved: OfKind,
    /// By rule.
    pub rules: Vec<OfRule>,
    /// By two rules, the most frequent first.
    pub overlaps: Vec<Overlap>,
    /// By sex.
    pub sex: Vec<OfGroup>,
    /// By age band.
    pub age: Vec<OfGroup>,
    /// By province of the NIK.
    pub province: Vec<OfGroup>,
}

/// Honest applications in no group that could be taken for a case.
const PLAIN: &str = "tanpa_ciri";

/// Groups of people smaller than this are shown together, so that no line is about a few people.
const SMALLEST_GROUP: usize = 10;
const REST: &str = "lainnya";

/// Adds up the nights of several offices.
#[must_use]
pub fn summary(offices: &[Vec<NightOf>]) -> Summary {
    let nights = || offices.iter().enumerate().flat_map(|(office, nights)| nights.iter().map(move |n| (office, n)));
    let all: Vec<(usize, &Case)> = nights().flat_map(|(office, n)| n.cases.iter().map(move |c| (office, c))).collect();
    let cases: Vec<&Case> = all.iter().map(|(_, case)| *case).collect();
    let count = |test: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| test(case)).count();
    Summary {
        nights: nights().count(),
        applications: all.len(),
        listed: count(&|case| case.listed),
        referred: count(&|case| case.referred),
        cases: of_side(&all, Side::Planted),
        case_kinds: by_kind(&all, Side::Planted),
        honest: of_side(&all, Side::Innocent),
        honest_kinds: by_kind(&all, Side::Innocent),
        involved: of_side(&all, Side::Involved),
        rules: rules(&cases, &nights().map(|(_, night)| night).collect::<Vec<_>>()),
        overlaps: overlaps(&cases),
        sex: groups(&cases, |case| &case.groups[0]),
        age: groups(&cases, |case| &case.groups[1]),
        province: groups(&cases, |case| &case.groups[2]),
    }
}

impl Case {
    /// The side it counts on: a case is a case whatever else it is.
    fn side(&self) -> Side {
        self.marks.iter().map(|mark| mark.side).min().unwrap_or(Side::Innocent)
    }
}

fn of_side(all: &[(usize, &Case)], side: Side) -> OfKind {
    let of: Vec<_> = all.iter().filter(|(_, case)| case.side() == side).copied().collect();
    of_kind(String::new(), &of, side)
}

fn by_kind(all: &[(usize, &Case)], side: Side) -> Vec<OfKind> {
    let mut kinds: BTreeMap<&str, Vec<(usize, &Case)>> = BTreeMap::new();
    for (office, case) in all.iter().filter(|(_, case)| case.side() == side) {
        let of: BTreeSet<&str> = case.marks.iter().filter(|m| m.side == side).map(|m| m.kind.as_str()).collect();
        for kind in of.iter().copied().chain(of.is_empty().then_some(PLAIN)) {
            kinds.entry(kind).or_default().push((*office, case));
        }
    }
    kinds.into_iter().map(|(kind, of)| of_kind(kind.to_owned(), &of, side)).collect()
}

fn of_kind(kind: String, of: &[(usize, &Case)], side: Side) -> OfKind {
    let mut rings: BTreeMap<(usize, &str, &str), (bool, bool)> = BTreeMap::new();
    let mut alone = (0, 0, 0);
    for (office, case) in of {
        let marks = case.marks.iter().filter(|m| m.side == side && (kind.is_empty() || m.kind == kind));
        let named: Vec<_> = marks.filter(|m| !m.group.is_empty()).collect();
        for mark in &named {
            let ring = rings.entry((*office, &mark.kind, &mark.group)).or_default();
            *ring = (ring.0 | case.listed, ring.1 | case.referred);
        }
        if named.is_empty() {
            alone = (alone.0 + 1, alone.1 + usize::from(case.listed), alone.2 + usize::from(case.referred));
        }
    }
    let listed = of.iter().filter(|(_, case)| case.listed).count();
    let referred = of.iter().filter(|(_, case)| case.referred).count();
    let (first, second) = (rings.values().filter(|r| r.0).count(), rings.values().filter(|r| r.1).count());
    OfKind {
        kind,
        at_capacity: Share::new(listed, of.len()),
        unlimited: Share::new(referred, of.len()),
        rings_at_capacity: Share::new(first + alone.1, rings.len() + alone.0),
        rings_unlimited: Share::new(second + alone.2, rings.len() + alone.0),
    }
}

fn rules(cases: &[&Case], nights: &[&NightOf]) -> Vec<OfRule> {
    // Fired, cases, involved; cases and honest ones that the rule adds.
    let mut by_rule: BTreeMap<&Arc<str>, ([usize; 3], [i64; 2])> = BTreeMap::new();
    for case in cases {
        for rule in &case.fired {
            let counts = &mut by_rule.entry(rule).or_default().0;
            counts[0] += 1;
            counts[1] += usize::from(case.side() == Side::Planted);
            counts[2] += usize::from(case.side() == Side::Involved);
        }
    }
    for night in nights {
        let side = |at: &usize| night.cases.get(*at).map(Case::side);
        for without in &night.without {
            let adds = &mut by_rule.entry(&without.rule).or_default().1;
            let places = without.lost.iter().map(|at| (at, 1)).chain(without.gained.iter().map(|at| (at, -1)));
            for (at, sign) in places {
                match side(at) {
                    Some(Side::Planted) => adds[0] += sign,
                    Some(Side::Innocent) => adds[1] += sign,
                    Some(Side::Involved) | None => {}
                }
            }
        }
    }
    let of_rule =
        |(rule, ([fired, cases, involved], [adds_cases, adds_honest])): (&Arc<str>, ([usize; 3], [i64; 2]))| {
            let precision = Share::new(cases, fired - involved);
            OfRule { rule: rule.to_string(), fired, involved, precision, adds_cases, adds_honest }
        };
    by_rule.into_iter().map(of_rule).collect()
}

/// Two rules that fired for one application.
type Pair<'a> = (&'a Arc<str>, &'a Arc<str>);

fn overlaps(cases: &[&Case]) -> Vec<Overlap> {
    let mut alone: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
    let mut pairs: BTreeMap<Pair<'_>, (usize, usize)> = BTreeMap::new();
    for case in cases {
        for (at, one) in case.fired.iter().enumerate() {
            *alone.entry(one).or_default() += 1;
            for other in case.fired.iter().skip(at + 1) {
                let (both, planted) = pairs.entry((one, other)).or_default();
                *both += 1;
                *planted += usize::from(case.side() == Side::Planted);
            }
        }
    }
    let fired = |rule: &Arc<str>| alone.get(rule).copied().unwrap_or(0);
    let mut found: Vec<Overlap> = pairs
        .into_iter()
        .map(|((one, other), (both, cases))| Overlap {
            rules: (one.to_string(), other.to_string()),
            both,
            cases,
            share: Share::new(both, fired(one) + fired(other) - both),
        })
        .collect();
    found.sort_by(|a, b| b.both.cmp(&a.both).then_with(|| a.rules.cmp(&b.rules)));
    found
}

fn groups(cases: &[&Case], of: impl Fn(&Case) -> &String) -> Vec<OfGroup> {
    let mut groups: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    cases.iter().for_each(|case| groups.entry(of(case)).or_default().push(case));
    let small = groups.extract_if(.., |_, of| of.len() < SMALLEST_GROUP).flat_map(|(_, of)| of).collect::<Vec<_>>();
    if !small.is_empty() {
        groups.entry(REST).or_default().extend(small);
    }
    let one = |(group, of): (&str, Vec<&Case>)| {
        let honest = of.iter().filter(|case| case.side() == Side::Innocent);
        let falsely = Share::new(honest.clone().filter(|case| case.listed).count(), honest.count());
        let referred = Share::new(of.iter().filter(|case| case.listed).count(), of.len());
        OfGroup { group: group.to_owned(), referred, falsely }
    };
    groups.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::nights::Without;
    use super::super::truth::Mark;
    use super::*;

    /// Wilson's interval for 8 of 10, from tables: 0.490 to 0.943.
    #[test]
    fn intervals_are_those_of_wilson() {
        assert_eq!(Share::new(8, 10).interval, Some((0.4902, 0.9433)));
        assert_eq!(Share::new(0, 10).interval.map(|i| i.0), Some(0.0));
        assert_eq!(Share::new(0, 0).share, None);
    }

    fn case(side: Option<(Side, &str, &str)>, listed: bool, referred: bool, fired: &[&str]) -> Case {
        let mark = |(side, kind, group): (Side, &str, &str)| Mark { side, kind: kind.into(), group: group.into() };
        Case {
            marks: side.map(mark).into_iter().collect(),
            listed,
            referred,
            fired: fired.iter().map(|id| Arc::from(*id)).collect(),
            groups: ["L".to_owned(), "25-34".to_owned(), "12".to_owned()],
        }
    }

    #[test]
    fn a_ring_counts_once_and_rules_by_what_the_list_would_lack() {
        let ring = Some((Side::Planted, "calo", "T-1"));
        let first = NightOf {
            cases: vec![
                case(ring, false, true, &["K01"]),
                case(Some((Side::Planted, "nik", "")), false, false, &[]),
                case(None, true, true, &["K01", "S01"]),
            ],
            without: vec![Without { rule: Arc::from("K01"), lost: vec![2], gained: vec![0] }],
        };
        let second = NightOf {
            cases: vec![
                case(ring, true, true, &["S01"]),
                case(Some((Side::Involved, "calo", "T-1")), true, true, &["S01"]),
                case(Some((Side::Innocent, "umrah", "W-1")), false, true, &["K01"]),
            ],
            without: Vec::new(),
        };
        let sum = summary(&[vec![first, second]]);
        assert_eq!((sum.nights, sum.applications, sum.listed, sum.referred), (2, 6, 3, 5));
        assert_eq!(sum.cases.at_capacity, Share::new(1, 3));
        assert_eq!(sum.cases.rings_at_capacity, Share::new(1, 2));
        assert_eq!(sum.honest.at_capacity, Share::new(1, 2));
        let kinds: Vec<&str> = sum.honest_kinds.iter().map(|k| k.kind.as_str()).collect();
        assert_eq!(kinds, ["tanpa_ciri", "umrah"]);
        let k01 = &sum.rules[0];
        assert_eq!((k01.fired, k01.precision, k01.adds_cases, k01.adds_honest), (3, Share::new(1, 3), -1, 1));
        let s01 = &sum.rules[1];
        assert_eq!((s01.fired, s01.involved, s01.precision), (3, 1, Share::new(1, 2)));
        assert_eq!((sum.overlaps[0].both, sum.overlaps[0].share), (1, Share::new(1, 5)));
        assert_eq!((sum.sex[0].group.as_str(), sum.sex[0].falsely), ("lainnya", Share::new(1, 2)));
        // The ring of another office is another ring.
        let again = NightOf { cases: vec![case(ring, false, false, &[])], without: Vec::new() };
        assert_eq!(summary(&[vec![again.clone()], vec![again]]).cases.rings_at_capacity, Share::new(0, 2));
    }
}
