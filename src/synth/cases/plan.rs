//! Which stories an office has, how many people each, and on which working days they come.

use super::super::days::Workdays;
use super::super::dice::{Dice, Subject};
use super::super::plan::{ALL_KINDS_FROM, Plan};
use super::{Case, STORIES, Spread, Story};

/// Every case of a plan with its days.
pub(in crate::synth) fn plan(plan: &Plan, workdays: &Workdays) -> Vec<Case> {
    let mut diary = Diary::new(workdays);
    let mut cases = Vec::new();
    let mut bodies = 0;
    for (story, size, round) in sizes(plan, workdays) {
        let number = cases.len() as u64;
        let mut dice = Dice::new(plan.seed, Subject::CaseDays, number);
        if let Some(days) = diary.book(&mut dice, story, size, round == 0) {
            cases.push(Case { story, number, size, days, first_body: bodies });
            bodies += u64::from(size);
        }
    }
    cases
}

/// The cases to be booked: story, size, and the how manieth of its story it is. First one of every story, so that each
/// finds room, then the second of every story, and so on.
fn sizes(plan: &Plan, workdays: &Workdays) -> Vec<(&'static Story, u32, usize)> {
    let mut dice = Dice::new(plan.seed, Subject::CaseSizes, 0);
    let planted = plan.applications * u64::from(plan.planted_rate) / 100_000;
    let least: u64 = STORIES.iter().filter(|s| s.planted).map(|s| planted_in(s, s.sizes.0)).sum();
    let spare = planted.saturating_sub(least);
    let mut wanted: Vec<(usize, usize, u32)> = Vec::new();
    let mut room = plan.applications / 50;
    // What a story cannot use of its part goes to the next one; the last ones have one person and use it all.
    let (mut left, mut shares, mut given) = (0, 0, 0);
    let all_shares: u64 = STORIES.iter().filter(|s| s.planted).map(|s| u64::from(s.share)).sum();
    for (at, story) in STORIES.iter().enumerate() {
        if !fits(plan, workdays, story, &mut room) {
            continue;
        }
        let sizes = if story.planted {
            shares += u64::from(story.share);
            let due = spare * shares / all_shares;
            left += due - given;
            given = due;
            planted_sizes(&mut dice, story, &mut left)
        } else {
            innocent_sizes(&mut dice, story, plan.applications * u64::from(story.share) / 100_000)
        };
        let most = if story.spread == Spread::OneDay { at_once(plan, workdays) } else { u32::MAX };
        wanted.extend(sizes.into_iter().enumerate().map(|(round, size)| (round, at, size.min(most))));
    }
    wanted.sort_by_key(|(round, at, _)| (*round, *at));
    wanted.into_iter().filter_map(|(round, at, size)| STORIES.get(at).map(|story| (story, size, round))).collect()
}

/// How many people of one group may come on one day: half of an average one.
fn at_once(plan: &Plan, workdays: &Workdays) -> u32 {
    u32::try_from(plan.applications / (2 * workdays.len() as u64)).unwrap_or(u32::MAX)
}

/// Whether a story has a place in the plan. From [`ALL_KINDS_FROM`] applications every story has, as long as the history
/// is long enough for it; smaller plans take what fits into a fiftieth of their applications.
fn fits(plan: &Plan, workdays: &Workdays, story: &Story, room: &mut u64) -> bool {
    if let Spread::Apart(days) = story.spread
        && !story.planted
        && workdays.len() <= days
    {
        return false;
    }
    if story.spread == Spread::OneDay && at_once(plan, workdays) < 3 {
        return false;
    }
    if plan.applications >= ALL_KINDS_FROM {
        return true;
    }
    let least = u64::from(story.sizes.0);
    let fits = least <= *room;
    *room -= if fits { least } else { 0 };
    fits
}

/// How many of `size` people are planted: of two files of one person or one NIK only the second.
fn planted_in(story: &Story, size: u32) -> u64 {
    let involved = matches!(story.spread, Spread::Apart(_));
    u64::from(if involved { size - 1 } else { size })
}

