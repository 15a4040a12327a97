//! What to write instead of a term that cannot be read.

use crate::error::Error;
use crate::words::distance;

/// For words that stand where the grammar wants something else.
pub(super) const QUOTE: &str = "quote what is to be searched for as it stands: tasks list '\"(draft)\"'";

/// For `and` and `or` that have nothing on one side.
pub(super) const BOTH_SIDES: &str =
    "say a condition on either side, as in +home or +work; the word itself is looked for in quotes: '\"or\"'";

/// For a quote that nothing closes.
pub(super) const SHELL_QUOTES: &str =
    "close it with another \"; single quotes around all keep it from the shell: tasks list 'notes:\"two words\"'";

/// For a suffix that compares nothing.
pub(super) fn suffix(field: &str, suffix: &str) -> String {
    let known = ["before", "by", "after", "from", "not", "is"];
    let near = nearest(&suffix.to_lowercase(), &known).unwrap_or("before");
    format!("as in {field}.{near}:{}; there are .before, .by, .after, .from, .is and .not", value_of(field))
}

/// For a field that has no value, or one that cannot be its value.
pub(super) fn field(name: &str) -> String {
    format!("as in {name}:{}", value_of(name))
}

/// For a value that is no date: how dates are written in filters.
pub(super) fn date(field: &str) -> String {
    let past = matches!(field, "created" | "entry" | "modified" | "started" | "done" | "completed");
    let (near, far) = if past { ("yesterday", "last monday") } else { ("friday", "in 3 days") };
    format!("as in {field}:today, {field}.before:{near}, {field}.after:2026-12-24 or '{field}.by:\"{far}\"'")
}

/// For a value that is no priority.
pub(super) fn priority(value: &str) -> String {
    let near = nearest(&value.to_lowercase(), &["low", "medium", "high", "urgent"]).unwrap_or("high");
    format!("as in priority:{near} or priority>={near}; there are low, medium, high and urgent, or p4 to p1")
}

/// The states that people can ask for.
const STATES: [&str; 20] = [
    "open",
    "started",
    "active",
    "done",
    "completed",
    "deleted",
    "trash",
    "waiting",
    "blocked",
    "blocking",
    "overdue",
    "today",
    "scheduled",
    "ready",
    "parent",
    "child",
    "recurring",
    "live",
    "pending",
    "all",
];

/// That `value` is no state.
pub(super) fn no_state(value: &str) -> String {
    let near = nearest(&value.to_lowercase(), &STATES).map(|near| format!("; did you mean `{near}`?"));
    format!("`{value}` is not a state{}", near.unwrap_or_default())
}

/// For a value that is no state.
pub(super) fn states(value: &str) -> String {
    match nearest(&value.to_lowercase(), &STATES) {
        Some(near) => format!(
            "as in is:{near}; there are open, started, done, deleted, waiting, blocked, overdue, ready and more"
        ),
        None => "states are open, started, done, deleted, waiting, blocked, blocking, ready, overdue, today, scheduled, parent, \
                 child, recurring and all"
            .to_owned(),
    }
}

/// What a task can have, for the hint.
const HAD: [&str; 15] = [
    "due",
    "wait",
    "start",
    "end",
    "project",
    "tags",
    "notes",
    "reminders",
    "parent",
    "parts",
    "blockers",
    "after",
    "estimate",
    "priority",
    "rule",
];

/// That `value` is nothing that a task can have.
pub(super) fn nothing_to_have(value: &str) -> String {
    let near = nearest(&value.to_lowercase(), &HAD).map(|near| format!("; did you mean `{near}`?"));
    format!("`{value}` is nothing that a task has{}", near.unwrap_or_else(|| format!(": {}", HAD.join(", "))))
}

/// What an error about a value says to do, where that is about filters as well.
pub(super) fn of(error: &Error) -> String {
    match error {
        Error::BadFilter { hint, .. } => hint.clone(),
        Error::BadName { .. } | Error::ImpossibleDate { .. } => error.hint().unwrap_or_default(),
        _ => QUOTE.to_owned(),
    }
}

/// A value that the field could have.
fn value_of(field: &str) -> &'static str {
    match field {
        "project" | "pro" => "home",
        "tag" | "tags" => "family",
        "is" | "status" => "overdue",
        "priority" | "pri" => "high",
        "urgency" => "8",
        "estimate" | "est" => "2h",
        "id" | "number" | "uuid" | "parent" | "after" | "depends" | "rule" | "recur" => "3",
        "has" | "no" => "due",
        "view" => "work",
        "title" | "description" | "notes" | "note" => "milk",
        "created" | "entry" | "modified" | "started" | "done" | "completed" => "yesterday",
        _ => "friday",
    }
}

/// The name that a mistyped one is most likely meant to be.
pub(super) fn nearest(name: &str, names: &[&'static str]) -> Option<&'static str> {
    let most = if name.chars().count() < 5 { 1 } else { 2 };
    let near = names.iter().filter_map(|known| distance(name, known, most).map(|slips| (slips, *known)));
    near.min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}
