//! What is said about a sentence after it: the answer to a question, or a correction. Its values are laid over the reading.

use crate::intent::understand_within;
use crate::read::parse_within;
use crate::reading::{Changes, Intent, ReadSpan, Reading, SpanKind};
use crate::settings::{Context, Scope};
use chrono::NaiveDate;
use tasks_domain::when::{LocalTime, When};

/// Lays what a further text says over a reading. `false`, with the reading as it was, when the text says anything but values.
///
/// A time alone keeps the day that was said before, and a day alone the time.
pub fn amend(reading: &mut Reading, text: &str, context: &Context, scope: Scope) -> bool {
    match reading.intent {
        Intent::UpdateTask | Intent::Snooze => {
            let Some((mut said, spans)) = changes(reading.intent, text, context, scope) else { return false };
            let mut changes = reading.changes.take().unwrap_or_default();
            if let Some(before) = changes.due.filter(|_| only_time(&spans)) {
                said.due = on_day(before, text, context, scope).or(said.due);
            }
            lay(&mut changes, said, only_time(&spans));
            reading.changes = Some(changes);
            true
        }
        _ => {
            let Some(mut said) = values(reading, text, context, scope) else { return false };
            if let Some(before) = reading.due.filter(|_| only_time(&said.spans)) {
                said.due = on_day(before, text, context, scope).or(said.due);
            }
            cover(reading, said);
            true
        }
    }
}

/// Gives a reading of something new the title that a further text says, and its values with it: "call dad tomorrow".
pub fn entitle(reading: &mut Reading, text: &str, context: &Context, scope: Scope) {
    let said = parse_within(text, context, scope);
    reading.title = Some(said.title.clone().unwrap_or_else(|| text.trim().to_owned()));
    cover(reading, said);
}

/// Whether a text says values and nothing else, for a sentence of this intent.
pub fn says_values(intent: Intent, text: &str, context: &Context, scope: Scope) -> bool {
    let mut blank = Reading { intent, ..parse_within("", context, scope) };
    amend(&mut blank, text, context, scope)
}

/// The values of a text that is said of a task which is there: read as if the task were named "it" before them.
fn changes(intent: Intent, text: &str, context: &Context, scope: Scope) -> Option<(Changes, Vec<ReadSpan>)> {
    let openings: &[&str] = if intent == Intent::Snooze {
        &["snooze it ", "snooze it for ", "snooze it until "]
    } else {
        &["move it ", "move it to ", "set it to ", "make it ", "postpone it "]
    };
    openings.iter().find_map(|opening| {
        let reading = understand_within(&format!("{opening}{text}"), context, scope);
        let is_it = reading.target.as_deref().is_some_and(|target| target.eq_ignore_ascii_case("it"));
        let fits = matches!(reading.intent, Intent::UpdateTask | Intent::Snooze) && reading.warnings.is_empty();
        // "move it to the dentist" names a project, "the dentist" as an answer names none.
        let names = text.contains('@') || text.to_lowercase().contains("project");
        let says = |changes: &Changes| *changes != Changes::default() && (changes.project.is_none() || names);
        let says = reading.changes.as_ref().is_some_and(says);
        if fits && is_it && says { reading.changes.map(|changes| (changes, reading.spans)) } else { None }
    })
}

/// Words that lead to a value and say nothing themselves.
const LEADS: [&str; 10] = ["to", "on", "at", "by", "for", "in", "until", "due", "it", "make"];

/// The values of a text that is said of something new.
fn values(reading: &Reading, text: &str, context: &Context, scope: Scope) -> Option<Reading> {
    let says = |reading: &Reading| {
        let rest = reading.title.as_deref().unwrap_or_default();
        let empty = rest.split_whitespace().all(|word| LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(word)));
        let any = reading.due.is_some()
            || reading.duration.is_some()
            || reading.priority.is_some()
            || reading.rrule.is_some()
            || reading.project.is_some()
            || reading.notes.is_some()
            || !reading.reminders.is_empty()
            || !reading.tags.is_empty();
        empty && any && reading.warnings.is_empty()
    };
    let said = parse_within(text, context, scope);
    // "10 minutes" as the answer to when something comes is in 10 minutes.
    if reading.due.is_none() && said.due.is_none() && said.duration.is_some() && reading.intent == Intent::SetReminder {
        let later = parse_within(&format!("in {text}"), context, scope);
        if later.due.is_some() && says(&later) {
            return Some(later);
        }
    }
    if says(&said) {
        return Some(said);
    }
    // "high priority", "urgent": words that are values only of a task that is there.
    let (changes, _) = changes(Intent::UpdateTask, text, context, scope)?;
    let blank = parse_within("", context, scope);
    let Changes { due, start, end, duration, priority, tags, project, notes, .. } = changes;
    let said = Reading { due, start, end, duration, priority, tags, project, notes, ..blank };
    says(&said).then_some(said)
}

