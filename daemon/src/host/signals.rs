//! Signals that ask the daemon to end, and one that must not end it.

use crate::error::DaemonError;
use rustix::process::Signal as Kernel;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTERM, SIGINT, and SIGHUP of a terminal that is closed over a daemon in the foreground.
#[derive(Debug)]
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
    /// A file may become no longer (`ulimit -f`): with somebody who listens, the write fails as on a full disk instead of ending
    /// the process.
    _too_long: Signal,
}

impl Signals {
    /// From now on they no longer end the process by themselves.
    pub(crate) fn listen() -> Result<Self, DaemonError> {
        let on = |kind| signal(kind).map_err(|source| DaemonError::System { action: "listen for signals", source });
        Ok(Self {
            terminate: on(SignalKind::terminate())?,
            interrupt: on(SignalKind::interrupt())?,
            hang_up: on(SignalKind::hangup())?,
            _too_long: on(SignalKind::from_raw(Kernel::XFSZ.as_raw()))?,
        })
    }

    /// The next one's name.
    pub(crate) async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.hang_up.recv() => "SIGHUP",
        }
    }
}
