//! What a text was understood to say.

use chrono::{Duration, NaiveDate};
use tasks_domain::error::{Error, Span};
use tasks_domain::priority::Priority;
pub use tasks_domain::recurrence::Anchor;
use tasks_domain::recurrence::{MonthEnd, RuleText, Schedule};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::{LocalTime, When};

/// What a line of text was understood to say. A field the text does not say is `None` or empty: defaults are the caller's.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the person wants done.
    pub intent: Intent,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// What is left of the text once everything understood is taken out, white space collapsed. `None` when nothing is left, or
    /// when the intent is about an existing task.
    pub title: Option<String>,
    /// When it is due. For a period with clock times, its start; for "mon to fri" the last day; for "next week" the first.
    pub due: Option<When>,
    /// First day or moment of a period.
    pub start: Option<When>,
    /// Last day (included) or moment of a period.
    pub end: Option<When>,
    /// How long it will take, never negative.
    pub duration: Option<Duration>,
    /// Canonical RFC 5545 recurrence rule; [`Self::due`] is its first occurrence, and holds its time of day.
    pub rrule: Option<String>,
    /// What the rule counts from; `None` without a rule.
    pub anchor: Option<Anchor>,
    /// When to be reminded.
    pub reminders: Vec<Reminder>,
    /// Whether the text asks to be reminded, also where nothing says when.
    pub reminds: bool,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// Labels in the order they were typed, none twice.
    pub tags: Vec<Tag>,
    /// What it belongs to.
    pub project: Option<Project>,
    /// The text after `//`, trimmed.
    pub notes: Option<String>,
    /// The words that name an existing task; for a list, the words to look for. Always `None` from [`crate::parse`].
    pub target: Option<String>,
    /// The fields to set on an existing task: for updates and snoozes. Always `None` from [`crate::parse`].
    pub changes: Option<Changes>,
    /// Other readings, best first.
    pub alternatives: Vec<Alternative>,
    /// What looks like a date or time and cannot be one, second priorities and projects, and fields that only flags set; their text
    /// stays in the title.
    pub warnings: Vec<Warning>,
    /// Whether the text says that the task comes again. Within a [`crate::Scope`] without rules such words stay in the title, and no
    /// date is read.
    pub comes_again: bool,
    /// Where each thing was read, in the order of the text, never overlapping. With the title they cover all of the text.
    pub spans: Vec<ReadSpan>,
}

impl Reading {
    /// What comes again, from [`Self::due`] on, as a task would keep it: what words say of the 31st means the last day of shorter
    /// months. `None` without a rule.
    pub fn schedule(&self) -> Option<Schedule> {
        let text = RuleText::parse(self.rrule.as_deref()?).ok()?.with_month_end(MonthEnd::Clamp);
        let mut schedule = Schedule::new(&text, self.due?).ok()?;
        schedule.anchor = self.anchor.unwrap_or_default();
        Some(schedule)
    }
}

/// What the person wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Add a task.
    CreateTask,
    /// Show tasks.
    ListTasks,
    /// Change an existing task.
    UpdateTask,
    /// Mark a task as done.
    CompleteTask,
    /// Put a task into the trash.
    DeleteTask,
    /// Be told at a time.
    SetReminder,
    /// Move a reminder or due date a little.
    Snooze,
    /// Add a task that comes again.
    CreateRecurring,
    /// Take the last command back.
    Undo,
    /// Learn what can be said.
    Help,
    /// Nothing of this product: small talk, other domains.
    None,
}

impl Intent {
    /// The word for it in JSON and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreateTask => "create_task",
            Self::ListTasks => "list_tasks",
            Self::UpdateTask => "update_task",
            Self::CompleteTask => "complete_task",
            Self::DeleteTask => "delete_task",
            Self::SetReminder => "set_reminder",
            Self::Snooze => "snooze",
            Self::CreateRecurring => "create_recurring",
            Self::Undo => "undo",
            Self::Help => "help",
            Self::None => "none",
        }
    }
}

/// When to be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// This long before the due date, never negative.
    Before(Duration),
    /// At this time.
    At(LocalTime),
    /// At this time, which was said of the day that the task is due, so many days before it: "the day before at 9", "at 8".
    OnDay {
        /// Negative for days after.
        days_before: i64,
        /// When that is for the due date at hand.
        at: LocalTime,
    },
}

