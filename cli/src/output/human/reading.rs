//! How a text was understood.

use super::facts::{LABELLED, line, period, told};
use crate::error::CliError;
use crate::outcome::{Read, Readings};
use crate::output::dates;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, clean_lines, width};
use crate::output::ui::Ui;
use chrono::SecondsFormat;
use std::cmp::Ordering;
use tasks_domain::when::{Now, When};
use tasks_language::{Anchor, Reading, Reminder};
use tasks_proto::v1;

/// Widest text that gets its stretches underlined in place.
const COLUMNS: usize = 78;

/// How many occurrences after the first are shown.
const OCCURRENCES: usize = 3;

/// A stretch of a text and what it is.
struct Stretch<'a> {
    kind: &'a str,
    start: usize,
    end: usize,
}

/// Writes the readings, a blank line between two.
pub(super) fn render(ui: &mut Ui, readings: Readings, now: Now) -> Result<(), CliError> {
    for (index, read) in readings.enumerate() {
        let read = read?;
        if index > 0 {
            ui.line("")?;
        }
        one(ui, &read, now)?;
        if read.last_for_now {
            ui.flush()?;
        }
    }
    Ok(())
}

fn one(ui: &mut Ui, read: &Read, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let reading = &read.reading;
    let stretches: Vec<Stretch> = reading
        .spans
        .iter()
        .map(|one| Stretch { kind: one.kind.as_str(), start: one.span.start, end: one.span.end })
        .collect();
    for text in underlined(&read.text, &stretches, ui.columns(), paint) {
        ui.line(&text)?;
    }
    for (name, value) in facts(read, paint, now) {
        ui.words(&line(name, &value, paint), LABELLED)?;
    }
    for warning in &reading.warnings {
        ui.warn(&warning.told())?;
    }
    Ok(())
}

fn facts(read: &Read, paint: Paint, now: Now) -> Vec<(&'static str, String)> {
    let reading = &read.reading;
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name, value));
        }
    };
    add("title", reading.title.as_deref().map(|title| clean(title).into_owned()));
    add("task", reading.target.as_deref().map(|target| clean(target).into_owned()));
    add("due", reading.due.map(|due| told(due, paint, now)));
    let utc = reading.due.and_then(|due| match due {
        When::At(at) => Some(at.instant().to_rfc3339_opts(SecondsFormat::Secs, true)),
        When::Date(_) => None,
    });
    add("in UTC", utc);
    let is_period = reading.start.is_some() || reading.end.is_some();
    add("period", is_period.then(|| period(reading.start, reading.end, now)));
    add("takes", reading.duration.map(|length| dates::length(length.num_seconds())));
    let anchor = if reading.anchor == Some(Anchor::Completion) { ", counted from completion" } else { "" };
    add("repeats", reading.rrule.as_ref().map(|rule| format!("{rule}{anchor}")));
    // The first occurrence is the due date.
    let series = reading.schedule().map(|schedule| schedule.series());
    let coming =
        series.iter().flat_map(|series| series.slots().skip(1).take(OCCURRENCES).map(|slot| series.occurrence(slot)));
    let coming: Vec<String> = coming.map(|occurrence| dates::full(occurrence.when, now)).collect();
    add("then", (!coming.is_empty()).then(|| coming.join(", ")));
    for reminder in &reading.reminders {
        add("remind", Some(reminded(reminder, paint, now)));
    }
    add("priority", reading.priority.map(|priority| priority.to_string()));
    add("project", reading.project.as_ref().map(|project| clean(project.as_str()).into_owned()));
    let tags: Vec<String> = reading.tags.iter().map(|tag| format!("#{}", clean(tag.as_str()))).collect();
    add("tags", (!tags.is_empty()).then(|| tags.join(" ")));
    add("notes", reading.notes.as_deref().map(|notes| clean_lines(notes).collect::<Vec<_>>().join("⏎ ")));
    for other in &reading.alternatives {
        let due = other.due.map_or_else(|| "part of the title".to_owned(), |due| told(due, paint, now));
        let text = read.text.get(other.span.start..other.span.end).unwrap_or_default();
        add("or", Some(format!("{due} for \"{}\" ({})", clean(text), other.reason)));
    }
    changed(reading, paint, now, &mut facts);
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    let sure = format!("{:.0} % sure, {} µs", reading.confidence * 100.0, read.micros);
    add("read as", Some(format!("{} {}", reading.intent.as_str(), paint.apply(Role::Faint, &format!("({sure})")))));
    facts
}

