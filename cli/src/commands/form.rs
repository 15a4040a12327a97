//! A task as a text to edit: `key: value` lines, a line of dashes, then the notes.

use crate::error::CliError;
use crate::output::dates;
use tasks_domain::error::{ErrorKind, Span};
use tasks_domain::id::TaskId;
use tasks_domain::priority::Priority;
use tasks_domain::when::Now;
use tasks_proto::error::Failure;
use tasks_proto::v1;

/// Between the fields and the notes.
const RULE: &str = "---";
const KEYS: [&str; 9] = ["title", "due", "priority", "project", "tags", "estimate", "wait", "parent", "after"];
const HEAD: &str = "\
# Change what you like and save. An empty value clears a field; lines with # in front are left out.
# Dates and lengths are read as in tasks add: friday 3pm, 2026-12-24, in 2 hours; 30 minutes.
";

/// The text for a task.
pub(super) fn of_task(task: &v1::Task, now: Now) -> String {
    let reference = |id: &Vec<u8>| TaskId::from_slice(id).map(|id| id.letters()).unwrap_or_default();
    let after: Vec<String> = task.after.iter().map(reference).collect();
    let values = [
        task.title.clone(),
        dates::editable(task.due.as_ref(), now),
        dates::priority_word(task.priority()).to_owned(),
        task.project.clone(),
        task.tags.join(" "),
        dates::length(task.estimate_seconds),
        dates::editable(task.wait.as_ref(), now),
        reference(&task.parent),
        after.join(" "),
    ];
    let mut text = HEAD.to_owned();
    for (key, value) in KEYS.iter().zip(values) {
        text.push_str(format!("{key}: {value}").trim_end());
        text.push('\n');
    }
    text.push_str(RULE);
    text.push('\n');
    text.push_str(&task.notes);
    if !task.notes.is_empty() {
        text.push('\n');
    }
    text
}

/// A form that was read.
#[derive(Debug, Default, PartialEq)]
struct Form<'a> {
    values: [Option<&'a str>; KEYS.len()],
    notes: &'a str,
}

fn read(text: &str) -> Result<Form<'_>, CliError> {
    let mut form = Form::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = behind;
        let line = line.trim_end();
        if line == RULE {
            form.notes = rest.trim_end();
            return Ok(form);
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':').ok_or_else(|| unreadable(line, "is not `key: value`"))?;
        let index = KEYS
            .iter()
            .position(|known| *known == key.trim())
            .ok_or_else(|| unreadable(line, "has no field of a task"))?;
        if form.values[index].replace(value.trim()).is_some() {
            return Err(unreadable(line, "is there twice"));
        }
    }
    Err(CliError::hinted(
        ErrorKind::Refused,
        format!("the line `{RULE}` above the notes is gone"),
        "the form must keep it",
    ))
}

fn unreadable(line: &str, what: &str) -> CliError {
    let shown: String = line.chars().take(200).collect();
    let span = Span::whole(&shown);
    let mut failure = Failure::new(ErrorKind::Refused, format!("a line of the form {what}"))
        .with_hint(format!("fields are {}; notes stand below `{RULE}`", KEYS.join(", ")));
    failure.place = Some((shown, span));
    failure.into()
}

/// What changed between two forms, as fields to send; `None` when nothing did. A line that was deleted changes nothing.
pub(super) fn differences(before: &str, after: &str) -> Result<Option<v1::Fields>, CliError> {
    let (old, new) = (read(before)?, read(after)?);
    if old == new {
        return Ok(None);
    }
    let changed = |key: &str| {
        let index = KEYS.iter().position(|known| *known == key)?;
        new.values[index].filter(|value| Some(*value) != old.values[index]).map(str::to_owned)
    };
    if changed("title").is_some_and(|title| title.is_empty()) {
        return Err(tasks_domain::error::Error::EmptyTitle.into());
    }
    let members = |key: &str| {
        let new = changed(key).map(|value| names(&value));
        let index = KEYS.iter().position(|known| *known == key);
        let old = names(index.and_then(|index| old.values[index]).unwrap_or_default());
        let new = new.unwrap_or_else(|| old.clone());
        let add: Vec<String> = new.iter().filter(|name| !old.contains(name)).cloned().collect();
        let remove: Vec<String> = old.into_iter().filter(|name| !new.contains(name)).collect();
        (add, remove)
    };
    let ((add_tags, remove_tags), (add_after, remove_after)) = (members("tags"), members("after"));
    let priority =
        changed("priority").map(|value| if value.is_empty() { Priority::default().to_string() } else { value });
    let fields = v1::Fields {
        title: changed("title"),
        due: changed("due"),
        priority,
        project: changed("project"),
        notes: (new.notes != old.notes).then(|| new.notes.to_owned()),
        estimate: changed("estimate"),
        wait: changed("wait"),
        parent: changed("parent"),
        add_tags,
        remove_tags,
        add_after,
        remove_after,
        ..v1::Fields::default()
    };
    Ok((fields != v1::Fields::default()).then_some(fields))
}

fn names(value: &str) -> Vec<String> {
    let bare = |name: &str| name.strip_prefix(['#', '+']).unwrap_or(name).to_owned();
    value.split([' ', ',', '\t']).filter(|name| !name.is_empty()).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn task() -> v1::Task {
        v1::Task {
            title: "Buy milk".into(),
            notes: "two litres\n---\n# oat".into(),
            tags: vec!["shop".into(), "urgent-ish".into()],
            project: "home".into(),
            estimate_seconds: 5400,
            ..v1::Task::default()
        }
    }

    fn form() -> String {
        let now = Now::from_unix_ms(1_795_341_600_000, Tz::Europe__Berlin).unwrap();
        of_task(&task(), now)
    }

    #[test]
    fn a_form_that_is_saved_as_it_was_changes_nothing() {
        assert_eq!(differences(&form(), &form()).unwrap(), None);
        assert_eq!(differences(&form(), &form().replace("due:", "due:  ")).unwrap(), None);
    }

    #[test]
    fn only_what_changed_is_sent() {
        let after = form().replace("tags: shop urgent-ish", "tags: shop, #new").replace("project: home", "project:");
        let fields = differences(&form(), &after).unwrap().unwrap();
        let want = v1::Fields {
            project: Some(String::new()),
            add_tags: vec!["new".into()],
            remove_tags: vec!["urgent-ish".into()],
            ..v1::Fields::default()
        };
        assert_eq!(fields, want);
    }

    #[test]
    fn notes_may_hold_dashes_and_number_signs() {
        let after = form().replace("two litres", "three litres");
        let fields = differences(&form(), &after).unwrap().unwrap();
        assert_eq!(fields.notes.as_deref(), Some("three litres\n---\n# oat"));
    }

    #[test]
    fn nonsense_is_refused() {
        for after in
            ["", "title: x", "nonsense\n---\n", "colour: red\n---\n", "title: a\ntitle: b\n---\n", "title:\n---\n"]
        {
            assert!(differences(&form(), after).is_err(), "{after:?}");
        }
    }
}
