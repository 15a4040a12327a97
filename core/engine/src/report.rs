//! Counts over tasks: stats, calendar, projects and tags.

use crate::error::EngineError;
use crate::request::{CalendarQuery, CountQuery, Shown, StatsQuery};
use crate::select;
use crate::store::{Class, StoreRead, Stretch};
use crate::view::Viewer;
use std::ops::ControlFlow;
use tasks_domain::filter::Filter;
use tasks_domain::report::{Calendar, Labels, Stats, StatsCounter};
use tasks_domain::task::Task;
use tasks_domain::when::{Now, When, ZONES_APART_S};

/// What was made and done, and the same tasks by project and tag.
pub(crate) fn stats(tx: &dyn StoreRead, query: &StatsQuery) -> Result<(Stats, Labels), EngineError> {
    let filter = select::read_for_counts(tx, &query.count.filter, &query.count.caller)?;
    let now = query.count.caller.now;
    let (mut counter, mut labels) = (StatsCounter::new(now, query.days), Labels::new(now));
    each(tx, &filter, now, &mut |task| {
        counter.count(&task);
        labels.count(&task);
    })?;
    Ok((counter.finish(), labels))
}

/// Projects and tags.
pub(crate) fn labels(tx: &dyn StoreRead, query: &CountQuery) -> Result<Labels, EngineError> {
    let filter = select::read_for_counts(tx, &query.filter, &query.caller)?;
    let mut labels = Labels::new(query.caller.now);
    each(tx, &filter, query.caller.now, &mut |task| labels.count(&task))?;
    Ok(labels)
}

fn each(tx: &dyn StoreRead, filter: &Filter, now: Now, visit: &mut dyn FnMut(Task)) -> Result<(), EngineError> {
    for class in select::classes(filter) {
        select::unordered(tx, &Stretch::all(class), filter, now, &mut |found| {
            visit(found.task);
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(())
}

/// What is due on each day of the query's.
pub(crate) fn calendar(tx: &dyn StoreRead, query: &CalendarQuery) -> Result<Calendar<Shown>, EngineError> {
    let filter = select::read_for_counts(tx, &query.count.filter, &query.count.caller)?;
    let now = query.count.caller.now;
    let mut calendar = Calendar::new(now, query.first, query.last, query.tasks_per_day);
    // The order is by the clock on the due's own wall, days are the caller's.
    let due_from = When::Date(query.first).sort_key() - 86_400 - ZONES_APART_S;
    let due_until = When::Date(query.last).sort_key() + ZONES_APART_S;
    let mut viewer = Viewer::new(tx, now);
    for class in select::classes(&filter).into_iter().filter(|class| *class != Class::Trash) {
        let stretch = Stretch { due_from, due_until, ..Stretch::all(class) };
        select::stretch(tx, &stretch, &filter, now, &mut |found| {
            if let Some(tasks) = calendar.count(&found.task) {
                tasks.push(viewer.shown(found.task, found.number, false)?);
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(calendar)
}
