//! The reminder clock within the daemon: its timer and its channels.

use std::pin::Pin;
use std::sync::Arc;
use tasks_daemon::wall_clock::WallTimer;
use tasks_domain::id::{AccountId, ReminderId};
use tasks_domain::reminder::{Deliver, Delivering, Delivery, Outcome};
use tasks_engine::clock::{Clock as _, SystemClock};
use tasks_engine::engine::Engine;
use tasks_engine::remind::clock::{Host, Timer};
use tasks_engine::store::Store;
use tokio::sync::mpsc;

/// Reactions of people that may wait for the engine.
const REACTIONS_MAX: usize = 16;

/// Begins to remind; ends with the store.
pub(super) fn begin<S: Store>(engine: &Engine<S>) {
    let (_, reactions) = mpsc::channel(REACTIONS_MAX);
    let host = Host { timer: Box::new(Wall(WallTimer::new())), channels: Arc::new(NoChannels), reactions };
    let engine = engine.clone();
    tokio::spawn(async move { engine.keep_reminding(AccountId::LOCAL, host).await });
}

/// The timer of the machine.
struct Wall(WallTimer);

impl Timer for Wall {
    fn wait(&mut self, unix_ms: i64) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(self.0.until(unix_ms, SystemClock.now_unix_ms()))
    }
}

/// A host without channels: everything is held back, and says so.
struct NoChannels;

impl Deliver for NoChannels {
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, Outcome> {
        let reason = format!("this build has no {} channel", delivery.channel.as_str());
        Box::pin(async move { Outcome::Held { reason } })
    }

    fn withdraw<'a>(&'a self, _: &'a [ReminderId]) -> Delivering<'a, ()> {
        Box::pin(async {})
    }
}
