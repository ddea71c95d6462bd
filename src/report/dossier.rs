//! The groups behind tonight's lists: who shares what with whom, when.
//!
//! Findings of several rules and of several applications often rest on nearly the same applications. What shares a key
//! is one group; groups of which at least half is the same are one group, so that a ring stands in one place and a crowd
//! that happens to have two of its members stays apart.

use std::collections::{BTreeMap, BTreeSet};

use super::listing::Listing;
use crate::calendar;
use crate::columns::Evidence;
use crate::expr::Value;
use crate::frame::{Frame, View};
use crate::night::Night;
use crate::rules::RuleSet;
use crate::schema::columns::{NAMA_LENGKAP, NOMOR_PERMOHONAN, STATUS_PERMOHONAN, TANGGAL_PERMOHONAN, WAKTU_PERMOHONAN};
use crate::schema::{Mask, Type, tables};
use crate::screening::value_of;
use crate::words::Lang;
use crate::{Error, Result};

/// The groups, those with most listed applications first.
#[derive(Debug, Default)]
pub(super) struct Dossier {
    pub(super) groups: Vec<Group>,
}

/// Applications that share keys.
#[derive(Debug)]
pub(super) struct Group {
    /// By day of filing, then by number.
    pub(super) members: Vec<Member>,
    /// What two or more of them share, most shared first.
    pub(super) keys: Vec<Key>,
}

/// An application of a group.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) nomor: String,
    pub(super) nama: String,
    /// `2025-11-03`, or with the time of day where that is known.
    pub(super) filed: String,
    /// Code of the stage it has reached, as far as history knows.
    pub(super) status: String,
    pub(super) role: Role,
    pub(super) listed: Option<Place>,
    /// Ids of the rules that rest on this group, for listed ones.
    pub(super) rules: Vec<String>,
}

/// Where an application comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Tonight's export.
    Tonight,
    /// An open one of before that was looked at again.
    Again,
    /// History: company.
    Past,
}

/// A place on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Whether it is the list of those that were looked at again.
    pub(super) again: bool,
    pub(super) rank: usize,
}

/// A key that members share.
#[derive(Debug)]
pub(super) struct Key {
    /// Names of its columns.
    pub(super) columns: Vec<String>,
    /// Their headings.
    pub(super) label: String,
    /// The value, masked. Fingerprints of texts say nothing to anybody and have none.
    pub(super) masked: String,
    /// The value in full.
    pub(super) full: String,
    /// Which members have it, ascending.
    pub(super) members: Vec<usize>,
}

impl Role {
    /// The word in files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tonight => "malam_ini",
            Self::Again => "dilihat_lagi",
            Self::Past => "riwayat",
        }
    }
}

impl Place {
    /// `rujukan 3`, `susulan 1`.
    pub(super) fn name(self) -> String {
        format!("{} {}", if self.again { "susulan" } else { "rujukan" }, self.rank)
    }
}

impl Member {
    /// Its number: in full where it is listed, since it must be found again.
    pub(super) fn number(&self, full: bool) -> String {
        if full || self.listed.is_some() { self.nomor.clone() } else { Mask::Number.apply(&self.nomor) }
    }

    /// Its applicant.
    pub(super) fn name(&self, full: bool) -> String {
        if full { self.nama.clone() } else { Mask::Name.apply(&self.nama) }
    }
}

impl Group {
    /// How many of its members are listed.
    pub(super) fn listed(&self) -> usize {
        self.members.iter().filter(|member| member.listed.is_some()).count()
    }

    /// The letters by which a key is called: `A` to `Z`, then `AA`.
    pub(super) fn letters(key: usize) -> String {
        let last = char::from(b'A' + u8::try_from(key % 26).unwrap_or_default());
        match key / 26 {
            0 => last.to_string(),
            more => format!("{}{last}", Self::letters(more - 1)),
        }
    }

    /// The keys that a member has, by their number.
    pub(super) fn keys_of(&self, member: usize) -> impl Iterator<Item = (usize, &Key)> {
        self.keys.iter().enumerate().filter(move |(_, key)| key.members.binary_search(&member).is_ok())
    }
}

/// What findings rest on, being put together.
#[derive(Debug, Default)]
struct Tied {
    rows: BTreeSet<u32>,
    keys: BTreeSet<Vec<String>>,
    /// Listed row and number of the rule.
    rests: BTreeSet<(u32, usize)>,
}

impl Tied {
    fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.keys.extend(other.keys);
        self.rests.extend(other.rests);
    }

    /// Whether at least half of the larger one is the same, and more than one application.
    fn is_nearly(&self, other: &Self) -> bool {
        let same = self.rows.intersection(&other.rows).count();
        same > 1 && same * 2 >= self.rows.len().max(other.rows.len())
    }
}

