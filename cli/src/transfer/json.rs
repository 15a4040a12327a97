//! TASK and RECORD objects (see `output::json`) read back.

use super::objects::{Object, Objects};
use super::record::RecordIn;
use super::reminder::ReminderIn;
use super::{Entry, Item, Place, Problem, Reader};
use chrono::DateTime;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;
use tasks_domain::id::{IdPrefix, LETTERS, TaskId};
use tasks_domain::priority::Priority;
use tasks_domain::when::{LocalTime, When, parse_zone};
use tasks_proto::{convert, v1};

/// Tasks of either form of JSON.
pub(super) struct JsonTasks {
    objects: Objects<Box<dyn BufRead + Send>>,
}

impl JsonTasks {
    pub(super) fn new(input: Box<dyn BufRead + Send>) -> Self {
        Self { objects: Objects::new(input) }
    }
}

impl Reader for JsonTasks {
    fn next(&mut self) -> Option<Result<Entry, Problem>> {
        Some(self.objects.next()?.and_then(|object| entry(&object)))
    }

    fn bytes(&self) -> u64 {
        self.objects.bytes()
    }
}

fn entry(object: &Object) -> Result<Entry, Problem> {
    let place = object.place;
    let bytes = object.bytes.len();
    let read: TaskIn<'_> = serde_json::from_slice(&object.bytes).map_err(|error| within(place, &error))?;
    if read.is_record {
        let read: RecordIn<'_> = serde_json::from_slice(&object.bytes).map_err(|error| within(place, &error))?;
        let record = read.wire().map_err(|message| Problem { place, message })?;
        return Ok(Entry { place, item: Item::Record(record), bytes, unknown: Vec::new() });
    }
    let unknown: Vec<String> = read.unknown.iter().map(|key| key.clone().into_owned()).collect();
    let task = read.whole().map_err(|message| Problem { place, message })?;
    Ok(Entry { place, item: Item::Task(Box::new(task)), bytes, unknown })
}

/// What serde says of an object, at its place in the file.
fn within(begin: Place, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
    let (line, column) = (error.line().max(1) as u64, error.column() as u64);
    let column = if line == 1 { begin.column + column.saturating_sub(1) } else { column.max(1) };
    Problem { place: Place { line: begin.line + line - 1, column }, message }
}

/// A key that may be missing, which is not the same as null.
#[derive(Default)]
enum Key<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<T> Key<T> {
    fn value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

/// A string that borrows where nothing in it is escaped.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct WhenIn<'a> {
    #[serde(borrow, default)]
    date: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    at: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    tz: Option<Cow<'a, str>>,
}

macro_rules! task_in {
    ($($field:ident: $type:ty = $key:literal),* $(,)?) => {
        /// A TASK as it is written.
        #[derive(Default)]
        struct TaskIn<'a> {
            $($field: Key<$type>,)*
            reminders: Vec<ReminderIn<'a>>,
            /// It is no task at all.
            is_record: bool,
            unknown: Vec<Cow<'a, str>>,
        }

        impl<'de> Visitor<'de> for TaskVisitor {
            type Value = TaskIn<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a task")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TaskIn<'de>, A::Error> {
                let mut task = TaskIn::default();
                while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
                    match key.as_ref() {
                        $($key => {
                            if !task.$field.is_absent() {
                                return Err(A::Error::custom(concat!("`", $key, "` is there twice")));
                            }
                            task.$field = map.next_value().map_err(|error| named($key, &error))?;
                        })*
                        "reminders" => task.reminders = map.next_value().map_err(|error| named("reminders", &error))?,
                        "record" => {
                            map.next_value::<IgnoredAny>()?;
                            task.is_record = true;
                        }
                        // They follow from the rest, or belong to a device.
                        "number" | "urgency" | "states" | "progress" => drop(map.next_value::<IgnoredAny>()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            task.unknown.push(key);
                        }
                    }
                }
                Ok(task)
            }
        }

        impl TaskIn<'_> {
            fn absent(&self) -> Vec<String> {
                let mut absent = Vec::new();
                $(if self.$field.is_absent() {
                    absent.push($key.to_owned());
                })*
                absent
            }
        }
    };
}

struct TaskVisitor;

