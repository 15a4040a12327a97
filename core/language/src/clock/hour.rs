//! A single time of day: "5pm", "17:30", "17h30", "half past six", "quarter to 5", "noon", "7ish".

use super::spoken::{in_words, past_or_to};
use crate::found::{Clock, Half, Problem, Strength};
use crate::lexicon::{Key, Phrase, Unit};
use crate::line::Line;
use crate::settings::DayParts;
use chrono::{Datelike as _, NaiveTime, Timelike as _};

/// A time, and how plainly it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hour {
    /// The place behind it.
    pub end: usize,
    pub clock: Result<Clock, Problem>,
    /// What must stand around it. A bare number ("5") is [`Strength::NeedsIntro`] and `bare`.
    pub strength: Strength,
    /// Only a number, which is a time by its surroundings alone.
    pub bare: bool,
}

impl Hour {
    pub(super) const fn new(end: usize, clock: Clock, strength: Strength) -> Self {
        Self { end, clock: Ok(clock), strength, bare: false }
    }
}

/// A clock time that is certain: no guess about the half of the day.
pub(super) const fn known(minutes: i16, second: u8) -> Clock {
    Clock { minutes, second, half: Half::Known }
}

/// The time that begins here. `loose`: a number that is glued to the mark before it is read all the same (the "11" of "9-11am").
pub(super) fn hour(line: &Line, at: usize, parts: &DayParts, loose: bool) -> Option<Hour> {
    let found = past_or_to(line, at).or_else(|| named(line, at, parts));
    found.or_else(|| if line.digits(at).is_some() { in_digits(line, at, loose) } else { in_words(line, at) })
}

fn minutes_of(time: NaiveTime) -> i16 {
    (time.num_seconds_from_midnight() / 60) as i16
}

/// "noon", "midnight", "eod".
fn named(line: &Line, at: usize, parts: &DayParts) -> Option<Hour> {
    let (key, end) = match line.phrase(at) {
        Some((Phrase::SameAs(key), end)) => (Some(key), end),
        _ => (line.key(at), at + 1),
    };
    match key? {
        Key::Noon => Some(Hour::new(end, known(minutes_of(parts.noon), 0), Strength::Loose)),
        Key::Midnight => Some(Hour::new(end, known(1440, 0), Strength::Loose)),
        Key::Eod => Some(Hour::new(end, known(minutes_of(parts.eod), 0), Strength::Sure)),
        _ => None,
    }
}

/// The hour as written, with or without its half of the day.
pub(super) fn clock_of(hour: u32, minute: u32, second: u32, pm: Option<bool>, guess: bool) -> Result<Clock, Problem> {
    let fits = minute < 60 && second < 60 && (hour < 24 || hour == 24 && minute == 0);
    if !fits {
        return Err(Problem::Time);
    }
    let second = second as u8;
    let at = |hour: u32| known((hour * 60 + minute) as i16, second);
    match pm {
        // "15:30 pm" is a slip of nobody who means 3:30.
        Some(_) if hour > 12 => Ok(at(hour)),
        Some(pm) => Ok(at(hour % 12 + if pm { 12 } else { 0 })),
        None if guess && (1..=12).contains(&hour) => {
            Ok(Clock { minutes: (hour % 12 * 60 + minute) as i16, second, half: Half::Guess(hour as u8) })
        }
        None => Ok(at(hour)),
    }
}

/// A time that begins with digits.
fn in_digits(line: &Line, at: usize, loose: bool) -> Option<Hour> {
    let number = line.digits(at)?;
    let digits = line.token(at).digits();
    if line.torn(at) && !loose {
        return None;
    }
    if digits > 2 {
        return without_colon(line, at, number);
    }
    let pair = |at: usize| line.digits(at).filter(|_| line.token(at).digits() == 2 && line.glued(at));
    let glued_mark = |at: usize, mark: char| line.is_mark(at, mark) && line.glued(at);
    if glued_mark(at + 1, ':')
        && let Some(minute) = pair(at + 2)
    {
        let (second, end) = match pair(at + 4).filter(|_| glued_mark(at + 3, ':')) {
            // "18:00:05.123"
            Some(second) if glued_mark(at + 5, '.') && line.glued(at + 6) && line.token(at + 6).digits() > 2 => {
                (second, at + 7)
            }
            Some(second) => (second, at + 5),
            None => (0, at + 3),
        };
        return with_colon(line, number, minute, second, at, end);
    }
    if glued_mark(at + 1, '.')
        && let Some(minute) = pair(at + 2)
        && !(glued_mark(at + 3, '.') && line.glued(at + 4) && line.digits(at + 4).is_some())
    {
        return with_dot(line, number, minute, at + 3);
    }
    if line.unit(at + 1) == Some(Unit::Hour) && line.spelling(at + 1).len() == 1 && line.glued(at + 1) {
        return with_h(line, number, at + 1);
    }
    bare(line, number, at + 1)
}

