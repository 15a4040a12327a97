//! Waiting until some task matches a filter, or none does.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::follow::Present;
use crate::request::Caller;
use crate::select;
use crate::store::{Class, Store, StoreError, StoreRead, Stretch};
use crate::view;
use chrono::NaiveTime;
use std::ops::ControlFlow;
use tasks_domain::filter::{Filter, State};
use tasks_domain::id::AccountId;
use tasks_domain::shown::Shown;
use tasks_domain::task::Task;
use tasks_domain::when::{Now, When, resolve};
use tokio::sync::watch;

const MINUTE_MS: i64 = 60_000;

/// What to wait for.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Who asks. Its present goes on from there.
    pub caller: Caller,
    /// Words of the filter, as of a listing.
    pub filter: Vec<String>,
    /// Wait until nothing matches.
    pub none: bool,
}

/// How it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// It holds; with the first match, unless nothing was to match.
    Holds(Option<Box<Shown>>),
    /// It does not.
    Not {
        /// When, by the engine's clock in Unix milliseconds, time alone may change that; `None` when it cannot.
        again_at_unix_ms: Option<i64>,
    },
}

/// Somebody who waits. Looks are made by whoever has it: at once, after each commit, and when time may have changed something.
#[derive(Debug)]
pub struct Waiting<S> {
    engine: Engine<S>,
    account: AccountId,
    condition: Condition,
    present: Present,
    commits: watch::Receiver<u64>,
}

impl<S: Store> Engine<S> {
    /// Begins to wait; fails when the filter cannot be read.
    pub async fn wait(&self, account: AccountId, condition: Condition) -> Result<Waiting<S>, EngineError> {
        let known = self.known_views(account, &condition.filter, &condition.caller).await?;
        select::read_known(&known, &condition.filter, &condition.caller)?;
        let present = Present::new(condition.caller.now, self.clock_unix_ms());
        Ok(Waiting { engine: self.clone(), account, condition, present, commits: self.commits(account) })
    }
}

impl<S: Store> Waiting<S> {
    /// How it is now.
    pub async fn look(&mut self) -> Result<Look, EngineError> {
        // Before looking: a commit that comes meanwhile is then a change again.
        self.commits.borrow_and_update();
        let clock = self.engine.clock_unix_ms();
        let now = self.present.at(clock);
        let Condition { caller, filter, none } = self.condition.clone();
        let caller = Caller { now, ..caller };
        let look = move |tx: &dyn StoreRead| {
            let found = first(tx, &filter, &caller)?;
            if found.is_some() != none {
                return Ok(Look::Holds(found.map(Box::new)));
            }
            let turn = next_turn(tx, &filter, &caller)?;
            Ok(Look::Not { again_at_unix_ms: turn.map(|turn| clock + (turn - now.unix_ms()).max(1)) })
        };
        self.engine.store().read(self.account, look).await
    }

    /// Sleeps until a commit after the last look; fails when the store closes.
    pub async fn changed(&mut self) -> Result<(), EngineError> {
        Ok(self.commits.changed().await.map_err(|_| StoreError::Closed)?)
    }

    /// The engine's clock, in Unix milliseconds.
    pub fn clock_unix_ms(&self) -> i64 {
        self.engine.clock_unix_ms()
    }
}

/// The first task that matches.
fn first(tx: &dyn StoreRead, words: &[String], caller: &Caller) -> Result<Option<Shown>, EngineError> {
    let filter = select::read(tx, words, caller)?.with_default();
    let mut first = None;
    for class in select::classes(&filter) {
        select::stretch(tx, &Stretch::all(class), &filter, caller.now, &mut |found| {
            first = Some(found.task.id);
            Ok(ControlFlow::Break(()))
        })?;
        if let Some(id) = first {
            return view::shown_by_id(tx, id, caller.now);
        }
    }
    Ok(None)
}

/// What about a filter changes with time alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own, and any of them may hold")]
struct Clockwork {
    /// Tasks that come out of hiding.
    waiting: bool,
    /// Tasks whose time is over.
    overdue: bool,
    /// What is of today.
    days: bool,
    /// Something this function does not know.
    other: bool,
}

