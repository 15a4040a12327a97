//! Reads that nobody waits for any more, as their client is gone: they end at their next row.

use rusqlite::{Connection, InterruptHandle};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tasks_engine::store::StoreError;

/// Where a read stands, for whoever may stop it.
#[derive(Default)]
enum Stage {
    /// It has no connection yet.
    #[default]
    Waiting,
    /// It reads; this stops what runs on its connection.
    Reading(InterruptHandle),
    /// It is over, and its connection another's.
    Over,
    /// Nobody waits for it.
    Unwanted,
}

/// Held by whoever waits for a read; when it is dropped before the read is over, that is stopped.
#[derive(Default)]
pub(crate) struct WaitedFor(Reading);

/// The same, held by the read.
#[derive(Clone, Default)]
pub(crate) struct Reading(Arc<Mutex<Stage>>);

impl WaitedFor {
    pub(crate) fn reading(&self) -> Reading {
        self.0.clone()
    }
}

impl Drop for WaitedFor {
    fn drop(&mut self) {
        let mut stage = self.0.stage();
        if let Stage::Reading(handle) = &*stage {
            handle.interrupt();
        }
        if !matches!(*stage, Stage::Over) {
            *stage = Stage::Unwanted;
        }
    }
}

impl Reading {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It has got its connection; fails when nobody waits any more.
    pub(crate) fn begin(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut stage = self.stage();
        if matches!(*stage, Stage::Unwanted) {
            return Err(StoreError::Other("nobody waits for it".into()));
        }
        *stage = Stage::Reading(connection.get_interrupt_handle());
        Ok(())
    }

    /// It is over: from here on its connection is not touched.
    pub(crate) fn end(&self) {
        *self.stage() = Stage::Over;
    }
}
