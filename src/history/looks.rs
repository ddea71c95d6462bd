//! Looks: how an application came out of the nights that judged it, kept beside it, so that a later night can tell what
//! changed since.
//!
//! A night keeps a look at each of its own applications, and at one of before that it lists again. A night asks only for
//! looks before its own date: run twice, it sees the same both times.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::LOOKS;
use crate::frame::{Builder, Frame};
use crate::schema::Type;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, ErrorKind, Result};

/// How an application came out of a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The night.
    pub on: NaiveDate,
    /// The score.
    pub points: i64,
    /// Where it was listed.
    pub listed: Listed,
    /// The points of each rule for officers that fired, by id.
    pub rules: BTreeMap<String, i64>,
}

/// Whether and where an application was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// It was not.
    No,
    /// On the list of its own night.
    Tonight,
    /// On the list of those that are looked at again.
    Again,
}

/// What a night has to say of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Its number.
    pub nomor_permohonan: String,
    /// The day it was filed, by which history is kept.
    pub filed: NaiveDate,
    /// The look; nothing takes back what an earlier run of the same night kept.
    pub look: Option<Look>,
}

impl Listed {
    const ALL: [Self; 3] = [Self::No, Self::Tonight, Self::Again];

    fn word(self) -> &'static str {
        match self {
            Self::No => "-",
            Self::Tonight => "rujukan",
            Self::Again => "susulan",
        }
    }
}

/// `2025-11-03 35 rujukan S01=15 K02=20`, joined by `;`.
fn written(looks: &[Look]) -> String {
    let mut text = String::new();
    for look in looks {
        let between = if text.is_empty() { "" } else { ";" };
        // Writing into a string cannot fail.
        let _ = write!(text, "{between}{} {} {}", look.on, look.points, look.listed.word());
        for (rule, points) in &look.rules {
            let _ = write!(text, " {rule}={points}");
        }
    }
    text
}

/// The looks of a cell, oldest first.
pub(super) fn read(text: Option<&str>) -> Result<Vec<Look>> {
    let looks = text.unwrap_or_default().split(';').filter(|one| !one.is_empty()).map(one).collect::<Option<Vec<_>>>();
    looks.ok_or_else(|| {
        Error::new(ErrorKind::Reference, "HISTORY", "history holds looks that this version cannot read")
            .help("use the version of saring that wrote it, or put the folder back from a copy")
    })
}

fn one(text: &str) -> Option<Look> {
    let mut words = text.split(' ');
    let (on, points, listed) = (words.next()?, words.next()?, words.next()?);
    let rule = |word: &str| {
        let (rule, points) = word.split_once('=')?;
        Some((rule.to_owned(), points.parse().ok()?))
    };
    Some(Look {
        on: on.parse().ok()?,
        points: points.parse().ok()?,
        listed: Listed::ALL.into_iter().find(|l| l.word() == listed)?,
        rules: words.map(rule).collect::<Option<_>>()?,
    })
}

/// The looks of a frame before a day, one list a row.
pub(super) fn before(frame: &Frame, day: NaiveDate) -> Result<Vec<Vec<Look>>> {
    let looks = frame.text(LOOKS)?;
    let of = |row| Ok(read(looks.get(row))?.into_iter().filter(|look| look.on < day).collect());
    (0..frame.rows()).map(of).collect()
}

/// Puts the looks of a night beside the applications of a month. Says whether that changed anything.
pub(super) fn put(frame: &mut Frame, night: NaiveDate, looked: &[&Looked]) -> Result<bool> {
    let by_number: BTreeMap<&str, &Looked> = looked.iter().map(|l| (l.nomor_permohonan.as_str(), *l)).collect();
    let (numbers, there) = (frame.text(NOMOR_PERMOHONAN)?, frame.text(LOOKS)?);
    let mut column = Builder::new(Type::Texts, frame.rows());
    let mut changed = false;
    for row in 0..frame.rows() {
        let before = there.get(row);
        let Some(looked) = numbers.get(row).and_then(|number| by_number.get(number)) else {
            column.push_text(before);
            continue;
        };
        let mut looks = read(before)?;
        looks.retain(|look| look.on != night);
        looks.extend(looked.look.clone());
        looks.sort_by_key(|look| look.on);
        let after = written(&looks);
        changed |= after != before.unwrap_or_default();
        column.push_text(Some(&after));
    }
    let column = column.finish(LOOKS);
    frame.add(column)?;
    Ok(changed)
}

/// The looks of cells as one column, for what is compared and hashed.
pub(super) fn column(looks: &[Vec<Look>]) -> polars::prelude::Series {
    let mut column = Builder::new(Type::Texts, looks.len());
    looks.iter().for_each(|of_row| column.push_text(Some(&written(of_row))));
    column.finish(LOOKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_come_back_as_they_were_written() {
        let day = |text: &str| text.parse().unwrap();
        let looks = vec![
            Look { on: day("2025-10-30"), points: 0, listed: Listed::No, rules: BTreeMap::new() },
            Look {
                on: day("2025-11-03"),
                points: 27,
                listed: Listed::Again,
                rules: BTreeMap::from([("S01".to_owned(), 35), ("M01".to_owned(), -8)]),
            },
        ];
        let text = written(&looks);
        assert_eq!(text, "2025-10-30 0 -;2025-11-03 27 susulan M01=-8 S01=35");
        assert_eq!(read(Some(&text)).unwrap(), looks);
        assert_eq!(read(None).unwrap(), []);
        for broken in ["2025-10-30", "2025-10-30 x -", "2025-10-30 1 lain", "30-10-2025 1 -", "2025-10-30 1 - S01"] {
            assert_eq!(read(Some(broken)).unwrap_err().kind(), ErrorKind::Reference, "{broken}");
        }
    }
}
