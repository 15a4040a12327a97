//! Waiting for a time on the wall clock: also over a suspended machine, and through changes of the clock.

use std::time::Duration;

/// How long it sleeps at most where the system has no timers on the wall clock: a clock that was set is noticed so late.
const RECHECK: Duration = Duration::from_secs(30);

/// Waits for times on the wall clock. On Linux it is a timer of the kernel, which nothing wakes in between.
#[derive(Debug)]
pub struct WallTimer {
    #[cfg(target_os = "linux")]
    kernel: Option<linux::Timer>,
}

impl WallTimer {
    /// Made within a runtime.
    #[cfg(target_os = "linux")]
    pub fn new() -> Self {
        let kernel = linux::Timer::new();
        if let Err(error) = &kernel {
            tracing::warn!(%error, "no timer on the wall clock: looking every half minute");
        }
        Self { kernel: kernel.ok() }
    }

    /// Made within a runtime.
    #[cfg(not(target_os = "linux"))]
    pub fn new() -> Self {
        Self {}
    }

    /// Returns when the clock shows `unix_ms` or later, or was set; may return early. `now_unix_ms` is what it shows.
    pub async fn until(&mut self, unix_ms: i64, now_unix_ms: i64) {
        let left = Duration::from_millis(u64::try_from(unix_ms.saturating_sub(now_unix_ms)).unwrap_or(0));
        if left.is_zero() {
            return;
        }
        #[cfg(target_os = "linux")]
        if let Some(kernel) = &self.kernel {
            match kernel.until(unix_ms).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "the timer on the wall clock failed: looking every half minute"),
            }
            self.kernel = None;
        }
        tokio::time::sleep(left.min(RECHECK)).await;
    }
}

impl Default for WallTimer {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use std::io;
    use std::os::fd::OwnedFd;
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    /// A `timerfd` on `CLOCK_REALTIME`.
    #[derive(Debug)]
    pub(super) struct Timer(AsyncFd<OwnedFd>);

    impl Timer {
        #[expect(deprecated, reason = "what it warns of, a descriptor that goes before its time, an OwnedFd cannot do")]
        pub(super) fn new() -> io::Result<Self> {
            let fd = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?;
            Ok(Self(AsyncFd::with_interest(fd, Interest::READABLE)?))
        }

        pub(super) async fn until(&self, unix_ms: i64) -> io::Result<()> {
            let at = Timespec { tv_sec: unix_ms.div_euclid(1_000), tv_nsec: unix_ms.rem_euclid(1_000) * 1_000_000 };
            let once = Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value: at };
            // Absolute: it fires by what the clock shows, also right after a sleep. Cancelled when the clock is set, so that
            // whoever waits can look anew.
            let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
            match timerfd_settime(&self.0, flags, &once) {
                // The clock was set since it was set last.
                Ok(_) | Err(Errno::CANCELED) => {}
                Err(error) => return Err(error.into()),
            }
            loop {
                let mut ready = self.0.readable().await?;
                let mut count = [0; 8];
                match rustix::io::read(&self.0, &mut count) {
                    Ok(_) | Err(Errno::CANCELED) => return Ok(()),
                    Err(Errno::WOULDBLOCK) => ready.clear_ready(),
                    Err(Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "the timer is measured against the clock it waits for")]
    fn now() -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        i64::try_from(since.unwrap().as_millis()).unwrap()
    }

    #[tokio::test]
    async fn it_returns_at_the_time_and_not_before() {
        let mut timer = WallTimer::new();
        for wait in [120, 0, -5_000, 60] {
            let at = now() + wait;
            timer.until(at, now()).await;
            assert!(now() >= at);
        }
    }

    #[tokio::test]
    async fn a_wait_that_is_given_up_leaves_nothing_to_the_next() {
        let mut timer = WallTimer::new();
        // Given up while it waits; with a later one, should this machine have stalled until the time had come.
        let given_up = loop {
            let at = now() + 50;
            tokio::select! {
                biased;
                () = timer.until(at, now()) => {}
                () = std::future::ready(()) => break at,
            }
        };
        while now() <= given_up {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let at = now() + 100;
        timer.until(at, now()).await;
        assert!(now() >= at, "the time that was given up does not count");
    }
}
