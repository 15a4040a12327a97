//! Tasks and operations as they are shown: with what only a replica or the present can tell.

use crate::operation::Header;
use crate::reminder::ReminderShown;
use crate::task::{DerivedState, Task};

/// How far the tasks below one are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Tasks below it at any depth, each once, without those in the trash.
    pub total: u32,
    /// Those of them that are done.
    pub done: u32,
}

/// A task as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The task.
    pub task: Task,
    /// Its short number.
    pub number: Option<u32>,
    /// The shortest prefix of its printed id, where asked for, and always without a number.
    pub short_id: Option<String>,
    /// What follows from it and the caller's present.
    pub states: Vec<DerivedState>,
    /// How pressing it is.
    pub urgency: f64,
    /// How far its parts are.
    pub progress: Progress,
    /// Its reminders, in the order in which they come.
    pub reminders: Vec<ReminderShown>,
}

/// An entry of the log as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// Who, when, why.
    pub header: Header,
    /// Position in this replica's log.
    pub seq: u64,
    /// Registers it wrote.
    pub changes: u32,
    /// Whether it is taken back.
    pub undone: bool,
    /// The shortest prefix of its printed id.
    pub short_id: String,
}
