//! Counts over days, projects and tags.

use super::VERSION;
use super::looking::{ProjectDoc, TagDoc};
use super::task::TaskDoc;
use crate::outcome::{Calendar, Stats};
use serde::Serialize;
use tasks_proto::convert::when::date_from_wire;
use tasks_proto::v1;

/// What is due on each day.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CalendarDoc<'a> {
    version: u32,
    /// First and last day, as 2026-11-30.
    first: String,
    last: String,
    /// Every day, in order.
    days: Vec<CalendarDayDoc<'a>>,
}

/// A day of a calendar.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CalendarDayDoc<'a> {
    date: Option<String>,
    /// Open tasks due on it, the overdue ones among them, and those that were due on it and are done.
    open: u32,
    overdue: u32,
    done: u32,
    /// The first of its open tasks.
    tasks: Vec<TaskDoc<'a>>,
}

/// How much was done.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StatsDoc<'a> {
    version: u32,
    /// Every day, oldest first.
    days: Vec<StatsDayDoc>,
    /// Tasks as they are now; open ones include those that were started, wait or are overdue.
    open: u64,
    started: u64,
    waiting: u64,
    overdue: u64,
    /// Of all time.
    done: u64,
    /// Days on end with a task done, up to today, or to yesterday while today has none.
    streak_days: u32,
    longest_streak_days: u32,
    /// Last day of the longest; null when nothing was ever done.
    longest_streak_end: Option<String>,
    projects: Vec<ProjectDoc<'a>>,
    tags: Vec<TagDoc<'a>>,
}

/// One day, by what tasks say of themselves now.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StatsDayDoc {
    date: Option<String>,
    created: u32,
    done: u32,
    /// Open when it ended; for today, now.
    open: u64,
}

impl<'a> CalendarDoc<'a> {
    /// The document of a calendar.
    pub(super) fn of(calendar: &'a Calendar) -> Self {
        let day = |day: &'a v1::CalendarDay| CalendarDayDoc {
            date: date(day.date.as_ref()),
            open: day.open,
            overdue: day.overdue,
            done: day.done,
            tasks: day.tasks.iter().map(TaskDoc::of).collect(),
        };
        Self {
            version: VERSION,
            first: calendar.first.to_string(),
            last: calendar.last.to_string(),
            days: calendar.days.iter().map(day).collect(),
        }
    }
}

impl<'a> StatsDoc<'a> {
    /// The document of counts.
    pub(super) fn of(stats: &'a Stats) -> Self {
        let counted = &stats.stats;
        let day = |day: &v1::StatsDay| StatsDayDoc {
            date: date(day.date.as_ref()),
            created: day.created,
            done: day.done,
            open: day.open,
        };
        Self {
            version: VERSION,
            days: counted.days.iter().map(day).collect(),
            open: counted.open,
            started: counted.started,
            waiting: counted.waiting,
            overdue: counted.overdue,
            done: counted.done,
            streak_days: counted.streak_days,
            longest_streak_days: counted.longest_streak_days,
            longest_streak_end: date(counted.longest_streak_end.as_ref()),
            projects: counted.projects.iter().map(ProjectDoc::of).collect(),
            tags: counted.tags.iter().map(TagDoc::of).collect(),
        }
    }
}

fn date(date: Option<&v1::Date>) -> Option<String> {
    date_from_wire(date?).ok().map(|date| date.to_string())
}
