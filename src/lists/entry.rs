//! An entry of a list: what it says, field by field, in little memory, for lists have a million of them.

use super::{Born, Field};
use crate::calendar;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line of its file, from 1.
    pub line: u64,
    /// First application date for which it counts, as a day number.
    pub from: Option<i32>,
    /// Last application date for which it counts.
    pub to: Option<i32>,
    /// All values, one behind the other.
    text: Box<str>,
    /// Of each value its field and where it ends.
    marks: Box<[(Field, u32)]>,
}

impl Entry {
    /// An entry of these values, in their order.
    #[must_use]
    pub fn new(line: u64, validity: (Option<i64>, Option<i64>), values: &[(Field, String)]) -> Self {
        let mut text = String::with_capacity(values.iter().map(|(_, value)| value.len()).sum());
        let mut marks = Vec::with_capacity(values.len());
        for (field, value) in values {
            text.push_str(value);
            marks.push((*field, u32::try_from(text.len()).unwrap_or(u32::MAX)));
        }
        let day = |day: Option<i64>| day.and_then(|d| i32::try_from(d).ok());
        Self { line, from: day(validity.0), to: day(validity.1), text: text.into(), marks: marks.into() }
    }

    /// Every value with its field, in the order of the mapping.
    pub fn values(&self) -> impl Iterator<Item = (Field, &str)> {
        let starts = std::iter::once(0).chain(self.marks.iter().map(|(_, end)| *end as usize));
        self.marks
            .iter()
            .zip(starts)
            .map(|((field, end), start)| (*field, self.text.get(start..*end as usize).unwrap_or_default()))
    }

    /// The values of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values().filter(move |(f, _)| *f == field).map(|(_, value)| value)
    }

    /// The first value of a field.
    #[must_use]
    pub fn one(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    /// The values of a column of the dictionary.
    pub fn column<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let field = Field::by_name(name);
        self.values().filter(move |(f, _)| Some(*f) == field).map(|(_, value)| value)
    }

    /// Name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all(Field::NAMA).chain(self.all(Field::ALIAS))
    }

    /// When the person may have been born.
    pub fn born(&self) -> impl Iterator<Item = Born> {
        self.column(crate::schema::columns::TANGGAL_LAHIR).filter_map(Born::of_text)
    }

    /// What people call the entry: its id, or the line of its file.
    #[must_use]
    pub fn shown_id(&self) -> String {
        self.one(Field::ID).map_or_else(|| format!("baris {}", self.line), str::to_owned)
    }

    /// Whether it counts for an application of a day.
    #[must_use]
    pub fn counts_on(&self, day: i64) -> bool {
        self.from.is_none_or(|from| i64::from(from) <= day) && self.to.is_none_or(|to| day <= i64::from(to))
    }

    /// The period for which it counts, as dates; an open end is absent.
    #[must_use]
    pub fn validity(&self) -> (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) {
        let date = |day: Option<i32>| day.and_then(|d| calendar::date(i64::from(d)));
        (date(self.from), date(self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_went_in() {
        let values = [(Field::ID, "A-1"), (Field::NAMA, "É Ü"), (Field::ALIAS, ""), (Field::ALIAS, "C")];
        let values = values.map(|(f, v)| (f, v.to_owned()));
        let entry = Entry::new(7, (Some(10), Some(12)), &values);
        assert!(entry.values().eq(values.iter().map(|(f, v)| (*f, v.as_str()))));
        assert_eq!(entry.names().collect::<Vec<_>>(), ["É Ü", "", "C"]);
        assert_eq!(
            (entry.one(Field::ID), entry.one(Field::STATUS), entry.shown_id().as_str()),
            (Some("A-1"), None, "A-1")
        );
        assert_eq!([9, 10, 12, 13].map(|day| entry.counts_on(day)), [false, true, true, false]);
        assert_eq!(Entry::new(7, (None, None), &[]).shown_id(), "baris 7");
    }
}
