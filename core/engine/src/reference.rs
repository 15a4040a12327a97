//! From what a person calls a task to the task: a short number, a printed id, or its beginning.

use crate::error::EngineError;
use crate::store::StoreRead;
use tasks_domain::error::Error;
use tasks_domain::id::{IdPrefix, OperationId, TaskId, shortest_unique};
use tasks_domain::task::Task;

/// Candidates named in an error about an ambiguous reference.
const CANDIDATES_MAX: usize = 3;

/// The task that `reference` names.
pub(crate) fn task(tx: &dyn StoreRead, reference: &str) -> Result<TaskId, EngineError> {
    let none = || Error::NoSuchTask { reference: reference.to_owned() };
    let bare = reference.trim().trim_start_matches('#');
    if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
        let found = bare.parse().ok().map(|number| tx.task_with_number(number)).transpose()?;
        return Ok(found.flatten().ok_or_else(none)?);
    }
    let prefix = IdPrefix::parse(bare).ok_or_else(none)?;
    let found = tx.tasks_with_prefix(prefix, CANDIDATES_MAX)?;
    match found.as_slice() {
        [] => Err(none().into()),
        [one] => Ok(*one),
        several => {
            let mut candidates = Vec::new();
            for id in several {
                let title = tx.entity((*id).into())?.map(|registers| Task::read(*id, &registers).title);
                candidates.push(format!("{} ({})", short_id(tx, *id)?, title.unwrap_or_default()));
            }
            Err(Error::AmbiguousTask { reference: reference.to_owned(), candidates }.into())
        }
    }
}

/// All of them, each once, in the order they were named.
pub(crate) fn tasks(tx: &dyn StoreRead, references: &[String]) -> Result<Vec<TaskId>, EngineError> {
    let mut ids = Vec::with_capacity(references.len());
    for reference in references {
        let id = task(tx, reference)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The operation that `reference` names.
pub(crate) fn operation(tx: &dyn StoreRead, reference: &str) -> Result<OperationId, EngineError> {
    let none = || Error::NoSuchOperation { reference: reference.to_owned() };
    let prefix = IdPrefix::parse(reference.trim()).ok_or_else(none)?;
    match tx.operations_with_prefix(prefix, 2)?.as_slice() {
        [] => Err(none().into()),
        [one] => Ok(*one),
        _ => Err(Error::AmbiguousOperation { reference: reference.to_owned() }.into()),
    }
}

/// The shortest prefix that names only this task.
pub(crate) fn short_id(tx: &dyn StoreRead, id: TaskId) -> Result<String, EngineError> {
    let (before, after) = tx.neighbours(id)?;
    let reversed = |id: TaskId| id.reversed();
    Ok(shortest_unique(id.reversed(), before.map(reversed), after.map(reversed)))
}
