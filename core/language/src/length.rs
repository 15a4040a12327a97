//! Lengths of time: "2 hours", "1h30", "half an hour", "a year and a half".

use crate::lexicon::{Key, Unit};
use crate::line::Line;
use crate::number::cardinal;
use chrono::Duration;

/// A length of time. Months have no fixed length, so the parts are kept apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Length {
    /// Calendar months; a year is twelve.
    pub months: i32,
    /// Calendar days; a week is seven.
    pub days: i64,
    /// The clock part.
    pub seconds: i64,
    /// The clock part was named, so that what it leads to is a time and not a day.
    pub timed: bool,
}

/// Longest length that is read: far beyond any plan, far below any overflow.
const MONTHS_MAX: i64 = 12_000;
const DAYS_MAX: i64 = 400_000;
const SECONDS_MAX: i64 = 400_000 * 86_400;
/// Most parts of one length: "1 year 2 months 3 days 4 hours 5 minutes 6 seconds".
const PARTS_MAX: usize = 6;

impl Length {
    /// `quarters` quarters of a unit: "half an hour" is 2 of an hour.
    fn of(unit: Unit, quarters: i64) -> Option<Self> {
        let none = Self::default();
        let clock = |seconds: i64| {
            let seconds = quarters.checked_mul(seconds)? / 4;
            (seconds <= SECONDS_MAX).then_some(Self { seconds, timed: true, ..none })
        };
        let days = |each: i64| {
            let days = quarters.checked_mul(each)? / 4;
            let rest = quarters.checked_mul(each)? % 4;
            // A day and a half ends at a time; weeks do not.
            let timed = rest > 0 && each == 1;
            let rest = Self { seconds: if timed { rest * 21_600 } else { 0 }, timed, ..none };
            (days <= DAYS_MAX).then_some(Self { days, ..rest })
        };
        let months = |each: i64| {
            let (months, rest) = (quarters.checked_mul(each)? / 4, quarters.checked_mul(each)? % 4);
            let months = i32::try_from(months).ok().filter(|m| i64::from(*m) <= MONTHS_MAX)?;
            // The odd part of a month is counted in days: half a month is fifteen.
            Some(Self { months, days: rest * 30 / 4, ..none })
        };
        match unit {
            Unit::Second => clock(1),
            Unit::Minute => clock(60),
            Unit::Hour => clock(3_600),
            Unit::Day => days(1),
            Unit::Week => days(7),
            Unit::Fortnight => days(14),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Weekend => None,
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        let months = self.months.checked_add(other.months)?;
        let (days, seconds) = (self.days.checked_add(other.days)?, self.seconds.checked_add(other.seconds)?);
        let fits = i64::from(months) <= MONTHS_MAX && days <= DAYS_MAX && seconds <= SECONDS_MAX;
        fits.then_some(Self { months, days, seconds, timed: self.timed || other.timed })
    }

    /// As a span on the clock, a month as thirty days and a year as 365.
    pub(crate) fn duration(self) -> Duration {
        let months = i64::from(self.months);
        Duration::days(self.days + (months / 12) * 365 + (months % 12) * 30) + Duration::seconds(self.seconds)
    }
}

/// A length of time and the place behind it.
pub(crate) fn length(line: &Line, at: usize) -> Option<(Length, usize)> {
    let (mut sum, mut end, mut last) = part(line, at)?;
    for _ in 1..PARTS_MAX {
        // "1h30": a bare number glued to hours is minutes.
        let joined = last == Unit::Hour && line.glued(end) && line.unit(end + 1).is_none();
        if let Some(minutes) = line.digits(end).filter(|minutes| *minutes < 60 && joined) {
            sum = sum.plus(Length::of(Unit::Minute, i64::from(minutes) * 4)?)?;
            end += 1;
            break;
        }
        let next = line.skip(line.skip_mark(end, ','), Key::And);
        if next > end && line.is(next, Key::Half) && is_end(line, next + 1) {
            return Some((sum.plus(Length::of(last, 2)?)?, next + 1));
        }
        if next > end && line.word(next).article && line.is(next + 1, Key::Half) && is_end(line, next + 2) {
            return Some((sum.plus(Length::of(last, 2)?)?, next + 2));
        }
        // "an hour and a quarter"
        let fourth = quarter(line, next + 1).filter(|_| next > end && line.word(next).article);
        if let Some(fourth) = fourth.filter(|_| last == Unit::Hour && is_end(line, next + 2)) {
            return Some((sum.plus(Length::of(last, fourth)?)?, next + 2));
        }
        let Some((more, after, unit)) = part(line, next).filter(|(.., unit)| rank(*unit) < rank(last)) else { break };
        (sum, end, last) = (sum.plus(more)?, after, unit);
    }
    Some((sum, end))
}

/// Whether "half" before `at` ends the length ("an hour and a half"), instead of opening "half an hour".
fn is_end(line: &Line, at: usize) -> bool {
    line.unit(at).is_none() && !line.word(at).article && !line.is(at, Key::Past)
}

fn rank(unit: Unit) -> u8 {
    unit as u8
}

/// One count and its unit: "2 hours", "an hour", "half an hour", "1/2 h", "a couple of days".
fn part(line: &Line, at: usize) -> Option<(Length, usize, Unit)> {
    if let Some((length, end)) = with_colon(line, at) {
        return Some((length, end, Unit::Minute));
    }
    let (quarters, end) = quantity(line, at)?;
    let end = if line.is_mark(end, '-') && line.glued(end) && line.glued(end + 1) { end + 1 } else { end };
    let unit = line.unit(end).or_else(|| possessive(line, end))?;
    let short = line.spelling(end).len() == 1;
    // One letter is a unit when it is glued to its number ("5m"), or stands behind it alone ("1 d") or before a smaller one
    // ("1 h 30 min").
    let smaller = line.digits(end + 1).is_some() && line.unit(end + 2).is_some_and(|next| rank(next) < rank(unit));
    let stray = short && !line.glued(end) && line.goes_on(end + 1) && !smaller;
    let torn = line.glued(end + 1) && line.digits(end + 1).is_none() && line.mark(end + 1).is_none();
    if stray || torn {
        return None;
    }
    let mut end = end + 1;
    // "min." and the minute mark of "in 1'".
    if line.is_mark(end, '.') && line.glued(end) && line.spelling(end - 1).len() <= 3 && !line.glued(end + 1) {
        end += usize::from(end + 1 < line.len());
    }
    Some((Length::of(unit, quarters)?, end, unit))
}

/// "1:30 hours"
fn with_colon(line: &Line, at: usize) -> Option<(Length, usize)> {
    let hours = line.digits(at).filter(|_| !line.torn(at))?;
    let minutes = line.digits(at + 2).filter(|minutes| *minutes < 60 && line.token(at + 2).digits() == 2)?;
    let joined = line.is_mark(at + 1, ':') && line.glued(at + 1) && line.glued(at + 2);
    let named = line.unit(at + 3) == Some(Unit::Hour) && !line.glued(at + 3);
    let length = Length::of(Unit::Minute, (i64::from(hours) * 60 + i64::from(minutes)) * 4)?;
    (joined && named).then_some((length, at + 4))
}

/// "in one year's time"
fn possessive(line: &Line, at: usize) -> Option<Unit> {
    let units = [
        ("day", Unit::Day),
        ("week", Unit::Week),
        ("fortnight", Unit::Fortnight),
        ("month", Unit::Month),
        ("year", Unit::Year),
    ];
    let word = line.spelling(at);
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))?;
    let time = line.spelling(at + 1).eq_ignore_ascii_case("time") && line.is_free(at);
    units.iter().find(|(name, _)| time && bare.eq_ignore_ascii_case(name)).map(|(_, unit)| *unit)
}

