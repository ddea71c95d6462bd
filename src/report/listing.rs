//! The referral list as lines of values: what every form of the list is written from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::dossier::Place;
use crate::calendar;
use crate::columns::Evidence;
use crate::expr::Value;
use crate::history::Listed;
use crate::night::Night;
use crate::rules::{Class, Rule, RuleSet};
use crate::schema::Mask;
use crate::schema::columns::{
    self, JADWAL_LAYANAN, JENIS_PASPOR, JENIS_PERMOHONAN, KODE_KANIM, MAKSUD_PERJALANAN, NAMA_LENGKAP, NEGARA_TUJUAN,
    NIK, NOMOR_PERMOHONAN, TANGGAL_LAHIR, TANGGAL_PERMOHONAN, TELEPON, UNIT_LAYANAN,
};
use crate::screening::{self, Band, Finding, Part, Referral, render, summand, value_of};
use crate::words::{Lang, Word};
use crate::{Error, Result};

/// The columns of an application that the list shows, besides its number: enough to find and to call the applicant.
pub const SHOWN: &[&str] = &[
    NAMA_LENGKAP,
    NIK,
    TANGGAL_LAHIR,
    TELEPON,
    TANGGAL_PERMOHONAN,
    KODE_KANIM,
    UNIT_LAYANAN,
    JADWAL_LAYANAN,
    JENIS_PERMOHONAN,
    JENIS_PASPOR,
    MAKSUD_PERJALANAN,
    NEGARA_TUJUAN,
];

/// The referral list, ready to be written.
#[derive(Debug)]
pub(super) struct Listing {
    /// In the order of the list.
    pub(super) lines: Vec<Line>,
    /// Applications of before, in the order of their own list; nothing where none are looked at again.
    pub(super) again: Option<Vec<Again>>,
}

/// An application of before that is listed tonight.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) line: Line,
    pub(super) since: Since,
}

/// What changed since an application was judged.
#[derive(Debug)]
pub(super) struct Since {
    /// The night it is compared with.
    pub(super) on: NaiveDate,
    /// Whether it was listed then.
    pub(super) listed: bool,
    pub(super) points_before: i64,
    pub(super) points_now: i64,
    /// Ids of rules that fire now and did not.
    pub(super) new: Vec<String>,
    /// Ids of rules that weigh more now.
    pub(super) heavier: Vec<String>,
    /// Numbers of the applications that came since and made it so.
    pub(super) because: Vec<String>,
}

/// One application of the list.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) rank: usize,
    pub(super) band: Band,
    pub(super) nomor: String,
    pub(super) score: i64,
    /// The score taken apart: family by family.
    pub(super) parts: Vec<PartText>,
    /// One entry for each of [`SHOWN`].
    pub(super) values: Vec<Shown>,
    pub(super) findings: Vec<FindingText>,
    /// What to say where no finding speaks: the same words for everybody.
    pub(super) general: General,
}

/// Reason and question for an application without findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct General {
    pub(super) reason: &'static str,
    pub(super) question: &'static str,
}

/// A value of the application.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) column: &'static columns::Column,
    pub(super) value: Value,
}

/// A finding in words.
#[derive(Debug)]
pub(super) struct FindingText {
    pub(super) rule: String,
    pub(super) version: i64,
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) points: i64,
    /// With values masked that identify a person.
    pub(super) reason: String,
    /// With values in full.
    pub(super) reason_full: String,
    pub(super) question: String,
    pub(super) basis: Vec<String>,
    pub(super) honest: Vec<String>,
    pub(super) linked: Vec<Link>,
}

/// Other applications behind a finding.
#[derive(Debug)]
pub(super) struct Link {
    /// The group or network that tied them.
    pub(super) source: String,
    /// Their numbers, ascending, the application itself left out.
    pub(super) numbers: Vec<String>,
    /// What they share, masked.
    pub(super) shared: Vec<(String, String)>,
    /// The same for the workbook: by the columns' headings, in full.
    pub(super) shared_full: Vec<(String, String)>,
    /// First and last day among them.
    pub(super) between: Option<(String, String)>,
}

/// What a family adds to the score, in words.
#[derive(Debug)]
pub(super) struct PartText {
    pub(super) family: char,
    pub(super) title: String,
    pub(super) points: i64,
    /// Rule id or the limit that cut, and the points.
    pub(super) leaves: Vec<(String, i64)>,
}

