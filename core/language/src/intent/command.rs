//! Which words of a line are a command, by the rows of `phrases`.

use super::phrases::{DONE_DEEDS, LEADS, LISTS, POLITE, Part, RECALLED, Row, THANKS, THE, rows};
use crate::line::Line;
use crate::marker::notes_at;
use crate::reading::Intent;
use crate::token::Kind;

/// Most words of what somebody tells to have done.
const DEED_WORDS_MAX: usize = 5;

/// A row that fits a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Command {
    pub intent: Intent,
    /// The place behind the opening words; the first of them is not always the line's first (politeness).
    pub from: usize,
    /// The place of the closing words.
    pub to: usize,
    /// The word the row opens with; the line's length when it only closes.
    pub verb: usize,
    /// "to my list", "off the todo list": its places.
    pub list: Option<(usize, usize)>,
}

/// The lines that may be a command: without politeness at both ends.
pub(super) struct Bounds {
    pub from: usize,
    pub to: usize,
    /// The place of the notes, or the line's length: what is noted says no command.
    pub end: usize,
}

impl Bounds {
    pub(super) fn of(line: &Line) -> Self {
        let mut from = 0;
        while let Some(next) =
            POLITE.iter().find_map(|words| opens(line, from, words)).filter(|next| *next < line.len())
        {
            from = next + usize::from(line.is_mark(next, ','));
        }
        let end = notes_at(line);
        let mut to = end;
        let thanks = |at: usize| {
            matches!(line.mark(at), Some('.' | '!' | '?' | ',')) && !line.glued(at + 1) || one_of(line, at, THANKS)
        };
        while to > from + 1 && thanks(to - 1) {
            to -= 1;
        }
        Self { from: from.min(to), to, end }
    }
}

/// The first sure row that fits.
pub(super) fn certain(line: &Line, bounds: &Bounds) -> Option<Command> {
    rows().filter(|row| row.sure).find_map(|row| fit(line, bounds, row)).filter(|command| is_meant(line, command))
}

/// The first row of this intent that fits.
pub(super) fn of_intent(line: &Line, bounds: &Bounds, intent: Intent) -> Option<Command> {
    rows().filter(|row| row.intent == intent).find_map(|row| fit(line, bounds, row))
}

/// A weak row whose object is said to be on a list: "put laundry on my list", "take milk off the list".
pub(super) fn by_list(line: &Line, bounds: &Bounds) -> Option<Command> {
    let weak = |row: &&Row| {
        !row.sure && matches!(row.intent, Intent::CreateTask | Intent::DeleteTask) && !row.opens.is_empty()
    };
    let found = rows().filter(weak).find_map(|row| fit(line, bounds, row))?;
    let (lead, _) = found.list?;
    let leads: &[&str] =
        if found.intent == Intent::CreateTask { &["to", "on", "onto", "in"] } else { &["from", "off", "out"] };
    let acts = !one_of(line, found.verb, &["i", "need", "have", "want", "got", "don't", "remember", "never"]);
    (acts && lead > found.from && one_of(line, lead, leads)).then_some(found)
}

/// "move the toner to @office": a task that is moved to where a marker says.
pub(super) fn to_label(line: &Line, bounds: &Bounds) -> Option<Command> {
    let verb = bounds.from;
    if !one_of(line, verb, &["move", "assign", "shift", "transfer"]) {
        return None;
    }
    let marked = |at: usize| matches!(line.mark(at), Some('@' | '+' | '#')) && line.glued(at + 1);
    let leads = (verb + 2..bounds.to).any(|at| one_of(line, at, &["to", "into", "in", "under"]) && marked(at + 1));
    leads.then_some(Command { intent: Intent::UpdateTask, from: verb + 1, to: bounds.to, verb, list: None })
}

fn fit(line: &Line, bounds: &Bounds, row: &Row) -> Option<Command> {
    let from = opens(line, bounds.from, row.opens)?;
    let to = closes(line, from, bounds.to, row.closes)?;
    if row.named && from >= to || !row.named && from != to {
        return None;
    }
    let keeps_list =
        matches!(row.intent, Intent::CreateTask | Intent::DeleteTask | Intent::CompleteTask | Intent::SetReminder);
    let list = if keeps_list && row.named { on_list(line, from, to) } else { None };
    let verb = if row.opens.is_empty() { line.len() } else { bounds.from };
    Some(Command { intent: row.intent, from, to, verb, list })
}

/// "is", "did", "have i": the beginning of a question that is answered by yes or no.
pub(super) fn asks_whether(line: &Line, at: usize) -> bool {
    one_of(line, at, &["is", "are", "was", "were", "did", "does", "has", "have", "had"])
}

