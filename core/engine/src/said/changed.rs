//! The new values of a sentence, for each task.

use crate::error::EngineError;
use crate::lookup;
use crate::request::TextReading;
use crate::store::StoreRead;
use chrono::Duration;
use tasks_domain::error::Error;
use tasks_domain::id::TaskId;
use tasks_domain::patch::{Patch, Schedule, TaskPatch};
use tasks_domain::task::Task;
use tasks_domain::text::{Notes, Title};
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{Changes, Intent};

const DAY_S: i64 = 86_400;

/// The patch of each task.
pub(super) fn patches(
    tx: &dyn StoreRead,
    kept: &TextReading,
    ids: &[TaskId],
    now: Now,
) -> Result<Vec<(TaskId, TaskPatch)>, EngineError> {
    let reading = &kept.reading;
    if let Some(warning) = reading.warnings.first() {
        return Err(warning.clone().into_error(&kept.text).into());
    }
    let changes = reading.changes.clone().unwrap_or_default();
    let same = patch(&changes)?;
    if same.is_empty() && changes.postpone.is_none() {
        let error = if reading.intent == Intent::Snooze {
            Error::NoTimeNamed
        } else {
            Error::NothingToChange { text: kept.text.clone() }
        };
        return Err(error.into());
    }
    let mut patches = Vec::with_capacity(ids.len());
    for id in ids {
        let mut patch = same.clone();
        if let Some(by) = changes.postpone
            && let Some(task) = lookup::task(tx, *id)?
        {
            let wrong = || Error::ImpossibleDate {
                text: kept.text.clone(),
                span: tasks_domain::error::Span::whole(&kept.text),
                reason: "that is outside the calendar".to_owned(),
            };
            patch.schedule = Patch::Set(postponed(&task, by, now).ok_or_else(wrong)?);
        }
        patches.push((*id, patch));
    }
    Ok(patches)
}

fn patch(changes: &Changes) -> Result<TaskPatch, Error> {
    let schedule = changes.due.map(|due| Schedule { due, start: changes.start, end: changes.end });
    Ok(TaskPatch {
        title: changes.title.as_deref().map(Title::parse).transpose()?,
        notes: Patch::set_if(changes.notes.as_deref().map(Notes::parse).transpose()?.flatten()),
        priority: Patch::set_if(changes.priority),
        schedule: Patch::set_if(schedule),
        estimate: Patch::set_if(changes.duration),
        project: Patch::set_if(changes.project.clone()),
        add_tags: changes.tags.clone(),
        ..TaskPatch::default()
    })
}

/// The task's dates, so much later; of one without a date, so long from now.
fn postponed(task: &Task, by: Duration, now: Now) -> Option<Schedule> {
    let in_days = by.num_seconds() % DAY_S == 0;
    let from = match task.due {
        Some(When::Date(_)) if !in_days => None,
        due => due,
    };
    let Some(due) = from else {
        let today = if in_days { When::Date(now.today()) } else { When::At(LocalTime::new(now.local(), now.zone())) };
        return Some(Schedule { due: later(today, by)?, start: None, end: None });
    };
    let shift = |when: Option<When>| match when {
        None => Some(None),
        Some(when) => later(when, by).map(Some),
    };
    Some(Schedule { due: later(due, by)?, start: shift(task.start)?, end: shift(task.end)? })
}

fn later(when: When, by: Duration) -> Option<When> {
    match when {
        When::Date(date) => date.checked_add_signed(by).map(When::Date),
        When::At(time) => time.local().checked_add_signed(by).map(|local| When::At(LocalTime::new(local, time.zone()))),
    }
}
