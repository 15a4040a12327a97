//! The pipeline: tokens, markers, candidates, the best set of them, the reading.

use crate::candidate::{Candidate, Offers, What, offers};
use crate::choose::choose;
use crate::found::{ClockFound, DateFound, Days};
use crate::later;
use crate::length::Length;
use crate::line::Line;
use crate::marker::{Markers, markers};
use crate::reading::{Alternative, Intent, ReadSpan, Reading, SpanKind, Warning};
use crate::resolve::meant;
use crate::settings::Context;
use crate::title::{tidy, title};

/// Reads a line of to-do text. Never fails: what is not understood is the title.
///
/// Deterministic, without I/O, and linear in the length of the text; texts beyond 4 GiB are read up to there.
pub fn parse(text: &str, context: &Context) -> Reading {
    let mut line = Line::new(text, context);
    let markers = markers(&mut line);
    later::close_reminders(&mut line);
    let comes_again = later::comes_again(&line);
    let offers = if comes_again { Offers::default() } else { offers(&line) };
    let chosen = choose(&offers.candidates);
    let picked = Picked::of(&offers, &chosen);
    let when = meant(&line, picked.date.as_ref(), picked.clock.as_ref());
    let mut spans = spans(&line, &markers, &offers, &chosen);
    tidy(text, &mut spans);
    let warnings = warnings(&line, &offers, &spans);
    let alternatives = alternatives(&line, &offers, &chosen, &picked);
    let title = title(text, &spans);
    let confidence = confidence(&line, &picked, &warnings, &alternatives, &markers);
    let notes = markers.notes.map(|from| text[from..].trim().to_owned()).filter(|notes| !notes.is_empty());
    Reading {
        // A later stage reads other intents from the words around.
        intent: Intent::CreateTask,
        confidence,
        title,
        due: when.due,
        start: when.start,
        end: when.end,
        duration: picked.duration.map(Length::duration),
        rrule: None,
        anchor: None,
        reminders: Vec::new(),
        priority: markers.priority,
        tags: markers.tags,
        project: markers.project,
        notes,
        target: None,
        changes: None,
        alternatives,
        warnings,
        comes_again,
        spans,
    }
}

/// What the chosen candidates fill.
#[derive(Default)]
struct Picked {
    date: Option<DateFound>,
    clock: Option<ClockFound>,
    duration: Option<Length>,
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
            }
        }
        picked
    }
}

fn spans(line: &Line, markers: &Markers, offers: &Offers, chosen: &[usize]) -> Vec<ReadSpan> {
    let found = chosen.iter().map(|i| {
        let Candidate { start, end, what, .. } = &offers.candidates[*i];
        let kind = match what {
            What::Duration(_) => SpanKind::Duration,
            What::Moment { date: None, .. } => SpanKind::Time,
            What::Moment { .. } => SpanKind::Date,
        };
        ReadSpan { kind, span: line.bytes(*start, *end) }
    });
    let marked = markers.spans.iter().map(|(kind, span)| ReadSpan { kind: *kind, span: *span });
    let mut spans: Vec<ReadSpan> = found.chain(marked).collect();
    spans.sort_by_key(|s| s.span.start);
    spans
}

fn warnings(line: &Line, offers: &Offers, spans: &[ReadSpan]) -> Vec<Warning> {
    let of = |(start, end, problem): &(usize, usize, crate::found::Problem)| {
        let span = line.bytes(*start, *end);
        let read = spans.iter().any(|s| s.span.start < span.end && span.start < s.span.end);
        (!read).then(|| Warning { span, message: problem.message(&line.text[span.start..span.end]) })
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
        What::Duration(_) => None,
    }));
    others
}

/// How sure the reading is. Plain titles are a little less sure than texts with a date: they may be small talk.
fn confidence(line: &Line, picked: &Picked, warnings: &[Warning], others: &[Alternative], markers: &Markers) -> f32 {
    let understood = picked.date.is_some() || picked.clock.is_some() || !markers.spans.is_empty();
    let mut confidence: f32 = if understood { 0.97 } else { 0.85 };
    if (0..line.len()).any(|at| line.token(at).misspelt) {
        confidence -= 0.07;
    }
    if !others.is_empty() {
        confidence -= 0.15;
    }
    if markers.repeated {
        confidence -= 0.1;
    }
    if !warnings.is_empty() {
        confidence -= 0.4;
    }
    confidence.clamp(0.05, 1.0)
}
