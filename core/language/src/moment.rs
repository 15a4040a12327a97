//! Dates and times that stand together, with the words that introduce and join them: "at 9am on the 2nd friday in feb".

use crate::calendar::{plus_days, plus_months, weekday_in_week};
use crate::clock::{Intro, clock};
use crate::date::{date, numeric_behind, week_behind};
use crate::early::early_or_late;
use crate::found::{ClockFound, DateFound, Days, Half, Strength};
use crate::lexicon::{Key, Kinds, Part, Phrase, Unit};
use crate::line::Line;
use crate::number::{day_of_month, from_either_end};
use crate::offset::offset;
use chrono::Datelike as _;

/// A date, a time, or both, that stand together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// First token, introduction included.
    pub start: usize,
    /// The place behind the last token.
    pub end: usize,
    pub date: Option<DateFound>,
    pub clock: Option<ClockFound>,
    /// "on", "by", "due", "in" before a date; "at" before a time.
    pub introduced: bool,
}

/// The words before a date or time.
#[derive(Clone, Copy, Default)]
struct Before {
    day: bool,
    at: bool,
    from: bool,
}

/// Most introducing words: "due on or before".
const INTRO_MAX: usize = 3;

/// The date or time that begins here with its introduction, whether it is meant or not.
pub(crate) fn moment(line: &Line, at: usize) -> Option<Moment> {
    let (start, mut pos, mut before) = (at, at, Before::default());
    let mut found = Moment { start, end: at, date: None, clock: None, introduced: false };
    for _ in 0..INTRO_MAX {
        if let Some(named) = whole_phrase(line, pos) {
            found.date = Some(named);
            pos = named.end;
            break;
        }
        if let Some(distance) = offset(line, pos).filter(|distance| !yields(line, distance, pos, before)) {
            found.date = Some(distance);
            pos = distance.end;
            break;
        }
        let Some(next) = introduction(line, pos, &mut before) else { break };
        pos = next;
    }
    found.introduced = before.day || before.at;
    if found.date.is_none() {
        // "at 8.30" is a time, "on 8.30" a date.
        if before.at && !before.day {
            found.clock = read_clock(line, pos, before, false);
        }
        if let Some(clock) = found.clock {
            pos = clock.end;
        } else {
            (pos, found.date, found.clock) = read_piece(line, pos, before)?;
        }
    }
    found.end = pos;
    if !stands_alone(line, &found) {
        join(line, &mut found);
    }
    // "from friday on"
    let onward = ["on", "onward", "onwards"].iter().any(|word| line.spelling(found.end).eq_ignore_ascii_case(word));
    let ends = found.end + 1 >= line.len() || matches!(line.mark(found.end + 1), Some(',' | '.' | ';'));
    if onward && before.from && found.date.is_some() && line.is_free(found.end) && ends {
        found.end += 1;
    }
    if let Some(start) = early_or_late(line, found.start, found.date.as_mut(), found.clock.as_mut()) {
        found.start = start;
    }
    Some(found)
}

/// Whether joining would make a date out of what is none: the "night" of "movie night friday", the "May" of "call May 5pm".
fn stands_alone(line: &Line, found: &Moment) -> bool {
    let bare_part = found.clock.is_some_and(|clock| clock.clock.is_none() && clock.strength == Strength::NeedsIntro);
    let bare_month = found.date.is_some_and(|date| {
        let period = matches!(date.days, Days::Range { first, last, .. } if first != last);
        period && date.strength == Strength::NeedsIntro
    });
    // "first thing tomorrow", "lunchtime friday"
    let names = [Part::Morning, Part::Afternoon, Part::Evening, Part::Night];
    let leads = found.clock.and_then(|clock| clock.part).is_some_and(|part| !names.contains(&part));
    !found.introduced && (bare_part && !leads && !line.is(found.end, Key::Of) || bare_month)
}

/// A fixed phrase that begins with what else would introduce something: "at the moment".
fn whole_phrase(line: &Line, at: usize) -> Option<DateFound> {
    let (Phrase::Minutes(_), _) = line.phrase(at)? else { return None };
    date(line, at)
}

