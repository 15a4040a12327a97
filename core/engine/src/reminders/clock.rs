//! The reminder clock: waits for exactly the next instant and hands out what is due.
//!
//! It sleeps until one of these: the head of the store's index of alarms comes, on the wall clock (so that suspending the machine and
//! setting its clock count); an operation set an alarm; a delivery ended; somebody reacted to a notification; a host's channels
//! changed. Nothing is polled, and nothing but the head is held in memory, however many reminders are pending.

use super::deliver::{UnderWay, due};
use super::screen::{Difference, Screen};
use crate::clock::Timer;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::store::{Store, StoreRead};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tasks_domain::id::AccountId;
use tasks_domain::reminder::{Channel, Deliver, Delivery, Outcome, Reacted};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// How long a host has for one delivery.
const DELIVERY_LIMIT: Duration = Duration::from_secs(90);
/// How long a host has to say what is on the screen, to draw one notification anew, or to take some away.
const SCREEN_LIMIT: Duration = Duration::from_secs(10);
/// How long it waits after a look that failed, as with a full disk.
const AFTER_FAILURE_MS: i64 = 5_000;

/// What the clock has of its host.
pub struct Host {
    /// Waits.
    pub timer: Box<dyn Timer>,
    /// Its channels.
    pub channels: Arc<dyn Deliver>,
    /// What people do on notifications.
    pub reactions: mpsc::Receiver<Reacted>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").finish_non_exhaustive()
    }
}

/// What wakes it.
enum Woken {
    /// The time has come, or an alarm was set.
    Look,
    /// The channels changed: what was held back is tried again.
    Channels,
    /// A delivery ended.
    Ended(Delivery, Outcome, u64),
    /// Somebody reacted.
    Reacted(Reacted),
    /// Something happened while notifications are shown.
    Happened,
    /// The store is closed.
    Closed,
}

impl<S: Store> Engine<S> {
    /// Delivers the reminders of an account for as long as the store is open.
    pub async fn keep_reminding(&self, account: AccountId, host: Host) {
        let clock = Clock {
            account,
            alarms: self.store().alarms(account),
            commits: self.commits(account),
            channels_changed: self.channels(),
            engine: self.clone(),
            host,
            under_way: Arc::default(),
            screen: Screen::default(),
            ending: JoinSet::new(),
            reacting: true,
        };
        clock.run().await;
    }
}

struct Clock<S> {
    engine: Engine<S>,
    account: AccountId,
    alarms: watch::Receiver<u64>,
    commits: watch::Receiver<u64>,
    channels_changed: watch::Receiver<u64>,
    host: Host,
    under_way: Arc<Mutex<UnderWay>>,
    screen: Screen,
    /// Deliveries, each with its record in the ledger.
    ending: JoinSet<Option<(Delivery, Outcome, u64)>>,
    /// The host can still tell of reactions.
    reacting: bool,
}

