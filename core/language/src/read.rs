//! The pipeline: tokens, markers, candidates, the best set of them, the reading.

use crate::candidate::{Candidate, Offers, What, offers};
use crate::choose::choose;
use crate::field;
use crate::found::{ClockFound, DateFound, Days};
use crate::later;
use crate::length::Length;
use crate::line::Line;
use crate::marker::{Markers, markers};
use crate::reading::{Alternative, Intent, ReadSpan, Reading, SpanKind, Warning, WarningKind};
use crate::reminder::{Reminders, reminders};
use crate::resolve::{Meant, meant};
use crate::rule::{self, Beside, Rule, Said};
use crate::settings::{Context, Scope};
use crate::title::{tidy, title};
use tasks_domain::error::Span;

/// Reads a line of to-do text. Never fails: what is not understood is the title.
///
/// Deterministic, without I/O, and linear in the length of the text. What lies behind the first 64 KiB is title or notes, unread.
pub fn parse(text: &str, context: &Context) -> Reading {
    parse_within(text, context, Scope::ALL)
}

/// As [`parse`], for a caller that cannot keep all that a line can say.
pub fn parse_within(text: &str, context: &Context, scope: Scope) -> Reading {
    read(Line::new(text, context), scope, &[])
}

/// Reads what is free of a line. `commands` are the bytes of tokens that are taken already, as words that say what to do.
pub(crate) fn read(mut line: Line, scope: Scope, commands: &[(SpanKind, Span)]) -> Reading {
    let text = line.text;
    let mut markers = markers(&mut line);
    let reminders = if scope.reminders {
        reminders(&mut line)
    } else {
        later::close_reminders(&mut line);
        Reminders::default()
    };
    let kept = !scope.rules && later::comes_again(&line);
    let offers = if kept { Offers::default() } else { offers(&line, scope.rules) };
    let chosen = choose(&offers.candidates);
    let mut picked = Picked::of(&offers, &chosen);
    let when = picked.meant(&line);
    let mut spans = spans(&line, markers.spans.iter().chain(&reminders.spans).chain(commands), &offers, &chosen);
    tidy(text, &mut spans);
    let mut warnings = warnings(&line, &offers, &spans);
    let alternatives = alternatives(&line, &offers, &chosen, &picked);
    let title = title(text, &spans);
    markers.left.extend(field::unread(&line, &spans, &warnings));
    let confidence = confidence(&line, &picked, &warnings, &alternatives, &markers);
    warnings.extend(markers.left);
    let notes = markers.notes.map(|from| text[from..].trim().to_owned()).filter(|notes| !notes.is_empty());
    Reading {
        // `intent` reads the others from the words around.
        intent: Intent::CreateTask,
        confidence,
        title,
        due: when.due,
        start: when.start,
        end: when.end,
        duration: picked.duration.map(Length::duration),
        rrule: when.due.and_then(|due| picked.rule.as_ref().map(|rule| rule.text(due))),
        anchor: picked.rule.as_ref().map(|rule| rule.anchor),
        reminds: reminders.any(),
        reminders: reminders.meant(&line, when.due),
        priority: markers.priority,
        tags: markers.tags,
        project: markers.project,
        notes,
        target: None,
        changes: None,
        alternatives,
        warnings,
        comes_again: kept || picked.rule.is_some(),
        spans,
    }
}

/// What the chosen candidates fill.
#[derive(Default)]
struct Picked {
    date: Option<DateFound>,
    clock: Option<ClockFound>,
    duration: Option<Length>,
    said: Option<Said>,
    tail: Option<Said>,
    /// What `said` comes to; set by [`Self::meant`].
    rule: Option<Rule>,
}

impl Picked {
    fn of(offers: &Offers, chosen: &[usize]) -> Self {
        let mut picked = Self::default();
        for candidate in chosen.iter().map(|i| &offers.candidates[*i]) {
            match candidate.what {
                What::Duration(length) => picked.duration = Some(length),
                What::Moment { date, clock } => {
                    picked.date = picked.date.or(date);
                    picked.clock = picked.clock.or(clock);
                }
                What::Rule(index) => picked.said = offers.rules.get(index).copied(),
                What::Tail(index) => picked.tail = offers.tails.get(index).copied(),
            }
        }
        picked
    }

    /// What date, time and rule mean together.
    fn meant(&mut self, line: &Line) -> Meant {
        let Some(said) = &mut self.said else { return meant(line, self.date.as_ref(), self.clock.as_ref()) };
        // "for 10 days" says how long a task goes on that comes again, and how long it takes otherwise.
        if let Some(lasts) = self.duration.filter(|lasts| lasts.days > 0 || lasts.months > 0) {
            said.lasts = said.lasts.or(Some(lasts));
            self.duration = None;
        }
        let beside = Beside { date: self.date, clock: self.clock, tail: self.tail };
        let again = rule::meant(line, said, &beside);
        self.rule = Some(again.rule);
        Meant { due: Some(again.due), start: again.end.map(|_| again.due), end: again.end }
    }
}

