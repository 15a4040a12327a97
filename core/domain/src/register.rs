//! Registers and their merge: the state of every entity, as all replicas agree on it.
//!
//! An entity is a set of registers, each the last value written to one field (for sets: to one member). Values are kept as the
//! bytes they came in, so that kinds, fields and values of newer builds survive untouched.

mod encoded;

use crate::id::{DeliveryId, ReminderId, TaskId};
use crate::stamp::Stamp;
pub(crate) use encoded::{Told, each};
use serde::{Deserialize, Serialize};

/// What sort of thing an entity is. Kinds of newer builds are kept and passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Kind(pub u32);

impl Kind {
    /// A task.
    pub const TASK: Self = Self(1);
    /// Settings of the person, of which there is one entity: [`crate::saved::SETTINGS`].
    pub const SETTINGS: Self = Self(2);
    /// A rule that makes tasks: [`crate::recurring`].
    pub const RULE: Self = Self(3);
    /// A reminder.
    pub const REMINDER: Self = Self(4);
    /// A row of the ledger of reminders.
    pub const DELIVERY: Self = Self(5);
    /// A conversation: [`crate::conversation`].
    pub const CONVERSATION: Self = Self(6);
    /// A message of a conversation.
    pub const MESSAGE: Self = Self(7);
}

/// A field of a kind of entity; the numbers of a task's are in [`crate::field`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldId(pub u32);

/// Names one entity of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: [u8; 16],
}

impl From<TaskId> for EntityId {
    fn from(id: TaskId) -> Self {
        Self { kind: Kind::TASK, id: *id.as_bytes() }
    }
}

impl From<ReminderId> for EntityId {
    fn from(id: ReminderId) -> Self {
        Self { kind: Kind::REMINDER, id: *id.as_bytes() }
    }
}

impl From<DeliveryId> for EntityId {
    fn from(id: DeliveryId) -> Self {
        Self { kind: Kind::DELIVERY, id: *id.as_bytes() }
    }
}

impl EntityId {
    /// The reminder it names, when it is one.
    pub fn reminder(&self) -> Option<ReminderId> {
        (self.kind == Kind::REMINDER).then(|| ReminderId::from_bytes(self.id))
    }

    /// The row of the ledger it names, when it is one.
    pub fn delivery(&self) -> Option<DeliveryId> {
        (self.kind == Kind::DELIVERY).then(|| DeliveryId::from_bytes(self.id))
    }

    /// The task it names, when it is one.
    pub fn task(&self) -> Option<TaskId> {
        (self.kind == Kind::TASK).then(|| TaskId::from_bytes(self.id))
    }
}

/// The last value written to one field or member, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Canonical JSON, byte for byte as its writer made it. `null` means unset, as if never written.
    pub value: Vec<u8>,
    /// When and where it was written.
    pub stamp: Stamp,
}

impl Register {
    /// Whether `other` is the later one: by stamp, then by value bytes, so that every replica decides alike.
    fn yields_to(&self, other: &Change) -> bool {
        (self.stamp, self.value.as_slice()) < (other.stamp, other.value.as_slice())
    }
}

/// One register written: the unit of merge, log and sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The entity.
    pub entity: EntityId,
    /// The field.
    pub field: FieldId,
    /// The member, for a field that is a set; empty otherwise.
    pub key: Vec<u8>,
    /// Canonical JSON; `null` unsets.
    pub value: Vec<u8>,
    /// When and where.
    pub stamp: Stamp,
}

/// The registers of one entity, ordered by field and member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    field: FieldId,
    key: Vec<u8>,
    register: Register,
}

/// What a merge did to one register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// The change is the later one; here is what it replaced.
    Applied(Option<Register>),
    /// What was there is later, or the same.
    Kept,
}

impl Registers {
    /// Merges one change in. Commutative, associative and idempotent over any set of changes.
    pub fn merge(&mut self, change: &Change) -> Merged {
        let register = || Register { value: change.value.clone(), stamp: change.stamp };
        match self.find(change.field, &change.key) {
            Ok(at) if self.0[at].register.yields_to(change) => {
                Merged::Applied(Some(std::mem::replace(&mut self.0[at].register, register())))
            }
            Ok(_) => Merged::Kept,
            Err(at) => {
                let entry = Entry { field: change.field, key: change.key.clone(), register: register() };
                self.0.insert(at, entry);
                Merged::Applied(None)
            }
        }
    }

    /// Takes one change off again: where its value still stands, what it replaced comes back.
    pub fn take_off(&mut self, change: &Change, replaced: Option<&Register>) {
        let Ok(at) = self.find(change.field, &change.key) else { return };
        let register = &self.0[at].register;
        if (register.stamp, &register.value) != (change.stamp, &change.value) {
            return;
        }
        match replaced {
            Some(before) => self.0[at].register = before.clone(),
            None => _ = self.0.remove(at),
        }
    }

