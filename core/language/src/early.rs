//! "early" and "late" before a part of the day or a period.

use crate::calendar::plus_days;
use crate::found::{ClockFound, DateFound, Days, Strength};
use crate::lexicon::Part;
use crate::line::Line;

/// "early tomorrow morning", "late tonight", "early next week", "late january": what the word before makes of the part of the day or
/// the period that begin at `start`. The place where they begin with it.
pub(crate) fn early_or_late(
    line: &Line,
    start: usize,
    date: Option<&mut DateFound>,
    clock: Option<&mut ClockFound>,
) -> Option<usize> {
    let before = start.checked_sub(1).filter(|before| line.is_free(*before))?;
    let says = |word: &str| line.spelling(before).eq_ignore_ascii_case(word);
    let (early, late) = (says("early"), says("late") || says("later"));
    if !(early || late) {
        return None;
    }
    let is_timed = clock.is_some();
    if let Some(clock) = clock.filter(|clock| clock.clock.is_none() && !says("later")) {
        clock.part = match clock.part {
            Some(Part::Morning) if early => Some(Part::EarlyMorning),
            Some(Part::Morning) => Some(Part::MidMorning),
            Some(Part::Afternoon) if early => Some(Part::EarlyAfternoon),
            Some(Part::Afternoon) => Some(Part::LateAfternoon),
            Some(Part::Evening) if early => Some(Part::EarlyEvening),
            Some(Part::Evening | Part::Night) if late => Some(Part::LateEvening),
            _ => return None,
        };
        return Some(before);
    }
    let date = date.filter(|_| !is_timed)?;
    let Days::Range { first, last, due_last: false } = date.days else { return None };
    let third = match (last - first).num_days() {
        6 => 3,
        27..=30 => 10,
        days @ 89.. => days / 3,
        _ => return None,
    };
    date.days = if early {
        Days::period(first, plus_days(first, third - 1))
    } else {
        Days::period(plus_days(first, if third == 3 { 3 } else { 2 * third }), last)
    };
    date.strength = date.strength.min(Strength::Loose);
    Some(before)
}
