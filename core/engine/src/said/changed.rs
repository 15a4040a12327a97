//! The new values of a sentence, for each task.

use crate::error::EngineError;
use crate::lookup;
use crate::moved::{self, later};
use crate::remind::{load, texts};
use crate::request::{Caller, TextReading};
use crate::store::StoreRead;
use chrono::Duration;
use tasks_domain::dialogue::{Piece, Question};
use tasks_domain::error::Error;
use tasks_domain::id::TaskId;
use tasks_domain::patch::{Patch, PutOff, Schedule, TaskPatch};
use tasks_domain::task::Task;
use tasks_domain::text::{Notes, Title};
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{Changes, Intent};

const DAY_S: i64 = 86_400;

/// The piece without which nothing can be changed.
pub(super) fn missing(kept: &TextReading) -> Option<Piece> {
    let reading = &kept.reading;
    let changes = reading.changes.as_ref()?;
    // What is impossible in it says why nothing is changed.
    if *changes != Changes::default() || !reading.warnings.is_empty() {
        return None;
    }
    Some(match reading.intent {
        Intent::Snooze => Piece::Time,
        _ if Question::renames(&kept.text) => Piece::Title,
        _ => Piece::Value,
    })
}

/// The patch of each task; what the person should know goes to `warnings`.
pub(super) fn patches(
    tx: &dyn StoreRead,
    kept: &TextReading,
    ids: &[TaskId],
    caller: &Caller,
    warnings: &mut Vec<String>,
) -> Result<Vec<(TaskId, TaskPatch)>, EngineError> {
    let (reading, now) = (&kept.reading, caller.now);
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
        let task = lookup::task(tx, *id)?;
        if reading.intent == Intent::Snooze
            && let Some(task) = &task
            && let Some(put_off) = put_off(&changes, caller)
        {
            if load::to_put_off(&load::of_task(tx, task)?).is_some() {
                patch = TaskPatch { schedule: Patch::Keep, put_off: Some(put_off), ..patch };
            } else if changes.due != task.due {
                warnings.push(format!("\"{}\" has no reminder to put off: its due date moves", task.title));
            }
        }
        if let Some(task) = &task
            && let Patch::Set(moved) = &patch.schedule
            && reading.intent == Intent::UpdateTask
            && let Some(kept) =
                moved::at_its_time(task, moved).or_else(|| moved::on_its_day(task, kept, &caller.language()))
        {
            patch.schedule = Patch::Set(kept);
        }
        if let Some(by) = changes.postpone
            && let Some(task) = task
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

/// How a reminder is put off by what the sentence says.
fn put_off(changes: &Changes, caller: &Caller) -> Option<PutOff> {
    if let Some(length) = changes.later.or(changes.postpone) {
        return Some(PutOff::By(length));
    }
    let until = changes.due.map(|due| texts::moment(changes.start.unwrap_or(due), &caller.language()))?;
    Some(PutOff::Until(until.instant().timestamp_millis()))
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
