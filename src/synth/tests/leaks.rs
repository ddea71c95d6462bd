//! Nothing in an export gives the truth away: no value, no shape of a value and no empty cell by itself tells the planted
//! from the honest.

use super::*;

/// Letters as `A`, digits as `9`, runs shortened: what a value looks like.
fn shape(value: &str) -> String {
    let mut shape = String::new();
    for letter in value.chars() {
        let kind = match letter {
            'a'..='z' | 'A'..='Z' => 'A',
            '0'..='9' => '9',
            other => other,
        };
        if !shape.ends_with(kind) {
            shape.push(kind);
        }
    }
    shape
}

/// Simple traits of a row: each cell's value, shape, length, first and last letters, and whether it is there.
fn traits(row: &Row, note: &mut dyn FnMut(&'static str, &'static str, &str)) {
    for column in c::ALL {
        let value = row.cells[column.name].as_str();
        note(column.name, "is", value);
        note(column.name, "looks like", &shape(value));
        note(column.name, "has letters", &value.len().to_string());
        note(column.name, "begins", value.get(..3).unwrap_or(value));
        note(column.name, "ends", value.len().checked_sub(2).and_then(|at| value.get(at..)).unwrap_or(value));
        note(column.name, "is empty", if value.is_empty() { "yes" } else { "no" });
    }
}

#[test]
fn no_simple_trait_of_a_row_separates_planted_from_honest() {
    let plan = Plan { planted_rate: 1_000, ..Plan::new(14_000, 400, 31, day(2026, 11, 2)) };
    let office = invent(plan);
    let planted = office.planted();
    let (inside, outside): (Vec<&Row>, Vec<&Row>) = office.rows.iter().partition(|row| planted.contains(row.number()));
    // Only what a planted row shows can give it away; the honest rows are counted for these traits alone.
    let mut counts: std::collections::HashMap<(&str, &str, String), (usize, usize)> = std::collections::HashMap::new();
    let rings: BTreeMap<&str, &Truth> = office
        .truth
        .iter()
        .filter(|t| t.side == "tanam" && !t.group.is_empty())
        .map(|t| (t.number.as_str(), t))
        .collect();
    let mut linked = BTreeSet::new();
    for row in &inside {
        // What ties a ring together is the ring's key, not a leak: it counts once a ring.
        let ring = rings.get(row.number()).filter(|ring| !linked.insert(ring.group.as_str()));
        let of_the_ring = |column: &str| ring.is_some_and(|ring| ring.links.iter().any(|link| link == column));
        traits(row, &mut |column, trait_, value| {
            if !of_the_ring(column) {
                counts.entry((column, trait_, value.to_owned())).or_default().0 += 1;
            }
        });
    }
    let mut key = ("", "", String::new());
    for row in &outside {
        traits(row, &mut |column, trait_, value| {
            (key.0, key.1) = (column, trait_);
            key.2.clear();
            key.2.push_str(value);
            if let Some(count) = counts.get_mut(&key) {
                count.1 += 1;
            }
        });
    }
    let counts: BTreeMap<_, _> = counts.into_iter().collect();
    let (all, cases) = (office.rows.len(), inside.len());
    assert_eq!(cases, 140);
    for ((column, trait_, value), (hits, honest)) in &counts {
        let rows = hits + honest;
        // Rare values say nothing of people to come.
        if rows >= 25 {
            assert!(hits * 3 < rows, "{column} {trait_} {value}: {hits} of {rows} are planted");
        }
        if hits * 10 >= cases * 8 {
            assert!(
                rows * 5 >= all,
                "{column} {trait_} {value}: {hits} of {cases} planted, but only {rows} of {all} rows"
            );
        }
    }
}

#[test]
fn the_words_of_the_truth_stand_in_no_export() {
    let office = small();
    let kinds: BTreeSet<&str> = office.truth.iter().filter(|t| t.side == "tanam").map(|t| t.kind.as_str()).collect();
    for file in office.summary.files.iter().filter(|f| !f.ends_with(folder::TRUTH)) {
        let text = std::fs::read_to_string(office.dir.join(file)).unwrap().to_lowercase();
        for word in kinds.iter().copied().chain(["tanam", "terkait", "kelompok"]) {
            let spaced = word.replace('_', " ");
            assert!(!text.contains(word) && !text.contains(&spaced), "{word} in {}", file.display());
        }
    }
}

#[test]
fn planted_and_honest_people_are_numbered_alike() {
    // Serials of NIKs come from a reordering; rings must not sit at one end of it.
    let office = large();
    let planted = office.planted();
    let serial = |row: &Row| row.get(c::NIK).get(12..16).and_then(|s| s.parse::<usize>().ok()).unwrap_or(5_000);
    let mean = |rows: Vec<usize>| rows.iter().sum::<usize>() / rows.len();
    let (inside, outside): (Vec<&Row>, Vec<&Row>) = office.rows.iter().partition(|row| planted.contains(row.number()));
    let (inside, outside) =
        (mean(inside.iter().map(|r| serial(r)).collect()), mean(outside.iter().map(|r| serial(r)).collect()));
    assert!(inside.abs_diff(outside) < 1_200, "{inside} {outside}");
}
