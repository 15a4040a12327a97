//! Which local dates and times a rule makes, without its end and exceptions, and how to get to any of them without walking.
//!
//! Time is cut into periods of the rule's unit (years, months, weeks, days, hours …), counted from the one of the start. Every
//! `INTERVAL`th is the rule's; what it makes in one depends on that period alone, so that a period can be computed by itself.

use super::calendar::{
    all_days, bits, date_of, day_number, first_week, month_length, nth_bit, second_number, weekday_bits, year_length,
};
use super::rule::{ByDay, Frequency, MonthEnd, Rule};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Weekday};

pub(super) const SECONDS_A_DAY: i64 = 86_400;

/// A rule with its start, ready to compute. What the rule does not say is the start's.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) rule: Rule,
    pub(super) start: NaiveDateTime,
    /// The period of the start.
    pub(super) base: i64,
    /// Months as bits 1 to 12; 0 for any.
    pub(super) months: u32,
    /// Weekdays that are not numbered, as bits 0 (Monday) to 6.
    pub(super) weekdays: u32,
    numbered: Vec<ByDay>,
    /// Times of day in order; for units of a day and longer.
    pub(super) times: Vec<NaiveTime>,
}

impl Pattern {
    /// The pattern of a rule that starts at `start`, in whole seconds.
    pub(super) fn new(rule: &Rule, start: NaiveDateTime) -> Self {
        let rule = completed(rule, start);
        let times = if rule.frequency.seconds().is_none() { times(&rule) } else { Vec::new() };
        let plain = rule.days.iter().filter(|day| day.nth.is_none());
        let mut pattern = Self {
            months: rule.months.iter().fold(0, |set, month| set | 1 << month),
            weekdays: plain.fold(0, |set, day| set | 1 << day.weekday.num_days_from_monday()),
            numbered: rule.days.iter().copied().filter(|day| day.nth.is_some()).collect(),
            rule,
            start,
            base: 0,
            times,
        };
        pattern.base = pattern.period_of(start);
        pattern
    }

    /// The period a local time is in.
    pub(super) fn period_of(&self, local: NaiveDateTime) -> i64 {
        let date = local.date();
        match self.rule.frequency {
            Frequency::Yearly => i64::from(date.year()),
            Frequency::Monthly => i64::from(date.year()) * 12 + i64::from(date.month0()),
            Frequency::Weekly => {
                (day_number(date) - 1 - i64::from(self.rule.week_start.num_days_from_monday())).div_euclid(7)
            }
            Frequency::Daily => day_number(date),
            frequency => second_number(local).div_euclid(frequency.seconds().unwrap_or(1)),
        }
    }

    /// The first period of the rule that is not before `period`.
    pub(super) fn aligned(&self, period: i64) -> i64 {
        let interval = i64::from(self.rule.interval);
        let behind = (period - self.base).max(0);
        self.base + behind.div_euclid(interval) * interval + if behind % interval == 0 { 0 } else { interval }
    }

    /// The rule's next period.
    pub(super) fn following(&self, period: i64) -> i64 {
        period + i64::from(self.rule.interval)
    }

    /// Puts what the rule makes in one of its periods into `out`, in order; nothing before the start.
    pub(super) fn fill(&self, period: i64, out: &mut Vec<NaiveDateTime>) {
        out.clear();
        match self.rule.frequency {
            Frequency::Yearly => {
                let Ok(year) = i32::try_from(period) else { return };
                let months = self.year_bits(year);
                for (month, days) in (1..).zip(months) {
                    self.push_month(year, month, days, out);
                }
            }
            Frequency::Monthly => {
                let Ok(year) = i32::try_from(period.div_euclid(12)) else { return };
                let month = period.rem_euclid(12) as u32 + 1;
                self.push_month(year, month, self.month_bits(year, month, true), out);
            }
            Frequency::Weekly => {
                let first = period * 7 + 1 + i64::from(self.rule.week_start.num_days_from_monday());
                (first..first + 7).filter_map(date_of).for_each(|date| self.push_day(date, out));
            }
            Frequency::Daily => date_of(period).into_iter().for_each(|date| self.push_day(date, out)),
            frequency => self.fill_clock(period, frequency, out),
        }
        self.choose(out);
        let early = out.partition_point(|local| *local < self.start);
        out.drain(..early);
    }

