//! All that could be read at all places of a line, and which of it is meant at that place.

use crate::found::{ClockFound, DateFound, Days, Problem, Strength};
use crate::length::{Length, length};
use crate::lexicon::{Key, Phrase};
use crate::line::Line;
use crate::moment::{Moment, moment};
use crate::offset::ends_in;
use crate::rule::{self, REACH, Said, opens, rule, tail};
use crate::token::Kind;

/// Something that could be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// First token.
    pub start: usize,
    /// The place behind the last token.
    pub end: usize,
    pub what: What,
    /// What it fills of a reading, each of which is there once: a set of the constants below.
    pub slots: u8,
    /// How much is gained by reading it; always positive.
    pub score: i32,
}

/// What could be read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    Moment {
        date: Option<DateFound>,
        clock: Option<ClockFound>,
    },
    Duration(Length),
    /// Index into the rules of the offers.
    Rule(usize),
    /// What ends a rule and stands apart from it: index into the tails of the offers.
    Tail(usize),
}

impl Candidate {
    const DATE: u8 = 1;
    const TIME: u8 = 2;
    const DURATION: u8 = 4;
    const RULE: u8 = 8;
    /// Where a rule begins that names its days itself.
    const START: u8 = 16;
    /// Number of combinations of what a reading can hold.
    pub(crate) const SLOT_SETS: usize = 32;

    fn moment_slots(date: Option<&DateFound>, clock: Option<&ClockFound>) -> u8 {
        let day = date.map_or(0, |date| {
            let timed = date.time.is_some() || matches!(date.days, Days::Moment(_));
            if timed { Self::DATE | Self::TIME } else { Self::DATE }
        });
        day | if clock.is_some() { Self::TIME } else { 0 }
    }

    /// A rule that names its days leaves no place for a date beside it.
    fn rule_slots(said: &Said) -> u8 {
        let days = if said.names_days() || said.start.is_some() { Self::DATE } else { 0 };
        let time = if said.timed() { Self::TIME } else { 0 };
        let ends = said.until.is_some() || said.count.is_some() || said.lasts.is_some();
        Self::RULE | days | time | if ends { Self::DURATION } else { 0 }
    }
}

/// What a line offers to be read.
#[derive(Debug, Default)]
pub(crate) struct Offers {
    /// In the order of their first tokens.
    pub candidates: Vec<Candidate>,
    /// Whether rules are read at all.
    pub ruled: bool,
    /// The rules among them.
    pub rules: Vec<Said>,
    /// What ends rules and stands apart from them.
    pub tails: Vec<Said>,
    /// What looks like a date or time and cannot be one: first token, the place behind, why.
    pub wrong: Vec<(usize, usize, Problem)>,
}

/// How many tokens are looked at. A title has at most a thousand characters, so that what is beyond can only be refused.
pub(crate) const TOKENS_MAX: usize = 4_096;
/// How many impossible dates are told of.
const WRONG_MAX: usize = 8;

/// Collects the dates, times and durations of a line.
pub(crate) fn offers(line: &Line, rules: bool) -> Offers {
    let mut offers = Offers { ruled: rules, ..Offers::default() };
    let bounds = bounds(line);
    let mut at = 0;
    let mut again = if rules { opens(line, 0) } else { None };
    while at < line.len().min(TOKENS_MAX) {
        if again.is_some_and(|opens| opens < at) {
            again = opens(line, at);
        }
        let near = again.is_some_and(|opens| opens - at <= REACH);
        let behind = if near || !offers.rules.is_empty() { recurring(line, at, near, &mut offers) } else { None };
        at = behind.unwrap_or_else(|| step(line, at, bounds, &mut offers));
    }
    if !offers.rules.is_empty() {
        for candidate in offers.candidates.iter_mut().filter(|c| line.is(c.start, Key::From)) {
            if candidate.slots & Candidate::DATE != 0 {
                candidate.slots = candidate.slots & !Candidate::DATE | Candidate::START;
            }
        }
    }
    offers.wrong.truncate(WRONG_MAX);
    offers
}

