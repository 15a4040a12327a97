//! Dates with the name of a month, and days of a month without one: "24th of December", "Dec 24", "on the 1st".

use super::week::day_within;
use crate::calendar::{
    days_in, month_first, month_last, next_day_number, next_month_day, nth_weekday, nth_workday, plus_days,
    plus_months, week_first,
};
use crate::found::{DateFound, Days, Problem, Strength};
use crate::lexicon::{Key, Unit};
use crate::line::Line;
use crate::number::{DayStyle, day_of_month, from_either_end, full_year, year};
use chrono::{Datelike as _, NaiveDate};

/// "24 December", "the 2nd of march 2027", "05-Aug-2016", "14april".
pub(super) fn day_month(line: &Line, at: usize) -> Option<DateFound> {
    let at = line.skip(at, Key::The);
    let (day, style, end) = day_of_month(line, at)?;
    if line.torn_from_figure(at) {
        return None;
    }
    let joined = joint(line, end) || dotted(line, end);
    // "1. december"
    let led = at == 0 || matches!(line.key(at - 1), Some(Key::On | Key::By | Key::Due));
    let stop = led && style == DayStyle::Digits && line.is_mark(end, '.') && line.glued(end) && !line.glued(end + 1);
    let of = line.skip(end + usize::from(stop), Key::Of);
    let month_at = if joined { end + 1 } else { of };
    // "twenty-five december"; "one may" is none.
    if style == DayStyle::Words && of == end && line.word(month_at).ordinary {
        return None;
    }
    let month = u32::from(line.word(month_at).month?);
    let end = after_abbreviation(line, month_at);
    let strength = if style == DayStyle::Digits && line.word(month_at).ordinary && of == month_at {
        Strength::Loose
    } else {
        Strength::Sure
    };
    let end = if joined && dotted(line, end) { end + 1 } else { end };
    Some(with_year(line, month, day, end, strength, joined))
}

/// The dots of "5.feb.2027".
fn dotted(line: &Line, at: usize) -> bool {
    line.is_mark(at, '.') && line.glued(at) && line.glued(at + 1)
}

/// "2019-sep-1", "2012/aug/10", "2026 nov 27".
pub(super) fn year_month_day(line: &Line, at: usize) -> Option<DateFound> {
    let (year, end) = full_year(line, at).filter(|_| !line.torn(at))?;
    let joined = joint(line, end);
    if !joined && !(1900..2200).contains(&year) {
        return None;
    }
    let month_at = end + usize::from(joined);
    let month = u32::from(line.word(month_at).month.filter(|_| !joined || joint(line, month_at + 1))?);
    let (day, _, end) = day_of_month(line, month_at + 1 + usize::from(joined))?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    let wrong = Problem::Day { year: Some(year), month, day };
    Some(DateFound::new(end, date.map_or(Days::Wrong(wrong), Days::day), Strength::Sure))
}

/// "December 24", "Dec. 24th, 2026", "May twenty nine", "Jan/3", "June 2027", "june".
pub(super) fn month_day(line: &Line, at: usize) -> Option<DateFound> {
    let month = u32::from(line.word(at).month?);
    let ordinary = line.word(at).ordinary;
    let end = after_abbreviation(line, at);
    let joined = joint(line, end);
    let next = if joined { end + 1 } else { line.skip(line.skip_mark(end, ','), Key::The) };
    if let Some((day, style, after)) = day_of_month(line, next) {
        let loose = ordinary && style == DayStyle::Digits;
        let strength = if loose { Strength::Loose } else { Strength::Sure };
        let plausible = day <= 31 || after < line.len();
        let digits_are_year = style == DayStyle::Digits && day > 31;
        if plausible && !digits_are_year && !(style == DayStyle::Words && month == 5 && day < 13) {
            return Some(with_year(line, month, day, after, strength, joined));
        }
    }
    let first_of = |year: i32| NaiveDate::from_ymd_opt(year, month, 1);
    let of = line.skip(line.skip_mark(end, ','), Key::Of);
    if let Some((year, after)) = full_year(line, of).or_else(|| relative_year(line, of)) {
        let first = first_of(year)?;
        return Some(DateFound::new(after, Days::period(first, month_last(first)), Strength::Loose));
    }
    if line.glued(end) && line.mark(end).is_none() && end < line.len() {
        return None;
    }
    let first = coming_month(line, month)?;
    if matches!(line.key(end), Some(Key::Past | Key::After)) && line.is(end + 1, Key::Next) {
        let first = plus_months(first, 12);
        return Some(DateFound::new(end + 2, Days::period(first, month_last(first)), Strength::Sure));
    }
    if let Some((day, end)) = day_within(line, end, first).filter(|_| line.is(end, Key::On)) {
        return Some(DateFound::new(end, day, Strength::Sure));
    }
    Some(DateFound::new(end, Days::period(first, month_last(first)), Strength::NeedsIntro))
}