task_in! {
    id: Text<'a> = "id",
    title: Text<'a> = "title",
    notes: Text<'a> = "notes",
    status: Text<'a> = "status",
    priority: Text<'a> = "priority",
    due: WhenIn<'a> = "due",
    start: WhenIn<'a> = "start",
    wait: WhenIn<'a> = "wait",
    end: WhenIn<'a> = "end",
    estimate: Text<'a> = "estimate",
    project: Text<'a> = "project",
    tags: Vec<Text<'a>> = "tags",
    parent: Text<'a> = "parent",
    after: Vec<Text<'a>> = "after",
    rule: Text<'a> = "rule",
    slot: Text<'a> = "slot",
    created_at: Text<'a> = "created_at",
    modified_at: Text<'a> = "modified_at",
    started_at: Text<'a> = "started_at",
    done_at: Text<'a> = "done_at",
    deleted_at: Text<'a> = "deleted_at",
}

impl<'de> Deserialize<'de> for TaskIn<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TaskVisitor)
    }
}

fn named<E: serde::de::Error>(key: &str, error: &E) -> E {
    let text = error.to_string();
    E::custom(format!("`{key}`: {}", text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message)))
}

impl TaskIn<'_> {
    /// As requests carry it; else what is wrong.
    fn whole(&self) -> Result<v1::WholeTask, String> {
        let id = self.id.value().ok_or("a task needs an `id`; new ones are made by tasks add")?;
        let text = |key: &Key<Text<'_>>| key.value().map(|text| text.0.as_ref().to_owned()).unwrap_or_default();
        let instant = |key: &Key<Text<'_>>, name: &str| -> Result<i64, String> {
            let read = |text: &Text<'_>| {
                DateTime::parse_from_rfc3339(&text.0)
                    .map(|at| at.timestamp_millis())
                    .map_err(|_| format!("`{name}`: {} is not an RFC 3339 time", quoted(&text.0)))
            };
            key.value().map_or(Ok(0), read)
        };
        let optional_id =
            |key: &Key<Text<'_>>, name: &str| key.value().map_or(Ok(Vec::new()), |text| id_of(&text.0, name));
        let names = |key: &Key<Vec<Text<'_>>>| {
            key.value().map(|names| names.iter().map(|name| name.0.as_ref().to_owned()).collect()).unwrap_or_default()
        };
        let (status, progress) = self.status()?;
        let mut task = v1::Task {
            id: id_of(&id.0, "id")?,
            title: text(&self.title),
            notes: text(&self.notes),
            status: status.into(),
            priority: self.priority()?.into(),
            due: when(&self.due, "due")?,
            start: when(&self.start, "start")?,
            wait: when(&self.wait, "wait")?,
            end: when(&self.end, "end")?,
            estimate_seconds: self.estimate()?,
            project: text(&self.project),
            tags: names(&self.tags),
            parent: optional_id(&self.parent, "parent")?,
            after: match self.after.value() {
                None => Vec::new(),
                Some(ids) => ids.iter().map(|id| id_of(&id.0, "after")).collect::<Result<_, _>>()?,
            },
            rule: optional_id(&self.rule, "rule")?,
            slot: text(&self.slot),
            created_at_unix_ms: instant(&self.created_at, "created_at")?,
            modified_at_unix_ms: instant(&self.modified_at, "modified_at")?,
            started_at_unix_ms: instant(&self.started_at, "started_at")?,
            done_at_unix_ms: instant(&self.done_at, "done_at")?,
            deleted_at_unix_ms: instant(&self.deleted_at, "deleted_at")?,
            reminders: self.reminders()?,
            ..v1::Task::default()
        };
        agree(&mut task, status, progress)?;
        let mut absent = self.absent();
        if matches!(self.created_at, Key::Null) {
            absent.push("created_at".to_owned());
        }
        Ok(v1::WholeTask { task: Some(task), absent, touched: false })
    }

    /// Those that were to come.
    fn reminders(&self) -> Result<Vec<v1::Reminder>, String> {
        let coming = self.reminders.iter().filter(|one| one.state.as_deref().is_none_or(|state| state == "pending"));
        coming.map(ReminderIn::wire).collect()
    }

    /// Where it stands; with it, whether that tells how far it is.
    fn status(&self) -> Result<(v1::Status, bool), String> {
        match self.status.value().map(|word| word.0.as_ref()) {
            None => Ok((v1::Status::Open, false)),
            Some("open") => Ok((v1::Status::Open, true)),
            Some("started") => Ok((v1::Status::Started, true)),
            Some("done") => Ok((v1::Status::Done, true)),
            Some("deleted") => Ok((v1::Status::Deleted, false)),
            Some(other) => Err(format!("`status`: {} is none of open, started, done, deleted", quoted(other))),
        }
    }

    fn priority(&self) -> Result<v1::Priority, String> {
        let Some(Text(word)) = self.priority.value() else { return Ok(v1::Priority::Unspecified) };
        match Priority::from_word(word) {
            Some(Priority::Low) => Ok(v1::Priority::Low),
            Some(Priority::Medium) => Ok(v1::Priority::Medium),
            Some(Priority::High) => Ok(v1::Priority::High),
            Some(Priority::Urgent) => Ok(v1::Priority::Urgent),
            None => Err(format!("`priority`: {} is none of low, medium, high, urgent", quoted(word))),
        }
    }

    fn estimate(&self) -> Result<i64, String> {
        let Some(Text(text)) = self.estimate.value() else { return Ok(0) };
        let length = tasks_language::read_duration(text).ok().filter(|_| text.starts_with('P'));
        length.map(|length| length.num_seconds()).ok_or_else(|| {
            format!("`estimate`: {} is not a length of time as ISO 8601 writes it, as PT1H30M", quoted(text))
        })
    }
}

