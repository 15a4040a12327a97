//! Reminders inside a line: "remind me 15 minutes before", "with a reminder at 8", "remind me tomorrow at 9 to call mom".

mod meant;

use crate::candidate::TOKENS_MAX;
use crate::clock::{Intro, clock};
use crate::found::{ClockFound, DateFound, Days, Half, Strength};
use crate::length::{Length, length};
use crate::lexicon::{Key, Part, Unit};
use crate::line::Line;
use crate::moment::{Moment, moment};
use crate::reading::{Reminder, SpanKind};
use crate::rule::rule;
use crate::settings::Context;
use crate::token::Access;
use tasks_domain::error::{Error, Span};
use tasks_domain::when::When;

/// When to be reminded, as it was said.
#[derive(Clone, Copy, Debug)]
enum Ask {
    /// "15 minutes before".
    Before(Length),
    /// "1 day before at 9", "the night before".
    DaysBefore(i64, ClockFound),
    /// "at 8", "tomorrow at 9".
    At(Option<DateFound>, Option<ClockFound>),
    /// "remind me to", "with a reminder".
    WhenDue,
}

/// The reminders of a line and where they were said.
#[derive(Debug, Default)]
pub(crate) struct Reminders {
    asks: Vec<Ask>,
    pub spans: Vec<(SpanKind, Span)>,
}

/// Most reminders of one line; more stay in the title.
const ASKS_MAX: usize = 8;

/// Reads all reminders and keeps the other rules off them.
pub(crate) fn reminders(line: &mut Line) -> Reminders {
    let mut found = Reminders::default();
    let mut at = opener(line, &mut found);
    while at < line.len().min(TOKENS_MAX) && found.asks.len() < ASKS_MAX {
        if !line.is(at, Key::Remind) {
            at += 1;
            continue;
        }
        let Some((start, end, asks)) = asked(line, at) else {
            at += 1;
            continue;
        };
        found.asks.extend(asks.into_iter().take(ASKS_MAX));
        take(line, start, end, SpanKind::Reminder, &mut found);
        at = end;
    }
    found
}

fn take(line: &mut Line, from: usize, to: usize, kind: SpanKind, found: &mut Reminders) {
    found.spans.push((kind, line.bytes(from, to)));
    line.close(from, to, Access::Taken);
}

fn is_me(line: &Line, at: usize) -> bool {
    ["me", "us"].iter().any(|word| line.spelling(at).eq_ignore_ascii_case(word))
}

/// "reminder", which takes a length before it ("10 minute reminder"); "remind" does not.
fn is_noun(line: &Line, at: usize) -> bool {
    ["reminder", "reminders", "notification", "alert"].iter().any(|word| line.spelling(at).eq_ignore_ascii_case(word))
}

/// "remind me to", "reminder:", "set a reminder for", "please remind me tomorrow at 9 to" at the beginning: the rest is the task.
/// The place behind.
fn opener(line: &mut Line, found: &mut Reminders) -> usize {
    let polite = |at: usize| {
        // What an intent took is not taken again.
        line.is_free(at)
            && (["please", "can", "could", "you", "kindly", "set", "create", "make", "add", "up", "me"]
                .iter()
                .any(|word| line.spelling(at).eq_ignore_ascii_case(word))
                || line.word(at).article)
    };
    let Some(at) = (0..6).find(|at| line.is(*at, Key::Remind) || !polite(*at)).filter(|at| line.is(*at, Key::Remind))
    else {
        return 0;
    };
    let me = is_me(line, at + 1);
    let noun = is_noun(line, at);
    let colon = line.is_mark(at + 1, ':');
    if !(me || colon || noun && at > 0 || noun && joins_task(line, at + 1)) {
        return 0;
    }
    let mut end = at + 1 + usize::from(me || colon);
    let joined = end + usize::from(joins_task(line, end));
    if let Some((from, to, past)) = past_moment(line, joined, line.len()).filter(|_| me) {
        found.asks.push(past);
        take(line, 0, joined, SpanKind::Command, found);
        take(line, from, to, SpanKind::Reminder, found);
        return joined;
    }
    if let Some(to) = when_before_task(line, joined).filter(|_| !colon) {
        // "remind me tomorrow at 9 to call mom": what stands between is the date of the task.
        take(line, to, to + 1, SpanKind::Command, found);
        end = joined;
    } else if joined > end {
        end = joined;
    } else if me && (end >= line.len() || length(line, end).is_some()) {
        return 0;
    }
    found.asks.push(Ask::WhenDue);
    take(line, 0, end, SpanKind::Command, found);
    end
}

