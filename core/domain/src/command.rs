//! Commands: what can be asked of the engine. References and texts are resolved before one is made.

use crate::id::TaskId;
use crate::patch::TaskPatch;

/// A step in a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Begin to work on it.
    Start,
    /// Put it down again.
    Stop,
    /// Finish it.
    Done,
    /// It is not finished after all.
    Reopen,
    /// Into the trash.
    Delete,
    /// Out of the trash.
    Restore,
}

/// One command: all of it happens, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Makes tasks with ids of the caller's.
    Add(Vec<(TaskId, TaskPatch)>),
    /// Changes tasks.
    Edit(Vec<(TaskId, TaskPatch)>),
    /// Takes tasks one step on.
    Step(Step, Vec<TaskId>),
}

impl Command {
    /// The tasks it is about, in the order they were named.
    pub fn targets(&self) -> Vec<TaskId> {
        match self {
            Self::Add(tasks) | Self::Edit(tasks) => tasks.iter().map(|(id, _)| *id).collect(),
            Self::Step(_, ids) => ids.clone(),
        }
    }

    /// Tasks besides the targets whose parents and blockers decide whether it is allowed.
    pub fn relatives(&self) -> Vec<TaskId> {
        match self {
            Self::Step(..) => Vec::new(),
            Self::Add(tasks) | Self::Edit(tasks) => tasks
                .iter()
                .flat_map(|(_, patch)| {
                    let parent = if let crate::patch::Patch::Set(id) = &patch.parent { Some(*id) } else { None };
                    parent.into_iter().chain(patch.add_after.iter().copied())
                })
                .collect(),
        }
    }
}
