//! What people ask of rules, and the registers it changes.

use super::entity::{Instance, Recurring};
use super::field;
use super::template::Template;
use crate::error::Error;
use crate::field::{self as task_field, NULL};
use crate::id::{RuleId, TaskId};
use crate::recurrence::{RuleStatus, RuleStatusValue, Schedule, Slot, ids};
use crate::register::{Change, EntityId, FieldId, Registers};
use crate::stamp::Stamp;
use crate::when::{LocalTime, When};
use std::collections::BTreeSet;

/// Which occurrences a change of one is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// This one alone.
    This,
    /// This one and those that come after it.
    Future,
    /// Every one that is not ended.
    All,
}

/// What is to become of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// It makes nothing until it is resumed.
    Pause,
    /// It goes on.
    Resume,
    /// It ends.
    Cancel,
}

impl Asked {
    /// The status it leads to.
    pub fn status(self) -> RuleStatus {
        match self {
            Self::Pause => RuleStatus::Paused,
            Self::Resume => RuleStatus::Active,
            Self::Cancel => RuleStatus::Cancelled,
        }
    }
}

/// That a task comes again.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// The rule that is made for it.
    pub rule: RuleId,
    /// When; its first slot is the task's.
    pub schedule: Schedule,
    /// What was written to that rule before, as by a repeat that was taken off again.
    pub before: Option<Box<Recurring>>,
}

impl Repeat {
    /// The slot of the task itself.
    pub fn first(&self) -> Option<Slot> {
        self.schedule.series().first()
    }
}

/// What makes a task the first occurrence of a new rule, whose others begin with `template`.
pub fn begin(repeat: &Repeat, task: TaskId, template: &Template, stamp: Stamp, now_ms: i64) -> Vec<Change> {
    let before = repeat.before.as_deref();
    let mut changes = found(repeat.rule, before, &repeat.schedule, template, stamp, now_ms);
    let set = |field, value| change(task.into(), field, Vec::new(), value, stamp);
    changes.push(set(task_field::RULE, task_field::encode_id(repeat.rule.as_bytes())));
    if let Some(slot) = repeat.first() {
        changes.push(set(task_field::SLOT, task_field::encode(&slot.to_string())));
    }
    changes
}

/// The registers of a rule that begins.
pub fn found(
    id: RuleId,
    before: Option<&Recurring>,
    schedule: &Schedule,
    template: &Template,
    stamp: Stamp,
    now_ms: i64,
) -> Vec<Change> {
    let blank = Recurring::read(id, Registers::default());
    let rule = before.unwrap_or(&blank);
    let mut changes = Vec::new();
    if !rule.exists {
        changes.push(change(id.into(), task_field::EXISTS, Vec::new(), task_field::encode(&true), stamp));
        changes.push(change(id.into(), task_field::CREATED, Vec::new(), task_field::encode(&now_ms), stamp));
    }
    changes.extend(rewrite(rule, Some(schedule), Some(template), stamp));
    changes.extend(step(rule, RuleStatus::Active, stamp, now_ms));
    changes
}

/// What gives a rule another schedule or template; only registers that differ.
pub fn rewrite(
    rule: &Recurring,
    schedule: Option<&Schedule>,
    template: Option<&Template>,
    stamp: Stamp,
) -> Vec<Change> {
    let mut wanted: Vec<(FieldId, Vec<u8>, Vec<u8>)> = Vec::new();
    wanted.extend(schedule.map(|schedule| (field::SCHEDULE, Vec::new(), schedule.encode())));
    if let Some(template) = template {
        let values = template.values();
        let named: BTreeSet<(FieldId, Vec<u8>)> = values.iter().map(|(field, key, _)| (*field, key.clone())).collect();
        wanted.extend(values);
        // What it has no more.
        let known = rule.registers().iter().filter(|(field, key, _)| {
            let of_template = *field >= field::TITLE && *field <= field::END;
            of_template && !named.contains(&(*field, key.to_vec()))
        });
        wanted.extend(known.map(|(field, key, _)| {
            (field, key.to_vec(), if key.is_empty() { NULL.to_vec() } else { task_field::encode(&false) })
        }));
    }
    let differs = |(field, key, value): &(FieldId, Vec<u8>, Vec<u8>)| {
        rule.registers().get(*field, key).is_none_or(|register| register.value != *value)
    };
    let entity = rule.id.into();
    wanted.into_iter().filter(differs).map(|(field, key, value)| change(entity, field, key, value, stamp)).collect()
}

