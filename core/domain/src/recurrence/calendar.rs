//! Arithmetic of the Gregorian calendar: months as bits, days as numbers, weeks of a year.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Weekday};

/// Days after which the calendar, weekdays included, repeats: 400 years.
pub(super) const CYCLE_DAYS: i64 = 146_097;
/// The last year in which anything occurs: dates have four digits.
pub(super) const LAST_YEAR: i32 = 9_999;

/// Days since the beginning of the year 1, which was a Monday and has number 1.
pub(super) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

/// The day of this number; `None` far outside the calendar.
pub(super) fn date_of(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

/// Seconds since the beginning of day number 0.
pub(super) fn second_number(local: NaiveDateTime) -> i64 {
    day_number(local.date()) * 86_400 + i64::from(local.time().num_seconds_from_midnight())
}

/// 28 to 31; `month` is 1 to 12.
pub(super) fn month_length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// 365 or 366.
pub(super) fn year_length(year: i32) -> u32 {
    if is_leap(year) { 366 } else { 365 }
}

/// Bits 0 to `length - 1`.
pub(super) fn all_days(length: u32) -> u32 {
    u32::MAX >> (32 - length)
}

/// Days 1, 8, 15, 22, 29 of a month; shifted for other weekdays.
const EVERY_WEEK: u32 = 0b1_0000_0010_0000_0100_0000_1000_0001;

/// The days of a month of `length` days that are this weekday, when day 1 is `first`.
pub(super) fn weekday_bits(weekday: Weekday, first: Weekday, length: u32) -> u32 {
    (EVERY_WEEK << weekday.days_since(first)) & all_days(length)
}

/// The nth day of some, from the end when negative, as a single bit; 0 when there are not so many.
pub(super) fn nth_bit(days: u32, nth: i8) -> u32 {
    let skipped = usize::from(nth.unsigned_abs()) - 1;
    if nth > 0 {
        bits(days).nth(skipped).map_or(0, |bit| 1 << bit)
    } else {
        let mut rest = days;
        for _ in 0..skipped {
            rest &= !highest(rest);
        }
        highest(rest)
    }
}

fn highest(days: u32) -> u32 {
    days.checked_ilog2().map_or(0, |bit| 1 << bit)
}

/// The numbers of the bits that are set, lowest first.
pub(super) fn bits(mut set: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        (set != 0).then(|| {
            set &= set - 1;
            bit
        })
    })
}

/// The number of the first day of the first week of a year: the week with at least four of its days (RFC 5545, BYWEEKNO).
pub(super) fn first_week(year: i32, week_start: Weekday) -> Option<i64> {
    let fourth = NaiveDate::from_ymd_opt(year, 1, 4)?;
    Some(day_number(fourth) - i64::from(fourth.weekday().days_since(week_start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_have_their_lengths() {
        assert_eq!(
            (month_length(2024, 2), month_length(2026, 2), month_length(1900, 2), month_length(2000, 2)),
            (29, 28, 28, 29)
        );
        assert_eq!((year_length(2024), year_length(2100), month_length(2026, 11)), (366, 365, 30));
    }

    #[test]
    fn weekdays_of_a_month_are_found_from_both_ends() {
        // November 2026 begins on a Sunday.
        let mondays = weekday_bits(Weekday::Mon, Weekday::Sun, 30);
        assert_eq!(bits(mondays).map(|bit| bit + 1).collect::<Vec<_>>(), [2, 9, 16, 23, 30]);
        assert_eq!(
            (
                nth_bit(mondays, 2),
                nth_bit(mondays, -1),
                nth_bit(mondays, -5),
                nth_bit(mondays, 6),
                nth_bit(mondays, -6)
            ),
            (1 << 8, 1 << 29, 1 << 1, 0, 0)
        );
    }

    #[test]
    fn the_first_week_has_four_days_of_its_year() {
        let date = |year, week_start| date_of(first_week(year, week_start).unwrap()).unwrap().to_string();
        assert_eq!(date(2026, Weekday::Mon), "2025-12-29");
        assert_eq!(date(2027, Weekday::Mon), "2027-01-04");
        assert_eq!(date(2026, Weekday::Sun), "2026-01-04");
    }
}
