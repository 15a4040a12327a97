//! Words of filters as people know them from Taskwarrior and td, and what they are here.

use super::parse::bad;
use super::term::Values;
use super::{Comparison, DateField, Filter, Optional, State};
use crate::error::{Error, Span};
use crate::priority::Priority;
use crate::task::Status;

/// Tags that stand for states, always in capitals: `+OVERDUE`. Any other tag is one that somebody put on.
const VIRTUAL: [&str; 26] = [
    "ACTIVE",
    "ANNOTATED",
    "BLOCKED",
    "BLOCKING",
    "COMPLETED",
    "DELETED",
    "DUE",
    "DUETODAY",
    "INSTANCE",
    "MONTH",
    "OVERDUE",
    "PENDING",
    "PRIORITY",
    "PROJECT",
    "QUARTER",
    "READY",
    "SCHEDULED",
    "STARTED",
    "TAGGED",
    "TODAY",
    "TOMORROW",
    "UNBLOCKED",
    "WAITING",
    "WEEK",
    "YEAR",
    "YESTERDAY",
];

/// Tags that Taskwarrior makes of what is not there, or not a state, here; and what does the same.
const OTHERWISE: [(&str, &str); 7] = [
    ("CHILD", "a part of another task is is:child, what a rule made is is:recurring"),
    ("LATEST", "the newest task is tasks list --sort created --reverse --limit 1"),
    ("ORPHAN", "tasks have no fields of one's own here"),
    ("PARENT", "a task with parts is is:parent, rules are shown by tasks rules"),
    ("TEMPLATE", "rules are shown by tasks rules"),
    ("UDA", "tasks have no fields of one's own here"),
    ("UNTIL", "rules end by themselves here: tasks rules"),
];

/// What the tag in capitals stands for; `None` for a tag that somebody put on.
pub(super) fn virtual_tag(name: &str, values: &dyn Values) -> Option<Result<Filter, Error>> {
    if let Some((_, otherwise)) = OTHERWISE.iter().find(|(known, _)| *known == name) {
        let reason = format!("`{name}` is no state here: {otherwise}");
        // With the sign before it.
        return Some(Err(bad(name, Span::new(0, name.len() + 1), reason, format!("a tag of that name is tag:{name}"))));
    }
    if !VIRTUAL.contains(&name) {
        return None;
    }
    let set = |field| Filter::Not(Box::new(Filter::Unset(field)));
    let due = |comparison, text: &str| Ok(Filter::Date(DateField::Due, comparison, values.when(text, false)?));
    Some(Ok(match name {
        "ACTIVE" | "STARTED" => Filter::State(State::Status(Status::Started)),
        "ANNOTATED" => set(Optional::Notes),
        "BLOCKED" => Filter::State(State::Blocked),
        "BLOCKING" => Filter::State(State::Blocking),
        "COMPLETED" => Filter::State(State::Status(Status::Done)),
        "DELETED" => Filter::State(State::Status(Status::Deleted)),
        "DUETODAY" | "TODAY" => Filter::State(State::Today),
        "INSTANCE" => Filter::State(State::Recurring),
        "OVERDUE" => Filter::State(State::Overdue),
        "PENDING" => Filter::State(State::Live),
        "PRIORITY" => set(Optional::Priority),
        "PROJECT" => set(Optional::Project),
        "SCHEDULED" => set(Optional::Date(DateField::Start)),
        "READY" => Filter::State(State::Ready),
        "TAGGED" => set(Optional::Tag),
        "UNBLOCKED" => Filter::Not(Box::new(Filter::State(State::Blocked))),
        "WAITING" => Filter::State(State::Waiting),
        "DUE" => return Some(due(Comparison::UpTo, "in 7 days")),
        "TOMORROW" | "YESTERDAY" => return Some(due(Comparison::Is, &name.to_lowercase())),
        period => return Some(due(Comparison::Is, &format!("this {}", period.to_lowercase()))),
    }))
}

/// `p1` to `p4`, and `!high`, as in the texts of tasks.
pub(super) fn priority(word: &str) -> Option<Filter> {
    let is_code = word.len() == 2 && word.starts_with(['p', 'P']) && matches!(word.as_bytes()[1], b'1'..=b'4');
    let named = if is_code { Some(word) } else { word.strip_prefix('!') };
    Some(Filter::Priority(Comparison::Is, Priority::parse(named?).ok()?))
}

/// The flag that does what others say in a filter.
pub(super) fn flag(field: &str, value: &str) -> Option<String> {
    let is_flag = ["limit", "sort", "columns"].contains(&field);
    is_flag.then(|| format!("--{field} {value}").trim_end().to_owned())
}

/// Taskwarrior's overrides of settings: `rc.limit:5`.
pub(super) fn is_setting(word: &str) -> bool {
    word.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("rc.")) && word.contains([':', '='])
}

/// Why a field that others have is none here, and what does the same.
pub(super) fn instead(field: &str, value: &str) -> Option<String> {
    let is = match field {
        "until" => "no field here: rules end by themselves (tasks rules)".to_owned(),
        "search" => format!("no field here: words are looked for as they stand, or use tasks search {value}"),
        _ => return None,
    };
    Some(format!("`{field}` is {}", is.trim_end()))
}