impl Reminder {
    /// When it comes, for one that has a time.
    pub fn time(&self) -> Option<LocalTime> {
        match self {
            Self::Before(_) => None,
            Self::At(at) | Self::OnDay { at, .. } => Some(*at),
        }
    }
}

/// The fields to set on an existing task, named as in [`Reading`].
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field without words of its own is that of the same name in Reading")]
pub struct Changes {
    pub title: Option<String>,
    pub due: Option<When>,
    pub start: Option<When>,
    pub end: Option<When>,
    /// How much later than it is due now: "postpone the report by 2 days".
    pub postpone: Option<Duration>,
    /// How long something is put off that is put off by a length: "snooze it for 10 minutes". [`Self::due`] is that from now.
    pub later: Option<Duration>,
    pub duration: Option<Duration>,
    pub priority: Option<Priority>,
    pub tags: Vec<Tag>,
    pub project: Option<Project>,
    pub notes: Option<String>,
}

/// Another way to read a part of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The part that can be read in more than one way.
    pub span: Span,
    /// When it would be due; `None` when the part would stay in the title.
    pub due: Option<When>,
    /// What it turns on, for people: "month first", "the first date of two".
    pub reason: &'static str,
}

/// Something that looks like a date or time and cannot be one, or a value that was said already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it stands in the text.
    pub span: Span,
    /// What is wrong with it, for people: "25:00 is not a time of day".
    pub message: String,
    /// What sort of thing it is.
    pub kind: WarningKind,
}

/// Why something stays in the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// No such date or time is possible.
    Impossible,
    /// It is a second value where a task has one: "p1 p2".
    Twice,
    /// It is a field that this flag, with its value, sets: "wait:monday".
    Flag(String),
}

impl Warning {
    /// The refusal of commands that cannot leave the words in a title. `text` is the text that was read.
    pub fn into_error(self, text: &str) -> Error {
        let text = text.to_owned();
        match self.kind {
            WarningKind::Impossible => Error::ImpossibleDate { text, span: self.span, reason: self.message },
            WarningKind::Twice => Error::SaidTwice { text, span: self.span, reason: self.message },
            WarningKind::Flag(flag) => Error::SaidByFlag { text, span: self.span, reason: self.message, flag },
        }
    }

    /// The same in one line, for who goes on.
    pub fn told(&self) -> String {
        match &self.kind {
            WarningKind::Flag(flag) => format!("{}; it stays in the title ({flag} does it)", self.message),
            _ => format!("{}; it stays in the title", self.message),
        }
    }
}

/// What a stretch of the text was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// A day, several days, or a day with its time ("tomorrow 5pm").
    Date,
    /// A time of day that stands alone.
    Time,
    /// How long it takes.
    Duration,
    /// How much it matters.
    Priority,
    /// A label.
    Tag,
    /// What it belongs to.
    Project,
    /// The rest of the line behind `//`.
    Notes,
    /// A recurrence rule.
    Rrule,
    /// A reminder.
    Reminder,
    /// Words that say what to do.
    Command,
}

impl SpanKind {
    /// The word for it in JSON and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Priority => "priority",
            Self::Tag => "tag",
            Self::Project => "project",
            Self::Notes => "notes",
            Self::Rrule => "rrule",
            Self::Reminder => "reminder",
            Self::Command => "command",
        }
    }
}

/// A stretch of the text and what it was read as, connecting words ("at", "by", "due") included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadSpan {
    /// What it was read as.
    pub kind: SpanKind,
    /// Byte offsets into the text; always on character boundaries.
    pub span: Span,
}

/// What a text that is nothing but a date, time or period says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhenReading {
    /// The moment or day meant, by the rules of [`Reading::due`].
    pub due: When,
    /// First day or moment of a period.
    pub start: Option<When>,
    /// Last day (included) or moment of a period.
    pub end: Option<When>,
    /// First and last calendar date meant, both included and equal for a single day, in the zone of the values themselves:
    /// "next month" is its first and last day.
    pub span_days: (NaiveDate, NaiveDate),
}
