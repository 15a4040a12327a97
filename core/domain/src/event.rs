//! Events: what a committed change means to others. Hooks, feeds, notifications and audit are fed from here only.

use crate::error::Error;
use crate::id::{OperationId, TaskId};
use crate::operation::Header;
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
}

impl EventType {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Created,
        Self::Updated,
        Self::Started,
        Self::Stopped,
        Self::Completed,
        Self::Reopened,
        Self::Deleted,
        Self::Restored,
        Self::Removed,
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
        }
    }

    /// Reads its name, with or without `task.` before it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.trim().to_lowercase();
        let name = name.strip_prefix("task.").unwrap_or(&name);
        let found = Self::ALL.into_iter().find(|event_type| event_type.as_str().strip_prefix("task.") == Some(name));
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
        id: event_id(operation.id, after.id, event_type),
        event_type,
        task: after.id,
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

fn event_id(operation: OperationId, task: TaskId, event_type: EventType) -> [u8; 16] {
    let name = [task.as_bytes().as_slice(), event_type.as_str().as_bytes()].concat();
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
