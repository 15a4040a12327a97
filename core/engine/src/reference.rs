//! From what a person calls tasks to the tasks: a short number, a printed id, or its beginning; a list or a range of numbers.

use crate::error::EngineError;
use crate::store::StoreRead;
use std::collections::HashSet;
use tasks_domain::error::Error;
use tasks_domain::id::{IdPrefix, OperationId, TaskId, shortest_unique};
use tasks_domain::numbers::{self, Part};
use tasks_domain::operation::CHANGES_MAX;
use tasks_domain::task::Task;

/// Candidates named in an error about an ambiguous reference.
const CANDIDATES_MAX: usize = 3;

/// The task that `reference` names.
pub(crate) fn task(tx: &dyn StoreRead, reference: &str) -> Result<TaskId, EngineError> {
    let none = || Error::NoSuchTask { reference: reference.to_owned() };
    let bare = reference.trim().trim_start_matches('#');
    if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
        let found = bare.parse().ok().map(|number| tx.task_with_number(number)).transpose()?;
        return Ok(found.flatten().ok_or_else(none)?);
    }
    let prefix = IdPrefix::parse(bare).ok_or_else(none)?;
    let found = tx.tasks_with_prefix(prefix, CANDIDATES_MAX)?;
    match found.as_slice() {
        [] => Err(none().into()),
        [one] => Ok(*one),
        several => {
            let mut candidates = Vec::new();
            for id in several {
                let title = tx.entity((*id).into())?.map(|registers| Task::read(*id, &registers).title);
                candidates.push(format!("{} ({})", short_id(tx, *id)?, title.unwrap_or_default()));
            }
            Err(Error::AmbiguousTask { reference: reference.to_owned(), candidates }.into())
        }
    }
}

/// All of them, each once, in the order they were named; `which` says what ranges of numbers are about.
pub(crate) fn tasks(tx: &dyn StoreRead, references: &[String], which: Numbered) -> Result<Vec<TaskId>, EngineError> {
    let (mut ids, mut seen) = (Vec::with_capacity(references.len()), HashSet::new());
    for reference in single(tx, references, which)? {
        let id = task(tx, &reference)?;
        if seen.insert(id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Which tasks a range of numbers is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbered {
    /// Open ones.
    Live,
    /// Ended ones that nobody took the number from yet: what the last commands ended.
    Ended,
}

/// The same references with one task each: lists taken apart ([`numbers`]), and of a range the numbers that there are.
pub(crate) fn single(tx: &dyn StoreRead, references: &[String], which: Numbered) -> Result<Vec<String>, EngineError> {
    let mut singles = Vec::with_capacity(references.len());
    for part in references.iter().flat_map(|reference| numbers::parts(reference)) {
        match part {
            Part::One(one) => singles.push(one.to_owned()),
            Part::Range(low, high) => {
                let found = in_range(tx, low, high, which)?;
                let range = || format!("{low}-{high}");
                match found.len() {
                    0 => {
                        let state = if which == Numbered::Live { "open" } else { "ended" };
                        return Err(Error::NoneInRange { range: range(), state }.into());
                    }
                    1..=CHANGES_MAX => singles.extend(found.iter().map(u32::to_string)),
                    _ => return Err(Error::TooManyMatch { filter: range(), max: CHANGES_MAX }.into()),
                }
            }
        }
    }
    Ok(singles)
}

/// The numbers of a range that there are, at most one more than one command may change.
fn in_range(tx: &dyn StoreRead, low: u32, high: u32, which: Numbered) -> Result<Vec<u32>, EngineError> {
    if which == Numbered::Live {
        let rows = tx.numbered(low, high, CHANGES_MAX + 1)?;
        // In the past a number can be that of a task which was not there yet.
        return Ok(rows.iter().filter(|row| row.task.exists).filter_map(|row| row.number).collect());
    }
    let mut found = Vec::new();
    // Numbers are the lowest that are free, so that what rests lies among the first.
    for number in (low..=high).take(CHANGES_MAX) {
        if let Some(id) = tx.task_with_number(number)?
            && tx.number_of(id)?.is_none()
        {
            found.push(number);
        }
    }
    Ok(found)
}

/// The operation that `reference` names.
pub(crate) fn operation(tx: &dyn StoreRead, reference: &str) -> Result<OperationId, EngineError> {
    let none = || Error::NoSuchOperation { reference: reference.to_owned() };
    let prefix = IdPrefix::parse(reference.trim()).ok_or_else(none)?;
    match tx.operations_with_prefix(prefix, 2)?.as_slice() {
        [] => Err(none().into()),
        [one] => Ok(*one),
        _ => Err(Error::AmbiguousOperation { reference: reference.to_owned() }.into()),
    }
}

/// The shortest prefix that names only this task.
pub(crate) fn short_id(tx: &dyn StoreRead, id: TaskId) -> Result<String, EngineError> {
    let (before, after) = tx.neighbours(id)?;
    let reversed = |id: TaskId| id.reversed();
    Ok(shortest_unique(id.reversed(), before.map(reversed), after.map(reversed)))
}
