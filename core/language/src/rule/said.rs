//! What the pieces of a rule said, before it is known what they mean together.

use super::set::{Months, Nths, Weekdays};
use crate::calendar::days_in;
use crate::found::{Clock, ClockFound, Problem};
use crate::length::Length;
use crate::lexicon::{Part, Unit};
use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;

/// Most times of day a rule can name.
pub(crate) const TIMES_MAX: usize = 6;
/// Most weekdays with a number a rule can name: "first monday and third friday".
pub(crate) const NTH_DAYS_MAX: usize = 4;

/// How often a rule comes, in the order of their lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Freq {
    /// Only to be refused: no task comes every few seconds.
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// One time of day as it was said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub clock: Option<Clock>,
    pub part: Option<Part>,
}

/// "start of", "middle of", "end of" what comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    Middle,
    End,
}

/// Numbered weekdays: "2nd and last" "friday".
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NthDays {
    pub nths: Nths,
    pub days: Weekdays,
}

/// Everything that the pieces of a rule can say.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that was said or not")]
pub(crate) struct Said {
    /// Something said that it comes again; without it the pieces are no rule.
    pub again: bool,
    /// "every 2 weeks".
    pub freq: Option<Freq>,
    /// How many of `freq` lie between two; 0 when it was not said.
    pub interval: u32,
    pub weekdays: Weekdays,
    pub nth_days: [NthDays; NTH_DAYS_MAX],
    /// How many of `nth_days` there are.
    pub nth_len: usize,
    /// The first, second, last of `weekdays` together: "the last weekday of the month".
    pub positions: Nths,
    pub month_days: Nths,
    pub months: Months,
    pub edge: Option<Edge>,
    /// Its months are counted in quarters of the year.
    pub quarters: bool,
    /// A day and its month stood together: "dec 24".
    pub month_and_day: bool,
    pub times: [Option<Time>; TIMES_MAX],
    /// The end of the one time: "9-11am".
    pub time_until: Option<Clock>,
    pub zone: Option<Tz>,
    /// "twice a day": how many times in each of these.
    pub often: Option<(u32, Unit)>,
    pub start: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// "for 2 months".
    pub lasts: Option<Length>,
    pub count: Option<u32>,
    /// "after completion".
    pub completion: bool,
    pub except_days: Weekdays,
    pub except_months: Months,
    /// Only an adverb before other words, as the "weekly" of "weekly review".
    pub adverb: bool,
}

impl Said {
    /// How often, in units that people name.
    pub(crate) fn each(&mut self, unit: Unit, count: u32) {
        let (freq, each) = match unit {
            Unit::Second => (Freq::Secondly, 1),
            Unit::Minute => (Freq::Minutely, 1),
            Unit::Hour => (Freq::Hourly, 1),
            Unit::Day => (Freq::Daily, 1),
            Unit::Week => (Freq::Weekly, 1),
            Unit::Fortnight => (Freq::Weekly, 2),
            Unit::Weekend => {
                self.weekdays = self.weekdays.or(Weekdays::WEEKEND);
                (Freq::Weekly, 1)
            }
            Unit::Month => (Freq::Monthly, 1),
            Unit::Quarter => {
                self.quarters = true;
                (Freq::Monthly, 3)
            }
            Unit::Year => (Freq::Yearly, 1),
        };
        self.freq = Some(freq);
        self.interval = count.saturating_mul(each);
    }

    /// One more time of day; `false` when there is no room.
    pub(crate) fn push_time(&mut self, time: Time) -> bool {
        let free = self.times.iter_mut().find(|slot| slot.is_none());
        free.map(|slot| *slot = Some(time)).is_some()
    }

    /// Takes over what a clock said besides its time.
    pub(crate) fn add_clock(&mut self, found: &ClockFound) -> bool {
        self.time_until = self.time_until.or(found.until);
        self.zone = self.zone.or(found.zone);
        self.push_time(Time { clock: found.clock, part: found.part })
    }

    /// Numbered weekdays more; `false` when there is no room.
    pub(crate) fn push_nth(&mut self, nths: Nths, days: Weekdays) -> bool {
        let Some(slot) = self.nth_days.get_mut(self.nth_len) else { return false };
        *slot = NthDays { nths, days };
        self.nth_len += 1;
        true
    }

    /// The numbered weekdays.
    pub(crate) fn nth_days(&self) -> &[NthDays] {
        &self.nth_days[..self.nth_len]
    }

    /// Whether it says which days it falls on, so that a date beside it is not one of its own.
    pub(crate) fn names_days(&self) -> bool {
        !self.weekdays.is_empty()
            || self.nth_len > 0
            || !self.month_days.is_empty()
            || !self.months.is_empty()
            || self.edge.is_some()
    }

    /// What is wrong with a rule whose only days are in no month it names: "every feb 30".
    pub(crate) fn impossible(&self) -> Option<Problem> {
        // 2000 was a leap year.
        let longest = self.months.iter().map(|month| days_in(2000, month)).max()?;
        let (month, day) = (self.months.iter().next()?, self.month_days.iter().map(i32::unsigned_abs).min()?);
        (day > longest).then_some(Problem::Day { year: None, month, day })
    }

    /// Whether a time of day was said.
    pub(crate) fn timed(&self) -> bool {
        self.times[0].is_some()
    }

    /// The weekday as a day of a week that begins with `start`: the 4th is 4.
    pub(crate) fn nth_of_week(n: u32, start: Weekday) -> Option<Weekday> {
        (1..=7).contains(&n).then(|| (1..n).fold(start, |day, _| day.succ()))
    }
}
