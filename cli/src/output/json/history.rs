//! What was done to a task.

use super::VERSION;
use super::operation::OperationDoc;
use super::task::{TaskDoc, WhenDoc, instant};
use crate::outcome::History;
use crate::output::{dates, label};
use chrono::Duration;
use serde::Serialize;
use tasks_proto::v1;
use tasks_proto::v1::field_value::Value;

/// The history of a task.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct HistoryDoc<'a> {
    version: u32,
    /// As it is now.
    task: TaskDoc<'a>,
    /// Newest first.
    entries: Vec<EntryDoc<'a>>,
    /// Whether there are older ones.
    more: bool,
}

/// One command, as far as it changed the task.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EntryDoc<'a> {
    operation: OperationDoc<'a>,
    changes: Vec<ChangeDoc<'a>>,
}

/// One field; of `tags` and `after` one member, which is null where it was not, or is not, among them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangeDoc<'a> {
    /// As in a task; `exists` says whether there is one at all.
    field: &'a str,
    before: Option<ValueDoc<'a>>,
    after: Option<ValueDoc<'a>>,
}

/// A value as a task has it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum ValueDoc<'a> {
    Text(&'a str),
    Made(String),
    When(WhenDoc),
    Flag(bool),
}

impl<'a> HistoryDoc<'a> {
    /// The document of a history.
    pub(super) fn of(history: &'a History) -> Self {
        Self {
            version: VERSION,
            task: TaskDoc::of(&history.task),
            entries: history.entries.iter().filter_map(entry).collect(),
            more: history.more,
        }
    }
}

fn entry(entry: &v1::HistoryEntry) -> Option<EntryDoc<'_>> {
    Some(EntryDoc {
        operation: OperationDoc::of(entry.operation.as_ref()?),
        changes: entry
            .changes
            .iter()
            .map(|change| ChangeDoc {
                field: &change.field,
                before: value(change.before.as_ref()),
                after: value(change.after.as_ref()),
            })
            .collect(),
    })
}

fn value(value: Option<&v1::FieldValue>) -> Option<ValueDoc<'_>> {
    Some(match value?.value.as_ref()? {
        Value::Text(text) | Value::Json(text) => ValueDoc::Text(text),
        Value::When(when) => ValueDoc::When(WhenDoc::of(dates::read(Some(when))?)),
        Value::AtUnixMs(ms) => ValueDoc::Made(instant(*ms)?),
        Value::Seconds(seconds) => ValueDoc::Made(dates::iso_length(Duration::try_seconds(*seconds)?)),
        Value::Task(id) => ValueDoc::Made(label::letters_of_task(id)),
        Value::Flag(flag) => ValueDoc::Flag(*flag),
    })
}
