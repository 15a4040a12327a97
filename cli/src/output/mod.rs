//! How answers look: [`Outcome`]s rendered for people, as JSON, or as bare ids. The only modules that write.

mod chart;
pub mod dates;
mod human;
mod json;
mod label;
mod links;
mod markdown;
mod pager;
mod problem;
mod quiet;
pub mod style;
mod table;
pub mod text;
mod theme;
mod ui;
pub(crate) mod wrap;

pub(crate) use label::of_task as label_of;
pub use ui::{Form, Look, Ui};

use crate::attempt::Attempt;
use crate::error::CliError;
use crate::outcome::{ChatTurn, Outcome};
use std::path::Path;
use tasks_domain::when::Now;
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Writes the answer of a command in the form that was asked for.
pub fn render(ui: &mut Ui, outcome: Outcome, now: Now) -> Result<(), CliError> {
    match ui.form() {
        Form::Json => json::render(ui, outcome),
        Form::Quiet => quiet::render(ui, outcome),
        Form::Human => {
            let is_long = is_long(&outcome);
            if is_long {
                ui.begin_page();
            }
            let rendered = human::render(ui, outcome, now);
            if is_long { ui.end_page().and(rendered) } else { rendered }
        }
    }
}

/// Whether an answer may be longer than a screen and is complete before it is shown.
fn is_long(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Agenda(_)
            | Outcome::Listing(_)
            | Outcome::Shown(_)
            | Outcome::Conversations(_)
            | Outcome::Conversation(_)
            | Outcome::Log(_)
            | Outcome::History(_)
            | Outcome::Text(_)
            | Outcome::Calendar(_)
            | Outcome::Stats(_)
            | Outcome::Next(_)
            | Outcome::Projects(_)
            | Outcome::Tags(_)
            | Outcome::Views(_)
            | Outcome::Settings(_)
            | Outcome::RulePreview(_)
    )
}

/// The tasks that the answer of a conversation is about.
fn of_turn(turn: &ChatTurn) -> &[v1::Task] {
    match turn.answer() {
        Some(Answer::Written(done)) => done.result.as_ref().map_or(&[], |result| &result.tasks),
        Some(Answer::About(about)) => &about.tasks,
        Some(Answer::List(_)) => &turn.response.tasks,
        Some(Answer::Choose(question) | Answer::Agree(question) | Answer::Ask(question)) => &question.tasks,
        _ => &[],
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

/// Writes how a command of `tasks on` went; `log` is where more stands.
pub fn attempt(ui: &mut Ui, attempt: &Attempt, log: &Path) -> Result<(), CliError> {
    match ui.form() {
        Form::Json => json::hook::attempt(ui, attempt),
        Form::Quiet => human::hook::failure(ui, attempt, log),
        Form::Human => human::hook::attempt(ui, attempt, log),
    }
}

/// An event as one line of JSON, for a program that is started with it.
pub fn event_line(cursor: &str, event: &v1::Event) -> String {
    json::event::line(cursor, event)
}

/// The word for where a task stands.
pub fn status_word(status: v1::Status) -> &'static str {
    json::task::status(status)
}
