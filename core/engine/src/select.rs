//! Which tasks a filter means: reading it, and going through the tasks it can mean.

use crate::error::EngineError;
use crate::lookup;
use crate::remind::load;
use crate::request::Caller;
use crate::saved::Known;
use crate::store::{Class, Link, StoreRead, Stretch, TaskRow};
use crate::view;
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::filter::{Around, Filter, Reference, State};
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::reminder;
use tasks_domain::task::{Status, Task};
use tasks_domain::when::{Now, When, ZONES_APART_S};

/// The filter of these words, as they were typed, narrowed to the caller's context.
pub(crate) fn read(tx: &dyn StoreRead, words: &[String], caller: &Caller) -> Result<Filter, EngineError> {
    Ok(read_known(&Known::of(tx, words, caller)?, words, caller)?)
}

/// The same with views that were read before.
pub(crate) fn read_known(known: &Known, words: &[String], caller: &Caller) -> Result<Filter, Error> {
    let filter = known.read(words, &caller.language())?;
    match context(known, caller)? {
        Some(context) => Ok(Filter::And(vec![context, filter])),
        None => Ok(filter),
    }
}

/// The condition of the caller's context, when it has one.
pub(crate) fn context(known: &Known, caller: &Caller) -> Result<Option<Filter>, Error> {
    if caller.context.is_empty() {
        return Ok(None);
    }
    let read = known.read(std::slice::from_ref(&caller.context), &caller.language());
    read.map(Some).map_err(|error| {
        let hint = "leave it: tasks context none, or --no-context for one command".to_owned();
        Error::Inside { what: "the context".to_owned(), error: Box::new(error), hint }
    })
}

/// The same for counts: what is in the trash counts only when the filter speaks of it.
pub(crate) fn read_for_counts(tx: &dyn StoreRead, words: &[String], caller: &Caller) -> Result<Filter, EngineError> {
    let filter = read(tx, words, caller)?;
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
    filter.matches(task, now, &Neighbours { tx, row: None })
}

/// What is around a task, as the store tells it.
struct Neighbours<'a> {
    tx: &'a dyn StoreRead,
    /// The task's row, when it is at hand.
    row: Option<&'a TaskRow>,
}

impl Around for Neighbours<'_> {
    type Error = EngineError;

    fn number(&self, task: &Task) -> Result<Option<u32>, EngineError> {
        self.row.map_or_else(|| Ok(self.tx.number_of(task.id)?), |row| Ok(row.number))
    }

    fn is_blocked(&self, task: &Task) -> Result<bool, EngineError> {
        view::is_blocked(self.tx, task)
    }

    fn is_blocking(&self, task: &Task) -> Result<bool, EngineError> {
        Ok(self.tx.linked(Link::After, task.id)?.iter().any(|(_, class)| *class == Class::Live))
    }

    fn has_parts(&self, task: &Task) -> Result<bool, EngineError> {
        let counts = |class: &Class| matches!(class, Class::Live | Class::Done);
        Ok(self.tx.linked(Link::Parent, task.id)?.iter().any(|(_, class)| counts(class)))
    }

    fn has_reminders(&self, task: &Task) -> Result<bool, EngineError> {
        let all = load::of_task(self.tx, task)?;
        Ok(all.iter().any(|one| one.reminder.exists && one.standing().state == reminder::State::Pending))
    }

    fn names(&self, reference: &Reference, id: TaskId) -> Result<bool, EngineError> {
        let number = match reference {
            Reference::Number(number) => {
                self.tx.task_with_number(*number)?.filter(|found| *found == id).map(|_| *number)
            }
            Reference::Id(_) => None,
        };
        Ok(reference.names(id, number))
    }

    fn names_rule(&self, reference: &Reference, id: RuleId) -> Result<bool, EngineError> {
        if reference.names_rule(id) {
            return Ok(true);
        }
        let named = match reference {
            Reference::Number(number) => self.tx.task_with_number(*number)?,
            // One that is ambiguous names none.
            Reference::Id(prefix) => {
                let mut found = self.tx.tasks_with_prefix(*prefix, 2)?;
                found.pop().filter(|_| found.is_empty())
            }
        };
        let task = named.map(|task| lookup::task(self.tx, task)).transpose()?.flatten();
        Ok(task.is_some_and(|task| task.rule == Some(id)))
    }
}

/// With more candidates than this a walk meets a page of them soon, and finding them all would cost more than it spares.
const ROWS_MAX: usize = 10_000;

/// Called with a task that matches; breaks to end the walk.
pub(crate) type Visit<'a> = dyn FnMut(TaskRow) -> Result<ControlFlow<()>, EngineError> + 'a;

/// Goes through the tasks of a stretch for which the filter holds, in the default order, until `visit` breaks.
pub(crate) fn stretch(
    tx: &dyn StoreRead,
    stretch: &Stretch,
    filter: &Filter,
    now: Now,
    visit: &mut Visit<'_>,
) -> Result<(), EngineError> {
    walk(tx, &within_due(stretch, filter, now), true, filter, now, visit)
}

/// The same in no order that means anything, for whoever counts or sorts all matches.
pub(crate) fn unordered(
    tx: &dyn StoreRead,
    stretch: &Stretch,
    filter: &Filter,
    now: Now,
    visit: &mut Visit<'_>,
) -> Result<(), EngineError> {
    let stretch = within_due(stretch, filter, now);
    // Where the due date narrows it, the order is what finds them.
    walk(tx, &stretch, stretch != Stretch::all(stretch.class), filter, now, visit)
}

fn walk(
    tx: &dyn StoreRead,
    stretch: &Stretch,
    ordered: bool,
    filter: &Filter,
    now: Now,
    visit: &mut Visit<'_>,
) -> Result<(), EngineError> {
    let mut failed = None;
    let mut each = |row: TaskRow| {
        let visited = match filter.matches(&row.task, now, &Neighbours { tx, row: Some(&row) }) {
            Ok(true) => visit(row),
            Ok(false) => Ok(ControlFlow::Continue(())),
            Err(error) => Err(error),
        };
        visited.unwrap_or_else(|error| {
            failed = Some(error);
            ControlFlow::Break(())
        })
    };
    let rows = filter.need().map(|need| tx.rows_with(&need, ROWS_MAX)).transpose()?.flatten();
    match rows {
        Some(rows) => tx.scan_rows(stretch, &rows, &mut each)?,
        None if ordered => tx.scan(stretch, &mut each)?,
        None => tx.each_of(stretch.class, &mut each)?,
    }
    failed.map_or(Ok(()), Err)
}

/// The part of the stretch in which matches can be due.
fn within_due(stretch: &Stretch, filter: &Filter, now: Now) -> Stretch {
    let (first, last) = filter.due_days(now);
    // The order is by the clock on the due's own wall, days are the caller's.
    let from = first.map_or(i64::MIN, |day| When::Date(day).sort_key() - 86_400 - ZONES_APART_S);
    let unbound = if first.is_some() { i64::MAX - 1 } else { i64::MAX };
    let until = last.map_or(unbound, |day| When::Date(day).sort_key() + ZONES_APART_S);
    Stretch { due_from: stretch.due_from.max(from), due_until: stretch.due_until.min(until), ..*stretch }
}
