//! What one invented world is made of: the office and its surroundings, the calendar, the number space, the stories.

use chrono::NaiveDate;

use super::cases::{self, Case};
use super::days::Workdays;
use super::lists;
use super::numbers::Numbers;
use super::plan::Plan;
use super::region::Regions;
use crate::reference::kanim;
use crate::{Error, Result};

/// An invented world. Everything in it follows from the plan; nothing in it changes.
#[derive(Debug)]
pub(super) struct World {
    pub(super) seed: u64,
    /// Tonight: the last working day of the plan.
    pub(super) as_of: NaiveDate,
    /// How many applications it has.
    pub(super) people: u64,
    pub(super) office: &'static str,
    /// Other offices of the province, from which the history has some applications.
    pub(super) neighbours: Vec<&'static str>,
    /// Whether Malaysia lies across the water.
    pub(super) strait: bool,
    pub(super) regions: Regions,
    pub(super) workdays: Workdays,
    pub(super) numbers: Numbers,
    pub(super) cases: Vec<Case>,
}

/// Provinces on the Strait of Malacca and those whose people travel through it.
const STRAIT: [&str; 4] = ["11", "12", "14", "21"];

impl World {
    /// The world of a plan.
    pub(super) fn new(plan: &Plan) -> Result<Self> {
        let office = kanim::find(&plan.office)
            .ok_or_else(|| Error::usage("no such immigration office").help("use an id such as `KANIM-MEDAN`"))?;
        let seat = office.kota.map_or_else(|| format!("{}71", office.provinsi), ToOwned::to_owned);
        let mut neighbours: Vec<_> =
            kanim::all().filter(|k| k.provinsi == office.provinsi && k.id != office.id).map(|k| k.id).collect();
        if neighbours.is_empty() {
            neighbours.push(office.id);
        }
        let workdays = Workdays::new(plan.as_of, plan.history_days, plan.applications);
        let cases = cases::plan(plan, &workdays);
        let slots: u64 = cases.iter().map(|c| u64::from(c.size)).sum();
        let listed = lists::banned(plan.applications).div_ceil(16);
        let numbers = Numbers::new(plan.seed, plan.applications + slots, cases.len() as u64 + listed);
        Ok(Self {
            seed: plan.seed,
            as_of: workdays.date(workdays.tonight()),
            people: plan.applications,
            office: office.id,
            neighbours,
            strait: STRAIT.contains(&office.provinsi),
            regions: Regions::around(&seat),
            workdays,
            numbers,
            cases,
        })
    }

    /// The town of the office, as an address ends.
    pub(super) fn seat(&self) -> String {
        self.regions.seat().bare.clone()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A world of two thousand applications in four months before 2 November 2026.
    pub(in crate::synth) fn small_world() -> World {
        World::new(&Plan::new(2_000, 120, 7, NaiveDate::from_ymd_opt(2026, 11, 2).unwrap())).unwrap()
    }

    #[test]
    fn an_unknown_office_is_refused_and_a_known_one_has_neighbours() {
        let mut plan = Plan::new(100, 10, 1, NaiveDate::from_ymd_opt(2026, 11, 2).unwrap());
        assert!(small_world().neighbours.contains(&"KANIM-POLONIA"));
        plan.office = "KANIM-ATLANTIS".into();
        assert_eq!(World::new(&plan).unwrap_err().kind(), crate::ErrorKind::Usage);
    }
}
