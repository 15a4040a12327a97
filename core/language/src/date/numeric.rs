//! Dates in figures: 2026-12-24, 24.12., 24/12/2026, 2026-12-24T14:00+01:00.

use crate::calendar::{month_last, next_month_day};
use crate::found::{DateFound, Days, Problem, Strength};
use crate::lexicon::Key;
use crate::line::Line;
use crate::number::short_year;
use crate::settings::DateOrder;
use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc, Weekday};
use tasks_domain::when::LocalTime;

/// A number of a figure and how many digits it was written with.
type Figure = (u32, u32);

/// A date in figures.
pub(super) fn numeric(line: &Line, at: usize) -> Option<DateFound> {
    if line.torn(at) {
        return None;
    }
    basic(line, at).or_else(|| of_year(line, at)).or_else(|| numeric_behind(line, at))
}

/// "20261224", "20261224T140000": ISO 8601 without marks.
fn basic(line: &Line, at: usize) -> Option<DateFound> {
    let number = line.digits(at).filter(|_| line.token(at).digits() == 8)?;
    let year = number / 10_000;
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), number / 100 % 100, number % 100)?;
    let end = at + 1;
    let glued = line.glued(end) && end < line.len();
    // Long numbers are many things; this one is a date when it is led to, or has a time.
    let found = (1900..2200).contains(&year).then(|| DateFound::new(end, Days::day(date), Strength::NeedsIntro))?;
    let timed = with_clock(line, found);
    (timed.end > end || !glued || line.mark(end).is_some_and(|mark| matches!(mark, ',' | '.' | ';' | ')')))
        .then_some(timed)
}

/// "2026-W53-4", "2026W534", "2026-W53", "2026-358": weeks and days of a year as ISO 8601 counts them.
fn of_year(line: &Line, at: usize) -> Option<DateFound> {
    let year =
        line.digits(at).filter(|year| line.token(at).digits() == 4 && (1900..2200).contains(year))?.cast_signed();
    let hyphen = |at: usize| line.is_mark(at, '-') && line.glued(at) && line.glued(at + 1);
    let next = at + 1 + usize::from(hyphen(at + 1));
    if next > at + 1 && line.token(next).digits() == 3 {
        let more = line.glued(next + 1) && next + 1 < line.len();
        let day = NaiveDate::from_yo_opt(year, line.digits(next)?).filter(|_| !more)?;
        return Some(DateFound::new(next + 1, Days::day(day), Strength::NeedsIntro));
    }
    let week = line.spelling(next).eq_ignore_ascii_case("w") && line.glued(next) && line.glued(next + 1);
    let number = line.digits(next + 1).filter(|_| week)?;
    let of_week = |week: u32, day: u32| {
        let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
        NaiveDate::from_isoywd_opt(year, week, weekday)
    };
    match line.token(next + 1).digits() {
        3 => Some(DateFound::new(next + 2, Days::day(of_week(number / 10, number % 10)?), Strength::Sure)),
        2 if hyphen(next + 2) && line.token(next + 3).digits() == 1 => {
            Some(DateFound::new(next + 4, Days::day(of_week(number, line.digits(next + 3)?)?), Strength::Sure))
        }
        2 => Some(DateFound::new(next + 2, Days::period(of_week(number, 1)?, of_week(number, 7)?), Strength::Sure)),
        _ => None,
    }
}

/// As [`numeric`], whatever it is glued to: the second of "24.12.-26.12.".
pub(crate) fn numeric_behind(line: &Line, at: usize) -> Option<DateFound> {
    let first = figure(line, at)?;
    let mark = joint(line, at + 1)?;
    let second = figure(line, at + 2)?;
    let third = joint(line, at + 3).filter(|m| *m == mark).and_then(|_| figure(line, at + 4));
    match third {
        Some(third) => {
            let end = at + 5;
            let more = joint(line, end).is_some_and(|m| m != '.' || line.token(end + 1).digits() < 2);
            let whole = !more || line.is_mark(end, '.') && line.digits(end + 1).is_some() && line.is_mark(end + 2, ':');
            whole.then(|| three(line, first, second, third, mark, end))?
        }
        None => two(line, first, second, mark, at + 3),
    }
}

fn figure(line: &Line, at: usize) -> Option<Figure> {
    line.digits(at).map(|value| (value, line.token(at).digits()))
}

