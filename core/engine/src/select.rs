//! Which tasks a filter means: reading it, and going through the tasks it can mean.

use crate::error::EngineError;
use crate::request::Caller;
use crate::store::{Class, Place, StoreRead, Stretch};
use crate::{text, view};
use std::cell::RefCell;
use std::ops::ControlFlow;
use tasks_domain::filter::{self, Filter, State};
use tasks_domain::task::{Status, Task};
use tasks_domain::when::Now;

/// The filter of these words, as they were typed.
pub(crate) fn read(words: &[String], caller: &Caller) -> Result<Filter, EngineError> {
    let language = caller.language();
    Ok(filter::parse(words, &|dates| text::days(dates, &language))?)
}

/// The same for counts: what is in the trash counts only when the filter speaks of it.
pub(crate) fn read_for_counts(words: &[String], caller: &Caller) -> Result<Filter, EngineError> {
    let filter = read(words, caller)?;
    if filter.says_status() {
        return Ok(filter);
    }
    Ok(Filter::And(vec![Filter::Not(Box::new(Filter::State(State::Status(Status::Deleted)))), filter]))
}

/// The classes its matches can be in.
pub(crate) fn classes(filter: &Filter) -> Vec<Class> {
    let statuses = filter.statuses();
    let mut classes = Vec::new();
    if statuses.iter().any(|status| status.is_live()) {
        classes.push(Class::Live);
    }
    if statuses.contains(&Status::Done) {
        classes.push(Class::Done);
    }
    if statuses.contains(&Status::Deleted) {
        classes.push(Class::Trash);
    }
    classes
}

/// Whether the filter holds for a task.
pub(crate) fn holds(tx: &dyn StoreRead, filter: &Filter, task: &Task, now: Now) -> Result<bool, EngineError> {
    // A blocker that cannot be read does not decide silently: the first error ends the reading.
    let failed = RefCell::new(None);
    let blocked = |task: &Task| match view::is_blocked(tx, task) {
        Ok(blocked) => blocked,
        Err(error) => {
            *failed.borrow_mut() = Some(error);
            false
        }
    };
    let holds = filter.matches(task, now, &blocked);
    failed.into_inner().map_or(Ok(holds), Err)
}

/// A task that matches.
pub(crate) struct Found {
    pub(crate) task: Task,
    pub(crate) number: Option<u32>,
    pub(crate) place: Place,
}

/// Called with a task that matches; breaks to end the walk.
pub(crate) type Visit<'a> = dyn FnMut(Found) -> Result<ControlFlow<()>, EngineError> + 'a;

/// Goes through the tasks of a stretch for which the filter holds, in the default order, until `visit` breaks.
pub(crate) fn stretch(
    tx: &dyn StoreRead,
    stretch: &Stretch,
    filter: &Filter,
    now: Now,
    visit: &mut Visit<'_>,
) -> Result<(), EngineError> {
    let mut failed = None;
    tx.scan(stretch, &mut |row| {
        let task = Task::read(row.id, &row.registers);
        let visited = match holds(tx, filter, &task, now) {
            Ok(true) => visit(Found { task, number: row.number, place: row.place }),
            Ok(false) => Ok(ControlFlow::Continue(())),
            Err(error) => Err(error),
        };
        visited.unwrap_or_else(|error| {
            failed = Some(error);
            ControlFlow::Break(())
        })
    })?;
    failed.map_or(Ok(()), Err)
}