/// A time that is past of what one is to be reminded of: "yesterday at 9 to call mom", "to call mom yesterday at 9". Its places, and
/// what it asks.
fn past_moment(line: &Line, from: usize, to: usize) -> Option<(usize, usize, Ask)> {
    let past = |at: usize| moment(line, at).filter(|found| is_past(line, found));
    let ask = |found: &Moment| Ask::At(found.date, found.clock);
    if let Some(found) = past(from).filter(|found| joins_task(line, found.end)) {
        return Some((from, found.end + 1, ask(&found)));
    }
    let last = to.min(TOKENS_MAX);
    // "that mom arrived yesterday" tells what was.
    let told = !line.spelling(from.wrapping_sub(1)).eq_ignore_ascii_case("to");
    let found = (from + 1..last).filter(|_| !told).filter_map(past).find(|found| found.end >= last)?;
    Some((found.start, found.end, ask(&found)))
}

/// What [`past_moment`] finds behind "remind me", kept off the other rules: its bytes and the reminder.
pub(crate) fn take_past(line: &mut Line, from: usize, to: usize) -> Option<(Span, Reminder)> {
    let (start, end, ask) = past_moment(line, from, to)?;
    let reminder = ask.meant(line, None)?;
    let span = line.bytes(start, end);
    line.close(start, end, Access::Taken);
    Some((span, reminder))
}

