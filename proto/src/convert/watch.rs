//! Events and cursors. Events go one way only: programs that are told of them show what they are told, also what they do not know.

use super::{operation, task};
use crate::v1;
use tasks_domain::cursor::Cursor;
use tasks_domain::error::Error;
use tasks_domain::event::EventType;
use tasks_domain::told::Told;

/// To the wire. The hybrid time stays behind, and of the reason only its kind goes.
pub fn to_wire(told: &Told) -> v1::Event {
    let event = &told.event;
    v1::Event {
        id: event.id.to_vec(),
        r#type: event.event_type.as_str().to_owned(),
        at_unix_ms: event.at_unix_ms,
        task: told.task.as_ref().map(task::to_wire),
        operation: event.operation.as_bytes().to_vec(),
        kind: operation::kind_to_wire(told.reason) as i32,
        command: told.command.clone(),
        device: told.device.as_bytes().to_vec(),
        fields: told.fields.clone(),
        task_id: event.task.as_bytes().to_vec(),
        reminder_id: event.reminder.map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
    }
}

/// Names of events; none for all of them, as does `all`.
pub fn types_from_wire(types: &[String]) -> Result<Vec<EventType>, Error> {
    if types.iter().any(|name| name.trim().eq_ignore_ascii_case("all")) {
        return Ok(Vec::new());
    }
    types.iter().map(|name| EventType::parse(name)).collect()
}

/// A printed cursor; `None` for the empty text.
pub fn cursor_from_wire(text: &str) -> Result<Option<Cursor>, Error> {
    Some(text).filter(|text| !text.is_empty()).map(Cursor::parse).transpose()
}
