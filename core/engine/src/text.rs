//! From texts and flags to patches: what people type is read here, once.

use crate::error::EngineError;
use crate::reference::{self, Numbered};
use crate::request::{Fields, TextReading};
use crate::store::StoreRead;
use std::borrow::Cow;
use tasks_domain::error::{Error, Span};
use tasks_domain::filter::Moments;
use tasks_domain::id::TaskId;
use tasks_domain::patch::{Patch, Schedule, TaskPatch};
use tasks_domain::priority::Priority;
use tasks_domain::text::{Notes, Project, Tag, Title};
use tasks_domain::when::When;
use tasks_language::{Context, Reading, Scope, Warning, WhenReading};

/// What is read of the texts of tasks.
pub(crate) const SCOPE: Scope = Scope { rules: true, reminders: true };

/// The patch of a new task's text. What is impossible in it stays in the title, with a warning.
pub(crate) fn new_task(text: &str, language: &Context) -> Result<(TaskPatch, TextReading, Vec<String>), Error> {
    as_new(text, tasks_language::parse_within(text, language, SCOPE))
}

/// The same for a text that was read.
pub(crate) fn as_new(text: &str, reading: Reading) -> Result<(TaskPatch, TextReading, Vec<String>), Error> {
    let warnings = reading.warnings.iter().map(Warning::told).collect();
    let patch = patch(&reading)?;
    Ok((patch, kept(text, reading), warnings))
}

/// Why a text makes no task: it is empty, or says everything but what to do.
pub(crate) fn untitled(text: &str) -> Error {
    match text.trim() {
        "" => Error::EmptyTitle,
        text => Error::NoTitleLeft { text: text.to_owned() },
    }
}

/// The patch of an edit's text. What is impossible in it is an error.
pub(crate) fn edit(text: &str, language: &Context) -> Result<(TaskPatch, TextReading), Error> {
    let mut reading = tasks_language::parse_within(text, language, SCOPE);
    if !reading.warnings.is_empty() {
        return Err(reading.warnings.remove(0).into_error(text));
    }
    if reading.rrule.is_none() && reading.title.as_deref().is_some_and(begins_with_every) {
        // Nobody calls a task so; `--title` does it all the same.
        return Err(Error::UnreadableRule { text: text.to_owned(), span: Span::whole(text) });
    }
    let patch = patch(&reading)?;
    let says_nothing = patch.is_empty() || reading.title.as_deref().is_some_and(names_no_value);
    if says_nothing && !reading.reminds {
        return Err(Error::NothingToChange { text: text.to_owned() });
    }
    Ok((patch, kept(text, reading)))
}

/// The patch of words that are put to what a task is called: as if they had stood in the text that it was made of. What is impossible
/// in them is an error.
pub(crate) fn added(text: &str, language: &Context) -> Result<(TaskPatch, TextReading), Error> {
    let mut reading = tasks_language::parse_within(text, language, SCOPE);
    if !reading.warnings.is_empty() {
        return Err(reading.warnings.remove(0).into_error(text));
    }
    Ok((patch(&reading)?, kept(text, reading)))
}

/// What an edit says by a text and by fields; a text that is nothing but an RRULE is the field for it.
pub(crate) fn rule_alone<'a>(text: &'a str, fields: &'a Fields) -> (&'a str, Cow<'a, Fields>) {
    if fields.repeat.is_some() || !tasks_language::is_rrule(text) {
        return (text, Cow::Borrowed(fields));
    }
    ("", Cow::Owned(Fields { repeat: Some(text.to_owned()), ..fields.clone() }))
}

/// Whether a title is what is left of a rule that could not be read, as "every 0 days".
fn begins_with_every(title: &str) -> bool {
    let first = title.split_whitespace().next().unwrap_or_default();
    ["every", "every!"].iter().any(|every| first.eq_ignore_ascii_case(every))
}

/// Whether a title is a field without a value, as "due:", which elsewhere clears it: here it would become the task's name.
fn names_no_value(title: &str) -> bool {
    const FIELDS: [&str; 10] =
        ["due", "wait", "project", "priority", "estimate", "notes", "parent", "after", "remind", "repeat"];
    title.strip_suffix(':').is_some_and(|name| FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)))
}

fn kept(text: &str, reading: Reading) -> TextReading {
    TextReading { text: text.to_owned(), reading }
}

