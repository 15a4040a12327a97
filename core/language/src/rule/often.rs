//! How often: "every other week", "daily", "twice a month", "every! 3 days".

use super::days::{month_list, numbers, weekday_list, workdays};
use super::said::{Freq, Said, Time};
use super::set::{Months, Nths, Weekdays};
use super::times::part_of_day;
use crate::clock::{Intro, clock};
use crate::found::Strength;
use crate::length::length;
use crate::lexicon::{Again, Holiday, Key, Part, Phrase, Unit};
use crate::line::Line;
use crate::number::cardinal;

/// Longest distance between two occurrences, in whatever unit it was said.
const INTERVAL_MAX: u32 = 1000;

/// "every …", "each …", with "of" or "in" before it: "of each month".
pub(super) fn every(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    // "of each month" needs something to be of it: one sleeps in, every weekend.
    let introduced = match line.key(at) {
        Some(Key::On) => true,
        Some(Key::Of | Key::In) => said.names_days() || said.timed(),
        _ => false,
    };
    let at = at + usize::from(introduced);
    // "on alternate fridays"
    if line.is(at, Key::Other) && line.word(at).plural && (line.word(at + 1).plural || several(line, at + 1)) {
        let mut more = Said { again: true, ..*said };
        let end = subject(line, at, &mut more)?;
        *said = more;
        return Some(end);
    }
    if !matches!(line.key(at), Some(Key::Every | Key::Each)) {
        return None;
    }
    let mut pos = at + 1;
    if line.is(at, Key::Each) && line.is(pos, Key::And) && line.is(pos + 1, Key::Every) {
        pos += 2;
    }
    pos += usize::from(line.spelling(pos).eq_ignore_ascii_case("single"));
    if line.is_mark(pos, '!') && line.glued(pos) {
        said.completion = true;
        pos += 1;
    }
    said.again = true;
    subject(line, pos, said)
}

/// What comes every time.
fn subject(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    if let Some(end) = counted(line, at, said) {
        return Some(end);
    }
    let mut numbered = *said;
    if let Some(end) = numbers(line, at, &mut numbered, true) {
        // "every second" alone is the unit: the 2nd of a month is written "2nd", or said of the month.
        if line.unit(at) == Some(Unit::Second) && end == at + 1 {
            return one(line, at, 1, said);
        }
        *said = numbered;
        return Some(end);
    }
    one(line, at, 1, said)
}

/// "other week", "3 days", "few hours", "second tuesday" with the number of them, "half hour".
fn counted(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    // "every 9 june"
    if month_list(line, at).is_some_and(|(_, days, _)| !days.is_empty()) {
        return None;
    }
    let (interval, end) = match line.key(at) {
        Some(Key::Other) => (2, at + 1),
        Some(Key::Few) => (3, at + 1),
        Some(Key::Couple) => (2, line.skip(at + 1, Key::Of)),
        _ => {
            // Hours and minutes with fractions count in minutes: "every half hour", "every 1.5 hours".
            if let Some((length, end)) = length(line, at)
                && length.timed
                && length.days == 0
                && length.months == 0
                && length.seconds % 3600 != 0
                && length.seconds >= 60
            {
                said.freq = Some(Freq::Minutely);
                said.interval = u32::try_from(length.seconds / 60).ok()?;
                return Some(end);
            }
            // "every half year"
            if let Some((half, end)) = length(line, at).filter(|(half, _)| half.months > 0 && line.is(at, Key::Half)) {
                said.each(Unit::Month, half.months.cast_unsigned());
                return Some(end);
            }
            if let Some(found) = second(line, at) {
                found
            } else {
                cardinal(line, at).filter(|(n, _)| (1..=INTERVAL_MAX).contains(n))?
            }
        }
    };
    if let Some(end) = one(line, end, interval, said) {
        return Some(end);
    }
    // "every 15", and nothing that could be counted behind it.
    let day = line.digits(at).filter(|n| (1..=31).contains(n) && !line.goes_on(at + 1) && end == at + 1)?;
    said.month_days = said.month_days.with(day.cast_signed());
    Some(end)
}

