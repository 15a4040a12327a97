//! Where a rule begins and ends, what it counts from, and what it leaves out.

use super::days::{month_list, weekday_list};
use super::often::how_often;
use super::said::{Freq, Said};
use crate::clock::{Intro, clock};
use crate::date::{date, period_around};
use crate::found::{DateFound, Days, Strength};
use crate::length::{Length, length};
use crate::lexicon::{Key, Unit};
use crate::line::Line;
use crate::number::full_year;
use crate::offset::offset;
use chrono::{Datelike as _, NaiveDate};

/// "10 times", "for 5 occurrences", "up to 7x", "twice".
pub(super) fn count(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let mut pos = up_to(line, line.skip(at, Key::For));
    // "for a total of 10 times"
    if pos > at
        && line.word(pos).article
        && line.spelling(pos + 1).eq_ignore_ascii_case("total")
        && line.is(pos + 2, Key::Of)
    {
        pos += 3;
    }
    let (times, end) = how_often(line, pos).filter(|(times, _)| *times > 1 && said.again)?;
    let next = line.word(end);
    let per = next.article && line.unit(end + 1).is_some() || line.is(end, Key::Per) || next.again.is_some();
    if per {
        return None;
    }
    said.count = Some(times);
    Some(end)
}

fn up_to(line: &Line, at: usize) -> usize {
    let follows = line.is(at, Key::Up) && matches!(line.key(at + 1), Some(Key::To | Key::Until));
    if follows { at + 2 } else { at }
}

/// "for 2 months", "for the next three years", "for up to 10 days".
pub(super) fn lasting(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    if !line.is(at, Key::For) {
        return None;
    }
    let the = line.skip(up_to(line, at + 1), Key::The);
    if let Some((last, end)) = rest_of(line, the) {
        said.until = Some(last);
        return Some(end);
    }
    let (lasts, end) = length(line, line.skip(line.skip(the, Key::Next), Key::Coming))?;
    let days = lasts.months > 0 || lasts.days > 0;
    let clocked = matches!(said.freq, Some(Freq::Minutely | Freq::Hourly)) && said.again;
    // "every day for 30 minutes" says how long it takes.
    (days || clocked).then_some(())?;
    said.lasts = Some(lasts);
    Some(end)
}

/// "rest of the year", "remainder of this month": its last day.
fn rest_of(line: &Line, at: usize) -> Option<(NaiveDate, usize)> {
    let rest = ["rest", "remainder"].iter().any(|word| line.spelling(at).eq_ignore_ascii_case(word));
    let unit = line.unit(at + 3).filter(|_| rest && line.is(at + 1, Key::Of))?;
    let (_, last) = period_around(line, unit, 0)?;
    matches!(line.key(at + 2), Some(Key::The | Key::This)).then_some((last, at + 4))
}

/// Words that may stand between "after" and "completion".
const FILLERS: &[&str] = &["i", "i've", "i'm", "it", "its", "it's", "is", "was", "been", "each", "previous", "being"];
/// Most of them at once: "after it has been done".
const FILLERS_MAX: usize = 3;

/// "after completion", "after I'm done", "since last completed"; with a length before it a rule of its own: "again 3 days after
/// completion".
pub(super) fn completion(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let spoken = length(line, at).filter(|_| !said.again);
    let after = spoken.map_or(at, |(_, end)| end);
    if !matches!(line.key(after), Some(Key::After | Key::From | Key::Since)) {
        return None;
    }
    let filler = |at: usize| {
        matches!(line.key(at), Some(Key::The | Key::Last | Key::Link | Key::Each))
            || FILLERS.iter().any(|word| line.spelling(at).eq_ignore_ascii_case(word))
    };
    let done = (after + 1..=after + 1 + FILLERS_MAX).find(|at| line.is(*at, Key::Done) || !filler(*at))?;
    if !line.is(done, Key::Done) {
        return None;
    }
    if let Some((length, _)) = spoken {
        each_length(said, length)?;
        said.again = true;
    }
    said.completion = true;
    let it = matches!(line.spelling(done + 1), "it" | "them");
    Some(done + 1 + usize::from(it))
}

fn each_length(said: &mut Said, length: Length) -> Option<()> {
    match length {
        Length { months, days: 0, seconds: 0, .. } => said.each(Unit::Month, months.cast_unsigned()),
        Length { months: 0, days, seconds: 0, .. } => said.each(Unit::Day, u32::try_from(days).ok()?),
        Length { months: 0, days: 0, seconds, .. } if seconds % 3600 == 0 => {
            said.each(Unit::Hour, u32::try_from(seconds / 3600).ok()?);
        }
        _ => return None,
    }
    Some(())
}

