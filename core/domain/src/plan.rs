//! Plans: which registers a command changes. Pure; validates and decides.

mod relations;
pub mod template;

use crate::command::{Command, Step};
use crate::error::Error;
use crate::field::{self, NULL, StatusValue};
use crate::id::TaskId;
use crate::operation::CHANGES_MAX;
use crate::patch::{self, Patch, TaskPatch};
use crate::recurrence::RuleStatus;
use crate::recurring::{self, Recurring};
use crate::register::{Change, FieldId, Registers};
use crate::stamp::Stamp;
use crate::task::{Status, Task};
use crate::text::Tag;
use crate::when::{Now, When};
use std::collections::{BTreeMap, BTreeSet};

/// The tasks a plan may look at: those it is about, and the relatives that decide.
pub type View = BTreeMap<TaskId, Task>;

/// The present of one command.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// When it is for the caller.
    pub now: Now,
    /// What its changes are stamped with.
    pub stamp: Stamp,
}

/// What a command does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The registers to write; none when everything is as asked already.
    pub changes: Vec<Change>,
    /// Targets that were as asked already.
    pub unchanged: Vec<TaskId>,
}

/// Decides which registers `command` changes. Only registers whose value differs are written.
pub fn plan(command: &Command, view: &View, context: Context) -> Result<Plan, Error> {
    let mut draft = Draft { plan: Plan::default(), context };
    match command {
        Command::Add(tasks) => {
            let mut made = BTreeSet::new();
            for (id, patch) in tasks {
                if !made.insert(*id) {
                    return Err(Error::TaskExists);
                }
                draft.add(*id, patch, view)?;
            }
            relations::check(tasks, view)?;
        }
        Command::Edit(edits) => {
            let edits = patch::by_task(edits);
            for (id, patch) in &edits {
                draft.edit(*id, patch, view)?;
            }
            relations::check(&edits, view)?;
        }
        Command::Step(step, ids) => {
            for id in ids.iter().collect::<BTreeSet<_>>() {
                draft.step(*step, target(view, *id)?)?;
            }
        }
    }
    let changes = draft.plan.changes.len();
    if changes > CHANGES_MAX {
        return Err(Error::TooManyChanges { changes, max: CHANGES_MAX });
    }
    Ok(draft.plan)
}

fn target(view: &View, id: TaskId) -> Result<&Task, Error> {
    view.get(&id).filter(|task| task.exists).ok_or_else(|| Error::NoSuchTask { reference: id.letters() })
}

struct Draft {
    plan: Plan,
    context: Context,
}

impl Draft {
    fn write(&mut self, id: TaskId, field: FieldId, key: Vec<u8>, value: Vec<u8>) {
        self.plan.changes.push(Change { entity: id.into(), field, key, value, stamp: self.context.stamp });
    }

    fn set(&mut self, id: TaskId, field: FieldId, value: Vec<u8>) {
        self.write(id, field, Vec::new(), value);
    }

    fn add(&mut self, id: TaskId, patch: &TaskPatch, view: &View) -> Result<(), Error> {
        if view.contains_key(&id) {
            return Err(Error::TaskExists);
        }
        if patch.title.is_none() {
            return Err(Error::EmptyTitle);
        }
        self.set(id, field::EXISTS, field::encode(&true));
        self.set(id, field::CREATED, field::encode(&self.context.now.unix_ms()));
        let blank = Task::read(id, &Registers::default());
        self.patch(&blank, patch);
        self.repeat(&blank, patch);
        Ok(())
    }

    fn edit(&mut self, id: TaskId, patch: &TaskPatch, view: &View) -> Result<(), Error> {
        let task = target(view, id)?;
        if task.deleted_at.is_some() {
            return Err(Error::InTrash { reference: id.letters(), title: task.title.clone() });
        }
        let before = self.plan.changes.len();
        self.patch(task, patch);
        self.repeat(task, patch);
        if self.plan.changes.len() == before {
            self.plan.unchanged.push(id);
        }
        Ok(())
    }

    fn patch(&mut self, task: &Task, patch: &TaskPatch) {
        let id = task.id;
        if let Some(title) = patch.title.as_ref().filter(|title| title.as_str() != task.title) {
            self.set(id, field::TITLE, field::encode(title.as_str()));
        }
        let notes = |n: &crate::text::Notes| field::encode(n.as_str());
        self.field(id, field::NOTES, &patch.notes, task.notes.as_deref().map(field::encode).as_deref(), notes);
        let priority = |p: &crate::priority::Priority| field::encode(p.as_str());
        self.field(id, field::PRIORITY, &patch.priority, task.priority.as_ref().map(priority).as_deref(), priority);
        self.schedule(task, patch);
        self.field(
            id,
            field::WAIT,
            &patch.wait,
            task.wait.as_ref().map(field::encode_when).as_deref(),
            field::encode_when,
        );
        let seconds = |d: &chrono::Duration| field::encode(&d.num_seconds());
        self.field(id, field::ESTIMATE, &patch.estimate, task.estimate.as_ref().map(seconds).as_deref(), seconds);
        let project = |p: &crate::text::Project| field::encode(p.as_str());
        self.field(id, field::PROJECT, &patch.project, task.project.as_ref().map(project).as_deref(), project);
        let parent = |p: &TaskId| field::encode_id(p.as_bytes());
        self.field(id, field::PARENT, &patch.parent, task.parent.as_ref().map(parent).as_deref(), parent);
        self.tags(task, patch);
        self.blockers(task, patch);
    }

