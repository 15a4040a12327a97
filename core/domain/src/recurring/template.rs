//! What the occurrences of a rule have in common.

use super::field;
use super::offset::Offset;
use crate::field as task_field;
use crate::id::TaskId;
use crate::priority::Priority;
use crate::register::{FieldId, Registers};
use crate::task::Task;
use crate::text::{Notes, Project, Tag, Title};
use crate::when::When;
use chrono::Duration;

/// What each occurrence begins with. Values this build cannot read appear as unset; their bytes are untouched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// One line.
    pub title: String,
    /// Markdown.
    pub notes: Option<String>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// What it belongs to.
    pub project: Option<Project>,
    /// Ordered by their folded form.
    pub tags: Vec<Tag>,
    /// Expected effort.
    pub estimate: Option<Duration>,
    /// The task each is a part of.
    pub parent: Option<TaskId>,
    /// Hidden until then.
    pub wait: Option<Offset>,
    /// First moment of a period.
    pub start: Option<Offset>,
    /// Last moment of a period.
    pub end: Option<Offset>,
}

/// One value of the template as registers hold it.
pub(super) type Value = (FieldId, Vec<u8>, Vec<u8>);

impl Template {
    /// What a task would hand on to the next; `due` is where its distances are measured from.
    pub fn of(task: &Task, due: Option<When>) -> Self {
        let offset = |moment: Option<When>| Some(Offset::between(due?, moment?));
        Self {
            title: task.title.clone(),
            notes: task.notes.clone(),
            priority: task.priority,
            project: task.project.clone(),
            tags: task.tags.clone(),
            estimate: task.estimate,
            parent: task.parent,
            wait: offset(task.wait),
            start: offset(task.start),
            end: offset(task.end),
        }
    }

    /// Reads it from a rule's registers.
    pub(super) fn read(registers: &Registers) -> Self {
        let get = |field| registers.get(field, &[]);
        let text = |field| task_field::decode::<String>(get(field));
        let spelt = |(_, register)| task_field::decode::<String>(Some(register)).and_then(|tag| Tag::parse(&tag).ok());
        Self {
            title: text(field::TITLE)
                .and_then(|t| Title::parse(&t).ok())
                .map(|t| t.as_str().to_owned())
                .unwrap_or_default(),
            notes: text(field::NOTES).and_then(|n| Notes::parse(&n).ok().flatten()).map(|n| n.as_str().to_owned()),
            priority: text(field::PRIORITY).and_then(|word| Priority::from_word(&word)),
            project: text(field::PROJECT).and_then(|name| Project::parse(&name).ok()),
            tags: registers.members(field::TAG).filter_map(spelt).collect(),
            estimate: task_field::decode(get(field::ESTIMATE)).and_then(Duration::try_seconds),
            parent: task_field::decode_id(get(field::PARENT)).map(TaskId::from_bytes),
            wait: task_field::decode(get(field::WAIT)),
            start: task_field::decode(get(field::START)),
            end: task_field::decode(get(field::END)),
        }
    }

    /// The registers that say it, unset ones left out.
    pub(super) fn values(&self) -> Vec<Value> {
        let mut values: Vec<Value> = vec![(field::TITLE, Vec::new(), task_field::encode(&self.title))];
        let mut set = |field, value: Option<Vec<u8>>| values.extend(value.map(|value| (field, Vec::new(), value)));
        set(field::NOTES, self.notes.as_ref().map(task_field::encode));
        set(field::PRIORITY, self.priority.map(|priority| task_field::encode(priority.as_str())));
        set(field::PROJECT, self.project.as_ref().map(|project| task_field::encode(project.as_str())));
        set(field::ESTIMATE, self.estimate.map(|length| task_field::encode(&length.num_seconds())));
        set(field::PARENT, self.parent.map(|id| task_field::encode_id(id.as_bytes())));
        set(field::WAIT, self.wait.as_ref().map(task_field::encode));
        set(field::START, self.start.as_ref().map(task_field::encode));
        set(field::END, self.end.as_ref().map(task_field::encode));
        let tags =
            self.tags.iter().map(|tag| (field::TAG, tag.folded().into_bytes(), task_field::encode(tag.as_str())));
        values.extend(tags);
        values
    }
}
