//! A task as a text to edit: `key: value` lines, a line of dashes, then the notes.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::host::Env;
use crate::ids;
use crate::output::dates;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use tasks_domain::error::{ErrorKind, Span};
use tasks_domain::id::TaskId;
use tasks_domain::priority::Priority;
use tasks_domain::when::Now;
use tasks_proto::error::Failure;
use tasks_proto::v1;

/// Between the fields and the notes.
const RULE: &str = "---";
/// Variables that name the editor.
const EDITORS: [&str; 2] = ["VISUAL", "EDITOR"];
/// What a shell ends with when a command is not there, or cannot be run.
const NOT_FOUND: i32 = 127;
const NOT_A_PROGRAM: i32 = 126;
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
    };
    Ok((fields != v1::Fields::default()).then_some(fields))
}

fn names(value: &str) -> Vec<String> {
    let bare = |name: &str| name.strip_prefix(['#', '+']).unwrap_or(name).to_owned();
    value.split([' ', ',', '\t']).filter(|name| !name.is_empty()).map(bare).collect()
}

/// Fails at once where the editor that is used unasked would find no terminal.
pub(super) fn require_editor(ctx: &Ctx) -> Result<(), CliError> {
    if ctx.ui.is_interactive() || EDITORS.into_iter().any(|name| ctx.env.text(name).is_some()) {
        return Ok(());
    }
    let hint = "VISUAL or EDITOR can name one that needs none; or say what to change: tasks edit 3 --due friday";
    Err(CliError::hinted(ErrorKind::Refused, "there is no terminal for an editor", hint))
}

/// The form in a file that only its owner can read.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    original: String,
}

impl Draft {
    /// Writes the form into a new file.
    pub(super) fn open(env: &Env, reference: &str, text: &str) -> Result<Self, CliError> {
        let folder = env.text("TMPDIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
        let reference: String = reference.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        let path = folder.join(format!("tasks-edit-{reference}-{}.md", ids::name()?));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
            CliError::hinted(
                ErrorKind::Failed,
                format!("cannot write {}: {error}", path.display()),
                "TMPDIR names the folder for it",
            )
        })?;
        Ok(Self { path, original: text.to_owned() })
    }

    /// Opens the editor and answers with what was saved.
    pub(super) fn edit(&self, env: &Env) -> Result<String, CliError> {
        let editor = EDITORS.into_iter().find_map(|name| env.text(name)).unwrap_or_else(|| "vi".to_owned());
        let named = "VISUAL or EDITOR names the editor";
        // Through the shell, as git does: the variable may hold arguments, as in "code --wait".
        let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(&editor).arg(&self.path).status();
        let failed = |what: String| self.keep(CliError::new(ErrorKind::Failed, what));
        let missing = |what: String| self.keep(CliError::hinted(ErrorKind::Failed, what, named));
        match status.map(|status| (status.success(), status.code())) {
            Ok((true, _)) => {}
            Ok((_, Some(NOT_FOUND))) => return Err(missing(format!("there is no editor `{editor}`"))),
            Ok((_, Some(NOT_A_PROGRAM))) => return Err(missing(format!("the editor `{editor}` is not a program"))),
            Ok((_, Some(code))) => return Err(failed(format!("the editor `{editor}` ended with exit code {code}"))),
            Ok((_, None)) => return Err(failed(format!("the editor `{editor}` was ended by a signal"))),
            Err(error) => return Err(missing(format!("cannot start the editor `{editor}`: {error}"))),
        }
        match fs::read_to_string(&self.path) {
            Ok(text) if text.trim().is_empty() => {
                Err(self.keep(CliError::new(ErrorKind::Refused, "the text is empty now")))
            }
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(self.keep(CliError::new(ErrorKind::Refused, format!("{} is gone", self.path.display()))))
            }
            Err(error) => Err(failed(format!("cannot read what the editor saved: {error}"))),
        }
    }

    /// Adds to an error where the text is; a text that is as it was is of no use to anybody.
    pub(super) fn keep(&self, error: CliError) -> CliError {
        let CliError::Failure(mut failure) = error else { return error };
        let nothing_typed = match fs::read_to_string(&self.path) {
            Ok(text) => text == self.original || text.trim().is_empty(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        let kept = if nothing_typed {
            self.remove();
            "nothing was changed".to_owned()
        } else {
            format!("nothing was changed; your text is in {}", self.path.display())
        };
        failure.hint = Some(failure.hint.map_or(kept.clone(), |hint| format!("{hint} ({kept})")));
        CliError::Failure(failure)
    }

    /// Takes the file away once it is of no use.
    pub(super) fn remove(&self) {
        // A file that cannot be removed harms nobody.
        let _ = fs::remove_file(&self.path);
    }
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
