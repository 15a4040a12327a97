//! A task as people see it, derived from its registers. Never written back: changes are planned register by register.

use crate::field;
use crate::id::{RuleId, TaskId};
use crate::priority::Priority;
use crate::register::{self, DecodeError, Registers, Told};
use crate::stamp::Stamp;
use crate::text::{Notes, Project, Tag, Title};
use crate::when::{Now, When};
use chrono::Duration;
use std::borrow::Cow;
use std::fmt;

/// Where a task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// To do.
    #[default]
    Open,
    /// Being worked on.
    Started,
    /// Finished.
    Done,
    /// In the trash, whatever it was before.
    Deleted,
}

impl Status {
    /// All, in the order of a task's life.
    pub const ALL: [Self; 4] = [Self::Open, Self::Started, Self::Done, Self::Deleted];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Started => "started",
            Self::Done => "done",
            Self::Deleted => "deleted",
        }
    }

    /// Whether there is still something to do.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Started)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What follows from a task and the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DerivedState {
    /// Hidden until its `wait` has come.
    Waiting,
    /// Another task must end first.
    Blocked,
    /// Its due lies behind.
    Overdue,
}

impl DerivedState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Blocked => "blocked",
            Self::Overdue => "overdue",
        }
    }
}

/// A task, read from its registers. Values this build cannot read appear as unset; their bytes are untouched.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its name for ever.
    pub id: TaskId,
    /// Whether it was made, and its making not taken back.
    pub exists: bool,
    /// One line. Empty only for a task whose title has not arrived yet.
    pub title: String,
    /// Markdown.
    pub notes: Option<String>,
    /// Open, started or done: what it is outside the trash.
    pub progress: Status,
    /// Nobody said: medium.
    pub priority: Option<Priority>,
    /// For a period of days its last day, for one with clock times its start.
    pub due: Option<When>,
    /// First moment of a period.
    pub start: Option<When>,
    /// Hidden until then.
    pub wait: Option<When>,
    /// Last moment of a period.
    pub end: Option<When>,
    /// Expected effort, whole seconds.
    pub estimate: Option<Duration>,
    /// What it belongs to.
    pub project: Option<Project>,
    /// Ordered by their folded form.
    pub tags: Vec<Tag>,
    /// The task it is a part of.
    pub parent: Option<TaskId>,
    /// Tasks that must end first.
    pub after: Vec<TaskId>,
    /// The rule that made it.
    pub rule: Option<RuleId>,
    /// Nominal local date (and time) in its rule.
    pub slot: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds of the latest change.
    pub modified_at: i64,
    /// Unix milliseconds since when it is, or was until done, worked on.
    pub started_at: Option<i64>,
    /// Unix milliseconds.
    pub done_at: Option<i64>,
    /// Unix milliseconds.
    pub deleted_at: Option<i64>,
}

impl Task {
    /// Reads a task from its registers.
    pub fn read(id: TaskId, registers: &Registers) -> Self {
        let mut task = Self::unwritten(id);
        let mut reading = Reading::of(&mut task);
        registers.told().for_each(|told| reading.take(told));
        reading.finish();
        task
    }

    /// Reads a task from what [`Registers::encode`] wrote.
    pub fn decode(id: TaskId, registers: &[u8]) -> Result<Self, DecodeError> {
        let mut task = Self::unwritten(id);
        let mut reading = Reading::of(&mut task);
        register::each(registers, |told| reading.take(told))?;
        reading.finish();
        Ok(task)
    }

    /// A task to which nothing was written.
    fn unwritten(id: TaskId) -> Self {
        Self {
            id,
            exists: false,
            title: String::new(),
            notes: None,
            progress: Status::Open,
            priority: None,
            due: None,
            start: None,
            wait: None,
            end: None,
            estimate: None,
            project: None,
            tags: Vec::new(),
            parent: None,
            after: Vec::new(),
            rule: None,
            slot: None,
            created_at: 0,
            modified_at: 0,
            started_at: None,
            done_at: None,
            deleted_at: None,
        }
    }

    /// Whether it was in the trash so long that its contents were thrown away.
    pub fn is_emptied(&self) -> bool {
        self.exists && self.deleted_at.is_some() && self.title.is_empty()
    }

    /// Where it stands, the trash included.
    pub fn status(&self) -> Status {
        if self.deleted_at.is_some() { Status::Deleted } else { self.progress }
    }

    /// How much it matters.
    pub fn priority(&self) -> Priority {
        self.priority.unwrap_or_default()
    }

    /// Whether it is hidden at `now`.
    pub fn is_waiting(&self, now: Now) -> bool {
        let hidden = |wait: When| match wait {
            When::Date(date) => date > now.today(),
            When::At(time) => time.instant() > now.instant(),
        };
        self.status().is_live() && self.wait.is_some_and(hidden)
    }