/// "second" in "every second week": every other one, which it is also for weekdays, unless a month follows.
fn second(line: &Line, at: usize) -> Option<(u32, usize)> {
    let word = line.word(at);
    let n = u32::from(word.ordinal.filter(|n| *n == 2 && word.unit.is_some())?);
    let day = line.word(at + 1);
    let of_month = matches!(line.key(at + 2), Some(Key::Of | Key::In));
    let counts = day.unit.is_some() || line.workday(at + 1).is_some() || day.weekday.is_some() && !of_month;
    counts.then_some((n, at + 1))
}

/// A unit, weekdays, a month, a part of the day, a holiday.
fn one(line: &Line, at: usize, interval: u32, said: &mut Said) -> Option<usize> {
    if let Some((_, end)) = workdays(line, at) {
        said.weekdays = said.weekdays.or(Weekdays::WORKDAYS);
        said.interval = said.interval.max(interval);
        return Some(end);
    }
    if let Some((days, end, _)) = weekday_list(line, at) {
        said.weekdays = said.weekdays.or(days);
        said.interval = said.interval.max(interval);
        return Some(end);
    }
    if let Some((Phrase::Holiday(day), end)) = line.phrase(at) {
        return holiday(day, said).then_some(end);
    }
    if let Some((Phrase::SameAs(Key::Eom), end)) = line.phrase(at) {
        said.each(Unit::Month, interval);
        said.month_days = Nths::of(-1);
        return Some(end);
    }
    if let Some((time, end)) = part_of_day(line, at) {
        said.each(Unit::Day, interval);
        // "every morning and evening"
        if let Some((second, after)) = part_of_day(line, line.skip(end, Key::And)).filter(|(_, after)| *after > end + 1)
            && time.part.is_some()
            && !said.timed()
            && !line.goes_on(after)
        {
            return (said.push_time(time) && said.push_time(second)).then_some(after);
        }
        // "at 8 every morning" is one time.
        match said.times.first_mut() {
            Some(Some(first)) => first.part = first.part.or(time.part),
            _ => {
                said.push_time(time);
            }
        }
        return Some(end);
    }
    if interval == 1
        && let Some((months, days, end)) = month_list(line, at)
    {
        said.months = said.months.or(months);
        said.month_days = said.month_days.or(days);
        said.month_and_day |= !days.is_empty();
        said.freq = said.freq.or(Some(Freq::Yearly));
        return Some(end);
    }
    if let Some(unit) = line.unit(at) {
        let letter = line.spelling(at).len() == 1;
        if (letter || unit == Unit::Second) && line.goes_on(at + 1) {
            return None;
        }
        if unit == Unit::Hour && line.is(at + 1, Key::And) && line.is(at + 3, Key::Half) {
            (said.freq, said.interval) = (Some(Freq::Minutely), interval * 60 + 30);
            return Some(at + 4);
        }
        said.each(unit, interval);
        return Some(at + 1);
    }
    // "every 2 weekly" is nothing, "every daily" neither.
    None
}

/// The days of the year that a rule can say.
fn holiday(day: Holiday, said: &mut Said) -> bool {
    said.freq = Some(Freq::Yearly);
    match day {
        Holiday::Fixed(month, day) => {
            said.months = Months::default().with(u32::from(month));
            said.month_days = Nths::of(i32::from(day));
        }
        Holiday::Nth(month, weekday, n) => {
            said.months = Months::default().with(u32::from(month));
            said.push_nth(Nths::of(i32::from(n)), Weekdays::of(weekday));
        }
        Holiday::Last(month, weekday) => {
            said.months = Months::default().with(u32::from(month));
            said.push_nth(Nths::of(-1), Weekdays::of(weekday));
        }
        Holiday::Easter(_) | Holiday::Thanksgiving(_) => return false,
    }
    true
}

