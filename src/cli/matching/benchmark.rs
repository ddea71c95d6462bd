//! What is found of people whose names were damaged, at how many false alerts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use super::super::Exit;
use super::super::output::Out;
use super::Args;
use crate::matching::{Birth, Builder, Hit, Index, Level, Names, Person, Settings};
use crate::synth::{DAMAGES, Damage, Trial, Truth};
use crate::{Error, Result, private};

/// Entries made at once.
const BLOCK: u64 = 65_536;

pub(super) fn run(args: &Args, entries: u64, settings: &Settings, out: &mut Out) -> Result<Exit> {
    let trial = Trial { seed: args.seed, entries: entries.clamp(1, 100_000_000), applicants: args.applicants.max(10) };
    if let Some(folder) = &args.write {
        write(&trial, folder)?;
        return Ok(Exit::Done);
    }
    let index = index(&trial, settings);
    let asked: Vec<(Person, Option<Truth>)> =
        (0..trial.applicants).into_par_iter().map(|number| trial.applicant(number)).collect();
    let people: Vec<Person> = asked.iter().map(|(person, _)| person.clone()).collect();
    let truths: Vec<Option<Truth>> = asked.into_iter().map(|(_, truth)| truth).collect();
    let hits = index.search_all(&people, args.least.unwrap_or(Level::NameOnly));
    let measured = Measured::of(&truths, &hits);
    if out.is_json() {
        out.json(&measured.json());
    } else {
        out.print(&measured.text(&trial));
    }
    Ok(Exit::Done)
}

fn index(trial: &Trial, settings: &Settings) -> Index {
    let mut builder = Builder::default();
    for start in (0..trial.entries).step_by(usize::try_from(BLOCK).unwrap_or(usize::MAX)) {
        let numbers = start..(start + BLOCK).min(trial.entries);
        builder.extend(&numbers.into_par_iter().map(|number| trial.entry(number)).collect::<Vec<_>>());
    }
    let names = builder.names(Names::shipped());
    builder.finish(&names, settings)
}

/// Shares found, in hundredths of a percent, at two budgets and at all.
struct Measured {
    /// Of each damage: people, found at 1 and at 20 false alerts in 100 applicants, found at all.
    kinds: BTreeMap<Damage, [usize; 4]>,
    /// Points above which alerts stay within each budget.
    least: [i32; 2],
    false_alerts: usize,
}

const BUDGETS: [usize; 2] = [1, 20];

impl Measured {
    fn of(truths: &[Option<Truth>], hits: &[Vec<Hit>]) -> Self {
        let is_true = |truth: &Option<Truth>, hit: &Hit| truth.is_some_and(|truth| truth.entry == hit.entry);
        let pairs = || truths.iter().zip(hits);
        let of_others = |(truth, hits): (&Option<Truth>, &Vec<Hit>)| {
            let (truth, hits) = (*truth, hits.clone());
            hits.into_iter().filter(move |hit| !is_true(&truth, hit)).map(|hit| hit.points)
        };
        let mut others: Vec<i32> = pairs().flat_map(of_others).collect();
        others.par_sort_unstable_by(|a, b| b.cmp(a));
        let least = BUDGETS.map(|budget| others.get(truths.len() * budget / 100).map_or(i32::MIN, |points| points + 1));
        let mut kinds: BTreeMap<Damage, [usize; 4]> = BTreeMap::new();
        for (truth, hits) in pairs() {
            let Some(Truth { damage, .. }) = *truth else { continue };
            let points = hits.iter().find(|hit| is_true(truth, hit)).map(|hit| hit.points);
            let [people, first, second, all] = kinds.entry(damage).or_default();
            *people += 1;
            *first += usize::from(points.is_some_and(|p| p >= least[0]));
            *second += usize::from(points.is_some_and(|p| p >= least[1]));
            *all += usize::from(points.is_some());
        }
        Self { kinds, least, false_alerts: others.len() }
    }

