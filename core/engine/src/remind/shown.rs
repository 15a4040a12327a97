//! Reminders as they are shown.

use super::load::{self, Loaded};
use crate::error::EngineError;
use crate::store::StoreRead;
use tasks_domain::id::{ReminderId, shortest_unique};
use tasks_domain::register::EntityId;
use tasks_domain::reminder::shown::ReminderShown;
use tasks_domain::task::Task;

/// A reminder as it is shown.
pub(crate) fn shown(tx: &dyn StoreRead, loaded: &Loaded) -> Result<ReminderShown, EngineError> {
    let standing = loaded.standing();
    Ok(ReminderShown {
        short_id: short_id(tx, loaded.reminder.id)?,
        standing,
        row: loaded.row.clone(),
        reminder: loaded.reminder.clone(),
        task_title: loaded.task.as_ref().map(|task| task.title.clone()).unwrap_or_default(),
        task_number: tx.number_of(loaded.reminder.task)?,
    })
}

/// The reminders of a task that are there, in the order in which they come.
pub(crate) fn of_task(tx: &dyn StoreRead, task: &Task) -> Result<Vec<ReminderShown>, EngineError> {
    let mut all = Vec::new();
    for loaded in load::of_task(tx, task)?.iter().filter(|loaded| loaded.reminder.exists) {
        all.push(shown(tx, loaded)?);
    }
    all.sort_by_key(|one| (one.standing.slot.map_or(i64::MAX, |slot| slot.at_unix_ms), one.reminder.id));
    Ok(all)
}

/// The shortest prefix that names only this reminder.
fn short_id(tx: &dyn StoreRead, id: ReminderId) -> Result<String, EngineError> {
    let (before, after) = tx.entities_beside(id.into())?;
    let reversed = |entity: EntityId| ReminderId::from_bytes(entity.id).reversed();
    Ok(shortest_unique(id.reversed(), before.map(reversed), after.map(reversed)))
}
