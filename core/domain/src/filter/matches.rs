//! Whether a filter holds for a task.

use super::{Comparison, DateField, Filter, Looked, Moments, Optional, Reference, State, TextOf};
use crate::id::{RuleId, TaskId};
use crate::task::Task;
use crate::text::Tag;
use crate::when::{LocalTime, Now, When};
use crate::words::Phrase;
use chrono::DateTime;

/// What a task alone does not tell.
pub trait Around {
    /// Why it could not be told.
    type Error;
    /// The task's short number.
    fn number(&self, task: &Task) -> Result<Option<u32>, Self::Error>;
    /// Whether an open task must end before it.
    fn is_blocked(&self, task: &Task) -> Result<bool, Self::Error>;
    /// Whether an open task waits for its end.
    fn is_blocking(&self, task: &Task) -> Result<bool, Self::Error>;
    /// Whether other tasks are parts of it.
    fn has_parts(&self, task: &Task) -> Result<bool, Self::Error>;
    /// Whether a reminder of it is still to come.
    fn has_reminders(&self, task: &Task) -> Result<bool, Self::Error>;
    /// Whether the reference names the task with this id.
    fn names(&self, reference: &Reference, id: TaskId) -> Result<bool, Self::Error>;
    /// Whether the reference names the rule with this id, by its letters or those or the number of one of its tasks.
    fn names_rule(&self, reference: &Reference, id: RuleId) -> Result<bool, Self::Error>;
}

