//! The new values that a command gives a task: "to high", "by 2 days", "until friday", "to buy oat milk", "to project garden".

use super::command::{Command, one_of};
use crate::length::length;
use crate::line::Line;
use crate::moment::moment;
use crate::reading::Intent;
use chrono::Duration;
use tasks_domain::priority::Priority;
use tasks_domain::text::{Project, Tag};

/// What the words before dates and markers are read says, and which tokens said it.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub priority: Option<Priority>,
    /// How much later than now.
    pub later: Option<Duration>,
    /// Where the new title begins.
    pub title: Option<usize>,
    pub project: Option<Project>,
    pub tag: Option<Tag>,
    /// Tokens that are no part of the target: from, the place behind.
    pub taken: Vec<(usize, usize)>,
}

impl Values {
    /// Nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.priority.is_none()
    }
}

const LINKS: &[&str] = &["to", "as", "at", "with"];

/// Reads the values between the words of an update or snooze.
pub(super) fn values(line: &Line, command: &Command) -> Values {
    let mut values = Values::default();
    let (from, to) = (command.from, command.to);
    if renames(line, command)
        && let Some(at) = new_title(line, from, to)
    {
        values.title = Some(at + 1);
        values.taken.push((at, to));
        return values;
    }
    if one_of(line, command.verb, &["prioritize", "prioritise"]) {
        values.priority = Some(Priority::High);
    }
    priority(line, command, &mut values);
    if values.priority.is_some() && !values.taken.is_empty() {
        return values;
    }
    if let Some((at, length)) = by_length(line, from, to) {
        values.later = Some(length);
        values.taken.push((at, to));
        return values;
    }
    // "until friday", "to next monday": the word before a moment that ends the line.
    let leads = |at: &usize| {
        one_of(line, *at, &["to", "until", "till", "for", "til", "due"])
            && moment(line, at + 1).is_some_and(|found| found.end >= to)
    };
    if let Some(at) = (from..to).find(leads) {
        values.taken.push((at, at + 1));
        return values;
    }
    names(line, command, &mut values);
    values
}

/// The priority in a question: "high priority", "urgent".
pub(super) fn asked_priority(line: &Line, from: usize, to: usize) -> Option<(Priority, (usize, usize))> {
    let at = (from..to).find(|at| {
        word_of_priority(line, *at).is_some() && (one_of(line, at + 1, &["priority"]) || one_of(line, *at, &["urgent"]))
    })?;
    let end = at + 1 + usize::from(one_of(line, at + 1, &["priority"]));
    Some((word_of_priority(line, at)?, (at, end)))
}

fn word_of_priority(line: &Line, at: usize) -> Option<Priority> {
    let words = [
        ("low", Priority::Low),
        ("lowest", Priority::Low),
        ("medium", Priority::Medium),
        ("normal", Priority::Medium),
        ("high", Priority::High),
        ("higher", Priority::High),
        ("important", Priority::High),
        ("top", Priority::Urgent),
        ("highest", Priority::Urgent),
        ("urgent", Priority::Urgent),
        ("critical", Priority::Urgent),
    ];
    words.iter().find(|(word, _)| one_of(line, at, &[word])).map(|(_, priority)| *priority)
}

/// "to high", "as urgent", "high priority", "make … urgent".
fn priority(line: &Line, command: &Command, values: &mut Values) {
    let to = command.to;
    let end = to - usize::from(one_of(line, to - 1, &["priority"]));
    let Some(word) = end.checked_sub(1).filter(|word| *word > command.from) else { return };
    let Some(priority) = word_of_priority(line, word) else { return };
    let linked = one_of(line, word - 1, LINKS) || one_of(line, word - 1, &["a", "an"]);
    if linked || end < to || one_of(line, command.verb, &["make", "mark", "set", "flag", "bump"]) {
        values.priority = Some(priority);
        let start = if linked { word - 1 } else { word };
        let start = start - usize::from(start > command.from && one_of(line, start - 1, LINKS));
        // "set report priority to low"
        let start = start - usize::from(start > command.from + 1 && one_of(line, start - 1, &["priority"]));
        values.taken.push((start, to));
    }
}

/// "by 2 days", "for 1 hour", or the length alone, at the end of the line.
fn by_length(line: &Line, from: usize, to: usize) -> Option<(usize, Duration)> {
    (from..to).find_map(|at| {
        let (length, end) = length(line, at)?;
        if end < to || at > from && one_of(line, at - 1, &["in", "within", "after"]) {
            return None;
        }
        let linked = at > from && one_of(line, at - 1, &["by", "for", "another"]);
        Some((at - usize::from(linked), length.duration()))
    })
}

fn renames(line: &Line, command: &Command) -> bool {
    let named = (command.verb..command.from).any(|at| one_of(line, at, &["title", "name"]));
    named || one_of(line, command.verb, &["rename", "retitle"])
}

/// The "to" before the new title. Of several, the one with the same word on both sides: "rename call to mom to call to dad".
fn new_title(line: &Line, from: usize, to: usize) -> Option<usize> {
    let all = || (from + 1..to.saturating_sub(1)).filter(|at| one_of(line, *at, &["to", "into"]));
    let first = line.spelling(from);
    let same = all().find(|at| line.spelling(at + 1).eq_ignore_ascii_case(first));
    same.or_else(|| all().next())
}

/// "to project garden", "into the garden project", "with errands": names without a mark.
fn names(line: &Line, command: &Command, values: &mut Values) {
    let (from, to) = (command.from, command.to);
    // "add tag work to the report"
    if one_of(line, command.verb, &["add"]) && from > command.verb + 1 && one_of(line, from + 1, &["to", "on"]) {
        values.tag = Tag::parse(line.spelling(from)).ok();
        values.taken.push((from, from + 2));
        return;
    }
    if one_of(line, command.verb, &["tag"]) {
        let lead = (from + 1..to).rev().find(|at| one_of(line, *at, &["as", "with"]));
        if let Some(lead) = lead.filter(|lead| lead + 2 == to) {
            values.tag = Tag::parse(line.spelling(lead + 1)).ok();
            values.taken.push((lead, to));
        }
        return;
    }
    let Some(lead) = (from + 1..to).rev().find(|at| one_of(line, *at, &["to", "into", "in", "under"])) else { return };
    let named = (lead + 1..to).any(|at| one_of(line, at, &["project"]));
    let verb = one_of(line, command.verb, &["move", "put", "assign", "add", "file"]);
    let words: Vec<usize> =
        (lead + 1..to).filter(|at| !one_of(line, *at, &["the", "my", "project"]) && line.is_free(*at)).collect();
    let [name] = words.as_slice() else { return };
    if (named || verb && command.intent == Intent::UpdateTask)
        && let Ok(project) = Project::parse(line.spelling(*name))
    {
        values.project = Some(project);
        values.taken.push((lead, to));
    }
}
