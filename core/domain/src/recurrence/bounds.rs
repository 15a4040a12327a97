//! How far to look: where a rule repeats itself, which periods can be passed over, and when there is nothing to be found.

use super::calendar::{CYCLE_DAYS, LAST_YEAR, date_of, day_number};
use super::pattern::{Pattern, SECONDS_A_DAY};
use super::rule::Frequency;
use chrono::{Datelike as _, NaiveDate, NaiveTime};

impl Pattern {
    /// The last period to look into when nothing was found since `period`: behind it everything repeats.
    pub(super) fn horizon(&self, period: i64) -> i64 {
        let cycle = match self.rule.frequency {
            Frequency::Yearly => 400,
            Frequency::Monthly => 4_800,
            Frequency::Weekly => CYCLE_DAYS / 7,
            Frequency::Daily => CYCLE_DAYS,
            frequency => CYCLE_DAYS * SECONDS_A_DAY / frequency.seconds().unwrap_or(1),
        };
        let interval = i64::from(self.rule.interval);
        let repeats = interval / gcd(interval, cycle) * cycle;
        period.saturating_add(repeats).min(self.last_period())
    }

    /// The period of the last day of the calendar.
    pub(super) fn last_period(&self) -> i64 {
        let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX);
        self.period_of(last.and_time(NaiveTime::MIN) + chrono::Duration::seconds(SECONDS_A_DAY - 1))
    }

    /// The next period in which there can be anything, when there was nothing in this one.
    pub(super) fn promising(&self, period: i64) -> i64 {
        let unit = match self.rule.frequency {
            Frequency::Daily => SECONDS_A_DAY,
            frequency => match frequency.seconds() {
                Some(unit) => unit,
                None => return self.following(period),
            },
        };
        let Some(date) = date_of((period * unit).div_euclid(SECONDS_A_DAY)) else { return self.following(period) };
        let next_day = if self.months != 0 && self.months & 1 << date.month() == 0 {
            let first = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
            NaiveDate::from_ymd_opt(first.0, first.1, 1).map(day_number)
        } else if self.day_matches(date) {
            None
        } else {
            Some(day_number(date) + 1)
        };
        let promised = next_day.map_or(period, |day| (day * SECONDS_A_DAY).div_euclid(unit));
        self.aligned(promised).max(self.following(period))
    }

    /// Whether the rule cannot make anything, seen from its parts one by one: BYSETPOS asks for more than a period has, no day of
    /// the calendar fits, or the clock never stands at a time that is asked for. Says no where only all together are impossible.
    pub(super) fn is_hopeless(&self) -> bool {
        let most = self.most_per_period();
        let positions = &self.rule.set_positions;
        if !positions.is_empty() && positions.iter().all(|position| usize::from(position.unsigned_abs()) > most) {
            return true;
        }
        if self.rule.frequency < Frequency::Weekly {
            // A year or month is searched as quickly as anything could be said of it.
            return false;
        }
        let first = day_number(self.start.date());
        let has_day = (first..first + CYCLE_DAYS).filter_map(date_of).any(|date| self.day_matches(date));
        !has_day || !self.has_time()
    }

    /// The most that a period can have.
    fn most_per_period(&self) -> usize {
        let (minutes, seconds) = (self.rule.minutes.len(), self.rule.seconds.len());
        match self.rule.frequency {
            Frequency::Yearly => 366 * self.times.len(),
            Frequency::Monthly => 31 * self.times.len(),
            Frequency::Weekly => self.weekdays.count_ones() as usize * self.times.len(),
            Frequency::Daily => self.times.len(),
            Frequency::Hourly => minutes * seconds,
            Frequency::Minutely => seconds,
            Frequency::Secondly => 1,
        }
    }

    /// Whether INTERVAL ever gets to a time of day that is asked for.
    fn has_time(&self) -> bool {
        let Some(unit) = self.rule.frequency.seconds() else { return true };
        // After so many seconds of the day the same times come again.
        let stride = gcd(i64::from(self.rule.interval) * unit, SECONDS_A_DAY);
        let offset = (self.base * unit).rem_euclid(stride);
        let fits = |values: &[u8], value: i64| values.is_empty() || values.iter().any(|one| i64::from(*one) == value);
        let is_asked_for = |second: i64| {
            fits(&self.rule.hours, second / 3_600)
                && (unit > 60 || fits(&self.rule.minutes, second / 60 % 60))
                && (unit > 1 || fits(&self.rule.seconds, second % 60))
        };
        (0..SECONDS_A_DAY / stride).any(|turn| is_asked_for(turn * stride + offset))
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
