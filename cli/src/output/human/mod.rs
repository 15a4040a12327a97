//! Answers for people.

mod again;
mod agenda;
mod calendar;
mod cells;
mod doctor;
mod event;
mod facts;
mod found;
mod history;
pub(super) mod hook;
mod imported;
mod labels;
mod list;
mod log;
mod next;
mod reading;
mod reminders;
mod rules;
mod settings;
mod show;
mod stats;
mod status;
mod talk;
mod tree;
mod views;
mod written;

pub(super) use imported::left_out;
pub(super) use written::left_out as lines_left_out;

use super::ui::Ui;
use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_domain::when::Now;

/// Writes an answer.
pub(super) fn render(ui: &mut Ui, outcome: Outcome, now: Now) -> Result<(), CliError> {
    match outcome {
        Outcome::Agenda(agenda) => agenda::render(ui, &agenda, now),
        Outcome::Listing(mut listing) => list::render(ui, &mut listing, now),
        Outcome::Tasks(mut stream) => stream.try_for_each(|tasks| list::part(ui, &tasks?, now)),
        Outcome::Counted(count) => ui.line(&count.to_string()),
        Outcome::Found(found) => found::render(ui, &found, now),
        Outcome::Next(next) => next::render(ui, &next, now),
        Outcome::Projects(projects) => labels::projects(ui, &projects),
        Outcome::Tags(tags) => labels::tags(ui, &tags),
        Outcome::Shown(shown) => show::render(ui, &shown, now),
        Outcome::Written(written) => written::render(ui, &written, now),
        Outcome::TakenBack(taken) => log::taken_back(ui, &taken, now),
        Outcome::History(history) => history::render(ui, &history, now),
        Outcome::Log(operations) => log::render(ui, &operations, now),
        Outcome::Exported(export) => super::json::export(ui, export),
        Outcome::Imported(imported) => imported::render(ui, &imported),
        Outcome::Readings(readings) => reading::render(ui, readings, now),
        Outcome::Calendar(calendar) => calendar::render(ui, &calendar, now),
        Outcome::Stats(stats) => stats::render(ui, &stats, now),
        Outcome::Rules { rules, in_full } => again::rules(ui, &rules, in_full, now),
        Outcome::RuleDates(dates) => again::next(ui, &dates, now),
        Outcome::RulesWritten(written) => again::written(ui, &written, now),
        Outcome::RulePreview(one) => rules::preview(ui, &one, now),
        Outcome::Reminders(report) => reminders::render(ui, &report, now),
        Outcome::ReminderStories(stories) => reminders::stories(ui, &stories, now),
        Outcome::Events(events) => event::render(ui, events, now),
        Outcome::Status(report) => status::render(ui, &report, now),
        Outcome::Views(report) => views::render(ui, &report),
        Outcome::Context(report) => views::context(ui, &report),
        Outcome::Settings(report) => settings::render(ui, &report),
        Outcome::Examined(report) => doctor::render(ui, &report),
        Outcome::Spoken(turn) => talk::turn(ui, *turn, now),
        Outcome::Conversations(all) => talk::list(ui, &all, now),
        Outcome::Conversation(record) => talk::record(ui, &record, now),
        Outcome::Over(_) => Ok(()),
        Outcome::Said(said) => status::said(ui, &said),
        Outcome::Text(text) => ui.write(&text),
    }
}
