//! What a sentence wants: a new task, a list, a change, nothing of ours. `parse` reads any text as a task to add; `understand`
//! reads it as something said.
//!
//! Three layers: the rows of `phrases` for what can only be meant one way and for the words that are the command; a linear model
//! (`model`) for the rest; and what was read in the line (a date, a tag) for sentences the model takes for small talk.

mod command;
mod features;
mod half;
mod model;
mod phrases;
mod step;
mod values;

use crate::line::Line;
use crate::read::{parse_within, read};
use crate::reading::{Changes, Intent, ReadSpan, Reading, SpanKind};
use crate::reminder::take_past;
use crate::settings::{Context, Scope};
use crate::title::title;
use crate::token::Access;
use command::{Bounds, Command, asks_whether};
use model::{Guess, sureness};
use phrases::{ABOUT_TASKS, ASKING, CHORES, HANDS_ON, MONEY, NOUNS, PUTTING, QUESTIONS, THE};
pub use step::step_asked;
use tasks_domain::error::Span;
use tasks_domain::when::{LocalTime, When};
use values::Values;

/// How sure a row is that can only be meant one way, when the model agrees and when it does not.
const CERTAIN: (f32, f32) = (0.98, 0.93);
/// How sure a text is a task that the model takes for small talk and that has a date or a marker.
const DATED: f32 = 0.6;
/// The model is not overruled by a date when it is surer than this that nothing of ours is meant.
const SURELY_NOTHING: f32 = 0.97;
/// "move the piano friday" is an update when the model is surer of it than this.
const SURELY_CHANGED: f32 = 0.96;
/// Words that a command may leave at the ends of the task's name.
const EDGES: &[&str] = &[
    "to", "as", "with", "by", "until", "till", "due", "on", "for", "is", "of", "about", "from", "in", "into", "that",
    "back", "off", "forward",
];

/// Reads a text as something said to a task manager: with its intent, the words that name a task, and the new values.
///
/// Never fails, like [`crate::parse`]; costs a few microseconds, linear in the length of the text.
pub fn understand(text: &str, context: &Context) -> Reading {
    understand_within(text, context, Scope::ALL)
}

/// As [`understand`], for a caller that cannot keep all that a line can say.
pub fn understand_within(text: &str, context: &Context, scope: Scope) -> Reading {
    if let Some(half) = half::said(text, || parse_within("", context, scope)) {
        return half;
    }
    let mut line = Line::new(text, context);
    let guess = Guess::of(text);
    let bounds = Bounds::of(&line);
    let (mut intent, mut sure, mut command) = decide(&line, &bounds, &guess);
    let changing = matches!(intent, Intent::UpdateTask | Intent::Snooze | Intent::CreateRecurring);
    let mut said = match &command {
        Some(command) if changing => values::values(&line, command),
        _ => Values::default(),
    };
    // "move the piano in 2 hours" says when to do it, "move the piano lesson to friday" what becomes of it.
    if intent == Intent::UpdateTask
        && said.is_empty()
        && command.is_some_and(|c| command::one_of(&line, c.verb, HANDS_ON))
        && sure < SURELY_CHANGED
    {
        (intent, command) = (Intent::CreateTask, None);
    }
    if intent == Intent::ListTasks
        && let Some((priority, place)) = values::asked_priority(&line, bounds.from, bounds.to)
    {
        said.priority = Some(priority);
        said.taken.push(place);
    }
    let mut taken: Vec<(usize, usize)> = Vec::new();
    if let Some(command) = &command {
        taken.extend([(0, command.from), (command.to, bounds.end)]);
        taken.extend(command.list);
    }
    taken.append(&mut said.taken);
    // "remind me yesterday at 9 to call mom": heard, so that it can be refused.
    let past = command.filter(|_| intent == Intent::SetReminder).and_then(|c| take_past(&mut line, c.from, c.to));
    let mut spans = close(&mut line, taken);
    spans.extend(past.map(|(span, _)| (SpanKind::Reminder, span)));
    let begins_a_chore = command::one_of(&line, 0, CHORES);
    let new_title = said.title.map(|at| new_title(&line, at, command.as_ref()));
    let mut reading = read(line, scope, &spans);
    if let Some((_, reminder)) = past {
        reading.reminders.push(reminder);
        reading.reminds = true;
    }
    let understood = !reading.spans.iter().all(|s| s.kind == SpanKind::Command);
    if intent == Intent::None
        && (understood || begins_a_chore)
        && guess.share(Intent::None) < SURELY_NOTHING
        && !is_question(text)
    {
        (intent, sure) = (Intent::CreateTask, DATED);
    }
    // A date alone ("feb 28 to march 1") says nothing of any task.
    let acts = matches!(intent, Intent::UpdateTask | Intent::Snooze | Intent::CompleteTask | Intent::DeleteTask);
    if acts && command.is_none() && reading.title.is_none() {
        (intent, sure) = (Intent::CreateTask, DATED);
    }
    if intent == Intent::CreateTask && asks_for_today(text) {
        (intent, sure) = (Intent::ListTasks, CERTAIN.1);
    }
    // The reading is a little less sure of plain titles because they may be small talk: that is told apart here.
    let reading_share = reading.confidence / if understood { 0.97 } else { 0.85 };
    reading.intent = intent;
    reading.confidence = (sure * reading_share).clamp(0.01, 0.99);
    finish(text, context, reading, said, new_title)
}