/// "remind me what", "remind me of which": what follows is to be told now.
pub(super) fn asks_to_recall(line: &Line, at: usize) -> bool {
    let of = at + 2 + usize::from(one_of(line, at + 2, &["of", "about"]));
    one_of(line, at, &["remind"]) && one_of(line, at + 1, &["me"]) && one_of(line, of, RECALLED)
}

/// What a row cannot say by words alone.
fn is_meant(line: &Line, command: &Command) -> bool {
    // A branch can be renamed too; a task is renamed to something.
    let says = |words: &[&str]| (command.from + 1..command.to).any(|at| one_of(line, at, words));
    if one_of(line, command.verb, &["rename", "retitle"])
        || one_of(line, command.verb, &["add"]) && command.intent == Intent::UpdateTask
    {
        return says(&["to"]);
    }
    // "remind me how to spell that" is for nobody here.
    if command.intent == Intent::ListTasks && one_of(line, command.verb, &["remind"]) {
        let ours = [
            "list", "lists", "remember", "recall", "task", "tasks", "todo", "todos", "meetings", "calendar",
            "schedule", "planned",
        ];
        let to_do = (command.from..command.to).any(|at| one_of(line, at, &["to"]) && one_of(line, at + 1, &["do"]));
        let have = says(&["have", "need", "supposed"]);
        return says(&ours) || to_do && have || one_of(line, command.from, &ours);
    }
    // "i ordered some curtains, can you tell me …" goes on to something else.
    if command.intent == Intent::CompleteTask && one_of(line, command.from - 1, DONE_DEEDS) {
        let more =
            (command.from..command.to).any(|at| line.is_mark(at, ',') || one_of(line, at, &["and", "but", "for"]));
        return !more && command.to - command.from <= DEED_WORDS_MAX;
    }
    // "is the report done?" asks.
    if command.verb == line.len() && asks_whether(line, 0) {
        return false;
    }
    !one_of(line, command.verb, &["tag"]) || says(&["as", "with"]) || line.text.contains('#')
}

/// The place behind the words when they stand at `at`.
fn opens(line: &Line, mut at: usize, parts: &[Part]) -> Option<usize> {
    for part in parts {
        match part {
            Part::Is(words) => at = one_of_or_mark(line, at, words)?,
            Part::Maybe(words) => at = one_of_or_mark(line, at, words).unwrap_or(at),
            Part::Before(words) => one_of(line, at, words).then_some(())?,
        }
    }
    Some(at)
}

/// The place of the words when they stand before `to`.
fn closes(line: &Line, from: usize, mut to: usize, parts: &[Part]) -> Option<usize> {
    for part in parts.iter().rev() {
        let stands = to > from && one_of(line, to - 1, part.words());
        match part {
            Part::Is(_) if !stands => return None,
            _ => to -= usize::from(stands),
        }
    }
    Some(to)
}

impl Part {
    fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Is(words) | Self::Maybe(words) | Self::Before(words) => words,
        }
    }
}

/// The place behind the word, or behind "to-do", which is three tokens, when one of the words stands at `at`.
fn one_of_or_mark(line: &Line, at: usize, words: &[&str]) -> Option<usize> {
    if one_of(line, at, words) {
        return Some(at + 1);
    }
    let spelling = line.spelling(at);
    if spelling.len() == 1 && words.contains(&spelling) {
        return Some(at + 1);
    }
    let to_do = words.contains(&"to-do")
        && spelling.eq_ignore_ascii_case("to")
        && line.is_mark(at + 1, '-')
        && line.spelling(at + 2).eq_ignore_ascii_case("do");
    to_do.then_some(at + 3)
}

/// Whether one of the words stands at `at`, in any case.
pub(super) fn one_of(line: &Line, at: usize, words: &[&str]) -> bool {
    matches!(line.token(at).kind, Kind::Word(_)) && {
        let spelling = line.spelling(at);
        words.iter().any(|word| word.eq_ignore_ascii_case(spelling))
    }
}

/// The places of "to my to-do list", "off the list of things to do".
fn on_list(line: &Line, from: usize, to: usize) -> Option<(usize, usize)> {
    let lead = (from..to).rev().find_map(|at| {
        let next = at + 1;
        let led = one_of(line, at, LEADS)
            && (one_of(line, next, THE) || one_of(line, next, LISTS) || one_of(line, next, &["of", "to"]));
        let reach = (next..to.min(next + 6)).rev().find(|i| one_of(line, *i, LISTS));
        led.then_some(reach).flatten().map(|list| (at, list + 1))
    })?;
    let rest = ["of", "things", "to", "do", "dos", "todos", "chores", "tasks", "complete", "reminders"];
    let mut end = lead.1;
    if one_of(line, end, &["of"]) {
        while end < to && (one_of(line, end, &rest) || line.is_mark(end, '-')) {
            end += 1;
        }
    }
    Some((lead.0, end))
}
