//! What to do next, and why.

use super::cells::{self, DateForm, row};
use crate::columns::Column;
use crate::error::CliError;
use crate::outcome::Next;
use crate::output::style::Role;
use crate::output::table::{Layout, Row};
use crate::output::ui::Ui;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes it.
pub(super) fn render(ui: &mut Ui, next: &Next, now: Now) -> Result<(), CliError> {
    let wants_why = next.why;
    let tasks: Vec<&v1::Task> = next.tasks.iter().filter_map(|next| next.task.as_ref()).collect();
    let lines: Vec<String> = if ui.columns().is_some() {
        let rows: Vec<Row> = tasks.iter().map(|task| row(task, DateForm::Full, now)).collect();
        let (layout, paint) = (Layout::of(rows.iter(), ui), ui.paint());
        rows.iter().map(|row| layout.line(row, paint)).collect()
    } else {
        cells::table(&Column::PLAIN, tasks.iter().copied(), now).lines()
    };
    for (line, next) in lines.iter().zip(&next.tasks) {
        ui.line(line)?;
        if wants_why {
            why(ui, next)?;
        }
    }
    Ok(())
}

/// The sum, a line a term.
fn why(ui: &mut Ui, next: &v1::NextTask) -> Result<(), CliError> {
    let paint = ui.paint();
    for term in &next.terms {
        ui.line(&paint.apply(Role::Faint, &format!("      {:<10}{:>+7.2}", term.cause, term.value)))?;
    }
    let sum = next.task.as_ref().map_or(0.0, |task| task.urgency);
    ui.line(&paint.apply(Role::Strong, &format!("      {:<10}{sum:>7.2}", "urgency")))
}