/// Gathers the groups behind the lists.
pub(super) fn gather(night: &Night, set: &RuleSet, lang: Lang) -> Result<Dossier> {
    let again = night.again.iter().flat_map(|again| &again.list).map(|again| &again.referral);
    let mut by_key: BTreeMap<Vec<String>, Tied> = BTreeMap::new();
    for referral in night.referrals.iter().chain(again) {
        for finding in &referral.findings {
            for evidence in finding.evidence.iter().filter(|evidence| evidence.rows.len() > 1) {
                let tied = by_key.entry(identity(evidence, referral.row, &night.frame)?).or_default();
                tied.join(Tied {
                    rows: evidence.rows.iter().copied().collect(),
                    keys: evidence.keys.iter().cloned().collect(),
                    rests: BTreeSet::from([(referral.row, finding.rule)]),
                });
            }
        }
    }
    let places = Listing::places(night);
    let describe = Described { night, set, lang, places: &places };
    let tied = joined(by_key.into_values().collect());
    let mut groups = tied.iter().map(|tied| describe.group(tied)).collect::<Result<Vec<Group>>>()?;
    let least = |group: &Group| group.members.iter().map(|member| member.nomor.clone()).min();
    groups.sort_by_cached_key(|group| {
        (std::cmp::Reverse(group.listed()), std::cmp::Reverse(group.members.len()), least(group))
    });
    Ok(Dossier { groups })
}

/// What tells groups apart: columns and values of a single key, or the source and its first application.
fn identity(evidence: &Evidence, row: u32, frame: &Frame) -> Result<Vec<String>> {
    match evidence.keys.as_slice() {
        [key] => key.iter().map(|column| Ok(format!("{column} {}", told(frame, column, row)?))).collect(),
        _ => Ok(vec![evidence.source.clone(), evidence.rows.first().map_or_else(String::new, ToString::to_string)]),
    }
}

/// A value for telling equal from unequal.
fn told(frame: &Frame, column: &str, row: u32) -> Result<String> {
    let row = row as usize;
    Ok(match frame.view(column)? {
        View::Text(view) => view.get(row).map_or_else(String::new, |text| format!("={text}")),
        View::Number(view) => view.get(row).map_or_else(String::new, |number| format!("={number}")),
        View::Bool(view) => view.get(row).map_or_else(String::new, |is| format!("={is}")),
    })
}

/// Joins what is nearly the same, and what is nearly the same as that. The result does not depend on the order.
fn joined(all: Vec<Tied>) -> Vec<Tied> {
    // Which sets have a row: only those can be nearly the same.
    let mut with: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, tied) in all.iter().enumerate() {
        tied.rows.iter().for_each(|row| with.entry(*row).or_default().push(at));
    }
    let mut home: Vec<usize> = (0..all.len()).collect();
    for (at, tied) in all.iter().enumerate() {
        let near: BTreeSet<usize> =
            tied.rows.iter().filter_map(|row| with.get(row)).flatten().copied().filter(|other| *other < at).collect();
        for other in near.into_iter().filter(|other| all.get(*other).is_some_and(|set| set.is_nearly(tied))) {
            let (from, to) = (home.get(at).copied(), home.get(other).copied());
            home.iter_mut().filter(|place| Some(**place) == from).for_each(|place| *place = to.unwrap_or(*place));
        }
    }
    let mut groups: BTreeMap<usize, Tied> = BTreeMap::new();
    for (place, tied) in home.into_iter().zip(all) {
        groups.entry(place).or_default().join(tied);
    }
    groups.into_values().collect()
}

/// What groups are put into words with.
struct Described<'a> {
    night: &'a Night,
    set: &'a RuleSet,
    lang: Lang,
    places: &'a BTreeMap<u32, Place>,
}