fn only_time(spans: &[ReadSpan]) -> bool {
    let has = |kind| spans.iter().any(|span| span.kind == kind);
    has(SpanKind::Time) && !has(SpanKind::Date) && !has(SpanKind::Rrule)
}

/// A time that is said of a day which was said before: "at 9" of tomorrow is in the morning, whatever the time is now.
fn on_day(before: When, text: &str, context: &Context, scope: Scope) -> Option<When> {
    let said = parse_within(&format!("{} {text}", before.date()), context, scope);
    said.due.filter(|due| said.title.is_none() && matches!(due, When::At(_)) && due.date() == before.date())
}

/// What the text of a reading says by nothing but a time of day, "10am" or "9-11am", when it is said of that day: "at 9" is in the morning
/// there. `None` where it says a day, or a time that has its day, as "tonight".
pub fn at_time_of_day(reading: &Reading, text: &str, day: NaiveDate, context: &Context) -> Option<Reading> {
    if !only_time(&reading.spans) {
        return None;
    }
    let mut times = reading.spans.iter().filter(|span| span.kind == SpanKind::Time);
    let (Some(time), None) = (times.next(), times.next()) else { return None };
    let time = text.get(time.span.start..time.span.end)?;
    let words = time.to_lowercase();
    let has_its_day = |word: &str| ["tonight", "tonite", "this", "today", "now"].contains(&word);
    if words.split_whitespace().any(has_its_day) {
        return None;
    }
    let said = parse_within(&format!("{day} {time}"), context, Scope { rules: false, reminders: false });
    let is_it = said.title.is_none() && matches!(said.due, Some(When::At(at)) if at.local().date() == day);
    is_it.then_some(said)
}

/// The day of one and the time of the other, where each says only one of them.
fn together(before: Option<When>, said: When, only_time: bool) -> When {
    match (before, said) {
        (Some(before), When::At(time)) if only_time => {
            When::At(LocalTime::new(before.date().and_time(time.local().time()), time.zone()))
        }
        (Some(When::At(before)), When::Date(day)) => {
            When::At(LocalTime::new(day.and_time(before.local().time()), before.zone()))
        }
        _ => said,
    }
}

fn lay(changes: &mut Changes, said: Changes, only_time: bool) {
    if let Some(due) = said.due {
        changes.due = Some(together(changes.due, due, only_time));
        (changes.start, changes.end, changes.postpone, changes.later) = (said.start, said.end, None, said.later);
    }
    if said.postpone.is_some() {
        (changes.postpone, changes.due, changes.start, changes.end) = (said.postpone, None, None, None);
        changes.later = None;
    }
    changes.title = said.title.or(changes.title.take());
    changes.duration = said.duration.or(changes.duration);
    changes.priority = said.priority.or(changes.priority);
    changes.project = said.project.or(changes.project.take());
    changes.notes = said.notes.or(changes.notes.take());
    changes.tags.extend(said.tags);
}

fn cover(reading: &mut Reading, said: Reading) {
    if let Some(due) = said.due {
        let only_time = only_time(&said.spans) && said.rrule.is_none();
        reading.due = Some(if said.rrule.is_some() { due } else { together(reading.due, due, only_time) });
        (reading.start, reading.end) = (said.start, said.end);
    }
    if said.rrule.is_some() {
        (reading.rrule, reading.anchor, reading.comes_again) = (said.rrule, said.anchor, true);
    }
    if !said.reminders.is_empty() {
        reading.reminders = said.reminders;
    }
    reading.reminds |= said.reminds;
    reading.duration = said.duration.or(reading.duration);
    reading.priority = said.priority.or(reading.priority);
    reading.project = said.project.or(reading.project.take());
    reading.notes = said.notes.or(reading.notes.take());
    reading.tags.extend(said.tags);
}