    /// Whether the rule makes exactly this.
    pub(super) fn contains(&self, local: NaiveDateTime) -> bool {
        let period = self.period_of(local);
        if local < self.start || self.aligned(period) != period {
            return false;
        }
        let mut made = Vec::new();
        self.fill(period, &mut made);
        made.binary_search(&local).is_ok()
    }

    /// Whether a day is there only because its month is too short for the day that is meant.
    pub(super) fn is_clamped(&self, date: NaiveDate) -> bool {
        let day = date.day();
        let length = month_length(date.year(), date.month());
        let is_meant = |month_day: &i8| {
            i64::from(*month_day) == i64::from(day) || i64::from(*month_day) + i64::from(length) + 1 == i64::from(day)
        };
        self.clamps() && day == length && !self.rule.month_days.is_empty() && !self.rule.month_days.iter().any(is_meant)
    }

    /// Whether a month that the rule takes can be too short for its day.
    pub(super) fn leaves_out_months(&self) -> bool {
        let takes = |month: u32| self.months == 0 || self.months & 1 << month != 0;
        let is_missing = |length: u32| self.month_day_bits(length) == 0;
        // 2027 has the shortest months.
        !self.rule.month_days.is_empty()
            && self.rule.frequency <= Frequency::Monthly
            && (1..=12).any(|month| takes(month) && is_missing(month_length(2027, month)))
    }

    fn clamps(&self) -> bool {
        self.rule.month_end == MonthEnd::Clamp && self.rule.frequency <= Frequency::Monthly
    }

    fn push_month(&self, year: i32, month: u32, days: u32, out: &mut Vec<NaiveDateTime>) {
        for date in bits(days).filter_map(|bit| NaiveDate::from_ymd_opt(year, month, bit + 1)) {
            out.extend(self.times.iter().map(|time| date.and_time(*time)));
        }
    }

    fn push_day(&self, date: NaiveDate, out: &mut Vec<NaiveDateTime>) {
        if self.day_matches(date) {
            out.extend(self.times.iter().map(|time| date.and_time(*time)));
        }
    }

    /// What one hour, minute or second of the clock has.
    fn fill_clock(&self, period: i64, frequency: Frequency, out: &mut Vec<NaiveDateTime>) {
        let second = period * frequency.seconds().unwrap_or(1);
        let Some(date) = date_of(second.div_euclid(SECONDS_A_DAY)) else { return };
        let second = second.rem_euclid(SECONDS_A_DAY) as u32;
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let allows = |values: &[u8], value: u32| values.is_empty() || values.iter().any(|one| u32::from(*one) == value);
        if !allows(&self.rule.hours, hour) || !self.day_matches(date) {
            return;
        }
        // A unit makes what is finer than itself; what is as long limits it.
        let own = |values: &[u8], value: u32| if allows(values, value) { vec![value] } else { Vec::new() };
        let all = |values: &[u8]| values.iter().copied().map(u32::from).collect::<Vec<_>>();
        let minutes =
            if frequency == Frequency::Hourly { all(&self.rule.minutes) } else { own(&self.rule.minutes, minute) };
        let seconds =
            if frequency == Frequency::Secondly { own(&self.rule.seconds, second) } else { all(&self.rule.seconds) };
        for minute in minutes {
            out.extend(seconds.iter().filter_map(|second| date.and_hms_opt(hour, minute, *second)));
        }
    }

    /// BYSETPOS: the chosen ones of a period.
    fn choose(&self, out: &mut Vec<NaiveDateTime>) {
        if self.rule.set_positions.is_empty() {
            return;
        }
        let length = out.len();
        let mut chosen: Vec<usize> = Vec::with_capacity(self.rule.set_positions.len());
        for position in &self.rule.set_positions {
            let distance = usize::from(position.unsigned_abs());
            let index = if *position > 0 { Some(distance - 1) } else { length.checked_sub(distance) };
            chosen.extend(index.filter(|index| *index < length));
        }
        chosen.sort_unstable();
        chosen.dedup();
        // They are in order, and none is before its new place.
        for (at, index) in chosen.iter().enumerate() {
            out[at] = out[*index];
        }
        out.truncate(chosen.len());
    }

