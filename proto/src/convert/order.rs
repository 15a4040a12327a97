//! Orders and steps: words of requests.

use super::malformed;
use crate::v1;
use tasks_domain::command::Step;
use tasks_domain::error::Error;
use tasks_domain::sort::{SortOrder, SortTerm};

/// To the wire.
pub fn sort_to_wire(order: SortOrder) -> v1::SortOrder {
    match order {
        SortOrder::Due => v1::SortOrder::Due,
        SortOrder::Priority => v1::SortOrder::Priority,
        SortOrder::Title => v1::SortOrder::Title,
        SortOrder::Project => v1::SortOrder::Project,
        SortOrder::Created => v1::SortOrder::Created,
        SortOrder::Modified => v1::SortOrder::Modified,
        SortOrder::Urgency => v1::SortOrder::Urgency,
        SortOrder::Number => v1::SortOrder::Number,
    }
}

/// From the wire; an order of a newer build is the default one.
pub fn sort_from_wire(order: v1::SortOrder) -> SortOrder {
    match order {
        v1::SortOrder::Unspecified | v1::SortOrder::Due => SortOrder::Due,
        v1::SortOrder::Priority => SortOrder::Priority,
        v1::SortOrder::Title => SortOrder::Title,
        v1::SortOrder::Project => SortOrder::Project,
        v1::SortOrder::Created => SortOrder::Created,
        v1::SortOrder::Modified => SortOrder::Modified,
        v1::SortOrder::Urgency => SortOrder::Urgency,
        v1::SortOrder::Number => SortOrder::Number,
    }
}

/// One of several orders, from the wire.
pub fn term_from_wire(term: v1::SortTerm) -> SortTerm {
    SortTerm { order: sort_from_wire(term.sort()), reverse: term.reverse }
}

/// From the wire; an action of a newer build is refused, never guessed.
pub fn step_from_wire(action: v1::StatusAction) -> Result<Step, Error> {
    match action {
        v1::StatusAction::Start => Ok(Step::Start),
        v1::StatusAction::Stop => Ok(Step::Stop),
        v1::StatusAction::Done => Ok(Step::Done),
        v1::StatusAction::Reopen => Ok(Step::Reopen),
        v1::StatusAction::Unspecified => Err(malformed("the request names no action this build knows")),
    }
}
