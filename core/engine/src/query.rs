//! Listings, in parts: whoever takes them decides how much it wants at a time.
//!
//! In the default order a listing is a walk along the stores's index, and the place where a part ends is a task's place in that
//! order. In other orders the keys of all matches are sorted once, without their tasks, and a part is a stretch of that list.
//! So no listing is ever in memory as a whole, and a reader who is slow holds up nobody.

use crate::error::EngineError;
use crate::request::{ListQuery, Shown};
use crate::saved::Known;
use crate::select;
use crate::store::{Class, Place, StoreRead, Stretch};
use crate::view::{self, Viewer};
use std::ops::ControlFlow;
use std::sync::Arc;
use tasks_domain::error::Error;
use tasks_domain::filter::{Comparison, DateField, Filter, State};
use tasks_domain::id::TaskId;
use tasks_domain::sort::{SortKey, SortOrder, SortTerm};
use tasks_domain::when::{When, ZONES_APART_S};

/// A query that was read.
#[derive(Clone, Debug)]
pub struct Listing {
    query: ListQuery,
    filter: Filter,
    classes: Vec<Class>,
    due_until: i64,
}

/// Where a listing goes on.
#[derive(Clone, Debug)]
pub struct Bookmark(At);

#[derive(Clone, Debug)]
enum At {
    /// After this place of the index, with so many tasks left of the limit.
    Walk { after: Option<Place>, left: usize },
    /// At this position of the tasks in their order.
    Sorted { ids: Arc<[TaskId]>, at: usize, more: bool },
}

/// How a part of a listing ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// Whoever took it wanted no more for now; it goes on there.
    Paused(Bookmark),
    /// Nothing is left; whether more match than the limit let through.
    Complete {
        /// There are more.
        more: bool,
    },
}

impl Listing {
    /// Reads the query; its mistakes are found here.
    pub(crate) fn new(query: ListQuery, known: &Known) -> Result<Self, Error> {
        let mut filter = select::read_known(known, &query.filter, &query.caller)?.with_default();
        let horizon = query.horizon();
        if let Some(last) = horizon {
            let day = When::Date(last);
            filter = Filter::And(vec![filter, Filter::Date(DateField::Due, Comparison::UpTo, (day, day))]);
        }
        let due_until = horizon.map_or(i64::MAX, |last| When::Date(last).sort_key() + ZONES_APART_S);
        let classes = select::classes(&filter);
        Ok(Self { query, filter, classes, due_until })
    }

    /// The same for what can be worked on, most pressing first: neither hidden nor blocked, unless the filter speaks of that.
    pub(crate) fn next(query: ListQuery, known: &Known) -> Result<Self, Error> {
        let filter = select::read_known(known, &query.filter, &query.caller)?;
        let filter = if filter.says_status() { filter } else { Filter::And(vec![Filter::State(State::Ready), filter]) };
        let query = ListQuery { order: SortOrder::Urgency, ..query };
        let classes = select::classes(&filter);
        Ok(Self { query, filter, classes, due_until: i64::MAX })
    }

    /// The moment of the past that is asked about.
    pub(crate) fn moment(&self) -> Option<i64> {
        self.query.caller.moment()
    }

    /// Hands the tasks from the bookmark on (from the beginning without one) to `take` until that breaks. The task it broke at
    /// is taken.
    pub(crate) fn part(
        &self,
        tx: &dyn StoreRead,
        from: Option<Bookmark>,
        take: &mut dyn FnMut(Shown) -> ControlFlow<()>,
    ) -> Result<Ended, EngineError> {
        let limit = if self.query.limit == 0 { usize::MAX } else { self.query.limit };
        match from {
            Some(Bookmark(At::Walk { after, left })) => self.walk(tx, after, left, take),
            Some(Bookmark(At::Sorted { ids, at, more })) => self.sorted_part(tx, &ids, at, more, take),
            None => match self.classes.as_slice() {
                [] => Ok(Ended::Complete { more: false }),
                [_] if self.query.order == SortOrder::Due && !self.query.reverse && self.query.then.is_empty() => {
                    self.walk(tx, None, limit, take)
                }
                _ => {
                    let (ids, more) = self.sort(tx, limit)?;
                    self.sorted_part(tx, &ids, 0, more, take)
                }
            },
        }
    }

