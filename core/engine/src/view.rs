//! Tasks as plans and people see them, loaded from a store.

use crate::error::EngineError;
use crate::reference;
use crate::request::Shown;
use crate::store::StoreRead;
use std::collections::BTreeMap;
use tasks_domain::command::Command;
use tasks_domain::id::TaskId;
use tasks_domain::plan::View;
use tasks_domain::task::Task;
use tasks_domain::when::Now;

/// Most relatives that are looked at for one command; a longer chain of parents or blockers is not made by people.
const RELATIVES_MAX: usize = 10_000;

/// The task, when anything was ever written to it.
pub(crate) fn task(tx: &dyn StoreRead, id: TaskId) -> Result<Option<Task>, EngineError> {
    Ok(tx.entity(id.into())?.map(|registers| Task::read(id, &registers)))
}

/// All tasks that `plan` may look at for this command.
pub(crate) fn load(tx: &dyn StoreRead, command: &Command) -> Result<View, EngineError> {
    let mut view = BTreeMap::new();
    let mut visit = command.targets();
    let relatives = command.relatives();
    let follow = !relatives.is_empty();
    visit.extend(relatives);
    while let Some(id) = visit.pop() {
        if view.contains_key(&id) || view.len() > RELATIVES_MAX {
            continue;
        }
        let Some(task) = task(tx, id)? else { continue };
        if follow {
            visit.extend(task.parent.iter().chain(&task.after));
        }
        view.insert(id, task);
    }
    Ok(view)
}

/// Whether an open task must end before this one.
pub(crate) fn is_blocked(tx: &dyn StoreRead, task: &Task) -> Result<bool, EngineError> {
    for blocker in &task.after {
        if self::task(tx, *blocker)?.is_some_and(|other| other.exists && other.status().is_live()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The task as it is shown, its short id where it has no number or `short_ids` asks for it.
pub(crate) fn shown(
    tx: &dyn StoreRead,
    task: Task,
    number: Option<u32>,
    now: Now,
    short_ids: bool,
) -> Result<Shown, EngineError> {
    let blocked = is_blocked(tx, &task)?;
    // A number that is free for others does not name an ended task any more.
    let number = number.filter(|_| task.status().is_live());
    let short_id = if short_ids || number.is_none() { Some(reference::short_id(tx, task.id)?) } else { None };
    let (states, urgency) = (task.states(now, blocked), task.urgency(now, blocked));
    Ok(Shown { task, number, short_id, states, urgency })
}

/// The task with that id as it is shown.
pub(crate) fn shown_by_id(tx: &dyn StoreRead, id: TaskId, now: Now) -> Result<Option<Shown>, EngineError> {
    match task(tx, id)? {
        Some(task) => shown(tx, task, tx.number_of(id)?, now, true).map(Some),
        None => Ok(None),
    }
}
