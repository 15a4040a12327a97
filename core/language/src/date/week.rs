//! Weekdays and named periods: "friday", "next friday", "Thu 15th", "next week", "this weekend", "next 3 days".

use super::month::{after_abbreviation, coming_month, day_month, month_day, the_nth};
use super::numeric::numeric;
use crate::calendar::{
    month_first, month_last, next_weekday, next_weekday_with_number, nth_workday, plus_days, plus_months, week_first,
    weekday_in_week,
};
use crate::distance::distance_behind;
use crate::found::{DateFound, Days, Problem, Strength};
use crate::length::Length;
use crate::lexicon::{Key, Unit};
use crate::line::Line;
use crate::number::{DayStyle, cardinal, day_of_month, from_either_end, full_year};
use chrono::{Datelike as _, NaiveDate, Weekday};

/// "friday", "fri 24 dec", "Thu 15th", "friday of next week", "wednesday after next".
pub(super) fn weekday(line: &Line, at: usize) -> Option<DateFound> {
    let word = line.word(at);
    let weekday = word.weekday.filter(|_| !word.plural)?;
    let end = after_abbreviation(line, at);
    let next = line.skip_mark(end, ',');
    // A full date behind it says which one is meant.
    let full = numeric(line, next).or_else(|| day_month(line, next)).or_else(|| month_day(line, next));
    if let Some(date) = full.filter(|found| found.strength <= Strength::Loose) {
        return Some(DateFound { strength: Strength::Sure, ..agreeing(line, weekday, next, date) });
    }
    if let Some(found) = with_number(line, weekday, next) {
        return Some(found);
    }
    if let Some((week, after)) = week_behind(line, end) {
        return Some(DateFound::new(after, Days::day(weekday_in_week(week, weekday)), Strength::Sure));
    }
    let date = next_weekday(line.today, weekday);
    if let Some((distance, after)) = distance_behind(line, end) {
        return distant(line, weekday, distance).map(|day| DateFound::new(after, Days::day(day), Strength::Sure));
    }
    if line.is(end, Key::After) && line.is(end + 1, Key::Next) {
        return Some(DateFound::new(end + 2, Days::day(plus_days(date, 7)), Strength::Sure));
    }
    let days = match line.unit(end) {
        Some(Unit::Week) => 7,
        Some(Unit::Fortnight) => 14,
        // "monday next"
        _ if line.is(end, Key::Next) && (end + 1 >= line.len() || matches!(line.mark(end + 1), Some(',' | '.'))) => {
            let week = plus_days(week_first(line.today, line.context.settings.week_start), 7);
            return Some(DateFound::new(end + 1, Days::day(weekday_in_week(week, weekday)), Strength::Sure));
        }
        _ => 0,
    };
    if days > 0 && !line.goes_on(end + 1) {
        return Some(DateFound::new(end + 1, Days::day(plus_days(date, days)), Strength::Sure));
    }
    let strength = if word.ordinary { Strength::Loose } else { Strength::Sure };
    Some(DateFound::new(end, Days::day(date), strength))
}

/// "monday in 2 weeks": the one nearest to the day at that distance; of months, the first on or after it.
fn distant(line: &Line, weekday: Weekday, distance: Length) -> Option<NaiveDate> {
    if distance.timed || distance.months == 0 && (distance.days < 7 || distance.days % 7 != 0) {
        return None;
    }
    let day = plus_days(plus_months(line.today, distance.months), distance.days);
    let ahead = i64::from(weekday.days_since(day.weekday()));
    Some(plus_days(day, if distance.months == 0 && ahead > 3 { ahead - 7 } else { ahead }))
}

/// "the day after christmas", "monday before the 5th of may".
pub(super) fn beside(line: &Line, at: usize) -> Option<DateFound> {
    let the = line.skip(at, Key::The);
    // "the first monday after new year", "last friday before christmas"
    let numbered = from_either_end(line, the).filter(|(_, end)| line.word(*end).weekday.is_some());
    let (n, start) = numbered.unwrap_or((1, the));
    let weekday = line.word(start).weekday.filter(|_| !line.word(start).plural);
    let day = line.unit(start) == Some(Unit::Day);
    let back = match line.key(start + 1) {
        _ if weekday.is_none() && !day => return None,
        Some(Key::After) => false,
        Some(Key::Before) => true,
        _ => return None,
    };
    // Not any date: what leads on from day to day would be read again and again.
    let the = start + 2;
    let named = super::phrase(line, the).or_else(|| day_month(line, the)).or_else(|| month_day(line, the));
    let anchor = named.or_else(|| numeric(line, the)).filter(|found| found.strength < Strength::Whole)?;
    let Days::Range { first, last, .. } = anchor.days else { return None };
    let step = if back { -1 } else { 1 };
    let more = match (back, numbered) {
        (_, None) | (false, Some((1, _))) | (true, Some((-1, _))) => 0,
        (false, Some((2..=9, _))) => 7 * i64::from(n - 1),
        _ => return None,
    };
    let day = match weekday {
        _ if first != last => return None,
        None => plus_days(first, step),
        Some(weekday) if back => plus_days(next_weekday(plus_days(first, -1), weekday), -7),
        Some(weekday) => plus_days(next_weekday(first, weekday), more),
    };
    Some(DateFound::new(anchor.end, Days::day(day), Strength::Sure))
}

