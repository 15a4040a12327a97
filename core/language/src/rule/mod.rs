//! Rules: what comes again. "every 2nd friday at 3pm until june", "9am daily", "mondays and thursdays from jan 1".
//!
//! People say the parts of a rule in any order, so that a rule is read as a run of pieces: how often, which days, which times,
//! when it begins and ends. Each table row reads one piece and notes it in [`Said`]; a run in which something says that it
//! comes again is a rule. `build` decides what the pieces mean together, `occur` when that begins, `write` how RFC 5545 says it.

mod bounds;
mod build;
mod days;
mod occur;
mod often;
mod said;
mod set;
mod times;
mod write;

pub(crate) use build::{Beside, Rule, meant};
pub(crate) use said::Said;

use crate::found::Days;
use crate::lexicon::{Key, Kinds};
use crate::line::Line;
use crate::moment::Moment;
use chrono::Datelike as _;
use set::Weekdays;

/// A rule that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleFound {
    /// The place behind its last token.
    pub end: usize,
    pub said: Said,
}

/// Reads one piece that begins at a place; the place behind it.
type Piece = fn(&Line, usize, &mut Said) -> Option<usize>;

/// All pieces, the first that fits is taken.
const PIECES: &[Piece] = &[
    often::times_per,
    often::every,
    often::adverb,
    bounds::count,
    bounds::lasting,
    bounds::completion,
    bounds::except,
    days::edge,
    days::numbered,
    days::month_and_day,
    days::weekdays,
    days::within,
    times::times,
    bounds::start,
    bounds::until,
];

/// Most pieces of one rule; people use up to eight.
const PIECES_MAX: usize = 12;
/// How far behind its first word a rule may say that it comes again.
pub(crate) const REACH: usize = 24;

/// The rule that begins here, if any.
pub(crate) fn rule(line: &Line, at: usize) -> Option<RuleFound> {
    // "two nights" and "3 mondays" are counted things.
    let begin = introduced(line, at);
    let counted = line.word(at).plural && at > 0 && line.kinds(at - 1).has(Kinds::NUMBER.or(Kinds::QUANTITY));
    if line.kinds(at).is_empty() && begin == at || counted {
        return None;
    }
    let (mut said, mut end) = (Said::default(), begin);
    for _ in 0..PIECES_MAX {
        let Some(next) = next_piece(line, end, end > begin, &mut said) else { break };
        end = next;
    }
    said.again.then_some(RuleFound { end, said })
}

/// The place behind "due" and "repeats", which only lead to a rule.
fn introduced(line: &Line, at: usize) -> usize {
    let verbs = ["repeat", "repeats", "repeating", "recur", "recurring", "recurs"];
    let repeats = line.is_free(at) && verbs.iter().any(|verb| line.spelling(at).eq_ignore_ascii_case(verb));
    let next = line.skip_mark(at + 1, ':');
    if line.is(at, Key::Due) || repeats && line.kinds(next).has(Kinds::AGAIN) {
        return next;
    }
    at
}

fn next_piece(line: &Line, at: usize, joined: bool, said: &mut Said) -> Option<usize> {
    let mut start = at;
    if joined {
        // "and" joins pieces, and so does a comma that more of the rule follows.
        start = line.skip(line.skip_mark(at, ','), Key::And);
        start = line.skip_mark(start, '&');
    }
    for piece in PIECES {
        let mut more = *said;
        if let Some(end) = piece(line, start, &mut more) {
            *said = more;
            return Some(end.max(start + 1));
        }
    }
    None
}

/// "mon-fri 9:15": a range of weekdays with one time is no period but comes on each of them.
pub(crate) fn of_range(line: &Line, found: &Moment) -> Option<Said> {
    let Days::Range { first, last, due_last: true } = found.date?.days else { return None };
    let clock = found.clock.filter(|clock| clock.until.is_none() && clock.clock.is_some())?;
    let named = |at: usize| line.word(at).weekday.is_some();
    let weekdays = (found.start..found.end).filter(|at| named(*at)).count() == 2;
    let figures = (found.start..found.end).any(|at| line.word(at).month.is_some() || line.word(at).ordinal.is_some());
    let range = weekdays && !figures && (last - first).num_days() < 7;
    let mut said = Said { again: true, weekdays: Weekdays::range(first.weekday(), last.weekday()), ..Said::default() };
    (range && said.add_clock(&clock)).then_some(said)
}

/// The first place from `from` on where something may say that it comes again.
pub(crate) fn opens(line: &Line, from: usize) -> Option<usize> {
    (from..line.len()).find(|at| line.kinds(*at).has(Kinds::AGAIN))
}

/// A piece that ends a rule, standing apart from it: "every wednesday call mom until march".
pub(crate) fn tail(line: &Line, at: usize) -> Option<(Said, usize)> {
    let mut said = Said { again: true, ..Said::default() };
    let pieces: [Piece; 4] = [bounds::until, bounds::count, bounds::completion, bounds::start];
    pieces.iter().find_map(|piece| piece(line, at, &mut said)).map(|end| (said, end))
}
