//! What is set on a task, as short labelled lines.

use super::cells::labels;
use super::reminders;
use crate::output::style::{Paint, Role};
use crate::output::text::clean;
use crate::output::{dates, label};
use tasks_domain::when::{Now, When};
use tasks_proto::v1;

/// Letters of a foreign id that are shown.
const LETTERS_SHOWN: usize = 12;
/// Width of a label.
const LABEL: usize = 8;

/// Columns of a label with the blanks around it.
pub(super) const LABELLED: usize = LABEL + 4;

/// A line with its label in front.
pub(super) fn line(name: &str, value: &str, paint: Paint) -> String {
    format!("  {}  {value}", paint.apply(Role::Faint, &format!("{name:<LABEL$}")))
}

/// The lines for what a command says back: dates, then the short facts together.
pub(super) fn of_task(task: &v1::Task, near: &[v1::Task], paint: Paint, now: Now) -> Vec<String> {
    let mut lines = Vec::new();
    let (start, end) = (dates::read(task.start.as_ref()), dates::read(task.end.as_ref()));
    if let Some(due) = dates::read(task.due.as_ref()) {
        lines.push(line("due", &told(due, paint, now), paint));
    }
    if start.is_some() || end.is_some() {
        lines.push(line("period", &period(start, end, now), paint));
    }
    if let Some(wait) = dates::read(task.wait.as_ref()) {
        lines.push(line("hidden", &format!("until {}", told(wait, paint, now)), paint));
    }
    let reminders = reminders::of_task(task, paint, now);
    lines.extend(reminders.iter().enumerate().map(|(at, one)| line(if at == 0 { "remind" } else { "" }, one, paint)));
    lines.extend(ties(task, near, paint).iter().map(|(name, value)| line(name, value, paint)));
    let short = short(task, paint);
    if !short.is_empty() {
        lines.push(format!("  {short}"));
    }
    lines
}

/// What the task is a part of, and what must end before it, by name as far as those tasks are among `near`.
pub(super) fn ties(task: &v1::Task, near: &[v1::Task], paint: Paint) -> Vec<(&'static str, String)> {
    let called = |id: &Vec<u8>| match near.iter().find(|one| one.id == *id) {
        Some(one) => format!("{} {}", paint.apply(Role::Id, &label::of_task(one)), clean(&one.title)),
        None => label::letters_of_task(id).chars().take(LETTERS_SHOWN).collect(),
    };
    let parent = (!task.parent.is_empty()).then(|| ("part of", called(&task.parent)));
    let after = task.after.iter().enumerate().map(|(at, id)| (if at == 0 { "after" } else { "" }, called(id)));
    parent.into_iter().chain(after).collect()
}

/// "Tue 24 Nov 17:00 (tomorrow)", and the time elsewhere where that differs.
pub(super) fn told(when: When, paint: Paint, now: Now) -> String {
    let elsewhere = dates::elsewhere(when, now).map(|there| format!(", {there}")).unwrap_or_default();
    let date = paint.apply(dates::role(when, now), &dates::full(when, now));
    format!("{date}{elsewhere}{}", paint.distance(&dates::relative(when, now)))
}

/// "Mon 23 Nov to Fri 27 Nov".
pub(super) fn period(start: Option<When>, end: Option<When>, now: Now) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start.date_in(now.zone()) == end.date_in(now.zone()) => {
            format!("{} to {}", dates::full(start, now), dates::time_of(end, now))
        }
        (Some(start), Some(end)) => format!("{} to {}", dates::full(start, now), dates::full(end, now)),
        (Some(start), None) => format!("from {}", dates::full(start, now)),
        (None, end) => end.map(|end| format!("until {}", dates::full(end, now))).unwrap_or_default(),
    }
}

/// Priority, project, tags and estimate in one line; empty when there is none of it.
fn short(task: &v1::Task, paint: Paint) -> String {
    let mut parts = Vec::new();
    let word = dates::priority_word(task.priority());
    match task.priority() {
        v1::Priority::Unspecified | v1::Priority::Medium => {}
        v1::Priority::Urgent => parts.push(paint.apply(Role::Urgent, word)),
        v1::Priority::High => parts.push(paint.apply(Role::High, word)),
        v1::Priority::Low => parts.push(word.to_owned()),
    }
    parts.extend(labels(task).into_iter().map(|piece| paint.apply(piece.role, &piece.text)));
    if task.estimate_seconds > 0 {
        parts.push(format!("takes {}", dates::length(task.estimate_seconds)));
    }
    if !task.notes.is_empty() {
        parts.push(paint.apply(Role::Faint, "with notes"));
    }
    parts.join("  ")
}
