//! Filters: which tasks are meant. One grammar for every command that takes one.
//!
//! ```text
//! filter  = or ;  or = and { "or" and } ;  and = not { ["and"] not } ;  not = ["not"] ( "(" or ")" | term ) ;
//! term    = "@project" | "+tag" | "#tag" | "-tag" | field op value | word | "quoted words" ;
//! op      = ":" | ".before:" | ".after:" | "<" | "<=" | ">" | ">=" ;
//! ```

mod parse;

pub use parse::{DateRange, ReadDates, parse};

use crate::priority::Priority;
use crate::task::{Status, Task};
use crate::text::{Project, Tag};
use crate::when::{Now, When};
use chrono::NaiveDate;

/// How a value compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Is it, or lies within it.
    Is,
    /// Before, or less.
    Before,
    /// Up to and with it.
    UpTo,
    /// After, or more.
    After,
    /// From it on.
    From,
}

/// A derived state that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Hidden.
    Waiting,
    /// Another task must end first.
    Blocked,
    /// Its time is over.
    Overdue,
    /// Has that status.
    Status(Status),
    /// Open or started.
    Live,
}

/// A condition on tasks.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Both hold; of none: always.
    And(Vec<Filter>),
    /// One holds.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// The words are in the title, notes, project or a tag; folded.
    Words(String),
    /// Belongs to the project or a part of it.
    Project(Project),
    /// Belongs to no project.
    NoProject,
    /// Has the tag; folded.
    Tag(String),
    /// Has no tag.
    NoTag,
    /// Is due in that relation to these days, first and last.
    Due(Comparison, NaiveDate, NaiveDate),
    /// Has no due.
    NoDue,
    /// Has that priority, or more or less.
    Priority(Comparison, Priority),
    /// Is in that state.
    State(State),
}

impl Filter {
    /// Whether it holds for `task` at `now`. `blocked` tells whether an open task must end before it.
    pub fn matches(&self, task: &Task, now: Now, blocked: &dyn Fn(&Task) -> bool) -> bool {
        let matches = |filter: &Self| filter.matches(task, now, blocked);
        match self {
            Self::And(all) => all.iter().all(matches),
            Self::Or(any) => any.iter().any(matches),
            Self::Not(inner) => !matches(inner),
            Self::Words(words) => has_words(task, words),
            Self::Project(project) => task.project.as_ref().is_some_and(|mine| mine.is_within(project)),
            Self::NoProject => task.project.is_none(),
            Self::Tag(folded) => task.tags.iter().any(|tag| tag.folded() == *folded),
            Self::NoTag => task.tags.is_empty(),
            Self::Due(comparison, first, last) => {
                task.due.is_some_and(|due| is_due(due, *comparison, (*first, *last), now))
            }
            Self::NoDue => task.due.is_none(),
            Self::Priority(comparison, wanted) => {
                let mine = task.priority();
                match comparison {
                    Comparison::Is => mine == *wanted,
                    Comparison::Before => mine < *wanted,
                    Comparison::UpTo => mine <= *wanted,
                    Comparison::After => mine > *wanted,
                    Comparison::From => mine >= *wanted,
                }
            }
            Self::State(state) => match state {
                State::Waiting => task.is_waiting(now),
                State::Blocked => task.status().is_live() && blocked(task),
                State::Overdue => task.is_overdue(now),
                State::Status(status) => task.status() == *status,
                State::Live => task.status().is_live(),
            },
        }
    }

    /// The statuses its matches can have, as far as the filter alone tells; a store need not look at others.
    ///
    /// A filter that says nothing about status or waiting means live tasks that are not hidden: [`Filter::with_default`].
    pub fn statuses(&self) -> Vec<Status> {
        Status::ALL.into_iter().filter(|status| self.can_be(*status)).collect()
    }

    fn can_be(&self, status: Status) -> bool {
        match self {
            Self::And(all) => all.iter().all(|filter| filter.can_be(status)),
            Self::Or(any) => any.iter().any(|filter| filter.can_be(status)),
            Self::State(State::Status(wanted)) => *wanted == status,
            Self::State(_) => status.is_live(),
            Self::Not(inner) => match inner.as_ref() {
                Self::State(State::Status(unwanted)) => *unwanted != status,
                Self::State(State::Live) => !status.is_live(),
                _ => true,
            },
            _ => true,
        }
    }

    /// Whether it speaks of where tasks stand, so that no default is to be added.
    pub fn says_status(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::says_status),
            Self::Not(inner) => inner.says_status(),
            Self::State(State::Waiting | State::Status(_) | State::Live) => true,
            _ => false,
        }
    }

    /// The same, meaning only tasks of this status where it says nothing about that.
    #[must_use]
    pub fn with_default_status(self, status: Status) -> Self {
        if self.says_status() { self } else { Self::And(vec![Self::State(State::Status(status)), self]) }
    }

    /// The same, meaning only live tasks that are not hidden where it says nothing about that.
    #[must_use]
    pub fn with_default(self) -> Self {
        if self.says_status() {
            return self;
        }
        let visible = Self::Not(Box::new(Self::State(State::Waiting)));
        Self::And(vec![Self::State(State::Live), visible, self])
    }
}

fn has_words(task: &Task, folded: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(folded);
    has(&task.title)
        || task.notes.as_deref().is_some_and(has)
        || task.project.as_ref().is_some_and(|project| has(project.as_str()))
        || task.tags.iter().any(|tag: &Tag| has(tag.as_str()))
}

fn is_due(due: When, comparison: Comparison, (first, last): (NaiveDate, NaiveDate), now: Now) -> bool {
    let date = due.date_in(now.zone());
    match comparison {
        Comparison::Is => first <= date && date <= last,
        Comparison::Before => date < first,
        Comparison::UpTo => date <= last,
        Comparison::After => date > last,
        Comparison::From => date >= first,
    }
}
