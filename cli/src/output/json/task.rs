//! `TASK`: the same keys in the same order, whatever is set.

use super::inline::{InstantDoc, LettersDoc};
use super::reminder::ReminderDoc;
use crate::output::dates;
use chrono::{Duration, SecondsFormat};
use serde::Serialize;
use tasks_domain::when::When;
use tasks_proto::v1;

/// The struct, and a way to write it that knows its keys: a file of tasks has a quarter of a million of them, and to look through each
/// for what must be escaped was a third of the work.
macro_rules! with_known_keys {
    ($(#[$about:meta])* pub(super) struct $name:ident<$a:lifetime> { $($(#[$of:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        pub(super) struct $name<$a> {
            $($(#[$of])* $field: $type,)*
        }

        impl $name<'_> {
            /// Appends the object as `serde_json` writes it.
            pub(super) fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
                let begin = out.len();
                $(
                    out.extend_from_slice(concat!(",\"", stringify!($field), "\":").as_bytes());
                    serde_json::to_writer(&mut *out, &self.$field)?;
                )*
                out[begin] = b'{';
                out.push(b'}');
                Ok(())
            }
        }
    };
}

with_known_keys! {
    /// A task.
    #[derive(Serialize)]
    #[cfg_attr(test, derive(schemars::JsonSchema))]
    pub(super) struct TaskDoc<'a> {
        /// 32 letters; any beginning that names no other task stands for it.
        #[cfg_attr(test, schemars(with = "String"))]
        id: LettersDoc<'a>,
        /// Short number on this device; null for tasks that ended a while ago.
        number: Option<u32>,
        title: &'a str,
        /// Markdown.
        notes: Option<&'a str>,
        #[cfg_attr(test, schemars(extend("enum" = ["open", "started", "done", "deleted", "unknown"])))]
        status: &'static str,
        #[cfg_attr(test, schemars(extend("enum" = ["low", "medium", "high", "urgent"])))]
        priority: &'static str,
        due: Option<WhenDoc>,
        start: Option<WhenDoc>,
        /// Hidden until then.
        wait: Option<WhenDoc>,
        end: Option<WhenDoc>,
        /// ISO 8601.
        estimate: Option<String>,
        project: Option<&'a str>,
        tags: &'a [String],
        /// Id of the task this is a part of.
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        parent: Option<LettersDoc<'a>>,
        /// Ids of tasks that must end first.
        #[cfg_attr(test, schemars(with = "Vec<String>"))]
        after: Vec<LettersDoc<'a>>,
        /// Id of the rule that made it, and the date of that rule which it stands for.
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        rule: Option<LettersDoc<'a>>,
        slot: Option<&'a str>,
        /// In the order in which they come.
        reminders: Vec<ReminderDoc<'a>>,
        /// Greater is more pressing; depends on the present.
        urgency: f64,
        /// Instants are RFC 3339 in UTC.
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        created_at: Option<InstantDoc>,
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        modified_at: Option<InstantDoc>,
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        started_at: Option<InstantDoc>,
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        done_at: Option<InstantDoc>,
        #[cfg_attr(test, schemars(with = "Option<String>"))]
        deleted_at: Option<InstantDoc>,
        /// What follows from the task and the present: `waiting`, `blocked`, `overdue`.
        states: Vec<&'static str>,
    }
}

/// A date, or a time with its zone.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(super) enum WhenDoc {
    Date { date: String },
    At { at: String, tz: &'static str },
}

impl WhenDoc {
    pub(super) fn of(when: When) -> Self {
        match when {
            When::Date(date) => Self::Date { date: date.to_string() },
            When::At(time) => {
                let at = time.zoned().fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false);
                Self::At { at, tz: time.zone().name() }
            }
        }
    }

    pub(super) fn of_wire(when: Option<&v1::When>) -> Option<Self> {
        dates::read(when).map(Self::of)
    }
}

impl<'a> TaskDoc<'a> {
    /// The document of a task.
    pub(super) fn of(task: &'a v1::Task) -> Self {
        Self {
            id: LettersDoc(&task.id),
            number: Some(task.number).filter(|number| *number > 0),
            title: &task.title,
            notes: some(&task.notes),
            status: status(task.status()),
            priority: dates::priority_word(task.priority()),
            due: WhenDoc::of_wire(task.due.as_ref()),
            start: WhenDoc::of_wire(task.start.as_ref()),
            wait: WhenDoc::of_wire(task.wait.as_ref()),
            end: WhenDoc::of_wire(task.end.as_ref()),
            estimate: (task.estimate_seconds > 0)
                .then(|| Duration::try_seconds(task.estimate_seconds).map(dates::iso_length))
                .flatten(),
            project: some(&task.project),
            tags: &task.tags,
            parent: LettersDoc::of(&task.parent),
            after: task.after.iter().filter_map(|id| LettersDoc::of(id)).collect(),
            rule: LettersDoc::of(&task.rule),
            slot: some(&task.slot),
            reminders: task.reminders.iter().map(ReminderDoc::of).collect(),
            urgency: task.urgency,
            created_at: InstantDoc::of(task.created_at_unix_ms),
            modified_at: InstantDoc::of(task.modified_at_unix_ms),
            started_at: InstantDoc::of(task.started_at_unix_ms),
            done_at: InstantDoc::of(task.done_at_unix_ms),
            deleted_at: InstantDoc::of(task.deleted_at_unix_ms),
            states: task.states().filter_map(state).collect(),
        }
    }
}

/// RFC 3339 in UTC with milliseconds; `None` for 0, which stands for never.
pub(super) fn instant(unix_ms: i64) -> Option<String> {
    InstantDoc::of(unix_ms).map(InstantDoc::text)
}

pub(super) fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// The word for where a task stands.
pub(in crate::output) fn status(status: v1::Status) -> &'static str {
    match status {
        // Of a newer build.
        v1::Status::Unspecified => "unknown",
        v1::Status::Open => "open",
        v1::Status::Started => "started",
        v1::Status::Done => "done",
        v1::Status::Deleted => "deleted",
    }
}

fn state(state: v1::DerivedState) -> Option<&'static str> {
    match state {
        v1::DerivedState::Unspecified => None,
        v1::DerivedState::Waiting => Some("waiting"),
        v1::DerivedState::Blocked => Some("blocked"),
        v1::DerivedState::Overdue => Some("overdue"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_written_with_known_keys_as_with_unknown_ones() {
        let full = v1::Task {
            id: vec![7; 16],
            number: 3,
            title: "buy \"milk\"\n\u{1b} 🎉".to_owned(),
            notes: "some\\thing".to_owned(),
            estimate_seconds: 5_400,
            project: "home".to_owned(),
            tags: vec!["a".to_owned(), "b".to_owned()],
            parent: vec![8; 16],
            after: vec![vec![9; 16], vec![10; 16]],
            urgency: 3.25,
            created_at_unix_ms: 1_795_338_000_000,
            reminders: vec![v1::Reminder::default()],
            states: vec![v1::DerivedState::Overdue.into()],
            ..v1::Task::default()
        };
        for task in [full, v1::Task::default()] {
            let (doc, mut written) = (TaskDoc::of(&task), b"before".to_vec());
            doc.write(&mut written).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), format!("before{}", serde_json::to_string(&doc).unwrap()));
        }
    }
}
