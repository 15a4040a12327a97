//! Commands of which a piece is missing: "move it", "mark as done", "remind me", "add a task". Nothing in them is a title or a value, so
//! that whoever acts on them can ask for the piece.

use crate::reading::{Changes, Intent, ReadSpan, Reading, SpanKind};
use crate::reply::read_pick;
use tasks_domain::dialogue::Pick;
use tasks_domain::error::Span;

/// How sure such a reading is.
const SURE: f32 = 0.9;
/// Longest of them, in bytes.
const BYTES_MAX: usize = 120;
const CHANGING: &[&str] = &[
    "move",
    "push",
    "reschedule",
    "postpone",
    "delay",
    "shift",
    "defer",
    "change",
    "edit",
    "update",
    "rename",
    "retitle",
    "bump",
    "modify",
];
/// What is begun, left or taken up again.
const STEPPING: &[&str] = &["start", "stop", "reopen", "begin", "resume"];
const FINISHING: &[&str] =
    &["finish", "complete", "close", "done", "finished", "completed", "tick off", "check off", "tick", "check"];
const DELETING: &[&str] = &["delete", "remove", "trash", "discard"];
/// Texts that ask for something new and do not say what.
const NEW: &[&str] = &[
    "add",
    "add task",
    "add a task",
    "add a new task",
    "add something",
    "new",
    "new task",
    "a new task",
    "create a task",
    "create task",
    "create a new task",
    "make a task",
    "new todo",
    "add a todo",
    "add an item",
    "add one",
];
const REMIND: &[&str] = &[
    "remind me",
    "remind me of something",
    "set a reminder",
    "set reminder",
    "add a reminder",
    "create a reminder",
    "new reminder",
    "i need a reminder",
];
const RECURRING: &[&str] = &[
    "set up a recurring task",
    "create a recurring task",
    "add a recurring task",
    "new recurring task",
    "add a repeating task",
    "create a repeating task",
    "set up a repeating task",
];
const FINISHED: &[&str] = &["mark as done", "mark done", "mark as complete", "mark as completed", "mark as finished"];
const POLITE: &[&str] = &[
    "please ",
    "can you ",
    "could you ",
    "would you ",
    "will you ",
    "ok ",
    "okay ",
    "now ",
    "just ",
    "oops ",
    "oops, ",
    "hey ",
    "go ahead and ",
];
const IT: &[&str] = &["it", "that", "this", "them", "those", "these", "that one", "this one", "that task", "this task"];

/// The reading of a text that is half a command.
pub(super) fn said(text: &str, blank: impl FnOnce() -> Reading) -> Option<Reading> {
    if text.len() > BYTES_MAX {
        return None;
    }
    // Of the same length as the text, so that places in it are places in the text.
    let lower = text.to_ascii_lowercase();
    let mut said = lower.trim().trim_end_matches(['.', '!', '?', ':', ' ']);
    while let Some(rest) = POLITE.iter().find_map(|polite| said.strip_prefix(polite)) {
        said = rest;
    }
    let said = said.strip_suffix(" please").unwrap_or(said).trim();
    let (intent, target) = wanted(said)?;
    let changing = matches!(intent, Intent::UpdateTask | Intent::Snooze);
    let whole = Span::new(text.len() - text.trim_start().len(), text.trim_end().len());
    let target = target.map(|target| {
        let start = target.as_ptr().addr() - lower.as_ptr().addr();
        Span::new(start, start + target.len())
    });
    let spans = match target {
        None => vec![whole],
        Some(at) => [Span::new(whole.start, at.start), Span::new(at.end, whole.end)]
            .into_iter()
            .filter(|span| span.start < span.end)
            .collect(),
    };
    Some(Reading {
        intent,
        confidence: SURE,
        title: None,
        target: target.map(|at| text[at.start..at.end].to_owned()),
        changes: changing.then(Changes::default),
        reminds: intent == Intent::SetReminder,
        spans: spans.into_iter().map(|span| ReadSpan { kind: SpanKind::Command, span }).collect(),
        ..blank()
    })
}

fn wanted(said: &str) -> Option<(Intent, Option<&str>)> {
    let is = |texts: &[&str]| texts.contains(&said);
    if is(NEW) {
        return Some((Intent::CreateTask, None));
    }
    if is(REMIND) {
        return Some((Intent::SetReminder, None));
    }
    if is(RECURRING) {
        return Some((Intent::CreateRecurring, None));
    }
    if is(FINISHED) {
        return Some((Intent::CompleteTask, None));
    }
    let behind = |verbs: &[&str]| {
        verbs.iter().find_map(|verb| {
            let rest = said.strip_prefix(verb)?;
            (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
        })
    };
    let object = |rest: &str| IT.contains(&rest) || read_pick(rest).is_some_and(|pick| pick != Pick::Other);
    let none_or = |rest| Some(rest).filter(|rest: &&str| !rest.is_empty());
    if let Some(rest) = behind(CHANGING) {
        let called = called(rest);
        return (rest.is_empty() || object(rest) || called.is_some())
            .then(|| (Intent::UpdateTask, called.or(none_or(rest))));
    }
    if let Some(rest) = behind(STEPPING).filter(|rest| !rest.is_empty()) {
        let called = called(rest);
        return (object(rest) || called.is_some()).then(|| (Intent::UpdateTask, called.or(none_or(rest))));
    }
    let found = behind(&["snooze"]).map(|rest| (Intent::Snooze, rest));
    let found = found.or_else(|| behind(FINISHING).map(|rest| (Intent::CompleteTask, rest)));
    let (intent, rest) = found.or_else(|| behind(DELETING).map(|rest| (Intent::DeleteTask, rest)))?;
    (rest.is_empty() || object(rest)).then(|| (intent, none_or(rest)))
}

/// "the milk task": what is called so.
fn called(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("my "))?;
    let name = [" task", " one", " todo", " reminder"].iter().find_map(|noun| rest.strip_suffix(noun))?;
    let plain = !name.contains([':', '"', '\'']) && ![" to ", " as ", " by ", " for "].iter().any(|w| name.contains(w));
    (plain && !name.trim().is_empty()).then(|| name.trim())
}
