//! Answers for programs. Every object is a struct of its own: its fields, their names and their order are a contract.

mod again;
mod doctor;
pub(super) mod event;
mod history;
pub(super) mod hook;
mod inline;
mod looking;
mod operation;
mod reading;
mod reminder;
mod report;
mod rules;
#[cfg(test)]
mod schemas;
mod settings;
mod status;
mod talk;
pub(super) mod task;
mod transfer;
mod views;

pub(super) use transfer::export;

use super::ui::Ui;
use crate::error::CliError;
use crate::outcome::{Outcome, TakenBack};
use crate::transfer::Problem;
pub(super) use again::status as rule_status;
use operation::OperationDoc;
use reading::ReadingDoc;
use serde::Serialize;
use std::io::{self, Write};
use task::TaskDoc;
use tasks_domain::error::ErrorKind;
use tasks_proto::error::Failure;
use tasks_proto::v1;

/// Raised when a field changes its meaning or goes; new fields do not raise it.
const VERSION: u32 = 1;

/// What answers with tasks.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TasksDoc<'a> {
    version: u32,
    tasks: Vec<TaskDoc<'a>>,
    /// Whether more match than the page of a list holds; false for what is no list.
    more: bool,
}

/// How many there are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CountDoc {
    version: u32,
    count: u64,
}

/// What changed tasks.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct WrittenDoc<'a> {
    version: u32,
    /// As they are after the command, those that were so already among them.
    tasks: Vec<TaskDoc<'a>>,
    /// The entry of the log; null when nothing changed, and in a dry run.
    operation: Option<OperationDoc<'a>>,
    /// Ids of tasks that were as asked already.
    unchanged: Vec<String>,
    /// For people, one line each.
    warnings: &'a [String],
    /// Nothing was done: this is what would be.
    dry_run: bool,
    /// Lines of the input that were left out.
    failures: Vec<transfer::PlacedProblemDoc<'a>>,
    /// How the texts were understood, one a text.
    readings: Vec<ReadingDoc<'a>>,
    /// Occurrences that rules made of it.
    made: Vec<TaskDoc<'a>>,
    /// Rules that began or changed.
    rules: Vec<again::RuleDoc<'a>>,
}

/// What took commands back or did them again.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TakenBackDoc<'a> {
    version: u32,
    /// The commands that were taken back, or done again.
    operations: Vec<OperationDoc<'a>>,
    /// The tasks they concern, as they are now.
    tasks: Vec<TaskDoc<'a>>,
    /// What was changed since, and so stays.
    kept: Vec<&'a str>,
    warnings: Vec<&'a str>,
    dry_run: bool,
}

/// The log.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LogDoc<'a> {
    version: u32,
    operations: Vec<OperationDoc<'a>>,
}

/// Why a command failed; goes to standard error.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ErrorDoc<'a> {
    version: u32,
    error: ProblemDoc<'a>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProblemDoc<'a> {
    /// What kind of failure it is; the exit code says the same in a number.
    #[cfg_attr(test, schemars(extend("enum" = schemas::error_kinds())))]
    kind: &'a str,
    message: String,
    hint: Option<&'a str>,
    span: Option<PlaceDoc<'a>>,
}

