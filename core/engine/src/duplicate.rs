//! Copies of tasks.

use crate::error::EngineError;
use crate::lookup;
use crate::remind;
use crate::request::{Caller, Targets};
use crate::store::StoreRead;
use crate::targets;
use std::collections::HashMap;
use tasks_domain::id::{OperationId, TaskId};
use tasks_domain::patch::{Patch, Schedule, TaskPatch};
use tasks_domain::task::Task;
use tasks_domain::text::{Notes, Title};

/// The copies to make, as new open tasks: with what people set on the originals, laid under `said`; with sub-tasks if `targets` says
/// deep. A copy within the copied is a part of, and waits for, copies.
pub(crate) fn copies(
    tx: &dyn StoreRead,
    named: &Targets,
    caller: &Caller,
    operation: OperationId,
    said: &TaskPatch,
) -> Result<Vec<(TaskId, TaskPatch)>, EngineError> {
    let mut only_named = named.clone();
    only_named.selection.deep = false;
    let heads = targets::tasks(tx, &only_named, caller, None)?;
    let all = if named.selection.deep { targets::with_sub_tasks(tx, heads.clone(), None)? } else { heads.clone() };
    let ids: HashMap<TaskId, TaskId> =
        all.iter().enumerate().map(|(at, id)| (*id, copy_id(operation, caller, at, *id))).collect();
    let mut made = Vec::with_capacity(all.len());
    for id in &all {
        let Some(task) = lookup::task(tx, *id)? else { continue };
        let copy = TaskPatch { remind: remind::wanted::again(tx, &task)?, ..copy_of(&task, &ids) };
        // What is said is about the tasks that were named, not about their parts.
        let copy = if heads.contains(id) { said.clone().over(copy) } else { copy };
        made.push((ids[id], copy));
    }
    Ok(made)
}

/// The id of a copy follows from the command and the original, so that the command can be sent again; copies made together keep the
/// order of their originals.
fn copy_id(operation: OperationId, caller: &Caller, at: usize, original: TaskId) -> TaskId {
    let hash = uuid::Uuid::new_v5(&uuid::Uuid::from_bytes(*operation.as_bytes()), original.as_bytes()).into_bytes();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    // The first twelve bits behind the time; the order of more copies than they count does not matter to anybody.
    random[..2].copy_from_slice(&(at.min(0xfff) as u16).to_be_bytes());
    TaskId::new(caller.now.unix_ms(), random)
}

fn copy_of(task: &Task, copies: &HashMap<TaskId, TaskId>) -> TaskPatch {
    let new_id = |id: TaskId| copies.get(&id).copied().unwrap_or(id);
    TaskPatch {
        title: Title::parse(&task.title).ok(),
        notes: Patch::set_if(task.notes.as_deref().and_then(|notes| Notes::parse(notes).ok().flatten())),
        priority: Patch::set_if(task.priority),
        schedule: Patch::set_if(task.due.map(|due| Schedule { due, start: task.start, end: task.end })),
        wait: Patch::set_if(task.wait),
        estimate: Patch::set_if(task.estimate),
        project: Patch::set_if(task.project.clone()),
        add_tags: task.tags.clone(),
        parent: Patch::set_if(task.parent.map(new_id)),
        add_after: task.after.iter().map(|id| new_id(*id)).collect(),
        ..TaskPatch::default()
    }
}