/// Status and instants must say the same; a task in the trash is as far as its instants say.
fn agree(task: &mut v1::Task, status: v1::Status, tells_progress: bool) -> Result<(), String> {
    let needs = |at: i64, key: &str, word: &str| {
        if at == 0 { Err(format!("a task with the status `{word}` needs `{key}`")) } else { Ok(()) }
    };
    match status {
        v1::Status::Done => needs(task.done_at_unix_ms, "done_at", "done")?,
        v1::Status::Started => needs(task.started_at_unix_ms, "started_at", "started")?,
        v1::Status::Deleted => needs(task.deleted_at_unix_ms, "deleted_at", "deleted")?,
        v1::Status::Open | v1::Status::Unspecified => {}
    }
    if !tells_progress {
        return Ok(());
    }
    if status != v1::Status::Done && task.done_at_unix_ms != 0 {
        return Err("`done_at` is set, but the status is not `done`".to_owned());
    }
    if task.deleted_at_unix_ms != 0 {
        return Err("`deleted_at` is set, but the status is not `deleted`".to_owned());
    }
    if status == v1::Status::Open {
        // When it was last worked on does not matter to an open task.
        task.started_at_unix_ms = 0;
    }
    Ok(())
}

pub(super) fn id_of(letters: &str, name: &str) -> Result<Vec<u8>, String> {
    let whole = IdPrefix::parse(letters).filter(|_| letters.len() == LETTERS);
    let id = whole.map(|prefix| TaskId::from_reversed(prefix.range().0));
    id.map(|id| id.as_bytes().to_vec())
        .ok_or_else(|| format!("`{name}`: {} is not an id of {LETTERS} letters from k to z", quoted(letters)))
}

fn when(key: &Key<WhenIn<'_>>, name: &str) -> Result<Option<v1::When>, String> {
    let Some(read) = key.value() else { return Ok(None) };
    let wrong = |text: &str, what: &str| format!("`{name}`: {} is not {what}", quoted(text));
    let when = match (&read.date, &read.at, &read.tz) {
        (Some(date), None, None) => When::Date(date.parse().map_err(|_| wrong(date, "a date, as 2026-12-24"))?),
        (None, Some(at), Some(tz)) => {
            let zone = parse_zone(tz).map_err(|_| wrong(tz, "a zone of the IANA database"))?;
            let at = DateTime::parse_from_rfc3339(at).map_err(|_| wrong(at, "an RFC 3339 time"))?;
            // The instant counts: an offset that is not the zone's is no error.
            When::At(LocalTime::new(at.with_timezone(&zone).naive_local(), zone))
        }
        _ => return Err(format!("`{name}` needs either `date`, or `at` and `tz`")),
    };
    Ok(Some(convert::when::to_wire(&when)))
}

/// A text in a message: one short line.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", text.chars().take(60).collect::<String>())
}