/// The intent, how sure it is, and the row with its words.
fn decide(line: &Line, bounds: &Bounds, guess: &Guess) -> (Intent, f32, Option<Command>) {
    let certain = command::certain(line, bounds).or_else(|| command::by_list(line, bounds));
    if let Some(command) = certain {
        let sure = if guess.best() == command.intent { CERTAIN.0 } else { CERTAIN.1 };
        return (command.intent, sure, Some(command));
    }
    if let Some(command) = command::to_label(line, bounds) {
        return (command.intent, CERTAIN.0, Some(command));
    }
    if asks_for_tasks(line, bounds) && guess.best() != Intent::Help {
        let sure = if guess.best() == Intent::ListTasks { CERTAIN.0 } else { CERTAIN.1 };
        return (Intent::ListTasks, sure, None);
    }
    let mut intent = guess.best();
    // "remind me how to spell that"
    if command::asks_to_recall(line, bounds.from) {
        return (Intent::None, DATED, None);
    }
    if intent == Intent::SetReminder && recalls(line, bounds) {
        intent = Intent::ListTasks;
    }
    let acts = matches!(intent, Intent::CompleteTask | Intent::DeleteTask);
    if acts && asks_whether(line, bounds.from) {
        // "is the report done?"
        intent = Intent::ListTasks;
    } else if intent == Intent::DeleteTask && is_chore(line, bounds) {
        intent = Intent::CreateTask;
    }
    let putting = guess.written_down && command::one_of(line, bounds.from, PUTTING);
    let command = match intent {
        Intent::CreateTask if putting => None,
        Intent::None | Intent::Help | Intent::Undo | Intent::ListTasks => None,
        _ => command::of_intent(line, bounds, intent),
    };
    // "call the plumber due thursday": without a word that changes something it is a task of its own.
    if matches!(intent, Intent::UpdateTask | Intent::Snooze) && command.is_none() && !says_change(line, bounds) {
        return (Intent::CreateTask, DATED, None);
    }
    let said = if intent == guess.best() { sureness(guess.share(intent)) } else { DATED };
    (intent, said, command)
}

/// "today": what is due then. Any other date alone may be the answer to something.
fn asks_for_today(text: &str) -> bool {
    text.trim().trim_end_matches(['?', '!', '.']).eq_ignore_ascii_case("today")
}

/// "the demo is now on friday", "it moved to monday", "friday instead".
fn says_change(line: &Line, bounds: &Bounds) -> bool {
    (bounds.from..bounds.to).any(|at| {
        command::one_of(line, at, &["instead", "moved", "rescheduled", "postponed", "delayed"])
            || command::one_of(line, at, &["is"]) && command::one_of(line, at + 1, &["now", "due"])
    })
}

/// "drop off the suit", "empty the bins": what looks like a deletion, and is to be done to a thing.
fn is_chore(line: &Line, bounds: &Bounds) -> bool {
    let (verb, next) = (bounds.from, bounds.from + 1);
    let tip = command::one_of(line, verb, &["empty", "dump"])
        && (next..bounds.to).any(|at| command::one_of(line, at, &["trash", "bin", "bins", "garbage", "rubbish"]));
    tip || command::one_of(line, verb, &["drop"]) && command::one_of(line, next, &["off"])
}

/// "did you set a reminder for noon", "let me see all meetings": nothing is to be remembered anew.
fn recalls(line: &Line, bounds: &Bounds) -> bool {
    let from = bounds.from;
    let shows = command::one_of(line, from, &["let"]) && command::one_of(line, from + 2, &["hear", "see"]);
    asks_whether(line, 0) || asks_whether(line, from) || shows
}

/// "which tasks are high priority", "anything due on friday?", "show overdue".
fn asks_for_tasks(line: &Line, bounds: &Bounds) -> bool {
    let asks = command::one_of(line, bounds.from, QUESTIONS);
    let how_to =
        command::one_of(line, bounds.from, &["how"]) && !command::one_of(line, bounds.from + 1, &["many", "much"]);
    let owed = (bounds.from..bounds.to).any(|at| command::one_of(line, at, MONEY));
    // Flights and bills are due too.
    let due =
        |at: usize| command::one_of(line, at, &["due"]) && !owed && !command::one_of(line, at + 1, &["to", "for"]);
    asks && !how_to && (bounds.from + 1..bounds.to).any(|at| command::one_of(line, at, ABOUT_TASKS) || due(at))
}

