//! What was done to a task.

use super::log;
use crate::error::CliError;
use crate::outcome::History;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, pad, width};
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::when::Now;
use tasks_proto::v1;
use tasks_proto::v1::field_value::Value;

/// Columns before a field.
const INDENT: usize = 6;
/// Letters of the id of another task that are shown.
const LETTERS_SHOWN: usize = 12;

/// Writes it, newest first.
pub(super) fn render(ui: &mut Ui, history: &History, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let task = &history.task;
    let id = paint.apply(Role::Id, &label::of_task(task));
    ui.words(&format!("{id}  {}", paint.apply(Role::Heading, &clean(&task.title))), 2)?;
    let operations: Vec<v1::Operation> =
        history.entries.iter().map(|entry| entry.operation.clone().unwrap_or_default()).collect();
    for (head, entry) in log::heads(ui, &operations, now).iter().zip(&history.entries) {
        ui.line(head)?;
        changes(ui, entry, paint, now)?;
    }
    if history.more {
        ui.note("there is more: --limit N")?;
    }
    Ok(())
}

/// What an operation changed, a line a field.
fn changes(ui: &mut Ui, entry: &v1::HistoryEntry, paint: Paint, now: Now) -> Result<(), CliError> {
    let rows: Vec<(String, String)> = entry.changes.iter().filter_map(|change| row(change, now)).collect();
    let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, text) in &rows {
        let name = paint.apply(Role::Faint, &pad(name, names));
        ui.words(&format!("{}{name}  {text}", " ".repeat(INDENT)), INDENT + names + 2)?;
    }
    Ok(())
}

/// What the field is called, and "before → after".
fn row(change: &v1::FieldChange, now: Now) -> Option<(String, String)> {
    let (before, after) = (text(change.before.as_ref(), now), text(change.after.as_ref(), now));
    let name = match change.field.as_str() {
        // That a task was made then is said by the command.
        "exists" | "created_at" | "modified_at" if before.is_none() => return None,
        "deleted_at" => "deleted",
        "after" => "waits for",
        "parent" => "part of",
        "estimate" => "takes",
        "tags" => "tag",
        name => name,
    };
    if let Some(line) = one_line(change) {
        return Some((clean(name).into_owned(), line));
    }
    let text = match (before, after) {
        (None, None) => return None,
        (None, Some(after)) if change.field == "status" => format!("open → {after}"),
        (Some(before), None) if change.field == "status" => format!("{before} → open"),
        (None, Some(after)) if matches!(change.field.as_str(), "tags" | "after") => format!("+ {after}"),
        (Some(before), None) if matches!(change.field.as_str(), "tags" | "after") => format!("- {before}"),
        (None, Some(after)) => after,
        (Some(before), None) => format!("{before} → nothing"),
        (Some(before), Some(after)) => format!("{before} → {after}"),
    };
    Some((clean(name).into_owned(), text))
}

/// The one line that came to a text or went from it, as by `tasks annotate`.
fn one_line(change: &v1::FieldChange) -> Option<String> {
    let lines = |value: &Option<v1::FieldValue>| match value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(Value::Text(text)) => Some(text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()),
        _ => None,
    };
    let (before, after): (Vec<String>, Vec<String>) = (lines(&change.before)?, lines(&change.after)?);
    let (sign, more, less) = if after.len() > before.len() { ("+", after, before) } else { ("-", before, after) };
    let at = more.iter().zip(&less).take_while(|(one, other)| one == other).count();
    let line = more.get(at).filter(|_| more.len() == less.len() + 1 && more[at + 1..] == less[at..])?;
    Some(format!("{sign} {}", clean(line)))
}

fn text(value: Option<&v1::FieldValue>, now: Now) -> Option<String> {
    Some(match value?.value.as_ref()? {
        Value::Text(text) => match text.split_once('\n') {
            Some((first, _)) => format!("{}…", clean(first)),
            None => clean(text).into_owned(),
        },
        Value::When(when) => dates::read(Some(when)).map(|when| dates::full(when, now))?,
        Value::AtUnixMs(ms) => dates::instant(*ms, now),
        Value::Seconds(seconds) => dates::length(*seconds),
        Value::Task(id) => label::letters_of_task(id).chars().take(LETTERS_SHOWN).collect(),
        Value::Flag(true) => "there".to_owned(),
        Value::Flag(false) => "not there".to_owned(),
        Value::Json(json) => clean(json).into_owned(),
    })
}
