//! Windows held to the plain definition: for every row every window is built anew and every measure counted anew.

use super::*;

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const AGGREGATES: &[Aggregate] = &[
    Aggregate::Count,
    Aggregate::CountDistinct,
    Aggregate::Min,
    Aggregate::Max,
    Aggregate::Sum,
    Aggregate::Avg,
    Aggregate::AnyValue,
];

/// A population: entries sorted, inputs by row.
fn population(random: &mut Random) -> (Vec<Entry>, Vec<Input>) {
    let rows = random.below(40) + 1;
    let keys = random.below(4) + 1;
    let span = [1, 10, 100][usize::try_from(random.below(3)).unwrap()];
    let mut entries: Vec<Entry> = (0..rows)
        .map(|row| Entry {
            key: u128::from(random.below(keys)),
            time: i64::try_from(random.below(span)).unwrap(),
            rank: u32::try_from(rows - row).unwrap(),
            row: u32::try_from(row).unwrap(),
        })
        .collect();
    entries.sort_unstable();
    let count = random.below(3) + 1;
    let inputs = (0..count)
        .map(|_| Input {
            aggregate: AGGREGATES[usize::try_from(random.below(7)).unwrap()],
            values: (0..rows)
                .map(|_| (random.below(4) > 0).then(|| i64::try_from(random.below(5)).unwrap() - 2))
                .collect(),
        })
        .collect();
    (entries, inputs)
}

/// What the definition gives for each entry: the measures of the window that speaks for it.
fn by_definition(
    entries: &[Entry],
    inputs: &[Input],
    width: Option<i64>,
    flag: Flag,
    rows: Rows,
    having: &dyn Fn(&[Option<i64>]) -> bool,
) -> Vec<Option<Vec<Option<i64>>>> {
    entries
        .iter()
        .map(|me| {
            let ends: std::collections::BTreeSet<i64> = match flag {
                Flag::Closing => [me.time].into(),
                Flag::Members => entries.iter().filter(|e| e.key == me.key).map(|e| e.time).collect(),
            };
            let mut best: Option<Vec<Option<i64>>> = None;
            for end in ends {
                let inside = |e: &Entry| e.key == me.key && e.time <= end && width.is_none_or(|w| e.time >= end - w);
                if !inside(me) {
                    continue;
                }
                let counted: Vec<&Entry> =
                    entries.iter().filter(|e| inside(e) && (rows == Rows::All || e.row != me.row)).collect();
                let measures: Vec<Option<i64>> = inputs
                    .iter()
                    .map(|input| {
                        let values: Vec<_> = counted.iter().map(|e| input.values[e.row as usize]).collect();
                        plainly(input.aggregate, &values)
                    })
                    .collect();
                // Largest by the first measure, then latest: ends come in ascending order.
                if having(&measures) && best.as_ref().is_none_or(|b| b[0] <= measures[0]) {
                    best = Some(measures);
                }
            }
            best
        })
        .collect()
}

fn by_sliding(
    entries: &[Entry],
    inputs: &[Input],
    width: Option<i64>,
    flag: Flag,
    rows: Rows,
    having: &dyn Fn(&[Option<i64>]) -> bool,
) -> Vec<Option<Vec<Option<i64>>>> {
    let mut windows = Windows { measures: vec![Vec::new(); inputs.len()], ..Windows::default() };
    let mut start = 0;
    while start < entries.len() {
        let len = entries[start..].iter().take_while(|e| e.key == entries[start].key).count();
        slide(&entries[start..start + len], u32::try_from(start).unwrap(), width, inputs, rows, &mut windows);
        start += len;
    }
    let measures = |line: usize| windows.measures.iter().map(|m| m[line]).collect::<Vec<_>>();
    choose(&windows, &|line| having(&measures(line)), flag, By::First, entries.len())
        .into_iter()
        .map(|chosen| chosen.map(|c| measures(c.line as usize)))
        .collect()
}

/// 4,000 populations: ties, equal times, windows of width nought, windows at their edges, all of history.
#[test]
fn sliding_gives_what_the_definition_says() {
    let mut flagged = 0;
    for seed in 0..4_000 {
        let mut random = Random(seed);
        let (entries, inputs) = population(&mut random);
        let width = [None, Some(0), Some(1), Some(7), Some(50)][usize::try_from(random.below(5)).unwrap()];
        let least = i64::try_from(random.below(5)).unwrap();
        let having = |measures: &[Option<i64>]| measures[0].is_some_and(|m| m >= least);
        for flag in [Flag::Members, Flag::Closing] {
            for rows in [Rows::All, Rows::Others] {
                let expected = by_definition(&entries, &inputs, width, flag, rows, &having);
                let got = by_sliding(&entries, &inputs, width, flag, rows, &having);
                assert_eq!(got, expected, "seed {seed}, width {width:?}, {flag:?}, {rows:?}, at least {least}");
                flagged += got.iter().flatten().count();
            }
        }
    }
    assert!(flagged > 100_000, "{flagged}");
}

/// Five applications within ninety days, the last exactly ninety days after the first, and then one second late.
#[test]
fn the_edge_of_a_window_belongs_to_it() {
    const DAY: i64 = 86_400_000;
    for (late, expected) in [(0, 5), (1_000, 0)] {
        let times = [0, 0, 0, 0, 90 * DAY + late];
        let entries: Vec<Entry> =
            (0..5).map(|row: u32| Entry { key: 1, time: times[row as usize], rank: row, row }).collect();
        let inputs = [Input { aggregate: Aggregate::CountDistinct, values: (0..5).map(Some).collect() }];
        let having = |m: &[Option<i64>]| m[0] >= Some(5);
        let got = by_sliding(&entries, &inputs, Some(90 * DAY), Flag::Members, Rows::All, &having);
        assert_eq!(got.iter().flatten().count(), expected);
    }
}