fn spans<'a>(
    line: &Line,
    taken: impl Iterator<Item = &'a (SpanKind, Span)>,
    offers: &Offers,
    chosen: &[usize],
) -> Vec<ReadSpan> {
    let found = chosen.iter().map(|i| {
        let Candidate { start, end, what, .. } = &offers.candidates[*i];
        let kind = match what {
            What::Duration(_) => SpanKind::Duration,
            What::Rule(_) | What::Tail(_) => SpanKind::Rrule,
            What::Moment { date: None, .. } => SpanKind::Time,
            What::Moment { .. } => SpanKind::Date,
        };
        ReadSpan { kind, span: line.bytes(*start, *end) }
    });
    let taken = taken.map(|(kind, span)| ReadSpan { kind: *kind, span: *span });
    let mut spans: Vec<ReadSpan> = found.chain(taken).collect();
    spans.sort_by_key(|s| s.span.start);
    // The closing words of a command can stand in a note: what was read first keeps them.
    let mut end = 0;
    for span in &mut spans {
        span.span.start = span.span.start.max(end);
        end = end.max(span.span.end);
    }
    spans.retain(|s| s.span.start < s.span.end);
    spans
}

fn warnings(line: &Line, offers: &Offers, spans: &[ReadSpan]) -> Vec<Warning> {
    let of = |(start, end, problem): &(usize, usize, crate::found::Problem)| {
        let span = line.bytes(*start, *end);
        let read = spans.iter().any(|s| s.span.start < span.end && span.start < s.span.end);
        (!read).then(|| Warning {
            span,
            message: problem.message(&line.text[span.start..span.end]),
            kind: WarningKind::Impossible,
        })
    };
    offers.wrong.iter().filter_map(of).collect()
}

fn alternatives(line: &Line, offers: &Offers, chosen: &[usize], picked: &Picked) -> Vec<Alternative> {
    let mut others = Vec::new();
    if let Some((date, reason)) = picked.date.and_then(|date| date.other) {
        let read = DateFound::new(0, Days::day(date), crate::found::Strength::Sure);
        let span = chosen
            .iter()
            .map(|i| &offers.candidates[*i])
            .find(|c| matches!(c.what, What::Moment { date: Some(_), .. }));
        let due = meant(line, Some(&read), picked.clock.as_ref()).due;
        others.extend(span.map(|c| Alternative { span: line.bytes(c.start, c.end), due, reason }));
    }
    // One more date than a task can have; a few are enough to say so.
    let overlaps = |c: &Candidate| {
        chosen.iter().any(|i| offers.candidates[*i].start < c.end && c.start < offers.candidates[*i].end)
    };
    let free = offers.candidates.iter().filter(|c| !overlaps(c)).take(3);
    others.extend(free.filter_map(|c| match &c.what {
        What::Moment { date, clock } => Some(Alternative {
            span: line.bytes(c.start, c.end),
            due: meant(line, date.as_ref(), clock.as_ref()).due,
            reason: "another date in the text",
        }),
        What::Duration(_) | What::Rule(_) | What::Tail(_) => None,
    }));
    others
}

/// How sure the reading is. Plain titles are a little less sure than texts with a date: they may be small talk.
fn confidence(line: &Line, picked: &Picked, warnings: &[Warning], others: &[Alternative], markers: &Markers) -> f32 {
    let understood =
        picked.rule.is_some() || picked.date.is_some() || picked.clock.is_some() || !markers.spans.is_empty();
    let mut confidence: f32 = if understood { 0.97 } else { 0.85 };
    if (0..line.len()).any(|at| line.token(at).misspelt) {
        confidence -= 0.07;
    }
    if !others.is_empty() {
        confidence -= 0.15;
    }
    if !markers.left.is_empty() {
        confidence -= 0.1;
    }
    if !warnings.is_empty() {
        confidence -= 0.4;
    }
    confidence.clamp(0.05, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use chrono::DateTime;
    use tasks_domain::when::Now;

    /// How many tokens are looked at to find all that a text offers.
    fn looks(text: &str) -> usize {
        let now = Now::new(DateTime::UNIX_EPOCH, chrono_tz::Tz::UTC);
        let context = Context { now, settings: Settings::default() };
        let mut line = Line::new(text, &context);
        markers(&mut line);
        reminders(&mut line);
        choose(&offers(&line, true).candidates);
        line.looks.get()
    }

    #[test]
    fn the_work_grows_as_the_text_does() {
        for piece in [
            "milk ",
            "every ",
            "1st and ",
            "\" ",
            "( ",
            "friday, ",
            "remind me ",
            "with a ",
            "at 5 ",
            "until ",
            "#a ",
            "10 ",
            "mondays 5x ",
            "1/",
            "every 2nd and last friday of ",
            "in 2 days and ",
            "- ",
            "the 3rd week of every month for ",
        ] {
            let (short, long) = (looks(&piece.repeat(100)), looks(&piece.repeat(1600)));
            assert!(long < short * 20, "{piece:?}: {short} looks, and {long} for 16 times the text");
        }
    }
}