/// One case of the least size, then more with what is left; the remainder lets the last one grow.
fn planted_sizes(dice: &mut Dice, story: &Story, spare: &mut u64) -> Vec<u32> {
    let (least, most) = story.sizes;
    let mut sizes = vec![least];
    while *spare >= planted_in(story, least) {
        let drawn = draw_size(dice, story);
        let size = if planted_in(story, drawn) > *spare { least } else { drawn };
        *spare -= planted_in(story, size);
        sizes.push(size);
    }
    for size in &mut sizes {
        let grow = (*spare).min(u64::from(most - *size));
        *size += u32::try_from(grow).unwrap_or(0);
        *spare -= grow;
    }
    sizes
}

fn innocent_sizes(dice: &mut Dice, story: &Story, rows: u64) -> Vec<u32> {
    let mut sizes = vec![draw_size(dice, story)];
    let mut left = rows.saturating_sub(u64::from(sizes.iter().sum::<u32>()));
    while left >= u64::from(story.sizes.0) {
        let size = draw_size(dice, story).min(u32::try_from(left).unwrap_or(u32::MAX));
        left -= u64::from(size);
        sizes.push(size);
    }
    sizes
}

fn draw_size(dice: &mut Dice, story: &Story) -> u32 {
    let (least, most) = story.sizes;
    // The smaller of two throws: small groups are more common than large ones.
    let throw = |dice: &mut Dice| dice.between(i64::from(least)..=i64::from(most));
    u32::try_from(throw(dice).min(throw(dice))).unwrap_or(least)
}

/// How full each working day is with people of cases.
struct Diary<'a> {
    workdays: &'a Workdays,
    booked: Vec<u64>,
    /// Tonight's room for planted people and for people of innocent groups.
    tonight: (u64, u64),
}

impl<'a> Diary<'a> {
    fn new(workdays: &'a Workdays) -> Self {
        let quota = workdays.quota(workdays.tonight());
        let all = if workdays.len() == 1 { quota } else { 0 };
        let tonight = ((quota * 3 / 100).max(3).max(all), (quota * 30 / 100).max(all));
        Self { workdays, booked: vec![0; workdays.len()], tonight }
    }

    /// The days of a case, ascending; `None` where the calendar has no room for it. The first case of each story ends
    /// tonight as long as tonight has room, so that there is something to find; only part of it comes tonight.
    fn book(&mut self, dice: &mut Dice, story: &Story, size: u32, first: bool) -> Option<Vec<usize>> {
        let tonight = self.workdays.tonight();
        let wish = if first || dice.chance(60) { self.tonight_part(dice, story, size) } else { 0 };
        let mut days = Vec::with_capacity(size as usize);
        let before = size - wish;
        if before > 0 {
            let end = if wish > 0 || tonight == 0 { tonight } else { 1 + dice.index(tonight) };
            self.book_before(dice, story, before, end, &mut days)?;
        }
        days.extend((0..wish).map(|_| tonight));
        days.sort_unstable();
        for day in &days {
            if let Some(booked) = self.booked.get_mut(*day) {
                *booked += 1;
            }
        }
        let used = u64::from(wish);
        let room = if story.planted { &mut self.tonight.0 } else { &mut self.tonight.1 };
        *room = room.saturating_sub(used);
        Some(days)
    }

    /// How many of a case come tonight.
    fn tonight_part(&self, dice: &mut Dice, story: &Story, size: u32) -> u32 {
        let room = if story.planted { self.tonight.0 } else { self.tonight.1 };
        let free = self.workdays.quota(self.workdays.tonight()).saturating_sub(self.taken(self.workdays.tonight()));
        let room = u32::try_from(room.min(free)).unwrap_or(u32::MAX);
        let part = match story.spread {
            _ if self.workdays.len() == 1 => size,
            Spread::OneDay => size,
            Spread::Apart(_) => 1,
            Spread::Within(_) | Spread::Anytime => (size / 4).clamp(1, 1 + u32::from(dice.chance(400))),
        };
        match story.spread {
            Spread::OneDay if part > room => 0,
            _ if self.workdays.len() == 1 && part > room => 0,
            _ => part.min(room),
        }
    }