    /// Makes a rule for a task that comes again, from what the task is with the patch; or takes it out of its rule, which ends.
    fn repeat(&mut self, task: &Task, patch: &TaskPatch) {
        let stamp = self.context.stamp;
        match &patch.repeat {
            Patch::Keep => {}
            Patch::Clear => {
                if let Some(rule) = task.rule {
                    self.plan.changes.extend(recurring::change::release(task.id, stamp));
                    let rule = Recurring::read(rule, Registers::default());
                    let now_ms = self.context.now.unix_ms();
                    self.plan.changes.extend(recurring::change::step(&rule, RuleStatus::Cancelled, stamp, now_ms));
                }
            }
            Patch::Set(repeat) => {
                let due = match &patch.schedule {
                    Patch::Keep => task.due,
                    Patch::Clear => None,
                    Patch::Set(schedule) => Some(schedule.due),
                };
                let template = template::patched(recurring::Template::of(task, task.due), patch, due);
                let now_ms = self.context.now.unix_ms();
                self.plan.changes.extend(recurring::change::begin(repeat, task.id, &template, stamp, now_ms));
            }
        }
    }

    fn schedule(&mut self, task: &Task, patch: &TaskPatch) {
        let (due, start, end) = match &patch.schedule {
            Patch::Keep => return,
            Patch::Clear => (Patch::Clear, Patch::Clear, Patch::Clear),
            Patch::Set(s) => (Patch::Set(s.due), Patch::set_or_clear(s.start), Patch::set_or_clear(s.end)),
        };
        let was = |when: &Option<When>| when.as_ref().map(field::encode_when);
        self.field(task.id, field::DUE, &due, was(&task.due).as_deref(), field::encode_when);
        self.field(task.id, field::START, &start, was(&task.start).as_deref(), field::encode_when);
        self.field(task.id, field::END, &end, was(&task.end).as_deref(), field::encode_when);
    }

    fn field<T>(
        &mut self,
        id: TaskId,
        field: FieldId,
        patch: &Patch<T>,
        was: Option<&[u8]>,
        encode: impl Fn(&T) -> Vec<u8>,
    ) {
        let wanted = match patch {
            Patch::Keep => return,
            Patch::Clear => None,
            Patch::Set(value) => Some(encode(value)),
        };
        if wanted.as_deref() != was {
            self.set(id, field, wanted.unwrap_or_else(|| NULL.to_vec()));
        }
    }

    /// Adds, then removes: a member that is named in both is taken off. Only members that differ are written.
    fn tags(&mut self, task: &Task, patch: &TaskPatch) {
        let before: BTreeSet<String> = task.tags.iter().map(Tag::folded).collect();
        let mut removed: BTreeSet<String> = patch.remove_tags.iter().map(Tag::folded).collect();
        if patch.clear_tags {
            let again: BTreeSet<String> = patch.add_tags.iter().map(Tag::folded).collect();
            removed.extend(before.difference(&again).cloned());
        }
        let mut added = BTreeSet::new();
        for tag in &patch.add_tags {
            let folded = tag.folded();
            if !removed.contains(&folded) && !before.contains(&folded) && added.insert(folded.clone()) {
                self.write(task.id, field::TAG, folded.into_bytes(), field::encode(tag.as_str()));
            }
        }
        for folded in before.intersection(&removed) {
            self.write(task.id, field::TAG, folded.clone().into_bytes(), field::encode(&false));
        }
    }

    fn blockers(&mut self, task: &Task, patch: &TaskPatch) {
        let before: BTreeSet<TaskId> = task.after.iter().copied().collect();
        let mut removed: BTreeSet<TaskId> = patch.remove_after.iter().copied().collect();
        let named: BTreeSet<TaskId> = patch.add_after.iter().copied().collect();
        if patch.clear_after {
            removed.extend(before.difference(&named));
        }
        for blocker in named.difference(&removed).filter(|id| !before.contains(id)) {
            self.write(task.id, field::AFTER, blocker.as_bytes().to_vec(), field::encode(&true));
        }
        for blocker in before.intersection(&removed) {
            self.write(task.id, field::AFTER, blocker.as_bytes().to_vec(), field::encode(&false));
        }
    }

    fn step(&mut self, step: Step, task: &Task) -> Result<(), Error> {
        let (reference, title) = (task.id.letters(), task.title.clone());
        let in_trash = task.deleted_at.is_some();
        let wanted = match step {
            Step::Delete | Step::Restore => {
                let at = self.context.now.unix_ms();
                match (step == Step::Delete, in_trash) {
                    (true, false) => self.set(task.id, field::DELETED, field::encode(&at)),
                    (false, true) => self.set(task.id, field::DELETED, NULL.to_vec()),
                    _ => self.plan.unchanged.push(task.id),
                }
                return Ok(());
            }
            _ if in_trash => return Err(Error::InTrash { reference, title }),
            Step::Start | Step::Stop if task.progress == Status::Done => {
                return Err(Error::AlreadyDone { reference, title });
            }
            Step::Start => Status::Started,
            Step::Done => Status::Done,
            Step::Reopen if task.progress == Status::Started => Status::Started,
            Step::Stop | Step::Reopen => Status::Open,
        };
        if wanted == task.progress {
            self.plan.unchanged.push(task.id);
            return Ok(());
        }
        let at = self.context.now.unix_ms();
        let started_at = match wanted {
            Status::Started => Some(at),
            Status::Done => task.started_at,
            _ => None,
        };
        let value = StatusValue { at, started_at, status: wanted.as_str().to_owned() };
        self.set(task.id, field::STATUS, field::encode(&value));
        Ok(())
    }
}
