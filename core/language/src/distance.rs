//! What makes a length of time a distance from now.

use crate::found::Strength;
use crate::length::{Length, length};
use crate::lexicon::Key;
use crate::line::Line;

/// "from now", "hence", "later", "ago" behind a distance: the place behind it, and whether it needs to stand alone.
pub(crate) fn from_now(line: &Line, at: usize) -> Option<(usize, Strength)> {
    match line.key(at)? {
        Key::Hence | Key::Later | Key::Out => Some((at + 1, Strength::Sure)),
        Key::Ago => Some((at + 1, Strength::Whole)),
        Key::From => {
            let now = line.skip(at + 1, Key::Right);
            line.is(now, Key::Now).then_some((now + 1, Strength::Sure))
        }
        _ => None,
    }
}

/// "in 2 weeks", "2 weeks from now", behind what it moves; and the place behind it.
pub(crate) fn distance_behind(line: &Line, at: usize) -> Option<(Length, usize)> {
    let introduced = matches!(line.key(at), Some(Key::In));
    let (distance, end) = length(line, at + usize::from(introduced))?;
    if introduced {
        return Some((distance, end));
    }
    let (end, strength) = from_now(line, end)?;
    (strength == Strength::Sure).then_some((distance, end))
}
