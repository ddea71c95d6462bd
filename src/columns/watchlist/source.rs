//! The maker of a list's columns.

use super::catalogue::of_kind;
use super::grade::{Facts, Found, Grade};
use super::loaded::{Finder, Loaded};
use super::{exact, institutions, people, prefix, tell};
use crate::Result;
use crate::columns::derived::Cx;
use crate::columns::nearest::{Nearest, NearestEntry};
use crate::columns::source::{Lists, Reach, Source, Witness};
use crate::frame::{Builder, Frame, View};
use crate::lists::{Entry, Field, Kind, ListSpec, Role, Suppressed, pair_code};
use crate::matching::Level;
use crate::schema::columns::TANGGAL_PERMOHONAN;
use crate::words::Lang;

/// A list for one role, ready to be compared.
#[derive(Debug)]
pub struct WatchlistSource {
    spec: ListSpec,
    role: Role,
    name: String,
    made: Vec<String>,
    reads: Vec<String>,
}

impl WatchlistSource {
    /// The sources of a list, one for each role.
    pub fn of(spec: &ListSpec) -> impl Iterator<Item = Self> {
        spec.roles.iter().map(|role| {
            let name = prefix(&spec.name, *role);
            let reads = match spec.kind {
                Kind::People => people::reads(*role).iter().map(|c| (*c).to_owned()).collect(),
                Kind::Institutions => institutions::READS.iter().map(|c| (*c).to_owned()).collect(),
                Kind::Contacts | Kind::Documents | Kind::Keys => exact::reads(spec, *role),
            };
            let made = of_kind(spec.kind).map(|(column, _)| format!("{name}.{column}")).collect();
            Self { spec: spec.clone(), role: *role, name, made, reads }
        })
    }

    /// Whether an application can have nobody and nothing of what is compared. Every applicant has a name, and a sponsor
    /// who must be on an official list must be named.
    fn may_be_nobody(&self) -> bool {
        match self.spec.kind {
            Kind::People => self.role != Role::Pemohon,
            Kind::Institutions => false,
            Kind::Contacts | Kind::Documents | Kind::Keys => true,
        }
    }

    fn find(&self, list: &Loaded, frame: &Frame) -> Result<Vec<Option<Vec<Found>>>> {
        match &list.finder {
            Finder::People(people) => people.find(self.role, frame, &list.entries),
            Finder::Institutions(institutions) => institutions.find(frame),
            Finder::Exact(exact) => exact.find(self.role, frame),
        }
    }

    /// The entry that speaks for a row, with how surely it does on the day of the application.
    fn chosen<'l>(&self, row: &Row<'_>, found: &[Found], list: &'l Loaded, aside: &Suppressed) -> Option<Chosen<'l>> {
        let graded = found.iter().filter_map(|found| {
            let entry = list.entries.get(found.entry as usize)?;
            let counts = row.day.is_some_and(|day| entry.counts_on(day));
            let pair =
                pair_code(&self.spec.name, entry.values().map(|(_, text)| text), row.values.iter().map(String::as_str));
            let set_aside = row.day.and_then(|day| aside.get(&pair, day));
            let grade = match found.grade {
                grade if grade.is_hit() && set_aside.is_some() => Grade::Suppressed,
                grade if grade.is_hit() && !counts => Grade::Expired,
                grade => grade,
            };
            Some(Chosen {
                grade,
                found: found.clone(),
                entry,
                evidence: [Lang::Id, Lang::En].map(|lang| tell::evidence(found, entry, grade, &pair, set_aside, lang)),
                pair,
            })
        });
        // Of equals one under sanction goes before one that is not, then the first of the file.
        graded.max_by_key(|chosen| {
            let sanctioned = chosen.entry.one(Field::STATUS).is_some_and(|status| status != "aktif");
            (chosen.grade, chosen.found.points, sanctioned, std::cmp::Reverse(chosen.found.entry))
        })
    }
}

/// What of an application is compared.
struct Row<'a> {
    day: Option<i64>,
    values: &'a [String],
}

/// The entry that speaks for a row.
struct Chosen<'l> {
    grade: Grade,
    found: Found,
    entry: &'l Entry,
    pair: String,
    evidence: [String; 2],
}

