//! How a text was understood, from the language to the wire.

use tasks_domain::text::{Project, Tag};
use tasks_domain::when::When;
use tasks_language::{Alternative, Anchor, Changes, Reading, Reminder};
use tasks_proto::convert;
use tasks_proto::v1;
use tasks_proto::v1::reading_reminder::Trigger;

/// The message of a reading of `text`.
pub fn to_wire(text: &str, reading: &Reading) -> v1::Reading {
    let when = |when: Option<When>| when.map(|when| convert::when::to_wire(&when));
    v1::Reading {
        text: text.to_owned(),
        confidence: reading.confidence,
        spans: reading.spans.iter().map(|one| span(one.kind.as_str(), one.span.start, one.span.end)).collect(),
        intent: reading.intent.as_str().to_owned(),
        title: reading.title.clone(),
        due: when(reading.due),
        start: when(reading.start),
        end: when(reading.end),
        duration_seconds: reading.duration.map(|length| length.num_seconds()),
        rrule: reading.rrule.clone().unwrap_or_default(),
        anchor: reading.anchor.map(Anchor::as_str).unwrap_or_default().to_owned(),
        reminders: reading.reminders.iter().map(reminder).collect(),
        priority: convert::task::priority_to_wire(reading.priority).into(),
        tags: names(&reading.tags),
        project: reading.project.as_ref().map(Project::as_str).unwrap_or_default().to_owned(),
        target: reading.target.clone(),
        changes: reading.changes.as_ref().map(changes),
        alternatives: reading.alternatives.iter().map(alternative).collect(),
    }
}

fn span(kind: &str, start: usize, end: usize) -> v1::ReadingSpan {
    v1::ReadingSpan { kind: kind.to_owned(), start: start as u32, end: end as u32 }
}

fn names(tags: &[Tag]) -> Vec<String> {
    tags.iter().map(|tag| tag.as_str().to_owned()).collect()
}

fn reminder(reminder: &Reminder) -> v1::ReadingReminder {
    let trigger = match reminder {
        Reminder::Before(length) => Trigger::BeforeSeconds(length.num_seconds()),
        Reminder::At(at) | Reminder::OnDay { at, .. } => Trigger::At(convert::when::time_to_wire(*at)),
    };
    v1::ReadingReminder { trigger: Some(trigger) }
}

fn changes(changes: &Changes) -> v1::ReadingChanges {
    let when = |when: Option<When>| when.map(|when| convert::when::to_wire(&when));
    v1::ReadingChanges {
        title: changes.title.clone(),
        due: when(changes.due),
        start: when(changes.start),
        end: when(changes.end),
        duration_seconds: changes.duration.map(|length| length.num_seconds()),
        priority: convert::task::priority_to_wire(changes.priority).into(),
        tags: names(&changes.tags),
        project: changes.project.as_ref().map(Project::as_str).unwrap_or_default().to_owned(),
        notes: changes.notes.clone(),
        postpone_seconds: changes.postpone.map(|length| length.num_seconds()),
    }
}

fn alternative(one: &Alternative) -> v1::ReadingAlternative {
    v1::ReadingAlternative {
        start: one.span.start as u32,
        end: one.span.end as u32,
        due: one.due.map(|due| convert::when::to_wire(&due)),
        reason: one.reason.to_owned(),
    }
}
