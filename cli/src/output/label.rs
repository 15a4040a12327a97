//! The names by which people call tasks and operations.

use tasks_domain::id::{OperationId, TaskId};
use tasks_proto::v1;

/// Letters shown of an id that nobody made shorter.
const LETTERS_SHOWN: usize = 8;

/// The number, or the letters when there is none.
pub(crate) fn of_task(task: &v1::Task) -> String {
    if task.number > 0 {
        return task.number.to_string();
    }
    if task.short_id.is_empty() { short_letters(&task.id) } else { task.short_id.clone() }
}

/// The 32 letters of a task's id; empty for bytes that are no id.
pub(super) fn letters_of_task(id: &[u8]) -> String {
    TaskId::from_slice(id).map(|id| id.letters()).unwrap_or_default()
}

/// Enough letters of a task's id to tell it from others.
pub(super) fn short_letters(id: &[u8]) -> String {
    letters_of_task(id).chars().take(LETTERS_SHOWN).collect()
}

/// The 32 letters of an operation's or device's id; empty for bytes that are no id.
pub(super) fn letters_of_operation(id: &[u8]) -> String {
    OperationId::from_slice(id).map(|id| id.letters()).unwrap_or_default()
}

/// The shortest name of an operation.
pub(super) fn of_operation(operation: &v1::Operation) -> String {
    if operation.short_id.is_empty() {
        letters_of_operation(&operation.id).chars().take(LETTERS_SHOWN).collect()
    } else {
        operation.short_id.clone()
    }
}
