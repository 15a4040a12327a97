//! States that tasks can be in, and what they can have, by their names.

use super::term::field;
use super::{DateField, Filter, Optional, State};
use crate::task::Status;

/// The state of this name.
pub(super) fn state(value: &str) -> Option<Filter> {
    let status = |status| Filter::State(State::Status(status));
    Some(match value.to_lowercase().as_str() {
        "open" | "todo" => status(Status::Open),
        "started" | "active" => status(Status::Started),
        "done" | "completed" => status(Status::Done),
        "deleted" | "trash" => status(Status::Deleted),
        "waiting" => Filter::State(State::Waiting),
        "blocked" => Filter::State(State::Blocked),
        "blocking" => Filter::State(State::Blocking),
        "overdue" => Filter::State(State::Overdue),
        "today" => Filter::State(State::Today),
        "scheduled" => Filter::Not(Box::new(Filter::Unset(Optional::Date(DateField::Start)))),
        "ready" => Filter::State(State::Ready),
        "parent" => Filter::State(State::Parent),
        "child" => Filter::State(State::Child),
        "recurring" | "repeating" => Filter::State(State::Recurring),
        "live" | "pending" => Filter::State(State::Live),
        "all" | "any" => Filter::Or(Status::ALL.into_iter().map(status).collect()),
        _ => return None,
    })
}

/// That the field of this name is not set.
pub(super) fn unset(value: &str) -> Option<Filter> {
    let without = |state| Filter::Not(Box::new(Filter::State(state)));
    Some(match value.to_lowercase().as_str() {
        "reminder" | "reminders" => without(State::Reminding),
        "parts" | "children" | "subtasks" => without(State::Parent),
        "blocker" | "blockers" => Filter::Unset(Optional::After),
        name => Filter::Unset(field(name)?.optional()?),
    })
}
