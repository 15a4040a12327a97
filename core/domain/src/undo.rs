//! Taking back: which operation is meant, and which registers bring back what was there.
//!
//! Taking back is a change like any other, with a new stamp, so that it holds after sync. A register is brought back only when
//! nobody changed it since. Taking back and doing again are not such changes: what they wrote stands for what they restored
//! ([`origin`]), so that any row of undo and redo goes the way back exactly.

use crate::field::{self, NULL};
use crate::id::OperationId;
use crate::operation::{Header, Operation, Reason};
use crate::register::{Change, EntityId, FieldId, Register};
use crate::stamp::Stamp;
use std::collections::BTreeSet;

/// What takes an operation back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inverse {
    /// The registers to write.
    pub changes: Vec<Change>,
    /// Registers that were changed since, and so stay.
    pub kept: Vec<(EntityId, FieldId)>,
}

/// What the log and the registers tell about one register.
pub trait Past {
    /// Why a look failed.
    type Error;
    /// What it holds now.
    fn current(&self, entity: EntityId, field: FieldId, key: &[u8]) -> Result<Option<Register>, Self::Error>;
    /// The operation that took back (or did again) under this stamp, and the one it took back; `None` for any other stamp.
    fn restoring(&self, stamp: Stamp) -> Result<Option<Operation>, Self::Error>;
}

/// Longest row of undos of undos that is followed back.
const ORIGIN_DEPTH_MAX: usize = 1_000;

/// The stamp of the operation that first wrote what a register with `stamp` holds: through whatever took back and did again
/// since. `None` when what it holds is that nothing was there.
pub fn origin<P: Past>(past: &P, change: &Change, stamp: Stamp) -> Result<Option<Stamp>, P::Error> {
    let mut stamp = stamp;
    for _ in 0..ORIGIN_DEPTH_MAX {
        // What the restoring operation wrote is what its target had replaced.
        let Some(target) = past.restoring(stamp)? else { break };
        let same = |c: &Change| c.entity == change.entity && c.field == change.field && c.key == change.key;
        match target.changes.iter().find(|(c, _)| same(c)) {
            Some((_, Some(replaced))) => stamp = replaced.stamp,
            Some((_, None)) => return Ok(None),
            None => break,
        }
    }
    Ok(Some(stamp))
}

/// The changes that take `operation` back.
///
/// A creation, or the making again of what was taken back, is taken back by `exists = false` alone: the task's fields stay for doing
/// it again. The newest operation is restored exactly; an older one exactly as far as nobody changed it since.
pub fn inverse<P: Past>(operation: &Operation, stamp: Stamp, past: &P) -> Result<Inverse, P::Error> {
    let made: BTreeSet<EntityId> = operation
        .changes
        .iter()
        .filter(|(change, replaced)| {
            let was = replaced.as_ref().is_some_and(|register| register.value == field::encode(&true));
            change.field == field::EXISTS && !was && change.value == field::encode(&true)
        })
        .map(|(change, _)| change.entity)
        .collect();
    let mut inverse = Inverse::default();
    for (change, replaced) in &operation.changes {
        let created = made.contains(&change.entity);
        if created && change.field != field::EXISTS {
            continue;
        }
        if !is_unchanged(past, change)? {
            inverse.kept.push((change.entity, change.field));
            continue;
        }
        let value = match replaced {
            _ if created => field::encode(&false),
            Some(register) => register.value.clone(),
            None => NULL.to_vec(),
        };
        let (entity, field, key) = (change.entity, change.field, change.key.clone());
        inverse.changes.push(Change { entity, field, key, value, stamp });
    }
    Ok(inverse)
}

/// Whether the register still holds what `change` wrote.
fn is_unchanged<P: Past>(past: &P, change: &Change) -> Result<bool, P::Error> {
    let Some(now) = past.current(change.entity, change.field, &change.key)? else { return Ok(false) };
    if now.value != change.value {
        return Ok(false);
    }
    if now.stamp == change.stamp {
        return Ok(true);
    }
    let (mine, theirs) = (origin(past, change, change.stamp)?, origin(past, change, now.stamp)?);
    Ok(mine == theirs)
}

/// Walks a log from its newest entry back and tells of each entry whether a later one took it back.
#[derive(Debug, Default)]
struct Cancelled(BTreeSet<OperationId>);

impl Cancelled {
    /// Whether `header`'s effect stands; call for every entry, newest first. An undo that was itself done again has none.
    fn stands(&mut self, header: &Header) -> bool {
        if self.0.contains(&header.id) {
            return false;
        }
        if let Reason::Undo(target) | Reason::Redo(target) = header.reason {
            self.0.insert(target);
        }
        true
    }
}

/// The operation that `undo` takes back: the newest of this device that stands. `newest_first` are this device's.
pub fn undo_target<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> Option<OperationId> {
    let mut cancelled = Cancelled::default();
    let mut standing = newest_first.into_iter().filter(|header| cancelled.stands(header));
    let is_command = |header: &&Header| !matches!(header.reason, Reason::Undo(_)) && !header.reason.is_unasked();
    standing.find(is_command).map(|header| header.id)
}

/// The undo that `redo` takes back: the newest that stands, as long as no command came after it.
pub fn redo_target<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> Option<OperationId> {
    let mut cancelled = Cancelled::default();
    let mut standing = newest_first.into_iter().filter(|header| cancelled.stands(header));
    // Redone steps lie between, and what the clock did; a new command clears what could be done again.
    let counts = |header: &&Header| !matches!(header.reason, Reason::Redo(_)) && !header.reason.is_unasked();
    let newest = standing.find(counts)?;
    matches!(newest.reason, Reason::Undo(_)).then_some(newest.id)
}

/// Which of these operations are taken back; all devices', newest first.
pub fn taken_back<'a>(newest_first: impl IntoIterator<Item = &'a Header>) -> BTreeSet<OperationId> {
    let mut cancelled = Cancelled::default();
    let mut reverted = BTreeSet::new();
    for header in newest_first {
        if cancelled.stands(header)
            && let Reason::Revert(target) = header.reason
        {
            reverted.insert(target);
        }
    }
    reverted.extend(cancelled.0);
    reverted
}
