//! One transaction: changes merged into registers, rows and numbers kept, the operation logged, events in the outbox.

use crate::error::EngineError;
use crate::index;
use crate::remind::effect::{Begun, Effect};
use crate::store::{Class, EVENTS_MAX, StoreTxn};
use std::collections::HashMap;
use tasks_domain::event::{Event, events};
use tasks_domain::operation::{Header, Operation};
use tasks_domain::register::{Change, EntityId, Merged, Register, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;

/// How long a freed number stays unused, in milliseconds: a person may still have it in mind (decisions.md).
const NUMBER_REST_MS: i64 = 24 * 3_600 * 1_000;

/// The stamp of a new operation: later than everything this replica has issued or seen.
pub(crate) fn next_stamp(tx: &mut dyn StoreTxn, clock_unix_ms: i64) -> Result<Stamp, EngineError> {
    let hlc = tx.latest_hlc()?.next(clock_unix_ms);
    tx.set_latest_hlc(hlc)?;
    Ok(Stamp { hlc, device: tx.device() })
}

/// Applies an operation's changes and logs it; its position in the log.
pub(crate) fn apply(tx: &mut dyn StoreTxn, header: Header, changes: Vec<Change>) -> Result<u64, EngineError> {
    apply_to(tx, header, changes, &mut HashMap::new(), Begun::Passes)
}

/// The same for what comes whole from elsewhere, with what was read already of entities: `None` for those to which nothing was ever
/// written. Deliveries that were under way there go on here.
pub(crate) fn apply_whole(
    tx: &mut dyn StoreTxn,
    header: Header,
    changes: Vec<Change>,
    read: &mut HashMap<EntityId, Option<Registers>>,
) -> Result<u64, EngineError> {
    apply_to(tx, header, changes, read, Begun::GoesOn)
}

fn apply_to(
    tx: &mut dyn StoreTxn,
    header: Header,
    changes: Vec<Change>,
    read: &mut HashMap<EntityId, Option<Registers>>,
    begun: Begun,
) -> Result<u64, EngineError> {
    let effect = Effect::before(tx.as_read(), &changes)?;
    let mut happened: Vec<Event> = Vec::new();
    let mut changes = merged(tx, &header, changes, read, &mut happened)?;
    let passed = effect.passed(tx.as_read(), &header, begun)?;
    changes.extend(merged(tx, &header, passed, &mut HashMap::new(), &mut happened)?);
    effect.after(tx, &header, &mut happened)?;
    let seq = tx.append_operation(&Operation { header, changes })?;
    if !happened.is_empty() {
        let newest = tx.append_events(&happened)?;
        // As many go as came, so that a commit never takes away more than it brought.
        tx.drop_events(newest.saturating_sub(EVENTS_MAX), happened.len())?;
    }
    Ok(seq)
}

/// Merges changes into what is stored; each with what it replaced.
fn merged(
    tx: &mut dyn StoreTxn,
    header: &Header,
    changes: Vec<Change>,
    read: &mut HashMap<EntityId, Option<Registers>>,
    happened: &mut Vec<Event>,
) -> Result<Vec<(Change, Option<Register>)>, EngineError> {
    let by_entity = by_entity(&changes);
    let mut replaced: Vec<Option<Register>> = vec![None; changes.len()];
    for (entity, positions) in by_entity {
        let stored = match read.remove(&entity) {
            Some(stored) => stored,
            None => tx.entity(entity)?,
        };
        let mut registers = stored.clone().unwrap_or_default();
        for &at in &positions {
            if let Merged::Applied(before) = registers.merge(&changes[at]) {
                replaced[at] = before;
            }
        }
        if let Some(id) = entity.task() {
            let before = stored.map(|registers| Task::read(id, &registers));
            let after = Task::read(id, &registers);
            put_task(tx, before.as_ref(), &after, &registers, header.hlc)?;
            happened.extend(events(before.as_ref(), &after, header));
        } else {
            tx.put_entity(entity, &registers, None)?;
            positions.iter().try_for_each(|at| Effect::link(tx, &changes[*at]))?;
        }
    }
    Ok(changes.into_iter().zip(replaced).collect())
}

/// The positions of each entity's changes, in the order in which the entities come first: what is made together is stored in that
/// order.
fn by_entity(changes: &[Change]) -> Vec<(EntityId, Vec<usize>)> {
    let mut grouped: Vec<(EntityId, Vec<usize>)> = Vec::new();
    let mut places: HashMap<EntityId, usize> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        // Nearly always the changes of an entity stand together.
        if let Some((last, positions)) = grouped.last_mut()
            && *last == change.entity
        {
            positions.push(at);
            continue;
        }
        let place = *places.entry(change.entity).or_insert_with(|| {
            grouped.push((change.entity, Vec::new()));
            grouped.len() - 1
        });
        grouped[place].1.push(at);
    }
    grouped
}

/// Stores a task's registers with its index, and gives or frees its number.
pub(crate) fn put_task(
    tx: &mut dyn StoreTxn,
    before: Option<&Task>,
    after: &Task,
    registers: &Registers,
    hlc: Hlc,
) -> Result<(), EngineError> {
    let index = index::of(before, after);
    tx.put_entity(after.id.into(), registers, Some(&index))?;
    let was_live = before.is_some_and(|task| index::class(task) == Class::Live);
    match (was_live, index.class == Class::Live) {
        (false, true) if before.is_none() || tx.resume_number(after.id)?.is_none() => {
            tx.take_number(after.id, hlc.unix_ms() - NUMBER_REST_MS)?;
        }
        (true, false) => tx.free_number(after.id, hlc.unix_ms())?,
        _ => {}
    }
    Ok(())
}
