//! Ids only, one a line: numbers, or all letters where there is no number. A script may name what it was told of after other commands,
//! when fewer letters could mean something else as well.

use super::label;
use super::text::clean;
use super::ui::Ui;
use crate::error::CliError;
use crate::link::feed::News;
use crate::outcome::{ComingDate, Outcome, RuleDates};
use tasks_proto::v1;

/// Writes the ids of what the answer is about.
pub(super) fn render(ui: &mut Ui, outcome: Outcome) -> Result<(), CliError> {
    match outcome {
        Outcome::Agenda(agenda) => tasks(ui, &agenda.tasks),
        Outcome::Listing(mut listing) => {
            listing.complete()?;
            tasks(ui, &listing.tasks)
        }
        Outcome::Tasks(mut stream) => stream.try_for_each(|several| {
            tasks(ui, &several?)?;
            ui.flush()
        }),
        Outcome::Counted(count) => ui.line(&count.to_string()),
        Outcome::Found(found) => {
            let tasks = found.answer.tasks.iter().filter_map(|found| found.task.as_ref());
            tasks.map(named).try_for_each(|id| ui.line(&id))
        }
        Outcome::Next(next) => {
            next.tasks.iter().filter_map(|next| next.task.as_ref()).try_for_each(|task| ui.line(&named(task)))
        }
        Outcome::Projects(projects) => projects.labels.iter().try_for_each(|one| ui.line(&clean(&one.name))),
        Outcome::Tags(tags) => tags.labels.iter().try_for_each(|one| ui.line(&clean(&one.name))),
        Outcome::Shown(shown) => tasks(ui, &shown.tasks),
        Outcome::Events(events) => {
            for news in events {
                if let Some(task) = event(&news?).and_then(|event| event.task.as_ref()) {
                    ui.line(&named(task))?;
                    ui.flush()?;
                }
            }
            Ok(())
        }
        Outcome::Written(written) => {
            super::human::lines_left_out(ui, &written.failures)?;
            for warning in &written.result.warnings {
                ui.warn(warning)?;
            }
            tasks(ui, &written.result.tasks)
        }
        Outcome::TakenBack(taken) => operations(ui, taken.steps.iter().filter_map(|step| step.target.as_ref())),
        Outcome::History(history) => {
            operations(ui, history.entries.iter().filter_map(|entry| entry.operation.as_ref()))
        }
        Outcome::Log(log) => operations(ui, log.iter()),
        Outcome::Exported(export) => super::json::export(ui, export),
        Outcome::Imported(imported) => {
            super::human::left_out(ui, &imported)?;
            imported.ids.iter().try_for_each(|id| ui.line(id))
        }
        Outcome::Readings(mut readings) => readings.try_for_each(|read| read.map(drop)),
        Outcome::Views(report) => report.views.iter().try_for_each(|view| ui.line(&view.name)),
        Outcome::Context(report) => report.context.iter().try_for_each(|context| ui.line(&clean(context))),
        Outcome::Rules { rules, .. } => rules.iter().try_for_each(|rule| ui.line(&label::letters_of_task(&rule.id))),
        Outcome::RulesWritten(written) => rules_written(ui, &written.result),
        Outcome::RuleDates(dates) => slots(ui, &dates),
        // What names an occurrence within its rule.
        Outcome::RulePreview(one) => one.occurrences.iter().try_for_each(|one| ui.line(&one.slot.to_string())),
        Outcome::Reminders(report) => {
            report.reminders.iter().try_for_each(|one| ui.line(&label::letters_of_task(&one.id)))
        }
        Outcome::ReminderStories(stories) => stories
            .iter()
            .filter_map(|story| story.reminder.as_ref())
            .try_for_each(|one| ui.line(&label::letters_of_task(&one.id))),
        Outcome::Examined(report) => {
            let wrong = report.checks.iter().filter(|check| check.state == crate::doctor::State::Problem);
            wrong.map(|check| check.name).try_for_each(|name| ui.line(name))
        }
        Outcome::Settings(report) => report.shown.iter().try_for_each(|setting| ui.line(setting.name)),
        Outcome::Text(text) => ui.write(&text),
        Outcome::Calendar(calendar) => calendar.days.iter().try_for_each(|day| tasks(ui, &day.tasks)),
        Outcome::Spoken(turn) => tasks(ui, super::of_turn(&turn)),
        Outcome::Conversations(all) => all.iter().try_for_each(|one| ui.line(&label::letters_of_task(&one.id))),
        Outcome::Conversation(record) => {
            record.messages.iter().try_for_each(|message| ui.line(&label::letters_of_task(&message.id)))
        }
        Outcome::Stats(_) | Outcome::Status(_) | Outcome::Said(_) | Outcome::Over(_) => Ok(()),
    }
}

fn operations<'a>(ui: &mut Ui, mut all: impl Iterator<Item = &'a v1::Operation>) -> Result<(), CliError> {
    all.try_for_each(|one| ui.line(&label::letters_of_operation(&one.id)))
}

fn named(task: &v1::Task) -> String {
    if task.number > 0 { task.number.to_string() } else { label::letters_of_task(&task.id) }
}

fn tasks(ui: &mut Ui, tasks: &[v1::Task]) -> Result<(), CliError> {
    tasks.iter().try_for_each(|task| ui.line(&named(task)))
}

fn event(news: &News) -> Option<&v1::Event> {
    match news {
        News::Message(message) => match &message.what {
            Some(v1::watch_response::What::Event(event)) => Some(event),
            _ => None,
        },
        News::Stopped => None,
    }
}

fn rules_written(ui: &mut Ui, result: &v1::WriteResult) -> Result<(), CliError> {
    for warning in &result.warnings {
        ui.warn(warning)?;
    }
    result.rules.iter().try_for_each(|rule| ui.line(&label::letters_of_task(&rule.id)))
}

fn slots(ui: &mut Ui, dates: &RuleDates) -> Result<(), CliError> {
    let slot = |one: &ComingDate<'_>| match (one.date, one.open) {
        (Some(date), _) => date.slot.clone(),
        (None, open) => open.map(|open| open.slot.clone()).unwrap_or_default(),
    };
    dates.coming().iter().map(slot).try_for_each(|slot| ui.line(&slot))
}
