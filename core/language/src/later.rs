//! What is recognised but not read for a caller that cannot keep it ([`crate::Scope`]): rules and reminders stay in the title,
//! whole.

use crate::length::length;
use crate::lexicon::{Key, Kinds};
use crate::line::Line;
use crate::token::Access;

/// Whether the line says that the task comes again. A date out of the middle of such a line would mislead ("every friday 4pm"
/// is not due on friday), so that none is read.
pub(crate) fn comes_again(line: &Line) -> bool {
    (0..line.len()).any(|at| {
        let word = line.word(at);
        let next = at + 1;
        match word.key {
            Some(Key::Every | Key::Each) => {
                let counted = Kinds::NUMBER.or(Kinds::ORDINAL).or(Kinds::UNIT).or(Kinds::QUANTITY).or(Kinds::TIMELY);
                line.kinds(next).has(counted)
                    || matches!(line.key(next), Some(Key::Other | Key::Last | Key::Few | Key::Rule))
                    || line.is_mark(next, '!')
            }
            // "prepare the weekly report" says nothing about this task.
            Some(Key::Rule) => at == 0 || !line.goes_on(next),
            // "2 sundays from now" is one day.
            _ => {
                word.plural
                    && word.weekday.is_some()
                    && !(at > 0 && line.kinds(at - 1).has(Kinds::NUMBER.or(Kinds::QUANTITY)))
                    || word.article && line.unit(next).is_some() && at > 0 && is_count(line, at - 1)
            }
        }
    })
}

/// "once", "twice", "3 times" before "a week".
fn is_count(line: &Line, at: usize) -> bool {
    ["once", "twice", "times", "x"].iter().any(|word| line.spelling(at).eq_ignore_ascii_case(word))
}

/// Keeps the rules of dates off reminders that follow the task: "with a reminder at 8", "remind me 1 day before".
pub(crate) fn close_reminders(line: &mut Line) {
    let mut at = 2;
    while at < line.len() {
        if !line.is(at, Key::Remind) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        if line.spelling(end).eq_ignore_ascii_case("me") {
            end += 1;
        }
        let timed = matches!(line.key(end), Some(Key::At));
        let ahead = length(line, end).is_some();
        let stop = if timed || ahead { (end + 8).min(line.len()) } else { end };
        line.close(at, stop, Access::Protected);
        at = stop;
    }
}
