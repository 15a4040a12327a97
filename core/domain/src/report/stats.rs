//! Made and done per day, open in the course of time, streaks.

use crate::task::{Status, Task};
use crate::when::Now;
use chrono::{DateTime, Days, NaiveDate};
use std::collections::BTreeMap;

/// Most days told one by one: ten years.
pub const DAYS_MAX: u32 = 3_660;

/// One day in the caller's zone, by what tasks say of themselves now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatsDay {
    /// Which.
    pub date: NaiveDate,
    /// Tasks made on it.
    pub created: u32,
    /// Tasks done on it.
    pub done: u32,
    /// Tasks open when it ended; for today, now.
    pub open: u64,
}

/// What was made and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Every day, oldest first, up to today.
    pub days: Vec<StatsDay>,
    /// Open now, the started, waiting and overdue ones among them.
    pub open: u64,
    /// Of those: worked on.
    pub started: u64,
    /// Of those: hidden.
    pub waiting: u64,
    /// Of those: past their due.
    pub overdue: u64,
    /// Done at any time.
    pub done: u64,
    /// Days on end with a task done up to today, or up to yesterday while today has none.
    pub streak: u32,
    /// The longest such stretch of all time with its last day.
    pub longest_streak: Option<(u32, NaiveDate)>,
}

/// Counts tasks one after the other.
#[derive(Clone, Debug)]
pub struct StatsCounter {
    now: Now,
    days: u32,
    created: BTreeMap<NaiveDate, u32>,
    done: BTreeMap<NaiveDate, u32>,
    /// Ended in any way: done, or put into the trash.
    ended: BTreeMap<NaiveDate, u32>,
    totals: Stats,
}

impl StatsCounter {
    /// Counts for so many days up to and with today, at least 1 and at most [`DAYS_MAX`].
    pub fn new(now: Now, days: u32) -> Self {
        Self {
            now,
            days: days.clamp(1, DAYS_MAX),
            created: BTreeMap::new(),
            done: BTreeMap::new(),
            ended: BTreeMap::new(),
            totals: Stats::default(),
        }
    }

    /// Counts one task.
    pub fn count(&mut self, task: &Task) {
        let (now, totals) = (self.now, &mut self.totals);
        let day = |unix_ms: i64| {
            DateTime::from_timestamp_millis(unix_ms).map(|at| at.with_timezone(&now.zone()).date_naive())
        };
        let add = |days: &mut BTreeMap<NaiveDate, u32>, unix_ms: Option<i64>| {
            // A clock ahead of the caller's must not tell of days to come.
            if let Some(day) = unix_ms.and_then(day) {
                *days.entry(day.min(now.today())).or_default() += 1;
            }
        };
        add(&mut self.created, Some(task.created_at));
        add(&mut self.done, task.done_at);
        add(&mut self.ended, task.deleted_at.into_iter().chain(task.done_at).min());
        totals.open += u64::from(task.status().is_live());
        totals.started += u64::from(task.status() == Status::Started);
        totals.waiting += u64::from(task.is_waiting(now));
        totals.overdue += u64::from(task.is_overdue(now));
        totals.done += u64::from(task.done_at.is_some());
    }

    /// What was counted.
    pub fn finish(self) -> Stats {
        let today = self.now.today();
        let first = today.checked_sub_days(Days::new(u64::from(self.days) - 1)).unwrap_or(NaiveDate::MIN);
        let until = |days: &BTreeMap<NaiveDate, u32>| days.range(..first).map(|(_, n)| u64::from(*n)).sum::<u64>();
        let mut open = until(&self.created).saturating_sub(until(&self.ended));
        let on = |days: &BTreeMap<NaiveDate, u32>, date: NaiveDate| days.get(&date).copied().unwrap_or(0);
        let mut days = Vec::with_capacity(self.days as usize);
        for date in first.iter_days().take_while(|date| *date <= today) {
            let (created, done) = (on(&self.created, date), on(&self.done, date));
            open = (open + u64::from(created)).saturating_sub(u64::from(on(&self.ended, date)));
            days.push(StatsDay { date, created, done, open });
        }
        let (streak, longest_streak) = streaks(&self.done, today);
        Stats { days, streak, longest_streak, ..self.totals }
    }
}

/// How many days on end, and the last of them.
type Streak = (u32, NaiveDate);

/// The streak that still goes on, and the longest of all; of two that are equal the later.
fn streaks(done: &BTreeMap<NaiveDate, u32>, today: NaiveDate) -> (u32, Option<Streak>) {
    let mut longest: Option<Streak> = None;
    let mut current: Option<Streak> = None;
    for date in done.keys().copied() {
        let length = match current {
            Some((length, last)) if last.succ_opt() == Some(date) => length + 1,
            _ => 1,
        };
        current = Some((length, date));
        if longest.is_none_or(|(best, _)| length >= best) {
            longest = current;
        }
    }
    let goes_on = current.filter(|(_, last)| *last == today || last.succ_opt() == Some(today));
    (goes_on.map_or(0, |(length, _)| length), longest)
}