/// The date behind a weekday; where it is open, the one that falls on this weekday: 3/12 in the other order, or a date without
/// a year one year on.
fn agreeing(line: &Line, weekday: Weekday, at: usize, found: DateFound) -> DateFound {
    let Some(date) = found.first().filter(|date| date.weekday() != weekday) else { return found };
    if let Some((other, _)) = found.other.filter(|(other, _)| other.weekday() == weekday) {
        return DateFound { days: Days::day(other), other: None, ..found };
    }
    let year_said = (at..found.end).any(|i| line.digits(i).is_some() && line.token(i).digits() == 4);
    let later = plus_months(date, 12);
    let agrees = !year_said && later.weekday() == weekday && later.day() == date.day();
    if agrees { DateFound { days: Days::day(later), ..found } } else { found }
}

/// The weekday and the day of the month that follows, when there is a day that is both.
fn with_number(line: &Line, weekday: Weekday, at: usize) -> Option<DateFound> {
    let the = line.is(at, Key::The);
    let at = at + usize::from(the);
    let (day, style, end) = day_of_month(line, at)?;
    let said = match style {
        DayStyle::Ordinal => true,
        DayStyle::Digits => !line.goes_on(end) && !line.is_mark(end, '-'),
        DayStyle::Words => the,
    };
    let date = next_weekday_with_number(line.today, weekday, day).filter(|_| said)?;
    // "sun 11" half a year away is rather an hour, which a number alone is not either.
    if style == DayStyle::Digits && date > plus_days(line.today, 31) {
        return None;
    }
    Some(DateFound::new(end, Days::day(date), Strength::Sure))
}

/// First day of the week named behind a weekday: "of next week", ", next week".
pub(crate) fn week_behind(line: &Line, at: usize) -> Option<(NaiveDate, usize)> {
    week_named(line, line.skip(line.skip(line.skip_mark(at, ','), Key::Of), Key::The))
}

/// First day of "next week", "this week", "the following week", and the place behind it.
fn week_named(line: &Line, at: usize) -> Option<(NaiveDate, usize)> {
    let weeks = match line.key(at)? {
        Key::This => 0,
        Key::Next | Key::Coming => 7,
        _ => return None,
    };
    let week = plus_days(week_first(line.today, line.context.settings.week_start), weeks);
    (line.unit(at + 1) == Some(Unit::Week)).then_some((week, at + 2))
}

/// "this", "next", "last" and a weekday, month, or unit, or several units.
pub(super) fn which(line: &Line, at: usize) -> Option<DateFound> {
    let the = line.is(at, Key::The);
    let at = line.skip(at, Key::The);
    if let Some(found) = after_next(line, at).filter(|_| the) {
        return Some(found);
    }
    if the && line.unit(at) == Some(Unit::Week) {
        return week_begins(line, at + 1).and_then(|at| week_of(line, at));
    }
    // "this coming friday"
    let at = if line.is(at, Key::This) && line.is(at + 1, Key::Coming) { at + 1 } else { at };
    let key = line.key(at)?;
    if !matches!(key, Key::This | Key::Coming | Key::Next | Key::Last) {
        return None;
    }
    let word = line.word(at + 1);
    let end = after_abbreviation(line, at + 1);
    if let Some(weekday) = word.weekday.filter(|_| !word.plural) {
        let week = week_first(line.today, line.context.settings.week_start);
        let (date, strength) = match key {
            Key::Next => (weekday_in_week(plus_days(week, 7), weekday), Strength::Sure),
            Key::Last => (plus_days(next_weekday(plus_days(line.today, -1), weekday), -7), Strength::Whole),
            _ => (next_weekday(line.today, weekday), Strength::Sure),
        };
        return Some(DateFound::new(end, Days::day(date), strength));
    }
    if let Some(end) = line.workday(at + 1).filter(|_| matches!(key, Key::Next | Key::Coming)) {
        // "next business day"
        let day = nth_workday(plus_days(line.today, 1), plus_days(line.today, 7), 1)?;
        return Some(DateFound::new(end, Days::day(day), Strength::Sure));
    }
    if let Some(unit) = word.unit {
        return named_period(line, key, unit, at + 2);
    }
    if let Some(month) = word.month {
        let coming = coming_month(line, u32::from(month))?;
        let now = coming == month_first(line.today);
        let (first, strength) = match key {
            Key::Last if now => (plus_months(coming, -12), Strength::Whole),
            Key::Last => (plus_months(coming, -12), Strength::Whole),
            Key::Next if now => (plus_months(coming, 12), Strength::Sure),
            _ => (coming, Strength::Sure),
        };
        return Some(DateFound::new(at + 2, Days::period(first, month_last(first)), strength));
    }
    several(line, key, at + 1)
}