/// How many, in quarters: digits, decimals, fractions, words.
fn quantity(line: &Line, at: usize) -> Option<(i64, usize)> {
    if line.is(at, Key::Half) {
        // "half-an-hour"
        let next = if line.is_mark(at + 1, '-') && line.word(at + 2).article { at + 2 } else { at + 1 };
        return Some((2, next + usize::from(line.word(next).article)));
    }
    if let Some(quarters) = fraction_sign(line, at) {
        return Some((quarters, after_of_an(line, at + 1)));
    }
    if line.word(at).article {
        return article(line, at);
    }
    if line.unit(at) == Some(Unit::Quarter) && line.unit(at + 1) == Some(Unit::Hour) {
        // "a quarter hour"
        return Some((1, at + 1));
    }
    if line.is(at, Key::Few) {
        return Some((12, at + 1));
    }
    if line.is(at, Key::Couple) {
        return Some((8, line.skip(at + 1, Key::Of)));
    }
    if line.unit(at) == Some(Unit::Quarter) && line.is(at + 1, Key::Of) && line.word(at + 2).article {
        return Some((1, at + 3));
    }
    // ".5 hours"
    if line.is_mark(at, '.') && !line.glued(at) && line.glued(at + 1) {
        let below = line.digits(at + 1)?;
        return Some((decimal(0, below, line.token(at + 1).digits())?, at + 2));
    }
    let (value, end) = cardinal(line, at)?;
    // The 30 of "1h30m" is glued to a unit, not torn out of something.
    let joins = at > 1 && line.unit(at - 1).is_some() && line.digits(at - 2).is_some()
        // "+3d"
        || at > 0 && line.is_mark(at - 1, '+') && !line.glued(at - 1);
    if line.digits(at).is_some() && line.torn(at) && !joins {
        return None;
    }
    let (value, glued) = (i64::from(value), line.glued(end) && line.glued(end + 1));
    if let (Some(mark), Some(below)) = (line.mark(end), line.digits(end + 1).filter(|_| glued)) {
        return match mark {
            '/' if matches!((value, below), (1 | 3, 2 | 4)) => {
                Some((value * 4 / i64::from(below), after_of_an(line, end + 2)))
            }
            '.' | ',' => Some((decimal(value, below, line.token(end + 1).digits())?, end + 2)),
            _ => None,
        };
    }
    if let Some(quarters) = fraction_sign(line, end) {
        // "2½ hours"
        return Some((value * 4 + quarters, end + 1));
    }
    // "2 1/2 hours"
    let halves = line.digits(end).zip(line.digits(end + 2)).filter(|_| line.is_mark(end + 1, '/') && !line.glued(end));
    if let Some((1 | 3, below @ (2 | 4))) = halves
        && line.glued(end + 1)
        && line.glued(end + 2)
    {
        return Some((value * 4 + i64::from(line.digits(end)? * 4 / below), end + 3));
    }
    if line.mark(end).is_some() && line.unit(end + 1) == Some(Unit::Quarter) && line.is(end + 2, Key::Of) {
        // "three-quarters of an hour"
        return Some((value, end + 3 + usize::from(line.word(end + 3).article)));
    }
    if line.unit(end) == Some(Unit::Quarter) && line.is(end + 1, Key::Of) && line.word(end + 2).article {
        return Some((value, end + 3));
    }
    // "two and a half hours", "one and half hours", "two and a quarter hours"
    if line.is(end, Key::And) {
        let part = end + 1 + usize::from(line.word(end + 1).article);
        let quarters = if line.is(part, Key::Half) { Some(2) } else { quarter(line, part) };
        if let Some(quarters) = quarters.filter(|_| line.unit(part + 1).is_some()) {
            return Some((value * 4 + quarters, part + 1));
        }
    }
    Some((value * 4, end))
}