/// What takes a rule to a status; nothing when it is there.
pub fn step(rule: &Recurring, status: RuleStatus, stamp: Stamp, now_ms: i64) -> Option<Change> {
    let is_said = rule.register(field::STATUS).is_some();
    let value = task_field::encode(&RuleStatusValue::new(status, now_ms));
    (!is_said || rule.said != status).then(|| change(rule.id.into(), field::STATUS, Vec::new(), value, stamp))
}

/// What takes a task out of its rule.
pub fn release(task: TaskId, stamp: Stamp) -> [Change; 2] {
    [task_field::RULE, task_field::SLOT].map(|field| change(task.into(), field, Vec::new(), NULL.to_vec(), stamp))
}

/// A rule cut in two before a slot: the id of the part that goes on, the schedule of the part that ends there, and of that which
/// goes on. `None` before the first slot, where there is nothing to keep. Two devices that cut at the same slot make one rule.
pub fn cut(rule: &Recurring, slot: Slot) -> Option<(RuleId, Schedule, Schedule)> {
    let (earlier, later) = rule.schedule.as_ref()?.split(slot)?;
    Some((ids::split(rule.id, slot), earlier, later))
}

/// The rule with these changes of it.
#[must_use]
pub fn with(rule: &Recurring, id: RuleId, changes: &[Change]) -> Recurring {
    let mut registers = if id == rule.id { rule.registers().clone() } else { Registers::default() };
    for change in changes.iter().filter(|change| change.entity == id.into()) {
        registers.merge(change);
    }
    Recurring::read(id, registers)
}

/// The same days at another time of day; refused for a rule that has times of its own.
pub fn at_time(schedule: &Schedule, time: LocalTime) -> Result<Schedule, Error> {
    if schedule.rule().timed_part().is_some() {
        return Err(Error::TimesOfRule);
    }
    let date = schedule.start().date();
    Ok(schedule.clone().starting(When::At(LocalTime::new(date.and_time(time.local().time()), time.zone()))))
}

/// The slot on the same day as `slot`, as this schedule writes it.
pub fn same_day(slot: Slot, schedule: &Schedule) -> Slot {
    match schedule.start() {
        When::Date(_) => Slot::Date(slot.date()),
        When::At(time) => Slot::Time(slot.date().and_time(time.local().time())),
    }
}

/// What makes an open occurrence one of another rule, dates and all as they are.
pub fn adopt(task: TaskId, rule: RuleId, stamp: Stamp) -> Change {
    change(task.into(), task_field::RULE, Vec::new(), task_field::encode_id(rule.as_bytes()), stamp)
}

/// What puts open occurrences on these slots of `rule`, in order, with all their dates; only what differs. More occurrences than
/// slots: the rest go, as nothing is left of the rule for them.
pub fn redate(rule: &Recurring, open: &[(Instance, Registers)], slots: &[Slot], stamp: Stamp) -> Vec<Change> {
    let Some(schedule) = &rule.schedule else { return Vec::new() };
    let series = schedule.series();
    let mut changes = Vec::new();
    for (at, (one, registers)) in open.iter().enumerate() {
        let entity = one.id.into();
        let Some(slot) = slots.get(at) else {
            changes.push(change(entity, task_field::EXISTS, Vec::new(), task_field::encode(&false), stamp));
            continue;
        };
        let due = series.occurrence(*slot).when;
        let moment = |offset: &Option<super::offset::Offset>| {
            offset
                .as_ref()
                .and_then(|offset| offset.from(due))
                .as_ref()
                .map_or_else(|| NULL.to_vec(), task_field::encode_when)
        };
        let template = &rule.template;
        for (field, value) in [
            (task_field::RULE, task_field::encode_id(rule.id.as_bytes())),
            (task_field::SLOT, task_field::encode(&slot.to_string())),
            (task_field::DUE, task_field::encode_when(&due)),
            (task_field::WAIT, moment(&template.wait)),
            (task_field::START, moment(&template.start)),
            (task_field::END, moment(&template.end)),
        ] {
            let now = registers.get(field, &[]).map(|register| register.value.as_slice());
            if now.unwrap_or(NULL) != value {
                changes.push(change(entity, field, Vec::new(), value, stamp));
            }
        }
    }
    changes
}

fn change(entity: EntityId, field: FieldId, key: Vec<u8>, value: Vec<u8>, stamp: Stamp) -> Change {
    Change { entity, field, key, value, stamp }
}