fn patch(reading: &Reading) -> Result<TaskPatch, Error> {
    let schedule = reading.due.map(|due| Schedule { due, start: reading.start, end: reading.end });
    Ok(TaskPatch {
        title: reading.title.as_deref().map(Title::parse).transpose()?,
        notes: Patch::set_if(reading.notes.as_deref().map(Notes::parse).transpose()?.flatten()),
        priority: Patch::set_if(reading.priority),
        schedule: Patch::set_if(schedule),
        estimate: Patch::set_if(reading.duration),
        project: Patch::set_if(reading.project.clone()),
        add_tags: reading.tags.clone(),
        ..TaskPatch::default()
    })
}

/// The patch that flags ask for.
pub(crate) fn fields(tx: &dyn StoreRead, fields: &Fields, language: &Context) -> Result<TaskPatch, EngineError> {
    let tags = |texts: &[String]| texts.iter().map(|t| Tag::parse(t)).collect::<Result<Vec<_>, Error>>();
    Ok(TaskPatch {
        title: fields.title.as_deref().map(Title::parse).transpose()?,
        notes: match &fields.notes {
            None => Patch::Keep,
            Some(text) => Patch::set_or_clear(Notes::parse(text)?),
        },
        priority: flag(fields.priority.as_deref(), Priority::parse)?,
        schedule: flag(fields.due.as_deref(), |text| schedule(text, language))?,
        wait: flag(fields.wait.as_deref(), |text| Ok(first_moment(&when(text, language)?)))?,
        estimate: flag(fields.estimate.as_deref(), tasks_language::read_duration)?,
        project: flag(fields.project.as_deref(), Project::parse)?,
        clear_tags: fields.clear_tags,
        add_tags: tags(&fields.add_tags)?,
        remove_tags: tags(&fields.remove_tags)?,
        parent: match fields.parent.as_deref() {
            None => Patch::Keep,
            Some(text) if clears(text) => Patch::Clear,
            Some(text) => Patch::Set(reference::task(tx, text)?),
        },
        clear_after: fields.clear_after,
        add_after: all(tx, &fields.add_after)?,
        remove_after: all(tx, &fields.remove_after)?,
        repeat: Patch::Keep,
        // Read for each task: `remind::texts`.
        clear_reminders: false,
        remind: Vec::new(),
        put_off: None,
    })
}

fn all(tx: &dyn StoreRead, references: &[String]) -> Result<Vec<TaskId>, EngineError> {
    reference::tasks(tx, references, Numbered::Live)
}

fn clears(text: &str) -> bool {
    text.trim().is_empty() || text.trim().eq_ignore_ascii_case("none")
}

fn flag<T>(text: Option<&str>, read: impl Fn(&str) -> Result<T, Error>) -> Result<Patch<T>, Error> {
    match text {
        None => Ok(Patch::Keep),
        Some(text) if clears(text) => Ok(Patch::Clear),
        Some(text) => read(text).map(Patch::Set),
    }
}

fn when(text: &str, language: &Context) -> Result<WhenReading, Error> {
    tasks_language::read_when(text, language)
}

fn schedule(text: &str, language: &Context) -> Result<Schedule, Error> {
    let reading = when(text, language)?;
    Ok(Schedule { due: reading.due, start: reading.start, end: reading.end })
}

fn first_moment(reading: &WhenReading) -> When {
    reading.start.unwrap_or(reading.due)
}

/// What to say of a due time that the clocks of its zone skip or that they show otherwise than it was typed.
pub(crate) fn moved_by_clocks(patch: &TaskPatch) -> Option<String> {
    let Patch::Set(Schedule { due: When::At(time), .. }) = &patch.schedule else { return None };
    let shown = time.zoned().naive_local();
    (shown != time.local()).then(|| {
        let (typed, shown) = (time.local().format("%H:%M"), shown.format("%H:%M"));
        format!("{typed} does not exist on that day, as the clocks go forward: it means {shown}")
    })
}

/// Reads the values of filters.
pub(crate) struct Words<'a>(pub(crate) &'a Context);

impl Words<'_> {
    /// The first and last moment that a text means; `past` when it can only lie behind.
    pub(crate) fn when(&self, text: &str, past: bool) -> Result<Moments, Error> {
        let reading = if past { tasks_language::read_past(text, self.0)? } else { when(text, self.0)? };
        Ok(match reading.due {
            When::Date(_) => (When::Date(reading.span_days.0), When::Date(reading.span_days.1)),
            at @ When::At(_) => (reading.start.unwrap_or(at), reading.end.unwrap_or(at)),
        })
    }
}
