//! The orders of lists, as they are written after `--sort`.

use tasks_proto::{convert, v1};

/// Orders of a list.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By due date, then priority, then age
    Due,
    /// Most important first
    Priority,
    /// By the alphabet
    Title,
    /// By project
    Project,
    /// Oldest first
    Created,
    /// Latest change first
    Modified,
    /// Most pressing first
    Urgency,
    /// By number
    Number,
}

impl From<Sort> for v1::SortOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Due => Self::Due,
            Sort::Priority => Self::Priority,
            Sort::Title => Self::Title,
            Sort::Project => Self::Project,
            Sort::Created => Self::Created,
            Sort::Modified => Self::Modified,
            Sort::Urgency => Self::Urgency,
            Sort::Number => Self::Number,
        }
    }
}

/// The word for an order; `None` for the usual one.
pub fn sort_word(order: v1::SortOrder) -> Option<&'static str> {
    (order != v1::SortOrder::Unspecified).then(|| convert::order::sort_from_wire(order).word())
}
