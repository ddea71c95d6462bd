//! The list and the counts of every rule on a frozen sample, as text that is kept beside it and reviewed like code.
//!
//! Two tables: everybody on the list with the findings, numbers masked; and every rule with how it went. A line is about
//! one application or one rule, so a difference of lines is readable.

use std::collections::BTreeMap;

use super::sample::Judged;
use chrono::NaiveDate;

use crate::Result;
use crate::document::{Spanned, Text, declaration};
use crate::rules::RuleSet;
use crate::schema::Mask;

/// Name of the file that says what is judged.
pub const BASELINE_FILE: &str = "baseline.toml";

declaration! {
    /// A frozen sample and how it is judged.
    pub struct RawBaseline as "baseline.toml" {
        /// The office whose exports are judged: a folder, relative to this file.
        required office: Text,
        /// The reference date, always the same.
        required as_of: Spanned<NaiveDate>,
        /// Length of the list, instead of the office's number.
        optional capacity: Spanned<i64>,
        /// Whether the applications of the past are judged too.
        optional everyone: Spanned<bool>,
    }
}

/// The two tables as CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Everybody on the list, from the top.
    pub list: String,
    /// Every rule by id.
    pub rules: String,
}

/// A line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The masked number or the rule.
    pub key: String,
    /// As kept; nothing where it is new.
    pub kept: Option<String>,
    /// As it came; nothing where it is gone.
    pub came: Option<String>,
}

const LIST: &str = "number,band,score,findings\n";
const RULES: &str = "rule,version,fired,quiet,cannot_be_judged,not_in_force\n";

impl Baseline {
    /// The tables of a judged sample.
    pub fn of(judged: &Judged, set: &RuleSet) -> Result<Self> {
        let mut list = String::from(LIST);
        for referral in &judged.referrals {
            let finding = |finding: &crate::screening::Finding| {
                let rule = set.rules.get(finding.rule).map_or("?", |rule| rule.id.as_str());
                format!("{rule} {:+}", finding.hit.points)
            };
            let findings: Vec<String> = referral.findings.iter().map(finding).collect();
            let number = Mask::Number.apply(&referral.nomor_permohonan);
            let (band, score) = (referral.band.name(), referral.score.total);
            list.push_str(&format!("{number},{band},{score},{}\n", findings.join("; ")));
        }
        let mut rules = String::from(RULES);
        for (planned, tally) in judged.plan.rules.iter().zip(&judged.hits.tallies) {
            let Some(rule) = set.rules.get(planned.index) else { continue };
            let blind: usize = tally.not_evaluable.values().sum();
            let (fired, quiet, late) = (tally.fired, tally.quiet, tally.not_in_force);
            rules.push_str(&format!("{},{},{fired},{quiet},{blind},{late}\n", rule.id, rule.version));
        }
        Ok(Self { list, rules })
    }

    /// Lines of the list and of the rules that differ from what is kept.
    #[must_use]
    pub fn differences(&self, kept: &Self) -> (Vec<Mismatch>, Vec<Mismatch>) {
        (mismatches(&kept.list, &self.list), mismatches(&kept.rules, &self.rules))
    }
}

/// Lines by their first field; where it stands more than once, in turn.
fn keyed(table: &str) -> BTreeMap<(String, usize), &str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let lines = table.lines().skip(1).map(|line| {
        let key = line.split(',').next().unwrap_or_default();
        let turn = seen.entry(key).or_default();
        *turn += 1;
        ((key.to_owned(), *turn), line)
    });
    lines.collect()
}

fn mismatches(kept: &str, came: &str) -> Vec<Mismatch> {
    let (kept, came) = (keyed(kept), keyed(came));
    let keys: std::collections::BTreeSet<&(String, usize)> = kept.keys().chain(came.keys()).collect();
    let rest = |line: &&str| line.split_once(',').map_or("", |(_, rest)| rest).to_owned();
    let different = keys.into_iter().filter(|key| kept.get(*key) != came.get(*key));
    different
        .map(|key| Mismatch { key: key.0.clone(), kept: kept.get(key).map(rest), came: came.get(key).map(rest) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_line_by_line() {
        let table =
            |list: &str, rules: &str| Baseline { list: format!("{LIST}{list}"), rules: format!("{RULES}{rules}") };
        let kept = table("12••,wajib,40,K01 +15\n12••,kedua,9,T01 +9\n", "K01,1,3,9,0,0\n");
        assert_eq!(kept.differences(&kept), (Vec::new(), Vec::new()));
        let came = table("12••,wajib,25,K01 +0\n13••,kedua,9,T01 +9\n", "K01,1,3,9,0,0\n");
        let (list, rules) = came.differences(&kept);
        let line = |key: &str, kept: Option<&str>, came: Option<&str>| Mismatch {
            key: key.to_owned(),
            kept: kept.map(str::to_owned),
            came: came.map(str::to_owned),
        };
        let expected = [
            line("12••", Some("wajib,40,K01 +15"), Some("wajib,25,K01 +0")),
            line("12••", Some("kedua,9,T01 +9"), None),
            line("13••", None, Some("kedua,9,T01 +9")),
        ];
        assert_eq!((list.as_slice(), rules.as_slice()), (&expected[..], &[][..]));
    }
}