/// The mark that joins two numbers without white space.
fn joint(line: &Line, at: usize) -> Option<char> {
    let mark = line.mark(at).filter(|m| matches!(m, '-' | '/' | '.'))?;
    (line.glued(at) && line.glued(at + 1) && line.digits(at + 1).is_some()).then_some(mark)
}

fn three(line: &Line, a: Figure, b: Figure, c: Figure, mark: char, end: usize) -> Option<DateFound> {
    if a.1 == 4 && b.1 <= 2 && c.1 <= 2 {
        return year_first(line, [a.0, b.0, c.0], mark, end);
    }
    if a.1 > 2 || b.1 > 2 || !matches!(c.1, 2 | 4) || a.0 == 0 || b.0 == 0 {
        return None;
    }
    let two_digits = a.1 == 2 && b.1 == 2;
    let strength = match (mark, c.1) {
        (_, 4) | ('/', _) => Strength::Sure,
        ('.', _) if two_digits => Strength::Loose,
        _ if two_digits => Strength::NeedsIntro,
        _ => return None,
    };
    let year = if c.1 == 4 { c.0.cast_signed() } else { short_year(c.0) };
    let read = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let orders = orders(line, mark, a.0, b.0);
    Some(in_either_order(orders, read, Some(year), end, strength))
}

/// Month and day in the order that is meant, and in the other one.
fn orders(line: &Line, mark: char, a: u32, b: u32) -> [(u32, u32); 2] {
    // Nobody writes the month first with dots.
    let day_first = mark == '.' || line.context.settings.date_order == DateOrder::DayFirst;
    if day_first { [(b, a), (a, b)] } else { [(a, b), (b, a)] }
}

fn in_either_order(
    orders: [(u32, u32); 2],
    read: impl Fn((u32, u32)) -> Option<NaiveDate>,
    year: Option<i32>,
    end: usize,
    strength: Strength,
) -> DateFound {
    match (read(orders[0]), read(orders[1])) {
        (Some(date), other) => {
            let other = other.filter(|o| *o != date).map(|o| (o, "day and month the other way round"));
            DateFound { other, ..DateFound::new(end, Days::day(date), strength) }
        }
        (None, Some(date)) => DateFound::new(end, Days::day(date), strength),
        (None, None) => {
            let fit = orders.into_iter().find(|(month, _)| (1..=12).contains(month));
            let problem = fit.map_or(Problem::Numbers, |(month, day)| Problem::Day { year, month, day });
            DateFound::new(end, Days::Wrong(problem), strength)
        }
    }
}

fn year_first(line: &Line, [year, month, day]: [u32; 3], mark: char, end: usize) -> Option<DateFound> {
    let year = year.cast_signed();
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let read = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let found = match read((month, day)) {
        Some(date) => DateFound::new(end, Days::day(date), Strength::Sure),
        // ISO 8601 has one order only: 2026-13-01 is a slip, not the 13th of January.
        None if mark == '-' => in_either_order([(month, day); 2], read, Some(year), end, Strength::Sure),
        // 2024/13/1 can only be the 13th.
        None => in_either_order([(month, day), (day, month)], read, Some(year), end, Strength::Sure),
    };
    Some(with_clock(line, found))
}

/// The rest of an RFC 3339 or ISO 8601 date and time: `T14:00:05+01:00`.
fn with_clock(line: &Line, found: DateFound) -> DateFound {
    let at = found.end;
    let Some(date) = found.first().filter(|_| line.is(at, Key::TimeMark) && line.glued(at) && line.glued(at + 1))
    else {
        return found;
    };
    let Some((time, end)) = iso_time(line, at + 1) else { return found };
    let local = date.and_time(time);
    if line.is(end, Key::Zulu) && line.glued(end) {
        let moment = LocalTime::at(Utc.from_utc_datetime(&local), line.context.now.zone());
        return DateFound::new(end + 1, Days::Moment(moment), Strength::Sure);
    }
    if let Some((offset, end)) = offset(line, end) {
        let Some(instant) = offset.from_local_datetime(&local).single() else { return found };
        let moment = LocalTime::at(instant.with_timezone(&Utc), line.context.now.zone());
        return DateFound::new(end, Days::Moment(moment), Strength::Sure);
    }
    DateFound::new(end, Days::Moment(LocalTime::new(local, line.context.now.zone())), Strength::Sure)
}

