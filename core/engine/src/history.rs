//! What was done to one task, from the log.
//!
//! The registers themselves are the index: each has the stamp of the operation that wrote it, and every entry of the log keeps the
//! register it replaced, with the stamp of that. So a task's history is found from its registers back, whatever else the log holds,
//! and no write pays for it.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{Caller, Logged, Shown};
use crate::store::{Store, StoreRead};
use crate::{log, reference, view};
use std::collections::{BTreeMap, BTreeSet};
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, TaskId};
use tasks_domain::operation::Operation;
use tasks_domain::register::{FieldId, Register};
use tasks_domain::stamp::Stamp;
use tasks_domain::undo::taken_back;

/// What was done to a task.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The task as it is now.
    pub task: Shown,
    /// The operations that wrote to it, newest first.
    pub entries: Vec<HistoryEntry>,
    /// There are older ones.
    pub more: bool,
}

/// One operation, as far as it wrote to the task.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// Who, when, why.
    pub operation: Logged,
    /// The registers it wrote.
    pub changes: Vec<RegisterChange>,
}

/// One register written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterChange {
    /// The field.
    pub field: FieldId,
    /// The member, for a field that is a set.
    pub key: Vec<u8>,
    /// What was there; `None` when nothing was.
    pub before: Option<Register>,
    /// What it wrote.
    pub after: Register,
}

impl<S: Store> Engine<S> {
    /// The newest operations that wrote to a task, at most `limit`.
    pub async fn history(
        &self,
        account: AccountId,
        caller: Caller,
        reference: String,
        limit: usize,
    ) -> Result<History, EngineError> {
        self.store().read(account, move |tx| read(tx, &caller, &reference, limit)).await
    }
}

fn read(tx: &dyn StoreRead, caller: &Caller, reference: &str, limit: usize) -> Result<History, EngineError> {
    let id = reference::task(tx, reference)?;
    let none = || Error::NoSuchTask { reference: reference.to_owned() };
    let registers = tx.entity(id.into())?.ok_or_else(none)?;
    // From the newest stamp back: what an operation replaced is older than what it wrote.
    let mut ahead: BTreeSet<Stamp> = registers.iter().map(|(_, _, register)| register.stamp).collect();
    let mut found: BTreeMap<Stamp, (u64, Operation)> = BTreeMap::new();
    while let Some(stamp) = ahead.pop_last() {
        if found.len() > limit {
            break;
        }
        // Entries before the log begins are gone.
        let Some((seq, operation)) = tx.operation_at(stamp)? else { continue };
        let mut mine = operation.changes.iter().filter(|(change, _)| change.entity == id.into()).peekable();
        // An occurrence has stamps of its rule, whose operations wrote nothing to the task.
        if mine.peek().is_none() {
            continue;
        }
        ahead.extend(mine.filter_map(|(_, replaced)| replaced.as_ref().map(|register| register.stamp)));
        found.insert(stamp, (seq, operation));
    }
    let more = found.len() > limit;
    let undone = taken_back(found.values().rev().map(|(_, operation)| &operation.header));
    let mut entries = Vec::with_capacity(found.len().min(limit));
    for (_, (seq, operation)) in found.into_iter().rev().take(limit) {
        let count = operation.changes.len() as u32;
        let changes = changes(&operation, id);
        entries.push(HistoryEntry { operation: log::logged(tx, seq, operation.header, count, &undone)?, changes });
    }
    let task = view::shown_by_id(tx, id, caller.now)?.ok_or_else(none)?;
    Ok(History { task, entries, more })
}

fn changes(operation: &Operation, id: TaskId) -> Vec<RegisterChange> {
    let mine = operation.changes.iter().filter(|(change, _)| change.entity == id.into());
    let one = |(change, replaced): &(tasks_domain::register::Change, Option<Register>)| RegisterChange {
        field: change.field,
        key: change.key.clone(),
        before: replaced.clone(),
        after: Register { value: change.value.clone(), stamp: change.stamp },
    };
    mine.map(one).collect()
}
