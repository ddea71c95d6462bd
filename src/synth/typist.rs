//! The clerk: writes in capitals or not, leaves cells out, swaps letters, writes phones in five ways.
//!
//! Slips are rare, fall on everybody alike, and leave the columns alone that a story is about.

use super::cells::{Cell, CellKind};
use super::dice::{Dice, Subject};

/// How one application is typed.
#[derive(Debug)]
pub(super) struct Typist {
    dice: Dice,
    style: Style,
    blank: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Capitals,
    Titles,
    Lower,
}

impl Typist {
    /// The clerk of an application.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut dice = Dice::new(seed, Subject::Typing, number);
        let style = dice.weighted(&[(Style::Capitals, 930), (Style::Titles, 55), (Style::Lower, 15)]);
        let blank = dice.weighted(&[("", 975), ("-", 18), ("TIDAK ADA", 4), ("NIHIL", 3)]);
        Self { dice, style, blank }
    }

    /// Turns a value into what stands in the cell. What is `kept` is neither dropped nor misspelt.
    pub(super) fn type_cell(&mut self, cell: &Cell, kept: bool, value: &mut String) {
        if value.is_empty() {
            if !matches!(cell.kind, CellKind::System) {
                value.push_str(self.blank);
            }
            return;
        }
        match cell.kind {
            CellKind::System => {}
            CellKind::Choice | CellKind::Copied => self.leave_out(cell, kept, value),
            CellKind::Name | CellKind::Text => {
                self.slip(cell, kept, value);
                self.set_case(value);
            }
            CellKind::Phone => {
                self.leave_out(cell, kept, value);
                self.phone(value);
            }
            CellKind::Duration => self.duration(value),
        }
    }

    fn leave_out(&mut self, cell: &Cell, kept: bool, value: &mut String) {
        if self.dice.chance(9) && !kept && !required(cell) {
            value.clear();
            value.push_str(self.blank);
        }
    }

    fn slip(&mut self, cell: &Cell, kept: bool, value: &mut String) {
        let throw = self.dice.below(1_000);
        if kept {
            return;
        }
        match throw {
            0..3 => swap_letters(&mut self.dice, value),
            3..6 => *value = value.replacen(' ', "  ", 1),
            6..8 => value.push(' '),
            8..14 if !required(cell) => {
                value.clear();
                value.push_str(self.blank);
            }
            _ => {}
        }
    }

    fn set_case(&self, value: &mut String) {
        match self.style {
            Style::Capitals => {}
            Style::Lower => value.make_ascii_lowercase(),
            Style::Titles => {
                let mut start = true;
                let titled: String = value
                    .chars()
                    .map(|letter| {
                        let set = if start { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
                        start = !letter.is_ascii_alphabetic();
                        set
                    })
                    .collect();
                *value = titled;
            }
        }
    }

    /// `+628121234567`, `08121234567`, `628...`, `0812-1234-567`, `8...` as Excel leaves it. Foreign numbers keep the plus.
    fn phone(&mut self, value: &mut String) {
        let style = self.dice.below(100);
        let Some(national) = value.strip_prefix("+62").map(ToOwned::to_owned) else { return };
        *value = match style {
            0..62 => format!("0{national}"),
            62..80 => return,
            80..88 => format!("62{national}"),
            88..97 => {
                let (head, tail) = national.split_at(national.len().min(3));
                let (middle, end) = tail.split_at(tail.len().min(4));
                format!("0{head}-{middle}-{end}")
            }
            _ => national,
        };
    }

    /// Mostly a number of days; sometimes weeks, months or years.
    fn duration(&mut self, value: &mut String) {
        let style = self.dice.below(100);
        let days: u64 = value.parse().unwrap_or(0);
        let whole = |unit: u64| days > 0 && days.is_multiple_of(unit);
        if style < 6 && whole(365) {
            *value = format!("{} TAHUN", days / 365);
        } else if style < 6 && whole(30) {
            *value = format!("{} BULAN", days / 30);
        } else if style < 6 && whole(7) {
            *value = format!("{} minggu", days / 7);
        } else if style < 16 {
            value.push_str(" HARI");
        }
    }
}

/// Whether an empty cell would cost the row.
fn required(cell: &Cell) -> bool {
    crate::schema::columns::by_name(cell.column).is_none_or(|c| c.need == crate::schema::Need::Required)
}

/// Two neighbouring letters in the wrong order.
fn swap_letters(dice: &mut Dice, value: &mut String) {
    let letters: Vec<char> = value.chars().collect();
    let at = 1 + dice.index(letters.len().saturating_sub(2));
    let swapped = letters.iter().enumerate().map(|(i, letter)| match i {
        i if i == at => letters.get(at + 1).unwrap_or(letter),
        i if i == at + 1 => letters.get(at).unwrap_or(letter),
        _ => letter,
    });
    *value = swapped.collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: CellKind, kept: bool, value: &str) -> Vec<String> {
        let template = super::super::cells::CELLS.iter().find(|c| c.kind == kind).unwrap();
        (0..3_000)
            .map(|number| {
                let mut cell = value.to_owned();
                Typist::new(9, number).type_cell(template, kept, &mut cell);
                cell
            })
            .collect()
    }

    #[test]
    fn a_phone_keeps_its_digits_in_every_style() {
        for phone in typed(CellKind::Phone, true, "+6281200123456") {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.ends_with("81200123456"), "{phone}");
        }
        assert!(typed(CellKind::Phone, true, "+60120012345").iter().all(|p| p == "+60120012345"));
    }

    #[test]
    fn kept_names_differ_in_case_only_and_others_now_and_then_in_letters() {
        let name = "SITI AMINAH";
        assert!(typed(CellKind::Name, true, name).iter().all(|typed| typed.eq_ignore_ascii_case(name)));
        let slips = typed(CellKind::Name, false, name).iter().filter(|typed| !typed.eq_ignore_ascii_case(name)).count();
        assert!((5..80).contains(&slips), "{slips}");
    }

    #[test]
    fn lengths_of_stay_keep_their_meaning() {
        for typed in typed(CellKind::Duration, false, "14") {
            assert!(["14", "14 HARI", "2 minggu"].contains(&typed.as_str()), "{typed}");
        }
    }

    #[test]
    fn swapping_letters_keeps_them() {
        let mut value = "AMINAH".to_owned();
        swap_letters(&mut Dice::new(1, Subject::Typing, 4), &mut value);
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        assert_eq!(sorted(&value), sorted("AMINAH"));
    }
}
