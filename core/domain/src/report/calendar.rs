//! What is due on each day.

use crate::task::{Status, Task};
use crate::when::Now;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Most days of one calendar.
pub const DAYS_MAX: i64 = 366;

/// One day with what is due on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarDay<T> {
    /// Open tasks.
    pub open: u32,
    /// The overdue ones among them.
    pub overdue: u32,
    /// Tasks that were due on it and are done.
    pub done: u32,
    /// The first of its open tasks, in the order in which they were counted.
    pub tasks: Vec<T>,
}

/// Counts tasks by the day they are due on, for the caller.
#[derive(Clone, Debug)]
pub struct Calendar<T> {
    now: Now,
    tasks_per_day: usize,
    days: BTreeMap<NaiveDate, CalendarDay<T>>,
}

impl<T> Calendar<T> {
    /// A calendar of the days from `first` to `last`, both included, cut to [`DAYS_MAX`].
    pub fn new(now: Now, first: NaiveDate, last: NaiveDate, tasks_per_day: usize) -> Self {
        let days = first.iter_days().take_while(|date| *date <= last).take(DAYS_MAX as usize);
        let empty = || CalendarDay { open: 0, overdue: 0, done: 0, tasks: Vec::new() };
        Self { now, tasks_per_day, days: days.map(|date| (date, empty())).collect() }
    }

    /// Counts one task; whether it is one of those that are told, which `keep` then takes in.
    pub fn count(&mut self, task: &Task) -> Option<&mut Vec<T>> {
        let date = task.due?.date_in(self.now.zone());
        let day = self.days.get_mut(&date)?;
        match task.status() {
            Status::Open | Status::Started => {
                day.open += 1;
                day.overdue += u32::from(task.is_overdue(self.now));
                Some(&mut day.tasks).filter(|tasks| tasks.len() < self.tasks_per_day)
            }
            Status::Done => {
                day.done += 1;
                None
            }
            Status::Deleted => None,
        }
    }

    /// Every day, in order.
    pub fn finish(self) -> impl Iterator<Item = (NaiveDate, CalendarDay<T>)> {
        self.days.into_iter()
    }
}
