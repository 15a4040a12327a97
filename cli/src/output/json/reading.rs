//! How a text was understood: the contract of `tasks parse` (language.md), and the same object wherever a text was read.

use super::task::WhenDoc;
use crate::output::dates;
use chrono::{Duration, SecondsFormat};
use serde::Serialize;
use tasks_proto::convert;
use tasks_proto::v1;
use tasks_proto::v1::reading_reminder::Trigger;

/// One text and its reading.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ReadingDoc<'a> {
    text: &'a str,
    /// `create_task`, `list_tasks`, `update_task`, `complete_task`, `delete_task`, `set_reminder`, `snooze`, `create_recurring`,
    /// `undo`, `help` or `none`.
    intent: &'a str,
    /// 0 to 1.
    confidence: f64,
    title: Option<&'a str>,
    due: Option<WhenDoc>,
    /// A period.
    start: Option<WhenDoc>,
    end: Option<WhenDoc>,
    /// ISO 8601.
    duration: Option<String>,
    /// Canonical RFC 5545.
    rrule: Option<&'a str>,
    /// `calendar` or `completion`; null without a rule.
    anchor: Option<&'a str>,
    reminders: Vec<ReminderDoc>,
    priority: Option<&'static str>,
    tags: &'a [String],
    project: Option<&'a str>,
    /// The words that name an existing task.
    target: Option<&'a str>,
    /// What to set on an existing task.
    changes: Option<ChangesDoc<'a>>,
    /// Other readings, best first.
    alternatives: Vec<AlternativeDoc<'a>>,
    /// Microseconds the reading took; null where nobody measured.
    us: Option<u64>,
    spans: Vec<SpanDoc<'a>>,
}

/// So long before the due time, or at an instant.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum ReminderDoc {
    /// ISO 8601.
    Before(String),
    /// RFC 3339.
    At(String),
}

/// The fields to set, named as in a reading.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangesDoc<'a> {
    title: Option<&'a str>,
    due: Option<WhenDoc>,
    start: Option<WhenDoc>,
    end: Option<WhenDoc>,
    /// How much later than it is due now; ISO 8601.
    postpone: Option<String>,
    /// ISO 8601.
    duration: Option<String>,
    priority: Option<&'static str>,
    tags: &'a [String],
    project: Option<&'a str>,
    notes: Option<&'a str>,
}

/// Another way to read a part of the text.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AlternativeDoc<'a> {
    /// Null when the part would stay in the title.
    due: Option<WhenDoc>,
    /// What it turns on, for people.
    reason: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

/// A stretch of the text: byte offsets, the end excluded.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SpanDoc<'a> {
    kind: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> ReadingDoc<'a> {
    /// The document of a reading that took so many microseconds.
    pub(super) fn of(reading: &'a v1::Reading, us: Option<u64>) -> Self {
        let text = reading.text.as_str();
        Self {
            text,
            intent: &reading.intent,
            confidence: hundredths(reading.confidence),
            title: reading.title.as_deref(),
            due: WhenDoc::of_wire(reading.due.as_ref()),
            start: WhenDoc::of_wire(reading.start.as_ref()),
            end: WhenDoc::of_wire(reading.end.as_ref()),
            duration: length(reading.duration_seconds),
            rrule: some(&reading.rrule),
            anchor: some(&reading.anchor),
            reminders: reading.reminders.iter().filter_map(|one| reminder(one.trigger.as_ref()?)).collect(),
            priority: priority(reading.priority()),
            tags: &reading.tags,
            project: some(&reading.project),
            target: reading.target.as_deref(),
            changes: reading.changes.as_ref().map(changes),
            alternatives: reading.alternatives.iter().map(|one| alternative(one, text)).collect(),
            us,
            spans: reading.spans.iter().map(|one| span(one, text)).collect(),
        }
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn length(seconds: Option<i64>) -> Option<String> {
    seconds.and_then(Duration::try_seconds).map(dates::iso_length)
}

fn priority(priority: v1::Priority) -> Option<&'static str> {
    (priority != v1::Priority::Unspecified).then(|| dates::priority_word(priority))
}

fn reminder(trigger: &Trigger) -> Option<ReminderDoc> {
    match trigger {
        Trigger::BeforeSeconds(seconds) => length(Some(*seconds)).map(ReminderDoc::Before),
        Trigger::At(time) => {
            let time = convert::when::time_from_wire(time).ok()?;
            Some(ReminderDoc::At(time.zoned().fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false)))
        }
    }
}

fn changes(changes: &v1::ReadingChanges) -> ChangesDoc<'_> {
    ChangesDoc {
        title: changes.title.as_deref(),
        due: WhenDoc::of_wire(changes.due.as_ref()),
        start: WhenDoc::of_wire(changes.start.as_ref()),
        end: WhenDoc::of_wire(changes.end.as_ref()),
        postpone: length(changes.postpone_seconds),
        duration: length(changes.duration_seconds),
        priority: priority(changes.priority()),
        tags: &changes.tags,
        project: some(&changes.project),
        notes: changes.notes.as_deref(),
    }
}

fn alternative<'a>(one: &'a v1::ReadingAlternative, text: &'a str) -> AlternativeDoc<'a> {
    AlternativeDoc {
        due: WhenDoc::of_wire(one.due.as_ref()),
        reason: &one.reason,
        start: one.start,
        end: one.end,
        text: part(text, one.start, one.end),
    }
}

fn span<'a>(one: &'a v1::ReadingSpan, text: &'a str) -> SpanDoc<'a> {
    SpanDoc { kind: &one.kind, start: one.start, end: one.end, text: part(text, one.start, one.end) }
}

/// Two digits say all that is known, and none of what an `f32` adds.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

fn part(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}
