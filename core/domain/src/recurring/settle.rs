//! Which occurrences there are to be: decided from what is there, alike on every replica.

use super::entity::{Instance, Life, Recurring};
use super::make::Making;
use super::parts::{self, Part};
use crate::field;
use crate::id::TaskId;
use crate::recurrence::missed::STACKED_MAX;
use crate::recurrence::{Anchor, Missed, Schedule, Series, Slot, ids};
use crate::register::{Change, Registers};
use crate::stamp::Stamp;
use crate::when::Now;
use std::collections::BTreeMap;

/// Slots that are passed over because they were made before, at most: more than anybody made by hand.
const PASSED_MAX: usize = 1_000;

/// What the store knows besides the occurrences at hand.
pub trait Tasks {
    /// Why a look failed.
    type Error;
    /// The registers of a task, with what this operation wrote to it so far; `None` when there are none.
    fn registers(&self, id: TaskId) -> Result<Option<Registers>, Self::Error>;
    /// The sub-tasks of a task and theirs, without those that are gone or in the trash.
    fn parts(&self, of: TaskId) -> Result<Vec<Part>, Self::Error>;
    /// How many occurrences were made so far and are not taken back.
    fn made(&self) -> Result<u32, Self::Error>;
}

/// What is to be done so that the right occurrences are there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// The registers to write.
    pub changes: Vec<Change>,
    /// What they make, oldest slot first.
    pub made: Vec<(TaskId, Slot)>,
    /// What they take away.
    pub removed: Vec<TaskId>,
    /// The rule has come to its end: nothing more will come.
    pub is_over: bool,
}

/// The present of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// When it is.
    pub now: Now,
    /// What new changes are stamped with.
    pub stamp: Stamp,
}

/// Makes what is missing, so that as many occurrences are open as the rule keeps ahead. `instances` are all that are open, and those
/// that ended just now; or the newest, if none is open.
pub fn settle<T: Tasks>(rule: &Recurring, instances: &[Instance], at: Moment, tasks: &T) -> Result<Settled, T::Error> {
    let mut settled = Settled::default();
    let Some(schedule) = rule.schedule.as_ref().filter(|_| rule.is_active()) else { return Ok(settled) };
    let open = instances.iter().filter(|one| one.is_open()).count();
    let wanted = match schedule.anchor {
        Anchor::Calendar => usize::from(schedule.generate_ahead()),
        Anchor::Completion => 1,
    };
    let Some(missing) = wanted.checked_sub(open).filter(|missing| *missing > 0) else { return Ok(settled) };
    let series = schedule.series();
    let found = match schedule.anchor {
        Anchor::Calendar => ahead(rule, schedule, &series, instances, missing, at.now, tasks)?,
        Anchor::Completion => successor(rule, schedule, &series, instances, at.now, tasks)?.into_iter().collect(),
    };
    settled.is_over = found.len() < missing && open == 0 && found.is_empty();
    make(rule, &series, instances, &found, at, tasks, &mut settled)?;
    Ok(settled)
}

/// The same after changes of other replicas came in: of more than the rule keeps ahead, those that nobody touched go, but for the
/// latest. A rule that stacks keeps all.
pub fn converge<T: Tasks>(
    rule: &Recurring,
    instances: &[Instance],
    at: Moment,
    tasks: &T,
) -> Result<Settled, T::Error> {
    let mut settled = settle(rule, instances, at, tasks)?;
    let Some(schedule) = rule.schedule.as_ref().filter(|_| rule.is_active()) else { return Ok(settled) };
    if schedule.missed == Missed::Stack {
        return Ok(settled);
    }
    let wanted = if schedule.anchor == Anchor::Completion { 1 } else { usize::from(schedule.generate_ahead()) };
    let mut open: Vec<&Instance> = instances.iter().filter(|one| one.is_open()).collect();
    open.sort_by_key(|one| (one.slot, one.id));
    let surplus = open.len().saturating_sub(wanted);
    for one in open.into_iter().take(surplus).filter(|one| !one.touched) {
        settled.changes.push(gone(one.id, at.stamp));
        settled.removed.push(one.id);
    }
    Ok(settled)
}

