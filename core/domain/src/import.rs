//! Whole tasks that come from elsewhere, as from a file: what they change here.
//!
//! Everything that can be seen of a task is compared, register by register, and only what differs is written: the same task
//! brought in twice changes nothing the second time. Registers that this build does not know are left alone.

use crate::error::Error;
use crate::field::{self, NULL, StatusValue};
use crate::id::TaskId;
use crate::plan::Context;
use crate::priority::Priority;
use crate::register::{Change, FieldId};
use crate::reminder::ReminderSpec;
use crate::task::{Status, Task};
use crate::text::{Notes, Title};

/// A task as a file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeTask {
    /// The task. Its `modified_at` is taken over for a new task only: one that was there is changed now.
    pub task: Task,
    /// Fields of which the file says nothing: left as they are, unset on a new task.
    pub absent: Vec<FieldId>,
    /// Reminders that were to come there. They are made here where they are ahead; none is ever taken away.
    pub reminders: Vec<ReminderSpec>,
    /// It is an occurrence that somebody changed: its rule must not replace it. Of a new task only.
    pub touched: bool,
}

/// What bringing a task in means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It was not there.
    New,
    /// It was there, and differs.
    Changed,
    /// It was there already, just so.
    Same,
}

/// Appends to `changes` what makes the task `before` (`None`: nothing was ever written to it) the same as `whole`.
///
/// Relatives that are not there are allowed: they may come later, or were left behind on purpose. Cycles are not looked for.
pub fn plan(
    whole: &WholeTask,
    before: Option<&Task>,
    context: Context,
    changes: &mut Vec<Change>,
) -> Result<Effect, Error> {
    let wanted = checked(whole)?;
    let is_new = before.is_none_or(|task| !task.exists);
    let mut have = before.map(registers).unwrap_or_default();
    let mut want = registers(&wanted);
    let entity = wanted.id.into();
    let stamp = context.stamp;
    let mut write = |field, key, value| changes.push(Change { entity, field, key, value, stamp });
    want.retain(|register| !whole.absent.contains(&register.field));
    have.retain(|register| !whole.absent.contains(&register.field));
    if is_new {
        if whole.absent.contains(&field::TITLE) {
            return Err(Error::EmptyTitle);
        }
        if whole.absent.contains(&field::CREATED) && before.is_none() {
            write(field::CREATED, Vec::new(), field::encode(&context.now.unix_ms()));
        }
        if whole.task.modified_at != 0 {
            write(field::MODIFIED, Vec::new(), field::encode(&whole.task.modified_at));
        }
        if whole.touched && status(&wanted).is_none() {
            // A step of its life, however it was left, is what a rule knows a change by.
            write(field::STATUS, Vec::new(), NULL.to_vec());
        }
    }
    let mut differs = false;
    for register in &have {
        if want.binary_search_by(|other| other.place().cmp(&register.place())).is_err() {
            differs = true;
            let gone = if register.key.is_empty() { NULL.to_vec() } else { field::encode(&false) };
            write(register.field, register.key.clone(), gone);
        }
    }
    for register in want {
        let same = have.binary_search_by(|other| other.place().cmp(&register.place())).ok();
        if same.is_none_or(|at| have[at].value != register.value) {
            differs = true;
            write(register.field, register.key, register.value);
        }
    }
    Ok(match (is_new, differs) {
        (true, _) => Effect::New,
        (false, true) => Effect::Changed,
        (false, false) => Effect::Same,
    })
}

/// Whether the task is possible, as far as it alone tells.
pub fn check(whole: &WholeTask) -> Result<(), Error> {
    checked(whole).map(drop)
}

/// The task with its texts in their valid form, if all of it is possible.
fn checked(whole: &WholeTask) -> Result<Task, Error> {
    let task = &whole.task;
    let title = if whole.absent.contains(&field::TITLE) { None } else { Some(Title::parse(&task.title)?) };
    let instant = |at: Option<i64>, name: &str| {
        at.map(drop).ok_or_else(|| Error::Malformed(format!("a {} task needs `{name}`", task.status())))
    };
    match task.progress {
        Status::Done => instant(task.done_at, "done_at")?,
        Status::Started => instant(task.started_at, "started_at")?,
        Status::Open | Status::Deleted => {}
    }
    Ok(Task {
        exists: true,
        title: title.map(|title| title.as_str().to_owned()).unwrap_or_default(),
        notes: task.notes.as_deref().map(Notes::parse).transpose()?.flatten().map(|notes| notes.as_str().to_owned()),
        ..task.clone()
    })
}

struct Written {
    field: FieldId,
    key: Vec<u8>,
    value: Vec<u8>,
}

impl Written {
    fn place(&self) -> (FieldId, &[u8]) {
        (self.field, &self.key)
    }
}

/// The registers that say all that can be seen of a task, ordered by field and member.
fn registers(task: &Task) -> Vec<Written> {
    let mut all = Vec::with_capacity(8 + task.tags.len() + task.after.len());
    let mut set = |field, value: Option<Vec<u8>>| {
        if let Some(value) = value {
            all.push(Written { field, key: Vec::new(), value });
        }
    };
    set(field::EXISTS, task.exists.then(|| field::encode(&true)));
    set(field::TITLE, (!task.title.is_empty()).then(|| field::encode(&task.title)));
    set(field::NOTES, task.notes.as_ref().map(field::encode));
    set(field::STATUS, status(task).as_ref().map(field::encode));
    set(field::DELETED, task.deleted_at.as_ref().map(field::encode));
    // Nobody said is medium: the two cannot be told apart, so neither is written.
    let priority = task.priority.filter(|priority| *priority != Priority::default());
    set(field::PRIORITY, priority.map(|priority| field::encode(priority.as_str())));
    set(field::DUE, task.due.as_ref().map(field::encode_when));
    set(field::START, task.start.as_ref().map(field::encode_when));
    set(field::WAIT, task.wait.as_ref().map(field::encode_when));
    set(field::END, task.end.as_ref().map(field::encode_when));
    set(field::ESTIMATE, task.estimate.map(|length| field::encode(&length.num_seconds())));
    set(field::PROJECT, task.project.as_ref().map(|project| field::encode(project.as_str())));
    set(field::PARENT, task.parent.as_ref().map(|id| field::encode_id(id.as_bytes())));
    set(field::RULE, task.rule.map(|id| field::encode_id(id.as_bytes())));
    set(field::SLOT, task.slot.as_ref().map(field::encode));
    set(field::CREATED, (task.created_at != 0).then(|| field::encode(&task.created_at)));
    let tags = task.tags.iter().map(|tag| (field::TAG, tag.folded().into_bytes(), field::encode(tag.as_str())));
    let after = task.after.iter().map(|id: &TaskId| (field::AFTER, id.as_bytes().to_vec(), field::encode(&true)));
    all.extend(tags.chain(after).map(|(field, key, value)| Written { field, key, value }));
    all.sort_by(|a, b| a.place().cmp(&b.place()));
    all.dedup_by(|a, b| a.place() == b.place());
    all
}

fn status(task: &Task) -> Option<StatusValue> {
    let at = match task.progress {
        Status::Done => task.done_at,
        Status::Started => task.started_at,
        Status::Open | Status::Deleted => None,
    }?;
    Some(StatusValue { at, started_at: task.started_at, status: task.progress.as_str().to_owned() })
}
