//! From what a text or a flag says to a rule.

use super::{behave, rule, warn};
use crate::error::EngineError;
use crate::request::{Fields, RuleFields, TextReading};
use crate::store::StoreRead;
use tasks_domain::error::Error;
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::patch::{Patch, Schedule as Dates, TaskPatch};
use tasks_domain::recurrence::{Schedule, ids};
use tasks_domain::recurring::Repeat;
use tasks_domain::recurring::offset::Offset;
use tasks_domain::task::Task;
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{Context, RuleReading, read_rule};

/// What is said of whether something comes again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The rule; cleared, that it does not come again.
    pub(crate) rule: Patch<RuleReading>,
    /// The due in the patch was said besides the rule: by a flag, or by a text whose rule came by a flag.
    pub(crate) start: bool,
}

/// What flags say; a text's rule is used where they say nothing.
pub(crate) fn said(fields: &Fields, reading: Option<&TextReading>, language: &Context) -> Result<Said, Error> {
    let of_text = reading.map(|kept| RuleReading::of(&kept.reading, &kept.text)).transpose()?.flatten();
    let due_said = fields.due.as_ref().is_some_and(|due| !due.trim().is_empty());
    let rule = match fields.repeat.as_deref().map(str::trim) {
        None => return Ok(Said { rule: Patch::set_if(of_text), start: due_said }),
        Some(text) if text.is_empty() || text.eq_ignore_ascii_case("none") => Patch::Clear,
        Some(text) => Patch::Set(read_rule(text, language)?),
    };
    // A date in a text whose rule does not count is only a date.
    let start = due_said || of_text.is_none() && reading.is_some_and(|kept| kept.reading.due.is_some());
    Ok(Said { rule, start })
}

/// A new task that comes again is the first occurrence of a rule, whose id follows from the id that was asked for; other tasks are
/// as they were asked for. With warnings about its dates.
pub(crate) fn for_new(
    id: TaskId,
    patch: TaskPatch,
    said: &Said,
    fields: &RuleFields,
    language: &Context,
) -> Result<(TaskId, TaskPatch, Vec<String>), Error> {
    let Patch::Set(reading) = &said.rule else { return Ok((id, patch, Vec::new())) };
    let start = if let Patch::Set(dates) = &patch.schedule { Some(dates.due) } else { None };
    let schedule = behave::with(reading.schedule(start, language.now)?, fields, language)?;
    let warnings = warn::about(&schedule, reading.is_words);
    let rule = RuleId::from_bytes(*id.as_bytes());
    let repeat = Repeat { rule, schedule, before: None };
    let id = repeat.first().map_or(id, |slot| ids::occurrence(rule, slot));
    Ok((id, on_first(patch, repeat), warnings))
}

/// A task that is there and comes again from now on; one whose due is a date of the rule keeps it.
pub(crate) fn for_task(
    tx: &dyn StoreRead,
    task: &Task,
    patch: TaskPatch,
    said: &Said,
    now: Now,
) -> Result<(TaskPatch, Vec<String>), EngineError> {
    match &said.rule {
        Patch::Keep => Ok((patch, Vec::new())),
        Patch::Clear => Ok((TaskPatch { repeat: Patch::Clear, ..patch }, Vec::new())),
        Patch::Set(reading) => {
            let due = match (&patch.schedule, said.start) {
                (Patch::Set(dates), true) => Some(dates.due),
                _ => task.due,
            };
            let schedule = schedule_for(reading, due, said.start, now)?;
            let warnings = warn::about(&schedule, reading.is_words);
            let id = ids::rule_of(task.id);
            let before = rule(tx, id)?.map(Box::new);
            let patch = TaskPatch { schedule: dates_of(task, &patch, said.start), ..patch };
            Ok((on_first(patch, Repeat { rule: id, schedule, before }), warnings))
        }
    }
}

/// The period of a task moves along with it.
fn dates_of(task: &Task, patch: &TaskPatch, start_said: bool) -> Patch<Dates> {
    match (&patch.schedule, task.due) {
        // The rule of a text has a period of its own: "every tuesday 9-11am".
        (Patch::Set(dates), _) if start_said || dates.end.is_some() => Patch::Set(*dates),
        (_, Some(due)) => Patch::Set(Dates { due, start: task.start, end: task.end }),
        (dates, None) => dates.clone(),
    }
}

/// The schedule of a rule for something that is due then.
pub(super) fn schedule_for(
    reading: &RuleReading,
    due: Option<When>,
    is_start: bool,
    now: Now,
) -> Result<Schedule, Error> {
    let Some(due) = due else { return reading.schedule(None, now) };
    if is_start {
        return reading.schedule(Some(due), now);
    }
    // A time that the words say counts, not the one it was due at until now.
    let due = match (due, reading.first) {
        (When::At(_), Some(When::At(_))) => When::Date(due.date()),
        (due, _) => due,
    };
    // It is due at a time, and the rule says none: at that time.
    let timed = match (due, reading.first) {
        (When::At(time), None | Some(When::Date(_))) => Some(time),
        _ => None,
    };
    let from_due = reading.schedule(Some(due), now).ok().filter(|schedule| {
        let slot = schedule.series().first().map(tasks_domain::recurrence::Slot::date);
        slot == Some(due.date()) || !due.is_past(now)
    });
    if let Some(schedule) = from_due {
        return Ok(schedule);
    }
    let first = reading.begin(None, now);
    let start = timed.map(|time| When::At(LocalTime::new(first.date().and_time(time.local().time()), time.zone())));
    reading.schedule(start, now)
}

/// The patch with the dates of the first occurrence.
fn on_first(patch: TaskPatch, repeat: Repeat) -> TaskPatch {
    let series = repeat.schedule.series();
    let Some(due) = series.first().map(|slot| series.occurrence(slot).when) else { return patch };
    let dates = match &patch.schedule {
        Patch::Set(said) => {
            let moved = |moment: Option<When>| moment.and_then(|moment| Offset::between(said.due, moment).from(due));
            Dates { due, start: moved(said.start), end: moved(said.end) }
        }
        _ => Dates { due, start: None, end: None },
    };
    TaskPatch { schedule: Patch::Set(dates), repeat: Patch::Set(repeat), ..patch }
}
