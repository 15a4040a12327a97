//! What a person wants changed in a task: only what is named, everything else stays untouched.

use crate::id::TaskId;
use crate::priority::Priority;
use crate::recurring::Repeat;
use crate::reminder::Wanted;
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
    /// All tags are taken off first.
    pub clear_tags: bool,
    /// Tags to put on.
    pub add_tags: Vec<Tag>,
    /// Tags to take off.
    pub remove_tags: Vec<Tag>,
    /// The task it becomes a part of.
    pub parent: Patch<TaskId>,
    /// No task must end first any more, but for those named now.
    pub clear_after: bool,
    /// Tasks that must end first from now on.
    pub add_after: Vec<TaskId>,
    /// Tasks that need not end first any more.
    pub remove_after: Vec<TaskId>,
    /// That it comes again; cleared, that it does not any more.
    pub repeat: Patch<Repeat>,
    /// Reminders that are still to come are cancelled first, but for those asked for now.
    pub clear_reminders: bool,
    /// Reminders to make; see [`crate::reminder::plan`], not [`crate::plan`].
    pub remind: Vec<Wanted>,
    /// The reminder that was shown last, or else comes next, comes later.
    pub put_off: Option<PutOff>,
}

/// How a reminder is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOff {
    /// By so much: from now for one that was shown, from its own time for one that is still to come.
    By(Duration),
    /// Until this instant, in Unix milliseconds.
    Until(i64),
}

impl TaskPatch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// This patch laid over `under`, as if it came after it: what this one says wins, members of sets add up.
    #[must_use]
    pub fn over(self, mut under: Self) -> Self {
        if self.clear_tags {
            (under.add_tags, under.remove_tags) = (Vec::new(), Vec::new());
        }
        if self.clear_after {
            (under.add_after, under.remove_after) = (Vec::new(), Vec::new());
        }
        if self.clear_reminders {
            under.remind.clear();
        }
        under.remind.extend(self.remind);
        let (add_tags, remove_tags) =
            later((self.add_tags, self.remove_tags), (under.add_tags, under.remove_tags), Tag::folded);
        let (add_after, remove_after) =
            later((self.add_after, self.remove_after), (under.add_after, under.remove_after), |id| *id);
        Self {
            title: self.title.or(under.title),
            notes: self.notes.or(under.notes),
            priority: self.priority.or(under.priority),
            schedule: self.schedule.or(under.schedule),
            wait: self.wait.or(under.wait),
            estimate: self.estimate.or(under.estimate),
            project: self.project.or(under.project),
            clear_tags: self.clear_tags || under.clear_tags,
            add_tags,
            remove_tags,
            parent: self.parent.or(under.parent),
            clear_after: self.clear_after || under.clear_after,
            add_after,
            remove_after,
            repeat: self.repeat.or(under.repeat),
            clear_reminders: self.clear_reminders || under.clear_reminders,
            remind: under.remind,
            put_off: self.put_off.or(under.put_off),
        }
    }
}

/// Members to add and to remove of two patches in a row: the later word on a member is the one that counts.
fn later<T, K: PartialEq>(
    (add, remove): (Vec<T>, Vec<T>),
    (mut under_add, mut under_remove): (Vec<T>, Vec<T>),
    key: impl Fn(&T) -> K,
) -> (Vec<T>, Vec<T>) {
    let names = |members: &[T], member: &T| members.iter().any(|other| key(other) == key(member));
    under_add.retain(|member| !names(&remove, member));
    under_remove.retain(|member| !names(&add, member));
    under_add.extend(add);
    under_remove.extend(remove);
    (under_add, under_remove)
}

/// One patch a task: what is said of a task twice is laid over each other, so that no register is written twice.
pub fn by_task(edits: &[(TaskId, TaskPatch)]) -> Vec<(TaskId, TaskPatch)> {
    let mut merged: Vec<(TaskId, TaskPatch)> = Vec::with_capacity(edits.len());
    let mut places = std::collections::HashMap::with_capacity(edits.len());
    for (id, patch) in edits {
        let at = *places.entry(*id).or_insert_with(|| {
            merged.push((*id, TaskPatch::default()));
            merged.len() - 1
        });
        let under = std::mem::take(&mut merged[at].1);
        merged[at].1 = patch.clone().over(under);
    }
    merged
}