    fn lines(&self) -> impl Iterator<Item = (&'static str, [usize; 4])> {
        DAMAGES.iter().filter_map(|(damage, word)| Some((*word, *self.kinds.get(damage)?)))
    }

    fn total(&self) -> [usize; 4] {
        self.kinds.values().fold([0; 4], |[a, b, c, d], [e, f, g, h]| [a + e, b + f, c + g, d + h])
    }

    fn text(&self, trial: &Trial) -> String {
        let mut text = format!(
            "{} entries, {} applicants, seed {}: share of the people on the list that is found\n\
             {:<14} {:>6} {:>10} {:>11} {:>7}\n",
            trial.entries, trial.applicants, trial.seed, "damage", "people", "1 in 100", "20 in 100", "at all"
        );
        for (word, [people, first, second, all]) in self.lines().chain([("all", self.total())]) {
            let share = |found: usize| format!("{:.3}", found as f64 / people.max(1) as f64);
            // Writing into a String cannot fail.
            let _ =
                writeln!(text, "{word:<14} {people:>6} {:>10} {:>11} {:>7}", share(first), share(second), share(all));
        }
        let _ = writeln!(text, "points at these budgets: {:?}; other pairs shown: {}", self.least, self.false_alerts);
        text
    }

    fn json(&self) -> serde_json::Value {
        let line = |[people, first, second, all]: [usize; 4]| serde_json::json!({ "people": people, "at_1": first, "at_20": second, "at_all": all });
        let kinds: BTreeMap<&str, serde_json::Value> =
            self.lines().map(|(word, counts)| (word, line(counts))).collect();
        serde_json::json!({
            "schema_version": 1, "kinds": kinds, "all": line(self.total()), "points": self.least, "other_pairs": self.false_alerts,
        })
    }
}

/// Writes list, applicants and truth as files that `saring match FILE --list FILE` reads.
fn write(trial: &Trial, folder: &Path) -> Result<()> {
    private::folder(folder)?;
    let line = |id: String, person: &Person| {
        let born = match person.born {
            Some(Birth::Day(day)) => day.to_string(),
            Some(Birth::Month { year, month }) => format!("{year:04}-{month:02}"),
            Some(Birth::Year(year)) => format!("{year:04}"),
            Some(Birth::Years(first, last)) => format!("{first:04}..{last:04}"),
            None => String::new(),
        };
        let (name, aliases) =
            person.names.split_first().map_or((String::new(), String::new()), |(n, a)| (n.clone(), a.join("|")));
        let quoted = |text: &str| if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() };
        format!(
            "{id},{},{aliases},{born},{},{},{}\n",
            quoted(&name),
            person.birth_place.as_deref().unwrap_or_default(),
            person.sex.map_or("", |sex| sex.code()),
            person.nik.as_deref().unwrap_or_default(),
        )
    };
    const HEAD: &str = "id,nama,alias,tanggal_lahir,tempat_lahir,jenis_kelamin,nik\n";
    let list: Vec<String> =
        (0..trial.entries).into_par_iter().map(|n| line(format!("L{n}"), &trial.entry(n))).collect();
    let asked: Vec<(String, String)> = (0..trial.applicants)
        .into_par_iter()
        .map(|n| {
            let (person, truth) = trial.applicant(n);
            let truth = truth.map_or_else(String::new, |truth| format!("A{n},L{},{:?}\n", truth.entry, truth.damage));
            (line(format!("A{n}"), &person), truth)
        })
        .collect();
    let (asked, truth): (Vec<String>, Vec<String>) = asked.into_iter().unzip();
    for (name, head, lines) in [
        ("daftar.csv", HEAD, list),
        ("pemohon.csv", HEAD, asked),
        ("kebenaran.csv", "pemohon,entri,kerusakan\n", truth),
    ] {
        let path = folder.join(name);
        let text = std::iter::once(head.to_owned()).chain(lines).collect::<String>();
        let mut file =
            private::options().create(true).truncate(true).open(&path).map_err(|e| Error::storage(&path, &e))?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| Error::storage(&path, &e))?;
    }
    Ok(())
}
