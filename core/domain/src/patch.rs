//! What a person wants changed in a task: only what is named, everything else stays untouched.

use crate::id::TaskId;
use crate::priority::Priority;
use crate::text::{Notes, Project, Tag, Title};
use crate::when::When;
use chrono::Duration;

/// What to do with one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Unset it.
    Clear,
    /// Give it this value.
    Set(T),
}

impl<T> Patch<T> {
    /// `Some` sets, `None` keeps.
    pub fn set_if(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }

    /// `Some` sets, `None` unsets.
    pub fn set_or_clear(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }

    /// Whether the field is left alone.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// This, or `other` where this leaves the field alone.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_keep() { other } else { self }
    }
}

/// Due, start and end belong together: who moves one says what the others are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When it is due.
    pub due: When,
    /// First moment of a period.
    pub start: Option<When>,
    /// Last moment of a period.
    pub end: Option<When>,
}

/// The fields of a task to set, in one command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskPatch {
    /// A title can be replaced, never taken away.
    pub title: Option<Title>,
    /// Notes.
    pub notes: Patch<Notes>,
    /// Priority.
    pub priority: Patch<Priority>,
    /// Due, start and end.
    pub schedule: Patch<Schedule>,
    /// Hidden until.
    pub wait: Patch<When>,
    /// Expected effort.
    pub estimate: Patch<Duration>,
    /// Project.
    pub project: Patch<Project>,
    /// Tags to put on.
    pub add_tags: Vec<Tag>,
    /// Tags to take off.
    pub remove_tags: Vec<Tag>,
    /// The task it becomes a part of.
    pub parent: Patch<TaskId>,
    /// Tasks that must end first from now on.
    pub add_after: Vec<TaskId>,
    /// Tasks that need not end first any more.
    pub remove_after: Vec<TaskId>,
}

impl TaskPatch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// This patch laid over `under`: what this one says wins, tags and blockers add up.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        let both = |mut a: Vec<_>, b: Vec<_>| {
            a.extend(b);
            a
        };
        Self {
            title: self.title.or(under.title),
            notes: self.notes.or(under.notes),
            priority: self.priority.or(under.priority),
            schedule: self.schedule.or(under.schedule),
            wait: self.wait.or(under.wait),
            estimate: self.estimate.or(under.estimate),
            project: self.project.or(under.project),
            add_tags: both(under.add_tags, self.add_tags),
            remove_tags: both(under.remove_tags, self.remove_tags),
            parent: self.parent.or(under.parent),
            add_after: under.add_after.into_iter().chain(self.add_after).collect(),
            remove_after: under.remove_after.into_iter().chain(self.remove_after).collect(),
        }
    }
}