/// "the friday after next", "the week after next".
pub(super) fn after_next(line: &Line, at: usize) -> Option<DateFound> {
    if !(line.is(at + 1, Key::After) && line.is(at + 2, Key::Next)) {
        return None;
    }
    if line.word(at).weekday.is_some() {
        return weekday(line, at);
    }
    let (first, last) = period_around(line, line.unit(at)?, 2)?;
    Some(DateFound::new(at + 3, Days::period(first, last), Strength::Sure))
}

/// The place behind the "of" of "the week of december 7", or the word for its beginning.
fn week_begins(line: &Line, at: usize) -> Option<usize> {
    let begins = line.is(at, Key::Of) || matches!(line.key(at), Some(Key::Start | Key::From));
    begins.then_some(at + 1)
}

/// "week 50", "week of dec 7", "week commencing 7 december", "w/c 7 dec", without an article.
pub(super) fn numbered_week(line: &Line, at: usize) -> Option<DateFound> {
    if line.unit(at) != Some(Unit::Week) {
        return None;
    }
    // "w/c"
    let commencing = line.is_mark(at + 1, '/') && line.glued(at + 2) && line.spelling(at + 2).eq_ignore_ascii_case("c");
    let begins = if commencing { Some(at + 3) } else { week_begins(line, at + 1) };
    if let Some(at) = begins.filter(|_| commencing || line.spelling(at).len() > 1) {
        return week_of(line, at);
    }
    let number = line.digits(at + 1).filter(|n| (1..=53).contains(n) && !line.glued(at + 1) && !line.glued(at + 2))?;
    let of = line.skip(line.skip_mark(at + 2, ','), Key::Of);
    let monday = |year: i32| NaiveDate::from_isoywd_opt(year, number, Weekday::Mon);
    let (first, end) = if let Some((year, end)) = full_year(line, of) {
        (monday(year)?, end)
    } else {
        let year = line.today.iso_week().year();
        let ahead = |first: &NaiveDate| plus_days(*first, 6) >= line.today;
        ((year..=year + 1).filter_map(monday).find(ahead)?, at + 2)
    };
    Some(DateFound::new(end, Days::period(first, plus_days(first, 6)), Strength::NeedsIntro))
}

/// "the week of december 7".
fn week_of(line: &Line, at: usize) -> Option<DateFound> {
    // Not any date: "the week of the week of …" would be read again at each place.
    let named = super::phrase(line, at).or_else(|| day_month(line, at)).or_else(|| month_day(line, at));
    let found = named.or_else(|| numeric(line, at)).or_else(|| the_nth(line, at))?;
    let first = week_first(found.first()?, line.context.settings.week_start);
    Some(DateFound::new(found.end, Days::period(first, plus_days(first, 6)), Strength::Sure))
}

/// "next 3 days": whole units from the next one on.
fn several(line: &Line, key: Key, at: usize) -> Option<DateFound> {
    let (count, end) = if line.is(at, Key::Few) { (3, at + 1) } else { cardinal(line, at)? };
    let unit = line.unit(end).filter(|_| (1..=1000).contains(&count))?;
    let count = count.cast_signed();
    let today = line.today;
    let (first, last) = match (key, unit) {
        (Key::Next | Key::Coming, Unit::Day) => (plus_days(today, 1), plus_days(today, i64::from(count))),
        (Key::Next | Key::Coming, Unit::Week) => {
            let week = plus_days(week_first(today, line.context.settings.week_start), 7);
            (week, plus_days(week, i64::from(count) * 7 - 1))
        }
        (Key::Next | Key::Coming, Unit::Month) => {
            let first = plus_months(month_first(today), 1);
            (first, plus_days(plus_months(first, count), -1))
        }
        (Key::Next | Key::Coming, Unit::Year) => {
            let first = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)?;
            (first, plus_days(plus_months(first, count * 12), -1))
        }
        (Key::Last, Unit::Day) => (plus_days(today, -i64::from(count)), plus_days(today, -1)),
        (Key::Last, Unit::Week) => (plus_days(today, -7 * i64::from(count)), plus_days(today, -1)),
        (Key::Last, Unit::Month) => (plus_months(today, -count), plus_days(today, -1)),
        _ => return None,
    };
    let strength = if key == Key::Last { Strength::Whole } else { Strength::Sure };
    Some(DateFound::new(end + 1, Days::period(first, last), strength))
}

