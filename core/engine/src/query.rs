//! Listings.

use crate::error::EngineError;
use crate::request::{ListQuery, Shown};
use crate::store::{Class, StoreRead, TaskRow};
use crate::{text, view};
use std::ops::ControlFlow;
use tasks_domain::filter::{self, Comparison, Filter};
use tasks_domain::sort::{Numbered, SortOrder, compare, due_key};
use tasks_domain::task::{Status, Task};
use tasks_domain::when::When;

/// A page of tasks.
pub(crate) struct Page {
    pub(crate) tasks: Vec<Shown>,
    /// More match than the limit let through.
    pub(crate) more: bool,
}

/// Zones differ by up to 26 hours (−12 to +14), so a wall clock may be that far from the caller's.
const ZONES_APART_S: i64 = 26 * 3_600;

/// The tasks that match, in order.
pub(crate) fn list(tx: &dyn StoreRead, query: &ListQuery) -> Result<Page, EngineError> {
    let language = query.caller.language();
    let mut filter = filter::parse(&query.filter, &|dates| text::days(dates, &language))?.with_default();
    let horizon = query.horizon();
    if let Some(last) = horizon {
        filter = Filter::And(vec![filter, Filter::Due(Comparison::UpTo, last, last)]);
    }
    let until = horizon.map(|last| When::Date(last).sort_key() + ZONES_APART_S);
    let classes = classes(&filter);
    let wanted = if query.limit == 0 { usize::MAX } else { query.limit.saturating_add(1) };
    // In the order of the index the walk can end as soon as the page is full.
    let in_order = query.order == SortOrder::Due && !query.reverse && classes.len() == 1;
    let mut found = Vec::new();
    let mut failed = None;
    for class in &classes {
        tx.scan(*class, until, &mut |row| {
            match matching(tx, &row, &filter, query) {
                Ok(Some(numbered)) => found.push(numbered),
                Ok(None) => {}
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            if in_order && found.len() >= wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    if let Some(error) = failed {
        return Err(error);
    }
    order(&mut found, query, in_order);
    let more = query.limit > 0 && found.len() > query.limit;
    if more {
        found.truncate(query.limit);
    }
    let show = |n: Numbered| view::shown(tx, n.task, n.number, query.caller.now, query.short_ids);
    Ok(Page { tasks: found.into_iter().map(show).collect::<Result<_, _>>()?, more })
}

fn matching(
    tx: &dyn StoreRead,
    row: &TaskRow,
    filter: &Filter,
    query: &ListQuery,
) -> Result<Option<Numbered>, EngineError> {
    let task = Task::read(row.id, &row.registers);
    // A blocker that cannot be read does not decide silently: the first error ends the listing.
    let failed = std::cell::RefCell::new(None);
    let blocked = |task: &Task| match view::is_blocked(tx, task) {
        Ok(blocked) => blocked,
        Err(error) => {
            *failed.borrow_mut() = Some(error);
            false
        }
    };
    let matches = filter.matches(&task, query.caller.now, &blocked);
    match failed.into_inner() {
        Some(error) => Err(error),
        None => Ok(matches.then_some(Numbered { task, number: row.number })),
    }
}

fn order(found: &mut [Numbered], query: &ListQuery, in_order: bool) {
    if in_order {
        return;
    }
    if query.order == SortOrder::Due {
        found.sort_by_cached_key(|n| due_key(&n.task));
    } else {
        found.sort_by(|a, b| compare(query.order, a, b, query.caller.now));
    }
    if query.reverse {
        found.reverse();
    }
}

fn classes(filter: &Filter) -> Vec<Class> {
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
