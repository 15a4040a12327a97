//! The reminders that commands about tasks ask for, as `--remind` and "remind me …" do.

use super::load;
use crate::error::EngineError;
use crate::store::StoreRead;
use std::collections::HashMap;
use tasks_domain::command::Command;
use tasks_domain::error::Error;
use tasks_domain::field;
use tasks_domain::id::TaskId;
use tasks_domain::patch::{self, PutOff, TaskPatch};
use tasks_domain::plan::Context;
use tasks_domain::register::{Change, EntityId};
use tasks_domain::reminder::plan::REMINDERS_MAX;
use tasks_domain::reminder::{ReminderSpec, State, ids, model, plan};
use tasks_domain::task::Task;

/// The changes, beside `planned` ones, that make what the command asks for; tasks as they are after those.
pub(crate) fn changes(
    tx: &dyn StoreRead,
    command: &Command,
    planned: &[Change],
    context: Context,
) -> Result<Vec<Change>, EngineError> {
    let (Command::Add(patches) | Command::Edit(patches)) = command else { return Ok(Vec::new()) };
    let asks = |patch: &TaskPatch| patch.clear_reminders || !patch.remind.is_empty() || patch.put_off.is_some();
    if !patches.iter().any(|(_, patch)| asks(patch)) {
        return Ok(Vec::new());
    }
    let mut by_entity: HashMap<EntityId, Vec<&Change>> = HashMap::new();
    planned.iter().for_each(|change| by_entity.entry(change.entity).or_default().push(change));
    let mut changes = Vec::new();
    for (id, patch) in patch::by_task(patches).iter().filter(|(_, patch)| asks(patch)) {
        let mut registers = tx.entity((*id).into())?.unwrap_or_default();
        let own = by_entity.get(&EntityId::from(*id)).into_iter().flatten();
        own.for_each(|change| _ = registers.merge(change));
        let made = of_task(tx, &Task::read(*id, &registers), patch, context, &mut changes);
        made.map_err(|error| if matches!(command, Command::Add(_)) { nameless(error) } else { error })?;
    }
    Ok(changes)
}

fn of_task(
    tx: &dyn StoreRead,
    task: &Task,
    patch: &TaskPatch,
    context: Context,
    changes: &mut Vec<Change>,
) -> Result<(), EngineError> {
    let there = load::of_task(tx, task)?;
    let wanted: Vec<_> = patch.remind.iter().map(|wanted| (ids::reminder(task.id, &wanted.spec), wanted)).collect();
    let mut pending = 0;
    for one in &there {
        let asked_for = wanted.iter().any(|(id, _)| *id == one.reminder.id);
        if one.standing().state != State::Pending {
            continue;
        }
        if patch.clear_reminders && !asked_for {
            changes.extend(plan::cancel(one.about(), context));
        } else {
            pending += 1;
        }
    }
    for (at, (id, wanted)) in wanted.iter().enumerate() {
        if wanted_before(&patch.remind, at) {
            continue;
        }
        let known = there.iter().find(|one| one.reminder.id == *id);
        if let Some(made) = plan::make(task, wanted, known.map(load::Loaded::about), context)? {
            changes.extend(made);
            pending += 1;
        }
    }
    if let Some(put_off) = patch.put_off
        && let Some(one) = load::to_put_off(&there)
    {
        let until = match put_off {
            PutOff::Until(until) => until,
            PutOff::By(length) => {
                let own = one.standing().slot.map_or(i64::MIN, |slot| slot.at_unix_ms);
                own.max(context.now.unix_ms()).saturating_add(length.num_milliseconds())
            }
        };
        changes.extend(plan::snooze(one.about(), until, context)?);
    }
    if pending > REMINDERS_MAX {
        return Err(Error::TooManyReminders { max: REMINDERS_MAX }.into());
    }
    Ok(())
}

/// The reminders that a file tells of, as far as they are ahead and not there.
pub(crate) fn of_file(
    tx: &dyn StoreRead,
    task: &Task,
    specs: &[ReminderSpec],
    context: Context,
) -> Result<Vec<Change>, EngineError> {
    let there = load::of_task(tx, task)?;
    let mut changes = Vec::new();
    for spec in specs.iter().take(REMINDERS_MAX) {
        let id = ids::reminder(task.id, spec);
        // One that somebody cancelled here stays so.
        if there.iter().any(|one| one.reminder.id == id && one.reminder.exists) {
            continue;
        }
        let known = there.iter().find(|one| one.reminder.id == id).map(load::Loaded::about);
        let wanted = plan::Wanted { spec: spec.clone(), explicit: false };
        changes.extend(plan::make(task, &wanted, known, context)?.unwrap_or_default());
    }
    Ok(changes)
}

/// The reminders that a copy of a task gets: those it has and nobody cancelled, as far as they are ahead.
pub(crate) fn again(tx: &dyn StoreRead, task: &Task) -> Result<Vec<plan::Wanted>, EngineError> {
    let there = load::of_task(tx, task)?;
    let kept = there.iter().filter(|one| one.reminder.exists && one.reminder.cancelled_at.is_none());
    Ok(kept.filter_map(|one| one.reminder.spec()).map(|spec| plan::Wanted { spec, explicit: false }).collect())
}

/// A task that is not made has no id that a hint could name.
fn nameless(error: EngineError) -> EngineError {
    match error {
        EngineError::Domain(Error::ReminderWithoutDue { title, .. }) => {
            Error::ReminderWithoutDue { reference: String::new(), title }.into()
        }
        error => error,
    }
}

/// Whether the same is asked for earlier in the list.
fn wanted_before(all: &[plan::Wanted], at: usize) -> bool {
    all[..at].iter().any(|other| other.spec == all[at].spec)
}

/// The tasks that changes of reminders are about, each once, in order.
pub(crate) fn tasks_of(tx: &dyn StoreRead, changes: &[Change]) -> Result<Vec<TaskId>, EngineError> {
    let mut ids: Vec<TaskId> = Vec::new();
    for change in changes {
        let of = match change.entity.reminder() {
            None => None,
            Some(_) if change.field == model::TASK => field::read_id(&change.value).map(TaskId::from_bytes),
            Some(reminder) => load::reminder(tx, reminder)?.map(|reminder| reminder.task),
        };
        ids.extend(of.filter(|id| !ids.contains(id)));
    }
    Ok(ids)
}