/// Whether a bare length of time is rather a date or time: "a quarter past noon", "at 15h", "twenty second of june".
fn yields(line: &Line, distance: &DateFound, at: usize, before: Before) -> bool {
    if distance.strength != Strength::Whole {
        return false;
    }
    match read_piece(line, at, before) {
        // "3h18" and nothing else; "1h30" may be either, and is a length as a flag.
        Some((end, _, Some(_))) if at == 0 && end == line.len() && written_in_hours(line) && !line.only => true,
        Some((end, _, Some(time))) => end > distance.end || before.at || time.strength <= Strength::Loose,
        Some((end, ..)) => end > distance.end,
        None => false,
    }
}

/// "3h18"
fn written_in_hours(line: &Line) -> bool {
    line.len() == 3 && line.unit(1) == Some(Unit::Hour) && line.spelling(1).len() == 1
}

/// The date that begins here, or else the time.
fn read_piece(line: &Line, at: usize, before: Before) -> Option<(usize, Option<DateFound>, Option<ClockFound>)> {
    let day = date_or_range(line, at, before.from);
    let time = read_clock(line, at, before, false);
    // The longer of both; "1130 am" is no year and "9-11am" no date.
    match (day, time) {
        (Some(day), Some(time)) if time.end > day.end => Some((time.end, None, Some(time))),
        (Some(day), _) => Some((day.end, Some(day), None)),
        (None, Some(time)) => Some((time.end, None, Some(time))),
        (None, None) => None,
    }
}

fn read_clock(line: &Line, at: usize, before: Before, dated: bool) -> Option<ClockFound> {
    clock(line, at, Intro { at: before.at, from: before.from, dated })
}

/// One word that introduces a date or time; what kind of introduction it is goes into `before`.
fn introduction(line: &Line, at: usize, before: &mut Before) -> Option<usize> {
    if line.is_mark(at, '@') || line.is_mark(at, '~') {
        before.at = true;
        return Some(at + 1);
    }
    match line.key(at)? {
        Key::Due => {
            before.day = true;
            return Some(line.skip_mark(at + 1, ':'));
        }
        // "on or before dec 4"
        Key::On
            if line.spelling(at + 1).eq_ignore_ascii_case("or")
                && matches!(line.key(at + 2), Some(Key::Before | Key::After)) =>
        {
            (before.day, before.at) = (true, true);
            return Some(at + 3);
        }
        // "no later than friday"
        Key::Link
            if line.spelling(at).eq_ignore_ascii_case("no")
                && line.is(at + 1, Key::Later)
                && line.spelling(at + 2).eq_ignore_ascii_case("than") =>
        {
            (before.day, before.at) = (true, true);
            return Some(at + 3);
        }
        // "later today", "later this week"
        Key::Later => {
            let leads = line.word(at + 1).day == Some(0) || matches!(line.key(at + 1), Some(Key::This | Key::Tonight));
            return leads.then_some(at + 1);
        }
        // "set an alarm for 7"
        Key::For => {
            before.day = true;
            before.at = at > 0 && line.spelling(at - 1).eq_ignore_ascii_case("alarm");
        }
        Key::On => before.day = true,
        Key::From | Key::Between => (before.day, before.from) = (true, true),
        Key::By | Key::Before | Key::After => (before.day, before.at) = (true, true),
        Key::At => before.at = true,
        // "around 7"; what one reads or asks about is rather a number.
        Key::About => {
            let word = |text: &str| line.spelling(at).eq_ignore_ascii_case(text);
            let hour = line.digits(at + 1).is_some_and(|hour| hour <= 12) && !line.glued(at + 2);
            let spoken = word("around") && line.word(at + 1).cardinal.is_some_and(|hour| (1..=12).contains(&hour));
            before.at |= before.day || spoken || hour && !["about", "exactly", "precisely"].into_iter().any(word);
        }
        Key::In => {
            let the = line.skip(at + 1, Key::The);
            let timely = line.kinds(the).has(Kinds::MONTH.or(Kinds::CLOCK).or(Kinds::PHRASE))
                || matches!(line.key(the), Some(Key::Coming | Key::QuarterMark))
                || matches!(line.key(the), Some(Key::Mid | Key::Start | Key::End)) && line.is(the + 1, Key::Of)
                || line.unit(the) == Some(Unit::Week) && line.digits(the + 1).is_some();
            before.day = timely.then_some(true)?;
        }
        _ => return None,
    }
    Some(at + 1)
}

