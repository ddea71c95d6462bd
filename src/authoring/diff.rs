//! The difference between two texts, line by line, as `diff -u` shows it.

/// Lines of unchanged text around a change.
const CONTEXT: usize = 3;
/// Beyond this many pairs of lines the middle is shown as replaced whole.
const MOST_PAIRS: usize = 4_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    Gone,
    New,
}

/// The change from `old` to `new` under a file's name; empty where there is none.
#[must_use]
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut steps = steps(&a, &b);
    if steps.iter().all(|s| *s == Step::Same) {
        // Only the end of the last line, or the ends of lines, differ.
        steps = a.iter().map(|_| Step::Gone).chain(b.iter().map(|_| Step::New)).collect();
    }
    let mut text = format!("--- {name}\n+++ {name}\n");
    let near = |at: usize| {
        let (from, to) = (at.saturating_sub(CONTEXT), (at + CONTEXT + 1).min(steps.len()));
        steps.get(from..to).is_some_and(|s| s.iter().any(|s| *s != Step::Same))
    };
    let (mut line_a, mut line_b, mut at) = (0, 0, 0);
    while let Some(step) = steps.get(at) {
        if !near(at) {
            line_a += usize::from(*step != Step::New);
            line_b += usize::from(*step != Step::Gone);
            at += 1;
            continue;
        }
        let end = (at..steps.len()).find(|i| !near(*i)).unwrap_or(steps.len());
        let hunk = steps.get(at..end).unwrap_or_default();
        let count = |not: Step| hunk.iter().filter(|s| **s != not).count();
        let (in_a, in_b) = (count(Step::New), count(Step::Gone));
        text.push_str(&format!("@@ -{},{in_a} +{},{in_b} @@\n", line_a + 1, line_b + 1));
        for step in hunk {
            let (sign, line) = match step {
                Step::Same => (' ', a.get(line_a)),
                Step::Gone => ('-', a.get(line_a)),
                Step::New => ('+', b.get(line_b)),
            };
            text.push_str(&format!("{sign}{}\n", line.copied().unwrap_or_default()));
            line_a += usize::from(*step != Step::New);
            line_b += usize::from(*step != Step::Gone);
        }
        at = end;
    }
    text
}

/// The steps that lead from one list of lines to the other, by the longest common subsequence.
fn steps(a: &[&str], b: &[&str]) -> Vec<Step> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or_default(), b.get(..b.len() - tail).unwrap_or_default());
    let mut steps = vec![Step::Same; head];
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        steps.extend(a.iter().map(|_| Step::Gone));
        steps.extend(b.iter().map(|_| Step::New));
    } else {
        middle(a, b, &mut steps);
    }
    steps.extend(vec![Step::Same; tail]);
    steps
}

fn middle(a: &[&str], b: &[&str], steps: &mut Vec<Step>) {
    let width = b.len() + 1;
    // Length of the longest common subsequence of the ends that begin at each pair of lines.
    let mut common = vec![0_u32; (a.len() + 1) * width];
    let get = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let value = if x == y {
                get(&common, i + 1, j + 1) + 1
            } else {
                get(&common, i + 1, j).max(get(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let same = i < a.len() && j < b.len() && a.get(i) == b.get(j);
        let gone = j == b.len() || (i < a.len() && get(&common, i + 1, j) >= get(&common, i, j + 1));
        let step = if same {
            Step::Same
        } else if gone {
            Step::Gone
        } else {
            Step::New
        };
        steps.push(step);
        i += usize::from(step != Step::New);
        j += usize::from(step != Step::Gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_with_its_surroundings() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nlima\n6\n7\n8\n9\n";
        let shown = "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+lima\n 6\n 7\n 8\n";
        assert_eq!(unified("a", old, new), shown);
        assert_eq!(unified("a", old, old), "");
        assert_eq!(unified("a", "x", "x\n"), "--- a\n+++ a\n@@ -1,1 +1,1 @@\n-x\n+x\n");
    }
}
