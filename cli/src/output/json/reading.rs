//! How a text was understood: the contract of `tasks parse` (language.md).

use super::task::WhenDoc;
use crate::outcome::Read;
use crate::output::dates;
use chrono::SecondsFormat;
use serde::Serialize;
use tasks_domain::text::{Project, Tag};
use tasks_language::{Alternative, Changes, Reminder};
use tasks_proto::v1;

/// One text and its reading.
#[derive(Serialize)]
pub(super) struct ReadingDoc<'a> {
    text: &'a str,
    intent: &'static str,
    confidence: f64,
    title: Option<&'a str>,
    due: Option<WhenDoc>,
    start: Option<WhenDoc>,
    end: Option<WhenDoc>,
    /// ISO 8601.
    duration: Option<String>,
    rrule: Option<&'a str>,
    anchor: Option<&'static str>,
    reminders: Vec<ReminderDoc>,
    priority: Option<&'static str>,
    tags: Vec<&'a str>,
    project: Option<&'a str>,
    target: Option<&'a str>,
    changes: Option<ChangesDoc<'a>>,
    alternatives: Vec<AlternativeDoc<'a>>,
    us: u64,
    spans: Vec<SpanDoc<'a>>,
}

/// So long before, or at.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ReminderDoc {
    Before(String),
    At(String),
}

/// The fields to set, named as in a reading.
#[derive(Serialize)]
struct ChangesDoc<'a> {
    title: Option<&'a str>,
    due: Option<WhenDoc>,
    start: Option<WhenDoc>,
    end: Option<WhenDoc>,
    duration: Option<String>,
    priority: Option<&'static str>,
    tags: Vec<&'a str>,
    project: Option<&'a str>,
    notes: Option<&'a str>,
}

/// Another way to read a part of the text.
#[derive(Serialize)]
struct AlternativeDoc<'a> {
    due: Option<WhenDoc>,
    reason: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

/// A stretch of the text: byte offsets, the end excluded.
#[derive(Serialize)]
struct SpanDoc<'a> {
    kind: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> ReadingDoc<'a> {
    /// The document of a reading.
    pub(super) fn of(read: &'a Read) -> Self {
        let (text, reading) = (read.text.as_str(), &read.reading);
        Self {
            text,
            intent: reading.intent.as_str(),
            confidence: hundredths(reading.confidence),
            title: reading.title.as_deref(),
            due: reading.due.map(WhenDoc::of),
            start: reading.start.map(WhenDoc::of),
            end: reading.end.map(WhenDoc::of),
            duration: reading.duration.map(dates::iso_length),
            rrule: reading.rrule.as_deref(),
            anchor: reading.anchor.map(tasks_language::Anchor::as_str),
            reminders: reading.reminders.iter().map(reminder).collect(),
            priority: reading.priority.map(tasks_domain::priority::Priority::as_str),
            tags: reading.tags.iter().map(Tag::as_str).collect(),
            project: reading.project.as_ref().map(Project::as_str),
            target: reading.target.as_deref(),
            changes: reading.changes.as_ref().map(changes),
            alternatives: reading.alternatives.iter().map(|one| alternative(one, text)).collect(),
            us: read.micros,
            spans: reading
                .spans
                .iter()
                .map(|one| span(one.kind.as_str(), one.span.start, one.span.end, text))
                .collect(),
        }
    }
}

fn reminder(reminder: &Reminder) -> ReminderDoc {
    match reminder {
        Reminder::Before(length) => ReminderDoc::Before(dates::iso_length(*length)),
        Reminder::At(time) => ReminderDoc::At(time.zoned().fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false)),
    }
}

fn changes(changes: &Changes) -> ChangesDoc<'_> {
    ChangesDoc {
        title: changes.title.as_deref(),
        due: changes.due.map(WhenDoc::of),
        start: changes.start.map(WhenDoc::of),
        end: changes.end.map(WhenDoc::of),
        duration: changes.duration.map(dates::iso_length),
        priority: changes.priority.map(tasks_domain::priority::Priority::as_str),
        tags: changes.tags.iter().map(Tag::as_str).collect(),
        project: changes.project.as_ref().map(Project::as_str),
        notes: changes.notes.as_deref(),
    }
}

fn alternative<'a>(one: &'a Alternative, text: &'a str) -> AlternativeDoc<'a> {
    let (start, end) = (one.span.start, one.span.end);
    AlternativeDoc { due: one.due.map(WhenDoc::of), reason: one.reason, start, end, text: part(text, start, end) }
}

fn span<'a>(kind: &'a str, start: usize, end: usize, text: &'a str) -> SpanDoc<'a> {
    SpanDoc { kind, start, end, text: part(text, start, end) }
}

/// Two digits say all that is known, and none of what an `f32` adds.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// How the daemon understood the text of an add or edit.
#[derive(Serialize)]
pub(super) struct WireReadingDoc<'a> {
    text: &'a str,
    confidence: f64,
    spans: Vec<SpanDoc<'a>>,
}

impl<'a> WireReadingDoc<'a> {
    /// The document of a reading.
    pub(super) fn of(reading: &'a v1::Reading) -> Self {
        let text = reading.text.as_str();
        let spans = reading.spans.iter().map(|one| span(&one.kind, one.start as usize, one.end as usize, text));
        Self { text, confidence: hundredths(reading.confidence), spans: spans.collect() }
    }
}
