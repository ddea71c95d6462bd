//! Which other applications stand behind a finding.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use xxhash_rust::xxh3::xxh3_64;

use super::Hit;
use crate::columns::{Evidence, Witnesses};
use crate::frame::Frame;
use crate::rules::Plan;

/// What stands behind a hit: one entry for each group or network that its conditions look at.
#[must_use]
pub fn evidence(hit: &Hit, plan: &Plan, witnesses: &Witnesses, frame: &Frame) -> Vec<Evidence> {
    let Some(rule) = plan.rules.get(hit.rule as usize) else { return Vec::new() };
    let mut by_source: BTreeMap<String, Evidence> = BTreeMap::new();
    for column in &rule.linking {
        if let Some(found) = witnesses.evidence(column, frame, hit.row) {
            match by_source.entry(found.source.clone()) {
                Entry::Vacant(place) => drop(place.insert(found)),
                Entry::Occupied(mut there) => there.get_mut().join(found),
            }
        }
    }
    by_source.into_values().collect()
}

/// A number that is the same for findings resting on the same set of applications. A finding that rests on one
/// application alone has none: it is about that application.
#[must_use]
pub(super) fn set_of(evidence: &[Evidence]) -> Option<u64> {
    let rows = evidence.iter().map(|e| &e.rows).max_by_key(|rows| rows.len()).filter(|rows| rows.len() > 1)?;
    let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
    Some(xxh3_64(&bytes))
}
