//! What a command changed, and how to take it back.

use super::cells::{self, DateForm};
use super::reading::spans_of_wire;
use super::{again, facts};
use crate::error::CliError;
use crate::outcome::{Verb, Written};
use crate::output::label;
use crate::output::style::Role;
use crate::output::table::{Layout, Row};
use crate::output::text::clean;
use crate::output::ui::Ui;
use crate::transfer::Problem;
use std::collections::HashSet;
use tasks_domain::numbers;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Most ended tasks whose letters are told.
const NAMED_MAX: usize = 3;

/// The words of a verb.
struct Words {
    /// "Created".
    did: &'static str,
    /// "Would create".
    would: &'static str,
    /// "Done already".
    already: &'static str,
}

/// Writes it.
pub(super) fn render(ui: &mut Ui, written: &Written, now: Now) -> Result<(), CliError> {
    let result = &written.result;
    let words = words(written.verb);
    let unchanged: HashSet<&Vec<u8>> = result.unchanged.iter().collect();
    let is_unchanged = |task: &v1::Task| unchanged.contains(&task.id);
    let (same, changed): (Vec<_>, Vec<_>) = named(written).partition(|(_, task)| is_unchanged(task));
    match changed.as_slice() {
        [] => {}
        [(name, task)] => one(ui, written, name, task, now)?,
        many => several(ui, written, many, now)?,
    }
    let paint = ui.paint();
    for (name, task) in same {
        let title = clean(&task.title);
        ui.words(&format!("{} {}  {title}", words.already, paint.apply(Role::Id, &name)), 2)?;
    }
    again::made(ui, result, now)?;
    left_out(ui, &written.failures)?;
    for warning in &result.warnings {
        ui.warn(warning)?;
    }
    if result.dry_run {
        return ui.note("nothing was changed: this was a dry run");
    }
    if result.operation.is_some() {
        let ended: Vec<&v1::Task> = changed.iter().map(|(_, task)| *task).collect();
        ui.line(&paint.apply(Role::Faint, &format!("  undo: tasks undo{}", way_back(written.verb, &ended))))?;
    }
    Ok(())
}

/// Tells of lines that were left out.
pub(in crate::output) fn left_out(ui: &mut Ui, failures: &[Problem]) -> Result<(), CliError> {
    for Problem { place, message } in failures {
        ui.warn(&format!("left out line {}, column {}: {message}", place.line, place.column))?;
    }
    Ok(())
}

/// How to find tasks again that have no number any more; empty when that is many words.
fn way_back(verb: Verb, ended: &[&v1::Task]) -> String {
    let back = match verb {
        Verb::Done => "reopen",
        Verb::Remove => "restore",
        _ => return String::new(),
    };
    if ended.is_empty() || ended.len() > NAMED_MAX || ended.iter().any(|task| task.number > 0) {
        return String::new();
    }
    let names: Vec<String> = ended.iter().map(|task| label::of_task(task)).collect();
    format!(", later: tasks {back} {}", names.join(" "))
}

/// The tasks with the names the person used; new ones, and those whose names do not fit, with their own.
fn named(written: &Written) -> impl Iterator<Item = (String, &v1::Task)> {
    let alone = !written.references.iter().any(|reference| numbers::names_several(reference));
    let fits = alone && written.references.len() == written.result.tasks.len();
    written.result.tasks.iter().enumerate().map(move |(index, task)| {
        let own = label::of_task(task);
        let before = written.result.numbers_before.get(index).copied().unwrap_or(0);
        let name = match (task.number, before) {
            (0, _) if fits => written.references[index].clone(),
            (0, before) if before > 0 => before.to_string(),
            _ => own,
        };
        (clean(&name).into_owned(), task)
    })
}

fn one(ui: &mut Ui, written: &Written, name: &str, task: &v1::Task, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let words = words(written.verb);
    let title = paint.apply_linked(Role::Heading, &clean(&task.title), &clean(&task.title));
    if written.result.dry_run {
        // A task that was not made has no name yet.
        let name = if matches!(written.verb, Verb::Add | Verb::Duplicate) {
            String::new()
        } else {
            format!("{}  ", paint.apply(Role::Id, name))
        };
        ui.words(&format!("{} {name}{title}", paint.apply(Role::Soon, words.would)), 2)?;
    } else {
        ui.words(&format!("{} {}  {title}", paint.apply(Role::Good, words.did), paint.apply(Role::Id, name)), 2)?;
    }
    if matches!(written.verb, Verb::Add | Verb::Duplicate | Verb::Edit | Verb::Reopen | Verb::Restore | Verb::Remind) {
        for fact in facts::of_task(task, &written.near, paint, now) {
            ui.words(&fact, facts::LABELLED)?;
        }
        for rule in written.result.rules.iter().filter(|rule| rule.id == task.rule) {
            ui.words(&again::fact(rule, paint, now), facts::LABELLED)?;
        }
    }
    if written.verb == Verb::Annotate
        && let Some(line) = task.notes.lines().next_back()
    {
        ui.words(&facts::line("noted", &clean(line), paint), facts::LABELLED)?;
    }
    if written.result.dry_run {
        for reading in &written.readings {
            for line in spans_of_wire(reading, paint) {
                ui.line(&line)?;
            }
        }
    }
    Ok(())
}

fn several(ui: &mut Ui, written: &Written, tasks: &[(String, &v1::Task)], now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let words = words(written.verb);
    let (word, role) = if written.result.dry_run { (words.would, Role::Soon) } else { (words.did, Role::Good) };
    ui.line(&format!("{} {} tasks", paint.apply(role, word), tasks.len()))?;
    let nameless = written.result.dry_run && matches!(written.verb, Verb::Add | Verb::Duplicate);
    let rows: Vec<Row> = tasks
        .iter()
        .map(|(name, task)| {
            let mut row = cells::row(task, DateForm::Full, now);
            let name = if nameless { "+" } else { name.as_str() };
            row[0] = crate::output::table::Cell::of(name, Role::Id);
            row
        })
        .collect();
    let layout = Layout::of(rows.iter(), ui);
    rows.iter().try_for_each(|row| ui.line(&layout.line(row, paint)))
}

fn words(verb: Verb) -> Words {
    let (did, would, already) = match verb {
        Verb::Add => ("Created", "Would create", "There already"),
        Verb::Duplicate => ("Copied to", "Would copy", "There already"),
        Verb::Edit => ("Changed", "Would change", "Unchanged"),
        Verb::Annotate => ("Annotated", "Would annotate", "Unchanged"),
        Verb::Denotate => ("Took a line out of", "Would take a line out of", "Not in the notes of"),
        Verb::Start => ("Started", "Would start", "Started already"),
        Verb::Stop => ("Stopped", "Would stop", "Not started"),
        Verb::Done => ("Done", "Would finish", "Done already"),
        Verb::Reopen => ("Reopened", "Would reopen", "Open already"),
        Verb::Remove => ("Deleted", "Would delete", "In the trash already"),
        Verb::Restore => ("Restored", "Would restore", "Not in the trash"),
        Verb::Remind => ("Reminds of", "Would remind of", "Reminds already of"),
    };
    Words { did, would, already }
}
