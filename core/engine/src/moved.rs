//! Dates that move by half of what a date is: to another day at the same time, or to another time of the same day.

use crate::request::TextReading;
use chrono::Duration;
use tasks_domain::patch::{Patch, Schedule, TaskPatch};
use tasks_domain::task::Task;
use tasks_domain::when::{LocalTime, When};
use tasks_language::{Context, at_time_of_day};

/// "move it to friday" of what has a time of day: the day changes, and its time and its end stay as they were.
pub(crate) fn at_its_time(task: &Task, moved: &Schedule) -> Option<Schedule> {
    let (Some(When::At(time)), When::Date(day), None) = (task.due, moved.due, moved.start) else { return None };
    let by = day.signed_duration_since(time.local().date());
    let shift = |when: Option<When>| match when {
        None => Some(None),
        Some(when) => later(when, by).map(Some),
    };
    Some(Schedule { due: later(When::At(time), by)?, start: shift(task.start)?, end: shift(task.end)? })
}

/// "10am" of what is due on a day that is not over: the time changes, and the day stays. `None` where the text says a day as
/// well, and where the time is past on that day: then the next such time is meant.
pub(crate) fn on_its_day(task: &Task, said: &TextReading, language: &Context) -> Option<Schedule> {
    let now = language.now;
    let day = task.due?.date_in(now.zone());
    let said = at_time_of_day(&said.reading, &said.text, day, language)?;
    let due = said.due?;
    let When::At(time) = due else { return None };
    (time.instant() > now.instant()).then_some(Schedule { due, start: said.start, end: said.end })
}

/// Lets what an edit says by a time of day alone keep the day of a task that is there, unless it gets a rule.
pub(crate) fn keep_day(patch: &mut TaskPatch, task: &Task, said: &TextReading, language: &Context) {
    if matches!(patch.schedule, Patch::Set(_))
        && matches!(patch.repeat, Patch::Keep)
        && let Some(kept) = on_its_day(task, said, language)
    {
        patch.schedule = Patch::Set(kept);
    }
}

/// The same, so much later; `None` beyond the calendar.
pub(crate) fn later(when: When, by: Duration) -> Option<When> {
    match when {
        When::Date(date) => date.checked_add_signed(by).map(When::Date),
        When::At(time) => time.local().checked_add_signed(by).map(|local| When::At(LocalTime::new(local, time.zone()))),
    }
}