/// The first of the next such month, or of this one while it lasts.
pub(super) fn coming_month(line: &Line, month: u32) -> Option<NaiveDate> {
    let year = line.today.year() + i32::from(month < line.today.month());
    NaiveDate::from_ymd_opt(year, month, 1)
}

fn joint(line: &Line, at: usize) -> bool {
    matches!(line.mark(at), Some('-' | '/')) && line.glued(at) && line.glued(at + 1)
}

/// The place behind the word at `at` and the full stop of an abbreviation: "Dec. 31".
pub(super) fn after_abbreviation(line: &Line, at: usize) -> usize {
    let stop = line.is_mark(at + 1, '.') && line.glued(at + 1) && {
        let next = line.word(at + 2);
        // "Sept. the 3rd", "apr. first", "Tue. Mar. 23"
        let dated =
            next.month.is_some() || next.ordinal.is_some() || next.cardinal.is_some() || next.key == Some(Key::The);
        line.digits(at + 2).is_some() || dated && line.spelling(at).len() <= 5
    };
    at + 1 + usize::from(stop)
}

/// The date of this month and day, in the year that follows or the next one in which it lies ahead.
/// `marked`: the day and the month were joined by a mark, as "24-dec-26" is all along; "dec 24-26" are days.
fn with_year(line: &Line, month: u32, day: u32, end: usize, strength: Strength, marked: bool) -> DateFound {
    let after_comma = line.skip_mark(end, ',');
    let joined = (joint(line, end) || marked && dotted(line, end))
        && (marked || line.token(end + 1).digits() == 4 || !line.is_mark(end, '-'));
    let at = if joined { end + 1 } else { line.skip(after_comma, Key::Of) };
    let said = full_year(line, at).or_else(|| {
        let (value, after) = year(line, at).filter(|_| after_comma == end)?;
        // "14 april 15" is a year only when nothing follows that the number could count.
        (joined || !line.goes_on(after)).then_some((value, after))
    });
    let said = said.or_else(|| relative_year(line, at));
    let (found, year, end) = match said {
        Some((year, end)) => (NaiveDate::from_ymd_opt(year, month, day), Some(year), end),
        None => (next_month_day(line.today, month, day), None, end),
    };
    match found {
        Some(date) => DateFound::new(end, Days::day(date), if year.is_some() { Strength::Sure } else { strength }),
        None => DateFound::new(end, Days::Wrong(Problem::Day { year, month, day }), strength),
    }
}

/// "this year", "next year".
pub(super) fn relative_year(line: &Line, at: usize) -> Option<(i32, usize)> {
    let year = line.today.year();
    let year = match line.key(at)? {
        Key::This => year,
        Key::Next => year + 1,
        _ => return None,
    };
    (line.unit(at + 1) == Some(Unit::Year)).then_some((year, at + 2))
}

/// "the 1st", "20th of next month", "on 15".
pub(super) fn the_nth(line: &Line, at: usize) -> Option<DateFound> {
    let the = line.is(at, Key::The);
    let start = at + usize::from(the);
    let on = at > 0 && line.is(at - 1, Key::On);
    let (day, style, end) = day_of_month(line, start)?;
    // "5th next month"
    let next_month = line.is(end, Key::Next) && line.unit(end + 1) == Some(Unit::Month);
    // "21st" alone; "second" alone names something else than a day.
    let digits = at == 0 && line.digits(start).is_some();
    let alone = digits && end == line.len();
    let said = match style {
        // "28th 5pm"
        DayStyle::Ordinal => the || on || line.is(end, Key::Of) || next_month || alone || digits,
        DayStyle::Digits => on && !line.glued(end),
        DayStyle::Words => the && on,
    };
    if !said {
        return None;
    }
    let of = line.skip(end, Key::Of);
    if let Some((_, _, after)) = month_named(line, of).filter(|_| of > end && line.is(of, Key::The)) {
        // "the 1st of the month" is the next one.
        let date = next_day_number(line.today, day).filter(|_| line.unit(of + 1) == Some(Unit::Month));
        if let Some(date) = date {
            return Some(DateFound::new(after, Days::day(date), Strength::Sure));
        }
    }
    if let Some((first, last, after)) = month_named(line, of).filter(|_| of > end || next_month) {
        let date = first.with_day(day).filter(|_| day <= days_in(last.year(), last.month()));
        let wrong = Problem::Day { year: Some(first.year()), month: first.month(), day };
        let days = date.map_or(Days::Wrong(wrong), Days::day);
        return Some(DateFound::new(after, days, Strength::Sure));
    }
    if of > end {
        return None;
    }
    let date = next_day_number(line.today, day)?;
    let strength = if the || on || digits && !alone { Strength::NeedsIntro } else { Strength::Whole };
    Some(DateFound::new(end, Days::day(date), strength))
}

