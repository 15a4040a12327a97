//! The log, and what was taken back.

use crate::error::CliError;
use crate::outcome::{TakenBack, Way};
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, cut, pad, width};
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Most tasks of a command that are named.
const NAMED_MAX: usize = 3;

/// Writes the log, newest first.
pub(super) fn render(ui: &mut Ui, operations: &[v1::Operation], now: Now) -> Result<(), CliError> {
    if operations.is_empty() {
        return ui.note("nothing was done yet");
    }
    heads(ui, operations, now).iter().try_for_each(|line| ui.line(line))
}

/// A line for each operation: its letters, when it was, the command.
pub(super) fn heads(ui: &Ui, operations: &[v1::Operation], now: Now) -> Vec<String> {
    let paint = ui.paint();
    let cells: Vec<(String, String, String)> = operations
        .iter()
        .map(|one| (label::of_operation(one), dates::instant(one.at_unix_ms, now), dates::ago(one.at_unix_ms, now)))
        .collect();
    let widest =
        |cell: fn(&(String, String, String)) -> &String| cells.iter().map(|row| width(cell(row))).max().unwrap_or(0);
    let (ids, instants, agos) = (widest(|row| &row.0), widest(|row| &row.1), widest(|row| &row.2));
    // On a narrow screen one way to tell the time is enough.
    let narrow = ui.columns().is_some_and(|columns| columns < 72);
    let taken = 2 + ids + 2 + if narrow { agos } else { instants + 2 + agos } + 2;
    let line = |(one, (id, instant, ago)): (&v1::Operation, &(String, String, String))| {
        let what = what(one);
        let what = match ui.columns() {
            Some(columns) => cut(&what, columns.saturating_sub(taken).max(10)).into_owned(),
            None => what,
        };
        let role = if one.undone { Role::Faint } else { Role::Plain };
        let instant = if narrow { String::new() } else { format!("{}  ", pad(instant, instants)) };
        let (id, ago) = (paint.apply(Role::Id, &pad(id, ids)), paint.apply(Role::Faint, &pad(ago, agos)));
        format!("  {id}  {instant}{ago}  {}", paint.apply(role, &what))
    };
    operations.iter().zip(&cells).map(line).collect()
}

/// The command; for an undone one with that word.
fn what(one: &v1::Operation) -> String {
    let command = clean(&one.command);
    let kind = match one.kind() {
        v1::OperationKind::Undo if command.is_empty() => "undo",
        v1::OperationKind::Redo if command.is_empty() => "redo",
        v1::OperationKind::Revert if command.is_empty() => "revert",
        _ => "",
    };
    let undone = if one.undone { "(undone) " } else { "" };
    format!("{undone}{kind}{command}")
}

/// Writes what was taken back, or done again.
pub(super) fn taken_back(ui: &mut Ui, taken: &TakenBack, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    for step in &taken.steps {
        step_back(ui, step, taken, paint, now)?;
    }
    if taken.dry_run {
        return ui.note("nothing was changed: this was a dry run");
    }
    let next = if taken.way == Way::Undo { "  redo: tasks redo" } else { "  undo: tasks undo" };
    ui.line(&paint.apply(Role::Faint, next))
}

/// The first of the tasks, and how many more there are.
fn named(ui: &mut Ui, tasks: &[v1::Task]) -> Result<(), CliError> {
    let paint = ui.paint();
    let mut shown: Vec<&v1::Task> = tasks.iter().collect();
    // By their numbers, as people know them; those that have none last.
    shown.sort_by_key(|task| (task.number == 0, task.number));
    shown.truncate(NAMED_MAX);
    let ids = shown.iter().map(|task| width(&label::of_task(task))).max().unwrap_or(0);
    for task in &shown {
        let title = clean(&task.title);
        let title =
            ui.columns().map_or(title.clone(), |columns| cut(&title, columns - ids.min(12) - 4).into_owned().into());
        let id = paint.apply(Role::Id, &format!("{:>ids$}", label::of_task(task)));
        ui.line(&format!("  {id}  {title}"))?;
    }
    match tasks.len() - shown.len() {
        0 => Ok(()),
        more => ui.line(&paint.apply(Role::Faint, &format!("  and {more} more"))),
    }
}

fn step_back(ui: &mut Ui, step: &v1::TakenBack, taken: &TakenBack, paint: Paint, now: Now) -> Result<(), CliError> {
    let word = match (taken.way == Way::Redo, taken.dry_run) {
        (false, false) => "Took back",
        (false, true) => "Would take back",
        (true, false) => "Did again",
        (true, true) => "Would do again",
    };
    let target = step.target.clone().unwrap_or_default();
    let (command, ago) = (clean(&target.command).into_owned(), dates::ago(target.at_unix_ms, now));
    let ago = paint.apply(Role::Faint, &format!("({ago})"));
    ui.line(&format!("{}  {command} {ago}", paint.apply(Role::Good, word)))?;
    let tasks = step.result.as_ref().map(|result| result.tasks.as_slice()).unwrap_or_default();
    named(ui, tasks)?;
    for kept in &step.kept {
        ui.warn(&format!("stays, as it was changed since: {kept}"))?;
    }
    let warnings = step.result.iter().flat_map(|result| &result.warnings);
    warnings.into_iter().try_for_each(|warning| ui.warn(warning))
}