/// What a command gives the task it names.
fn changed(reading: &Reading, paint: Paint, now: Now, facts: &mut Vec<(&'static str, String)>) {
    let Some(changes) = &reading.changes else { return };
    let tags: Vec<String> = changes.tags.iter().map(|tag| format!("#{}", clean(tag.as_str()))).collect();
    let values = [
        ("title →", changes.title.as_deref().map(|title| clean(title).into_owned())),
        ("due →", changes.due.map(|due| told(due, paint, now))),
        ("later by", changes.postpone.map(|by| dates::length(by.num_seconds()))),
        ("takes →", changes.duration.map(|length| dates::length(length.num_seconds()))),
        ("priority →", changes.priority.map(|priority| priority.to_string())),
        ("project →", changes.project.as_ref().map(|project| clean(project.as_str()).into_owned())),
        ("tags +", (!tags.is_empty()).then(|| tags.join(" "))),
    ];
    facts.extend(values.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))));
}

fn reminded(reminder: &Reminder, paint: Paint, now: Now) -> String {
    match reminder {
        Reminder::Before(length) if length.is_zero() => "when it is due".to_owned(),
        Reminder::Before(length) => format!("{} before", dates::length(length.num_seconds())),
        Reminder::At(at) | Reminder::OnDay { at, .. } => told(When::At(*at), paint, now),
    }
}

/// The text of a dry run with its stretches.
pub(super) fn spans_of_wire(reading: &v1::Reading, paint: Paint) -> Vec<String> {
    let stretches: Vec<Stretch> = reading
        .spans
        .iter()
        .map(|one| Stretch { kind: &one.kind, start: one.start as usize, end: one.end as usize })
        .collect();
    underlined(&reading.text, &stretches, None, paint).into_iter().map(|line| format!("  {line}")).collect()
}

/// The text, carets under what was understood, and the name of each stretch; a list where the screen is too narrow for that.
fn underlined(text: &str, stretches: &[Stretch], columns: Option<usize>, paint: Paint) -> Vec<String> {
    let (mut painted, mut carets) = (String::new(), String::new());
    let mut labels: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for stretch in stretches {
        let (Some(before), Some(part)) = (text.get(at..stretch.start), text.get(stretch.start..stretch.end)) else {
            continue;
        };
        let (before, part) = (clean(before), clean(part));
        painted.push_str(&before);
        painted.push_str(&paint.apply(Role::Understood, &part));
        carets.push_str(&" ".repeat(width(&before)));
        labels.push((carets.len(), stretch.kind));
        carets.push_str(&"^".repeat(width(&part)));
        at = stretch.end;
    }
    painted.push_str(&clean(text.get(at..).unwrap_or_default()));
    if labels.is_empty() {
        return vec![painted];
    }
    let mut lines = vec![painted, paint.apply(Role::Faint, &carets)];
    let names = named(&labels);
    let widest = names.iter().map(|line| width(line)).max().unwrap_or(0);
    if width(&clean(text)).max(widest) <= columns.unwrap_or(COLUMNS).min(COLUMNS) {
        lines.extend(names.iter().map(|line| paint.apply(Role::Faint, line)));
        return lines;
    }
    lines.truncate(1);
    lines.extend(stretches.iter().map(|one| {
        let part = clean(text.get(one.start..one.end).unwrap_or_default()).into_owned();
        format!("  {}  {}", paint.apply(Role::Faint, &format!("{:<8}", one.kind)), paint.apply(Role::Understood, &part))
    }));
    lines
}

/// Lines with each name under its column. One that would run into its neighbour to the right stands lower, on a thread.
fn named(labels: &[(usize, &str)]) -> Vec<String> {
    let mut depths = vec![0; labels.len()];
    for index in (0..labels.len()).rev() {
        let (begin, name) = labels[index];
        let end = begin + name.len() + 1;
        let in_the_way = (index + 1..labels.len()).filter(|right| labels[*right].0 < end);
        depths[index] = in_the_way.map(|right| depths[right] + 1).max().unwrap_or(0);
    }
    let deepest = depths.iter().max().map_or(0, |depth| depth + 1);
    let line = |depth: usize| {
        let mut line = String::new();
        for ((begin, name), own) in labels.iter().zip(&depths) {
            let text = match depth.cmp(own) {
                Ordering::Less => "│",
                Ordering::Equal => *name,
                Ordering::Greater => continue,
            };
            line.push_str(&" ".repeat(begin.saturating_sub(width(&line))));
            line.push_str(text);
        }
        line
    };
    (0..deepest).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_hang_lower() {
        let lines = named(&[(9, "date"), (22, "priority"), (25, "project"), (31, "notes")]);
        let want = [
            "         date         │  │     notes",
            "                      │  project",
            "                      priority",
        ];
        assert_eq!(lines, want);
    }
}