impl<S: Store> Clock<S> {
    async fn run(mut self) {
        // What was held back when the last process ended is tried by this one.
        let mut held = true;
        self.take_over().await;
        loop {
            // Before looking: an alarm that is set meanwhile is then a change again.
            self.alarms.borrow_and_update();
            let next = match self.look(held).await {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!(%error, "the reminders that are due could not be read");
                    Some(self.engine.clock_unix_ms().saturating_add(AFTER_FAILURE_MS))
                }
            };
            held = match self.wake(next).await {
                Woken::Closed => break,
                Woken::Channels => true,
                Woken::Look => false,
                Woken::Ended(delivery, outcome, since) => {
                    self.ended(&delivery, &outcome);
                    // Handled while it was on its way.
                    self.draw_changed().await;
                    // Channels that changed while it was on its way may take it now.
                    matches!(outcome, Outcome::Held { .. }) && since != *self.channels_changed.borrow()
                }
                Woken::Reacted(reacted) => {
                    if let Err(error) = self.engine.react(self.account, reacted).await {
                        tracing::error!(%error, "what was done on a notification could not be kept");
                    }
                    false
                }
                Woken::Happened => {
                    self.draw_changed().await;
                    false
                }
            };
        }
        self.ending.shutdown().await;
    }

    async fn wake(&mut self, next: Option<i64>) -> Woken {
        let timer = async {
            match next {
                Some(at) => self.host.timer.wait(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = self.alarms.changed() => if changed.is_ok() { Woken::Look } else { Woken::Closed },
            () = timer => Woken::Look,
            Some(ended) = self.ending.join_next() => match ended {
                Ok(Some((delivery, outcome, since))) => Woken::Ended(delivery, outcome, since),
                Ok(None) => Woken::Closed,
                Err(error) => {
                    tracing::error!(%error, "a delivery ended badly");
                    Woken::Look
                }
            },
            reacted = self.host.reactions.recv(), if self.reacting => {
                self.reacting = reacted.is_some();
                reacted.map_or(Woken::Look, Woken::Reacted)
            }
            changed = self.channels_changed.changed() => if changed.is_ok() { Woken::Channels } else { Woken::Closed },
            changed = self.commits.changed(), if !self.screen.is_empty() => {
                if changed.is_ok() { Woken::Happened } else { Woken::Closed }
            }
        }
    }

    /// Begins what is due; when the next alarm is.
    async fn look(&mut self, held: bool) -> Result<Option<i64>, EngineError> {
        let now = self.engine.clock_unix_ms();
        let under_way = Arc::clone(&self.under_way);
        let read = move |tx: &dyn StoreRead| {
            let under_way = under_way.lock().unwrap_or_else(PoisonError::into_inner);
            due(tx, &under_way, now, held)
        };
        let found = self.engine.store().read(self.account, read).await?;
        for delivery in found.deliveries {
            self.under_way.lock().unwrap_or_else(PoisonError::into_inner).begin(&delivery);
            let (engine, account, channels) = (self.engine.clone(), self.account, Arc::clone(&self.host.channels));
            let since = *self.channels_changed.borrow();
            self.ending.spawn(async move {
                let outcome = match tokio::time::timeout(DELIVERY_LIMIT, channels.deliver(&delivery)).await {
                    Ok(outcome) => outcome,
                    Err(_) => Outcome::Failed {
                        reason: format!("no answer in {} seconds", DELIVERY_LIMIT.as_secs()),
                        retry_after: None,
                    },
                };
                match engine.record(account, &delivery, &outcome).await {
                    Ok(()) => Some((delivery, outcome, since)),
                    Err(_) => None,
                }
            });
        }
        Ok(found.next)
    }

    fn ended(&mut self, delivery: &Delivery, outcome: &Outcome) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).end(delivery);
        if delivery.channel != Channel::Desktop || *outcome != Outcome::Sent {
            return;
        }
        if self.screen.is_empty() {
            // What happened before something was shown is nobody's matter.
            self.commits.borrow_and_update();
        }
        self.screen.shown(delivery);
    }

    /// Looks after what an earlier life of this process left on the screen.
    async fn take_over(&mut self) {
        if let Ok(left) = tokio::time::timeout(SCREEN_LIMIT, self.host.channels.left_on_screen()).await {
            self.screen.left(left);
        } else {
            tracing::warn!("what is on the screen could not be told in time");
        }
        self.draw_changed().await;
    }

    /// Takes away what is shown of tasks that were handled elsewhere, and draws anew what says something else by now.
    async fn draw_changed(&mut self) {
        if self.screen.is_empty() {
            return;
        }
        let (screen, now) = (self.screen.clone(), self.engine.clock_unix_ms());
        let read = move |tx: &dyn StoreRead| screen.compared(tx, now);
        let Difference { gone, other } = match self.engine.store().read(self.account, read).await {
            Ok((screen, difference)) => {
                self.screen = screen;
                difference
            }
            Err(error) => {
                tracing::warn!(%error, "what is shown could not be compared with what is");
                return;
            }
        };
        let channels = &self.host.channels;
        let drawing = async {
            if !gone.is_empty() {
                channels.withdraw(&gone).await;
            }
            for delivery in &other {
                channels.redraw(delivery).await;
            }
        };
        if tokio::time::timeout(SCREEN_LIMIT, drawing).await.is_err() {
            tracing::warn!("notifications could not be taken away or drawn anew in time");
        }
    }
}
