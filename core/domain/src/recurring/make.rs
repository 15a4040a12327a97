//! The registers of one occurrence.

use super::entity::Recurring;
use super::field::{COPIED, OFFSETS};
use super::offset::Offset;
use crate::field::{self, NULL};
use crate::id::TaskId;
use crate::recurrence::Slot;
use crate::register::{Change, FieldId, Merged, Registers};
use crate::stamp::Stamp;
use crate::when::When;

/// One occurrence that is to be.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// Its rule.
    pub rule: &'a Recurring,
    /// Its task.
    pub id: TaskId,
    /// Where the rule has it.
    pub slot: Slot,
    /// When it is due.
    pub due: When,
    /// The stamp of its dates: the schedule's, or for anchor completion that of the step that ended its predecessor.
    pub dates: Stamp,
    /// The stamp of the operation that makes it.
    pub stamp: Stamp,
    /// Unix milliseconds.
    pub now_ms: i64,
}

impl Making<'_> {
    /// What makes it, where `before` was written to the task already. Only what would win is there: an occurrence that was taken
    /// back and is made again is mostly its existence.
    pub fn changes(&self, before: Option<&Registers>) -> Vec<Change> {
        let mut changes = vec![self.change(field::EXISTS, Vec::new(), field::encode(&true), self.stamp)];
        let mut at = |field, value, stamp| changes.push(self.change(field, Vec::new(), value, stamp));
        at(field::CREATED, field::encode(&self.now_ms), self.dates);
        at(field::RULE, field::encode_id(self.rule.id.as_bytes()), self.dates);
        at(field::SLOT, field::encode(&self.slot.to_string()), self.dates);
        at(field::DUE, field::encode_when(&self.due), self.dates);
        for (of_rule, of_task) in OFFSETS {
            let Some(register) = self.rule.register(of_rule) else { continue };
            let moment = field::decode::<Offset>(Some(register)).and_then(|offset| offset.from(self.due));
            let value = moment.as_ref().map_or_else(|| NULL.to_vec(), field::encode_when);
            at(of_task, value, register.stamp.max(self.dates));
        }
        for (of_rule, of_task) in COPIED {
            let members = self.rule.registers().members(of_rule);
            changes.extend(
                members
                    .map(|(key, register)| self.change(of_task, key.to_vec(), register.value.clone(), register.stamp)),
            );
        }
        let mut known = before.cloned().unwrap_or_default();
        changes.retain(|change| {
            let unset = change.value == NULL || change.value == b"false";
            let is_there = known.get(change.field, &change.key).is_some();
            (is_there || !unset) && matches!(known.merge(change), Merged::Applied(_))
        });
        changes
    }

    fn change(&self, field: FieldId, key: Vec<u8>, value: Vec<u8>, stamp: Stamp) -> Change {
        Change { entity: self.id.into(), field, key, value, stamp }
    }
}
