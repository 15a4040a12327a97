//! The first day of a rule. What follows it is the domain's: [`crate::Reading::schedule`].

use super::build::Rule;
use super::said::Freq;
use super::set::Nths;
use crate::calendar::{days_in, week_first};
use chrono::{Datelike as _, Duration, NaiveDate};

/// How far ahead an occurrence is looked for: a leap day on a given weekday can be 40 years away.
const YEARS_MAX: i32 = 41;

/// The first day on or after `from` that the rule can fall on; whole periods are not skipped yet.
pub(crate) fn first_day(rule: &Rule, from: NaiveDate) -> Option<NaiveDate> {
    days_of(rule, from).find(|day| fits(rule, *day))
}

/// The days from `from` on, months left out that the rule leaves out.
fn days_of(rule: &Rule, from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let last = from.year().saturating_add(YEARS_MAX);
    let months = rule.months;
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let mut day = next?;
        while !months.is_empty() && !months.has(day.month()) {
            let ahead = i64::from(days_in(day.year(), day.month()) - day.day() + 1);
            day = day.checked_add_signed(Duration::days(ahead)).filter(|day| day.year() <= last)?;
        }
        next = day.succ_opt().filter(|day| day.year() <= last);
        Some(day)
    })
}

/// Whether a day is one that the parts of the rule name; a rule that names none takes every day.
fn fits(rule: &Rule, day: NaiveDate) -> bool {
    names(rule, day) && (rule.positions.is_empty() || in_position(rule, day))
}

fn names(rule: &Rule, day: NaiveDate) -> bool {
    let month_days = rule.month_days.is_empty() || numbered(rule.month_days, day, rule.freq == Freq::Monthly);
    let plain = rule.weekdays.has(day.weekday());
    let nth = rule.nth_days.iter().any(|(nths, days)| days.has(day.weekday()) && nth_weekday(rule, *nths, day));
    let weekdays = rule.weekdays.is_empty() && rule.nth_days.is_empty() || plain || nth;
    (rule.months.is_empty() || rule.months.has(day.month())) && month_days && weekdays
}

fn numbered(set: Nths, day: NaiveDate, clamps: bool) -> bool {
    let number = day.day().cast_signed();
    let length = days_in(day.year(), day.month()).cast_signed();
    // What words say of the 31st is the last day of a shorter month.
    let clamped = clamps && number == length && (length + 1..=31).any(|n| set.has(n));
    let from_end = number - length - 1;
    set.has(number) || set.has(from_end) || clamped
}

/// Whether the day is the nth of its weekday in its month, or in its year for a rule of years that names no month.
fn nth_weekday(rule: &Rule, nths: Nths, day: NaiveDate) -> bool {
    let yearly = rule.freq == Freq::Yearly && rule.months.is_empty();
    let (number, length) = if yearly {
        (day.ordinal(), if day.leap_year() { 366 } else { 365 })
    } else {
        (day.day(), days_in(day.year(), day.month()))
    };
    let from_start = (number - 1) / 7 + 1;
    let from_end = (length - number) / 7 + 1;
    nths.has(from_start.cast_signed()) || nths.has(-from_end.cast_signed())
}

/// Whether the day stands at one of the positions among those that the rule names in its period.
fn in_position(rule: &Rule, day: NaiveDate) -> bool {
    let first = match rule.freq {
        Freq::Weekly => week_first(day, rule.week_start),
        Freq::Yearly if rule.months.is_empty() => day.with_ordinal(1).unwrap_or(day),
        _ => day.with_day(1).unwrap_or(day),
    };
    let length = match rule.freq {
        Freq::Weekly => 7,
        Freq::Yearly if rule.months.is_empty() => 366,
        _ => i64::from(days_in(day.year(), day.month())),
    };
    let named = |from: i64, to: i64| {
        (from..to).filter(|n| first.checked_add_signed(Duration::days(*n)).is_some_and(|day| names(rule, day))).count()
    };
    let own = (day - first).num_days();
    let before = i32::try_from(named(0, own)).unwrap_or(i32::MAX - 1);
    let behind = i32::try_from(named(own + 1, length)).unwrap_or(i32::MAX - 1);
    rule.positions.has(before + 1) || rule.positions.has(-behind - 1)
}
