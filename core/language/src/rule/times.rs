//! The times of day in a rule: "at 10, 12 and 17", "3pm", "in the morning", "from 9 to 11am".

use super::said::{Said, TIMES_MAX, Time};
use crate::clock::{Intro, clock};
use crate::found::{ClockFound, Strength};
use crate::lexicon::{Key, Kinds, Part, Phrase, Unit};
use crate::line::Line;

/// One time or several.
pub(super) fn times(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let (mut pos, mut intro) = (at, Intro { at: false, from: false, dated: said.again });
    for _ in 0..2 {
        match line.key(pos) {
            Some(Key::From | Key::Between) => intro.from = true,
            Some(Key::At | Key::By | Key::About) => intro.at = true,
            Some(Key::On | Key::In | Key::For) if pos == at => {}
            _ if line.is_mark(pos, '@') => intro.at = true,
            _ => break,
        }
        pos += 1;
    }
    let introduced = pos > at;
    let first = one(line, pos, intro, introduced, said)?;
    // A part of the day said before ("every evening") is made precise by the clock ("at 9:30pm").
    if first.clock.is_some()
        && said.times[1].is_none()
        && let Some(Time { clock: None, part }) = said.times[0]
    {
        said.times[0] = None;
        said.add_clock(&ClockFound { part: first.part.or(part), ..first });
        return Some(more(line, first.end, intro, said));
    }
    if said.timed() && first.clock.is_none() {
        return None;
    }
    if !said.add_clock(&first) {
        return None;
    }
    Some(more(line, first.end, intro, said))
}

/// The times that follow the first: ", 12 and 17".
fn more(line: &Line, from: usize, intro: Intro, said: &mut Said) -> usize {
    let mut end = from;
    for _ in 1..TIMES_MAX {
        let comma = line.is_mark(end, ',');
        let next = line.skip_mark(line.skip(line.skip_mark(end, ','), Key::And), '&');
        if next == end || said.time_until.is_some() {
            break;
        }
        let next = line.skip(next, Key::At);
        let Some(found) = one(line, next, Intro { from: false, ..intro }, !comma, said) else { break };
        if found.until.is_some() || found.clock.is_none() && !said.again || !said.add_clock(&found) {
            break;
        }
        end = found.end;
    }
    end
}

fn one(line: &Line, at: usize, intro: Intro, introduced: bool, said: &mut Said) -> Option<ClockFound> {
    let found = clock(line, at, intro).filter(|found| found.wrong.is_none() && !found.today)?;
    let part_only = found.clock.is_none();
    let counted = |i: usize| i > 0 && line.kinds(i - 1).has(Kinds::NUMBER.or(Kinds::QUANTITY));
    let plural = (at..found.end).any(|i| line.word(i).plural && line.word(i).part.is_some() && !counted(i));
    let fits = match found.strength {
        Strength::Sure => true,
        Strength::Loose => said.again || introduced || !line.goes_on(found.end),
        _ if part_only => plural && !line.goes_on(found.end) || said.again || introduced && !line.goes_on(found.end),
        // "every evening at 10 floss"
        Strength::NeedsIntro if found.until.is_some() => said.again && !line.goes_on(found.end),
        Strength::NeedsIntro => intro.at && (said.again || !line.goes_on(found.end)),
        Strength::Whole => false,
    };
    if !fits || part_only && found.part == Some(Part::Lunch) && !introduced {
        return None;
    }
    if plural {
        said.again = true;
        if said.freq.is_none() && !said.names_days() {
            said.each(Unit::Day, 1);
        }
    }
    Some(found)
}

/// "morning", "evenings", "noon" behind "every".
pub(super) fn part_of_day(line: &Line, at: usize) -> Option<(Time, usize)> {
    if let Some((Phrase::Part(part), end)) = line.phrase(at) {
        return Some((Time { clock: None, part: Some(part) }, end));
    }
    if matches!(line.key(at), Some(Key::Noon | Key::Midnight)) {
        let found = clock(line, at, Intro { at: true, from: false, dated: true })?;
        return Some((Time { clock: found.clock, part: None }, found.end));
    }
    let part = line.word(at).part?;
    Some((Time { clock: None, part: Some(part) }, at + 1))
}
