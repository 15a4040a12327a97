//! Distances from now or from another day: "in 2 hours", "3 days from tuesday", "a fortnight hence", "2 sundays from now".

use crate::calendar::{next_weekday, nth_workday, plus_days, plus_months};
use crate::clock::{Intro, clock};
use crate::date::date;
use crate::distance::from_now;
use crate::found::{DateFound, Days, Half, Strength};
use crate::length::{Length, length};
use crate::lexicon::{Key, Kinds, Unit};
use crate::line::Line;
use crate::number::cardinal;
use chrono::{Duration, NaiveDateTime, NaiveTime};
use tasks_domain::when::LocalTime;

/// What a distance can begin with.
const STARTS: Kinds = Kinds::NUMBER.or(Kinds::QUANTITY).or(Kinds::UNIT).or(Kinds::JOIN).or(Kinds::CLOCK);

/// The day or moment at a distance that begins here, if any.
pub(crate) fn offset(line: &Line, at: usize) -> Option<DateFound> {
    if !STARTS.has(line.kinds(at)) {
        return None;
    }
    let introduced = matches!(line.key(at), Some(Key::In | Key::Within | Key::After));
    let mut start = at + usize::from(introduced);
    if introduced {
        start = line.skip_mark(line.skip(start, Key::About), '~');
        let is = |at: usize, word: &str| line.spelling(at).eq_ignore_ascii_case(word);
        if (is(start, "less") || is(start, "more")) && is(start + 1, "than") {
            start += 2;
        }
        // "in just 5 minutes", "in another hour"
        start += usize::from(["just", "another", "only", "like", "maybe"].iter().any(|word| is(start, word)));
        let the = line.skip(start, Key::The);
        if line.is(the, Key::Next) {
            // "in the next 2 hours"
            start = the + 1;
        }
        // "in the next hour", "within the hour"
        if the > at + 1 && line.unit(start.max(the)) == Some(Unit::Hour) {
            let hour = Length { seconds: 3_600, timed: true, ..Length::default() };
            return Some(DateFound::new(start.max(the) + 1, from(line, hour, false, None)?, Strength::Sure));
        }
    }
    // "+3d"
    if line.is_mark(at, '+') {
        let (distance, end) = length(line, at + 1).filter(|_| line.glued(at + 1) && !line.glued(at))?;
        return Some(DateFound::new(end, from(line, distance, false, None)?, Strength::Loose));
    }
    if let Some(found) = weekdays(line, start, line.is(at, Key::In)).or_else(|| workdays(line, start, introduced)) {
        return Some(found);
    }
    if line.is(at, Key::In)
        && let Some(found) = bare_minutes(line, start).or_else(|| between(line, start))
    {
        return Some(found);
    }
    // "in hour and a half"
    let bare = line.unit(start) == Some(Unit::Hour) && line.is(start + 1, Key::And) && line.is(start + 3, Key::Half);
    if introduced && bare {
        let length = Length { seconds: 5_400, timed: true, ..Length::default() };
        return Some(DateFound::new(start + 4, from(line, length, false, None)?, Strength::Sure));
    }
    let (distance, end) = length(line, start)?;
    if let Some(found) = anchored(line, distance, end) {
        return Some(found);
    }
    // "in 2 weeks time", "in two weeks' time"
    let apostrophe = end + usize::from(matches!(line.mark(end), Some('\'' | '’')));
    let time = line.spelling(apostrophe).eq_ignore_ascii_case("time") && introduced;
    let mut end = if time { apostrophe + 1 } else { end };
    // "in an hour or so"
    let is = |at: usize, word: &str| line.spelling(at).eq_ignore_ascii_case(word);
    if introduced && is(end, "or") && is(end + 1, "so") && !line.goes_on(end + 2) {
        end += 2;
    }
    let from_now = from_now(line, end);
    let strength = match (introduced, from_now) {
        (_, Some((_, strength))) => strength,
        (true, None) => Strength::Sure,
        (false, None) => Strength::Whole,
    };
    let (back, end) = match from_now {
        Some((end, Strength::Whole)) => (true, end),
        Some((end, _)) => (false, end),
        None => (false, end),
    };
    Some(DateFound::new(end, from(line, distance, back, None)?, strength))
}

/// The moment at which a length of time that begins now is over.
pub(crate) fn ends_in(line: &Line, length: Length, end: usize) -> Option<DateFound> {
    Some(DateFound::new(end, from(line, length, false, None)?, Strength::Sure))
}

/// "in 15", "in 1'": minutes, when nothing goes on that the number could count.
fn bare_minutes(line: &Line, at: usize) -> Option<DateFound> {
    let minutes = line.digits(at).filter(|minutes| (1..=90).contains(minutes) && !line.glued(at))?;
    let next = at + 1;
    let prime = matches!(line.mark(next), Some('\'' | '’' | '′')) && line.glued(next);
    let end = next + usize::from(prime);
    let round = minutes % 5 == 0 && !line.glued(end) && line.unit(end).is_none();
    if !(prime || round) || line.goes_on(end) || line.is(end, Key::Times) {
        return None;
    }
    let length = Length { seconds: i64::from(minutes) * 60, timed: true, ..Length::default() };
    Some(DateFound::new(end, from(line, length, false, None)?, Strength::Loose))
}

