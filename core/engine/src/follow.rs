//! Following what happens: events from a cursor on, without gap or repeat, at the follower's own pace.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::feed::{Feed, Page};
use crate::request::Caller;
use crate::saved::Known;
use crate::select;
use crate::store::{Store, StoreError, StoreRead};
use std::convert::Infallible;
use std::sync::Arc;
use tasks_domain::cursor::Cursor;
use tasks_domain::event::EventType;
use tasks_domain::filter::{Around, Filter, Reference};
use tasks_domain::id::{AccountId, TaskId};
use tasks_domain::shown::Shown;
use tasks_domain::task::{DerivedState, Task};
use tasks_domain::told::Told;
use tasks_domain::when::Now;
use tokio::sync::watch;

/// Events that may pass a follower by unmatched before it is told how far it has come: its cursor must not grow old for that.
const SILENT_MAX: u64 = 1_000;

/// What to follow.
#[derive(Clone, Debug)]
pub struct Follow {
    /// Who asks. Its present goes on from there.
    pub caller: Caller,
    /// Words of the filter on the task as it is when an event is told; none: all tasks, whatever their status.
    pub filter: Vec<String>,
    /// Which events; none: all.
    pub types: Vec<EventType>,
    /// Behind which event to begin; `None`: behind the newest.
    pub since: Option<Cursor>,
}

/// What a follower is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Followed {
    /// Where it stands: at the beginning, and when much passed that it does not follow.
    Position,
    /// It happened.
    Event(Box<Told>),
    /// What happened before this place is not known any more, or was on another replica: look at everything anew.
    Resync,
}

/// Somebody who follows. Holds a place in the outbox and nothing else: who is slow costs no memory.
#[derive(Debug)]
pub struct Follower<S> {
    engine: Engine<S>,
    account: AccountId,
    feed: Arc<Feed>,
    commits: watch::Receiver<u64>,
    query: Follow,
    /// The views as they were when it began.
    known: Known,
    present: Present,
    /// `None` until it is known where to begin.
    at: Option<u64>,
    told: u64,
}

/// A caller's present, which goes on by the engine's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Present {
    began: Now,
    clock_unix_ms: i64,
}

impl Present {
    /// Begins when the clock shows this.
    pub(crate) fn new(began: Now, clock_unix_ms: i64) -> Self {
        Self { began, clock_unix_ms }
    }

    /// The caller's present when the clock shows that.
    pub(crate) fn at(&self, clock_unix_ms: i64) -> Now {
        let unix_ms = self.began.unix_ms().saturating_add(clock_unix_ms - self.clock_unix_ms);
        Now::from_unix_ms(unix_ms, self.began.zone()).unwrap_or(self.began)
    }
}

impl<S: Store> Engine<S> {
    /// Begins to follow; fails when the filter cannot be read.
    pub async fn follow(&self, account: AccountId, query: Follow) -> Result<Follower<S>, EngineError> {
        // In this order: a commit from here on is told, whatever is read meanwhile.
        let commits = self.commits(account);
        let present = Present::new(query.caller.now, self.clock_unix_ms());
        let known = self.known_views(account, &query.filter, &query.caller).await?;
        select::read_known(&known, &query.filter, &query.caller)?;
        let feed = self.feeds().of(account);
        Ok(Follower { engine: self.clone(), account, feed, commits, query, known, present, at: None, told: 0 })
    }
}