impl Clockwork {
    fn of(filter: &Filter) -> Self {
        let mut found = Self::default();
        found.look_at(filter);
        found
    }

    fn look_at(&mut self, filter: &Filter) {
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter().for_each(|inner| self.look_at(inner)),
            Filter::Not(inner) => self.look_at(inner),
            Filter::State(State::Waiting | State::Ready) => self.waiting = true,
            Filter::State(State::Overdue) => self.overdue = true,
            Filter::State(State::Today) => self.days = true,
            other => self.other |= !is_timeless(other),
        }
    }
}

/// Whether a condition depends on tasks alone. A kind that is new is not taken for one until somebody says so here.
fn is_timeless(condition: &Filter) -> bool {
    matches!(
        condition,
        Filter::State(_)
            | Filter::Words(_)
            | Filter::Title(_)
            | Filter::Notes(_)
            | Filter::Text(..)
            | Filter::Numbered(..)
            | Filter::Project(_)
            | Filter::Tag(_)
            | Filter::Unset(_)
            | Filter::Date(..)
            | Filter::Priority(..)
            | Filter::Estimate(..)
            | Filter::Id(_)
            | Filter::Parent(_)
            | Filter::After(_)
    )
}

/// The next instant of the caller's present, in Unix milliseconds, at which the filter may hold for another task without a change.
fn next_turn(tx: &dyn StoreRead, words: &[String], caller: &Caller) -> Result<Option<i64>, EngineError> {
    let now = caller.now;
    let filter = select::read(tx, words, caller)?.with_default();
    let clockwork = Clockwork::of(&filter);
    // Words such as "today" mean other days then; "2 hours ago" is another time at every moment.
    let means_other_at = |unix_ms: i64| -> Result<bool, EngineError> {
        let Some(then) = Now::from_unix_ms(unix_ms, now.zone()) else { return Ok(false) };
        Ok(select::read(tx, words, &Caller { now: then, ..caller.clone() })?.with_default() != filter)
    };
    let mut turn = None;
    let midnight = midnight_after(now);
    if clockwork.days || means_other_at(midnight)? {
        turn = Some(midnight);
    }
    let minute = (now.unix_ms().div_euclid(MINUTE_MS) + 1) * MINUTE_MS;
    if clockwork.other || minute < midnight && means_other_at(minute)? {
        // Not to be told when: a look at each full minute.
        turn = Some(minute);
    }
    if clockwork.waiting || clockwork.overdue {
        tx.each_of(Class::Live, &mut |row| {
            let of_task = turns(&row.task, clockwork, now);
            turn = of_task.into_iter().flatten().chain(turn).min();
            ControlFlow::Continue(())
        })?;
    }
    Ok(turn)
}

/// When a live task comes out of hiding, and when its time will be over; those still ahead.
fn turns(task: &Task, clockwork: Clockwork, now: Now) -> [Option<i64>; 2] {
    let ahead = |at: i64| Some(at).filter(|at| *at > now.unix_ms());
    let shown = match task.wait.filter(|_| clockwork.waiting) {
        Some(When::Date(date)) => Some(begin_of(date, now)),
        Some(When::At(time)) => Some(time.instant().timestamp_millis()),
        None => None,
    };
    let over = match task.end.or(task.due).filter(|_| clockwork.overdue) {
        Some(When::Date(date)) => date.succ_opt().map(|next| begin_of(next, now)),
        // Over is what lies behind.
        Some(When::At(time)) => Some(time.instant().timestamp_millis() + 1),
        None => None,
    };
    [shown.and_then(ahead), over.and_then(ahead)]
}

fn midnight_after(now: Now) -> i64 {
    now.today().succ_opt().map_or(i64::MAX, |tomorrow| begin_of(tomorrow, now))
}

/// The instant at which a day begins where the caller is.
fn begin_of(date: chrono::NaiveDate, now: Now) -> i64 {
    resolve(date.and_time(NaiveTime::MIN), now.zone()).timestamp_millis()
}
