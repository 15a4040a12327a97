//! What the rules of dates and times find at one place, before it is known whether it is meant.

use crate::calendar::days_in;
use crate::lexicon::Part;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use tasks_domain::when::LocalTime;

/// What must stand around a date so that it is meant as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Nothing: "tomorrow".
    Sure,
    /// The beginning of the text, an introduction ("on", "by"), a time, or no more words behind it: "sat", "31/12".
    Loose,
    /// An introduction, and no words that go on behind it: "the 1st", "june", "4.22".
    NeedsIntro,
    /// Nothing but it in the text: "yesterday", "5h".
    Whole,
}

/// The days or the moment that a date names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// From the first to the last, both included, equal for one day. `due_last`: said as from … to, and due on the last.
    Range { first: NaiveDate, last: NaiveDate, due_last: bool },
    /// An exact instant on some zone's clock.
    Moment(LocalTime),
    /// Written as a date, and none.
    Wrong(Problem),
}

impl Days {
    /// A single day.
    pub(crate) const fn day(date: NaiveDate) -> Self {
        Self::Range { first: date, last: date, due_last: false }
    }

    /// A named period, due on its first day.
    pub(crate) const fn period(first: NaiveDate, last: NaiveDate) -> Self {
        Self::Range { first, last, due_last: false }
    }
}

/// A date that a rule found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateFound {
    /// The place behind it.
    pub end: usize,
    pub days: Days,
    pub strength: Strength,
    /// A time that belongs to the date itself: "eow" is Friday 17:00.
    pub time: Option<NaiveTime>,
    /// The day it would be when read in another way, and how.
    pub other: Option<(NaiveDate, &'static str)>,
}

impl DateFound {
    /// A date that ends before `end`.
    pub(crate) const fn new(end: usize, days: Days, strength: Strength) -> Self {
        Self { end, days, strength, time: None, other: None }
    }

    /// The single day found, or the first of several.
    pub(crate) fn first(&self) -> Option<NaiveDate> {
        match self.days {
            Days::Range { first, .. } => Some(first),
            Days::Moment(time) => Some(time.local().date()),
            Days::Wrong(_) => None,
        }
    }
}

/// Which half of the day an hour from 1 to 12 is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// Said, or written in 24 hours.
    Known,
    /// Written like "9:30", which is the morning unless a part of the day says otherwise.
    Written,
    /// Not said; the hour by which it is guessed, 1 to 12 ("quarter to 7" is guessed by 7).
    Guess(u8),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes since midnight: 1440 is midnight at the end of the day. In the first half of the day while the half is a guess,
    /// where "quarter to 12" is -15.
    pub minutes: i16,
    pub second: u8,
    pub half: Half,
}

/// A time that a rule found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockFound {
    /// The place behind it.
    pub end: usize,
    /// `None` when only a part of the day was said.
    pub clock: Option<Clock>,
    /// The end of a range.
    pub until: Option<Clock>,
    /// The part of the day said with it.
    pub part: Option<Part>,
    /// Said to be today: "tonight", "this evening".
    pub today: bool,
    pub zone: Option<Tz>,
    pub strength: Strength,
    pub wrong: Option<Problem>,
}

impl ClockFound {
    /// A time that ends before `end`.
    pub(crate) const fn new(end: usize, clock: Clock, strength: Strength) -> Self {
        Self { end, clock: Some(clock), until: None, part: None, today: false, zone: None, strength, wrong: None }
    }
}

/// Why something written as a date or time is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A day the month does not have. `None`: in no year.
    Day { year: Option<i32>, month: u32, day: u32 },
    /// No order of the numbers makes a date.
    Numbers,
    /// Hours run from 0 to 24, minutes to 59.
    Time,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Problem {
    /// What is wrong with `text`, for people.
    pub(crate) fn message(self, text: &str) -> String {
        match self {
            Self::Day { year, month, day } if (1..=12).contains(&month) && day > 0 => {
                let name = MONTHS[month as usize - 1];
                match year {
                    Some(year) => format!("{text} is not a date: {name} {year} has {} days", days_in(year, month)),
                    // No year has more: 2000 was a leap year.
                    None => format!("{text} is not a date: {name} has at most {} days", days_in(2000, month)),
                }
            }
            Self::Day { .. } | Self::Numbers => format!("{text} is not a date"),
            Self::Time => format!("{text} is not a time of day"),
        }
    }
}
