//! Counts over tasks.

use super::{task, when};
use crate::v1;
use chrono::NaiveDate;
use tasks_domain::report::{CalendarDay, LabelCounts, Labels, ProjectCount, Stats, TagCount};
use tasks_domain::shown::Shown;

/// To the wire.
pub fn stats_to_wire(stats: &Stats, labels: &Labels) -> v1::GetStatsResponse {
    let days = stats.days.iter().map(|day| v1::StatsDay {
        date: Some(when::date_to_wire(day.date)),
        created: day.created,
        done: day.done,
        open: day.open,
    });
    v1::GetStatsResponse {
        days: days.collect(),
        open: stats.open,
        started: stats.started,
        waiting: stats.waiting,
        overdue: stats.overdue,
        done: stats.done,
        streak_days: stats.streak,
        longest_streak_days: stats.longest_streak.map_or(0, |(length, _)| length),
        longest_streak_end: stats.longest_streak.map(|(_, end)| when::date_to_wire(end)),
        projects: labels.projects().iter().map(project_to_wire).collect(),
        tags: labels.tags().iter().map(tag_to_wire).collect(),
    }
}

/// To the wire.
pub fn calendar_day_to_wire(date: NaiveDate, day: &CalendarDay<Shown>) -> v1::CalendarDay {
    v1::CalendarDay {
        date: Some(when::date_to_wire(date)),
        open: day.open,
        overdue: day.overdue,
        done: day.done,
        tasks: day.tasks.iter().map(task::to_wire).collect(),
    }
}

/// To the wire.
pub fn project_to_wire(project: &ProjectCount) -> v1::ProjectCount {
    v1::ProjectCount {
        name: project.name.clone(),
        own: Some(counts_to_wire(project.own)),
        total: Some(counts_to_wire(project.total)),
    }
}

/// To the wire.
pub fn tag_to_wire(tag: &TagCount) -> v1::TagCount {
    v1::TagCount { name: tag.name.clone(), counts: Some(counts_to_wire(tag.counts)) }
}

fn counts_to_wire(counts: LabelCounts) -> v1::LabelCounts {
    v1::LabelCounts { open: counts.open, overdue: counts.overdue, done: counts.done }
}