fn with_colon(line: &Line, hour: u32, minute: u32, second: u32, at: usize, end: usize) -> Option<Hour> {
    let joined = line.glued(end) && (line.is_mark(end, ':') || line.digits(end).is_some());
    if joined || line.glued(end) && line.is_mark(end, '.') && line.glued(end + 1) && line.digits(end + 1).is_some() {
        return None;
    }
    let (pm, after) = meridiem(line, end);
    // People write 1:30 and mean the afternoon; 01:30 is the night and 9:30 the morning.
    let guess = line.token(at).digits() == 1 && (1..=6).contains(&hour);
    let mut clock = clock_of(hour, minute, second, pm, guess);
    if let Ok(clock) = &mut clock
        && pm.is_none()
        && clock.half == Half::Known
        && (1..12).contains(&hour)
    {
        clock.half = Half::Written;
    }
    // "18:00 hrs", "18:00h", "18:00 Uhr"
    let after = if pm.is_none() && hours_word(line, end) { end + 1 } else { after };
    let end = if pm.is_none() { after } else { end };
    // "119:45" is a verse and "7:99" no time at all; "25:00" was meant as one.
    if clock.is_err() && line.token(at).digits() != 2 {
        return None;
    }
    let zoned = line.word(end).zone.is_some() || line.is(end, Key::Zulu);
    if pm.is_none() && line.glued(end) && line.mark(end).is_none() && end < line.len() && !zoned {
        return None;
    }
    let end = if pm.is_none() { line.skip(end, Key::Oclock) } else { after };
    Some(Hour { end, clock, strength: Strength::Sure, bare: false })
}

/// "hrs", "h", "Uhr" behind a time that says its minutes.
fn hours_word(line: &Line, at: usize) -> bool {
    let german = line.spelling(at).eq_ignore_ascii_case("uhr");
    german
        || line.unit(at) == Some(Unit::Hour)
            && !(line.glued(at + 1) && line.mark(at + 1).is_none() && at + 1 < line.len())
}

/// "8.30pm", and with an introduction "8.30".
fn with_dot(line: &Line, hour: u32, minute: u32, end: usize) -> Option<Hour> {
    let (pm, after) = meridiem(line, end);
    if pm.is_none() && line.spelling(end).eq_ignore_ascii_case("uhr") {
        return Some(Hour::new(end + 1, clock_of(hour, minute, 0, None, false).ok()?, Strength::Sure));
    }
    if pm.is_none() && line.glued(end) && line.mark(end).is_none() && end < line.len() {
        return None;
    }
    let clock = clock_of(hour, minute, 0, pm, hour <= 6).ok()?;
    Some(match pm {
        Some(_) => Hour::new(after, clock, Strength::Sure),
        None => Hour { end, clock: Ok(clock), strength: Strength::NeedsIntro, bare: true },
    })
}

/// "15h", "17h30". `mark` is the place of the "h".
fn with_h(line: &Line, hour: u32, mark: usize) -> Option<Hour> {
    let next = mark + 1;
    let minute = line.digits(next).filter(|_| line.glued(next) && line.token(next).digits() == 2);
    let end = next + usize::from(minute.is_some());
    if line.glued(end) && line.mark(end).is_none() && end < line.len() {
        return None;
    }
    // Whoever writes hours like this counts to 24; "at 5h" may still be the afternoon.
    let clock = clock_of(hour, minute.unwrap_or(0), 0, None, hour <= 6 && minute.is_none()).ok()?;
    // "1h30" and "5h" are rather how long something takes.
    let strength = match (hour, minute) {
        (..=6 | 24, _) => Strength::NeedsIntro,
        (_, None) => Strength::Loose,
        _ => Strength::Sure,
    };
    Some(Hour::new(end, clock, strength))
}

/// "1140 am", "at 1030", "1200".
fn without_colon(line: &Line, at: usize, number: u32) -> Option<Hour> {
    let digits = line.token(at).digits();
    let (pm, end) = meridiem(line, at + 1);
    let plain = line.glued(at + 1) && pm.is_none() && line.mark(at + 1).is_none_or(|m| matches!(m, '-' | '/' | '%'));
    if digits > 4 || plain && at + 1 < line.len() {
        return None;
    }
    if pm.is_none() && is_year(line, at, number) {
        return None;
    }
    let guess = pm.is_none() && digits == 3 && number < 700;
    let clock = clock_of(number / 100, number % 100, 0, pm, guess).ok()?;
    // "0900 hrs", "at 1900 hours", as soldiers say it.
    let told = line.spelling(at).starts_with('0') || at == 0 || matches!(line.key(at - 1), Some(Key::At | Key::By));
    if pm.is_none() && digits == 4 && told && line.unit(end) == Some(Unit::Hour) && line.spelling(end).len() > 2 {
        return Some(Hour::new(end + 1, clock, Strength::Sure));
    }
    Some(match pm {
        Some(_) => Hour::new(end, clock, Strength::Sure),
        // "tomorrow 1500 hrs"
        None if digits == 4 && hours_word(line, end) && line.spelling(end).len() > 2 && !line.goes_on(end + 1) => {
            Hour::new(end + 1, clock, Strength::NeedsIntro)
        }
        None => Hour { end, clock: Ok(clock), strength: Strength::NeedsIntro, bare: true },
    })
}

