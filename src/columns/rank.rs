//! The order of applications by their number.

use rayon::prelude::*;

use crate::Result;
use crate::frame::{Frame, prefix};
use crate::schema::columns::NOMOR_PERMOHONAN;

/// For each of some rows a number; they stand in the order of the rows' application numbers.
pub(super) fn ranks(frame: &Frame, rows: &[u32]) -> Result<Vec<u32>> {
    let numbers = frame.text(NOMOR_PERMOHONAN)?;
    // An export stands in the order of its numbers, as a rule.
    if (1..frame.rows()).all(|row| numbers.get(row - 1) < numbers.get(row)) {
        return Ok(rows.to_vec());
    }
    let number = |at: u32| rows.get(at as usize).and_then(|row| numbers.get(*row as usize));
    let all = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut order: Vec<(u128, u32)> = all.map(|at| (number(at).map_or(0, prefix), at)).collect();
    // Hardly any number is longer than what is compared first.
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| number(a.1).cmp(&number(b.1))).then(a.1.cmp(&b.1)));
    let mut ranks = vec![0; rows.len()];
    for (rank, (_, at)) in (0_u32..).zip(order) {
        if let Some(place) = ranks.get_mut(at as usize) {
            *place = rank;
        }
    }
    Ok(ranks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Builder;
    use crate::schema::Type;

    fn order(numbers: &[&str], rows: &[u32]) -> Vec<u32> {
        let mut column = Builder::new(Type::Text, numbers.len());
        numbers.iter().for_each(|number| column.push_text(Some(number)));
        let frame = Frame::new(numbers.len(), vec![column.finish(NOMOR_PERMOHONAN)]).unwrap();
        let ranks = ranks(&frame, rows).unwrap();
        let mut order: Vec<(u32, u32)> = ranks.into_iter().zip(rows.iter().copied()).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn ranks_follow_the_numbers_whatever_the_order_of_rows() {
        assert_eq!(order(&["10", "11", "12"], &[2, 0]), [0, 2]);
        assert_eq!(order(&["12", "10", "11"], &[0, 1, 2]), [1, 2, 0]);
        let long = ["1271000000000001B", "1271000000000001A", "1271000000000001", "9"];
        assert_eq!(order(&long, &[3, 0, 1, 2]), [2, 1, 0, 3]);
    }
}
