//! `EVENT`: what happened, one a line.

use super::operation::kind;
use super::task::{TaskDoc, instant};
use super::{VERSION, document};
use crate::error::CliError;
use crate::link::feed::News;
use crate::outcome::Events;
use crate::output::label;
use crate::output::ui::Ui;
use serde::Serialize;
use tasks_proto::v1;
use tasks_proto::v1::watch_response::What;

/// Something that happened. A `resync` has the same keys, and null where it says nothing.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct EventDoc<'a> {
    version: u32,
    /// Where to go on from after this event: `--since`.
    cursor: &'a str,
    /// 32 letters, the same for the same happening, however often it is told.
    id: Option<String>,
    /// As `task.completed`; `resync` when what happened before the cursor is not known.
    r#type: &'a str,
    at: Option<String>,
    /// 32 letters.
    operation: Option<String>,
    /// `user`, `undo`, `redo` or `revert`.
    kind: Option<&'static str>,
    /// The command as it was given.
    command: Option<&'a str>,
    /// 32 letters.
    device: Option<String>,
    /// Fields of the task that the command wrote, as they are called there.
    fields: &'a [String],
    /// 32 letters.
    task_id: Option<String>,
    /// Of what happened to a reminder: which, 32 letters; null otherwise.
    reminder_id: Option<String>,
    /// The task as it is when this is told; null when nothing of it is left.
    task: Option<TaskDoc<'a>>,
}

impl<'a> EventDoc<'a> {
    /// The document of an event.
    pub(super) fn of(cursor: &'a str, event: &'a v1::Event) -> Self {
        Self {
            version: VERSION,
            cursor,
            id: Some(label::letters_of_operation(&event.id)),
            r#type: &event.r#type,
            at: instant(event.at_unix_ms),
            operation: Some(label::letters_of_operation(&event.operation)),
            kind: Some(kind(event.kind())),
            command: Some(&event.command),
            device: Some(label::letters_of_operation(&event.device)),
            fields: &event.fields,
            task_id: Some(label::letters_of_task(&event.task_id)),
            reminder_id: Some(label::letters_of_task(&event.reminder_id)).filter(|id| !id.is_empty()),
            task: event.task.as_ref().map(TaskDoc::of),
        }
    }

    /// The document that tells to look at everything anew.
    pub(super) fn resync(cursor: &'a str) -> Self {
        Self {
            version: VERSION,
            cursor,
            id: None,
            r#type: "resync",
            at: None,
            operation: None,
            kind: None,
            command: None,
            device: None,
            fields: &[],
            task_id: None,
            reminder_id: None,
            task: None,
        }
    }
}

/// Writes events as they come.
pub(super) fn render(ui: &mut Ui, events: Events) -> Result<(), CliError> {
    for news in events {
        let News::Message(message) = news? else { continue };
        match &message.what {
            Some(What::Event(event)) => document(ui, &EventDoc::of(&message.cursor, event))?,
            Some(What::Resync(_)) => document(ui, &EventDoc::resync(&message.cursor))?,
            Some(What::Position(_)) | None => continue,
        }
        ui.flush()?;
    }
    Ok(())
}

/// An event as one line of JSON, for a program that is started with it.
pub(in crate::output) fn line(cursor: &str, event: &v1::Event) -> String {
    // Plain structures with text keys always have a JSON form.
    serde_json::to_string(&EventDoc::of(cursor, event)).unwrap_or_default() + "\n"
}