/// "½", "¼", "¾", in quarters.
fn fraction_sign(line: &Line, at: usize) -> Option<i64> {
    match line.mark(at)? {
        '¼' => Some(1),
        '½' => Some(2),
        '¾' => Some(3),
        _ => None,
    }
}

/// "quarter", as one of four.
fn quarter(line: &Line, at: usize) -> Option<i64> {
    (line.unit(at) == Some(Unit::Quarter)).then_some(1)
}

/// The place behind the "of an" of "3/4 of an hour" and the "an" of "1/2 an hour".
fn after_of_an(line: &Line, at: usize) -> usize {
    let article = line.skip(at, Key::Of);
    if line.word(article).article { article + 1 } else { at }
}

fn article(line: &Line, at: usize) -> Option<(i64, usize)> {
    let next = at + 1;
    match line.key(next) {
        Some(Key::Couple) => Some((8, line.skip(next + 1, Key::Of))),
        Some(Key::Few) => Some((12, next + 1)),
        Some(Key::Half) => Some((2, next + 1)),
        _ if line.unit(next) == Some(Unit::Quarter) && line.is(next + 1, Key::Of) && line.word(next + 2).article => {
            Some((1, next + 3))
        }
        _ if line.unit(next) == Some(Unit::Quarter) && line.unit(next + 1) == Some(Unit::Hour) => Some((1, next + 1)),
        _ => line.unit(next).or_else(|| possessive(line, next)).map(|_| (4, next)),
    }
}

/// 1.5 in quarters; other fractions are rounded down to a quarter.
fn decimal(whole: i64, fraction: u32, digits: u32) -> Option<i64> {
    let scale = 10_i64.checked_pow(digits.min(9))?;
    whole.checked_mul(4)?.checked_add(i64::from(fraction) * 4 / scale)
}