/// Adds the time to a date, or the date to a time, as long as one follows the other.
fn join(line: &Line, found: &mut Moment) {
    for _ in 0..2 {
        let (next, before) = connector(line, found.end);
        if found.date.is_none() {
            let Some(day) = offset_free_date(line, next, before.from) else { return };
            // "at 5 in 3 days" is told apart from "5 in may" by the joint.
            found.date = Some(day);
            found.end = day.end;
        } else if found.clock.is_none() && !matches!(found.date.map(|d| d.days), Some(Days::Moment(_))) {
            let Some(time) = read_clock(line, next, before, true) else { return };
            let bare_goes_on = time.strength >= Strength::NeedsIntro && line.goes_on(time.end) && found.start > 0;
            if bare_goes_on && !before.at {
                return;
            }
            found.clock = Some(time);
            found.end = time.end;
            year_behind(line, found);
        } else {
            break;
        }
    }
    part_behind(line, found);
}

/// "five to nine tomorrow morning": the part of the day behind both decides the half.
fn part_behind(line: &Line, found: &mut Moment) {
    let (Some(date), Some(time)) = (found.date, found.clock) else { return };
    if let Some((week, end)) = week_behind(line, found.end).filter(|_| is_weekday(line, found)) {
        // "monday morning next week"
        let day = found.date.and_then(|date| date.first()).map(|day| weekday_in_week(week, day.weekday()));
        found.date = day.map(|day| DateFound::new(end, Days::day(day), Strength::Sure));
        found.end = end;
        return;
    }
    // "first thing tomorrow morning"
    if time.part == Some(Part::FirstThing) && line.word(found.end).part == Some(Part::Morning) {
        found.end += 1;
        return;
    }
    let open = time.part.is_none() && time.clock.is_some_and(|clock| clock.half != Half::Known);
    if !open || matches!(date.days, Days::Moment(_)) {
        return;
    }
    let (next, before) = connector(line, found.end);
    let said = read_clock(line, next, before, true).filter(|said| said.clock.is_none() && !line.goes_on(said.end));
    if let Some(said) = said {
        found.clock = Some(ClockFound { part: said.part, ..time });
        found.end = said.end;
    }
}

/// "Wed Oct 26 15:50:06 2016": the year behind the time, as clocks of computers print it.
fn year_behind(line: &Line, found: &mut Moment) {
    let at = found.end;
    let year = line.digits(at).filter(|_| line.token(at).digits() == 4 && !line.glued(at));
    let said = (found.start..at).any(|i| line.digits(i).is_some() && line.token(i).digits() == 4);
    let month = (found.start..at).any(|i| line.word(i).month.is_some());
    let Some(year) = year.filter(|year| (1900..2200).contains(year) && month && !said) else { return };
    if let Some(DateFound { days: Days::Range { first, last, .. }, .. }) = found.date
        && first == last
        && let Some(day) = first.with_year(year.cast_signed())
    {
        found.date = Some(DateFound::new(at + 1, Days::day(day), Strength::Sure));
        found.end = at + 1;
    }
}

/// Whether the day is a weekday and nothing more.
fn is_weekday(line: &Line, found: &Moment) -> bool {
    let named = |at: usize| line.word(at).weekday.is_some();
    let more =
        |at: usize| matches!(line.key(at), Some(Key::Next | Key::Last | Key::Coming)) || line.word(at).month.is_some();
    (found.start..found.end).filter(|at| named(*at)).count() == 1 && !(found.start..found.end).any(more)
}

fn offset_free_date(line: &Line, at: usize, from: bool) -> Option<DateFound> {
    let day = date_or_range(line, at, from).or_else(|| offset(line, at))?;
    (day.strength < Strength::Whole && !matches!(day.days, Days::Moment(_))).then_some(day)
}