/// "3 days from tuesday", "2 weeks before May 13", "5 hours after noon".
fn anchored(line: &Line, distance: Length, at: usize) -> Option<DateFound> {
    // "a week on tuesday" is a week after it.
    let weeks = distance.days > 0 && distance.days % 7 == 0 && distance.months == 0 && !distance.timed;
    let on = line.is(at, Key::On) && weeks;
    // "a week friday"
    let named = line.word(at).weekday.filter(|_| weeks && !line.word(at).plural);
    if let Some(weekday) = named {
        let day = plus_days(next_weekday(line.today, weekday), distance.days);
        return Some(DateFound::new(at + 1, Days::day(day), Strength::Sure));
    }
    // "a week tomorrow"
    if let Some(day @ (0 | 1)) = line.word(at).day.filter(|_| weeks) {
        let day = plus_days(line.today, i64::from(day) + distance.days);
        return Some(DateFound::new(at + 1, Days::day(day), Strength::Sure));
    }
    let back = match line.key(at)? {
        Key::On if on => false,
        Key::From | Key::After | Key::Past => false,
        Key::Before => true,
        _ => return None,
    };
    let start = at + 1;
    if on && line.word(start).weekday.is_none() {
        return None;
    }
    if let Some(anchor) = date(line, start) {
        let Days::Range { first, .. } = anchor.days else { return None };
        let days = from(line, distance, back, Some(first.and_time(NaiveTime::MIN)))?;
        return Some(DateFound::new(anchor.end, days, Strength::Sure));
    }
    let said = line.skip(start, Key::Next);
    let time = clock(line, said, Intro { at: false, from: false, dated: false })?;
    let minutes = time.clock.filter(|clock| clock.half == Half::Known && distance.timed)?.minutes;
    // "an hour before 5pm on friday"
    let day = date(line, line.skip(time.end, Key::On))
        .filter(|day| day.strength < Strength::Loose)
        .and_then(|day| Some((day.end, day.first()?)));
    if let Some((end, day)) = day.filter(|_| said == start) {
        let anchor = day.and_time(NaiveTime::MIN).checked_add_signed(Duration::minutes(i64::from(minutes)))?;
        return Some(DateFound::new(end, from(line, distance, back, Some(anchor))?, Strength::Sure));
    }
    let midnight = line.today.and_time(NaiveTime::MIN);
    let mut anchor = midnight.checked_add_signed(Duration::minutes(i64::from(minutes)))?;
    if anchor < line.local || said > start && back {
        anchor = anchor.checked_add_signed(Duration::days(1))?;
    }
    Some(DateFound::new(time.end, from(line, distance, back, Some(anchor))?, Strength::Sure))
}

/// `distance` after (or before) the anchor; without one, from the present. A distance of whole days leads to a day.
fn from(line: &Line, distance: Length, back: bool, anchor: Option<NaiveDateTime>) -> Option<Days> {
    let sign = if back { -1 } else { 1 };
    let local = anchor.unwrap_or(line.local);
    let day = plus_days(plus_months(local.date(), sign * distance.months), i64::from(sign) * distance.days);
    if !distance.timed {
        return Some(Days::day(day));
    }
    let zone = line.context.now.zone();
    let seconds = Duration::seconds(i64::from(sign) * distance.seconds);
    if anchor.is_none() && distance.days == 0 && distance.months == 0 {
        // Exact on the clock of the universe: summer time may begin in between.
        let instant = line.context.now.instant().checked_add_signed(seconds)?;
        return Some(Days::Moment(LocalTime::at(instant, zone)));
    }
    let local = day.and_time(local.time()).checked_add_signed(seconds)?;
    Some(Days::Moment(LocalTime::new(local, zone)))
}

/// "2 sundays from now", "two mondays later", "in three fridays".
fn weekdays(line: &Line, at: usize, introduced: bool) -> Option<DateFound> {
    let (count, end) = cardinal(line, at).filter(|(count, _)| (1..=100).contains(count))?;
    let weekday = line.word(end).weekday?;
    let later = from_now(line, end + 1).filter(|(_, strength)| *strength == Strength::Sure);
    let (end, strength) = later.or((introduced && line.word(end).plural).then_some((end + 1, Strength::Sure)))?;
    let date = plus_days(next_weekday(line.today, weekday), 7 * i64::from(count - 1));
    Some(DateFound::new(end, Days::day(date), strength))
}

/// "in 3 business days", "two working days from now".
fn workdays(line: &Line, at: usize, introduced: bool) -> Option<DateFound> {
    let (count, end) = cardinal(line, at).filter(|(count, _)| (1..=250).contains(count))?;
    let end = line.workday(end)?;
    let later = from_now(line, end).filter(|(_, strength)| *strength == Strength::Sure);
    let (end, strength) = later.or(introduced.then_some((end, Strength::Sure)))?;
    // Two weeks for every five of them, and weekends around.
    let last = plus_days(line.today, 2 * i64::from(count) + 7);
    let day = nth_workday(plus_days(line.today, 1), last, count.cast_signed())?;
    Some(DateFound::new(end, Days::day(day), strength))
}

/// "in 2-3 days", "in two or three weeks", "in a day or two": from the one to the other.
fn between(line: &Line, at: usize) -> Option<DateFound> {
    let joins =
        |at: usize| line.is_mark(at, '-') || line.is(at, Key::To) || line.spelling(at).eq_ignore_ascii_case("or");
    let (first, last, unit, end) = if line.word(at).article {
        let (last, end) = cardinal(line, at + 3).filter(|_| joins(at + 2))?;
        (1, last, line.unit(at + 1)?, end)
    } else {
        let (first, end) = cardinal(line, at).filter(|(_, end)| joins(*end))?;
        let (last, end) = cardinal(line, end + 1)?;
        (first, last, line.unit(end)?, end + 1)
    };
    let each = match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        _ => return None,
    };
    if !(1..last).contains(&first) || last > 100 || line.goes_on(end) {
        return None;
    }
    let day = |count: u32| plus_days(line.today, each * i64::from(count));
    Some(DateFound::new(end, Days::Range { first: day(first), last: day(last), due_last: true }, Strength::Sure))
}
