//! What all parts of a running daemon share: who it is, and whether it is ending.

use super::listener::SocketFile;
use super::pending::Pending;
use crate::lock::{LifeLock, Stage};
use crate::places::Places;
use crate::session::Newest;
use tasks_proto::build::Build;
use tokio_util::sync::CancellationToken;

/// One running daemon.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) places: Places,
    pub(crate) build: Build,
    pub(crate) started_at_unix_ms: i64,
    pub(crate) pending: Pending,
    /// What the host itself has to warn of.
    pub(crate) warnings: Vec<String>,
    pub(crate) lock: LifeLock,
    pub(crate) sessions: Newest,
    pub(crate) socket: SocketFile,
    pub(crate) stopping: CancellationToken,
}

impl Life {
    /// From now on nobody new is served. May be said more than once.
    pub(crate) fn begin_draining(&self, why: &str) {
        if self.stopping.is_cancelled() {
            return;
        }
        // The mark comes first: whoever finds no socket then knows that it is worth waiting for the lock.
        if let Err(error) = self.lock.mark(Stage::Draining) {
            tracing::warn!(%error, "the lock file could not be marked");
        }
        self.socket.remove();
        self.stopping.cancel();
        tracing::info!(why, "draining");
    }
}