impl Shown {
    /// As an officer reads it.
    pub(super) fn display(&self, lang: Lang, full: bool) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::Text(text) if !full && self.column.mask != Mask::Open => self.column.mask.apply(text),
            value if full => lang.value(value, self.column.ty),
            Value::Date(_) | Value::Time(_) if self.column.mask != Mask::Open => {
                self.column.mask.apply(&lang.value(&self.value, self.column.ty))
            }
            value => lang.value(value, self.column.ty),
        }
    }

    /// As in a canonical file: codes as codes, dates as 2025-11-03.
    pub(super) fn raw(&self, full: bool) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::Text(text) if full => text.clone(),
            Value::Text(text) => self.column.mask.apply(text),
            Value::Int(n) => n.to_string(),
            Value::Bool(b) => b.to_string(),
            Value::Date(days) => {
                let text = calendar::date(*days).map_or_else(String::new, |d| d.to_string());
                if full { text } else { self.column.mask.apply(&text) }
            }
            Value::Time(millis) => calendar::time(*millis).map_or_else(String::new, |t| t.to_string()),
        }
    }
}

impl Line {
    /// The ids of its findings, joined by `;`.
    pub(super) fn rules(&self) -> String {
        self.findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>().join(";")
    }

    /// Its reasons, heaviest first. What speaks for an applicant is no reason to be asked: it stands among the findings.
    pub(super) fn reasons(&self, full: bool) -> Vec<&str> {
        let against = self.findings.iter().filter(|f| f.class != Class::M.letter());
        let reasons: Vec<&str> = against.map(|f| if full { f.reason_full.as_str() } else { &f.reason }).collect();
        if reasons.is_empty() { vec![self.general.reason] } else { reasons }
    }

    /// Its questions, each once.
    pub(super) fn questions(&self) -> Vec<&str> {
        let mut questions: Vec<&str> = Vec::new();
        for finding in self.findings.iter().filter(|f| !f.question.is_empty()) {
            if !questions.contains(&finding.question.as_str()) {
                questions.push(&finding.question);
            }
        }
        if questions.is_empty() {
            questions.push(self.general.question);
        }
        questions
    }
}

impl Listing {
    /// Puts the list of a night into words.
    pub(super) fn of(night: &Night, set: &RuleSet, lang: Lang) -> Result<Self> {
        let lines = night.referrals.iter().map(|referral| line(referral, night, set, lang));
        let of_again = |one: &screening::Again| {
            Ok(Again { line: line(&one.referral, night, set, lang)?, since: since(one, night, set)? })
        };
        let again = night.again.as_ref().map(|again| again.list.iter().map(of_again).collect::<Result<_>>());
        Ok(Self { lines: lines.collect::<Result<_>>()?, again: again.transpose()? })
    }

    /// Where the rows of a night are listed.
    pub(super) fn places(night: &Night) -> BTreeMap<u32, Place> {
        let tonight = night.referrals.iter().map(|r| (r.row, Place { again: false, rank: r.rank }));
        let again = night.again.iter().flat_map(|again| &again.list).map(|again| &again.referral);
        tonight.chain(again.map(|r| (r.row, Place { again: true, rank: r.rank }))).collect()
    }
}

fn since(again: &screening::Again, night: &Night, set: &RuleSet) -> Result<Since> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let ids = |fired_then: bool| {
        let changes = again.changes.iter().filter(move |change| change.before.is_some() == fired_then);
        changes.filter_map(|change| set.rules.get(change.rule).map(|rule| rule.id.to_string())).collect()
    };
    Ok(Since {
        on: again.before.on,
        listed: again.before.listed != Listed::No,
        points_before: again.before.points,
        points_now: again.referral.score.total,
        new: ids(false),
        heavier: ids(true),
        because: again.causes.iter().filter_map(|row| numbers.get(*row as usize).map(str::to_owned)).collect(),
    })
}

/// How many of the applications that came since are named in a sentence.
const NAMED: usize = 5;

impl Since {
    /// The numbers of the applications that made it so, for machines.
    pub(super) fn because(&self, full: bool) -> Vec<String> {
        self.because.iter().map(|number| if full { number.clone() } else { Mask::Number.apply(number) }).collect()
    }

    /// What changed, as an officer reads it.
    pub(super) fn parts(&self, lang: Lang, full: bool) -> Vec<String> {
        let then = if self.listed { Word::SinceListed } else { Word::SinceUnlisted };
        let points = lang.word(Word::PointsThenNow).replace("{before}", &lang.number(self.points_before));
        let mut parts = vec![
            lang.word(then).replace("{date}", &lang.date(self.on)),
            points.replace("{now}", &lang.number(self.points_now)),
        ];
        for (word, rules) in [(Word::NewlyFiring, &self.new), (Word::NowHeavier, &self.heavier)] {
            if !rules.is_empty() {
                parts.push(lang.word(word).replace("{rules}", &rules.join(", ")));
            }
        }
        let mut numbers = self.because(full);
        let more = numbers.len().saturating_sub(NAMED);
        numbers.truncate(NAMED);
        let mut numbers = numbers.join(", ");
        if more > 0 {
            numbers = format!("{numbers} {}", lang.word(Word::AndMore).replace("{n}", &more.to_string()));
        }
        parts.push(lang.word(Word::BecauseOf).replace("{numbers}", &numbers));
        parts
    }
}

