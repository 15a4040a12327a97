//! Answers in words, as a conversation keeps them and as programs without a layout of their own show them.

use crate::request::{Shown, Written};
use crate::said::{Deed, Said};
use chrono::Datelike as _;
use tasks_domain::dialogue::{self, Asked, Remark};
use tasks_domain::error::Error;
use tasks_domain::priority::Priority;
use tasks_domain::reminder::State;
use tasks_domain::when::{LocalTime, Now, When};

/// Most tasks that an answer names.
const NAMED_MAX: usize = 9;
/// How to take something back.
const UNDO: &str = "undo: say undo";
/// What can be said.
pub(super) const HELP: &str = "\
Say what is to be done: buy milk tomorrow 5pm
  remind me to call mom at 6; water the plants every 3 days
Ask: what is due today; show my work tasks; anything overdue?
Change: move the dentist to friday 3pm; make it urgent; rename it to see the dentist
Finish and delete: i finished the report; delete the second one; mark all of them as done
Put off: snooze it for 10 minutes; postpone the report by 2 days
Take back and correct: undo; no, friday; not that one, the other; never mind";

/// The answer to what was done.
pub(super) fn answer(said: &Said, state: &dialogue::State, now: Now) -> String {
    match said {
        Said::Written(deed, done) => written(*deed, done, now),
        Said::Undone(steps) => {
            let commands: Vec<String> =
                steps.iter().map(|step| format!("\"{}\"", said_of(&step.target.header.command))).collect();
            let tasks = steps.iter().flat_map(|step| &step.written.tasks).filter(|shown| shown.task.exists);
            let tasks: Vec<String> = tasks.take(NAMED_MAX).map(|shown| brief(shown, now)).collect();
            let as_now = if tasks.is_empty() { String::new() } else { format!(": {}", tasks.join(", ")) };
            format!("Took back {}{as_now}", commands.join(" and "))
        }
        Said::Listed { tasks, more, .. } => listed(tasks, *more, now),
        Said::Help => HELP.to_owned(),
        Said::Ask { question, tasks, again } => {
            let words = question.words();
            let first = if *again {
                format!("I did not understand that. Answer with {}, or never mind. ", question.example())
            } else {
                String::new()
            };
            let choices = match question.asked {
                Asked::Which => format!(" {}", numbered(tasks, now)),
                Asked::Sure if !tasks.is_empty() => format!(" {}", names(tasks, now)),
                _ => String::new(),
            };
            format!("{first}{words}{choices}")
        }
        Said::Dropped => "All right: nothing was changed.".to_owned(),
        Said::About(tasks) => {
            let it = if tasks.len() == 1 { "it" } else { "them" };
            format!("{}. What should I do with {it}?", names(tasks, now))
        }
        Said::Remark(remark) => self::remark(*remark, state).to_owned(),
        // Listed and answered elsewhere.
        Said::List(_) | Said::NotOurs => String::new(),
    }
}

/// What was said, of a command of a conversation.
fn said_of(command: &str) -> &str {
    command.strip_prefix("chat ").unwrap_or(command)
}

/// The answer to what cannot be done.
pub(super) fn failure(error: &Error) -> String {
    let mut text = error.to_string();
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let end = if text.ends_with(['?', '!', '.']) { "" } else { "." };
    match error.hint() {
        Some(hint) => format!("{text}{end} ({hint})"),
        None => format!("{text}{end}"),
    }
}

fn remark(remark: Remark, state: &dialogue::State) -> &'static str {
    match remark {
        Remark::NothingOpen if state.last.is_some() => {
            "There is nothing to cancel. To take back what was done last, say undo."
        }
        Remark::NothingOpen => "There is nothing to cancel.",
        Remark::NothingToCorrect => "There is nothing to correct. Say in full what you mean.",
        Remark::WhatInstead => "What is right instead? Say it (no, friday), or undo.",
        Remark::Glad => "Good. What else?",
    }
}

