//! Tasks as they are shown.

use super::{id, reminder, when};
use crate::v1;
use chrono::Duration;
use tasks_domain::error::Error;
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::priority::Priority;
use tasks_domain::shown::{Progress, Shown};
use tasks_domain::task::{DerivedState, Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::Now;

/// To the wire.
pub fn to_wire(shown: &Shown) -> v1::Task {
    into_wire(shown.clone())
}

/// The same without a copy of the texts, for listings.
pub fn into_wire(shown: Shown) -> v1::Task {
    let task = shown.task;
    v1::Task {
        status: status_to_wire(task.status()) as i32,
        id: task.id.as_bytes().to_vec(),
        number: shown.number.unwrap_or(0),
        short_id: shown.short_id.unwrap_or_default(),
        title: task.title,
        notes: task.notes.unwrap_or_default(),
        priority: priority_to_wire(task.priority) as i32,
        due: task.due.as_ref().map(when::to_wire),
        start: task.start.as_ref().map(when::to_wire),
        wait: task.wait.as_ref().map(when::to_wire),
        end: task.end.as_ref().map(when::to_wire),
        estimate_seconds: task.estimate.map_or(0, |estimate| estimate.num_seconds()),
        project: task.project.map(Project::into_string).unwrap_or_default(),
        tags: task.tags.into_iter().map(Tag::into_string).collect(),
        parent: task.parent.map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
        after: task.after.iter().map(|id| id.as_bytes().to_vec()).collect(),
        rule: task.rule.map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
        slot: task.slot.unwrap_or_default(),
        urgency: shown.urgency,
        created_at_unix_ms: task.created_at,
        modified_at_unix_ms: task.modified_at,
        started_at_unix_ms: task.started_at.unwrap_or(0),
        done_at_unix_ms: task.done_at.unwrap_or(0),
        deleted_at_unix_ms: task.deleted_at.unwrap_or(0),
        states: shown.states.iter().map(|state| state_to_wire(*state) as i32).collect(),
        children_total: shown.progress.total,
        children_done: shown.progress.done,
        reminders: shown.reminders.iter().map(reminder::to_wire).collect(),
    }
}

/// The same of [`v1::TaskView::Basic`]: a long list is bound by how much of each task is written and read.
pub fn into_basic_wire(shown: Shown) -> v1::Task {
    let task = shown.task;
    v1::Task {
        status: status_to_wire(task.status()) as i32,
        number: shown.number.unwrap_or(0),
        short_id: shown.short_id.unwrap_or_default(),
        title: task.title,
        priority: priority_to_wire(task.priority) as i32,
        due: task.due.as_ref().map(when::to_wire),
        project: task.project.map(Project::into_string).unwrap_or_default(),
        tags: task.tags.into_iter().map(Tag::into_string).collect(),
        states: shown.states.iter().map(|state| state_to_wire(*state) as i32).collect(),
        ..v1::Task::default()
    }
}

/// What a task's urgency is made of, to the wire.
pub fn urgency_to_wire(shown: &Shown, now: Now) -> Vec<v1::UrgencyTerm> {
    let terms = shown.task.urgency_terms(now, shown.states.contains(&DerivedState::Blocked));
    terms.iter().map(|term| v1::UrgencyTerm { cause: term.cause.as_str().to_owned(), value: term.value }).collect()
}

/// From the wire. A status in the trash hides what the task was before: such a task reads as open, done if it has a done time.
pub fn from_wire(wire: &v1::Task) -> Result<Shown, Error> {
    let when = |value: &Option<v1::When>| value.as_ref().map(when::from_wire).transpose();
    let some = |ms: i64| Some(ms).filter(|ms| *ms != 0);
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let task_id = |bytes: &[u8], what: &str| id(bytes, what).map(TaskId::from_bytes);
    let optional = |bytes: &[u8]| Some(bytes).filter(|bytes| !bytes.is_empty()).map(<[u8]>::to_vec);
    let (done_at, started_at) = (some(wire.done_at_unix_ms), some(wire.started_at_unix_ms));
    let progress = match (done_at, started_at) {
        (Some(_), _) => Status::Done,
        (None, Some(_)) => Status::Started,
        _ => Status::Open,
    };
    let task = Task {
        id: task_id(&wire.id, "the task's id")?,
        exists: true,
        title: wire.title.clone(),
        notes: text(&wire.notes),
        progress,
        priority: priority_from_wire(wire.priority()),
        due: when(&wire.due)?,
        start: when(&wire.start)?,
        wait: when(&wire.wait)?,
        end: when(&wire.end)?,
        estimate: some(wire.estimate_seconds).and_then(Duration::try_seconds),
        project: text(&wire.project).map(|name| Project::parse(&name)).transpose()?,
        tags: wire.tags.iter().map(|tag| Tag::parse(tag)).collect::<Result<_, _>>()?,
        parent: optional(&wire.parent).map(|bytes| task_id(&bytes, "the parent")).transpose()?,
        after: wire.after.iter().map(|bytes| task_id(bytes, "a blocker")).collect::<Result<_, _>>()?,
        rule: optional(&wire.rule).map(|bytes| id(&bytes, "the rule").map(RuleId::from_bytes)).transpose()?,
        slot: text(&wire.slot),
        created_at: wire.created_at_unix_ms,
        modified_at: wire.modified_at_unix_ms,
        started_at,
        done_at,
        deleted_at: some(wire.deleted_at_unix_ms),
    };
    Ok(Shown {
        task,
        number: Some(wire.number).filter(|number| *number != 0),
        short_id: text(&wire.short_id),
        states: wire.states().filter_map(state_from_wire).collect(),
        urgency: wire.urgency,
        progress: Progress { total: wire.children_total, done: wire.children_done },
        // They are not parts of the task: what comes back of them has requests of its own.
        reminders: Vec::new(),
    })
}

/// To the wire.
pub fn status_to_wire(status: Status) -> v1::Status {
    match status {
        Status::Open => v1::Status::Open,
        Status::Started => v1::Status::Started,
        Status::Done => v1::Status::Done,
        Status::Deleted => v1::Status::Deleted,
    }
}

/// To the wire; nobody said is `Unspecified`.
pub fn priority_to_wire(priority: Option<Priority>) -> v1::Priority {
    match priority {
        None => v1::Priority::Unspecified,
        Some(Priority::Low) => v1::Priority::Low,
        Some(Priority::Medium) => v1::Priority::Medium,
        Some(Priority::High) => v1::Priority::High,
        Some(Priority::Urgent) => v1::Priority::Urgent,
    }
}

fn priority_from_wire(priority: v1::Priority) -> Option<Priority> {
    match priority {
        v1::Priority::Unspecified => None,
        v1::Priority::Low => Some(Priority::Low),
        v1::Priority::Medium => Some(Priority::Medium),
        v1::Priority::High => Some(Priority::High),
        v1::Priority::Urgent => Some(Priority::Urgent),
    }
}

fn state_to_wire(state: DerivedState) -> v1::DerivedState {
    match state {
        DerivedState::Waiting => v1::DerivedState::Waiting,
        DerivedState::Blocked => v1::DerivedState::Blocked,
        DerivedState::Overdue => v1::DerivedState::Overdue,
    }
}

fn state_from_wire(state: v1::DerivedState) -> Option<DerivedState> {
    match state {
        v1::DerivedState::Unspecified => None,
        v1::DerivedState::Waiting => Some(DerivedState::Waiting),
        v1::DerivedState::Blocked => Some(DerivedState::Blocked),
        v1::DerivedState::Overdue => Some(DerivedState::Overdue),
    }
}