/// The text that is wrong, and the bytes of it that are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PlaceDoc<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Writes one document, or one a line for streams.
pub(super) fn render(ui: &mut Ui, outcome: Outcome) -> Result<(), CliError> {
    match outcome {
        Outcome::Agenda(agenda) => tasks(ui, &agenda.tasks, agenda.more || agenda.more_overdue),
        Outcome::Tasks(mut stream) => stream.try_for_each(|tasks| {
            tasks?.iter().try_for_each(|task| document(ui, &TaskDoc::of(task)))?;
            ui.flush()
        }),
        Outcome::Listing(mut listing) => {
            listing.complete()?;
            tasks(ui, &listing.tasks, listing.more)
        }
        Outcome::Counted(count) => document(ui, &CountDoc { version: VERSION, count }),
        Outcome::Found(found) => document(ui, &looking::FoundDoc::of(&found.answer)),
        Outcome::Next(next) => document(ui, &looking::NextDoc::of(&next)),
        Outcome::Projects(projects) => document(ui, &looking::ProjectsDoc::of(&projects)),
        Outcome::Tags(tags) => document(ui, &looking::TagsDoc::of(&tags)),
        Outcome::Shown(shown) => tasks(ui, &shown.tasks, false),
        Outcome::Written(written) => document(ui, &written_doc(&written.result, &written.failures, &written.readings)),
        Outcome::TakenBack(taken) => document(ui, &taken_doc(&taken)),
        Outcome::History(history) => document(ui, &history::HistoryDoc::of(&history)),
        Outcome::Log(operations) => {
            document(ui, &LogDoc { version: VERSION, operations: operations.iter().map(OperationDoc::of).collect() })
        }
        Outcome::Exported(export) => transfer::export(ui, export),
        Outcome::Imported(imported) => document(ui, &transfer::ImportedDoc::of(&imported)),
        Outcome::Readings(readings) => {
            for read in readings {
                let read = read?;
                let wire = tasks_api::reading::to_wire(&read.text, &read.reading);
                document(ui, &ReadingDoc::of(&wire, Some(read.micros)))?;
                if read.last_for_now {
                    ui.flush()?;
                }
            }
            Ok(())
        }
        Outcome::Calendar(calendar) => document(ui, &report::CalendarDoc::of(&calendar)),
        Outcome::Stats(stats) => document(ui, &report::StatsDoc::of(&stats)),
        Outcome::Rules { rules, .. } => document(ui, &again::RulesDoc::of(&rules)),
        Outcome::RuleDates(dates) => document(ui, &again::ComingDoc::of(&dates)),
        Outcome::RulesWritten(written) => document(ui, &written_doc(&written.result, &[], &[])),
        Outcome::RulePreview(one) => document(ui, &rules::PreviewDoc::of(&one.occurrences)),
        Outcome::Reminders(report) => document(ui, &reminder::RemindersDoc::of(&report)),
        Outcome::ReminderStories(stories) => document(ui, &reminder::LedgersDoc::of(&stories)),
        Outcome::Events(events) => event::render(ui, events),
        Outcome::Status(report) => document(ui, &status::StatusDoc::of(&report)),
        Outcome::Views(report) => document(ui, &views::ViewsDoc::of(&report)),
        Outcome::Context(report) => document(ui, &views::ContextDoc::of(&report)),
        Outcome::Settings(report) => document(ui, &settings::SettingsDoc::of(&report)),
        Outcome::Examined(report) => document(ui, &doctor::DoctorDoc::of(&report)),
        Outcome::Spoken(turn) => document(ui, &talk::TurnDoc::of(&turn)),
        Outcome::Conversations(all) => document(ui, &talk::ConversationsDoc::of(&all)),
        Outcome::Conversation(record) => document(ui, &talk::ConversationRecordDoc::of(&record)),
        Outcome::Over(_) => Ok(()),
        Outcome::Said(said) => document(ui, &status::SaidDoc::of(&said)),
        Outcome::Text(text) => document(ui, &status::LinesDoc::of(&text)),
    }
}

/// An error as one line.
pub(super) fn error(failure: &Failure) -> String {
    let line = failure.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let place = failure.place.as_ref();
    let error = ProblemDoc {
        kind: failure.kind.as_str(),
        message: format!("{line}{}", failure.message),
        hint: failure.hint.as_deref(),
        span: place.map(|(text, span)| PlaceDoc { start: span.start, end: span.end, text }),
    };
    let text = serde_json::to_string(&ErrorDoc { version: VERSION, error }).unwrap_or_default();
    text + "\n"
}

fn tasks(ui: &mut Ui, tasks: &[v1::Task], more: bool) -> Result<(), CliError> {
    document(ui, &TasksDoc { version: VERSION, tasks: tasks.iter().map(TaskDoc::of).collect(), more })
}

fn written_doc<'a>(
    result: &'a v1::WriteResult,
    failures: &'a [Problem],
    readings: &'a [v1::Reading],
) -> WrittenDoc<'a> {
    WrittenDoc {
        version: VERSION,
        tasks: result.tasks.iter().map(TaskDoc::of).collect(),
        operation: result.operation.as_ref().map(OperationDoc::of),
        unchanged: result.unchanged.iter().map(|id| super::label::letters_of_task(id)).collect(),
        warnings: &result.warnings,
        dry_run: result.dry_run,
        failures: failures.iter().map(transfer::PlacedProblemDoc::of).collect(),
        readings: readings.iter().map(|one| ReadingDoc::of(one, None)).collect(),
        made: result.made.iter().map(TaskDoc::of).collect(),
        rules: result.rules.iter().map(again::RuleDoc::of).collect(),
    }
}

fn taken_doc(taken: &TakenBack) -> TakenBackDoc<'_> {
    let results = || taken.steps.iter().filter_map(|step| step.result.as_ref());
    TakenBackDoc {
        version: VERSION,
        operations: taken.steps.iter().filter_map(|step| step.target.as_ref()).map(OperationDoc::of).collect(),
        tasks: results().flat_map(|result| &result.tasks).map(TaskDoc::of).collect(),
        kept: taken.steps.iter().flat_map(|step| &step.kept).map(String::as_str).collect(),
        warnings: results().flat_map(|result| &result.warnings).map(String::as_str).collect(),
        dry_run: taken.dry_run,
    }
}

/// One line of JSON.
fn document(ui: &mut Ui, document: &impl Serialize) -> Result<(), CliError> {
    // As a whole first: part by part through the output it would take several times as long.
    let written = serde_json::to_vec(document).map_err(io::Error::from);
    let ended = written.and_then(|mut text| {
        text.push(b'\n');
        ui.out().write_all(&text)
    });
    ended.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            CliError::new(ErrorKind::Failed, format!("cannot write the answer as JSON: {error}"))
        }
        _ => CliError::of_output(&error),
    })
}
