//! Orders of a listing.

use crate::task::Task;
use crate::when::Now;
use std::cmp::{Ordering, Reverse};

/// What a listing is ordered by. Every order ends with age, so that it is total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortOrder {
    /// By due (none last), then priority, then age.
    #[default]
    Due,
    /// Most important first.
    Priority,
    /// By title.
    Title,
    /// By project, tasks without one last.
    Project,
    /// Oldest first.
    Created,
    /// Latest change first.
    Modified,
    /// Most pressing first.
    Urgency,
    /// By short number, tasks without one last.
    Number,
}

/// A task with its short number on this device.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    /// The task.
    pub task: Task,
    /// Its number, when it has one.
    pub number: Option<u32>,
}

/// The order of two tasks in a listing.
pub fn compare(order: SortOrder, a: &Numbered, b: &Numbered, now: Now) -> Ordering {
    let last = |n: &Numbered| (n.number.is_none(), n.number);
    let by = match order {
        SortOrder::Due => Ordering::Equal,
        SortOrder::Priority => b.task.priority().cmp(&a.task.priority()),
        SortOrder::Title => a.task.title.to_lowercase().cmp(&b.task.title.to_lowercase()),
        SortOrder::Project => project_key(&a.task).cmp(&project_key(&b.task)),
        SortOrder::Created => return (a.task.created_at, a.task.id).cmp(&(b.task.created_at, b.task.id)),
        SortOrder::Modified => b.task.modified_at.cmp(&a.task.modified_at),
        SortOrder::Urgency => b.task.urgency(now, false).total_cmp(&a.task.urgency(now, false)),
        SortOrder::Number => last(a).cmp(&last(b)),
    };
    by.then_with(|| due_key(&a.task).cmp(&due_key(&b.task)))
}

fn project_key(task: &Task) -> (bool, Option<String>) {
    (task.project.is_none(), task.project.as_ref().map(crate::text::Project::folded))
}

/// The key of the default order; stores keep an index by its first two parts.
pub fn due_key(task: &Task) -> (i64, Reverse<u8>, crate::id::TaskId) {
    (due_sort(task), Reverse(task.priority().rank()), task.id)
}

/// Seconds of the wall clock at which a task is due, [`i64::MAX`] without a due.
pub fn due_sort(task: &Task) -> i64 {
    task.due.map_or(i64::MAX, |due| due.sort_key())
}