/// `14:00`, `14:00:05`, `14:00:05.123`.
fn iso_time(line: &Line, at: usize) -> Option<(NaiveTime, usize)> {
    // "1400", "140005"
    if let Some(number) = line.digits(at).filter(|_| matches!(line.token(at).digits(), 4 | 6)) {
        let (minutes, second) = if line.token(at).digits() == 6 { (number / 100, number % 100) } else { (number, 0) };
        return Some((NaiveTime::from_hms_opt(minutes / 100, minutes % 100, second)?, at + 1));
    }
    let pair = |at: usize| line.digits(at).filter(|_| line.token(at).digits() == 2);
    let colon = |at: usize| line.is_mark(at, ':') && line.glued(at) && line.glued(at + 1);
    let (hour, minute) = (pair(at)?, colon(at + 1).then(|| pair(at + 2))??);
    let mut end = at + 3;
    let mut second = 0;
    if colon(end) {
        second = pair(end + 1)?;
        end += 2;
        if line.is_mark(end, '.') && line.glued(end) && line.glued(end + 1) && line.digits(end + 1).is_some() {
            end += 2;
        }
    }
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, end))
}

/// `+01:00`, `-0530`.
fn offset(line: &Line, at: usize) -> Option<(FixedOffset, usize)> {
    let sign = line.mark(at).filter(|m| matches!(m, '+' | '-') && line.glued(at) && line.glued(at + 1))?;
    let number = line.digits(at + 1)?;
    let (hours, minutes, end) = match line.token(at + 1).digits() {
        4 => (number / 100, number % 100, at + 2),
        2 if line.is_mark(at + 2, ':') && line.glued(at + 2) => (number, line.digits(at + 3)?, at + 4),
        2 => (number, 0, at + 2),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(if sign == '-' { -seconds } else { seconds }).map(|offset| (offset, end))
}

/// Two numbers: "24.12.", "31/12", "2026-12".
fn two(line: &Line, a: Figure, b: Figure, mark: char, end: usize) -> Option<DateFound> {
    if mark == '-' {
        let start = end - 3;
        // "2-15", "on 27-11": with one number that is no month, and nothing around that makes it a range of hours.
        let one_is_day = a.1 <= 2 && b.1 <= 2 && (a.0 > 12) != (b.0 > 12);
        let led = start > 0 && matches!(line.key(start - 1), Some(Key::On | Key::Due));
        if one_is_day && (led || start == 0 && end == line.len()) {
            let read = |(month, day)| next_month_day(line.today, month, day);
            let found = in_either_order(orders(line, mark, a.0, b.0), read, None, end, Strength::NeedsIntro);
            return matches!(found.days, Days::Range { .. }).then_some(found);
        }
        let first = NaiveDate::from_ymd_opt(a.0.cast_signed(), b.0, 1).filter(|_| a.1 == 4 && b.1 == 2)?;
        let more = line.is_mark(end, '-') && line.glued(end) || joint(line, end).is_some();
        return (!more).then(|| DateFound::new(end, Days::period(first, month_last(first)), Strength::NeedsIntro));
    }
    if a.1 > 2 || b.1 > 2 || a.0 == 0 || b.0 == 0 || joint(line, end).is_some() {
        return None;
    }
    let dotted = mark == '.' && line.is_mark(end, '.') && line.glued(end);
    let strength = match mark {
        // Scores, ratios and "24/7" look the same.
        '/' if a.0 == b.0 || (a.0, b.0) == (24, 7) => Strength::NeedsIntro,
        '/' => Strength::Loose,
        _ if dotted && a.1 == 2 => Strength::Loose,
        _ => Strength::NeedsIntro,
    };
    let end = end + usize::from(dotted);
    if line.glued(end) && line.mark(end).is_none() && end < line.len() {
        return None;
    }
    let read = |(month, day)| next_month_day(line.today, month, day);
    let found = in_either_order(orders(line, mark, a.0, b.0), read, None, end, strength);
    // "12.50" is a price and "8/32" an inch; only a day that a real month does not have is worth a word.
    let nonsense =
        matches!(found.days, Days::Wrong(Problem::Numbers)) || matches!(found.days, Days::Wrong(_)) && mark == '.';
    (!nonsense).then_some(found)
}
