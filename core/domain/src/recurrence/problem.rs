//! What can be wrong with a recurrence rule.

use super::rule::{Frequency, Part};
pub use crate::span::Span;
use crate::span::quoted;

/// Most occurrences a day that somebody can mean.
pub const PER_DAY_MAX: u32 = 24;

/// A rule that is refused, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct RuleError {
    /// The text of the rule.
    pub text: String,
    /// The part of it that is wrong.
    pub span: Span,
    /// What is wrong with it.
    pub problem: RuleProblem,
}

/// Why a rule is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each field is named for what the message shows")]
pub enum RuleProblem {
    /// The zone of excluded dates is none.
    #[error("`{name}` is not a time zone")]
    UnknownZone { name: String },
    /// There is nothing to read.
    #[error("there is no rule")]
    Empty,
    /// The text is too long.
    #[error("a rule has {} bytes at most", crate::limits::RULE_BYTES_MAX)]
    TooLong,
    /// More excluded dates than are kept.
    #[error("a rule has {} excluded dates at most", crate::limits::EXDATES_MAX)]
    TooManyExdates,
    /// FREQ is missing.
    #[error("the rule does not say how often: FREQ is missing")]
    NoFrequency,
    /// Something that is not NAME=VALUE.
    #[error("{} is not a part of a rule", quoted(text))]
    NotAPart { text: String },
    /// A name that RFC 5545 does not have.
    #[error("{} is not a part of a rule", quoted(name))]
    UnknownPart { name: String },
    /// A line that is neither RRULE nor EXDATE.
    #[error("`{name}` is not read here")]
    UnknownLine { name: String },
    /// The same part twice.
    #[error("{} is there twice", part.as_str())]
    Twice { part: Part },
    /// A value that the part does not take.
    #[error("{} is not a value of {name}", quoted(value))]
    BadValue { name: &'static str, value: String, allowed: &'static str },
    /// A date that the calendar does not have.
    #[error("`{value}` is not a date or time of the calendar")]
    BadDate { value: String },
    /// COUNT and UNTIL together.
    #[error("a rule ends by COUNT or by UNTIL, not by both")]
    TwoEnds,
    /// A part that the frequency does not take (RFC 5545 says so of each).
    #[error("{} does not go with FREQ={}", part.as_str(), frequency.as_str())]
    NotWithFrequency { part: Part, frequency: Frequency },
    /// A numbered weekday where nothing is to be numbered.
    #[error("`{value}` counts weekdays of a month or year, which FREQ={}{} has not", frequency.as_str(), if *by_week { " with BYWEEKNO" } else { "" })]
    NumberedWeekday { value: String, frequency: Frequency, by_week: bool },
    /// BYSETPOS and nothing to choose from.
    #[error("BYSETPOS chooses from what other BY parts make, and there are none")]
    SetPositionAlone,
    /// RFC 7529 has a third policy, which we have not.
    #[error("SKIP=FORWARD is not supported")]
    SkipForward,
    /// More than [`PER_DAY_MAX`] a day.
    #[error("it would come {per_day} times a day: too often to be meant")]
    TooOften { part: Part, per_day: u64 },
    /// Times of day in a rule of whole days.
    #[error("{} needs a start with a time of day", part.as_str())]
    NeedsTime { part: Part },
    /// There is no such date, ever.
    #[error("the rule never occurs")]
    Never,
    /// It ends before it starts.
    #[error("the rule never occurs: it ends before its first date")]
    EndsBeforeFirst,
}

impl RuleProblem {
    /// What to do next, for people.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::UnknownZone { .. } => "name a zone of the IANA database, as Europe/Berlin",
            Self::BadValue { allowed, .. } => return format!("allowed: {allowed}"),
            Self::Empty | Self::NoFrequency | Self::NotAPart { .. } => "write it as FREQ=WEEKLY;BYDAY=MO,WE",
            Self::TooLong | Self::TooManyExdates => "make two rules of it",
            Self::UnknownPart { .. } => {
                "parts are FREQ, INTERVAL, COUNT, UNTIL, WKST, SKIP and the BY… parts of RFC 5545"
            }
            Self::UnknownLine { .. } => "give RRULE and EXDATE lines only; the start is said apart from the rule",
            Self::Twice { .. } => "put all values into one, as BYDAY=MO,WE",
            Self::BadDate { .. } => "write it as 20261224, 20261224T180000 or 20261224T170000Z",
            Self::TwoEnds => "leave one of them out",
            Self::NotWithFrequency { part, .. } => match part {
                Part::ByWeekNo => "BYWEEKNO goes with FREQ=YEARLY",
                Part::ByYearDay => "BYYEARDAY goes with FREQ=YEARLY",
                _ => "use FREQ=MONTHLY or FREQ=YEARLY",
            },
            Self::NumberedWeekday { .. } => "leave out the number, or use FREQ=MONTHLY",
            Self::SetPositionAlone => "add what to choose from, as BYDAY=MO,TU,WE,TH,FR",
            Self::SkipForward => "use SKIP=BACKWARD for the last day of short months, or SKIP=OMIT",
            Self::TooOften { .. } => "at most 24 a day: use FREQ=HOURLY, or FREQ=DAILY with BYHOUR",
            Self::NeedsTime { .. } => "give the start a time, as 2026-12-01T09:00",
            Self::Never => "no month and year has such a day: see this part, or the start",
            Self::EndsBeforeFirst => "move the end, or the start",
        };
        hint.to_owned()
    }
}