impl<S: Store> Follower<S> {
    /// What comes next, each with the cursor behind it; waits until there is something. The first answer comes at once.
    ///
    /// Fails with [`StoreError::Closed`] when the store closes.
    pub async fn next(&mut self) -> Result<Vec<(Cursor, Followed)>, EngineError> {
        loop {
            // Before reading: a commit that comes meanwhile is then a change again.
            self.commits.borrow_and_update();
            let found = self.step().await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }

    /// One page, or waiting for one.
    async fn step(&mut self) -> Result<Vec<(Cursor, Followed)>, EngineError> {
        let now = self.present.at(self.engine.clock_unix_ms());
        let Some(at) = self.at else { return Ok(vec![self.begin().await?]) };
        let page = self.feed.page(self.engine.store(), self.account, at, now).await?;
        if !page.is_known() {
            let newest = page.outbox.newest;
            (self.at, self.told) = (Some(newest), newest);
            return Ok(vec![(Cursor::new(page.replica, newest), Followed::Resync)]);
        }
        if page.through == at {
            self.commits.changed().await.map_err(|_| StoreError::Closed)?;
            return Ok(Vec::new());
        }
        let mut found = self.matching(&page, now).await?;
        self.at = Some(page.through);
        if found.is_empty() && page.through - self.told >= SILENT_MAX {
            found.push((Cursor::new(page.replica, page.through), Followed::Position));
        }
        if !found.is_empty() {
            self.told = page.through;
        }
        Ok(found)
    }

    async fn begin(&mut self) -> Result<(Cursor, Followed), EngineError> {
        let (outbox, replica) = self.engine.store().read(self.account, |tx| Ok((tx.outbox()?, tx.device()))).await?;
        let newest = Cursor::new(replica, outbox.newest);
        let (cursor, followed) = match self.query.since {
            None => (newest, Followed::Position),
            Some(since) if since.is_of(replica) && outbox.reaches(since.seq()) => (since, Followed::Position),
            Some(_) => (newest, Followed::Resync),
        };
        (self.at, self.told) = (Some(cursor.seq()), cursor.seq());
        Ok((cursor, followed))
    }

    async fn matching(&self, page: &Arc<Page>, now: Now) -> Result<Vec<(Cursor, Followed)>, EngineError> {
        // Its words may name days, and those move on.
        let filter = select::read_known(&self.known, &self.query.filter, &Caller { now, ..self.query.caller.clone() })?;
        let nothing_asked = self.query.filter.is_empty();
        let held: Vec<bool> = if filter.asks_others() {
            let page = Arc::clone(page);
            let holds = move |tx: &dyn StoreRead, told: &Told| match &told.task {
                Some(shown) => select::holds(tx, &filter, &shown.task, now),
                None => Ok(nothing_asked),
            };
            let read = move |tx: &dyn StoreRead| page.events.iter().map(|(_, told)| holds(tx, told)).collect();
            self.engine.store().read(self.account, read).await?
        } else {
            let holds = |told: &Told| told.task.as_ref().map_or(nothing_asked, |shown| matches(&filter, shown, now));
            page.events.iter().map(|(_, told)| holds(told)).collect()
        };
        let of_type = |told: &Told| self.query.types.is_empty() || self.query.types.contains(&told.event.event_type);
        let of_page = page.events.iter().zip(held).filter(|((_, told), held)| *held && of_type(told));
        let seen = |((seq, told), _): (&(u64, Told), bool)| {
            let mut told = told.clone();
            if let Some(shown) = &mut told.task {
                see(shown, now);
            }
            (Cursor::new(page.replica, *seq), Followed::Event(Box::new(told)))
        };
        Ok(of_page.map(seen).collect())
    }
}

fn is_blocked(shown: &Shown) -> bool {
    shown.states.contains(&DerivedState::Blocked)
}

fn matches(filter: &Filter, shown: &Shown, now: Now) -> bool {
    let Ok(matches) = filter.matches(&shown.task, now, &ToldWith(shown));
    matches
}

/// What is around a task, as far as it is told with it; a filter that asks for more is asked of the store.
struct ToldWith<'a>(&'a Shown);

impl Around for ToldWith<'_> {
    type Error = Infallible;

    fn number(&self, _: &Task) -> Result<Option<u32>, Infallible> {
        Ok(self.0.number)
    }

    fn is_blocked(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(is_blocked(self.0))
    }

    fn is_blocking(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn has_parts(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(self.0.progress.total > 0)
    }

    fn names(&self, reference: &Reference, id: TaskId) -> Result<bool, Infallible> {
        Ok(reference.names(id, None))
    }
}

/// A task that somebody else read, as it is for this follower.
fn see(shown: &mut Shown, now: Now) {
    let blocked = is_blocked(shown);
    shown.states = shown.task.states(now, blocked);
    shown.urgency = shown.task.urgency(now, blocked);
}
