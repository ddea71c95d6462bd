//! Tonight's hits in the order in which files list them: by rule, then by the number of the application.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::frame::{TextView, prefix};
use crate::night::Night;
use crate::rules::{Rule, RuleSet};
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::screening::Hit;
use crate::{Error, Result};

/// The hits of the wanted rules on tonight's applications: rules by id, the hits of each by the number of the application.
/// Hits are far more than applications, so only these are sorted, and their hits follow.
pub(super) fn hits_by_rule<'n>(
    night: &'n Night,
    set: &RuleSet,
    wanted: &dyn Fn(&Rule) -> bool,
) -> Result<Vec<Vec<&'n Hit>>> {
    let mut rules = Vec::new();
    for (number, (planned, tally)) in night.plan.rules.iter().zip(&night.hits.tallies).enumerate() {
        let rule = set.rules.get(planned.index).ok_or_else(|| Error::internal("an unknown rule was run"))?;
        if wanted(rule) {
            rules.push((rule.id.as_str(), number, tally.fired));
        }
    }
    rules.sort_unstable();
    let mut places: Vec<Option<usize>> = vec![None; night.plan.rules.len()];
    for (place, (_, number, _)) in rules.iter().enumerate() {
        if let Some(of_rule) = places.get_mut(*number) {
            *of_rule = Some(place);
        }
    }
    let place = |hit: &Hit| places.get(hit.rule as usize).copied().flatten();
    let mut ordered: Vec<Vec<&Hit>> = rules.iter().map(|(_, _, fired)| Vec::with_capacity(*fired)).collect();
    let hits = &night.hits.hits;
    for start in applications(night, &|hit| place(hit).is_some())? {
        for hit in of_application(hits, start) {
            if let Some(of_rule) = place(hit).and_then(|place| ordered.get_mut(place)) {
                of_rule.push(hit);
            }
        }
    }
    Ok(ordered)
}

/// Where the hits of each of tonight's applications begin that has a wanted one, by number.
fn applications(night: &Night, wanted: &dyn Fn(&Hit) -> bool) -> Result<impl Iterator<Item = usize> + use<>> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let mut found = Vec::new();
    let mut start = 0;
    for hits in night.hits.hits.chunk_by(|a, b| a.row == b.row) {
        let row = hits.first().map_or(u32::MAX, |hit| hit.row);
        if night.subjects.contains(&row) && hits.iter().any(wanted) {
            found.push(Application { key: prefix(numbers.get(row as usize).unwrap_or_default()), row, start });
        }
        start += hits.len();
    }
    let by_number = |a: &Application, b: &Application| a.by_number(b, &numbers);
    if !found.is_sorted_by(|a, b| by_number(a, b).is_le()) {
        found.par_sort_unstable_by(by_number);
    }
    Ok(found.into_iter().map(|application| application.start))
}

/// An application with hits.
struct Application {
    /// The first sixteen bytes of its number, which hardly any number is longer than.
    key: u128,
    row: u32,
    start: usize,
}

impl Application {
    fn by_number(&self, other: &Self, numbers: &TextView<'_>) -> Ordering {
        let number = |application: &Self| numbers.get(application.row as usize);
        self.key.cmp(&other.key).then_with(|| number(self).cmp(&number(other)))
    }
}

fn of_application(hits: &[Hit], start: usize) -> impl Iterator<Item = &Hit> {
    let hits = hits.get(start..).unwrap_or_default();
    let row = hits.first().map(|hit| hit.row);
    hits.iter().take_while(move |hit| Some(hit.row) == row)
}
