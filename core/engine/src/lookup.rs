//! One thing, read from the store.

use crate::error::EngineError;
use crate::store::StoreRead;
use tasks_domain::id::TaskId;
use tasks_domain::task::Task;

/// The task, when anything was ever written to it.
pub(crate) fn task(tx: &dyn StoreRead, id: TaskId) -> Result<Option<Task>, EngineError> {
    Ok(tx.entity(id.into())?.map(|registers| Task::read(id, &registers)))
}
