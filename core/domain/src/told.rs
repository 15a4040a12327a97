//! Events as those who follow are told of them.

use crate::event::Event;
use crate::field;
use crate::id::DeviceId;
use crate::operation::Reason;
use crate::register::FieldId;
use crate::shown::Shown;

/// An event with what somebody needs who was not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What happened, when, to which task.
    pub event: Event,
    /// Why it was done.
    pub reason: Reason,
    /// The command as it was given.
    pub command: String,
    /// The device that did it.
    pub device: DeviceId,
    /// The fields of the task that the command wrote, by their names in JSON, each once.
    pub fields: Vec<String>,
    /// The task as it is when this is told, which may be later than the event; `None` when nothing of it is left.
    pub task: Option<Shown>,
}

/// What JSON calls the field of a task; `None` for one that shows in no field of its own.
pub fn json_name(id: FieldId) -> Option<&'static str> {
    Some(match id {
        field::TITLE => "title",
        field::NOTES => "notes",
        field::STATUS | field::DELETED => "status",
        field::PRIORITY => "priority",
        field::DUE => "due",
        field::START => "start",
        field::WAIT => "wait",
        field::END => "end",
        field::ESTIMATE => "estimate",
        field::PROJECT => "project",
        field::TAG => "tags",
        field::PARENT => "parent",
        field::AFTER => "after",
        field::RULE => "rule",
        field::SLOT => "slot",
        field::CREATED => "created_at",
        _ => return None,
    })
}