    /// The register of this field and member.
    pub fn get(&self, field: FieldId, key: &[u8]) -> Option<&Register> {
        self.find(field, key).ok().map(|at| &self.0[at].register)
    }

    /// All members of a field that is a set, with their registers.
    pub fn members(&self, field: FieldId) -> impl Iterator<Item = (&[u8], &Register)> {
        let start = self.0.partition_point(|entry| entry.field < field);
        self.0[start..].iter().take_while(move |entry| entry.field == field).map(|e| (e.key.as_slice(), &e.register))
    }

    /// All registers, ordered by field and member.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &[u8], &Register)> {
        self.0.iter().map(|entry| (entry.field, entry.key.as_slice(), &entry.register))
    }

    /// The latest stamp of all, `None` without registers.
    pub fn latest(&self) -> Option<Stamp> {
        self.0.iter().map(|entry| entry.register.stamp).max()
    }

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Without contents: what a task in the trash leaves when it was there long enough. Every stamp stays, so that changes made
    /// before are still the earlier ones, and one made later is still the later. `stays` says of which fields the value stays too; all
    /// others get `emptied`.
    #[must_use]
    pub fn emptied(&self, stays: impl Fn(FieldId) -> bool, emptied: &[u8]) -> Self {
        let mut left = self.clone();
        for entry in left.0.iter_mut().filter(|entry| !stays(entry.field)) {
            emptied.clone_into(&mut entry.register.value);
        }
        left
    }

    fn find(&self, field: FieldId, key: &[u8]) -> Result<usize, usize> {
        self.0.binary_search_by(|entry| (entry.field, entry.key.as_slice()).cmp(&(field, key)))
    }
}

/// Bytes that are not registers or changes: a damaged store, or a newer build's format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} cannot be decoded: {reason}")]
pub struct DecodeError {
    what: &'static str,
    reason: String,
}

impl DecodeError {
    /// Something of this name that could not be decoded, and why.
    pub fn new(what: &'static str, reason: &dyn std::fmt::Display) -> Self {
        Self { what, reason: format!("{reason}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::stamp::Hlc;
    use proptest::prelude::*;

    fn change() -> impl Strategy<Value = Change> {
        // Few fields, keys, stamps and values, so that they collide in every way.
        (1u32..4, 0u8..3, 0u64..4, 0u8..3, 0u8..4, 1u32..3).prop_map(|(field, key, hlc, device, value, kind)| Change {
            entity: EntityId { kind: Kind(kind), id: [7; 16] },
            field: FieldId(field),
            key: vec![key; usize::from(key)],
            value: format!("{{\"newer\":{value}}}").into_bytes(),
            stamp: Stamp { hlc: Hlc::from_bits(hlc), device: DeviceId::from_bytes([device; 16]) },
        })
    }

    fn merged<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Registers {
        let mut registers = Registers::default();
        changes.into_iter().for_each(|change| _ = registers.merge(change));
        registers
    }

    proptest! {
        #[test]
        fn merge_is_commutative_associative_and_idempotent(
            changes in proptest::collection::vec(change(), 0..40), split in 0usize..40, seed in any::<u64>()
        ) {
            let want = merged(&changes);
            let mut shuffled: Vec<&Change> = changes.iter().collect();
            // A seeded shuffle: every order is reachable, and a failure can be repeated.
            let mut state = seed | 1;
            for at in (1..shuffled.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                shuffled.swap(at, (state >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(&merged(shuffled.iter().copied()), &want);
            let (left, right) = changes.split_at(split.min(changes.len()));
            prop_assert_eq!(&merged(right.iter().chain(left)), &want);
            prop_assert_eq!(&merged(changes.iter().chain(&changes)), &want);
        }

        #[test]
        fn what_was_emptied_stays_so_unless_changed_later(
            changes in proptest::collection::vec(change(), 0..40), later in change()
        ) {
            let emptied = crate::task::emptied(&merged(&changes));
            let mut again = emptied.clone();
            changes.iter().for_each(|change| _ = again.merge(change));
            prop_assert_eq!(&again, &emptied, "what is merged again brings nothing back");
            let later = Change { stamp: Stamp { hlc: Hlc::from_bits(9), ..later.stamp }, ..later };
            again.merge(&later);
            prop_assert_eq!(again.get(later.field, &later.key).map(|register| &register.value), Some(&later.value));
        }

        #[test]
        fn registers_survive_their_encoding_byte_for_byte(changes in proptest::collection::vec(change(), 0..40)) {
            let registers = merged(&changes);
            prop_assert_eq!(Registers::decode(&registers.encode()).unwrap(), registers);
        }

        #[test]
        fn damaged_bytes_are_an_error_or_registers_but_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            _ = Registers::decode(&bytes);
        }
    }
}