/// "by 2030", "between 2014 and 2018": a year rather than a time, which "at" would lead to.
fn is_year(line: &Line, at: usize, number: u32) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| line.key(before)) else { return false };
    let year = line.today.year();
    let range = match before {
        Key::By | Key::Before | Key::After | Key::In => year..=year + 10,
        Key::Between | Key::From | Key::And | Key::To | Key::Until | Key::Since => 1990..=year + 30,
        _ => return false,
    };
    range.contains(&number.cast_signed())
}

/// The hour in digits that begins here, whatever "to" behind it could make of it.
pub(super) fn plain_hour(line: &Line, at: usize) -> Option<Hour> {
    let to = matches!(line.key(at + 1), Some(Key::To | Key::Until));
    if to && line.digits(at).is_some() { in_digits(line, at, false) } else { None }
}

/// A number that has only its half of the day with it, or nothing at all.
pub(super) fn bare(line: &Line, hour: u32, end: usize) -> Option<Hour> {
    let (pm, after) = meridiem(line, end);
    if pm.is_some() {
        return Some(Hour::new(
            after,
            clock_of(hour, 0, 0, pm, false).ok().filter(|_| hour > 0 || pm == Some(false))?,
            Strength::Sure,
        ));
    }
    let hyphen = line.is_mark(end, '-') && line.glued(end) && line.is(end + 1, Key::Ish);
    let mut word = end + usize::from(hyphen);
    // "9 o clock"
    if line.spelling(word).eq_ignore_ascii_case("o") && line.spelling(word + 1).eq_ignore_ascii_case("clock") {
        word += 1;
    }
    let clock = clock_of(hour, 0, 0, None, true).ok()?;
    match line.key(word) {
        Some(Key::Oclock | Key::Ish) => {
            let (pm, after) = meridiem(line, word + 1);
            Some(Hour::new(after, clock_of(hour, 0, 0, pm, true).ok()?, Strength::Sure))
        }
        _ if word == end + 1 && !hyphen => {
            let (pm, after) = meridiem(line, word + 1);
            Some(Hour::new(after, clock_of(hour, 0, 0, pm, true).ok()?, Strength::Sure))
        }
        Some(Key::Noon) if hour == 12 => Some(Hour::new(word + 1, known(720, 0), Strength::Sure)),
        Some(Key::Midnight) if hour == 12 => Some(Hour::new(word + 1, known(1440, 0), Strength::Sure)),
        // "5th", "5m", "5%" are something else.
        _ if line.glued(end)
            && !matches!(line.mark(end), None | Some(',' | '.' | '-' | '–' | ')' | '?' | '!' | ';')) =>
        {
            None
        }
        _ if line.glued(end) && line.mark(end).is_none() && end < line.len() => None,
        // "at 15 hours"
        _ if hour > 12 && hours_word(line, end) && line.spelling(end).len() > 2 && !line.goes_on(end + 1) => {
            Some(Hour { end: end + 1, clock: Ok(clock), strength: Strength::NeedsIntro, bare: true })
        }
        _ if line.spelling(end).eq_ignore_ascii_case("uhr") => {
            Some(Hour::new(end + 1, clock_of(hour, 0, 0, None, false).ok()?, Strength::Sure))
        }
        _ if line.unit(end).is_some() || hour == 0 => None,
        _ => Some(Hour { end, clock: Ok(clock), strength: Strength::NeedsIntro, bare: true }),
    }
}

/// "am", "p.m.", "p", "in the pm" behind an hour: whether it is the second half, and the place behind it.
pub(super) fn meridiem(line: &Line, at: usize) -> (Option<bool>, usize) {
    let the = if line.is(at, Key::In) && line.is(at + 1, Key::The) { at + 2 } else { at };
    match line.key(the) {
        Some(Key::Am) => return (Some(false), the + 1),
        Some(Key::Pm) => return (Some(true), the + 1),
        _ => {}
    }
    let letter = |at: usize, letters: [&str; 2]| line.is_free(at) && letters.contains(&line.spelling(at));
    let pm = letter(at, ["p", "P"]);
    if !pm && !letter(at, ["a", "A"]) {
        return (None, at);
    }
    let dot = |at: usize| line.is_mark(at, '.') && line.glued(at);
    let after = at + 1 + usize::from(dot(at + 1));
    if letter(after, ["m", "M"]) && (dot(at + 1) || !line.glued(after)) {
        return (Some(pm), after + 1 + usize::from(dot(after + 1)));
    }
    // "5p" and "8:15a."; "5 a day" is not the morning.
    let alone = line.glued(at) && (!line.glued(at + 1) || line.mark(at + 1).is_some());
    if alone { (Some(pm), after) } else { (None, at) }
}
