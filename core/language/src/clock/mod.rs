//! Times of day: one hour, a part of the day, or both, with a range and a zone.

mod hour;
mod place;
mod spoken;

use crate::found::{Clock, ClockFound, Half, Strength};
use crate::lexicon::{Key, Kinds, Part, Phrase};
use crate::line::Line;
use hour::{Hour, hour, meridiem, plain_hour};

/// How a time is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Intro {
    /// "at", "by", "around": a bare number may be an hour.
    pub at: bool,
    /// "from", "between": a range of bare numbers may be hours.
    pub from: bool,
    /// Stands right behind or before a date.
    pub dated: bool,
}

/// What a time can begin with.
const STARTS: Kinds = Kinds::NUMBER
    .or(Kinds::QUANTITY)
    .or(Kinds::CLOCK)
    .or(Kinds::EDGE)
    .or(Kinds::PHRASE)
    .or(Kinds::WHICH)
    .or(Kinds::JOIN);

/// The time of day that begins here, if any.
pub(crate) fn clock(line: &Line, at: usize, intro: Intro) -> Option<ClockFound> {
    if !STARTS.has(line.kinds(at)) {
        return None;
    }
    if let Some(said) = part(line, at) {
        return Some(with_hour(line, &said));
    }
    let parts = &line.context.settings.day_parts;
    // "from 9 to 11" are two hours, and no nine minutes to eleven.
    if let Some(range) = plain_hour(line, at).filter(|_| intro.from).and_then(|first| range(line, &first, intro)) {
        return Some(finish(line, range, false));
    }
    let first = hour(line, at, parts, false)?;
    if let Some(range) = range(line, &first, intro) {
        return Some(finish(line, range, false));
    }
    let clock = match first.clock {
        Ok(clock) => clock,
        Err(problem) => {
            let nothing =
                ClockFound::new(first.end, Clock { minutes: 0, second: 0, half: Half::Known }, first.strength);
            return Some(ClockFound { clock: None, wrong: Some(problem), ..nothing });
        }
    };
    let found = finish(line, ClockFound::new(first.end, clock, first.strength), first.bare);
    if first.bare && matches!(line.mark(first.end), Some('-' | '–')) && line.digits(first.end + 1).is_some() {
        return None;
    }
    let dotted = line.is_mark(at + 1, '.');
    // "tomorrow 0900"
    let military = intro.dated && line.token(at).digits() == 4 && line.spelling(at).starts_with('0');
    // "9 tomorrow" and nothing else; "one tomorrow" is about one of something.
    let counts = line.spelling(at).eq_ignore_ascii_case("one") && !line.only;
    let alone = at == 0 && !counts && line.word(first.end).day.is_some() && first.end + 1 == line.len() && !dotted;
    (!first.bare || intro.at || military || alone || found.part.is_some() && !dotted).then_some(found)
}

/// "9-11am", "from 3 to 4", "9:30 - 11:00".
fn range(line: &Line, first: &Hour, intro: Intro) -> Option<ClockFound> {
    let from = first.clock.ok()?;
    let (zone_first, end) = place::zone(line, first.end).map_or((None, first.end), |(zone, end)| (Some(zone), end));
    let separated = match line.mark(end) {
        // "18:00:00 -0500"
        Some('-') if place::signed(line, end).is_some() => false,
        Some('-' | '–' | '—') => true,
        _ => match line.key(end)? {
            Key::To | Key::Until => true,
            Key::And => intro.from,
            _ => false,
        },
    };
    let at = separated.then(|| line.skip(end + 1, Key::At))?;
    let last = hour(line, at, &line.context.settings.day_parts, true)?;
    let (pm, after) = meridiem(line, last.end);
    let bare = first.bare && last.bare && pm.is_none();
    let goes_on = line.goes_on(after);
    // "9 to 5 tomorrow"
    let leads = first.bare && line.word(after).day.is_some() && after + 1 == line.len();
    if bare && !((intro.from || intro.dated || leads) && !goes_on) || (last.bare && pm.is_none()) && goes_on {
        return None;
    }
    let mut until = last.clock.ok()?;
    if let (Some(pm), Half::Guess(_)) = (pm, until.half) {
        until = Clock { minutes: until.minutes + if pm { 720 } else { 0 }, half: Half::Known, ..until };
    }
    let mut from = from;
    if let (Half::Guess(_), Half::Known) = (from.half, until.half) {
        // "9-11am" shares the half of its end, "11-1pm" has the other one.
        let later = from.minutes + 720;
        let minutes = if later < until.minutes { later } else { from.minutes };
        from = Clock { minutes, half: Half::Known, ..from };
    }
    // "9 to 5" are the hours of work.
    if let (Half::Guess(7..=11), Half::Guess(1..=6 | 12)) = (from.half, until.half) {
        from.half = Half::Known;
        until = Clock { minutes: until.minutes + 720, half: Half::Known, ..until };
    }
    let strength = if bare { Strength::NeedsIntro } else { Strength::Sure };
    let found = ClockFound { until: Some(until), zone: zone_first, ..ClockFound::new(after, from, strength) };
    Some(found)
}

