//! Saved views and the context.

use crate::argv::quoted;
use crate::error::CliError;
use crate::order::sort_word;
use crate::outcome::{ContextReport, ViewChange, ViewsReport};
use crate::output::style::Role;
use crate::output::text::{clean, width};
use crate::output::ui::Ui;
use crate::settings::Origin;
use tasks_proto::v1;

/// Writes the report.
pub(super) fn render(ui: &mut Ui, report: &ViewsReport) -> Result<(), CliError> {
    if let Some(change) = &report.change {
        return changed(ui, change);
    }
    if report.views.is_empty() {
        return ui.note("no views yet; save one: tasks view save work 'project:work'");
    }
    let widest = report.views.iter().map(|view| width(&view.name)).max().unwrap_or(0);
    let paint = ui.paint();
    for view in &report.views {
        let blanks = " ".repeat(widest - width(&view.name) + 2);
        let name = paint.apply(Role::Id, &clean(&view.name));
        ui.words(&format!("{name}{blanks}{}{}", clean(&view.filter), sorted(view)), widest + 2)?;
        if !view.problem.is_empty() {
            ui.warn(&format!("{}: {}", view.name, view.problem))?;
        }
    }
    Ok(())
}

/// ` (by urgency)`, or nothing.
fn sorted(view: &v1::View) -> String {
    sort_word(view.sort()).map(|word| format!(" (by {word})")).unwrap_or_default()
}

/// The command that saves this view.
fn saving(view: &v1::View) -> String {
    let sort = sort_word(view.sort()).map(|word| format!(" --sort {word}")).unwrap_or_default();
    format!("tasks view save {} {}{sort}", view.name, quoted(&view.filter))
}

fn changed(ui: &mut Ui, change: &ViewChange) -> Result<(), CliError> {
    let result = &change.result;
    if result.after.is_some() && result.before == result.after {
        return ui.words(&format!("The view {} is saved like that already", clean(&change.name)), 0);
    }
    let (verb, view) = match (&result.after, &result.before, result.dry_run) {
        (Some(after), _, false) => ("Saved", after),
        (Some(after), _, true) => ("Would save", after),
        (None, Some(before), false) => ("Removed", before),
        (None, Some(before), true) => ("Would remove", before),
        // The answer to a repeated request: what it did is in the log.
        (None, None, _) => return ui.note("that is done already; see tasks log"),
    };
    let was = result.before.as_ref().filter(|_| result.after.is_some());
    let was = was.map(|before| format!(" (was {}{})", clean(&before.filter), sorted(before))).unwrap_or_default();
    let what = format!("{}  {}{}{was}", clean(&view.name), clean(&view.filter), sorted(view));
    ui.words(&format!("{} view {what}", ui.paint().apply(Role::Good, verb)), 2)?;
    match (&result.after, &result.before) {
        _ if result.dry_run => Ok(()),
        (Some(after), _) => ui.note(&format!("list it: tasks view {}; undo: tasks undo", after.name)),
        (None, Some(before)) => ui.note(&format!("undo: tasks undo, or {}", saving(before))),
        (None, None) => Ok(()),
    }
}

/// Writes what lists are narrowed to.
pub(super) fn context(ui: &mut Ui, report: &ContextReport) -> Result<(), CliError> {
    let Some(context) = &report.context else {
        ui.words(if report.dry_run { "There would be no context" } else { "There is no context" }, 0)?;
        return undo(ui, report);
    };
    let filter = match (&report.name, &report.filter) {
        (None, _) => String::new(),
        (Some(_), Some(filter)) => format!(" ({})", clean(filter)),
        (Some(_), None) => " (no such view)".to_owned(),
    };
    let verb = if report.dry_run { "would be" } else { "is" };
    ui.words(&format!("The context {verb} {}{filter}", clean(context)), 2)?;
    if let Some(Origin::Variable(name)) = &report.origin {
        ui.note(&format!("{name} says so, and goes before the settings"))?;
    }
    undo(ui, report)
}

fn undo(ui: &mut Ui, report: &ContextReport) -> Result<(), CliError> {
    match &report.before {
        Some(before) if !report.dry_run => ui.note(&format!("undo: tasks context {}", quoted(before))),
        _ => Ok(()),
    }
}
