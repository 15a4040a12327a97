//! A rule and its occurrences, read from their registers.

use super::field;
use super::template::Template;
use crate::field as task_field;
use crate::id::{RuleId, TaskId};
use crate::recurrence::{RuleStatus, RuleStatusValue, Schedule, Slot};
use crate::register::{EntityId, FieldId, Kind, Register, Registers};
use crate::stamp::Stamp;
use crate::task::{Status, Task};

impl From<RuleId> for EntityId {
    fn from(id: RuleId) -> Self {
        Self { kind: Kind::RULE, id: *id.as_bytes() }
    }
}

impl EntityId {
    /// The rule it names, when it is one.
    pub fn rule(&self) -> Option<RuleId> {
        (self.kind == Kind::RULE).then(|| RuleId::from_bytes(self.id))
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurring {
    /// Its name for ever.
    pub id: RuleId,
    /// Whether it was made, and its making not taken back.
    pub exists: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When its occurrences are; `None` for what a newer build wrote.
    pub schedule: Option<Schedule>,
    /// Whether it goes on, as it was said; see [`Recurring::status`].
    pub said: RuleStatus,
    /// Unix milliseconds of the last step of its status.
    pub since: i64,
    /// What they begin with.
    pub template: Template,
    registers: Registers,
}

impl Recurring {
    /// Reads a rule from its registers.
    pub fn read(id: RuleId, registers: Registers) -> Self {
        let get = |field| registers.get(field, &[]);
        let status: Option<RuleStatusValue> = task_field::decode(get(field::STATUS));
        Self {
            id,
            exists: task_field::decode(get(task_field::EXISTS)).unwrap_or(false),
            created_at: task_field::decode(get(task_field::CREATED)).unwrap_or(0),
            schedule: Schedule::decode(get(field::SCHEDULE)),
            // What a newer build calls otherwise makes nothing here.
            said: status.as_ref().map_or(RuleStatus::Active, |value| value.status().unwrap_or(RuleStatus::Paused)),
            since: status.map_or(0, |value| value.at),
            template: Template::read(&registers),
            registers,
        }
    }

    /// Whether it makes occurrences.
    pub fn is_active(&self) -> bool {
        self.exists && self.said == RuleStatus::Active
    }

    /// Whether it goes on: one that is active and has come to its end is completed.
    pub fn status(&self, is_over: bool) -> RuleStatus {
        if self.said == RuleStatus::Active && is_over { RuleStatus::Completed } else { self.said }
    }

    pub(super) fn registers(&self) -> &Registers {
        &self.registers
    }

    pub(super) fn register(&self, field: FieldId) -> Option<&Register> {
        self.registers.get(field, &[])
    }

    /// The stamp of its schedule, which the dates of its occurrences carry.
    pub(super) fn schedule_stamp(&self) -> Option<Stamp> {
        self.register(field::SCHEDULE).map(|register| register.stamp)
    }
}

/// Where an occurrence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// There is something to do.
    Open,
    /// It is done, or in the trash, since then: Unix milliseconds, and the stamp of that step.
    Ended(i64, Stamp),
}

/// An occurrence as far as it decides which others there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its task.
    pub id: TaskId,
    /// Where its rule has it.
    pub slot: Slot,
    /// Where it stands.
    pub life: Life,
    /// Somebody changed it since it was made.
    pub touched: bool,
}

impl Instance {
    /// Reads one; `None` for a task that is gone or of no rule.
    pub fn read(id: TaskId, registers: &Registers, rule: &Recurring) -> Option<Self> {
        let task = Task::read(id, registers);
        let slot = task.slot.as_deref()?.parse().ok()?;
        if !task.exists || task.rule != Some(rule.id) {
            return None;
        }
        let stamp = |field| registers.get(field, &[]).map(|register| register.stamp);
        let ended = match task.status() {
            Status::Done => task.done_at.zip(stamp(task_field::STATUS)),
            Status::Deleted => task.deleted_at.zip(stamp(task_field::DELETED)),
            Status::Open | Status::Started => None,
        };
        let life = ended.map_or(Life::Open, |(at, stamp)| Life::Ended(at, stamp));
        Some(Self { id, slot, life, touched: is_touched(registers, rule) })
    }

    /// Whether there is something to do.
    pub fn is_open(&self) -> bool {
        self.life == Life::Open
    }
}

/// Whether a person changed it: a step in its life, or a value that is neither its making's nor the rule's.
fn is_touched(registers: &Registers, rule: &Recurring) -> bool {
    let made = registers.get(task_field::EXISTS, &[]).map(|register| register.stamp);
    let of_rule = |stamp: Stamp| rule.registers.iter().any(|(_, _, register)| register.stamp == stamp);
    registers.iter().any(|(field, _, register)| {
        matches!(field, task_field::STATUS | task_field::DELETED)
            || made.is_some_and(|made| register.stamp > made && !of_rule(register.stamp))
    })
}
