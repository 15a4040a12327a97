//! Times in words: "seven thirty", "half past six", "20 minutes past 3pm", "quarter to 5".

use super::hour::{Hour, bare, clock_of, known, meridiem};
use crate::found::{Clock, Half, Strength};
use crate::lexicon::{Key, Unit};
use crate::line::Line;
use crate::number::{cardinal, tens};

/// "seven", "seven thirty five", "five-thirty pm", "ten oh five".
pub(super) fn in_words(line: &Line, at: usize) -> Option<Hour> {
    let word = line.word(at).cardinal.filter(|v| (1..=24).contains(v))?;
    let (hour, end) = tens(line, at).filter(|(v, _)| *v <= 24).unwrap_or((u32::from(word), at + 1));
    let hyphen = line.is_mark(end, '-') && line.glued(end) && line.glued(end + 1);
    let next = end + usize::from(hyphen);
    let minute = match tens(line, next) {
        Some((value, after)) if (10..60).contains(&value) => Some((value, after)),
        _ if line.is(next, Key::Oh) => tens(line, next + 1).filter(|(v, _)| *v < 10),
        // "eleven five": an hour and minutes when it is introduced.
        Some((5, after)) if hour > 9 => Some((5, after)),
        _ => None,
    };
    let Some((minute, end)) = minute else { return bare(line, hour, end) };
    let after_unit = end + usize::from(line.unit(end) == Some(Unit::Minute));
    let (pm, after) = meridiem(line, after_unit);
    let clock = clock_of(hour, minute, 0, pm, true).ok()?;
    let strength = if pm.is_some() { Strength::Sure } else { Strength::NeedsIntro };
    Some(Hour::new(after, clock, strength))
}

/// "half past six", "quarter to 5", "20 minutes past 3pm", "15 to noon", "half three".
pub(super) fn past_or_to(line: &Line, at: usize) -> Option<Hour> {
    let start = at + usize::from(line.word(at).article);
    let (count, said, mut end) = if line.is(start, Key::Half) {
        (30, true, start + 1)
    } else if line.unit(start) == Some(Unit::Quarter) {
        (15, true, start + 1)
    } else {
        let (count, end) = cardinal(line, at).filter(|(count, _)| (1..60).contains(count))?;
        if line.digits(at).is_some() && line.torn(at) {
            return None;
        }
        (count, line.digits(at).is_none() || matches!(count, 5 | 20 | 25), end)
    };
    let minutes = line.unit(end) == Some(Unit::Minute);
    end += usize::from(minutes);
    // "half-past six", "quarter 'til 7"
    if line.is_mark(end, '-') && line.glued(end) && line.glued(end + 1) || matches!(line.mark(end), Some('\'' | '’'))
    {
        end += 1;
    }
    let back = match line.key(end) {
        Some(Key::Past | Key::After) => false,
        Some(Key::To | Key::Before | Key::Until | Key::Of) if count <= 30 => true,
        _ if count == 30 && line.is(start, Key::Half) => return half_hour(line, end),
        _ => return None,
    };
    let reference = hour_named(line, end + 1)?;
    let clock = reference.clock.ok()?;
    let exact = clock.half == Half::Known;
    let hour = u32::from(clock.minutes.unsigned_abs()) / 60;
    // "5 to 7pm" and "9 to 17" are hours; "20 to 3pm" and "5 to 5pm" are minutes.
    if back && exact && !minutes && line.digits(at).is_some() && line.digits(end + 1).is_some() {
        let fives = count.is_multiple_of(5);
        if count <= 12 && count % 12 != hour % 12 || !fives {
            return None;
        }
    }
    // "5 to 6" may be numbers of anything; "two to four" and "10 to 12" are no times.
    let plain = said && (!back || minutes || matches!(count, 5 | 10 | 15 | 20 | 25));
    if !(plain || minutes || exact || !back) {
        return None;
    }
    let count = count as i16;
    let clock = Clock { minutes: if back { clock.minutes - count } else { clock.minutes + count }, ..clock };
    let unclear = !minutes && !exact && line.digits(at).is_some() || line.word(at).cardinal.is_some() && back;
    Some(Hour::new(reference.end, clock, if unclear { Strength::Loose } else { Strength::Sure }))
}

/// British "half three" is 3:30.
fn half_hour(line: &Line, at: usize) -> Option<Hour> {
    let reference = hour_named(line, at)?;
    // "half seven pm" is half past too.
    let clock =
        reference.clock.ok().filter(|clock| clock.half != Half::Known || (60..1440).contains(&clock.minutes))?;
    Some(Hour::new(reference.end, Clock { minutes: clock.minutes + 30, ..clock }, Strength::Loose))
}

/// The hour that "past" and "to" refer to.
fn hour_named(line: &Line, at: usize) -> Option<Hour> {
    if line.is(at, Key::Noon) {
        return Some(Hour::new(at + 1, known(720, 0), Strength::Sure));
    }
    if line.is(at, Key::Midnight) {
        return Some(Hour::new(at + 1, known(1440, 0), Strength::Sure));
    }
    let (hour, end) = match line.digits(at) {
        Some(hour) if line.token(at).digits() <= 2 && !line.torn(at) => (hour, at + 1),
        Some(_) => return None,
        None => tens(line, at)?,
    };
    if !(1..=24).contains(&hour) {
        return None;
    }
    // "three mins to five thirty"
    if let Some((minute, after)) = tens(line, end).filter(|(m, _)| (10..60).contains(m)) {
        return Some(Hour::new(after, clock_of(hour, minute, 0, None, true).ok()?, Strength::Sure));
    }
    bare(line, hour, end).filter(|found| found.clock.is_ok())
}