/// The place behind the words that may join a date and a time.
fn connector(line: &Line, at: usize) -> (usize, Before) {
    let mut before = Before::default();
    let mut next = line.skip_mark(at, ',');
    if line.is_mark(next, '.') && line.glued(next) && line.glued(next + 1) {
        next += 1;
    }
    for _ in 0..2 {
        match line.key(next) {
            Some(Key::At | Key::About) => before.at = true,
            Some(Key::By) => (before.day, before.at) = (true, true),
            Some(Key::On | Key::Of | Key::For) => before.day = true,
            Some(Key::From | Key::Between) => before.from = true,
            Some(Key::In) if line.kinds(line.skip(next + 1, Key::The)).has(Kinds::CLOCK.or(Kinds::PHRASE)) => {}
            _ if line.is_mark(next, '@') => before.at = true,
            _ => break,
        }
        next += 1;
    }
    (next, before)
}

/// A date, or two with "to" between them.
fn date_or_range(line: &Line, at: usize, from: bool) -> Option<DateFound> {
    if let Some(found) = numbers_then_month(line, at, from) {
        return Some(found);
    }
    let first = date(line, at)?;
    let Some(next) = separator(line, first.end, from) else { return Some(first) };
    let Days::Range { first: start, .. } = first.days else { return Some(first) };
    if let Some(second) = date(line, next).or_else(|| behind_dash(line, next))
        && let Days::Range { last: mut end, .. } = second.days
        && second.strength < Strength::Whole
        && first.strength < Strength::Whole
    {
        if end < start {
            // "fri to mon" ends in the week after, "december to january" in the year after.
            end = if (start - end).num_days() < 7 { plus_days(end, 7) } else { plus_months(end, 12) };
        }
        if end >= start {
            let days = Days::Range { first: start, last: end, due_last: true };
            return Some(DateFound::new(second.end, days, Strength::Sure));
        }
    }
    // "July 13 to 15": the month is said once. A weekday before "to 5" would be an hour.
    let month_said = (at..first.end).any(|i| line.word(i).month.is_some());
    if let Some((day, _, end)) = day_of_month(line, next).filter(|_| month_said && !line.goes_on_after_number(next))
        && let Some(last) = start.with_day(day).filter(|last| *last > start)
    {
        return Some(DateFound::new(end, Days::Range { first: start, last, due_last: true }, Strength::Sure));
    }
    Some(first)
}

/// The "26.12." of "24.12.-26.12.".
fn behind_dash(line: &Line, at: usize) -> Option<DateFound> {
    let dotted = line.is_mark(at.wrapping_sub(2), '.') && line.is_mark(at + 1, '.');
    if dotted { numeric_behind(line, at) } else { None }
}

/// "13 to 15 July", "from 13th to the 15th of July".
fn numbers_then_month(line: &Line, at: usize, from: bool) -> Option<DateFound> {
    if !line.kinds(at).has(Kinds::NUMBER.or(Kinds::ORDINAL).or(Kinds::WHICH)) {
        return None;
    }
    let the = line.skip(at, Key::The);
    // "third to last day of january" counts from the end.
    if from_either_end(line, the).is_some_and(|(n, _)| n < 0) {
        return None;
    }
    let (day, _, end) = day_of_month(line, the)?;
    // "5-dec-26" is one day.
    let joined = line.is_mark(end, '-') && line.glued(end) && line.glued(end + 1) && line.word(end + 1).month.is_some();
    let next = separator(line, end, from).filter(|_| !joined)?;
    let last = date(line, next).filter(|last| (next..last.end).any(|i| line.word(i).month.is_some()))?;
    let Days::Range { first: last_day, last: same, .. } = last.days else { return None };
    let first = last_day.with_day(day).filter(|first| last_day == same && *first < last_day)?;
    debug_assert_eq!(first.month(), last_day.month());
    Some(DateFound::new(last.end, Days::Range { first, last: last_day, due_last: true }, Strength::Sure))
}

/// The place behind "to", "-", "until", and between two dates "and".
fn separator(line: &Line, at: usize, from: bool) -> Option<usize> {
    let found = matches!(line.mark(at), Some('-' | '–' | '—'))
        || matches!(line.key(at), Some(Key::To | Key::Until))
        || from && line.is(at, Key::And);
    found.then_some(at + 1)
}
