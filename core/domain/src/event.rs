//! Events: what a committed change means to others. Hooks, feeds, notifications and audit are fed from here only.

use crate::error::Error;
use crate::id::{OperationId, ReminderId, TaskId};
use crate::operation::Header;
use crate::reminder::{Reminder, Standing, State};
use crate::stamp::Hlc;
use crate::task::{Status, Task};

/// What happened to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// It is there now: made, or its making was done again.
    Created,
    /// A field changed that no other event tells of.
    Updated,
    /// Somebody works on it.
    Started,
    /// It was put down.
    Stopped,
    /// It is finished.
    Completed,
    /// It is to do again.
    Reopened,
    /// It is in the trash.
    Deleted,
    /// It came out of the trash.
    Restored,
    /// Its making was taken back.
    Removed,
    /// A reminder is to come: it was made, moved, or is wanted again.
    ReminderScheduled,
    /// A reminder was handed to its channel.
    ReminderSent,
    /// No channel took a reminder, and nobody tries any more.
    ReminderFailed,
    /// A reminder is not to come.
    ReminderCancelled,
    /// A person reacted to a reminder.
    ReminderAcknowledged,
}

impl EventType {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::Created,
        Self::Updated,
        Self::Started,
        Self::Stopped,
        Self::Completed,
        Self::Reopened,
        Self::Deleted,
        Self::Restored,
        Self::Removed,
        Self::ReminderScheduled,
        Self::ReminderSent,
        Self::ReminderFailed,
        Self::ReminderCancelled,
        Self::ReminderAcknowledged,
    ];

    /// The name others know it by, as `task.completed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "task.created",
            Self::Updated => "task.updated",
            Self::Started => "task.started",
            Self::Stopped => "task.stopped",
            Self::Completed => "task.completed",
            Self::Reopened => "task.reopened",
            Self::Deleted => "task.deleted",
            Self::Restored => "task.restored",
            Self::Removed => "task.removed",
            Self::ReminderScheduled => "reminder.scheduled",
            Self::ReminderSent => "reminder.sent",
            Self::ReminderFailed => "reminder.failed",
            Self::ReminderCancelled => "reminder.cancelled",
            Self::ReminderAcknowledged => "reminder.acknowledged",
        }
    }

    /// Reads its name; what happens to tasks with or without `task.` before it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.trim().to_lowercase();
        let bare = name.strip_prefix("task.").unwrap_or(&name);
        let known = |event_type: &Self| match event_type.as_str().strip_prefix("task.") {
            Some(of_task) => of_task == bare,
            None => event_type.as_str() == name,
        };
        let found = Self::ALL.into_iter().find(known);
        found.ok_or_else(|| Error::UnknownEvent { text: text.to_owned() })
    }
}

/// One thing that happened, for the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same happening, whoever reports it: a hash of operation, task and type (UUID version 5).
    pub id: [u8; 16],
    /// What.
    pub event_type: EventType,
    /// To which task.
    pub task: TaskId,
    /// To which of its reminders; `None` for what happened to the task itself.
    pub reminder: Option<ReminderId>,
    /// By which operation.
    pub operation: OperationId,
    /// When, by the clock of whoever did it, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// When, on the replica's hybrid clock: what its age is counted by.
    pub hlc: Hlc,
}

/// What the step from `before` to `after`, which this operation made, means. Nothing changed: no event.
pub fn events(before: Option<&Task>, after: &Task, operation: &Header) -> Vec<Event> {
    let event = |event_type: EventType| Event {
        id: event_id(operation.id, after.id.as_bytes(), event_type),
        event_type,
        task: after.id,
        reminder: None,
        operation: operation.id,
        at_unix_ms: operation.at_unix_ms,
        hlc: operation.hlc,
    };
    types(before, after).into_iter().map(event).collect()
}

fn types(before: Option<&Task>, after: &Task) -> Vec<EventType> {
    let before = before.filter(|task| task.exists);
    let Some(before) = before else {
        return if after.exists { vec![EventType::Created] } else { Vec::new() };
    };
    if !after.exists {
        return vec![EventType::Removed];
    }
    let mut types = Vec::new();
    match (before.deleted_at.is_some(), after.deleted_at.is_some()) {
        (false, true) => types.push(EventType::Deleted),
        (true, false) => types.push(EventType::Restored),
        _ => {}
    }
    match (before.progress, after.progress) {
        (a, b) if a == b => {}
        (_, Status::Done) => types.push(EventType::Completed),
        (Status::Done, _) => types.push(EventType::Reopened),
        (_, Status::Started) => types.push(EventType::Started),
        _ => types.push(EventType::Stopped),
    }
    if is_edited(before, after) {
        types.push(EventType::Updated);
    }
    types
}

/// What the step of a reminder between two standings means; `None` before it was made, or when it is not there any more.
pub fn of_reminder(
    reminder: &Reminder,
    (before, after): (Option<&Standing>, Option<&Standing>),
    operation: &Header,
) -> Option<Event> {
    let moved = before.map(|s| s.slot.map(|slot| slot.at_unix_ms)) != after.map(|s| s.slot.map(|slot| slot.at_unix_ms));
    let state = |standing: Option<&Standing>| standing.map(|standing| standing.state);
    let event_type = match (state(before), state(after)) {
        (None, None | Some(State::Cancelled)) | (Some(State::Cancelled), None) => return None,
        (before, Some(State::Pending)) if before != Some(State::Pending) || moved => EventType::ReminderScheduled,
        (before, after) if before == after => return None,
        (_, Some(State::Pending)) => return None,
        (_, Some(State::Sent)) => EventType::ReminderSent,
        (_, Some(State::Failed)) => EventType::ReminderFailed,
        (_, Some(State::Acknowledged)) => EventType::ReminderAcknowledged,
        (_, Some(State::Cancelled) | None) => EventType::ReminderCancelled,
    };
    Some(Event {
        id: event_id(operation.id, reminder.id.as_bytes(), event_type),
        event_type,
        task: reminder.task,
        reminder: Some(reminder.id),
        operation: operation.id,
        at_unix_ms: operation.at_unix_ms,
        hlc: operation.hlc,
    })
}

/// Whether anything changed besides the steps that have events of their own.
fn is_edited(before: &Task, after: &Task) -> bool {
    let fields = |task: &Task| Task {
        progress: Status::Open,
        modified_at: 0,
        started_at: None,
        done_at: None,
        deleted_at: None,
        ..task.clone()
    };
    fields(before) != fields(after)
}

fn event_id(operation: OperationId, of: &[u8; 16], event_type: EventType) -> [u8; 16] {
    let name = [of.as_slice(), event_type.as_str().as_bytes()].concat();
    uuid::Uuid::new_v5(&uuid::Uuid::from_bytes(*operation.as_bytes()), &name).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_with_or_without_what_it_is_about() {
        for event_type in EventType::ALL {
            assert_eq!(EventType::parse(event_type.as_str()), Ok(event_type));
        }
        assert_eq!(EventType::parse(" Completed"), Ok(EventType::Completed));
        for text in ["", "task.", "done", "task.task.created"] {
            assert_eq!(EventType::parse(text), Err(Error::UnknownEvent { text: text.to_owned() }), "{text}");
        }
    }
}
