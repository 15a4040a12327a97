//! Counts requests that are not answered yet.

use std::sync::Arc;
use tokio::sync::watch;

/// Shared by all who serve.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    count: Arc<watch::Sender<usize>>,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self { count: Arc::new(watch::Sender::new(0)) }
    }

    /// One more, until the guard is dropped.
    pub(crate) fn begin(&self) -> Guard {
        self.count.send_modify(|count| *count += 1);
        Guard(self.clone())
    }

    /// Returns when there is none.
    pub(crate) async fn none(&self) {
        // Fails only when the sender is gone, and `self` holds it.
        self.count.subscribe().wait_for(|count| *count == 0).await.ok();
    }
}

/// A request that is being served.
#[derive(Debug)]
pub(crate) struct Guard(Pending);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.count.send_modify(|count| *count = count.saturating_sub(1));
    }
}
