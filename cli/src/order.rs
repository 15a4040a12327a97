//! The orders of lists, as they are written after `--sort`.

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use std::ffi::OsStr;
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

impl Sort {
    /// Whether it begins with the greatest value: the most important, the latest.
    fn goes_down(self) -> bool {
        matches!(self, Self::Priority | Self::Modified | Self::Urgency)
    }
}

/// An order with its way, as Taskwarrior writes it: `due`, `due-` from the greatest value on, `due+` from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortBy {
    sort: Sort,
    /// The other way round than the order goes by itself.
    reverse: bool,
}

impl From<Sort> for SortBy {
    fn from(sort: Sort) -> Self {
        Self { sort, reverse: false }
    }
}

/// Reads one from an argument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SortByParser;

impl TypedValueParser for SortByParser {
    type Value = SortBy;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<SortBy, clap::Error> {
        let text = value.to_str().unwrap_or_default();
        let bare = text.strip_suffix(['+', '-']).unwrap_or(text);
        let sort = EnumValueParser::<Sort>::new().parse_ref(command, arg, OsStr::new(bare))?;
        let reverse = match text.as_bytes().last() {
            Some(b'-') => !sort.goes_down(),
            Some(b'+') => sort.goes_down(),
            _ => false,
        };
        Ok(SortBy { sort, reverse })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        use clap::ValueEnum as _;
        Some(Box::new(Sort::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value)))
    }
}

/// The request in these orders, one deciding where those before do not; `backwards` turns all of them around.
pub(crate) fn ordered(request: v1::ListTasksRequest, by: &[SortBy], backwards: bool) -> v1::ListTasksRequest {
    let mut terms = by
        .iter()
        .map(|by| v1::SortTerm { sort: v1::SortOrder::from(by.sort).into(), reverse: by.reverse != backwards });
    let Some(first) = terms.next() else { return request };
    v1::ListTasksRequest { sort: first.sort, reverse: first.reverse, then: terms.collect(), ..request }
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
