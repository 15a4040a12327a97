//! Tasks and operations as they are shown: with what only a replica or the present can tell.

use crate::id::TaskId;
use crate::operation::Header;
use crate::recurrence::{Occurrence, RuleStatus, Slot};
use crate::recurring::Recurring;
use crate::reminder::ReminderShown;
use crate::task::{DerivedState, Task};
use crate::when::When;

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

/// An occurrence that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOccurrence {
    /// Its task.
    pub id: TaskId,
    /// Its short number.
    pub number: Option<u32>,
    /// Where its rule has it.
    pub slot: Slot,
    /// When it is due, which a person may have moved.
    pub due: Option<When>,
    /// The policies that made it so; `None` where a person moved it.
    pub date: Option<Occurrence>,
}

/// A rule as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleShown {
    /// The rule.
    pub rule: Recurring,
    /// Whether it goes on.
    pub status: RuleStatus,
    /// The shortest beginning of its printed id that names no other rule, where it was asked for.
    pub short_id: String,
    /// Its open occurrences, earliest first.
    pub open: Vec<OpenOccurrence>,
    /// How many were made and not taken back, ended ones among them.
    pub generated: u32,
    /// The next dates behind the open ones.
    pub upcoming: Vec<Occurrence>,
}

impl RuleShown {
    /// When the next occurrence is due that is there, or will be made; `None` when nothing comes.
    pub fn next_due(&self) -> Option<When> {
        let open = self.open.iter().filter_map(|one| one.due).min_by_key(When::sort_key);
        let goes_on = self.status == RuleStatus::Active;
        open.or_else(|| self.upcoming.first().filter(|_| goes_on).map(|one| one.when))
    }
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
