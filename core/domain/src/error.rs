//! What can be wrong with what a person or a program asked for.

mod phrases;
mod said;
mod texts;

use crate::recurrence::{RuleError, RuleProblem};
pub use crate::span::Span;
use crate::span::quoted;
use phrases::{at, circle, list_of, renamed, shortened};
use std::fmt;

/// What sort of failure it is; programs act on this (exit codes: decisions.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// It went wrong, or the condition asked about does not hold. Exit code 1.
    Failed,
    /// The command line, a filter or a flag cannot be read. Exit code 2.
    Usage,
    /// Nothing has that id, or matches. Exit code 3.
    NotFound,
    /// More than one thing is meant. Exit code 4.
    Ambiguous,
    /// Well-formed, but not possible. Exit code 5.
    Refused,
    /// The data belongs to somebody else. Exit code 6.
    NotAllowed,
    /// Daemon or server not reachable. Exit code 69.
    Unavailable,
    /// Took too long. Exit code 124.
    TimedOut,
}

impl ErrorKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Failed,
        Self::Usage,
        Self::NotFound,
        Self::Ambiguous,
        Self::Refused,
        Self::NotAllowed,
        Self::Unavailable,
        Self::TimedOut,
    ];

    /// The word for it in JSON and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Refused => "refused",
            Self::NotAllowed => "not_allowed",
            Self::Unavailable => "unavailable",
            Self::TimedOut => "timed_out",
        }
    }

    /// The exit code of a command that ends with it.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Ambiguous => 4,
            Self::Refused => 5,
            Self::NotAllowed => 6,
            Self::Unavailable => 69,
            Self::TimedOut => 124,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a request is refused. The message is the `Display`; [`Error::hint`] is what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each field is named for what the message shows")]