/// What has come by now of a rule whose policy acts on it: missed ones stack up, or give way to the newest.
pub fn arrive<T: Tasks>(rule: &Recurring, instances: &[Instance], at: Moment, tasks: &T) -> Result<Settled, T::Error> {
    let mut settled = Settled::default();
    let Some(schedule) = rule.schedule.as_ref().filter(|_| rule.is_active()) else { return Ok(settled) };
    let Some(newest) = instances.iter().map(|one| one.slot).max() else { return Ok(settled) };
    let series = schedule.series();
    let arrived = schedule.arrived(&series, newest, at.now);
    let found: Vec<Found> = arrived.make.iter().map(|slot| Found::by_slot(rule, *slot)).collect();
    if arrived.replaces && !found.is_empty() {
        let now = at.now;
        let is_past = |one: &&Instance| series.occurrence(one.slot).when.is_past(now);
        for one in instances.iter().filter(|one| one.is_open() && !one.touched).filter(is_past) {
            settled.changes.push(gone(one.id, at.stamp));
            settled.removed.push(one.id);
        }
    }
    make(rule, &series, instances, &found, at, tasks, &mut settled)?;
    Ok(settled)
}

/// The next occurrence after the newest, whatever is open: made by hand. Nothing when the rule is over.
pub fn generate<T: Tasks>(
    rule: &Recurring,
    instances: &[Instance],
    at: Moment,
    tasks: &T,
) -> Result<Settled, T::Error> {
    let mut settled = Settled::default();
    let Some(schedule) = &rule.schedule else { return Ok(settled) };
    let series = schedule.series();
    let found: Vec<Found> = if schedule.anchor == Anchor::Completion && !instances.iter().any(Instance::is_open) {
        successor(rule, schedule, &series, instances, at.now, tasks)?.into_iter().collect()
    } else {
        // What follows an open one of a chain is not known yet: by hand it is as if that were done on its day.
        unmade(rule, &series, instances.iter().map(|one| one.slot).max(), 1, tasks)?
    };
    settled.is_over = found.is_empty();
    make(rule, &series, instances, &found, at, tasks, &mut settled)?;
    Ok(settled)
}

/// An occurrence to make.
#[derive(Clone, Copy, Debug)]
struct Found {
    id: TaskId,
    slot: Slot,
    /// The stamp of its dates, where that is not the schedule's.
    dates: Option<Stamp>,
}

impl Found {
    fn by_slot(rule: &Recurring, slot: Slot) -> Self {
        Self { id: ids::occurrence(rule.id, slot), slot, dates: None }
    }
}

/// The step that ended the newest of those that ended: when, and its stamp.
fn last_ended(instances: &[Instance]) -> Option<(&Instance, i64, Stamp)> {
    let ended = instances.iter().filter_map(|one| match one.life {
        Life::Ended(at, stamp) => Some((one, at, stamp)),
        Life::Open => None,
    });
    ended.max_by_key(|(one, at, stamp)| (*at, *stamp, one.id))
}

fn moment(unix_ms: i64, now: Now) -> Now {
    Now::from_unix_ms(unix_ms, now.zone()).unwrap_or(now)
}

fn ahead<T: Tasks>(
    rule: &Recurring,
    schedule: &Schedule,
    series: &Series,
    instances: &[Instance],
    missing: usize,
    now: Now,
    tasks: &T,
) -> Result<Vec<Found>, T::Error> {
    let newest = instances.iter().map(|one| one.slot).max();
    let Some(newest) = newest else { return unmade(rule, series, None, missing, tasks) };
    let completed = last_ended(instances).map(|(_, at, _)| moment(at, now));
    let after = schedule.goes_on_after(newest, completed, Some(moment(rule.since, now)));
    unmade(rule, series, Some(after), missing, tasks)
}

