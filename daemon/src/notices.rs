//! What a daemon has to say to whoever started it.

use std::sync::{Arc, Mutex, PoisonError};

/// Collects what daemons that this process started had to say, a line each, until somebody takes it. Clones collect together.
#[derive(Clone, Debug, Default)]
pub struct Notices(Arc<Mutex<Vec<String>>>);

impl Notices {
    pub(crate) fn add(&self, lines: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(lines);
    }

    /// What was said since it was asked last.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
