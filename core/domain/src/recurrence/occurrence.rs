//! What becomes of a slot: off the weekend, and as the clocks of its zone show it.

use super::slot::Slot;
use crate::when::{LocalTime, When, resolve};
use chrono::{Datelike as _, Duration, LocalResult, NaiveDateTime, TimeZone as _, Weekday};
use chrono_tz::Tz;

/// What the clocks of a zone do with a local time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClockChange {
    /// Nothing: it is there once.
    #[default]
    None,
    /// It does not exist on that day: later by what the clocks were put forward.
    Gap,
    /// It exists twice on that day: the first.
    Overlap,
}

/// When an occurrence is, and which policies made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where the rule has it.
    pub slot: Slot,
    /// When it is.
    pub when: When,
    /// It is on the last day because its month is too short for the day that is meant.
    pub clamped: bool,
    /// It was moved off a weekend, to Monday.
    pub weekend: bool,
    /// What the clocks did with its time.
    pub clock: ClockChange,
}

impl Occurrence {
    /// The occurrence of `slot`, whose date may be `moved`.
    pub(super) fn new(slot: Slot, moved: NaiveDateTime, zone: Option<Tz>, clamped: bool) -> Self {
        let weekend = moved != slot.local();
        let plain = Self { slot, when: When::Date(moved.date()), clamped, weekend, clock: ClockChange::None };
        let (Slot::Time(_), Some(zone)) = (slot, zone) else { return plain };
        let clock = match zone.from_local_datetime(&moved) {
            LocalResult::Single(_) => ClockChange::None,
            LocalResult::Ambiguous(..) => ClockChange::Overlap,
            LocalResult::None => ClockChange::Gap,
        };
        let shown = resolve(moved, zone).naive_local();
        Self { when: When::At(LocalTime::new(shown, zone)), clock, ..plain }
    }

    /// Whether it is anywhere but where the rule has it.
    pub fn is_moved(&self) -> bool {
        self.clamped || self.weekend || self.clock == ClockChange::Gap
    }
}

/// The same time on Monday, for one on a Saturday or Sunday when `skip_weekends`.
pub(super) fn off_weekend(local: NaiveDateTime, skip_weekends: bool) -> NaiveDateTime {
    let days = match local.weekday() {
        Weekday::Sat if skip_weekends => 2,
        Weekday::Sun if skip_weekends => 1,
        _ => 0,
    };
    local + Duration::days(days)
}
