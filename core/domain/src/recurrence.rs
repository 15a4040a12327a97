//! Recurrence: rules, the slots they make, and what becomes of a slot on the calendar and the clock.
//!
//! A [`Rule`] is what RFC 5545 calls RRULE. A [`Schedule`] is the rule with its start and the product's policies; it is kept in
//! one register. Its [`Series`] yields [`Slot`]s: nominal local dates (and times), computed without any zone. Only then a slot
//! becomes an [`Occurrence`]: off the weekend if so wished, and as the clocks of its zone show it.
//!
//! To read this folder: `rule` and `parse` for texts, `pattern` for the arithmetic (which days a month has for a rule, and how to
//! get there without walking), `bounds` for how far to look, `series` for ends and exceptions, `missed` for what follows when
//! something is done.

mod bounds;
mod calendar;
mod count;
mod exclude;
pub mod ids;
pub mod missed;
mod occurrence;
mod parse;
mod pattern;
mod print;
pub mod problem;
pub mod rule;
pub mod schedule;
pub mod series;
pub mod slot;
mod words;

pub use occurrence::{ClockChange, Occurrence};
pub use parse::RuleText;
pub use problem::{RuleError, RuleProblem};
pub use rule::{ByDay, End, Frequency, Moment, MonthEnd, Part, Rule};
pub use schedule::{Anchor, Missed, RuleStatus, RuleStatusValue, Schedule};
pub use series::{Series, Slots};
pub use slot::Slot;