pub enum Error {
    #[error("a task needs a title")]
    EmptyTitle,
    #[error("`{text}` says when or how, and leaves no words for the title")]
    NoTitleLeft { text: String },
    #[error("the title has {chars} characters, more than {}", crate::limits::TITLE_CHARS_MAX)]
    TitleTooLong { chars: usize },
    #[error("the notes have {bytes} bytes, more than {}", crate::limits::NOTES_BYTES_MAX)]
    NotesTooLong { bytes: usize },
    #[error("{} is not a {what} name", quoted(text))]
    BadName { what: &'static str, text: String, span: Span },
    #[error("{} is not a priority", quoted(text))]
    UnknownPriority { text: String, span: Span },
    #[error("{} is not a time zone", quoted(text))]
    UnknownZone { text: String, span: Span },
    #[error("{reason}")]
    ImpossibleDate { text: String, span: Span, reason: String },
    #[error("{reason}")]
    SaidTwice { text: String, span: Span, reason: String },
    #[error("{reason}")]
    SaidByFlag { text: String, span: Span, reason: String, flag: String },
    #[error("{} is not a date or time I understand", quoted(text))]
    UnreadableDate { text: String, span: Span },
    #[error("{} is not a length of time I understand", quoted(text))]
    UnreadableDuration { text: String, span: Span },
    #[error("there is no filter field `{name}`{}", nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownField { name: String, nearest: Option<&'static str>, text: String, span: Span },
    #[error("{reason}")]
    BadFilter { text: String, span: Span, reason: String, hint: String },
    #[error("{problem}")]
    BadRule { text: String, span: Span, problem: RuleProblem },
    #[error("it would come {per_day} times a day: too often to be meant")]
    TooOften { text: String, span: Span, per_day: u64 },
    #[error("{} is not {what}", quoted(text))]
    BadAddress { what: &'static str, text: String, span: Span },
    #[error("no task matches {}", quoted(reference))]
    NoSuchTask { reference: String },
    #[error("no {state} task has a number in {range}")]
    NoneInRange { range: String, state: &'static str },
    #[error("no task matches `{filter}`")]
    NothingMatches { filter: String },
    #[error("more than {max} tasks match `{filter}`")]
    TooManyMatch { filter: String, max: usize },
    #[error("the filter is empty")]
    EmptyFilter,
    #[error("{more} more {} found by now than you were asked about", if *more == 1 { "task is" } else { "tasks are" })]
    MoreThanAgreed { more: usize },
    #[error("the message is empty")]
    EmptyMessage,
    #[error("the message has {bytes} bytes, more than {}", crate::limits::MESSAGE_BYTES_MAX)]
    MessageTooLong { bytes: usize },
    #[error("no conversation matches `{reference}`")]
    NoSuchConversation { reference: String },
    #[error("`{reference}` could be more than one conversation")]
    AmbiguousConversation { reference: String },
    #[error("it does not say when to remind you")]
    NoReminderTime,
    #[error("it does not say how often it comes again")]
    NoRuleNamed,
    #[error("\"{text}\" does not ask for anything with your tasks")]
    NotACommand { text: String },
    #[error("no open task is called \"{words}\"")]
    NoTaskCalled { words: String },
    #[error("which task is meant?")]
    NoTaskNamed,
    #[error("until when?")]
    NoTimeNamed,
    #[error("{what} are not there yet")]
    NotThereYet { what: &'static str, instead: String },
    #[error("`{reference}` could be {}", list_of(candidates))]
    AmbiguousTask { reference: String, candidates: Vec<String> },
    #[error("no operation matches {}", quoted(reference))]
    NoSuchOperation { reference: String },
    #[error("`{reference}` could be more than one operation")]
    AmbiguousOperation { reference: String },
    #[error("no view is called `{name}`")]
    NoSuchView { name: String, known: Vec<String>, place: Option<(String, Span)> },
    #[error("a view cannot contain itself: {}", path.join(" → "))]
    ViewCycle { path: Vec<String> },
    #[error("`{name}` comes to more than {max} views")]
    TooManyViews { name: String, max: u32 },
    #[error("in {what}: {error}")]
    Inside { what: String, error: Box<Error>, hint: String },
    #[error("\"{title}\" has no due date that the reminder could count from")]
    ReminderWithoutDue { reference: String, title: String },
    #[error("the reminder would have come {at}, which is past")]
    ReminderPast { at: String },
    #[error("the reminder would come beyond every calendar")]
    ReminderOutOfRange,
    #[error("the reminder is {state}: only one that failed can be tried again")]
    ReminderNotFailed { state: &'static str },
    #[error("the reminder of \"{title}\" is still to come, {at}: only one that failed can be tried again")]
    ReminderToCome { title: String, at: String, reference: String },
    #[error("{} does not say when to remind you", quoted(text))]
    UnreadableReminder { text: String, span: Span },
    #[error("no reminder matches {}", quoted(reference))]
    NoSuchReminder { reference: String },
    #[error("\"{title}\" has no reminder that could be {what}")]
    NoReminders { title: String, what: &'static str, reference: String },
    #[error("`{reference}` could be more than one reminder")]
    AmbiguousReminder { reference: String },
    #[error("a task has {max} reminders at most")]
    TooManyReminders { max: usize },
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo")]
    NothingToRedo,
    #[error("`{text}` says nothing to change")]
    NothingToChange { text: String },
    #[error("\"{title}\" is in the trash")]
    InTrash { reference: String, title: String },
    #[error("\"{title}\" is done")]
    AlreadyDone { reference: String, title: String },
    #[error("no rule matches {}", quoted(reference))]
    NoSuchRule { reference: String },
    #[error("`{reference}` could be {}", list_of(candidates))]
    AmbiguousRule { reference: String, candidates: Vec<String> },
    #[error("\"{title}\" does not come again")]
    NotRecurring { reference: String, title: String },
    #[error("\"{title}\" comes again: is this one meant, or others too?")]
    WhichOccurrences { title: String },
    #[error("{} is not a rule I understand", quoted(text))]
    UnreadableRule { text: String, span: Span },
    #[error("the rule says at which times of day it comes")]
    TimesOfRule,
    #[error("which days it comes on is said by its rule")]
    DaysOfRule,
    #[error("\"{title}\" came to its end: nothing more comes of it")]
    RuleIsOver { title: String },
    #[error("\"{title}\" was ended: nothing more comes of it")]
    RuleEnded { title: String, reference: String },
    #[error("the rule never occurs")]
    RuleNeverOccurs,
    #[error("`{text}` is nothing for {flag}")]
    BadRuleSetting { flag: &'static str, text: String, span: Span, allowed: String },
    #[error("the rule was made by a newer build, which this one cannot read")]
    RuleOfNewerBuild,
    #[error("{reason}")]
    NotForOccurrences { reason: &'static str, instead: &'static str },
    #[error("a task cannot be its own {what}: {}", circle(what, path))]
    Cycle { what: &'static str, path: Vec<String> },
    #[error("one command may change {max} things at most, not {changes}")]
    TooManyChanges { changes: usize, max: usize },
    #[error("the task {id} is there twice")]
    TwiceInFile { id: String },
    #[error("the task already exists")]
    TaskExists,
    #[error("the operation id was used for another command")]
    OperationReused,
    #[error("`{text}` is no cursor")]
    BadCursor { text: String },
    #[error("there is no event `{text}`")]
    UnknownEvent { text: String },
    #[error("history begins {}", at(*begins_unix_ms))]
    BeforeHistory { begins_unix_ms: i64 },
    #[error("more than {most} tasks have changed since then")]
    TooFarBack { most: usize },
    #[error("a {record} cannot be like that: {reason}")]
    BadRecord { record: &'static str, reason: String },
    #[error("there is nothing to search for in `{text}`")]
    NothingToSearch { text: String },
    #[error("nothing says what is to be noted")]
    EmptyAnnotation,
    #[error("no line of the notes has `{text}`")]
    NoSuchLine { text: String },
    #[error("several lines of the notes have `{text}`: {}", list_of(candidates))]
    AmbiguousLine { text: String, candidates: Vec<String> },
    #[error("the request is malformed: {0}")]
    Malformed(String),
}

impl From<RuleError> for Error {
    fn from(RuleError { text, span, problem }: RuleError) -> Self {
        Self::BadRule { text, span, problem }
    }
}

impl Error {
    /// What sort of failure it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownField { .. }
            | Self::BadFilter { .. }
            | Self::SaidByFlag { .. }
            | Self::EmptyFilter
            | Self::Malformed(_)
            | Self::EmptyAnnotation
            | Self::NothingToSearch { .. }
            | Self::NothingToChange { .. }
            | Self::BadCursor { .. }
            | Self::UnknownEvent { .. } => ErrorKind::Usage,
            Self::Inside { error, .. } => error.kind(),
            Self::NoSuchView { .. }
            | Self::NoSuchTask { .. }
            | Self::NoneInRange { .. }
            | Self::NothingMatches { .. }
            | Self::NoTaskCalled { .. }
            | Self::NoSuchOperation { .. }
            | Self::NoSuchRule { .. }
            | Self::NoSuchConversation { .. }
            | Self::NotRecurring { .. }
            | Self::NoSuchReminder { .. }
            | Self::NoReminders { .. }
            | Self::NoSuchLine { .. }
            | Self::NothingToUndo
            | Self::NothingToRedo => ErrorKind::NotFound,
            Self::AmbiguousTask { .. }
            | Self::AmbiguousRule { .. }
            | Self::AmbiguousOperation { .. }
            | Self::AmbiguousConversation { .. }
            | Self::WhichOccurrences { .. }
            | Self::AmbiguousReminder { .. }
            | Self::AmbiguousLine { .. }
            | Self::NoTaskNamed => ErrorKind::Ambiguous,
            _ => ErrorKind::Refused,
        }
    }

    /// What to do next, for people.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::EmptyTitle => "say what to do: tasks add \"buy milk tomorrow 5pm\"",
            Self::UnknownField { nearest: Some(near), text, span, .. } => return Some(renamed(near, text, *span)),
            Self::UnknownField { .. } => {
                "fields are project, tag, due, priority, status, is, created, done, parent and more (tasks list --help); \
                 quote a word with a colon that is to be searched for"
            }
            Self::BadRule { problem, .. } => return Some(problem.hint()),
            Self::NoSuchTask { .. } | Self::NoneInRange { .. } => {
                "see the numbers with tasks list, or tasks list status:done and status:deleted"
            }
            Self::AmbiguousTask { .. } | Self::AmbiguousRule { .. } => "type more letters of the id",
            Self::NoSuchRule { .. } => "see the rules with tasks rules; a task's number stands for its rule",
            Self::NotRecurring { reference, .. } => {
                return Some(format!("make it come again: tasks repeat {reference} every monday at 9"));
            }
            Self::WhichOccurrences { .. } => "say --this, --future (this one and those after it) or --all",
            Self::UnreadableRule { .. } => {
                "say it as \"every 2nd tuesday\" or \"every 3 days after completion\", or as an RRULE: FREQ=MONTHLY;BYDAY=2TU"
            }
            Self::TooOften { .. } => {
                "at most 24 a day, as \"every hour\"; words that belong to the title can be quoted"
            }
            Self::TimesOfRule => "give it another rule: --repeat \"every day at 9 and 15\"",
            Self::DaysOfRule => "give it another rule: --repeat \"every friday\"; or move this one alone: --this",
            Self::RuleEnded { reference, .. } => return Some(format!("let it go on: tasks rules resume {reference}")),
            Self::RuleIsOver { .. } => "give it a later end, or none: tasks rules edit ID --until 2027-12-31",
            Self::RuleNeverOccurs => "move its end, or leave fewer dates out",
            Self::BadRuleSetting { allowed, .. } => return Some(format!("allowed: {allowed}")),
            Self::RuleOfNewerBuild => "use the newer build for it",
            Self::NotForOccurrences { instead, .. } => instead,
            Self::NotThereYet { instead, .. } => return Some(instead.clone()),
            Self::NoSuchOperation { .. } | Self::AmbiguousOperation { .. } => "see the operations with tasks log",
            Self::NoSuchView { known, .. } if known.is_empty() => {
                "there are none yet; save one: tasks view save work 'project:work'"
            }
            Self::NoSuchView { known, .. } => return Some(format!("there are {}", shortened(known))),
            Self::ViewCycle { .. } | Self::TooManyViews { .. } => "change one of them: tasks view save NAME 'FILTER'",
            Self::Inside { hint, .. } | Self::BadFilter { hint, .. } => return Some(hint.clone()),
            Self::NothingToUndo => "tasks log shows what was done",
            Self::NothingToRedo => "only what undo took back can be redone, and a new command clears that",
            Self::NothingToChange { .. } => {
                "say what to change: tasks edit 3 \"friday 3pm #work\", or use a flag; --due none clears"
            }
            Self::InTrash { reference, .. } => return Some(format!("take it out first: tasks restore {reference}")),
            Self::AlreadyDone { reference, .. } => {
                return Some(format!("open it again first: tasks reopen {reference}"));
            }
            Self::Cycle { .. } => "take one of these relations away first: tasks edit ID --parent none, or --after -ID",
            Self::BadCursor { .. } => "use the `cursor` of an event as tasks watch --json printed it",
            Self::UnknownEvent { .. } => {
                "events are created, updated, started, stopped, completed, reopened, deleted, restored and removed, \
                 reminder.scheduled, .sent, .failed, .cancelled and .acknowledged; or all"
            }
            Self::BeforeHistory { .. } => "what was before nobody wrote down: name a later moment",
            Self::TooFarBack { .. } => "name a later moment",
            Self::NothingToSearch { .. } => "name a word of the title or notes: tasks search rent",
            Self::TooManyChanges { .. } => "do it in parts, each with fewer tasks; undo takes each part back",
            Self::TooManyMatch { .. } => {
                "do it in parts: narrow the filter, as with a project, a tag or due.before:friday"
            }
            Self::EmptyFilter => "say which tasks are meant; all open ones are --where status:open",
            Self::MoreThanAgreed { .. } => "nothing was changed; look again, and give the command again",
            _ => return self.hint_about_said().or_else(|| self.hint_about_texts()),
        };
        Some(hint.to_owned())
    }

    /// The text that is wrong and the place in it, when the error is about a text.
    pub fn place(&self) -> Option<(&str, Span)> {
        match self {
            Self::BadName { text, span, .. }
            | Self::UnknownPriority { text, span }
            | Self::UnknownZone { text, span }
            | Self::ImpossibleDate { text, span, .. }
            | Self::SaidTwice { text, span, .. }
            | Self::SaidByFlag { text, span, .. }
            | Self::UnreadableDate { text, span }
            | Self::UnreadableDuration { text, span }
            | Self::BadAddress { text, span, .. }
            | Self::UnreadableRule { text, span }
            | Self::TooOften { text, span, .. }
            | Self::UnreadableReminder { text, span }
            | Self::BadRuleSetting { text, span, .. }
            | Self::UnknownField { text, span, .. }
            | Self::BadFilter { text, span, .. }
            | Self::BadRule { text, span, .. }
            | Self::NoSuchView { place: Some((text, span)), .. } => Some((text, *span)),
            Self::Inside { error, .. } => error.place(),
            _ => None,
        }
    }
}