    /// How many tasks it would hold without a limit.
    pub(crate) fn count(&self, tx: &dyn StoreRead) -> Result<u64, EngineError> {
        let mut count = 0;
        for stretch in self.stretches(None) {
            select::unordered(tx, &stretch, &self.filter, self.query.caller.now, &mut |_| {
                count += 1;
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(count)
    }

    fn stretches(&self, after: Option<Place>) -> impl Iterator<Item = Stretch> {
        let due_until = self.due_until;
        self.classes.iter().map(move |class| Stretch { due_until, after, ..Stretch::all(*class) })
    }

    fn walk(
        &self,
        tx: &dyn StoreRead,
        mut after: Option<Place>,
        mut left: usize,
        take: &mut dyn FnMut(Shown) -> ControlFlow<()>,
    ) -> Result<Ended, EngineError> {
        let mut ended = Ended::Complete { more: false };
        let mut viewer = Viewer::of_listing(tx, self.query.caller.now, self.query.brief);
        for stretch in self.stretches(after) {
            select::stretch(tx, &stretch, &self.filter, self.query.caller.now, &mut |found| {
                if left == 0 {
                    ended = Ended::Complete { more: true };
                    return Ok(ControlFlow::Break(()));
                }
                (left, after) = (left - 1, Some(found.place));
                let taken = take(viewer.shown(found.task, found.number, self.query.short_ids)?);
                if taken.is_break() {
                    ended = Ended::Paused(Bookmark(At::Walk { after, left }));
                }
                Ok(taken)
            })?;
        }
        Ok(ended)
    }

    /// The first matches in their order, and whether there are more.
    fn sort(&self, tx: &dyn StoreRead, limit: usize) -> Result<(Arc<[TaskId]>, bool), EngineError> {
        let now = self.query.caller.now;
        let first_term = SortTerm { order: self.query.order, reverse: self.query.reverse };
        let terms: Vec<SortTerm> = std::iter::once(first_term).chain(self.query.then.iter().copied()).collect();
        // Of one order the whole list is turned around, of several each goes its own way.
        let alone = self.query.then.is_empty();
        let by_urgency = terms.iter().any(|term| term.order == SortOrder::Urgency);
        let mut first =
            First { reverse: self.query.reverse && alone, wanted: limit.saturating_add(1), keys: Vec::new() };
        for stretch in self.stretches(None) {
            select::unordered(tx, &stretch, &self.filter, now, &mut |found| {
                let blocked = by_urgency && view::is_blocked(tx, &found.task)?;
                first.add(if alone {
                    SortKey::of(self.query.order, &found.task, found.number, now, blocked)
                } else {
                    SortKey::of_several(&terms, &found.task, found.number, now, blocked)
                });
                Ok(ControlFlow::Continue(()))
            })?;
        }
        let mut keys = first.finish();
        let more = keys.len() > limit;
        keys.truncate(limit);
        Ok((keys.iter().map(SortKey::id).collect(), more))
    }

    fn sorted_part(
        &self,
        tx: &dyn StoreRead,
        ids: &Arc<[TaskId]>,
        mut at: usize,
        more: bool,
        take: &mut dyn FnMut(Shown) -> ControlFlow<()>,
    ) -> Result<Ended, EngineError> {
        let mut viewer = Viewer::of_listing(tx, self.query.caller.now, self.query.brief);
        while let Some(id) = ids.get(at) {
            at += 1;
            let Some(row) = tx.task(*id)? else { continue };
            if take(viewer.shown(row.task, row.number, self.query.short_ids)?).is_break() {
                return Ok(Ended::Paused(Bookmark(At::Sorted { ids: Arc::clone(ids), at, more })));
            }
        }
        Ok(Ended::Complete { more })
    }
}

/// Keeps the first so many keys of any number, in memory for about as many as are wanted.
struct First {
    reverse: bool,
    wanted: usize,
    keys: Vec<SortKey>,
}

impl First {
    fn add(&mut self, key: SortKey) {
        self.keys.push(key);
        // Sorting anew only when twice as many are there costs each key a constant number of times.
        if self.keys.len() >= self.wanted.saturating_mul(2).saturating_add(1_000) {
            self.order();
        }
    }

    fn order(&mut self) {
        self.keys.sort_unstable();
        if self.reverse {
            self.keys.reverse();
        }
        self.keys.truncate(self.wanted);
    }

    fn finish(mut self) -> Vec<SortKey> {
        self.order();
        self.keys
    }
}