/// What may follow a time: a zone, a part of the day, "sharp".
fn finish(line: &Line, mut found: ClockFound, bare: bool) -> ClockFound {
    found.end = vaguely(line, line.skip(found.end, Key::Sharp));
    let zone = || place::zone(line, found.end).or_else(|| place::signed(line, found.end));
    if let Some((zone, end)) = zone().filter(|_| !bare) {
        (found.zone, found.end) = (Some(zone), end);
    }
    let at = line.skip_mark(found.end, ',');
    if let Some(said) = part_behind(line, at) {
        found.part = Some(said.part);
        found.today = said.today;
        found.end = said.end;
        found.strength = Strength::Sure;
    }
    found
}

/// "-ish", "or so" behind a time.
fn vaguely(line: &Line, at: usize) -> usize {
    if line.is_mark(at, '-') && line.glued(at) && line.is(at + 1, Key::Ish) {
        return at + 2;
    }
    let is = |at: usize, word: &str| line.spelling(at).eq_ignore_ascii_case(word);
    if is(at, "or") && is(at + 1, "so") && !line.goes_on(at + 2) { at + 2 } else { at }
}

/// A part of the day that was said.
struct SaidPart {
    part: Part,
    /// "tonight", "this morning".
    today: bool,
    end: usize,
    strength: Strength,
}

/// "tonight", "this evening", "the morning", "evening".
fn part(line: &Line, at: usize) -> Option<SaidPart> {
    if line.is(at, Key::Tonight) {
        return Some(SaidPart { part: Part::Night, today: true, end: at + 1, strength: Strength::Sure });
    }
    let this = line.is(at, Key::This);
    let start = at + usize::from(this || line.is(at, Key::The));
    let (part, end) = match line.phrase(start) {
        Some((Phrase::Part(part), end)) => (part, end),
        Some((Phrase::Holiday(_), _)) => return None,
        _ => (line.word(start).part?, start + 1),
    };
    // Only "at lunch" is a time; lunch itself is something to do.
    if part == Part::Lunch
        && !["lunchtime", "time"].iter().any(|word| line.spelling(end - 1).eq_ignore_ascii_case(word))
        && !(at > 0 && matches!(line.key(at - 1), Some(Key::At | Key::By | Key::Before | Key::After)))
    {
        return None;
    }
    let strength = match part {
        _ if this => Strength::Sure,
        // "first thing in the morning"; "the first thing" alone is a thing.
        Part::FirstThing if end > start + 2 => Strength::Loose,
        _ => Strength::NeedsIntro,
    };
    Some(SaidPart { part, today: this, end, strength })
}

/// A part of the day behind a clock time: "in the evening", "at night", "tonight".
fn part_behind(line: &Line, at: usize) -> Option<SaidPart> {
    let introduced = matches!(line.key(at), Some(Key::In | Key::At)) && !line.is(at + 1, Key::This);
    let said = part(line, at + usize::from(introduced)).filter(|said| said.part != Part::Lunch)?;
    (introduced || said.today || !line.goes_on(said.end)).then_some(said)
}

/// A part of the day, with the hour that may follow: "tonight at 9", "in the morning at 7".
fn with_hour(line: &Line, said: &SaidPart) -> ClockFound {
    let nothing = Clock { minutes: 0, second: 0, half: Half::Known };
    let alone = ClockFound {
        clock: None,
        part: Some(said.part),
        today: said.today,
        ..ClockFound::new(said.end, nothing, said.strength)
    };
    let mut next = line.skip_mark(said.end, ',');
    let at = matches!(line.key(next), Some(Key::At | Key::About)) || line.is_mark(next, '@');
    next += usize::from(at);
    let found = hour(line, next, &line.context.settings.day_parts, false);
    let Some(found) = found.filter(|found| !found.bare || at || !line.goes_on(found.end)) else {
        let zone = place::zone(line, alone.end);
        return zone.map_or(alone, |(zone, end)| ClockFound { zone: Some(zone), end, ..alone });
    };
    if found.bare && !at && said.strength != Strength::Sure {
        return alone;
    }
    let Ok(clock) = found.clock else { return alone };
    let (zone, end) = place::zone(line, found.end).map_or((None, found.end), |(zone, end)| (Some(zone), end));
    ClockFound { clock: Some(clock), zone, end, strength: Strength::Sure, ..alone }
}