/// "next month", "this month", "the month": its first and last day, and the place behind it.
fn month_named(line: &Line, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
    let chosen = line.is(at, Key::The) && matches!(line.key(at + 1), Some(Key::Coming | Key::Next | Key::This));
    let at = at + usize::from(chosen);
    let months = match line.key(at)? {
        Key::Next | Key::Coming => 1,
        Key::This | Key::The => 0,
        _ => return None,
    };
    let first = plus_months(month_first(line.today), months);
    (line.unit(at + 1) == Some(Unit::Month)).then(|| (first, month_last(first), at + 2))
}

/// What "last" or "third" counts.
enum Counted {
    Weekday(chrono::Weekday),
    Workday,
    Day,
    Week,
}

/// "2nd friday of february", "last day of next month", "fifth last day of May", "first week of june".
pub(super) fn nth_of(line: &Line, at: usize) -> Option<DateFound> {
    let at = line.skip(at, Key::The);
    let (n, what_at) = from_either_end(line, at)?;
    let workday = line.workday(what_at);
    let what = line.word(what_at);
    let counted = match (what.weekday, what.unit) {
        _ if workday.is_some() => Counted::Workday,
        (Some(weekday), _) => Counted::Weekday(weekday),
        (_, Some(Unit::Day)) => Counted::Day,
        (_, Some(Unit::Week)) => Counted::Week,
        _ => return None,
    };
    let within = workday.unwrap_or(what_at + 1);
    let of = matches!(line.key(within), Some(Key::Of | Key::In));
    // "first friday next month", "last friday this month"
    let chosen = matches!(line.key(within), Some(Key::Next | Key::This)) && line.unit(within + 1) == Some(Unit::Month);
    if !(of || chosen) {
        return None;
    }
    let (first, last, end, repeats) = stretch(line, within + usize::from(of))?;
    let pick = |first, last| nth_in(line, &counted, first, last, n);
    let mut picked = pick(first, last);
    // Without a year the next such month is meant in which the day lies ahead.
    if repeats > 0 && picked.is_none_or(|(day, _)| day < line.today) {
        let first = plus_months(first, repeats);
        picked = pick(first, month_last(first)).or(picked);
    }
    let (first, last) = picked?;
    Some(DateFound::new(end, Days::period(first, last), Strength::Sure))
}

fn nth_in(line: &Line, what: &Counted, first: NaiveDate, last: NaiveDate, n: i32) -> Option<(NaiveDate, NaiveDate)> {
    let (from, steps) = if n > 0 { (first, i64::from(n - 1)) } else { (last, i64::from(n + 1)) };
    let day = match what {
        Counted::Weekday(weekday) => nth_weekday(first, last, *weekday, n)?,
        Counted::Workday => nth_workday(first, last, n)?,
        Counted::Day => Some(plus_days(from, steps)).filter(|day| (first..=last).contains(day))?,
        Counted::Week => {
            let week = plus_days(week_first(from, line.context.settings.week_start), steps * 7);
            return Some((week.max(first), plus_days(week, 6).min(last)));
        }
    };
    Some((day, day))
}

/// A month or year in which something is counted: first and last day, the place behind, and in how many months there is another
/// such; 0 when it is the only one.
fn stretch(line: &Line, at: usize) -> Option<(NaiveDate, NaiveDate, usize, i32)> {
    if let Some((first, last, end)) = month_named(line, at) {
        let the = line.is(at, Key::The) && line.unit(at + 1) == Some(Unit::Month);
        return Some((first, last, end, i32::from(the)));
    }
    let whole_year =
        |year, end| Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?, end, 0));
    if let Some((year, end)) = relative_year(line, at).or_else(|| full_year(line, at)) {
        return whole_year(year, end);
    }
    if line.is(at, Key::The) && line.unit(at + 1) == Some(Unit::Year) {
        return whole_year(line.today.year(), at + 2);
    }
    let month = u32::from(line.word(at).month?);
    let end = at + 1;
    let of = line.skip(line.skip_mark(end, ','), Key::Of);
    match full_year(line, of).or_else(|| relative_year(line, of)) {
        Some((year, end)) => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            Some((first, month_last(first), end, 0))
        }
        None => coming_month(line, month).map(|first| (first, month_last(first), end, 12)),
    }
}
