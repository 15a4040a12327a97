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
use tasks_domain::id::{AccountId, RuleId, TaskId};
use tasks_domain::reminder;
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

/// Somebody who follows. Holds a place in the outbox and one page from there (shared with those at the same place, some 512 KiB at
/// most): who is slow costs no more than that.
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
    open: Option<Open>,
}

/// A page on its way to a follower; the page itself is shared.
#[derive(Debug)]
struct Open {
    page: Arc<Page>,
    /// Of each event: whether it is followed.
    wanted: Vec<bool>,
    /// Position of the next event.
    next: usize,
    now: Now,
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
        Ok(Follower {
            engine: self.clone(),
            account,
            feed,
            commits,
            query,
            known,
            present,
            at: None,
            told: 0,
            open: None,
        })
    }
}

impl<S: Store> Follower<S> {
    /// What comes next, with the cursor behind it; waits until there is something. The first answer comes at once.
    ///
    /// Fails with [`StoreError::Closed`] when the store closes.
    pub async fn next(&mut self) -> Result<(Cursor, Followed), EngineError> {
        loop {
            if let Some(followed) = self.of_page() {
                return Ok(followed);
            }
            // Before reading: a commit that comes meanwhile is then a change again.
            self.commits.borrow_and_update();
            let Some(at) = self.at else { return self.begin().await };
            let now = self.present.at(self.engine.clock_unix_ms());
            let page = self.feed.page(self.engine.store(), self.account, at, now).await?;
            if !page.is_known() {
                let newest = page.outbox.newest;
                (self.at, self.told) = (Some(newest), newest);
                return Ok((Cursor::new(page.replica, newest), Followed::Resync));
            }
            if page.through == at {
                self.commits.changed().await.map_err(|_| StoreError::Closed)?;
                continue;
            }
            let wanted = self.wanted(&page, now).await?;
            self.at = Some(page.through);
            self.open = Some(Open { page, wanted, next: 0, now });
        }
    }

    /// The next event of the open page that is followed.
    fn of_page(&mut self) -> Option<(Cursor, Followed)> {
        let open = self.open.as_mut()?;
        while let Some((seq, told)) = open.page.events.get(open.next) {
            let is_wanted = open.wanted.get(open.next).copied().unwrap_or(false);
            open.next += 1;
            if is_wanted {
                let mut told = told.clone();
                told.task.iter_mut().for_each(|shown| see(shown, open.now));
                self.told = *seq;
                return Some((Cursor::new(open.page.replica, *seq), Followed::Event(Box::new(told))));
            }
        }
        let (through, replica) = (open.page.through, open.page.replica);
        self.open = None;
        (through - self.told >= SILENT_MAX).then(|| {
            self.told = through;
            (Cursor::new(replica, through), Followed::Position)
        })
    }

    /// Which events of a page are followed.
    async fn wanted(&self, page: &Arc<Page>, now: Now) -> Result<Vec<bool>, EngineError> {
        // Its words may name days, and those move on.
        let caller = Caller { now, ..self.query.caller.clone() };
        let filter = select::read_known(&self.known, &self.query.filter, &caller)?;
        let is_any = self.query.filter.is_empty();
        let types = self.query.types.clone();
        let of_type = move |told: &Told| types.is_empty() || types.contains(&told.event.event_type);
        if filter.asks_others() {
            let page = Arc::clone(page);
            let holds = move |tx: &dyn StoreRead, told: &Told| match &told.task {
                _ if !of_type(told) => Ok(false),
                Some(shown) => select::holds(tx, &filter, &shown.task, now),
                None => Ok(is_any),
            };
            let read = move |tx: &dyn StoreRead| page.events.iter().map(|(_, told)| holds(tx, told)).collect();
            return self.engine.store().read(self.account, read).await;
        }
        let holds = |told: &Told| told.task.as_ref().map_or(is_any, |shown| matches(&filter, shown, now));
        Ok(page.events.iter().map(|(_, told)| of_type(told) && holds(told)).collect())
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

    fn has_reminders(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(self.0.reminders.iter().any(|reminder| reminder.standing.state == reminder::State::Pending))
    }

    fn names(&self, reference: &Reference, id: TaskId) -> Result<bool, Infallible> {
        Ok(reference.names(id, None))
    }

    fn names_rule(&self, reference: &Reference, id: RuleId) -> Result<bool, Infallible> {
        Ok(reference.names_rule(id))
    }
}

/// A task that somebody else read, as it is for this follower.
fn see(shown: &mut Shown, now: Now) {
    let blocked = is_blocked(shown);
    shown.states = shown.task.states(now, blocked);
    shown.urgency = shown.task.urgency(now, blocked);
}