impl Filter {
    /// Whether it holds for `task` at `now`.
    pub fn matches<A: Around>(&self, task: &Task, now: Now, around: &A) -> Result<bool, A::Error> {
        Ok(match self {
            Self::And(all) => {
                for filter in all {
                    if !filter.matches(task, now, around)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Or(any) => {
                for filter in any {
                    if filter.matches(task, now, around)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Not(inner) => !inner.matches(task, now, around)?,
            Self::Words(phrase) => has_words(task, phrase),
            Self::Title(phrase) => phrase.is_in(&task.title),
            Self::Notes(phrase) => task.notes.as_deref().is_some_and(|notes| phrase.is_in(notes)),
            Self::Text(of, looked) => has_text(task, *of, looked),
            Self::Project(project) => task.project.as_ref().is_some_and(|mine| mine.is_within(project)),
            Self::Tag(folded) => task.tags.iter().any(|tag| tag.folded() == *folded),
            Self::Unset(field) => is_unset(task, *field),
            Self::Date(field, comparison, moments) => {
                value(task, *field, now).is_some_and(|when| is_when(when, *comparison, *moments, now))
            }
            Self::Priority(comparison, wanted) => compares(*comparison, &task.priority(), wanted),
            Self::Urgency(comparison, wanted) => {
                let mine = task.urgency(now, around.is_blocked(task)?);
                task.status().is_live() && compares(*comparison, &mine, wanted)
            }
            Self::Estimate(comparison, wanted) => {
                task.estimate.is_some_and(|mine| compares(*comparison, &mine, wanted))
            }
            Self::Id(reference @ Reference::Number(_)) => reference.names(task.id, around.number(task)?),
            Self::Id(reference) => reference.names(task.id, None),
            Self::Numbered(low, high) => {
                task.status().is_live() && around.number(task)?.is_some_and(|number| (*low..=*high).contains(&number))
            }
            Self::Parent(reference) => match task.parent {
                Some(parent) => around.names(reference, parent)?,
                None => false,
            },
            Self::After(reference) => {
                for blocker in &task.after {
                    if around.names(reference, *blocker)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Rule(reference) => match task.rule {
                Some(rule) => around.names_rule(reference, rule)?,
                None => false,
            },
            Self::State(state) => is_in_state(task, *state, now, around)?,
        })
    }
}

fn is_in_state<A: Around>(task: &Task, state: State, now: Now, around: &A) -> Result<bool, A::Error> {
    let live = task.status().is_live();
    Ok(match state {
        State::Waiting => task.is_waiting(now),
        State::Blocked => live && around.is_blocked(task)?,
        State::Blocking => live && around.is_blocking(task)?,
        State::Overdue => task.is_overdue(now),
        State::Today => task.due.is_some_and(|due| due.date_in(now.zone()) == now.today()),
        State::Ready => live && !task.is_waiting(now) && !around.is_blocked(task)?,
        State::Parent => around.has_parts(task)?,
        State::Child => task.parent.is_some(),
        State::Recurring => task.rule.is_some(),
        State::Reminding => live && around.has_reminders(task)?,
        State::Status(status) => task.status() == status,
        State::Live => live,
    })
}

fn has_words(task: &Task, phrase: &Phrase) -> bool {
    phrase.is_in(&task.title)
        || task.notes.as_deref().is_some_and(|notes| phrase.is_in(notes))
        || task.project.as_ref().is_some_and(|project| phrase.is_in(project.as_str()))
        || task.tags.iter().any(|tag: &Tag| phrase.is_in(tag.as_str()))
}

fn has_text(task: &Task, of: TextOf, looked: &Looked) -> bool {
    let title = || looked.is_in(&task.title);
    let notes = || task.notes.as_deref().is_some_and(|notes| looked.is_in(notes));
    let project = || task.project.as_ref().is_some_and(|project| looked.is_in(project.as_str()));
    let tag = || task.tags.iter().any(|tag: &Tag| looked.is_in(tag.as_str()));
    match of {
        TextOf::Task => title() || notes() || project() || tag(),
        TextOf::Title => title(),
        TextOf::Notes => notes(),
        TextOf::Project => project(),
        TextOf::Tag => tag(),
    }
}

fn is_unset(task: &Task, field: Optional) -> bool {
    match field {
        Optional::Date(DateField::Due) => task.due.is_none(),
        Optional::Date(DateField::Wait) => task.wait.is_none(),
        Optional::Date(DateField::Start) => task.start.is_none(),
        Optional::Date(DateField::End) => task.end.is_none(),
        Optional::Date(DateField::Created | DateField::Modified) => false,
        Optional::Date(DateField::Started) => task.started_at.is_none(),
        Optional::Date(DateField::Done) => task.done_at.is_none(),
        Optional::Project => task.project.is_none(),
        Optional::Tag => task.tags.is_empty(),
        Optional::Notes => task.notes.is_none(),
        Optional::Estimate => task.estimate.is_none(),
        Optional::Parent => task.parent.is_none(),
        Optional::After => task.after.is_empty(),
        Optional::Priority => task.priority.is_none(),
        Optional::Rule => task.rule.is_none(),
    }
}

fn value(task: &Task, field: DateField, now: Now) -> Option<When> {
    let at = |unix_ms: i64| {
        DateTime::from_timestamp_millis(unix_ms).map(|instant| When::At(LocalTime::at(instant, now.zone())))
    };
    match field {
        DateField::Due => task.due,
        DateField::Wait => task.wait,
        DateField::Start => task.start,
        DateField::End => task.end,
        DateField::Created => at(task.created_at),
        DateField::Modified => at(task.modified_at),
        DateField::Started => task.started_at.and_then(at),
        DateField::Done => task.done_at.and_then(at),
    }
}

fn compares<T: PartialOrd>(comparison: Comparison, mine: &T, wanted: &T) -> bool {
    match comparison {
        Comparison::Is => mine == wanted,
        Comparison::Before => mine < wanted,
        Comparison::UpTo => mine <= wanted,
        Comparison::After => mine > wanted,
        Comparison::From => mine >= wanted,
    }
}

/// Compares instants where both sides have a time of day, calendar days in the caller's zone where one has none.
fn is_when(mine: When, comparison: Comparison, (first, last): Moments, now: Now) -> bool {
    let order = |other: When| match (mine, other) {
        (When::At(a), When::At(b)) => a.instant().cmp(&b.instant()),
        _ => mine.date_in(now.zone()).cmp(&other.date_in(now.zone())),
    };
    match comparison {
        Comparison::Is => order(first).is_ge() && order(last).is_le(),
        Comparison::Before => order(first).is_lt(),
        Comparison::UpTo => order(last).is_le(),
        Comparison::After => order(last).is_gt(),
        Comparison::From => order(first).is_ge(),
    }
}