    /// Whether a day fits all parts that only limit it (units of a week and shorter).
    pub(super) fn day_matches(&self, date: NaiveDate) -> bool {
        let fits_month = self.months == 0 || self.months & 1 << date.month() != 0;
        let fits_weekday = self.weekdays == 0 || self.weekdays & 1 << date.weekday().num_days_from_monday() != 0;
        fits_month && fits_weekday && self.fits_month_day(date) && self.fits_year_day(date)
    }

    fn fits_month_day(&self, date: NaiveDate) -> bool {
        self.rule.month_days.is_empty()
            || self.month_day_bits(month_length(date.year(), date.month())) & 1 << date.day0() != 0
    }

    fn fits_year_day(&self, date: NaiveDate) -> bool {
        let (day, length) = (i64::from(date.ordinal()), i64::from(year_length(date.year())));
        let fits = |year_day: &i16| i64::from(*year_day) == day || i64::from(*year_day) + length + 1 == day;
        self.rule.year_days.is_empty() || self.rule.year_days.iter().any(fits)
    }

    /// BYMONTHDAY in a month of this length.
    fn month_day_bits(&self, length: u32) -> u32 {
        let mut days = 0;
        for month_day in &self.rule.month_days {
            let distance = u32::from(month_day.unsigned_abs());
            let bit = if *month_day < 0 {
                length.checked_sub(distance)
            } else if distance > length && self.clamps() {
                Some(length - 1)
            } else {
                Some(distance - 1)
            };
            days |= bit.map_or(0, |bit| 1 << bit);
        }
        days & all_days(length)
    }

    /// The days of a month that fit BYMONTH, BYMONTHDAY and BYDAY; `numbers` says that BYDAY is numbered within the month.
    fn month_bits(&self, year: i32, month: u32, numbers: bool) -> u32 {
        if self.months != 0 && self.months & 1 << month == 0 {
            return 0;
        }
        let length = month_length(year, month);
        let mut days = all_days(length);
        if !self.rule.month_days.is_empty() {
            days &= self.month_day_bits(length);
        }
        if self.rule.days.is_empty() || (!numbers && !self.numbered.is_empty()) {
            return days;
        }
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1).map(|first| first.weekday()) else { return 0 };
        let mut fitting = 0;
        for weekday in bits(self.weekdays) {
            fitting |= weekday_bits(weekday_of(weekday), first, length);
        }
        for ByDay { nth, weekday } in &self.numbered {
            fitting |= nth_bit(weekday_bits(*weekday, first, length), nth.unwrap_or(1));
        }
        days & fitting
    }

    /// The days of a year, one set of bits a month.
    fn year_bits(&self, year: i32) -> [u32; 12] {
        // RFC 5545: with BYMONTH, weekdays are numbered within the month, without it within the year.
        let within_months = self.months != 0;
        let mut months = [0; 12];
        for (month, days) in (1..).zip(&mut months) {
            *days = self.month_bits(year, month, within_months);
        }
        if !within_months && !self.numbered.is_empty() {
            keep(&mut months, self.year_weekdays(year));
        }
        if !self.rule.year_days.is_empty() {
            let length = i64::from(year_length(year));
            let day_of = |day: &i16| if *day < 0 { length + 1 + i64::from(*day) } else { i64::from(*day) };
            let ordinals = self.rule.year_days.iter().map(day_of).filter_map(|day| u32::try_from(day).ok());
            keep(&mut months, ordinals.filter_map(|day| NaiveDate::from_yo_opt(year, day)));
        }
        if !self.rule.weeks.is_empty() {
            keep(&mut months, self.week_days(year));
        }
        months
    }

    /// BYDAY numbered within a year, and the unnumbered beside them.
    fn year_weekdays(&self, year: i32) -> impl Iterator<Item = NaiveDate> + '_ {
        let first = NaiveDate::from_yo_opt(year, 1).map_or(1, day_number);
        let last = first + i64::from(year_length(year)) - 1;
        let numbered = self.numbered.iter().map(move |ByDay { nth, weekday }| {
            let (nth, weekday) = (i64::from(nth.unwrap_or(1)), i64::from(weekday.num_days_from_monday()));
            if nth > 0 {
                first + (weekday - (first - 1)).rem_euclid(7) + (nth - 1) * 7
            } else {
                last - ((last - 1) - weekday).rem_euclid(7) + (nth + 1) * 7
            }
        });
        let plain = (first..=last).filter(|day| self.weekdays & 1 << (day - 1).rem_euclid(7) != 0);
        numbered.chain(plain).filter(move |day| (first..=last).contains(day)).filter_map(date_of)
    }

    /// BYWEEKNO: the days of the numbered weeks that lie in the calendar year, also of weeks that belong to its neighbours.
    fn week_days(&self, year: i32) -> impl Iterator<Item = NaiveDate> + '_ {
        let week_start = self.rule.week_start;
        (year - 1..=year + 1)
            .filter_map(move |owner| Some((first_week(owner, week_start)?, first_week(owner + 1, week_start)?)))
            .flat_map(move |(first, next)| {
                let weeks = (next - first) / 7;
                let week_of = move |week: &i8| if *week < 0 { weeks + 1 + i64::from(*week) } else { i64::from(*week) };
                let numbers = self.rule.weeks.iter().map(week_of).filter(move |week| (1..=weeks).contains(week));
                numbers.flat_map(move |week| (0..7).map(move |day| first + (week - 1) * 7 + day))
            })
            .filter_map(date_of)
            .filter(move |date| date.year() == year)
    }
}