fn line(referral: &Referral, night: &Night, set: &RuleSet, lang: Lang) -> Result<Line> {
    let row = referral.row as usize;
    let shown = |name: &&str| {
        let column = columns::by_name(name).ok_or_else(|| Error::internal("a column of the list is unknown"))?;
        Ok(Shown { column, value: value_of(&night.frame, name, column.ty, row)? })
    };
    let findings = referral.findings.iter().map(|f| finding(f, row, night, set, lang));
    Ok(Line {
        rank: referral.rank,
        band: referral.band,
        nomor: referral.nomor_permohonan.clone(),
        score: referral.score.total,
        parts: referral.score.parts.iter().map(|part| part_text(part, night, set, lang)).collect(),
        values: SHOWN.iter().map(shown).collect::<Result<_>>()?,
        findings: findings.collect::<Result<_>>()?,
        general: General { reason: lang.word(Word::GeneralReason), question: lang.word(Word::GeneralQuestion) },
    })
}

fn finding(finding: &Finding, row: usize, night: &Night, set: &RuleSet, lang: Lang) -> Result<FindingText> {
    let rule = set.rules.get(finding.rule).ok_or_else(|| Error::internal("finding of an unknown rule"))?;
    let of = |full| reason(rule, finding.hit.outcome, row, night, lang, full);
    let (reason, reason_full) = (of(false)?, of(true)?);
    let linked = finding.evidence.iter().map(|e| link(e, row, night, set, lang));
    Ok(FindingText {
        rule: rule.id.to_string(),
        version: rule.version,
        class: rule.class.letter(),
        title: rule.title_in(lang).to_owned(),
        points: finding.hit.points,
        reason,
        reason_full,
        question: rule.question_in(lang).to_owned(),
        basis: rule.basis.clone(),
        honest: rule.false_positives.clone(),
        linked: linked.collect::<Result<Vec<_>>>()?.into_iter().filter(|l| !l.numbers.is_empty()).collect(),
    })
}

/// The reason of an outcome with the values of a row.
pub(super) fn reason(rule: &Rule, outcome: u32, row: usize, night: &Night, lang: Lang, full: bool) -> Result<String> {
    let outcome =
        rule.outcomes.get(outcome as usize).ok_or_else(|| Error::internal("an unknown outcome was reached"))?;
    render(outcome.reason_in(lang), &night.frame, &night.witnesses, row, lang, full)
}

fn link(evidence: &Evidence, row: usize, night: &Night, set: &RuleSet, lang: Lang) -> Result<Link> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let mut others: Vec<String> = evidence
        .rows
        .iter()
        .filter(|other| **other as usize != row)
        .filter_map(|other| numbers.get(*other as usize).map(str::to_owned))
        .collect();
    others.sort_unstable();
    let day = |millis: i64| calendar::time(millis).map_or_else(String::new, |t| t.date().to_string());
    Ok(Link {
        source: evidence.source.clone(),
        numbers: others,
        shared: evidence.shared.clone(),
        shared_full: evidence
            .shared
            .iter()
            .filter_map(|(column, masked)| in_full(column, masked, row, night, set, lang))
            .collect(),
        between: evidence.between.map(|(first, last)| (day(first), day(last))),
    })
}

/// A shared value as an officer reads it: the heading of its column, and the value in full where it is the application's own.
/// Fingerprints of texts say nothing to anybody and are left out.
fn in_full(
    column: &str,
    masked: &str,
    row: usize,
    night: &Night,
    set: &RuleSet,
    lang: Lang,
) -> Option<(String, String)> {
    let Some(info) = set.catalog.get(column) else { return Some((column.to_owned(), masked.to_owned())) };
    if column.ends_with(".sidik") {
        return None;
    }
    let heading = match lang {
        Lang::Id => info.label_id.clone(),
        Lang::En => info.label_en.clone(),
    };
    let own = value_of(&night.frame, column, info.ty, row).ok();
    let value = match own {
        Some(Value::Text(text)) if info.mask.apply(&text) == masked => lang.value(&Value::Text(text), info.ty),
        _ => masked.to_owned(),
    };
    Some((heading, value))
}

fn part_text(part: &Part, night: &Night, set: &RuleSet, lang: Lang) -> PartText {
    let title = set.families.get(&part.family).map_or(String::new(), |(id, en)| match lang {
        Lang::Id => id.clone(),
        Lang::En => en.clone(),
    });
    let leaves = part.leaves.iter().map(|leaf| (summand(leaf, &night.plan, set, lang), leaf.points)).collect();
    PartText { family: part.family, title, points: part.points, leaves }
}

/// The heading of a column in a language.
pub(super) fn heading(column: &columns::Column, lang: Lang) -> &'static str {
    match lang {
        Lang::Id => column.label_id,
        Lang::En => column.label_en,
    }
}