/// "except weekends", "but not on sundays", "excluding august".
pub(super) fn except(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let is = |at: usize, word: &str| line.spelling(at).eq_ignore_ascii_case(word);
    let mut pos = match line.key(at) {
        // "apart from sundays", "other than sundays", "without weekends"
        None if is(at, "apart") && line.is(at + 1, Key::From) => at + 2,
        Some(Key::Other) if is(at + 1, "than") => at + 2,
        Some(Key::Link) if is(at, "without") => at + 1,
        Some(Key::Except) => at + 1 + usize::from(is(at + 1, "for")),
        Some(Key::But) => at + 1 + usize::from(is(at + 1, "not")),
        _ => return None,
    };
    if !said.again {
        return None;
    }
    pos += usize::from(matches!(line.key(pos), Some(Key::On | Key::In | Key::For | Key::At)));
    pos = line.skip(pos, Key::The);
    if let Some((days, end, _)) = weekday_list(line, pos) {
        said.except_days = said.except_days.or(days);
        return Some(end);
    }
    let (months, _, end) = month_list(line, pos).filter(|(_, days, _)| days.is_empty())?;
    said.except_months = said.except_months.or(months);
    Some(end)
}

/// "starting monday", "from jan 1", "beginning in april", "as of tomorrow".
pub(super) fn start(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let as_of = line.spelling(at).eq_ignore_ascii_case("as") && line.is(at + 1, Key::Of);
    let pos = match line.key(at)? {
        Key::From => at + 1,
        Key::Between => {
            let (first, start, _) = day(line, at + 1)?;
            let (last, _, end) = day(line, line.is(first.end, Key::And).then_some(first.end + 1)?)?;
            (said.start, said.until) = (Some(start), Some(end));
            return Some(last.end);
        }
        Key::Start if !line.is(at + 1, Key::Of) => at + 1,
        Key::Link if as_of => at + 2,
        _ => return None,
    };
    let (found, first, _) = day(line, pos)?;
    said.start = Some(first);
    Some(found.end)
}

/// "until march", "till 5 december", "through the end of the month", "to april 5th" behind a start.
pub(super) fn until(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let key = line.key(at);
    let dash = matches!(line.mark(at), Some('-' | '–'));
    let through = key == Some(Key::To) && !line.spelling(at).eq_ignore_ascii_case("to");
    let ends = match key {
        Some(Key::Until) => true,
        Some(Key::To) => said.start.is_some() || said.again && (through || line.word(at + 1).month.is_some()),
        // By themselves both say when something is due: "the sale ends friday".
        Some(Key::Before | Key::Ends) => said.again,
        _ => dash && said.start.is_some(),
    };
    // "until:friday", as other programs write it.
    let pos = if ends { line.skip_mark(at + 1, ':') } else { Some(up_to(line, at)).filter(|pos| *pos > at)? };
    // "until 2027"
    let year = full_year(line, pos).filter(|(year, end)| ends && !line.goes_on(*end) && *year >= line.today.year());
    if let Some((first, (year, end))) = year.and_then(|said| Some((NaiveDate::from_ymd_opt(said.0, 1, 1)?, said))) {
        said.until = Some(if through { NaiveDate::from_ymd_opt(year, 12, 31)? } else { first });
        return Some(end);
    }
    if let Some((found, first, last)) = day(line, pos) {
        said.until = Some(if through { last } else { first });
        return Some(found.end);
    }
    let clocked = matches!(said.freq, Some(Freq::Minutely | Freq::Hourly)) && said.timed();
    let found = clock(line, pos, Intro { at: true, from: false, dated: true }).filter(|_| clocked && ends)?;
    said.time_until = Some(found.clock?);
    Some(found.end)
}

/// The day or period here, with "on", "in" or "the" before it: its first and its last day.
fn day(line: &Line, at: usize) -> Option<(DateFound, NaiveDate, NaiveDate)> {
    let introduced = matches!(line.key(at), Some(Key::On | Key::In | Key::By | Key::At | Key::From));
    let pos = at + usize::from(introduced);
    let found = offset(line, at)
        .filter(|found| found.strength < Strength::Whole)
        .or_else(|| date(line, pos))
        .or_else(|| date(line, line.skip(pos, Key::The)))
        .filter(|found| found.strength < Strength::Whole)?;
    match found.days {
        Days::Range { first, last, .. } => Some((found, first, last)),
        Days::Moment(time) => Some((found, time.local().date(), time.local().date())),
        Days::Wrong(_) => None,
    }
}
