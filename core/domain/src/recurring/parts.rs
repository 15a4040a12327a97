//! Sub-tasks: each occurrence has those of the one before it, to do again.

use super::offset::Offset;
use crate::field;
use crate::id::TaskId;
use crate::recurrence::ids;
use crate::register::{Change, FieldId, Merged, Registers};
use crate::stamp::Stamp;
use crate::when::When;
use std::collections::BTreeMap;

/// A part of an occurrence, at any depth.
pub type Part = (TaskId, Registers);

/// An occurrence and when it is due.
pub type Whole = (TaskId, Option<When>);

/// Fields that a part of the next occurrence takes over as they are. Where it stands is not among them.
const COPIED: [FieldId; 6] = [field::TITLE, field::NOTES, field::PRIORITY, field::PROJECT, field::TAG, field::ESTIMATE];
/// Dates, which follow the due of the occurrence.
const MOVED: [FieldId; 4] = [field::DUE, field::START, field::WAIT, field::END];

/// What makes the parts of `to` that are like those of `from`. They carry the stamps of what they are copied from, so that two
/// replicas make the same.
pub(super) fn copies(from: Whole, to: Whole, parts: &[Part], stamp: Stamp, now_ms: i64) -> Vec<Change> {
    let mut ids: BTreeMap<TaskId, TaskId> = parts.iter().map(|(id, _)| (*id, ids::part(to.0, *id))).collect();
    ids.insert(from.0, to.0);
    parts.iter().flat_map(|(id, registers)| copy((from.1, to.1), ids[id], registers, &ids, (stamp, now_ms))).collect()
}

fn copy(
    (from, to): (Option<When>, Option<When>),
    id: TaskId,
    part: &Registers,
    ids: &BTreeMap<TaskId, TaskId>,
    (stamp, now_ms): (Stamp, i64),
) -> Vec<Change> {
    let change = |field, key: &[u8], value, stamp| Change { entity: id.into(), field, key: key.to_vec(), value, stamp };
    let mut changes = vec![
        change(field::EXISTS, &[], field::encode(&true), stamp),
        change(field::CREATED, &[], field::encode(&now_ms), stamp),
    ];
    for field in COPIED {
        let members = part.members(field);
        changes.extend(members.map(|(key, register)| change(field, key, register.value.clone(), register.stamp)));
    }
    for field in MOVED {
        let Some(register) = part.get(field, &[]) else { continue };
        let moment = field::decode_when(Some(register));
        let moved = moment.zip(from).zip(to).and_then(|((moment, from), to)| Offset::between(from, moment).from(to));
        changes.extend(moved.map(|when| change(field, &[], field::encode_when(&when), register.stamp)));
    }
    let parent = part.get(field::PARENT, &[]);
    let mapped = field::decode_id(parent).and_then(|id| ids.get(&TaskId::from_bytes(id)));
    if let (Some(parent), Some(new)) = (parent, mapped) {
        changes.push(change(field::PARENT, &[], field::encode_id(new.as_bytes()), parent.stamp));
    }
    for (key, register) in part.members(field::AFTER) {
        if let Some(new) = TaskId::from_slice(key).and_then(|id| ids.get(&id)) {
            changes.push(change(field::AFTER, new.as_bytes(), register.value.clone(), register.stamp));
        }
    }
    changes
}

/// Leaves out what is written already, as when an occurrence that was taken back is made again.
pub(super) fn only_new(changes: Vec<Change>, known: &mut BTreeMap<TaskId, Registers>) -> Vec<Change> {
    let wins = |change: &Change| {
        let Some(id) = change.entity.task() else { return true };
        let Some(registers) = known.get_mut(&id) else { return true };
        matches!(registers.merge(change), Merged::Applied(_))
    };
    let mut wins = wins;
    changes.into_iter().filter(|change| wins(change)).collect()
}
