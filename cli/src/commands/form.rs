//! Tasks as a text to edit: for each `key: value` lines, a line of dashes, then the notes. Of several tasks each begins with a line that
//! names it.

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
/// Letters of the id of another task that are shown: by chance, no two tasks of anybody begin alike for so long.
const LETTERS_SHOWN: usize = 12;
const KEYS: [&str; 9] = ["title", "due", "priority", "project", "tags", "estimate", "wait", "parent", "after"];
const HEAD: &str = "\
# Change what you like and save. An empty value clears a field; lines with # in front are left out.
# Dates and lengths are read as in tasks add: friday 3pm, 2026-12-24, in 2 hours; 30 minutes.
";

const HEAD_OF_MANY: &str = "\
# Each task begins with its line ==; one whose part you take out is left alone.
";
/// Around the name of a task, where there are several.
const MARK: &str = "==";
/// Before a line of notes that would read as the beginning of a task.
const ESCAPE: char = '\\';

/// The text for tasks.
pub(super) fn of_tasks(tasks: &[v1::Task], now: Now) -> String {
    if let [task] = tasks {
        return format!("{HEAD}{}", of_task(task, now));
    }
    let mut text = format!("{HEAD}{HEAD_OF_MANY}");
    for task in tasks {
        text.push_str(&format!("\n{MARK} {} {MARK}\n", name(task)));
        for line in of_task(task, now).split_inclusive('\n') {
            if heading(line.trim_start_matches(ESCAPE)).is_some() {
                text.push(ESCAPE);
            }
            text.push_str(line);
        }
    }
    text
}

/// What a task is called in the text.
fn name(task: &v1::Task) -> String {
    if task.number > 0 {
        return task.number.to_string();
    }
    TaskId::from_slice(&task.id).map(|id| id.letters()).unwrap_or_default()
}

/// The name in a line that begins a task.
fn heading(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_prefix(MARK)?.strip_suffix(MARK)?.trim();
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

/// The parts of a text of several tasks, by name.
fn parts(text: &str) -> Result<Vec<(&str, String)>, CliError> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = heading(line) {
            if parts.iter().any(|(other, _)| *other == name) {
                return Err(unreadable(line.trim_end(), "is there twice"));
            }
            parts.push((name, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            let escaped = line.starts_with(ESCAPE) && heading(line.trim_start_matches(ESCAPE)).is_some();
            part.push_str(if escaped { &line[ESCAPE.len_utf8()..] } else { line });
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            return Err(unreadable(line.trim_end(), "stands before the first task"));
        }
    }
    Ok(parts)
}

/// What changed between two texts: the tasks by their place in the first, with the fields to send. What was taken out changes
/// nothing.
pub(super) fn differences(before: &str, after: &str) -> Result<Vec<(usize, v1::Fields)>, CliError> {
    if !before.starts_with(&format!("{HEAD}{HEAD_OF_MANY}")) {
        return Ok(differences_of_one(before, after)?.map(|fields| (0, fields)).into_iter().collect());
    }
    let old = parts(before)?;
    let mut all = Vec::new();
    for (name, part) in parts(after)? {
        let line = format!("{MARK} {name} {MARK}");
        let Some(index) = old.iter().position(|(other, _)| *other == name) else {
            return Err(unreadable(&line, "names no task of this text"));
        };
        let fields = differences_of_one(&old[index].1, &part).map_err(|error| in_task(error, name))?;
        all.extend(fields.map(|fields| (index, fields)));
    }
    Ok(all)
}

/// Says which task an error is about.
fn in_task(error: CliError, name: &str) -> CliError {
    let CliError::Failure(mut failure) = error else { return error };
    failure.message = format!("in {name}: {}", failure.message);
    CliError::Failure(failure)
}

/// The text for a task.
fn of_task(task: &v1::Task, now: Now) -> String {
    let letters = |id: &Vec<u8>| TaskId::from_slice(id).map(|id| id.letters()).unwrap_or_default();
    let reference = |id: &Vec<u8>| letters(id).chars().take(LETTERS_SHOWN).collect::<String>();
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
    let mut text = String::new();
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
fn differences_of_one(before: &str, after: &str) -> Result<Option<v1::Fields>, CliError> {
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
        of_tasks(&[task()], now)
    }

    #[test]
    fn a_form_that_is_saved_as_it_was_changes_nothing() {
        assert_eq!(differences(&form(), &form()).unwrap(), Vec::new());
        assert_eq!(differences(&form(), &form().replace("due:", "due:  ")).unwrap(), Vec::new());
    }

    #[test]
    fn only_what_changed_is_sent() {
        let after = form().replace("tags: shop urgent-ish", "tags: shop, #new").replace("project: home", "project:");
        let fields = differences(&form(), &after).unwrap().remove(0).1;
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
        let fields = differences(&form(), &after).unwrap().remove(0).1;
        assert_eq!(fields.notes.as_deref(), Some("three litres\n---\n# oat"));
    }

    #[test]
    fn several_tasks_are_one_text_and_one_that_is_taken_out_is_left_alone() {
        let now = Now::from_unix_ms(1_795_341_600_000, Tz::Europe__Berlin).unwrap();
        let notes = "== 2 ==\n\\== 2 ==".to_owned();
        let tasks = [
            v1::Task { number: 1, notes, ..task() },
            v1::Task { number: 2, ..task() },
            v1::Task { number: 3, ..task() },
        ];
        let text = of_tasks(&tasks, now);
        assert_eq!(differences(&text, &text).unwrap(), Vec::new());
        let (head, second) = text.split_once("\n== 2 ==").unwrap();
        let after = format!("{head}\n== 2 =={}", second.replace("project: home", "project: work"));
        let changed = differences(&text, &after).unwrap();
        let [(1, one), (2, two)] = changed.as_slice() else { panic!("two tasks: {changed:?}") };
        assert_eq!((one.project.as_deref(), two.project.as_deref()), (Some("work"), Some("work")));
        assert_eq!(differences(&text, head).unwrap(), Vec::new(), "two parts were taken out");
        assert!(differences(&text, &text.replace("== 3 ==", "== 4 ==")).is_err());
        assert!(differences(&text, &format!("{text}\n== 1 ==\n---\n")).is_err());
        assert!(differences(&text, &format!("hello\n{text}")).is_err());
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