/// Leaves only those days of `months` that are among `days`.
fn keep(months: &mut [u32; 12], days: impl Iterator<Item = NaiveDate>) {
    let mut kept = [0; 12];
    for date in days {
        kept[date.month0() as usize] |= 1 << date.day0();
    }
    months.iter_mut().zip(kept).for_each(|(month, kept)| *month &= kept);
}

/// The rule with what it leaves to its start (RFC 5545: "such information is derived from DTSTART").
fn completed(rule: &Rule, start: NaiveDateTime) -> Rule {
    let mut rule = rule.clone();
    let says_days = !rule.days.is_empty() || !rule.month_days.is_empty() || !rule.year_days.is_empty();
    let weekday = ByDay { nth: None, weekday: start.weekday() };
    match rule.frequency {
        Frequency::Yearly if !says_days && !rule.weeks.is_empty() => rule.days.push(weekday),
        Frequency::Yearly | Frequency::Monthly if !says_days => {
            if rule.frequency == Frequency::Yearly && rule.months.is_empty() {
                rule.months.push(start.month() as u8);
            }
            rule.month_days.push(start.day() as i8);
        }
        Frequency::Weekly if rule.days.is_empty() => rule.days.push(weekday),
        _ => {}
    }
    if rule.frequency < Frequency::Hourly && rule.hours.is_empty() {
        rule.hours.push(start.hour() as u8);
    }
    if rule.frequency < Frequency::Minutely && rule.minutes.is_empty() {
        rule.minutes.push(start.minute() as u8);
    }
    if rule.frequency < Frequency::Secondly && rule.seconds.is_empty() {
        rule.seconds.push(start.second() as u8);
    }
    rule
}

fn times(rule: &Rule) -> Vec<NaiveTime> {
    let at = |hour: u8, minute: u8, second: u8| NaiveTime::from_hms_opt(hour.into(), minute.into(), second.into());
    let minutes = || rule.minutes.iter().flat_map(|minute| rule.seconds.iter().map(move |second| (*minute, *second)));
    rule.hours.iter().flat_map(|hour| minutes().filter_map(move |(minute, second)| at(*hour, minute, second))).collect()
}

fn weekday_of(number: u32) -> Weekday {
    Weekday::try_from(number as u8).unwrap_or(Weekday::Mon)
}
