//! Answers about reminders.

use tasks_proto::v1;

/// Reminders, or what became of some.
#[derive(Debug)]
pub struct ReminderReport {
    /// They, as they are now.
    pub reminders: Vec<v1::Reminder>,
    /// There are more.
    pub more: bool,
    /// Not only those that are to come, or wait for something.
    pub all: bool,
    /// What was done to them.
    pub change: Option<ReminderChange>,
}

/// What was done to reminders.
#[derive(Debug)]
pub struct ReminderChange {
    /// That it was done, would be done, and is so already.
    pub words: (&'static str, &'static str, &'static str),
    /// Absent when nothing changed, and in a dry run.
    pub operation: Option<v1::Operation>,
    /// Ids of those that were so already.
    pub unchanged: Vec<Vec<u8>>,
    /// Nothing was done.
    pub dry_run: bool,
}
