//! Arithmetic on calendar dates. Dates beyond the years chrono can tell stay where they are.

use crate::lexicon::Holiday;
use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

/// `date` and this many days, which may be negative.
pub(crate) fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) };
    moved.unwrap_or(date)
}

/// The same day this many months on (or back), or the last day of a shorter month.
pub(crate) fn plus_months(date: NaiveDate, months: i32) -> NaiveDate {
    let count = Months::new(months.unsigned_abs());
    let moved = if months < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) };
    moved.unwrap_or(date)
}

/// Days in a month, 28 to 31.
pub(crate) fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if NaiveDate::from_ymd_opt(year, 2, 29).is_some() => 29,
        2 => 28,
        _ => 31,
    }
}

/// First day of the month of `date`.
pub(crate) fn month_first(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// Last day of the month of `date`.
pub(crate) fn month_last(date: NaiveDate) -> NaiveDate {
    date.with_day(days_in(date.year(), date.month())).unwrap_or(date)
}

/// First day of the week of `date`, in weeks that begin with `start`.
pub(crate) fn week_first(date: NaiveDate, start: Weekday) -> NaiveDate {
    plus_days(date, -i64::from(date.weekday().days_since(start)))
}

/// The next `weekday` strictly after `date`.
pub(crate) fn next_weekday(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    let days = weekday.days_since(date.weekday());
    plus_days(date, if days == 0 { 7 } else { i64::from(days) })
}

/// `weekday` within the week that begins at `week`.
pub(crate) fn weekday_in_week(week: NaiveDate, weekday: Weekday) -> NaiveDate {
    plus_days(week, i64::from(weekday.days_since(week.weekday())))
}

/// The `n`th such weekday (1 is the first) on or after `first`; negative counts back from `last`, -1 is the last.
pub(crate) fn nth_weekday(first: NaiveDate, last: NaiveDate, weekday: Weekday, n: i32) -> Option<NaiveDate> {
    let date = if n > 0 {
        plus_days(first, i64::from(weekday.days_since(first.weekday())) + 7 * i64::from(n - 1))
    } else {
        plus_days(last, -i64::from(last.weekday().days_since(weekday)) + 7 * i64::from(n + 1))
    };
    (first..=last).contains(&date).then_some(date)
}

/// The `n`th day from Monday to Friday on or after `first`; negative counts back from `last`, -1 is the last.
pub(crate) fn nth_workday(first: NaiveDate, last: NaiveDate, n: i32) -> Option<NaiveDate> {
    let (from, step) = if n > 0 { (first, 1) } else { (last, -1) };
    let days = (0..=(last - first).num_days()).map(|days| plus_days(from, days * step));
    let mut workdays = days.filter(|day| day.weekday().number_from_monday() < 6);
    workdays.nth(n.unsigned_abs().checked_sub(1)? as usize)
}

/// The day of this month and day in the first year from `today` on in which it exists and is not past.
pub(crate) fn next_month_day(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    // Leap days can be eight years apart (1896 to 1904).
    let mut years = today.year()..=today.year() + 8;
    years.find_map(|year| NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= today))
}

/// The next day with this number, today included, in the first month that has it.
pub(crate) fn next_day_number(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let mut months = (0..3).map(|n| plus_months(month_first(today), n));
    months.find_map(|month| month.with_day(day).filter(|date| *date >= today))
}

/// The next day with this number that is also this weekday, today included; within three years there is one.
pub(crate) fn next_weekday_with_number(today: NaiveDate, weekday: Weekday, day: u32) -> Option<NaiveDate> {
    let mut months = (0..36).map(|n| plus_months(month_first(today), n));
    months.find_map(|month| month.with_day(day).filter(|date| *date >= today && date.weekday() == weekday))
}

/// The holiday in this year.
pub(crate) fn holiday(year: i32, holiday: Holiday) -> Option<NaiveDate> {
    let nth = |month, weekday, n| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        nth_weekday(first, month_last(first), weekday, n)
    };
    match holiday {
        Holiday::Fixed(month, day) => NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)),
        Holiday::Nth(month, weekday, n) => nth(u32::from(month), weekday, i32::from(n)),
        Holiday::Easter(days) => easter(year).map(|sunday| plus_days(sunday, i64::from(days))),
        Holiday::Last(month, weekday) => nth(u32::from(month), weekday, -1),
        Holiday::Thanksgiving(days) => nth(11, Weekday::Thu, 4).map(|day| plus_days(day, i64::from(days))),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, of_century) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let skipped = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - skipped + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, (days / 31).unsigned_abs(), (days % 31 + 1).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for date in ["2018-04-01", "2019-04-21", "2020-04-12", "2026-04-05", "2038-04-25"] {
            assert_eq!(holiday(day(date).year(), Holiday::Easter(0)), Some(day(date)));
        }
    }

    #[test]
    fn a_leap_day_without_a_year_is_the_next_one() {
        assert_eq!(next_month_day(day("2026-11-22"), 2, 29), Some(day("2028-02-29")));
    }

    #[test]
    fn weekdays_of_a_month_count_from_both_ends() {
        let (first, last) = (day("2026-11-01"), day("2026-11-30"));
        assert_eq!(nth_weekday(first, last, Weekday::Fri, 1), Some(day("2026-11-06")));
        assert_eq!(nth_weekday(first, last, Weekday::Fri, -1), Some(day("2026-11-27")));
        assert_eq!(nth_weekday(first, last, Weekday::Fri, 5), None);
    }
}