/// A week, weekend, month, quarter or year before, around or after the present one.
fn named_period(line: &Line, key: Key, unit: Unit, end: usize) -> Option<DateFound> {
    let steps = match key {
        Key::Last => -1,
        Key::This => 0,
        _ => 1,
    };
    // "the coming weekend" is this one.
    let steps = if key == Key::Coming && unit == Unit::Weekend { 0 } else { steps };
    let (first, last) = period_around(line, unit, steps)?;
    let strength = if steps < 0 { Strength::Whole } else { Strength::Sure };
    if unit == Unit::Week && steps >= 0 {
        let on = line.skip(line.skip_mark(end, ','), Key::On);
        let word = line.word(on);
        if let Some(weekday) = word.weekday.filter(|_| !word.plural) {
            return Some(DateFound::new(on + 1, Days::day(weekday_in_week(first, weekday)), strength));
        }
    }
    if let Some((day, end)) = day_within(line, end, first).filter(|_| unit == Unit::Month && steps >= 0) {
        return Some(DateFound::new(end, day, strength));
    }
    Some(DateFound::new(end, Days::period(first, last), strength))
}

/// "next month on the 5th", "in march on the 3rd": the day of that month, and the place behind it.
pub(super) fn day_within(line: &Line, at: usize, month: NaiveDate) -> Option<(Days, usize)> {
    let the = line.skip(line.skip(line.skip_mark(at, ','), Key::On), Key::The);
    let (day, style, end) = day_of_month(line, the).filter(|(.., end)| !line.goes_on(*end))?;
    // "next month 5" could be anything.
    let wrong = Problem::Day { year: Some(month.year()), month: month.month(), day };
    (style == DayStyle::Ordinal && !line.is(end, Key::Of))
        .then(|| (month.with_day(day).map_or(Days::Wrong(wrong), Days::day), end))
}

/// First and last day of the period that lies `steps` after the present one.
pub(crate) fn period_around(line: &Line, unit: Unit, steps: i32) -> Option<(NaiveDate, NaiveDate)> {
    let today = line.today;
    let months = |first: NaiveDate, each: i32| {
        let first = plus_months(first, steps * each);
        (first, plus_days(plus_months(first, each), -1))
    };
    let week = plus_days(week_first(today, line.context.settings.week_start), 7 * i64::from(steps));
    Some(match unit {
        Unit::Day => (plus_days(today, i64::from(steps)), plus_days(today, i64::from(steps))),
        Unit::Week => (week, plus_days(week, 6)),
        Unit::Weekend => {
            // Weekends belong to the Monday before them, wherever the week begins.
            let monday = plus_days(week_first(today, Weekday::Mon), 7 * i64::from(steps));
            (plus_days(monday, 5), plus_days(monday, 6))
        }
        Unit::Month => months(month_first(today), 1),
        Unit::Quarter => months(NaiveDate::from_ymd_opt(today.year(), (today.month0() / 3) * 3 + 1, 1)?, 3),
        Unit::Year => months(NaiveDate::from_ymd_opt(today.year(), 1, 1)?, 12),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight => return None,
    })
}

/// "weekend", and for filters "week", "month", "quarter", "year": the present one.
pub(super) fn bare_period(line: &Line, at: usize) -> Option<DateFound> {
    let at = line.skip(at, Key::The);
    let unit = line.unit(at)?;
    let strength = match unit {
        Unit::Weekend => Strength::Loose,
        Unit::Week | Unit::Month | Unit::Quarter | Unit::Year if line.only => Strength::Whole,
        _ => return None,
    };
    let plural = matches!(line.spelling(at).as_bytes().last(), Some(b's' | b'S'));
    let (first, last) = period_around(line, unit, 0).filter(|_| !plural)?;
    Some(DateFound::new(at + 1, Days::period(first, last), strength))
}
