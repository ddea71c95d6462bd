//! What needs what: the order in which declared columns can be computed, and the circles that forbid one.

use std::collections::{BTreeMap, BTreeSet};

/// The numbers of `declarations` (each the names it makes and the names it needs) in an order in which every one comes
/// after those it needs; or the numbers of a circle. Names nobody here makes are taken as given. The order is the same
/// for the same input: among those that are ready, the first declared comes first.
pub fn order(declarations: &[(Vec<&str>, Vec<&str>)]) -> Result<Vec<usize>, Vec<usize>> {
    let maker: BTreeMap<&str, usize> = declarations
        .iter()
        .enumerate()
        .flat_map(|(ix, (makes, _))| makes.iter().map(move |name| (*name, ix)))
        .collect();
    let needs: Vec<BTreeSet<usize>> = declarations
        .iter()
        .map(|(_, needs)| needs.iter().filter_map(|name| maker.get(name).copied()).collect())
        .collect();
    let mut done = Vec::with_capacity(declarations.len());
    let mut placed = BTreeSet::new();
    while done.len() < declarations.len() {
        let ready = needs.iter().enumerate().find(|(ix, needs)| !placed.contains(ix) && needs.is_subset(&placed));
        match ready {
            Some((ix, _)) => {
                placed.insert(ix);
                done.push(ix);
            }
            None => return Err(circle(&needs, &placed)),
        }
    }
    Ok(done)
}

/// Follows needs among the declarations that could not be placed until one comes up again.
fn circle(needs: &[BTreeSet<usize>], placed: &BTreeSet<usize>) -> Vec<usize> {
    let open = |ix: usize| needs.get(ix).and_then(|n| n.iter().copied().find(|need| !placed.contains(need)));
    let mut path = Vec::new();
    let mut at = (0..needs.len()).find(|ix| !placed.contains(ix));
    while let Some(ix) = at {
        if let Some(start) = path.iter().position(|seen| *seen == ix) {
            return path.split_off(start);
        }
        path.push(ix);
        at = open(ix);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn needs_come_first_and_declared_order_decides_the_rest() {
        let declarations =
            vec![(vec!["a"], vec!["b", "nik"]), (vec!["b"], vec!["c"]), (vec!["c"], vec![]), (vec!["d"], vec![])];
        assert_eq!(order(&declarations), Ok(vec![2, 1, 0, 3]));
    }

    #[test]
    fn a_circle_is_named_without_its_bystanders() {
        let declarations = vec![(vec!["x"], vec!["a"]), (vec!["a"], vec!["b"]), (vec!["b"], vec!["a"])];
        assert_eq!(order(&declarations), Err(vec![1, 2]));
        assert_eq!(order(&[(vec!["a"], vec!["a"])]), Err(vec![0]));
    }
}