impl Described<'_> {
    fn group(&self, tied: &Tied) -> Result<Group> {
        let mut members =
            tied.rows.iter().map(|row| Ok((*row, self.member(*row, tied)?))).collect::<Result<Vec<_>>>()?;
        members.sort_by(|(_, a), (_, b)| (&a.filed, &a.nomor).cmp(&(&b.filed, &b.nomor)));
        let rows: Vec<u32> = members.iter().map(|(row, _)| *row).collect();
        let mut keys = Vec::new();
        for columns in &tied.keys {
            keys.extend(self.keys(columns, &rows)?);
        }
        keys.sort_by(|a, b| {
            let order = |key: &Key| (std::cmp::Reverse(key.members.len()), key.members.clone());
            order(a).cmp(&order(b)).then_with(|| (&a.label, &a.full).cmp(&(&b.label, &b.full)))
        });
        Ok(Group { members: members.into_iter().map(|(_, member)| member).collect(), keys })
    }

    fn member(&self, row: u32, tied: &Tied) -> Result<Member> {
        let frame = &self.night.frame;
        let at = row as usize;
        let text = |column: &str| match frame.has(column) {
            true => Ok(frame.text(column)?.get(at).unwrap_or_default().to_owned()),
            false => Ok(String::new()),
        };
        let time = frame.has(WAKTU_PERMOHONAN).then(|| frame.number(WAKTU_PERMOHONAN)).transpose()?;
        let time = time.and_then(|times| times.get(at)).and_then(calendar::time);
        let day = frame.number(TANGGAL_PERMOHONAN)?.get(at).and_then(calendar::date);
        let filed = time.map(|time| time.format("%Y-%m-%d %H:%M").to_string()).or(day.map(|day| day.to_string()));
        let role = match row {
            row if self.night.subjects.contains(&row) => Role::Tonight,
            row if self.night.again.as_ref().is_some_and(|again| again.rows.contains(&row)) => Role::Again,
            _ => Role::Past,
        };
        let rules: BTreeSet<&str> = tied
            .rests
            .iter()
            .filter(|(listed, _)| *listed == row)
            .filter_map(|(_, rule)| self.set.rules.get(*rule).map(|rule| rule.id.as_str()))
            .collect();
        Ok(Member {
            nomor: text(NOMOR_PERMOHONAN)?,
            nama: text(NAMA_LENGKAP)?,
            filed: filed.unwrap_or_default(),
            status: text(STATUS_PERMOHONAN)?,
            role,
            listed: self.places.get(&row).copied(),
            rules: rules.into_iter().map(str::to_owned).collect(),
        })
    }

    /// The values of a key that two or more rows share.
    fn keys(&self, columns: &[String], rows: &[u32]) -> Result<Vec<Key>> {
        let frame = &self.night.frame;
        let mut with: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (member, row) in rows.iter().enumerate() {
            let value: Vec<String> = columns.iter().map(|column| told(frame, column, *row)).collect::<Result<_>>()?;
            if value.iter().all(|part| !part.is_empty()) {
                with.entry(value).or_default().push(member);
            }
        }
        let shared = with.into_values().filter(|members| members.len() > 1);
        shared.map(|members| self.key(columns, rows, members)).collect()
    }

    fn key(&self, columns: &[String], rows: &[u32], members: Vec<usize>) -> Result<Key> {
        let row = members.first().and_then(|first| rows.get(*first)).copied();
        let row = row.ok_or_else(|| Error::internal("a key without an application"))?;
        let (mut labels, mut masked, mut full) = (Vec::new(), Vec::new(), Vec::new());
        for column in columns {
            let info = self.set.catalog.get(column).ok_or_else(|| Error::internal("a key without a description"))?;
            labels.push(match self.lang {
                Lang::Id => info.label_id.clone(),
                Lang::En => info.label_en.clone(),
            });
            if column.ends_with(".sidik") {
                continue;
            }
            let value = value_of(&self.night.frame, column, info.ty, row as usize)?;
            full.push(self.lang.value(&value, info.ty));
            masked.push(match &value {
                Value::Text(text) if info.mask != Mask::Open => info.mask.apply(text),
                value => self.lang.value(value, info.ty),
            });
        }
        let join = |parts: Vec<String>| parts.join(" · ");
        Ok(Key {
            columns: columns.to_vec(),
            label: labels.join(" + "),
            masked: join(masked),
            full: join(full),
            members,
        })
    }
}

impl Dossier {
    /// One row a member and key: number of the group, member, key; nothing for a member that shares no key with another,
    /// being tied by what the key stands for.
    pub(super) fn links(&self) -> impl Iterator<Item = (usize, &Member, Option<&Key>)> {
        self.groups.iter().enumerate().flat_map(|(number, group)| {
            group.members.iter().enumerate().flat_map(move |(at, member)| {
                let mut keys = group.keys_of(at).map(|(_, key)| key).peekable();
                let alone = keys.peek().is_none().then_some(None);
                keys.map(Some).chain(alone).map(move |key| (number + 1, member, key))
            })
        })
    }
}

/// The stage of an application as an officer reads it.
pub(super) fn stage(member: &Member, lang: Lang) -> String {
    match member.status.as_str() {
        "" => String::new(),
        status => lang.value(&Value::Text(status.to_owned()), Type::Code(tables::STATUS_PERMOHONAN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(rows: &[u32]) -> Tied {
        Tied { rows: rows.iter().copied().collect(), ..Tied::default() }
    }

    #[test]
    fn what_is_nearly_the_same_is_one_group_and_a_crowd_stays_apart() {
        let crowd: Vec<u32> = (2..40).collect();
        let groups = joined(vec![tied(&[1, 2, 3]), tied(&crowd), tied(&[3, 4, 5, 50]), tied(&[2, 3, 4])]);
        let mut rows: Vec<Vec<u32>> = groups.iter().map(|g| g.rows.iter().copied().collect()).collect();
        rows.sort();
        assert_eq!(rows, [vec![1, 2, 3, 4, 5, 50], crowd]);
        let shuffled = joined(vec![tied(&[3, 4, 5, 50]), tied(&[2, 3, 4]), tied(&[1, 2, 3])]);
        assert_eq!(shuffled.len(), 1, "whatever comes first");
    }
}