    /// Whether its time is over at `now`: a period's once its end is, too.
    pub fn is_overdue(&self, now: Now) -> bool {
        let past = |when: When| when.is_past(now);
        self.status().is_live() && self.due.is_some_and(past) && self.end.is_none_or(past)
    }

    /// What follows from it and the present. Whether it is blocked depends on other tasks, so the caller says.
    pub fn states(&self, now: Now, blocked: bool) -> Vec<DerivedState> {
        let mut states = Vec::new();
        if self.is_waiting(now) {
            states.push(DerivedState::Waiting);
        }
        if blocked && self.status().is_live() {
            states.push(DerivedState::Blocked);
        }
        if self.is_overdue(now) {
            states.push(DerivedState::Overdue);
        }
        states
    }
}

/// A task as far as its registers were read.
struct Reading<'a> {
    task: &'a mut Task,
    /// Unix milliseconds of the last step from one status to another.
    status_at: Option<i64>,
    /// When an import says that it was changed, and the stamp of that.
    told_at: Option<(i64, Stamp)>,
    /// The latest stamp of all.
    latest: Option<Stamp>,
}

impl<'a> Reading<'a> {
    /// Begins with a task to which nothing was written.
    fn of(task: &'a mut Task) -> Self {
        Self { task, status_at: None, told_at: None, latest: None }
    }

    fn take(&mut self, told: Told<'_>) {
        let (Told { key, value, stamp, .. }, task) = (told, &mut *self.task);
        self.latest = self.latest.max(Some(stamp));
        let text = || field::decode_text(value);
        match told.field {
            field::TAG => task.tags.extend(tag(value)),
            field::AFTER => task.after.extend(blocker(key, value)),
            // The others are no sets: a member of one is a newer build's.
            _ if !key.is_empty() => {}
            field::EXISTS => task.exists = field::decode_value(value).unwrap_or(false),
            field::TITLE => {
                let title = text().and_then(|title| Title::parse(&title).ok());
                task.title = title.map(Title::into_string).unwrap_or_default();
            }
            field::NOTES => {
                let notes = text().and_then(|notes| Notes::parse(&notes).ok().flatten());
                task.notes = notes.map(Notes::into_string);
            }
            field::STATUS => {
                if let Some(status) = field::status_of(value) {
                    task.progress = progress(&status.status);
                    (self.status_at, task.started_at) = (Some(status.at), status.started_at);
                }
            }
            field::PRIORITY => task.priority = text().and_then(|word| Priority::from_word(&word)),
            field::DUE => task.due = field::when_of(value),
            field::START => task.start = field::when_of(value),
            field::WAIT => task.wait = field::when_of(value),
            field::END => task.end = field::when_of(value),
            field::ESTIMATE => task.estimate = field::number_of(value).and_then(Duration::try_seconds),
            field::PROJECT => task.project = text().and_then(|name| Project::parse(&name).ok()),
            field::PARENT => task.parent = field::read_id(value).map(TaskId::from_bytes),
            field::RULE => task.rule = field::read_id(value).map(RuleId::from_bytes),
            field::SLOT => task.slot = text().map(Cow::into_owned),
            field::CREATED => task.created_at = field::number_of(value).unwrap_or(0),
            field::MODIFIED => self.told_at = field::number_of(value).map(|told| (told, stamp)),
            field::DELETED => task.deleted_at = field::number_of(value),
            _ => {}
        }
    }

    fn finish(self) {
        let Self { task, status_at, told_at, latest } = self;
        // As the import tells it, as long as that was the latest change.
        let told_at = told_at.filter(|(_, stamp)| Some(*stamp) == latest).map(|(told, _)| told);
        task.modified_at = told_at.or(latest.map(|latest| latest.hlc.unix_ms())).unwrap_or(0);
        task.started_at = task.started_at.filter(|_| task.progress != Status::Open);
        task.done_at = status_at.filter(|_| task.progress == Status::Done);
    }
}

fn progress(word: &str) -> Status {
    match word {
        "started" => Status::Started,
        "done" => Status::Done,
        // A word of a newer build names a state of a task that is not finished as far as this one knows.
        _ => Status::Open,
    }
}

/// As it is spelt. A value that is no text takes the tag off.
fn tag(value: &[u8]) -> Option<Tag> {
    field::decode_text(value).and_then(|tag| Tag::parse(&tag).ok())
}

fn blocker(key: &[u8], value: &[u8]) -> Option<TaskId> {
    let is_one: bool = field::decode_value(value).unwrap_or(false);
    if is_one { TaskId::from_slice(key) } else { None }
}

/// What is left of a task whose contents are thrown away: that it was there, when it was made, and that it is deleted.
pub fn emptied(registers: &Registers) -> Registers {
    registers.emptied(field::outlives_contents, field::EMPTIED)
}
