//! Listings.

use crate::error::EngineError;
use crate::request::{ListQuery, Shown};
use crate::select;
use crate::store::{StoreRead, Stretch};
use crate::view::Viewer;
use std::ops::ControlFlow;
use tasks_domain::filter::{Comparison, Filter};
use tasks_domain::sort::{Numbered, SortOrder, compare, due_key};
use tasks_domain::when::{When, ZONES_APART_S};

/// A page of tasks.
pub(crate) struct Page {
    pub(crate) tasks: Vec<Shown>,
    /// More match than the limit let through.
    pub(crate) more: bool,
}

/// The tasks that match, in order.
pub(crate) fn list(tx: &dyn StoreRead, query: &ListQuery) -> Result<Page, EngineError> {
    let mut filter = select::read(&query.filter, &query.caller)?.with_default();
    let horizon = query.horizon();
    if let Some(last) = horizon {
        filter = Filter::And(vec![filter, Filter::Due(Comparison::UpTo, last, last)]);
    }
    let due_until = horizon.map_or(i64::MAX, |last| When::Date(last).sort_key() + ZONES_APART_S);
    let classes = select::classes(&filter);
    let wanted = if query.limit == 0 { usize::MAX } else { query.limit.saturating_add(1) };
    // In the order of the index the walk can end as soon as the page is full.
    let in_order = query.order == SortOrder::Due && !query.reverse && classes.len() == 1;
    let mut found = Vec::new();
    for class in &classes {
        let stretch = Stretch { due_until, ..Stretch::all(*class) };
        select::stretch(tx, &stretch, &filter, query.caller.now, &mut |numbered| {
            found.push(numbered);
            let full = in_order && found.len() >= wanted;
            Ok(if full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
    }
    order(&mut found, query, in_order);
    let more = query.limit > 0 && found.len() > query.limit;
    if more {
        found.truncate(query.limit);
    }
    let mut viewer = Viewer::new(tx, query.caller.now);
    let mut show = |n: Numbered| viewer.shown(n.task, n.number, query.short_ids);
    Ok(Page { tasks: found.into_iter().map(&mut show).collect::<Result<_, _>>()?, more })
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