/// How much a rule is worth more than any date: two dates leave one in the title, a rule left there is lost.
const RULE_SCORE: i32 = 60;
/// Less for an adverb that may be an adjective: "weekly review".
const ADVERB_SCORE: i32 = 40;

/// How much more a date is worth that is said to be the due: "the outlook for the coming year due friday".
const DUE_SCORE: i32 = 20;

/// Reads the rule that begins at `at`, or what ends one that stands before; the place behind it.
fn recurring(line: &Line, at: usize, near: bool, offers: &mut Offers) -> Option<usize> {
    if matches!(line.phrase(at), Some((Phrase::Protected, _))) {
        return None;
    }
    if near && let Some(found) = rule(line, at) {
        if let Some(problem) = found.said.impossible() {
            offers.wrong.push((line.after_words(at, found.end), found.end, problem));
            return Some(found.end);
        }
        push_rule(found.said, at, found.end, offers);
        return Some(found.end);
    }
    let (said, end) = tail(line, at).filter(|_| !offers.rules.is_empty())?;
    offers.candidates.push(Candidate {
        start: at,
        end,
        what: What::Tail(offers.tails.len()),
        slots: if said.start.is_some() { Candidate::START } else { Candidate::DURATION },
        score: 8 + 2 * count(end - at),
    });
    offers.tails.push(said);
    Some(end)
}

fn push_rule(said: Said, start: usize, end: usize, offers: &mut Offers) {
    let base = if said.adverb { ADVERB_SCORE } else { RULE_SCORE };
    offers.candidates.push(Candidate {
        start,
        end,
        what: What::Rule(offers.rules.len()),
        slots: Candidate::rule_slots(&said),
        score: base + 2 * count(end - start),
    });
    offers.rules.push(said);
}

/// Reads what begins at `at`; the next place to look at.
fn step(line: &Line, at: usize, bounds: (usize, usize), offers: &mut Offers) -> usize {
    let next = at + 1;
    if line.kinds(at).is_empty() {
        return next;
    }
    let phrase = line.phrase(at);
    if let Some((Phrase::Protected, end)) = phrase {
        return end;
    }
    // The end of something that began before, and what lies behind, is not when a task is due.
    if matches!(line.key(at), Some(Key::Until | Key::Since)) {
        let next = line.skip_mark(next, ':');
        return moment(line, next).map_or(next, |found| found.end.max(next));
    }
    if line.is(at, Key::For)
        && let Some((duration, end)) = length(line, next)
    {
        // "set a timer for 10 minutes" is about when they are over.
        let timer = at > 0 && line.spelling(at - 1).eq_ignore_ascii_case("timer");
        if let Some(over) = timer.then(|| ends_in(line, duration, end)).flatten() {
            let what = What::Moment { date: Some(over), clock: None };
            let slots = Candidate::moment_slots(Some(&over), None);
            offers.candidates.push(Candidate { start: at, end, what, slots, score: 20 });
            return end;
        }
        let score = 8 + 2 * count(end - at);
        offers.candidates.push(Candidate {
            start: at,
            end,
            what: What::Duration(duration),
            slots: Candidate::DURATION,
            score,
        });
        return end;
    }
    let Some(found) = moment(line, at) else {
        return match phrase {
            Some((Phrase::Holiday(_), end)) => end,
            _ => next,
        };
    };
    consider(line, &found, bounds, offers).max(next)
}

