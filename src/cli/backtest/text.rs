//! The account of a backtest as text.

use std::fmt::Write as _;

use super::Account;
use crate::lab::backtest::{OfGroup, OfKind, Share};
use crate::words::Lang;

/// Pairs of rules that are shown.
const PAIRS: usize = 12;

pub(super) fn of(account: &Account) -> String {
    let sum = &account.summary;
    let mode = if account.mode == "one_night" { "as one night" } else { "day by day" };
    let capacities: Vec<String> = account.capacity_a_day.iter().map(ToString::to_string).collect();
    let mut text = format!(
        "{} applications in {} nights of {} offices, {mode}; capacity a day {}\n\
         on the lists {}, without a limit {}\n\n",
        number(sum.applications),
        number(sum.nights),
        account.offices,
        capacities.join(", "),
        number(sum.listed),
        number(sum.referred),
    );
    if account.truths_without_application > 0 {
        let _ =
            writeln!(text, "{} truths are of applications no export has\n", number(account.truths_without_application));
    }
    let _ =
        writeln!(text, "{:28}{:>8}{:>22}{:>22}{:>16}", "CASES found", "", "at capacity", "no limit", "rings at cap.");
    kinds(&mut text, "all cases", &sum.cases, &sum.case_kinds, percent);
    let _ = writeln!(text, "\n{:28}{:>8}{:>22}{:>22}", "HONEST listed, of 1,000", "", "at capacity", "no limit");
    kinds(&mut text, "all honest", &sum.honest, &sum.honest_kinds, per_mille);
    let involved = &sum.involved.at_capacity;
    let _ = writeln!(
        text,
        "\nin the story of a case, counted on neither side: {}, of them listed {}",
        number(involved.all),
        number(involved.of)
    );
    let _ = writeln!(
        text,
        "\n{:10}{:>8}{:>8}{:>22}{:>14}{:>14}",
        "RULE", "fired", "cases", "precision", "adds cases", "adds honest"
    );
    for rule in &sum.rules {
        let _ = writeln!(
            text,
            "{:10}{:>8}{:>8}{:>22}{:>14}{:>14}",
            rule.rule,
            rule.fired,
            rule.precision.of,
            percent(&rule.precision),
            rule.adds_cases,
            rule.adds_honest
        );
    }
    text.push_str(
        "adds: on the lists at capacity, what would be missing without the rule less what would come instead\n",
    );
    let _ = writeln!(text, "\n{:16}{:>8}{:>8}{:>22}", "TOGETHER", "both", "cases", "both by either");
    for pair in sum.overlaps.iter().take(PAIRS) {
        let names = format!("{} {}", pair.rules.0, pair.rules.1);
        let _ = writeln!(text, "{names:16}{:>8}{:>8}{:>22}", pair.both, pair.cases, percent(&pair.share));
    }
    for (title, groups) in [("SEX", &sum.sex), ("AGE", &sum.age), ("PROVINCE OF NIK", &sum.province)] {
        of_groups(&mut text, title, groups);
    }
    text.push_str("groups are for review: no rule that scores may read them\n");
    text
}

fn kinds(text: &mut String, title: &str, all: &OfKind, kinds: &[OfKind], rate: fn(&Share) -> String) {
    let names = std::iter::once(title.to_owned()).chain(kinds.iter().map(|kind| format!("  {}", kind.kind)));
    for (name, kind) in names.zip(std::iter::once(all).chain(kinds)) {
        let rings = &kind.rings_at_capacity;
        let rings = if title == "all cases" { format!("{} of {}", rings.of, rings.all) } else { String::new() };
        let _ = writeln!(
            text,
            "{name:28}{:>8}{:>22}{:>22}{rings:>16}",
            number(kind.at_capacity.all),
            rate(&kind.at_capacity),
            rate(&kind.unlimited),
        );
    }
}

fn of_groups(text: &mut String, title: &str, groups: &[OfGroup]) {
    let _ = writeln!(text, "\n{title:20}{:>10}{:>26}{:>26}", "", "listed of 1,000", "honest listed of 1,000");
    for group in groups {
        let (referred, falsely) = (per_mille(&group.referred), per_mille(&group.falsely));
        let _ = writeln!(text, "{:20}{:>10}{referred:>26}{falsely:>26}", group.group, number(group.referred.all));
    }
}

fn percent(share: &Share) -> String {
    scaled(share, 100.0, " %")
}

fn per_mille(share: &Share) -> String {
    scaled(share, 1_000.0, "")
}

/// `75.0 % (69.1-80.1)`.
fn scaled(share: &Share, by: f64, unit: &str) -> String {
    match (share.share, share.interval) {
        (Some(value), Some((low, high))) => {
            format!("{:.1}{unit} ({:.1}-{:.1})", value * by, low * by, high * by)
        }
        _ => "-".to_owned(),
    }
}

fn number(n: usize) -> String {
    Lang::En.number(i64::try_from(n).unwrap_or(i64::MAX))
}
