//! The wall clock: handed to whoever needs the present, so that tests can say what it is.

use std::pin::Pin;
use std::time::UNIX_EPOCH;
use tokio::sync::watch;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970, UTC.
    fn now_unix_ms(&self) -> i64;
}

/// Waits for instants of the wall clock; a host's.
pub trait Timer: Send + 'static {
    /// Returns once the wall clock shows this time (Unix milliseconds) or a later one, or was set. It may return early; when it is
    /// dropped, the next call begins anew.
    fn wait(&mut self, unix_ms: i64) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock {
    ahead_ms: i64,
}

impl SystemClock {
    /// One that is ahead of the machine's by so many milliseconds; behind it where that is negative. For tests of what happens on a
    /// machine that was asleep, or whose clock was set.
    pub const fn ahead_by(ahead_ms: i64) -> Self {
        Self { ahead_ms }
    }

    /// What the machine's own clock shows when this one shows `unix_ms`.
    pub const fn on_the_machine(self, unix_ms: i64) -> i64 {
        unix_ms.saturating_sub(self.ahead_ms)
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now_unix_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
        let machine = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        machine.saturating_add(self.ahead_ms)
    }
}

/// A clock that stands where it was put; for tests and tools.
#[derive(Debug, Default)]
pub struct FixedClock(watch::Sender<i64>);

impl FixedClock {
    /// A clock that shows this.
    pub fn at(unix_ms: i64) -> Self {
        Self(watch::Sender::new(unix_ms))
    }

    /// Puts it to another time.
    pub fn set(&self, unix_ms: i64) {
        self.0.send_replace(unix_ms);
    }

    /// Waits for times of this clock.
    pub fn timer(&self) -> FixedTimer {
        FixedTimer(self.0.subscribe())
    }
}

impl Clock for FixedClock {
    fn now_unix_ms(&self) -> i64 {
        *self.0.borrow()
    }
}

/// Waits for times of a [`FixedClock`].
#[derive(Debug)]
pub struct FixedTimer(watch::Receiver<i64>);

impl Timer for FixedTimer {
    fn wait(&mut self, unix_ms: i64) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            if self.0.wait_for(|now| *now >= unix_ms).await.is_err() {
                // The clock is gone, and stands for ever.
                std::future::pending::<()>().await;
            }
        })
    }
}
