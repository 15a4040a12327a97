//! Filters: which tasks are meant. One grammar for every command that takes one.
//!
//! ```text
//! filter  = or ;  or = and { "or" and } ;  and = not { ["and"] not } ;  not = ["not"] ( "(" or ")" | term ) ;
//! term    = "@project" | "+tag" | "#tag" | "-tag" | "+OVERDUE" | "-OVERDUE" | "p1" | "!high" | field op value | word
//!         | "quoted words" | "/regular expression/" ;
//! op      = ":" | "=" | "<" | "<=" | ">" | ">=" | ".before:" | ".by:" | ".after:" | ".from:" | ".is:" | ".not:"
//!         | ".contains:" | ".startswith:" | ".endswith:" | ".any:" | ".none:" ;
//! field   = "project" | "tag" | "title" | "notes" | "status" | "is" | "priority" | "urgency" | "estimate"
//!         | "due" | "wait" | "start" | "end" | "created" | "modified" | "started" | "done" | "id" | "parent" | "after"
//!         | "rule" | "has" | "no" | "view" ;
//! ```
//!
//! A word holds for tasks that have a word beginning with it in title, notes, project or tags, whatever the case and accents
//! (see [`crate::words`]); quoted words must follow one another. Every field takes `none` and `any` where it can be unset. Dates
//! are what the language engine reads them as; a value of several words is quoted: `due.before:"next friday"`. Tags in capitals that
//! Taskwarrior makes by itself stand for the states they name. A regular expression is one of the crate `regex`, whatever the case,
//! looked for where a word would be, or in the text of a field: `title:/^(buy|get) /`.
//!
//! - [`parse`](fn@parse) reads, `matches` evaluates, `narrow` tells a store where matches can be at all.

mod foreign;
mod hint;
mod looked;
mod matches;
mod narrow;
mod parse;
mod split;
mod state;
mod term;

pub use looked::{Looked, Pattern, TextOf};
pub use matches::Around;
pub use narrow::{Need, terms};
pub use parse::parse;
pub use term::{FIELDS, Values};

use crate::id::{IdPrefix, RuleId, TaskId};
use crate::priority::Priority;
use crate::task::Status;
use crate::text::Project;
use crate::when::When;
use crate::words::Phrase;
use chrono::Duration;

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

/// What a text that names a date or time means, first and last moment, both included.
pub type Moments = (When, When);

/// A date or time of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// When it is due.
    Due,
    /// Hidden until then.
    Wait,
    /// First moment of a period.
    Start,
    /// Last moment of a period.
    End,
    /// When it was made.
    Created,
    /// When it was last changed.
    Modified,
    /// Since when it is worked on.
    Started,
    /// When it was done.
    Done,
}

impl DateField {
    /// Whether it can only lie behind: `friday` is then the last one.
    pub fn is_past(self) -> bool {
        matches!(self, Self::Created | Self::Modified | Self::Started | Self::Done)
    }
}

/// A field that can be unset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optional {
    /// Any of the dates.
    Date(DateField),
    /// The project.
    Project,
    /// Tags.
    Tag,
    /// Notes.
    Notes,
    /// The estimate.
    Estimate,
    /// A task that it is a part of.
    Parent,
    /// A task that must end first.
    After,
    /// A priority that somebody gave.
    Priority,
    /// A rule that made it.
    Rule,
}

/// A state that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Hidden.
    Waiting,
    /// Another task must end first.
    Blocked,
    /// Another open task waits for this one's end.
    Blocking,
    /// Its time is over.
    Overdue,
    /// Due on the caller's day.
    Today,
    /// To do now: neither hidden nor blocked.
    Ready,
    /// Has parts.
    Parent,
    /// Is a part.
    Child,
    /// A rule made it.
    Recurring,
    /// A reminder of it is still to come.
    Reminding,
    /// Has that status.
    Status(Status),
    /// Open or started.
    Live,
}

/// How a filter names one task. What it names may come and go, so it is looked up whenever the filter is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By its short number.
    Number(u32),
    /// By the beginning of its printed id.
    Id(IdPrefix),
}

