//! Commands as people know them from Taskwarrior, td, jj and git, and what they are here.

use crate::argv::quoted;
use tasks_domain::numbers;

/// Words for a verb that others use, and ours.
const SYNONYMS: [(&str, &str); 63] = [
    ("ls", "list"),
    ("new", "add"),
    ("create", "add"),
    ("delete", "rm"),
    ("del", "rm"),
    ("remove", "rm"),
    ("purge", "rm"),
    ("abandon", "rm"),
    ("complete", "done"),
    ("finish", "done"),
    ("close", "done"),
    ("modify", "edit"),
    ("change", "edit"),
    ("amend", "edit"),
    ("move", "edit"),
    ("reschedule", "edit"),
    ("info", "show"),
    ("information", "show"),
    ("copy", "duplicate"),
    ("undelete", "restore"),
    ("begin", "start"),
    ("uncomplete", "reopen"),
    ("note", "annotate"),
    ("comment", "annotate"),
    ("burndown", "stats"),
    ("timesheet", "stats"),
    ("ghistory", "stats"),
    ("summary", "projects"),
    ("project", "projects"),
    ("label", "tags"),
    ("labels", "tags"),
    ("filter", "view"),
    ("filters", "view"),
    ("reminder", "reminders"),
    ("count", "list"),
    ("oplog", "log"),
    ("activity", "log"),
    ("blame", "history"),
    ("diff", "history"),
    ("settings", "config"),
    ("diagnostics", "doctor"),
    ("ll", "list"),
    ("find", "search"),
    ("grep", "search"),
    ("mark", "done"),
    ("check", "done"),
    ("tick", "done"),
    ("end", "done"),
    ("uncheck", "reopen"),
    ("open", "reopen"),
    ("mv", "edit"),
    ("set", "edit"),
    ("update", "edit"),
    ("rename", "edit"),
    ("tag", "edit"),
    ("untag", "edit"),
    ("schedule", "edit"),
    ("postpone", "edit"),
    ("delay", "snooze"),
    ("cp", "duplicate"),
    ("clone", "duplicate"),
    ("cal", "calendar"),
    ("ask", "do"),
];

/// Commands of others that are no command here, and what does the same.
const ELSEWHERE: [(&str, &str); 16] = [
    ("op", "the log of operations is tasks log; tasks revert OP takes one of them back"),
    ("operation", "the log of operations is tasks log; tasks revert OP takes one of them back"),
    ("upcoming", "the next 7 days are shown by tasks alone"),
    ("week", "the next 7 days are shown by tasks alone; this week by tasks list due:week"),
    ("version", "use tasks --version"),
    ("commands", "use tasks help"),
    (
        "reports",
        "lists have names: tasks overdue, waiting, completed and others (tasks list --help); your own are views: tasks view",
    ),
    ("columns", "the columns of a list: tasks list --help"),
    ("ids", "numbers alone: tasks list FILTER --quiet"),
    ("uuids", "whole ids: tasks list FILTER --columns letters"),
    ("calc", "what a date means is told by tasks parse"),
    ("udas", "tasks have no fields of one's own; tags and notes are free"),
    ("sync", "there is no sync yet: tasks export and tasks import carry tasks along"),
    ("synchronize", "there is no sync yet: tasks export and tasks import carry tasks along"),
    ("login", "there are no accounts yet: tasks export and tasks import carry tasks along"),
    ("auth", "there are no accounts yet: tasks export and tasks import carry tasks along"),
];

/// Nouns that td puts before the verb.
const NOUNS: [&str; 2] = ["task", "tasks"];

/// What others call by this word.
pub(super) fn verb_for(word: &str) -> Option<&'static str> {
    SYNONYMS.iter().find(|(foreign, _)| *foreign == word).map(|(_, verb)| *verb)
}

/// What to do instead of a command that only others have; `args` begin with it.
pub(super) fn instead(args: &[String], is_verb: impl Fn(&str) -> bool) -> Option<String> {
    let (word, rest) = args.split_first()?;
    let lower = word.to_lowercase();
    if let Some((_, hint)) = ELSEWHERE.iter().find(|(foreign, _)| *foreign == lower) {
        return Some((*hint).to_owned());
    }
    if lower.starts_with("rc.") || lower.starts_with("rc:") {
        return Some(about_settings());
    }
    let ours = |word: &String| {
        if is_verb(word) { Some(word.clone()) } else { verb_for(&word.to_lowercase()).map(str::to_owned) }
    };
    if NOUNS.contains(&lower.as_str()) {
        let verb = ours(rest.first()?)?;
        return Some(format!("leave `{word}` out: {}", spelt(&verb, &rest[1..])));
    }
    // `3 done`, `+work list`: Taskwarrior has the filter first.
    let is_filter = numbers::is_numbers(word) || word.starts_with(['+', '-', '@', '/']) || word.contains([':', '=']);
    let at = rest.iter().position(|arg| ours(arg).is_some()).filter(|_| is_filter)?;
    let others: Vec<String> = args[..=at].iter().chain(&rest[at + 1..]).cloned().collect();
    Some(format!("the command stands first: {}", spelt(&ours(&rest[at])?, &others)))
}

/// How settings are overridden here.
pub(crate) fn about_settings() -> String {
    "for good: tasks config set list.limit 5; for one command: TASKS_LIST_LIMIT=5 tasks list".to_owned()
}

fn spelt(verb: &str, rest: &[String]) -> String {
    let words = rest.iter().map(|word| quoted(word));
    ["tasks".to_owned(), verb.to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
}
