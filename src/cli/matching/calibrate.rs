//! Levels from an office's own file: as many alerts as it can bear.

use super::super::Exit;
use super::super::output::Out;
use crate::Result;
use crate::matching::Settings;

/// Proposes levels such that in 100 people of the file at most `budget` alerts come up, a tenth of that at `strong` and a
/// hundredth at `exact`. Nobody in the file is taken to be on the list, so a file with people who are makes the levels too
/// careful.
///
/// `points` are those of the alerts at the present levels.
pub(super) fn run(people: u64, mut points: Vec<i32>, budget: f64, settings: &Settings, out: &mut Out) -> Result<Exit> {
    points.sort_unstable_by(|a, b| b.cmp(a));
    let least = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a count of alerts"
        )]
        let allowed = (people as f64 * budget * share / 100.0).floor().max(0.0) as usize;
        // One more than the alert that would be too many; without so many alerts the level may stay.
        points.get(allowed).map_or(settings.level.possible, |points| points + 1).max(settings.level.possible)
    };
    let possible = least(1.0);
    let strong = least(0.1).max(possible);
    let exact = least(0.01).max(strong);
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "people": people, "alerts": points.len(), "budget": budget,
            "possible": possible, "strong": strong, "exact": exact,
        }));
    } else {
        out.print(&format!(
            "# {} people, {} alerts at the present levels; for at most {budget} in 100 people:\n\
             [level]\nexact = {exact}\nstrong = {strong}\npossible = {possible}\n",
            people,
            points.len(),
        ));
    }
    Ok(Exit::Done)
}
