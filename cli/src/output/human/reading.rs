//! How a text was understood.

use super::facts::{line, period, told};
use crate::error::CliError;
use crate::outcome::{Read, Readings};
use crate::output::dates;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, clean_lines, width};
use crate::output::ui::Ui;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Widest text that gets its stretches underlined in place.
const COLUMNS: usize = 78;

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
        ui.line(&line(name, &value, paint))?;
    }
    for warning in &reading.warnings {
        ui.warn(&format!("{}; it stays in the title", warning.message))?;
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
    let is_period = reading.start.is_some() || reading.end.is_some();
    add("period", is_period.then(|| period(reading.start, reading.end, now)));
    add("takes", reading.duration.map(|length| dates::length(length.num_seconds())));
    add("repeats", reading.rrule.clone());
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
    let sure = format!("{:.0} % sure, {} µs", reading.confidence * 100.0, read.micros);
    add("read as", Some(format!("{} {}", reading.intent.as_str(), paint.apply(Role::Faint, &format!("({sure})")))));
    facts
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

/// The text, a line of carets under what was understood, and what each stretch is; a list where the text is too long for that.
fn underlined(text: &str, stretches: &[Stretch], columns: Option<usize>, paint: Paint) -> Vec<String> {
    let (mut painted, mut carets, mut names) = (String::new(), String::new(), String::new());
    let mut at = 0;
    for stretch in stretches {
        let (Some(before), Some(part)) = (text.get(at..stretch.start), text.get(stretch.start..stretch.end)) else {
            continue;
        };
        let (before, part) = (clean(before), clean(part));
        painted.push_str(&before);
        painted.push_str(&paint.apply(Role::Understood, &part));
        carets.push_str(&" ".repeat(width(&before)));
        let begins = width(&carets);
        carets.push_str(&"^".repeat(width(&part)));
        // A name that does not fit above its neighbour moves to the right.
        names.push_str(&" ".repeat(begins.saturating_sub(width(&names)).max(usize::from(!names.is_empty()))));
        names.push_str(stretch.kind);
        at = stretch.end;
    }
    painted.push_str(&clean(text.get(at..).unwrap_or_default()));
    if stretches.is_empty() {
        return vec![painted];
    }
    if width(&clean(text)).max(width(&names)) <= columns.unwrap_or(COLUMNS).min(COLUMNS) {
        return vec![painted, paint.apply(Role::Faint, &carets), paint.apply(Role::Faint, &names)];
    }
    let listed = stretches.iter().map(|one| {
        let part = clean(text.get(one.start..one.end).unwrap_or_default()).into_owned();
        format!("  {} {}", paint.apply(Role::Faint, &format!("{:<9}", one.kind)), paint.apply(Role::Understood, &part))
    });
    std::iter::once(painted).chain(listed).collect()
}
