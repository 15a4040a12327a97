//! Reminders with what decides how they stand.

use crate::error::EngineError;
use crate::lookup;
use crate::store::{Alarm, Link, StoreRead};
use tasks_domain::id::{DeliveryId, ReminderId, TaskId};
use tasks_domain::reminder::{About, Next, Reminder, Row, Standing, State};
use tasks_domain::task::Task;

/// A reminder with all that decides how it stands.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) reminder: Reminder,
    pub(crate) task: Option<Task>,
    pub(crate) row: Option<Row>,
}

impl Loaded {
    /// The reminder of a task that is known.
    pub(crate) fn of(tx: &dyn StoreRead, reminder: Reminder, task: Option<Task>) -> Result<Self, EngineError> {
        let slot = reminder.slot(task.as_ref().and_then(|task| task.due));
        let row = match slot {
            Some(slot) => row(tx, slot.row)?,
            None => None,
        };
        Ok(Self { reminder, task, row })
    }

    pub(crate) fn about(&self) -> About<'_> {
        About { reminder: &self.reminder, task: self.task.as_ref(), row: self.row.as_ref() }
    }

    /// Whether its delivery was held back or tried already.
    pub(crate) fn is_begun(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.held.is_some() || !row.attempts.is_empty())
    }

    pub(crate) fn standing(&self) -> Standing {
        self.about().standing()
    }
}

/// The reminder with that id, when anything was ever written to it.
pub(crate) fn reminder(tx: &dyn StoreRead, id: ReminderId) -> Result<Option<Reminder>, EngineError> {
    Ok(tx.entity(id.into())?.and_then(|registers| Reminder::read(id, &registers)))
}

/// The row of the ledger with that id.
pub(crate) fn row(tx: &dyn StoreRead, id: DeliveryId) -> Result<Option<Row>, EngineError> {
    Ok(tx.entity(id.into())?.and_then(|registers| Row::read(id, &registers)))
}

/// The reminder with that id, and what decides how it stands.
pub(crate) fn loaded(tx: &dyn StoreRead, id: ReminderId) -> Result<Option<Loaded>, EngineError> {
    let Some(reminder) = reminder(tx, id)? else { return Ok(None) };
    let task = lookup::task(tx, reminder.task)?;
    Loaded::of(tx, reminder, task).map(Some)
}

/// The reminders of a task, in the order in which they were made; those whose making was taken back too.
pub(crate) fn of_task(tx: &dyn StoreRead, task: &Task) -> Result<Vec<Loaded>, EngineError> {
    let mut all = Vec::new();
    for id in ids_of_task(tx, task.id)? {
        if let Some(reminder) = reminder(tx, id)? {
            all.push(Loaded::of(tx, reminder, Some(task.clone()))?);
        }
    }
    Ok(all)
}

/// Of a task's reminders the one that is put off when the task is: what was shown last, else what comes next.
pub(crate) fn to_put_off(all: &[Loaded]) -> Option<&Loaded> {
    let there = || all.iter().filter(|one| one.reminder.exists);
    let at = |one: &&Loaded| one.standing().slot.map_or(i64::MAX, |slot| slot.at_unix_ms);
    let is = |one: &&Loaded, state: State| one.standing().state == state;
    let shown = there().filter(|one| is(one, State::Sent)).max_by_key(at);
    shown.or_else(|| there().filter(|one| is(one, State::Pending)).min_by_key(at))
}

/// The ids of a task's reminders.
pub(crate) fn ids_of_task(tx: &dyn StoreRead, task: TaskId) -> Result<Vec<ReminderId>, EngineError> {
    let parts = tx.parts(Link::Reminder, *task.as_bytes())?;
    Ok(parts.iter().filter_map(tasks_domain::register::EntityId::reminder).collect())
}

/// When a reminder that stands so has something to do.
pub(crate) fn alarm(standing: &Standing) -> Option<Alarm> {
    match (standing.next, standing.state) {
        (Next::At(at), _) => Some(Alarm::At(at)),
        (Next::Channel, _) => Some(Alarm::Held),
        (Next::Nothing, State::Failed) => Some(Alarm::Failed),
        (Next::Nothing, _) => None,
    }
}