fn written(deed: Deed, done: &Written, now: Now) -> String {
    let (did, would, already) = match deed {
        Deed::Add => ("Created", "Would create", "There already"),
        Deed::Edit => ("Changed", "Would change", "Unchanged"),
        Deed::Done => ("Done", "Would finish", "Done already"),
        Deed::Delete => ("Deleted", "Would delete", "In the trash already"),
    };
    let verb = if done.dry_run {
        would
    } else if done.operation.is_none() {
        already
    } else {
        did
    };
    let tasks = match done.tasks.as_slice() {
        [one] if matches!(deed, Deed::Done | Deed::Delete) => name(one),
        [one] => format!("{}{}", brief(one, now), reminds(one, now)),
        tasks => format!("{} tasks: {}", tasks.len(), names(tasks, now)),
    };
    let rules: String = done
        .rules
        .iter()
        .filter_map(|rule| rule.rule.schedule.as_ref())
        .map(|schedule| format!(" · {}", schedule.words()))
        .collect();
    let next: String = done.made.iter().take(1).map(|shown| format!(" · next {}", brief(shown, now))).collect();
    let warned: String = done.warnings.iter().map(|warning| format!(" · {warning}")).collect();
    let undo = if done.operation.is_some() { format!(" · {UNDO}") } else { String::new() };
    format!("{verb} {tasks}{rules}{next}{warned}{undo}")
}

fn listed(tasks: &[Shown], more: bool, now: Now) -> String {
    match tasks.len() {
        0 => "There is none.".to_owned(),
        1 => format!("One: {}", brief(&tasks[0], now)),
        count => format!("{count}{} tasks: {}", if more { " and more" } else { "" }, names(tasks, now)),
    }
}

fn names(tasks: &[Shown], now: Now) -> String {
    let named: Vec<String> = tasks.iter().take(NAMED_MAX).map(|shown| brief(shown, now)).collect();
    let rest = tasks.len().saturating_sub(NAMED_MAX);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{rest}", named.join(", "))
}

/// With places to choose by.
fn numbered(tasks: &[Shown], now: Now) -> String {
    let numbered =
        tasks.iter().enumerate().map(|(at, shown)| format!("{}) {}{}", at + 1, shown.task.title, due(shown, now)));
    numbered.collect::<Vec<_>>().join("  ")
}

/// "12 Pay rent".
fn name(shown: &Shown) -> String {
    let id = shown.number.map(|number| number.to_string()).or_else(|| shown.short_id.clone()).unwrap_or_default();
    format!("{id} {}", shown.task.title)
}

/// "12 Pay rent · due Tue 1 Dec 09:00 · urgent".
fn brief(shown: &Shown, now: Now) -> String {
    let priority = shown.task.priority.filter(|priority| *priority != Priority::Medium);
    let priority = priority.map(|priority| format!(" · {priority}")).unwrap_or_default();
    format!("{}{}{priority}", name(shown), due(shown, now))
}

fn due(shown: &Shown, now: Now) -> String {
    shown.task.due.map(|when| format!(" · due {}", said(when, now))).unwrap_or_default()
}

/// When it reminds next.
fn reminds(shown: &Shown, now: Now) -> String {
    let pending = shown.reminders.iter().filter(|one| one.standing.state == State::Pending);
    let next = pending.filter_map(|one| one.standing.slot.as_ref()).map(|slot| slot.at_unix_ms).min();
    let next = next.and_then(chrono::DateTime::from_timestamp_millis).map(|at| LocalTime::at(at, now.zone()));
    next.map(|at| format!(" · reminds {}", said(When::At(at), now))).unwrap_or_default()
}

fn said(when: When, now: Now) -> String {
    let date = when.date();
    let day = if date.year() == now.today().year() { date.format("%a %-d %b") } else { date.format("%a %-d %b %Y") };
    match when {
        When::Date(_) => day.to_string(),
        When::At(time) => format!("{day} {}", time.local().format("%H:%M")),
    }
}
