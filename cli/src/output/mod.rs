//! How answers look: [`Outcome`]s rendered for people, as JSON, or as bare ids. The only modules that write.

pub mod dates;
mod human;
mod json;
mod label;
mod problem;
mod quiet;
pub mod style;
mod table;
pub mod text;
mod ui;
mod wrap;

pub use ui::{ColorWhen, Form, Ui};

use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_domain::when::Now;

/// Writes the answer of a command in the form that was asked for.
pub fn render(ui: &mut Ui, outcome: Outcome, now: Now) -> Result<(), CliError> {
    match ui.form() {
        Form::Json => json::render(ui, outcome),
        Form::Quiet => quiet::render(ui, outcome),
        Form::Human => human::render(ui, outcome, now),
    }
}

/// Writes why a command failed, in the form that was asked for. A failure to say so cannot be told to anybody.
pub fn report(ui: &mut Ui, error: &CliError) {
    if let CliError::Failure(failure) = error {
        let text = match ui.form() {
            Form::Json => json::error(failure),
            Form::Quiet | Form::Human => problem::text(failure, ui.paint_talk(), ui.talk_columns()),
        };
        ui.complain(&text);
    }
}
