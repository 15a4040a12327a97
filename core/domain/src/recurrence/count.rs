//! COUNT without counting: where a rule makes equally many in every period, the last one is found by division; where only its months
//! differ, month by month.

use super::calendar::{date_of, day_number, month_length};
use super::pattern::Pattern;
use super::rule::{Frequency, MonthEnd, Rule};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

/// Where the last of a number of slots is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastOf {
    /// Here.
    At(NaiveDateTime),
    /// Behind the end of the calendar.
    Beyond,
    /// They must be counted one by one.
    Unknown,
}

/// The last of the first `count` that a pattern makes, when every period, or every day of its months, makes equally many.
pub(super) fn last_of(pattern: &Pattern, count: u32) -> LastOf {
    if is_daily_in_months(&pattern.rule) {
        return last_in_months(pattern, count).unwrap_or(LastOf::Beyond);
    }
    if !is_regular(&pattern.rule) {
        return LastOf::Unknown;
    }
    let second = pattern.following(pattern.base);
    let mut made = Vec::new();
    pattern.fill(second, &mut made);
    let per_period = made.len() as u64;
    if per_period == 0 {
        return LastOf::Unknown;
    }
    pattern.fill(pattern.base, &mut made);
    // The first period may begin before the start.
    let missing = per_period.saturating_sub(made.len() as u64);
    let index = u64::from(count) - 1 + missing;
    let periods = i128::from(index / per_period) * i128::from(pattern.rule.interval);
    let period = i64::try_from(i128::from(pattern.base) + periods).unwrap_or(i64::MAX);
    if period > pattern.last_period() {
        return LastOf::Beyond;
    }
    pattern.fill(period, &mut made);
    // In the first period those before the start are missing at the front.
    let skipped = per_period as usize - made.len();
    made.get((index % per_period) as usize - skipped).map_or(LastOf::Unknown, |last| LastOf::At(*last))
}

/// Months looked at, 400 years of them; a series that goes on for longer is counted as it is walked.
const MONTHS_MAX: u32 = 4_800;

/// Whether nothing but its months sets the rule's days apart.
fn is_daily_in_months(rule: &Rule) -> bool {
    let is_plain = rule.month_days.is_empty() && rule.days.is_empty() && rule.set_positions.is_empty();
    rule.frequency == Frequency::Daily && !rule.months.is_empty() && is_plain
}

/// The last one of such a rule; `None` behind the end of the calendar.
fn last_in_months(pattern: &Pattern, count: u32) -> Option<LastOf> {
    let (interval, per_day) = (i64::from(pattern.rule.interval), pattern.times.len() as u64);
    let takes = |month: u32| pattern.months & 1 << month != 0;
    let (mut year, mut month) = (pattern.start.year(), pattern.start.month());
    // What the first day makes before the start is counted with it.
    let early = pattern.times.partition_point(|time| *time < pattern.start.time()) as u64;
    let mut left = u64::from(count) + if takes(month) { early } else { 0 };
    for _ in 0..MONTHS_MAX {
        let begin = day_number(NaiveDate::from_ymd_opt(year, month, 1)?);
        let end = begin + i64::from(month_length(year, month)) - 1;
        let first = pattern.aligned(begin.max(pattern.base));
        if takes(month) && first <= end {
            let made = ((end - first) / interval + 1).cast_unsigned() * per_day;
            if left <= made {
                let index = left - 1;
                let day = first + (index / per_day).cast_signed() * interval;
                let time = pattern.times.get((index % per_day) as usize)?;
                return Some(LastOf::At(date_of(day)?.and_time(*time)));
            }
            left -= made;
        }
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    Some(LastOf::Unknown)
}

/// Whether every period makes equally many, whatever its length and its first weekday. May say no where it is so.
fn is_regular(rule: &Rule) -> bool {
    let numbered = rule.days.iter().filter(|day| day.nth.is_some()).count();
    let is_choice_safe = rule.set_positions.is_empty();
    let clamps_one = rule.month_end == MonthEnd::Clamp && matches!(rule.month_days[..], [day] if day > 0);
    let days = clamps_one || is_one_sided(rule.month_days.iter().map(|day| i16::from(*day)), 28);
    let nth = |most| {
        // Every weekday of its own, from one end: two numbers of one weekday never fall on one day.
        numbered == rule.days.len() && is_one_sided(rule.days.iter().filter_map(|day| day.nth).map(i16::from), most)
    };
    match rule.frequency {
        Frequency::Daily => {
            rule.months.is_empty() && rule.month_days.is_empty() && rule.days.is_empty() && is_choice_safe
        }
        Frequency::Weekly => rule.months.is_empty() && is_choice_safe,
        Frequency::Monthly => {
            rule.months.is_empty()
                && is_choice_safe
                && if rule.days.is_empty() { days } else { rule.month_days.is_empty() && nth(4) }
        }
        Frequency::Yearly => {
            let has_days = !rule.month_days.is_empty();
            let is_plain = rule.weeks.is_empty() && rule.year_days.is_empty() && is_choice_safe;
            is_plain
                && if rule.days.is_empty() {
                    has_days && days
                } else {
                    !has_days && nth(if rule.months.is_empty() { 52 } else { 4 })
                }
        }
        Frequency::Hourly => {
            rule.months.is_empty()
                && rule.month_days.is_empty()
                && rule.days.is_empty()
                && rule.year_days.is_empty()
                && rule.hours.is_empty()
                && is_choice_safe
        }
        Frequency::Minutely | Frequency::Secondly => false,
    }
}

/// Whether all count from the same end and reach no farther than every period does.
fn is_one_sided(mut numbers: impl Iterator<Item = i16>, most: i16) -> bool {
    let Some(first) = numbers.next() else { return true };
    let range = if first > 0 { 1..=most } else { -most..=-1 };
    range.contains(&first) && numbers.all(|number| range.contains(&number))
}
