//! Tasks as plans and people see them, loaded from a store.

use crate::error::EngineError;
use crate::lookup;
use crate::reference;
use crate::remind;
use crate::request::Shown;
use crate::store::{Class, Link, StoreRead};
use std::collections::{BTreeMap, BTreeSet};
use tasks_domain::command::Command;
use tasks_domain::id::TaskId;
use tasks_domain::plan::View;
use tasks_domain::shown::Progress;
use tasks_domain::task::Task;
use tasks_domain::when::Now;

/// Most relatives that are looked at for one command; a longer chain of parents or blockers is not made by people.
const RELATIVES_MAX: usize = 10_000;

/// All tasks that `plan` may look at for this command.
pub(crate) fn load(tx: &dyn StoreRead, command: &Command) -> Result<View, EngineError> {
    let mut view = BTreeMap::new();
    let mut visit = command.targets();
    let relatives = command.relatives();
    let follow = !relatives.is_empty();
    visit.extend(relatives);
    while let Some(id) = visit.pop() {
        if view.contains_key(&id) || view.len() > RELATIVES_MAX {
            continue;
        }
        let Some(task) = lookup::task(tx, id)? else { continue };
        if follow {
            visit.extend(task.parent.iter().chain(&task.after));
        }
        view.insert(id, task);
    }
    Ok(view)
}

/// Whether an open task must end before this one.
pub(crate) fn is_blocked(tx: &dyn StoreRead, task: &Task) -> Result<bool, EngineError> {
    for blocker in &task.after {
        if lookup::task(tx, *blocker)?.is_some_and(|other| other.exists && other.status().is_live()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Shows tasks of one state of the store to one caller.
pub(crate) struct Viewer<'a> {
    tx: &'a dyn StoreRead,
    now: Now,
    /// Only what a line of a list says is wanted.
    brief: bool,
    /// Whether any task is a part of another; asked once.
    has_parts: Option<bool>,
    /// Whether any task has a reminder; likewise.
    has_reminders: Option<bool>,
}

impl<'a> Viewer<'a> {
    pub(crate) fn new(tx: &'a dyn StoreRead, now: Now) -> Self {
        Self { tx, now, brief: false, has_parts: None, has_reminders: None }
    }

    /// The same, leaving out urgency, progress and reminders if `brief`.
    pub(crate) fn of_listing(tx: &'a dyn StoreRead, now: Now, brief: bool) -> Self {
        Self { brief, ..Self::new(tx, now) }
    }

    /// The task as it is shown, its short id where it has no number or `short_ids` asks for it.
    pub(crate) fn shown(&mut self, task: Task, number: Option<u32>, short_ids: bool) -> Result<Shown, EngineError> {
        let (tx, now) = (self.tx, self.now);
        let blocked = is_blocked(tx, &task)?;
        // A number that is free for others does not name an ended task any more.
        let number = number.filter(|_| task.status().is_live());
        let short_id = if short_ids || number.is_none() { Some(reference::short_id(tx, task.id)?) } else { None };
        let states = task.states(now, blocked);
        if self.brief {
            let (urgency, progress, reminders) = (0.0, Progress::default(), Vec::new());
            return Ok(Shown { task, number, short_id, states, urgency, progress, reminders });
        }
        let urgency = task.urgency(now, blocked);
        let progress = self.progress(task.id)?;
        let reminders = if self.has_reminders()? { remind::shown_of_task(tx, &task)? } else { Vec::new() };
        Ok(Shown { task, number, short_id, states, urgency, progress, reminders })
    }

    fn has_reminders(&mut self) -> Result<bool, EngineError> {
        Ok(match self.has_reminders {
            Some(has_reminders) => has_reminders,
            None => *self.has_reminders.insert(self.tx.has_links(Link::Reminder)?),
        })
    }

    /// How far the tasks below this one are. A task that is below itself, as two devices together can make it, counts once.
    fn progress(&mut self, id: TaskId) -> Result<Progress, EngineError> {
        let has_parts = match self.has_parts {
            Some(has_parts) => has_parts,
            None => *self.has_parts.insert(self.tx.has_links(Link::Parent)?),
        };
        let mut progress = Progress::default();
        if !has_parts {
            return Ok(progress);
        }
        let (mut seen, mut visit) = (BTreeSet::from([id]), vec![id]);
        while let Some(parent) = visit.pop() {
            for (child, class) in self.tx.linked(Link::Parent, parent)? {
                let counts = matches!(class, Class::Live | Class::Done);
                if !counts || seen.len() > RELATIVES_MAX || !seen.insert(child) {
                    continue;
                }
                progress.total += 1;
                progress.done += u32::from(class == Class::Done);
                visit.push(child);
            }
        }
        Ok(progress)
    }
}

/// The task with that id as it is shown.
pub(crate) fn shown_by_id(tx: &dyn StoreRead, id: TaskId, now: Now) -> Result<Option<Shown>, EngineError> {
    match lookup::task(tx, id)? {
        Some(task) => Viewer::new(tx, now).shown(task, tx.number_of(id)?, true).map(Some),
        None => Ok(None),
    }
}