    /// Books people on days before `end`, within the spread of the story.
    fn book_before(
        &self,
        dice: &mut Dice,
        story: &Story,
        people: u32,
        end: usize,
        days: &mut Vec<usize>,
    ) -> Option<()> {
        let tonight = self.workdays.tonight();
        let last = if tonight == 0 { 0 } else { end.min(tonight).checked_sub(1)? };
        let mut taken = vec![];
        match story.spread {
            Spread::OneDay => {
                let day = self.free_day(dice.index(last + 1), last, u64::from(people), &taken)?;
                days.extend((0..people).map(|_| day));
            }
            Spread::Apart(gap) => self.book_apart(dice, people, last, gap, end, days)?,
            Spread::Within(_) | Spread::Anytime => {
                let span = if let Spread::Within(span) = story.spread { span } else { self.workdays.len() };
                let last = if end == tonight { last } else { last.max(span.min(tonight.saturating_sub(1))) };
                let from = last.saturating_sub(span);
                for _ in 0..people {
                    let day = self.free_day(from + dice.index(last - from + 1), last, 1, &taken)?;
                    taken.push(day);
                    days.push(day);
                }
            }
        }
        Some(())
    }

    /// Two files of one person: the second on `last` or tonight, the first at least `gap` days before.
    fn book_apart(
        &self,
        dice: &mut Dice,
        people: u32,
        last: usize,
        gap: usize,
        end: usize,
        days: &mut Vec<usize>,
    ) -> Option<()> {
        let tonight = self.workdays.tonight();
        let second = if people == 1 { end } else { last.max(gap.min(tonight.saturating_sub(1))) };
        let gap = gap.min(second);
        let latest = second - gap;
        let reach = latest.min(180);
        let first = self.free_day(latest - dice.index(reach + 1), latest, 1, &[])?;
        days.push(first);
        if people > 1 {
            days.push(self.free_day(second, tonight.saturating_sub(1).max(second), 1, &[first])?);
        }
        Some(())
    }

    fn taken(&self, day: usize) -> u64 {
        self.booked.get(day).copied().unwrap_or(0)
    }

    /// The day itself, or the nearest one up to `last` with room for so many more people; families keep a third of it.
    fn free_day(&self, wish: usize, last: usize, people: u64, taken: &[usize]) -> Option<usize> {
        let room = |day: usize| {
            let pending = taken.iter().filter(|t| **t == day).count() as u64;
            self.taken(day) + pending + people <= (self.workdays.quota(day) * 2).div_ceil(3)
        };
        let backward = (0..=wish).rev();
        (wish..=last).chain(backward).find(|day| room(*day))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;

    fn cases(applications: u64, history: u32) -> (Vec<Case>, Workdays) {
        let plan_ = Plan::new(applications, history, 11, NaiveDate::from_ymd_opt(2026, 11, 2).unwrap());
        let workdays = Workdays::new(plan_.as_of, history, applications);
        (plan(&plan_, &workdays), workdays)
    }

    #[test]
    fn days_lie_in_the_calendar_in_order_and_never_overfill_one() {
        for (applications, history) in [(50, 0), (300, 20), (2_000, 120), (20_000, 200), (5_000, 0), (3_000, 900)] {
            let (cases, workdays) = cases(applications, history);
            let mut booked: BTreeMap<usize, u64> = BTreeMap::new();
            for case in &cases {
                assert_eq!(case.days.len(), case.size as usize, "{}", case.story.code);
                assert!(case.days.is_sorted() && case.days.iter().all(|d| *d < workdays.len()), "{}", case.story.code);
                case.days.iter().for_each(|day| *booked.entry(*day).or_default() += 1);
            }
            for (day, people) in booked {
                assert!(people <= workdays.quota(day), "{applications}: day {day}");
            }
        }
    }

    #[test]
    fn bodies_are_numbered_without_gaps() {
        let (cases, _) = cases(4_000, 100);
        let mut next = 0;
        for case in &cases {
            assert_eq!(case.first_body, next);
            next += u64::from(case.size);
        }
    }

    #[test]
    fn rings_reach_into_tonight_with_a_part_only() {
        let (cases, workdays) = cases(20_000, 200);
        let part = |case: &Case| case.days.iter().filter(|d| **d == workdays.tonight()).count();
        let rings: Vec<_> = cases.iter().filter(|c| c.story.planted && c.size >= 4).collect();
        assert!(rings.iter().any(|c| part(c) > 0));
        assert!(rings.iter().all(|c| part(c) * 2 <= c.size as usize));
        let tonight: usize = cases.iter().filter(|c| c.story.planted).map(part).sum();
        assert!((3..=6).contains(&tonight), "{tonight}");
    }
}
