//! Conversations: answers as the verbs of the command line give them, and what was said.

use super::{list, log, written};
use crate::error::CliError;
use crate::outcome::{ChatRecord, ChatTurn, Listing, TakenBack, Verb, Way, Written};
use crate::output::style::Role;
use crate::output::table::Layout;
use crate::output::text::{clean, clean_lines, pad, width};
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::when::Now;
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Writes the answer to something said.
pub(super) fn turn(ui: &mut Ui, turn: ChatTurn, now: Now) -> Result<(), CliError> {
    let ChatTurn { response, near, .. } = turn;
    if let Some(failure) = response.failure {
        return failed(ui, &failure);
    }
    let Some(v1::DoResponse { answer: Some(answer), reading, .. }) = response.answer else {
        return ui.words(&clean(&response.words), 0);
    };
    match answer {
        Answer::Written(done) => {
            let (verb, result) = (Verb::of(done.deed()), done.result.unwrap_or_default());
            let readings = reading.into_iter().collect();
            let done = Written { verb, result, readings, references: Vec::new(), near, failures: Vec::new() };
            written::render(ui, &done, now)
        }
        Answer::Undone(undone) => {
            log::taken_back(ui, &TakenBack { way: Way::Undo, steps: undone.steps, dry_run: false }, now)
        }
        Answer::List(_) if response.tasks.is_empty() => ui.words(&clean(&response.words), 0),
        Answer::List(asked) => {
            let (tasks, more) = (response.tasks, response.more);
            // In their order, as "the second one" counts them.
            let listing = Listing { tasks, more, filter: asked.filter, flat: true, ..Listing::default() };
            list::render(ui, &mut { listing }, now)
        }
        Answer::Choose(question) => asked(ui, &question, true, now),
        Answer::Agree(question) | Answer::Ask(question) => asked(ui, &question, false, now),
        _ => clean_lines(&response.words).collect::<Vec<_>>().iter().try_for_each(|line| ui.words(line, 2)),
    }
}

/// What cannot be done is said where answers are: the conversation goes on.
fn failed(ui: &mut Ui, failure: &v1::ErrorDetail) -> Result<(), CliError> {
    let paint = ui.paint();
    let mut message = clean(&failure.message).into_owned();
    if let Some(first) = message.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    ui.words(&paint.apply(Role::Warning, &message), 2)?;
    if failure.hint.is_empty() {
        return Ok(());
    }
    ui.words(&paint.apply(Role::Faint, &format!("  {}", clean(&failure.hint))), 2)
}

/// A question with the tasks it is about, each with its place when one is to be chosen.
fn asked(ui: &mut Ui, question: &v1::Question, places: bool, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    if question.again {
        let example = format!("I did not understand that. Answer with {}, or never mind.", question.example);
        ui.words(&paint.apply(Role::Faint, &example), 0)?;
    }
    ui.words(&paint.apply(Role::Heading, &question.words), 0)?;
    let rows: Vec<_> = question
        .tasks
        .iter()
        .enumerate()
        .map(|(at, task)| {
            let mut row = super::cells::row(task, super::cells::DateForm::Full, now);
            if places {
                row[0] = crate::output::table::Cell::of(format!("{})", at + 1), Role::Id);
            }
            row
        })
        .collect();
    let layout = Layout::of(rows.iter(), ui);
    rows.iter().try_for_each(|row| ui.line(&layout.line(row, paint)))
}

/// Writes the conversations, a line each.
pub(super) fn list(ui: &mut Ui, all: &[v1::Conversation], now: Now) -> Result<(), CliError> {
    if all.is_empty() {
        return ui.note("no conversations yet; begin one: tasks chat");
    }
    let paint = ui.paint();
    let ids = all.iter().map(|one| width(&one.short_id)).max().unwrap_or(0);
    let agos: Vec<String> = all.iter().map(|one| dates::ago(one.spoken_at_unix_ms, now)).collect();
    let widest = agos.iter().map(|ago| width(ago)).max().unwrap_or(0);
    for (one, ago) in all.iter().zip(&agos) {
        let (id, ago) = (paint.apply(Role::Id, &pad(&one.short_id, ids)), paint.apply(Role::Faint, &pad(ago, widest)));
        let waits = if one.waits { paint.apply(Role::Soon, "  waits for an answer") } else { String::new() };
        let count = one.messages;
        let subject = clean(&one.subject);
        ui.words(&format!("  {id}  {ago}  {subject} ({count} messages){waits}"), ids + widest + 6)?;
    }
    Ok(())
}

/// Writes a conversation.
pub(super) fn record(ui: &mut Ui, record: &ChatRecord, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let (id, begun) = (&record.conversation.short_id, dates::instant(record.conversation.created_at_unix_ms, now));
    ui.words(&format!("{}  {}", paint.apply(Role::Id, id), paint.apply(Role::Faint, &begun)), 2)?;
    for message in &record.messages {
        let person = message.speaker() == v1::Speaker::Person;
        for (at, line) in clean_lines(&message.text).enumerate() {
            let mark = if at > 0 || !person { "  " } else { "> " };
            let line = if person { paint.apply(Role::Heading, &line) } else { line };
            ui.words(&format!("{mark}{line}"), 4)?;
        }
    }
    let operations = record.messages.iter().filter(|message| !message.operation.is_empty()).count();
    let changed = if operations == 1 { "1 change".to_owned() } else { format!("{operations} changes") };
    let all = label::letters_of_task(&record.conversation.id);
    ui.note(&format!("{changed}; go on with it: tasks chat --resume {}", if id.is_empty() { &all } else { id }))
}
