//! From what a person calls a reminder to the reminders that are meant: its own id, or its task, of which then those are meant
//! that the deed is possible for.

use super::requests::ReminderDeed;
use crate::error::EngineError;
use crate::reference;
use crate::remind::load::{self, Loaded};
use crate::store::StoreRead;
use tasks_domain::error::Error;
use tasks_domain::id::{IdPrefix, ReminderId, TaskId};
use tasks_domain::register::Kind;
use tasks_domain::reminder::State;

/// What a reference names.
pub(crate) enum Named {
    /// One reminder.
    Reminder(ReminderId),
    /// A task.
    Task(TaskId),
}

/// The reminder, or the task, that a reference names. A number is a task's; letters are first those of a reminder.
pub(crate) fn named(tx: &dyn StoreRead, text: &str) -> Result<Named, EngineError> {
    let Some(prefix) = IdPrefix::parse(text.trim()) else { return Ok(Named::Task(reference::task(tx, text)?)) };
    let mut found = Vec::new();
    for entity in tx.entities_with_prefix(Kind::REMINDER, prefix, 8)? {
        if let Some(id) = entity.reminder()
            && load::reminder(tx, id)?.is_some_and(|reminder| reminder.exists)
        {
            found.push(id);
        }
    }
    match found.as_slice() {
        [one] => Ok(Named::Reminder(*one)),
        [] => match reference::task(tx, text) {
            Ok(task) => Ok(Named::Task(task)),
            Err(EngineError::Domain(Error::NoSuchTask { .. })) => {
                Err(Error::NoSuchReminder { reference: text.to_owned() }.into())
            }
            Err(error) => Err(error),
        },
        _ => Err(Error::AmbiguousReminder { reference: text.to_owned() }.into()),
    }
}

/// The reminders that a deed on this reference is about. None of a task only for what makes one then.
pub(crate) fn for_deed(
    tx: &dyn StoreRead,
    text: &str,
    deed: &ReminderDeed,
) -> Result<(Vec<Loaded>, Option<TaskId>), EngineError> {
    let task = match named(tx, text)? {
        Named::Reminder(id) => {
            let loaded = load::loaded(tx, id)?.ok_or_else(|| Error::NoSuchReminder { reference: text.to_owned() })?;
            return Ok((vec![loaded], None));
        }
        Named::Task(task) => task,
    };
    let Some(of) = crate::lookup::task(tx, task)?.filter(|task| task.exists) else {
        return Err(Error::NoSuchTask { reference: text.to_owned() }.into());
    };
    let mut all: Vec<Loaded> = load::of_task(tx, &of)?.into_iter().filter(|one| one.reminder.exists).collect();
    if all.is_empty() && !matches!(deed, ReminderDeed::Snooze(_)) {
        return Err(Error::NoReminders { title: of.title, what: deed.word(), reference: task.letters() }.into());
    }
    let every = all.clone();
    let at = |one: &Loaded| one.standing().slot.map_or(i64::MAX, |slot| slot.at_unix_ms);
    let is = |one: &Loaded, state: State| one.standing().state == state;
    let next = || every.iter().filter(|one| is(one, State::Pending)).min_by_key(|one| at(one)).cloned();
    match deed {
        ReminderDeed::Cancel => all.retain(|one| is(one, State::Pending) || is(one, State::Failed)),
        ReminderDeed::Retry => {
            all.retain(|one| is(one, State::Failed) || one.row.as_ref().is_some_and(|row| row.held.is_some()));
            // One that is still to come says so.
            all.extend(next().filter(|_| all.is_empty()));
        }
        ReminderDeed::Acknowledge => all.retain(|one| is(one, State::Sent)),
        ReminderDeed::Snooze(_) => {
            all = load::to_put_off(&all).cloned().into_iter().collect();
        }
    }
    // What is so already is said, as of anything else.
    if all.is_empty() && matches!(deed, ReminderDeed::Cancel | ReminderDeed::Acknowledge) {
        all.clone_from(&every);
    }
    if all.is_empty() && *deed == ReminderDeed::Retry {
        return Err(Error::NoReminders { title: of.title, what: deed.word(), reference: task.letters() }.into());
    }
    Ok((all, Some(task)))
}
