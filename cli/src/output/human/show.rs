//! Everything about a task.

use super::again;
use super::cells::{self, DateForm};
use super::facts::{LABELLED, line, period, ties, told};
use super::reminders;
use crate::columns::Column;
use crate::error::CliError;
use crate::outcome::Shown;
use crate::output::style::Role;
use crate::output::table::{Layout, Row};
use crate::output::text::{clean, clean_lines};
use crate::output::ui::Ui;
use crate::output::{dates, label, markdown};
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes the tasks, a blank line between two.
pub(super) fn render(ui: &mut Ui, shown: &Shown, now: Now) -> Result<(), CliError> {
    for (index, task) in shown.tasks.iter().enumerate() {
        if index > 0 {
            ui.line("")?;
        }
        one(ui, task, shown, now)?;
    }
    Ok(())
}

fn one(ui: &mut Ui, task: &v1::Task, shown: &Shown, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let id = paint.apply(Role::Id, &label::of_task(task));
    ui.words(&format!("{id}  {}", paint.apply_linked(Role::Heading, &clean(&task.title), &clean(&task.title))), 2)?;
    let mut rules = shown.rules.iter().filter(|rule| rule.id == task.rule);
    for (name, value) in facts(task, shown, ui, now) {
        // Right behind its dates.
        if name == "priority"
            && let Some(rule) = rules.next()
        {
            ui.words(&again::fact(rule, paint, now), LABELLED)?;
        }
        ui.words(&line(name, &value, paint), LABELLED)?;
    }
    parts(ui, task, &shown.below, now)?;
    if !task.notes.is_empty() {
        ui.line("")?;
        notes(ui, &task.notes)?;
    }
    Ok(())
}

/// The parts of a task, as in a list.
fn parts(ui: &mut Ui, task: &v1::Task, below: &[v1::Task], now: Now) -> Result<(), CliError> {
    let parts: Vec<&v1::Task> = below.iter().filter(|one| one.parent == task.id).collect();
    if parts.is_empty() {
        return Ok(());
    }
    let paint = ui.paint();
    let done = format!("Parts, {} of {} done", task.children_done, task.children_total);
    ui.line("")?;
    ui.line(&format!("  {}", paint.apply(Role::Heading, &done)))?;
    if ui.columns().is_none() {
        return cells::table(&Column::PLAIN, parts.iter().copied(), now)
            .lines()
            .iter()
            .try_for_each(|line| ui.line(&format!("  {line}")));
    }
    let rows: Vec<Row> = parts.iter().map(|one| cells::row(one, DateForm::Full, now)).collect();
    let layout = Layout::of(rows.iter(), ui);
    rows.iter().try_for_each(|row| ui.line(&layout.line(row, paint)))
}

/// As Markdown on a screen; elsewhere as they are, so that programs can read them.
fn notes(ui: &mut Ui, notes: &str) -> Result<(), CliError> {
    match ui.columns() {
        Some(columns) => markdown::render(notes, ui.paint(), columns.saturating_sub(2), ui.draws_unicode())
            .iter()
            .try_for_each(|line| ui.line(&format!("  {line}"))),
        None => clean_lines(notes).try_for_each(|line| ui.line(&format!("  {line}"))),
    }
}

fn facts(task: &v1::Task, shown: &Shown, ui: &Ui, now: Now) -> Vec<(&'static str, String)> {
    let paint = ui.paint();
    let mut facts = vec![("status", status(task))];
    let mut add = |name, value: String| {
        if !value.is_empty() {
            facts.push((name, value));
        }
    };
    let when = |when: Option<&v1::When>| dates::read(when).map(|when| told(when, paint, now)).unwrap_or_default();
    let (start, end) = (dates::read(task.start.as_ref()), dates::read(task.end.as_ref()));
    add("due", when(task.due.as_ref()));
    if start.is_some() || end.is_some() {
        add("period", period(start, end, now));
    }
    add("hidden", when(task.wait.as_ref()));
    add("priority", dates::priority_word(task.priority()).to_owned());
    add("project", clean(&task.project).into_owned());
    add("tags", clean(&task.tags.join(" ")).into_owned());
    add("takes", dates::length(task.estimate_seconds));
    for (at, one) in reminders::all_of_task(task, paint, now).into_iter().enumerate() {
        add(if at == 0 { "remind" } else { "" }, one);
    }
    for (name, value) in ties(task, &shown.near, paint) {
        add(name, value);
    }
    let waiting = shown.below.iter().filter(|one| one.after.contains(&task.id));
    for (at, one) in waiting.enumerate() {
        let id = paint.apply(Role::Id, &label::of_task(one));
        add(if at == 0 { "blocks" } else { "" }, format!("{id} {}", clean(&one.title)));
    }
    let instant = |ms: i64| {
        if ms == 0 {
            return String::new();
        }
        format!("{}{}", dates::instant(ms, now), paint.distance(&dates::ago(ms, now)))
    };
    add("created", instant(task.created_at_unix_ms));
    // The stamps of a new task differ by the time it took to make it.
    let changed = instant(task.modified_at_unix_ms);
    if changed != instant(task.created_at_unix_ms) {
        add("changed", changed);
    }
    add("started", instant(task.started_at_unix_ms));
    add("done", instant(task.done_at_unix_ms));
    add("deleted", instant(task.deleted_at_unix_ms));
    // On a narrow screen its beginning, which names the task as well.
    let room = ui.columns().map_or(usize::MAX, |columns| columns.saturating_sub(LABELLED));
    add("id", label::letters_of_task(&task.id).chars().take(room).collect());
    facts
}

fn status(task: &v1::Task) -> String {
    let mut words = vec![match task.status() {
        v1::Status::Unspecified => "unknown to this build",
        v1::Status::Open => "open",
        v1::Status::Started => "started",
        v1::Status::Done => "done",
        v1::Status::Deleted => "in the trash",
    }];
    words.extend(task.states().filter_map(|state| match state {
        v1::DerivedState::Unspecified => None,
        v1::DerivedState::Waiting => Some("waiting"),
        v1::DerivedState::Blocked => Some("blocked"),
        v1::DerivedState::Overdue => Some("overdue"),
    }));
    words.join(", ")
}
