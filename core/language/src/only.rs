//! Texts that are nothing but a date, a time, a period or a length of time: flags and filters.

use crate::found::{ClockFound, DateFound, Days};
use crate::length::length;
use crate::lexicon::Key;
use crate::line::Line;
use crate::moment::moment;
use crate::reading::WhenReading;
use crate::resolve::meant;
use crate::settings::{Context, Settings};
use chrono::{DateTime, Duration, NaiveDate};
use chrono_tz::Tz;
use tasks_domain::error::{Error, Span};
use tasks_domain::when::{Now, When};

/// Reads a text that must be a date, a time or a period as a whole: `fri 3pm`, `week`, `2026-12-24 14:00`, RFC 3339.
///
/// [`Error::ImpossibleDate`] names the place of what cannot be; anything else that is not a date is [`Error::UnreadableDate`].
pub fn read_when(text: &str, context: &Context) -> Result<WhenReading, Error> {
    let mut line = Line::new(text, context);
    line.only = true;
    let unreadable = || Error::UnreadableDate { text: text.to_owned(), span: trimmed(text) };
    let (date, clock) = whole(&line, text)?.ok_or_else(unreadable)?;
    let when = meant(&line, date.as_ref(), clock.as_ref());
    let due = when.due.ok_or_else(unreadable)?;
    let span_days = days(date.as_ref(), clock.as_ref(), due, when.end);
    Ok(WhenReading { due, start: when.start, end: when.end, span_days })
}

fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, text.trim_end().len().max(start))
}

fn days(date: Option<&DateFound>, clock: Option<&ClockFound>, due: When, end: Option<When>) -> (NaiveDate, NaiveDate) {
    match (date.map(|d| d.days), clock) {
        (Some(Days::Range { first, last, .. }), None) => (first, last),
        _ => (due.date(), end.map_or(due.date(), |end| end.date().max(due.date()))),
    }
}

/// The parts of a moment.
type Parts = (Option<DateFound>, Option<ClockFound>);

/// The date and time that together are all of the line, in one piece or in two.
fn whole(line: &Line, text: &str) -> Result<Option<Parts>, Error> {
    let (mut date, mut clock) = (None, None);
    let mut at = 0;
    for _ in 0..2 {
        let Some(found) = moment(line, at) else { return Ok(None) };
        let wrong = match (found.date, found.clock) {
            (Some(DateFound { days: Days::Wrong(problem), end, .. }), _) => Some((found.start, end, problem)),
            (day, Some(ClockFound { wrong: Some(problem), end, .. })) => {
                let start = day.filter(|day| day.end < end).map_or(found.start, |day| day.end);
                Some((start, end, problem))
            }
            _ => None,
        };
        if let Some((start, end, problem)) = wrong {
            let start = line.after_words(start, end);
            let span = line.bytes(start, end);
            let reason = problem.message(&text[span.start..span.end]);
            return Err(Error::ImpossibleDate { text: text.to_owned(), span, reason });
        }
        if found.date.is_some() && date.is_some() || found.clock.is_some() && clock.is_some() {
            return Ok(None);
        }
        (date, clock) = (date.or(found.date), clock.or(found.clock));
        at = line.skip_mark(found.end, ',');
        if line.is_mark(at, '.') && at + 1 == line.len() {
            at += 1;
        }
        if at >= line.len() {
            return Ok(Some((date, clock)));
        }
    }
    Ok(None)
}

/// Reads a length of time: `30m`, `1h30`, `2 hours`, `1/2 h`, `PT30M`. Months count 30 days and years 365.
pub fn read_duration(text: &str) -> Result<Duration, Error> {
    let refused = || Error::UnreadableDuration { text: text.to_owned(), span: trimmed(text) };
    if let Some(duration) = iso(text.trim()) {
        return Ok(duration);
    }
    // Lengths depend on no present and no zone.
    let context = Context { now: Now::new(DateTime::UNIX_EPOCH, Tz::UTC), settings: Settings::default() };
    let line = Line::new(text, &context);
    let (found, end) = length(&line, line.skip(0, Key::For)).ok_or_else(refused)?;
    if end < line.len() || found.duration() <= Duration::zero() {
        return Err(refused());
    }
    Ok(found.duration())
}

/// ISO 8601: `P1DT2H30M`, `PT30M`, `P2W`.
fn iso(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix(['P', 'p'])?;
    let (mut seconds, mut timed, mut any) = (0_i64, false, false);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix(['T', 't']).filter(|_| !timed) {
            (rest, timed) = (time, true);
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: i64 = rest[..digits].parse().ok().filter(|count| *count <= 10_000_000)?;
        let unit = rest.as_bytes().get(digits)?.to_ascii_uppercase();
        let each = match (unit, timed) {
            (b'Y', false) => 365 * 86_400,
            (b'M', false) => 30 * 86_400,
            (b'W', false) => 7 * 86_400,
            (b'D', false) => 86_400,
            (b'H', true) => 3_600,
            (b'M', true) => 60,
            (b'S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(count.checked_mul(each)?)?;
        any = true;
        rest = &rest[digits + 1..];
    }
    Duration::try_seconds(seconds).filter(|_| any && seconds > 0)
}