/// "daily", "biweekly", "weekdays", "nightly". Before other words it is an adjective ("the weekly report"), except where the
/// line begins.
pub(super) fn adverb(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let on_a = line.is(at, Key::On) && line.word(at + 1).article;
    let at = if on_a && line.spelling(at + 3).eq_ignore_ascii_case("basis") { at + 2 } else { at };
    let (again, end) = match line.phrase(at) {
        Some((Phrase::Again(again), end)) => (again, end),
        _ => (line.word(at).again?, at + 1),
    };
    // "on a daily basis"
    let basis = line.spelling(end).eq_ignore_ascii_case("basis") && line.is_free(end);
    let end = end + usize::from(basis);
    let times = how_often(line, end).is_some();
    let goes_on = line.goes_on(end) && line.unit(end).is_none() && !times && !time_follows(line, end);
    // "weekday" alone is one day.
    if again == Again::Workdays && !several(line, end - 1) {
        return None;
    }
    let thing = matches!(line.key(at.wrapping_sub(1)), Some(Key::The | Key::This));
    if (goes_on || thing) && !said.again && at > 0 {
        return None;
    }
    said.adverb = goes_on && at == 0;
    said.again = true;
    match again {
        Again::Each(unit, count) => said.each(unit, u32::from(count)),
        Again::TwiceAMonth => {
            said.each(Unit::Month, 1);
            said.often = Some((2, Unit::Month));
        }
        Again::Workdays => said.weekdays = said.weekdays.or(Weekdays::WORKDAYS),
        Again::Nights => {
            said.each(Unit::Day, 1);
            said.push_time(Time { clock: None, part: Some(Part::Night) });
        }
    }
    Some(end)
}

/// Whether a plain time of day follows: "daily 6am".
fn time_follows(line: &Line, at: usize) -> bool {
    let found = clock(line, at, Intro { at: false, from: false, dated: true });
    found.is_some_and(|found| found.strength == Strength::Sure && found.clock.is_some())
}

/// Whether the word is written as several of it.
fn several(line: &Line, at: usize) -> bool {
    line.spelling(at).as_bytes().last().is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
}

/// "once a week", "twice daily", "3 times a day", "3x per month", "one a day", "once every 2 weeks".
pub(super) fn times_per(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let (times, mut pos) = how_often(line, at).or_else(|| {
        // "one a day"
        let (n, end) = cardinal(line, at).filter(|(n, _)| *n == 1)?;
        (line.word(end).article && line.unit(end + 1).is_some()).then_some((n, end))
    })?;
    pos = line.skip_mark(pos, ',');
    if let Some(Again::Each(unit, 1)) = line.word(pos).again {
        said.each(unit, 1);
        pos += 1;
    } else {
        let each = matches!(line.key(pos), Some(Key::Every | Key::Each));
        // "3x/week"
        let slash = line.is_mark(pos, '/') && line.glued(pos) && line.glued(pos + 1);
        if !(line.word(pos).article || line.is(pos, Key::Per) || each || slash) {
            return None;
        }
        pos += 1;
        let (interval, next) = match line.key(pos) {
            Some(Key::Other) if each => (2, pos + 1),
            _ if each && line.unit(pos).is_none() => cardinal(line, pos)?,
            _ => (1, pos),
        };
        let unit = line.unit(next).filter(|unit| *unit != Unit::Second)?;
        said.each(unit, interval);
        pos = next + 1;
    }
    said.again = true;
    if times > 1 {
        let unit = match said.freq {
            Some(Freq::Daily) => Unit::Day,
            Some(Freq::Weekly) => Unit::Week,
            Some(Freq::Monthly) => Unit::Month,
            Some(Freq::Yearly) => Unit::Year,
            _ => return None,
        };
        said.often = Some((times, unit));
    }
    Some(pos)
}

/// "once", "twice", "3 times", "3x", "10 occurrences".
pub(super) fn how_often(line: &Line, at: usize) -> Option<(u32, usize)> {
    if let Some(times) = line.word(at).often {
        return Some((u32::from(times), at + 1));
    }
    if line.is(at, Key::Times) && line.spelling(at).len() == 1 && (line.glued(at + 1) || !line.goes_on(at + 2)) {
        // "x10", "x 10"
        return line.digits(at + 1).filter(|n| (1..=INTERVAL_MAX).contains(n)).map(|n| (n, at + 2));
    }
    let (times, end) = cardinal(line, at).filter(|(n, _)| (1..=INTERVAL_MAX).contains(n))?;
    let end = line.skip(end, Key::More);
    let cross = line.spelling(end).len() == 1 && !line.glued(end);
    (line.is(end, Key::Times) && !cross && !line.torn(at)).then_some((times, end + 1))
}