/// "to", "about", "that", "of", "for", which lead from "remind me" to what.
fn joins_task(line: &Line, at: usize) -> bool {
    let joins = matches!(line.key(at), Some(Key::To | Key::About | Key::Of | Key::For | Key::Link | Key::On));
    let word = line.spelling(at);
    joins && ["to", "about", "that", "of", "for"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// The place of the "to" that follows a date, time or rule right behind "remind me".
fn when_before_task(line: &Line, at: usize) -> Option<usize> {
    let mut end = rule(line, at).map(|found| found.end).or_else(|| moment(line, at).map(|found| found.end))?;
    if let Some(more) = moment(line, end).filter(|more| more.introduced || more.date.is_some()) {
        end = more.end;
    }
    joins_task(line, end).then_some(end)
}

/// The reminder said around the word at `at`: first token, the place behind the last, and what it asks.
fn asked(line: &Line, at: usize) -> Option<(usize, usize, Vec<Ask>)> {
    let start = beginning(line, at);
    let mut end = at + 1 + usize::from(is_me(line, at + 1));
    // "10 minute reminder"
    let lead = ahead(line, at).filter(|_| is_noun(line, at) && !is_me(line, at + 1));
    if let Some((from, ask)) = lead.filter(|(from, _)| !line.is(from.wrapping_sub(1), Key::For)) {
        return Some((beginning(line, from), at + 1, vec![ask]));
    }
    let mut asks = Vec::new();
    while asks.len() < ASKS_MAX {
        let next = if asks.is_empty() {
            line.skip_mark(end, ':')
        } else {
            let next = line.skip(line.skip_mark(end, ','), Key::And);
            if next == end {
                break;
            }
            next
        };
        let Some((ask, after)) = one(line, next) else { break };
        asks.push(ask);
        end = after;
    }
    if asks.is_empty() {
        // "with a reminder", "remind me" and nothing more.
        let alone = end >= line.len() && start < at || end >= line.len() && end > at + 1;
        return (alone && at > 0).then(|| (start, end, vec![Ask::WhenDue]));
    }
    Some((start, end, asks))
}

/// The words before a reminder that belong to it: "and set a", "with a", "please".
fn beginning(line: &Line, at: usize) -> usize {
    let mut start = at;
    while start > 0 {
        let before = start - 1;
        let word = line.spelling(before);
        let belongs = line.word(before).article
            || line.is(before, Key::And)
            || ["with", "set", "please", "send"].iter().any(|w| word.eq_ignore_ascii_case(w))
            || start < at && is_me(line, before);
        if !(belongs && line.is_free(before)) {
            break;
        }
        start = before;
    }
    start
}

/// A length right before the word: "30m reminder", "2 hours before notification".
fn ahead(line: &Line, at: usize) -> Option<(usize, Ask)> {
    let end = if matches!(line.key(at.wrapping_sub(1)), Some(Key::Before)) { at - 1 } else { at };
    (end.saturating_sub(4)..end).find_map(|from| {
        length(line, from).filter(|(_, after)| *after == end).map(|(length, _)| (from, Ask::Before(length)))
    })
}

/// One time of a reminder and the place behind it.
fn one(line: &Line, at: usize) -> Option<(Ask, usize)> {
    let pos = at + usize::from(matches!(line.key(at), Some(Key::At | Key::For | Key::On | Key::By)));
    if let Some(found) = day_before(line, pos) {
        return Some(found);
    }
    if let Some(end) = when_due(line, at) {
        return Some((Ask::WhenDue, end));
    }
    if let Some((length, end)) = length(line, pos) {
        let (before, end) = said_before(line, end);
        let whole_days = length.days > 0 && length.seconds == 0 && length.months == 0;
        if let Some(time) = clock_behind(line, end).filter(|_| whole_days && before) {
            return Some((Ask::DaysBefore(length.days, time), time.end));
        }
        if before || !line.goes_on(end) && !line.is(end, Key::Ago) && pos == at {
            return Some((Ask::Before(length), end));
        }
    }
    let found = moment(line, at)?;
    let joined = found.date.is_some();
    let date_fits = found.date.is_none_or(|date| {
        let heard = date.strength < Strength::NeedsIntro || found.introduced || is_past(line, &found);
        heard && !matches!(date.days, Days::Wrong(_))
    });
    let clock_fits = found.clock.is_none_or(|clock| {
        clock.wrong.is_none() && (clock.strength < Strength::NeedsIntro || found.introduced || joined)
    });
    (date_fits && clock_fits && !line.goes_on(found.end)).then_some((Ask::At(found.date, found.clock), found.end))
}

/// "yesterday at 9" is heard, so that it can be refused.
fn is_past(line: &Line, found: &Moment) -> bool {
    let date = found.date.filter(|date| date.strength == Strength::Whole);
    date.is_some_and(|date| match date.days {
        Days::Moment(time) => time.instant() < line.context.now.instant(),
        _ => date.first().is_some_and(|day| day < line.today),
    })
}

/// "when it is due", "when due", "at due time", "on time": the place behind it.
fn when_due(line: &Line, at: usize) -> Option<usize> {
    let is = |at: usize, words: &[&str]| words.iter().any(|w| line.spelling(at).eq_ignore_ascii_case(w));
    let mut end = at;
    if is(end, &["on"]) && is(end + 1, &["time"]) {
        return Some(end + 2).filter(|end| !line.goes_on(*end));
    }
    end += usize::from(is(end, &["when", "once", "at"]));
    if end == at {
        return None;
    }
    if is(end, &["it's", "its", "it’s"]) {
        end += 1;
    } else if is(end, &["it", "that"]) && is(end + 1, &["is"]) {
        end += 2;
    }
    if !line.is(end, Key::Due) {
        return None;
    }
    end += 1;
    Some(end + usize::from(is(end, &["time"]))).filter(|end| !line.goes_on(*end))
}

/// "before", "earlier", "in advance", "before that", "ahead of time": the place behind it.
fn said_before(line: &Line, at: usize) -> (bool, usize) {
    let is = |at: usize, words: &[&str]| words.iter().any(|w| line.spelling(at).eq_ignore_ascii_case(w));
    if line.is(at, Key::Before) || is(at, &["earlier", "ahead", "beforehand", "early"]) {
        let mut end = at + 1;
        if is(end, &["that", "it", "hand", "then"]) && !line.goes_on(end + 1) {
            end += 1;
        } else if line.is(end, Key::Of) && is(end + 1, &["time"])
            || is(end, &["it's", "its", "it’s"]) && line.is(end + 1, Key::Due)
        {
            end += 2;
        }
        return (true, end);
    }
    if line.is(at, Key::In) && is(at + 1, &["advance"]) {
        return (true, at + 2);
    }
    (false, at)
}

/// "the day before", "the night before", "the evening before at 8".
fn day_before(line: &Line, at: usize) -> Option<(Ask, usize)> {
    if !line.is(at, Key::The) || !line.is(at + 2, Key::Before) {
        return None;
    }
    let (_, end) = said_before(line, at + 2);
    if let Some(part) = line.word(at + 1).part {
        let time = clock_behind(line, end).unwrap_or_else(|| part_alone(end, part));
        return Some((Ask::DaysBefore(1, ClockFound { part: Some(part), ..time }), time.end));
    }
    if line.unit(at + 1) != Some(Unit::Day) {
        return None;
    }
    match clock_behind(line, end) {
        Some(time) => Some((Ask::DaysBefore(1, time), time.end)),
        None => Some((Ask::Before(Length { days: 1, ..Length::default() }), end)),
    }
}

fn part_alone(end: usize, part: Part) -> ClockFound {
    let nothing = crate::found::Clock { minutes: 0, second: 0, half: Half::Known };
    ClockFound { clock: None, part: Some(part), ..ClockFound::new(end, nothing, Strength::Sure) }
}

fn clock_behind(line: &Line, at: usize) -> Option<ClockFound> {
    let said = line.is(at, Key::At);
    let found = clock(line, at + usize::from(said), Intro { at: said, from: false, dated: true })?;
    let fits = found.wrong.is_none() && (found.strength < Strength::NeedsIntro || said && !line.goes_on(found.end));
    fits.then_some(found)
}

impl Reminders {
    /// Whether anything asks to be reminded.
    pub(crate) fn any(&self) -> bool {
        !self.asks.is_empty()
    }

    /// When they are, once it is known when the task is due. Those that hang on a date the task does not have are left out.
    pub(crate) fn meant(&self, line: &Line, due: Option<When>) -> Vec<Reminder> {
        let mut all: Vec<Reminder> = Vec::new();
        for reminder in self.asks.iter().filter_map(|ask| ask.meant(line, due)) {
            if !all.contains(&reminder) {
                all.push(reminder);
            }
        }
        all
    }
}

/// Reads a text that says nothing but when to be reminded: `15 minutes before`, `at 8`, `the day before at 9`, `in 2 hours`,
/// `1 week before and 1 day before`. What hangs on a due date that is not there is left out.
pub fn read_reminders(text: &str, due: Option<When>, context: &Context) -> Result<Vec<Reminder>, Error> {
    let mut line = Line::new(text, context);
    line.only = true;
    let unreadable = || Error::UnreadableReminder { text: text.to_owned(), span: Span::whole(text) };
    let mut at = usize::from(line.is(0, Key::Remind));
    at += usize::from(at > 0 && is_me(&line, at));
    let mut asks = Vec::new();
    while asks.len() < ASKS_MAX {
        let (ask, after) = one(&line, at).ok_or_else(unreadable)?;
        asks.push(ask);
        if after >= line.len() {
            return Ok(Reminders { asks, spans: Vec::new() }.meant(&line, due));
        }
        at = line.skip(line.skip_mark(after, ','), Key::And);
        if at == after {
            break;
        }
    }
    Err(unreadable())
}
