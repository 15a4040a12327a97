//! Taking back: which operation is meant, and which registers bring back what was there.
//!
//! Taking back is a change like any other, with a new stamp, so that it holds after sync. A register is brought back only when
//! it still has the stamp of the operation that is taken back; what somebody changed since stays.

use crate::field::{self, NULL};
use crate::id::OperationId;
use crate::operation::{Header, Operation, Reason};
use crate::register::{Change, EntityId, FieldId, Register};
use crate::stamp::Stamp;
use std::collections::{BTreeMap, BTreeSet};

/// What takes an operation back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inverse {
    /// The registers to write.
    pub changes: Vec<Change>,
    /// Registers that were changed since, and so stay.
    pub kept: Vec<(EntityId, FieldId)>,
}

/// The changes that take `operation` back, given what each of its registers holds now.
///
/// A creation is taken back by `exists = false` alone: the task's fields stay for doing it again. The newest operation is
/// restored exactly; an older one exactly as far as nobody changed it since.
pub fn inverse(
    operation: &Operation,
    stamp: Stamp,
    current: &dyn Fn(EntityId, FieldId, &[u8]) -> Option<Register>,
) -> Inverse {
    let made: BTreeSet<EntityId> = operation
        .changes
        .iter()
        .filter(|(change, replaced)| change.field == field::EXISTS && replaced.is_none())
        .map(|(change, _)| change.entity)
        .collect();
    let mut inverse = Inverse::default();
    for (change, replaced) in &operation.changes {
        let created = made.contains(&change.entity);
        if created && change.field != field::EXISTS {
            continue;
        }
        let now = current(change.entity, change.field, &change.key);
        if now.is_none_or(|now| now.stamp != change.stamp || now.value != change.value) {
            inverse.kept.push((change.entity, change.field));
            continue;
        }
        let value = match replaced {
            Some(register) => register.value.clone(),
            None if created => field::encode(&false),
            None => NULL.to_vec(),
        };
        let (entity, field, key) = (change.entity, change.field, change.key.clone());
        inverse.changes.push(Change { entity, field, key, value, stamp });
    }
    inverse
}

/// The operation that `undo` takes back: the newest of this device that is not taken back. `newest_first` are this device's.
pub fn undo_target<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> Option<OperationId> {
    // Walking backwards, the first word on an operation is the last that was said.
    let mut taken_back: BTreeMap<OperationId, bool> = BTreeMap::new();
    let mut undo_of: BTreeMap<OperationId, bool> = BTreeMap::new();
    for header in newest_first {
        match header.reason {
            Reason::Undo(target) => {
                // An undo that was redone counts as not done.
                let holds = !undo_of.get(&header.id).copied().unwrap_or(false);
                taken_back.entry(target).or_insert(holds);
            }
            Reason::Redo(undo) => _ = undo_of.entry(undo).or_insert(true),
            Reason::User | Reason::Revert(_) => {
                if !taken_back.get(&header.id).copied().unwrap_or(false) {
                    return Some(header.id);
                }
            }
        }
    }
    None
}

/// The undo that `redo` takes back: the newest not redone, as long as no command came after it.
pub fn redo_target<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> Option<OperationId> {
    let mut redone: BTreeSet<OperationId> = BTreeSet::new();
    for header in newest_first {
        match header.reason {
            Reason::Redo(undo) => _ = redone.insert(undo),
            Reason::Undo(_) if !redone.contains(&header.id) => return Some(header.id),
            Reason::Undo(_) => {}
            // A new command clears redo.
            Reason::User | Reason::Revert(_) => return None,
        }
    }
    None
}

/// Which of these operations are taken back; all devices', newest first.
pub fn taken_back<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> BTreeSet<OperationId> {
    let mut redone = BTreeSet::new();
    let mut decided = BTreeMap::new();
    for header in newest_first {
        match header.reason {
            Reason::Redo(undo) => _ = redone.insert(undo),
            Reason::Undo(target) | Reason::Revert(target) => {
                _ = decided.entry(target).or_insert(!redone.contains(&header.id));
            }
            Reason::User => {}
        }
    }
    decided.into_iter().filter(|(_, taken)| *taken).map(|(id, _)| id).collect()
}