/// The first slots after this one that were not made yet, whatever became of them.
fn unmade<T: Tasks>(
    rule: &Recurring,
    series: &Series,
    after: Option<Slot>,
    count: usize,
    tasks: &T,
) -> Result<Vec<Found>, T::Error> {
    let slots = after.map_or_else(|| series.slots(), |after| series.slots_after(after.local()));
    let mut found = Vec::with_capacity(count.min(STACKED_MAX));
    for slot in slots.take(count.saturating_add(PASSED_MAX)) {
        if found.len() == count {
            break;
        }
        let one = Found::by_slot(rule, slot);
        let known = tasks.registers(one.id)?;
        if !known.is_some_and(|registers| exists(&registers)) {
            found.push(one);
        }
    }
    Ok(found)
}

fn exists(registers: &Registers) -> bool {
    field::decode(registers.get(field::EXISTS, &[])).unwrap_or(false)
}

/// What follows the last of a chain whose anchor is completion.
fn successor<T: Tasks>(
    rule: &Recurring,
    schedule: &Schedule,
    series: &Series,
    instances: &[Instance],
    now: Now,
    tasks: &T,
) -> Result<Option<Found>, T::Error> {
    let Some((mut last, mut at, mut stamp)) = last_ended(instances).map(|(one, at, stamp)| (one.clone(), at, stamp))
    else {
        return Ok(series.first().map(|slot| Found::by_slot(rule, slot)).filter(|_| instances.is_empty()));
    };
    for _ in 0..PASSED_MAX {
        let id = ids::successor(rule.id, last.id);
        let known = tasks.registers(id)?;
        let Some(next) = known.and_then(|registers| Instance::read(id, &registers, rule)) else {
            let made = tasks.made()?;
            let slot = schedule.next_after_completion(series, last.slot, moment(at, now), made);
            return Ok(slot.map(|slot| Found { id, slot, dates: Some(stamp) }));
        };
        // It was made before: the chain goes on behind it, if it is at its end.
        match next.life {
            Life::Open => return Ok(None),
            Life::Ended(next_at, next_stamp) => (last, at, stamp) = (next, next_at, next_stamp),
        }
    }
    Ok(None)
}

fn make<T: Tasks>(
    rule: &Recurring,
    series: &Series,
    instances: &[Instance],
    found: &[Found],
    at: Moment,
    tasks: &T,
    settled: &mut Settled,
) -> Result<(), T::Error> {
    let Some(schedule_stamp) = rule.schedule_stamp().filter(|_| !found.is_empty()) else { return Ok(()) };
    // Sub-tasks as they are on the newest one, whether or not they are done there.
    let source = instances.iter().max_by_key(|one| (one.slot, one.id));
    let parts = source.map(|one| tasks.parts(one.id)).transpose()?.unwrap_or_default();
    for one in found {
        let due = series.occurrence(one.slot).when;
        let dates = one.dates.unwrap_or(schedule_stamp);
        let now_ms = at.now.unix_ms();
        let making = Making { rule, id: one.id, slot: one.slot, due, dates, stamp: at.stamp, now_ms };
        settled.changes.extend(making.changes(tasks.registers(one.id)?.as_ref()));
        settled.made.push((one.id, one.slot));
        if let Some(source) = source.filter(|_| !parts.is_empty()) {
            let from =
                tasks.registers(source.id)?.and_then(|registers| field::decode_when(registers.get(field::DUE, &[])));
            let copies = parts::copies((source.id, from), (one.id, Some(due)), &parts, at.stamp, now_ms);
            let mut known = BTreeMap::new();
            for (part, _) in &parts {
                let id = ids::part(one.id, *part);
                if let Some(registers) = tasks.registers(id)? {
                    known.insert(id, registers);
                }
            }
            settled.changes.extend(parts::only_new(copies, &mut known));
        }
    }
    Ok(())
}

fn gone(id: TaskId, stamp: Stamp) -> Change {
    Change { entity: id.into(), field: field::EXISTS, key: Vec::new(), value: field::encode(&false), stamp }
}