impl Source for WatchlistSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn makes(&self) -> Vec<&str> {
        self.made.iter().map(String::as_str).collect()
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        self.reads.iter().map(String::as_str).chain([TANGGAL_PERMOHONAN]).collect()
    }

    fn reach(&self) -> Reach {
        Reach::Row
    }

    fn nearest(&self, frame: &Frame, row: u32, _: Lists<'_, '_>) -> Result<Option<Nearest>> {
        let text = |column: &str| -> Result<Option<String>> {
            let column = format!("{}.{column}", self.name);
            if frame.is_absent(&column) {
                Ok(None)
            } else {
                Ok(frame.text(&column)?.get(row as usize).map(str::to_owned))
            }
        };
        let Some(level) = text("level")? else {
            return Ok(Some(Nearest::Entry(NearestEntry { level: None, points: None, next: None })));
        };
        let counts =
            self.spec.kind == Kind::People && Level::of_code(&level).is_some_and(|level| level >= Level::Possible);
        let points = if counts { frame.number(&format!("{}.score", self.name))?.get(row as usize) } else { None };
        let settings = people::settings(&self.spec);
        let next = points.and_then(|points| {
            let above = [Level::Possible, Level::Strong, Level::Exact].into_iter();
            let mut missing =
                above.map(|level| (level.code(), i64::from(settings.level.least(level)) / 1_000 - points));
            missing.find(|(_, missing)| *missing > 0)
        });
        Ok(Some(Nearest::Entry(NearestEntry { level: Some(level), points, next })))
    }

    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let columns = of_kind(self.spec.kind).zip(&self.made).filter(|(_, made)| wanted(made));
        let Some(list) = cx.lists.get(&self.spec.name) else {
            // Nobody brought the list: whoever asks cannot be answered.
            for ((_, ty), made) in columns {
                frame.add_absent(made, ty)?;
            }
            return Ok(None);
        };
        let found = self.find(list, frame)?;
        // An application without a companion has nobody on any list; one whose export lacks companions may have.
        let blind = self.reads.iter().all(|column| frame.is_absent(column));
        let nobody = !blind && self.may_be_nobody();
        let days = frame.number(TANGGAL_PERMOHONAN)?;
        let views: Vec<View<'_>> = self.reads.iter().map(|c| frame.view(c)).collect::<Result<_>>()?;
        let mut builders: Vec<(&str, Builder, &String)> =
            columns.map(|((column, ty), made)| (column, Builder::new(ty, frame.rows()), made)).collect();
        for (row, found) in found.iter().enumerate() {
            let chosen = match found.as_deref() {
                None | Some([]) => None,
                Some(found) => {
                    let values: Vec<String> = views.iter().map(|view| shown(view, row)).collect();
                    self.chosen(&Row { day: days.get(row), values: &values }, found, list, cx.lists.suppressed())
                }
            };
            for (column, builder, _) in &mut builders {
                match found {
                    None if !nobody => builder.push_null(),
                    _ => self.push(column, chosen.as_ref(), builder),
                }
            }
        }
        let finished: Vec<_> = builders.into_iter().map(|(_, builder, made)| builder.finish(made)).collect();
        finished.into_iter().try_for_each(|series| frame.add(series))?;
        Ok(None)
    }
}

/// A value of a row as text, for the code of its pair.
fn shown(view: &View<'_>, row: usize) -> String {
    match view {
        View::Text(view) => view.get(row).unwrap_or_default().to_owned(),
        View::Number(view) => view.get(row).map_or_else(String::new, |n| n.to_string()),
        View::Bool(view) => view.get(row).map_or_else(String::new, |b| b.to_string()),
    }
}

impl WatchlistSource {
    fn push(&self, column: &str, chosen: Option<&Chosen<'_>>, builder: &mut Builder) {
        let grade = chosen.map_or(Grade::None, |c| c.grade);
        let says = grade.is_hit() || grade == Grade::NameOnly;
        let facts = chosen.filter(|_| says).map_or(Facts::NONE, |c| c.found.facts);
        let told = chosen.filter(|_| grade != Grade::None);
        match column {
            "level" => builder.push_text(Some(grade.code())),
            "score" => builder.push_number(Some(chosen.filter(|_| grade.is_hit()).map_or(0, |c| c.found.points))),
            "hit" => builder.push_bool(Some(grade.is_hit())),
            "number" => builder.push_text(Some(facts.number)),
            "name" => builder.push_number(Some(facts.name)),
            "born" => builder.push_text(Some(facts.born)),
            "status" => builder.push_text(told.map(|c| c.entry.one(Field::STATUS).unwrap_or("aktif"))),
            "entry" => builder.push_text(told.map(|c| c.entry.shown_id()).as_deref()),
            "list" => builder.push_text(told.map(|c| tell::list_of(&self.spec, c.entry)).as_deref()),
            "until" => builder.push_number(told.and_then(|c| c.entry.to).map(i64::from)),
            "pair" => builder.push_text(told.map(|c| c.pair.as_str())),
            "evidence" => builder.push_text(told.and_then(|c| c.evidence.first()).map(String::as_str)),
            "evidence_en" => builder.push_text(told.and_then(|c| c.evidence.last()).map(String::as_str)),
            _ => builder.push_null(),
        }
    }
}