/// Adds what was found if it is meant; the next place to look at.
fn consider(line: &Line, found: &Moment, bounds: (usize, usize), offers: &mut Offers) -> usize {
    let whole = found.start <= bounds.0 && found.end >= bounds.1;
    let mut found = *found;
    // "on friday 25:00": what can be is read, what cannot stays.
    if let Some(problem) = found.clock.and_then(|clock| clock.wrong) {
        let end = found.end;
        let start =
            (found.start..end).find(|i| line.digits(*i).is_some() && line.is_mark(i + 1, ':')).unwrap_or(found.start);
        offers.wrong.push((start, end, problem));
        found.clock = None;
        if found.date.is_none_or(|date| date.end > start) {
            return end;
        }
        found.end = found.date.map_or(end, |date| date.end);
        return consider(line, &found, bounds, offers).max(end);
    }
    if let Some(DateFound { days: Days::Wrong(problem), strength, end, .. }) = found.date {
        if fits(line, &found, strength, whole) {
            let start = line.after_words(found.start, end);
            offers.wrong.push((start, end, problem));
        }
        return found.end;
    }
    let date_fits = found.date.is_none_or(|date| fits(line, &found, date.strength, whole));
    let clock_fits = found.clock.is_none_or(|clock| fits(line, &found, clock.strength, whole));
    if !(date_fits && clock_fits) || !whole && is_name(line, &found) {
        return found.end;
    }
    if let Some(said) = offers.ruled.then(|| rule::of_range(line, &found)).flatten() {
        push_rule(said, found.start, found.end, offers);
        return found.end;
    }
    let sure = [found.date.map(|d| d.strength), found.clock.map(|c| c.strength)];
    let evidence: i32 = sure.iter().flatten().map(|s| if *s == Strength::Sure { 14 } else { 10 }).sum();
    let misspelt = (found.start..found.end).filter(|i| line.token(*i).misspelt).count();
    let due = if line.is(found.start, Key::Due) { DUE_SCORE } else { 0 };
    let length = 2 * count(found.end - found.start);
    let score = evidence + length + 3 * i32::from(found.introduced) + due - 2 * count(misspelt);
    let slots = Candidate::moment_slots(found.date.as_ref(), found.clock.as_ref());
    let what = What::Moment { date: found.date, clock: found.clock };
    offers.candidates.push(Candidate { start: found.start, end: found.end, what, slots, score });
    found.end
}

/// A number of tokens as part of a score.
fn count(tokens: usize) -> i32 {
    i32::try_from(tokens).unwrap_or(i32::MAX / 8)
}

/// First word or number that no marker has taken, and the place behind the last.
fn bounds(line: &Line) -> (usize, usize) {
    let free = |at: &usize| line.is_free(*at) && !matches!(line.token(*at).kind, Kind::Mark(_));
    let first = (0..line.len()).find(free).unwrap_or(0);
    let last = (0..line.len()).rev().find(free).unwrap_or(0);
    let closed = (0..first).chain(last + 1..line.len()).any(|at| {
        // Quoted words and what a later issue reads are part of the text; markers are not.
        line.keeps_title(at)
    });
    if closed { (0, usize::MAX) } else { (first, last + 1) }
}

/// Whether the surroundings are what a date or time of this strength needs.
fn fits(line: &Line, found: &Moment, strength: Strength, whole: bool) -> bool {
    let joined = found.date.is_some() && found.clock.is_some();
    let opens = found.start == 0;
    let goes_on = || line.goes_on(found.end);
    match strength {
        _ if whole => true,
        Strength::Sure => true,
        Strength::Loose => found.introduced || joined || opens || !goes_on(),
        Strength::NeedsIntro => (found.introduced || joined) && (joined || opens || !goes_on()),
        Strength::Whole => false,
    }
}

/// Whether the words are part of a name or a greeting: capital letters where a date has none ("The Day After Tomorrow"), or
/// praise before it ("happy friday").
fn is_name(line: &Line, found: &Moment) -> bool {
    let before = found.start.wrapping_sub(1);
    if !found.introduced && line.is(before, Key::Praise) {
        return true;
    }
    let capital = |at: usize| {
        let word = line.word(at);
        let spelling = line.spelling(at);
        let shouted = spelling.len() > 1 && spelling.bytes().all(|b| b.is_ascii_uppercase());
        line.token(at).capital
            && at > 0
            && word.weekday.is_none()
            && word.month.is_none()
            && !shouted
            && spelling.len() > 1
    };
    if found.clock.is_some_and(|clock| clock.zone.is_some()) {
        // Zones are written with capitals.
        return false;
    }
    let inside = (found.start..found.end).filter(|at| capital(*at)).count();
    // In "Buy Milk Tomorrow Morning" every word has one.
    let all = before != usize::MAX && capital(before);
    !all && (inside > 1 || inside == 1 && capital(found.end))
}
