//! Reminders as they are shown: with what only a replica can tell.

use super::ledger::Row;
use super::model::Reminder;
use super::standing::Standing;

/// A reminder as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderShown {
    /// The reminder.
    pub reminder: Reminder,
    /// How it stands.
    pub standing: Standing,
    /// The ledger's row of its slot, when there is one.
    pub row: Option<Row>,
    /// The shortest prefix of its printed id that names only this reminder.
    pub short_id: String,
    /// The title of its task.
    pub task_title: String,
    /// The short number of its task.
    pub task_number: Option<u32>,
}
