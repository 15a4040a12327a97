//! Reminders that follow from one occurrence to the next: each has those of the one before it, counted from its own due date.

use super::Overlay;
use crate::error::EngineError;
use crate::remind::load;
use crate::store::StoreRead;
use std::collections::BTreeMap;
use tasks_domain::command::Command;
use tasks_domain::id::TaskId;
use tasks_domain::plan::Context;
use tasks_domain::register::Change;
use tasks_domain::reminder::{ReminderSpec, Wanted, ids, plan};
use tasks_domain::task::Task;

/// What makes the reminders of occurrences that were made, each like those of the one it was made after. `planned` is all that the
/// operation writes besides. One that would be past already is left out, as nobody asked for it.
pub(crate) fn changes(
    tx: &dyn StoreRead,
    made: &BTreeMap<TaskId, TaskId>,
    command: &Command,
    planned: &[Change],
    context: Context,
) -> Result<Vec<Change>, EngineError> {
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let overlay = Overlay::new(tx, planned);
    let task = |id: TaskId| {
        let registers = overlay.entity(id.into())?;
        Ok::<_, EngineError>(registers.map(|registers| Task::read(id, &registers)))
    };
    let mut changes = Vec::new();
    for (id, source) in made {
        let (Some(new), Some(source)) = (task(*id)?, task(*source)?) else { continue };
        let there = load::of_task(tx, &new)?;
        for spec in specs(tx, &source, command)? {
            let known = there.iter().find(|one| one.reminder.id == ids::reminder(new.id, &spec));
            let wanted = Wanted { spec, explicit: false };
            changes.extend(plan::make(&new, &wanted, known.map(load::Loaded::about), context)?.unwrap_or_default());
        }
    }
    Ok(changes)
}

/// What is asked of the reminders of a task: those it has and nobody cancelled, and those this command makes.
fn specs(tx: &dyn StoreRead, task: &Task, command: &Command) -> Result<Vec<ReminderSpec>, EngineError> {
    let Some(due) = task.due else { return Ok(Vec::new()) };
    let mut specs: Vec<ReminderSpec> = Vec::new();
    let stored = load::of_task(tx, task)?;
    let kept = stored.iter().filter(|one| one.reminder.exists && one.reminder.cancelled_at.is_none());
    specs.extend(kept.filter_map(|one| one.reminder.spec()));
    if let Command::Add(patches) | Command::Edit(patches) = command {
        let asked = patches.iter().filter(|(id, _)| *id == task.id).flat_map(|(_, patch)| &patch.remind);
        specs.extend(asked.map(|wanted| wanted.spec.clone()));
    }
    let mut following: Vec<ReminderSpec> = Vec::with_capacity(specs.len());
    for spec in specs {
        let spec = ReminderSpec { trigger: spec.trigger.following(due), channel: spec.channel };
        if !following.contains(&spec) {
            following.push(spec);
        }
    }
    Ok(following)
}