fn is_question(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    text.trim_end().ends_with('?') || QUESTIONS.iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// Keeps these tokens out of the title and off the rules; the bytes they stand on.
fn close(line: &mut Line, mut taken: Vec<(usize, usize)>) -> Vec<(SpanKind, Span)> {
    taken.retain(|(from, to)| from < to);
    taken.sort_unstable();
    let mut spans: Vec<(SpanKind, Span)> = Vec::with_capacity(taken.len());
    for (from, to) in taken {
        let span = line.bytes(from, to);
        line.close(from, to, Access::Taken);
        match spans.last_mut() {
            Some((_, last)) if last.end >= span.start => last.end = last.end.max(span.end),
            _ => spans.push((SpanKind::Command, span)),
        }
    }
    spans
}

fn new_title(line: &Line, at: usize, command: Option<&Command>) -> String {
    let end = command.map_or(line.len(), |command| command.to);
    let span = line.bytes(at, end);
    line.text[span.start..span.end].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts what was read where the intent wants it.
fn finish(text: &str, context: &Context, mut reading: Reading, said: Values, new_title: Option<String>) -> Reading {
    match reading.intent {
        Intent::CreateTask | Intent::SetReminder => {
            if reading.spans.first().is_some_and(|s| s.kind == SpanKind::Command) {
                absorb(text, &mut reading.spans, Edges::First, &["to", "about", "of", "that", "for", ":"]);
                reading.title = title(text, &reading.spans);
            }
        }
        Intent::CreateRecurring | Intent::None => {}
        Intent::ListTasks => {
            reading.priority = reading.priority.or(said.priority);
            absorb(text, &mut reading.spans, Edges::All, ASKING);
            reading.target = title(text, &reading.spans);
            reading.title = None;
        }
        Intent::Undo | Intent::Help => {
            let span = Span::new(text.len() - text.trim_start().len(), text.trim_end().len());
            reading.spans = vec![ReadSpan { kind: SpanKind::Command, span }];
            reading.title = None;
        }
        Intent::CompleteTask | Intent::DeleteTask => {
            name_target(text, &mut reading);
        }
        Intent::UpdateTask | Intent::Snooze => {
            name_target(text, &mut reading);
            reading.changes = Some(changes(context, &mut reading, said, new_title));
        }
    }
    reading
}

/// Takes the rest of the text as the name of a task.
fn name_target(text: &str, reading: &mut Reading) {
    absorb(text, &mut reading.spans, Edges::Last, EDGES);
    absorb(text, &mut reading.spans, Edges::First, THE);
    absorb(text, &mut reading.spans, Edges::Last, NOUNS);
    reading.target = title(text, &reading.spans);
    reading.title = None;
}

/// Moves what was read to the fields to set.
fn changes(context: &Context, reading: &mut Reading, said: Values, title: Option<String>) -> Changes {
    let mut tags = std::mem::take(&mut reading.tags);
    tags.extend(said.tag);
    let snoozed = said.later.filter(|_| reading.intent == Intent::Snooze);
    let due = reading.due.take().or_else(|| snoozed.and_then(|by| later(context, by)));
    Changes {
        title,
        due,
        start: reading.start.take(),
        end: reading.end.take(),
        postpone: if snoozed.is_some() { None } else { said.later },
        later: snoozed,
        duration: reading.duration.take(),
        priority: reading.priority.take().or(said.priority),
        tags,
        project: reading.project.take().or(said.project),
        notes: reading.notes.take(),
    }
}

/// This long from now, in the person's zone.
fn later(context: &Context, by: chrono::Duration) -> Option<When> {
    let local = context.now.local().checked_add_signed(by)?;
    let day = by.num_seconds() % 86_400 == 0;
    Some(if day { When::Date(local.date()) } else { When::At(LocalTime::new(local, context.now.zone())) })
}

/// Which of the words that are left may be a part of the command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edges {
    First,
    Last,
    All,
}

/// Counts words that are left and that say nothing themselves to the command, so that they are in no title.
fn absorb(text: &str, spans: &mut Vec<ReadSpan>, edges: Edges, words: &[&str]) {
    let says_nothing = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        words.iter().any(|w| w.eq_ignore_ascii_case(bare)) || bare.is_empty() && edges != Edges::First
    };
    let mut free = free_words(text, spans);
    let nothing = |span: &Span| says_nothing(&text[span.start..span.end]);
    let found: Vec<Span> = match edges {
        Edges::All => free.filter(nothing).collect(),
        Edges::First => {
            // The last word is kept: a task has a name.
            let last = free.next_back();
            free.take_while(nothing).take_while(|span| Some(span) != last.as_ref()).collect()
        }
        Edges::Last => {
            free.next();
            free.rev().take_while(nothing).collect()
        }
    };
    spans.extend(found.into_iter().map(|span| ReadSpan { kind: SpanKind::Command, span }));
    spans.sort_by_key(|s| s.span.start);
}

/// The words that no span covers.
fn free_words<'t>(text: &'t str, spans: &[ReadSpan]) -> impl DoubleEndedIterator<Item = Span> + use<'t> {
    let mut gaps = Vec::with_capacity(spans.len() + 1);
    let mut from = 0;
    for one in spans {
        gaps.push((from, one.span.start));
        from = one.span.end;
    }
    gaps.push((from, text.len()));
    let place = move |word: &str| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        Span::new(start, start + word.len())
    };
    gaps.into_iter().flat_map(move |(from, to)| text[from..to].split_whitespace().map(place))
}