impl Reference {
    /// Reads a number, or letters of an id.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.trim().trim_start_matches('#');
        bare.parse().map(Self::Number).ok().or_else(|| IdPrefix::parse(bare).map(Self::Id))
    }

    /// Whether it names this task, which has that number.
    pub fn names(&self, id: TaskId, number: Option<u32>) -> bool {
        match self {
            Self::Number(wanted) => number == Some(*wanted),
            Self::Id(prefix) => {
                let (low, high) = prefix.range();
                (low..=high).contains(&id.reversed())
            }
        }
    }

    /// Whether letters name this rule.
    pub fn names_rule(&self, id: RuleId) -> bool {
        self.names(TaskId::from_bytes(*id.as_bytes()), None)
    }
}

const WAIT: Optional = Optional::Date(DateField::Wait);

/// A condition on tasks.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Both hold; of none: always.
    And(Vec<Filter>),
    /// One holds.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// The words are in the title, notes, project or a tag.
    Words(Phrase),
    /// The words are in the title.
    Title(Phrase),
    /// The words are in the notes.
    Notes(Phrase),
    /// The text has that in it.
    Text(TextOf, Looked),
    /// Belongs to the project or a part of it.
    Project(Project),
    /// Has the tag; folded.
    Tag(String),
    /// The field is not set.
    Unset(Optional),
    /// A date lies in that relation to these.
    Date(DateField, Comparison, Moments),
    /// Has that priority, or more or less.
    Priority(Comparison, Priority),
    /// Has that urgency, or more or less.
    Urgency(Comparison, f64),
    /// Takes that long, or longer or shorter.
    Estimate(Comparison, Duration),
    /// Is that task.
    Id(Reference),
    /// Is open and has a number from the first to the last of these.
    Numbered(u32, u32),
    /// Is a part of that task.
    Parent(Reference),
    /// Waits for the end of that task.
    After(Reference),
    /// That rule made it, or the one of that occurrence.
    Rule(Reference),
    /// Is in that state.
    State(State),
}

impl Filter {
    /// The project and tags that a task needs to match, when the filter asks for nothing else: what a new task gets in a
    /// context. `None` for any other filter.
    pub fn labels(&self) -> Option<(Option<&Project>, Vec<&str>)> {
        match self {
            Self::Project(project) => Some((Some(project), Vec::new())),
            Self::Tag(tag) => Some((None, vec![tag])),
            Self::And(all) => {
                let (mut project, mut tags) = (None, Vec::new());
                for part in all {
                    let (mine, more) = part.labels()?;
                    if let (Some(mine), Some(other)) = (mine, project)
                        && mine != other
                    {
                        return None;
                    }
                    project = mine.or(project);
                    tags.extend(more);
                }
                Some((project, tags))
            }
            _ => self.holds_of_new().then(|| (None, Vec::new())),
        }
    }

    /// Whether every new task is like that by itself.
    fn holds_of_new(&self) -> bool {
        match self {
            Self::State(State::Live | State::Status(Status::Open)) => true,
            Self::Not(inner) => matches!(**inner, Self::State(State::Status(status)) if status != Status::Open),
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
        let live = Self::State(State::Live);
        if self.says(&|filter| matches!(filter, Self::Date(DateField::Wait, ..) | Self::Unset(WAIT))) {
            return Self::And(vec![live, self]);
        }
        Self::And(vec![live, Self::Not(Box::new(Self::State(State::Waiting))), self])
    }

    /// Whether it speaks of where tasks stand, so that no default is to be added.
    pub fn says_status(&self) -> bool {
        const DONE: Optional = Optional::Date(DateField::Done);
        self.says(&|filter| {
            let state = matches!(
                filter,
                Self::State(State::Waiting | State::Ready | State::Status(_) | State::Live)
                    | Self::Id(_)
                    | Self::Numbered(..)
            );
            state || matches!(filter, Self::Date(DateField::Done, ..) | Self::Unset(DONE))
        })
    }

    fn says(&self, what: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(|filter| filter.says(what)),
            Self::Not(inner) => inner.says(what),
            one => what(one),
        }
    }

    /// Whether only a store can tell, as it asks after other tasks by their numbers or after what waits for a task.
    pub fn asks_others(&self) -> bool {
        self.says(&|filter| {
            let by_number = matches!(filter, Self::Parent(Reference::Number(_)) | Self::After(Reference::Number(_)));
            by_number || matches!(filter, Self::State(State::Blocking) | Self::Rule(_))
        })
    }
}
