//! Which tasks a command is about: those named, or those that a filter finds in the transaction of the write.

use crate::error::EngineError;
use crate::lookup;
use crate::reference::{self, Numbered};
use crate::request::{Caller, Targets};
use crate::select;
use crate::store::{Class, Link, StoreRead, Stretch};
use std::collections::HashSet;
use std::ops::ControlFlow;
use tasks_domain::command::Step;
use tasks_domain::error::Error;
use tasks_domain::id::TaskId;
use tasks_domain::operation::CHANGES_MAX;
use tasks_domain::task::Status;

/// Most parents that are named in a warning.
const NAMED_MAX: usize = 3;

/// The tasks that are meant, each once; `step` is what they are to take, `None` for any other change.
pub(crate) fn tasks(
    tx: &dyn StoreRead,
    targets: &Targets,
    caller: &Caller,
    step: Option<Step>,
) -> Result<Vec<TaskId>, EngineError> {
    let selection = &targets.selection;
    let mut ids = if selection.filter.is_empty() {
        let which = match step {
            Some(Step::Reopen | Step::Restore) => Numbered::Ended,
            _ => Numbered::Live,
        };
        reference::tasks(tx, &targets.references, which)?
    } else {
        matching(tx, &selection.filter, caller, step)?
    };
    if selection.deep {
        ids = with_sub_tasks(tx, ids, step)?;
    }
    if let Some(agreed) = &selection.agreed {
        let agreed: HashSet<&TaskId> = agreed.iter().collect();
        match ids.iter().filter(|id| !agreed.contains(id)).count() {
            0 => {}
            more => return Err(Error::MoreThanAgreed { more }.into()),
        }
    }
    Ok(ids)
}

fn matching(
    tx: &dyn StoreRead,
    words: &[String],
    caller: &Caller,
    step: Option<Step>,
) -> Result<Vec<TaskId>, EngineError> {
    let filter = || words.join(" ");
    if words.iter().all(|word| word.trim().is_empty()) {
        // An unset variable of a script must not mean everything.
        return Err(Error::EmptyFilter.into());
    }
    let read = select::read(tx, words, caller)?;
    let read = match step {
        Some(Step::Reopen) => read.with_default_status(Status::Done),
        Some(Step::Restore) => read.with_default_status(Status::Deleted),
        _ => read.with_default(),
    };
    let mut ids = Vec::new();
    for class in select::classes(&read) {
        select::stretch(tx, &Stretch::all(class), &read, caller.now, &mut |found| {
            ids.push(found.task.id);
            Ok(if ids.len() > CHANGES_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
    }
    match ids.len() {
        0 => Err(Error::NothingMatches { filter: filter() }.into()),
        1..=CHANGES_MAX => Ok(ids),
        _ => Err(Error::TooManyMatch { filter: filter(), max: CHANGES_MAX }.into()),
    }
}

/// The tasks, and below each its sub-tasks that can take the step.
pub(crate) fn with_sub_tasks(
    tx: &dyn StoreRead,
    ids: Vec<TaskId>,
    step: Option<Step>,
) -> Result<Vec<TaskId>, EngineError> {
    let mut seen: HashSet<TaskId> = ids.iter().copied().collect();
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.push(id);
        let mut below = vec![id];
        while let Some(parent) = below.pop() {
            for (child, class) in tx.linked(Link::Parent, parent)? {
                if !seen.insert(child) {
                    continue;
                }
                below.push(child);
                if can_take(step, class) {
                    all.push(child);
                }
            }
        }
    }
    Ok(all)
}

fn can_take(step: Option<Step>, class: Class) -> bool {
    match step {
        Some(Step::Restore) => class == Class::Trash,
        Some(Step::Reopen) => class == Class::Done,
        Some(Step::Delete) | None => matches!(class, Class::Live | Class::Done),
        Some(Step::Start | Step::Stop | Step::Done) => class == Class::Live,
    }
}

/// What to say of sub-tasks that stay open while the tasks they are a part of end.
pub(crate) fn left_open(tx: &dyn StoreRead, step: Step, ended: &[TaskId]) -> Result<Vec<String>, EngineError> {
    let among: HashSet<&TaskId> = ended.iter().collect();
    if !tx.has_links(Link::Parent)? {
        return Ok(Vec::new());
    }
    let (mut open, mut parents) = (HashSet::new(), Vec::new());
    for parent in ended {
        let before = open.len();
        let below = with_sub_tasks(tx, vec![*parent], Some(Step::Done))?;
        open.extend(below.into_iter().filter(|task| task != parent && !among.contains(task)));
        if open.len() > before {
            parents.push(*parent);
        }
    }
    let open = open.len();
    let [first, others @ ..] = parents.as_slice() else { return Ok(Vec::new()) };
    let title = lookup::task(tx, *first)?.map(|task| task.title).unwrap_or_default();
    let of = if others.is_empty() { format!("\"{title}\"") } else { format!("{} of these tasks", parents.len()) };
    let sub_tasks = if open == 1 { "1 sub-task".to_owned() } else { format!("{open} sub-tasks") };
    let (verb, word) = if step == Step::Delete { ("rm", "delete") } else { ("done", "finish") };
    let names = parents.iter().take(NAMED_MAX).map(|id| reference::short_id(tx, *id)).collect::<Result<Vec<_>, _>>()?;
    let names = names.join(" ");
    let with = if open == 1 { "it" } else { "them" };
    Ok(vec![format!("{of} still had {sub_tasks} open; to {word} {with} too: tasks {verb} {names} --deep")])
}
