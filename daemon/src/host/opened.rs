//! What the program plugs into the daemon.

use crate::session::Newest;
use std::fmt;
use tasks_proto::error::Failure;
use tonic::service::Routes;

/// The engine behind its services.
pub struct Opened {
    /// The services beside the daemon's own.
    pub routes: Routes,
    /// How the store is. May block a little: it is called on a thread that may.
    pub status: Box<dyn Fn() -> StoreStatus + Send + Sync>,
    /// Looks through the store for damage: what is damaged, and the time of the newest change in Unix milliseconds. May block for
    /// seconds.
    pub check: Box<dyn Fn() -> Result<StoreCheck, Failure> + Send + Sync>,
    /// What whoever started the daemon has to hear of at once, a line each.
    pub notices: Vec<String>,
    /// Is told where the desktop is from which each request comes.
    pub sessions: Newest,
    /// Ends the streams that would go on for as long as the daemon; called when it is asked to end.
    pub end_streams: Box<dyn FnOnce() + Send>,
    /// Blocks until the store's writer has finished and the store is closed.
    pub close: Box<dyn FnOnce() + Send>,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").finish_non_exhaustive()
    }
}

/// What looking through a store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreCheck {
    /// What is damaged, one line each.
    pub problems: Vec<String>,
    /// Time of the newest change, in Unix milliseconds; 0 when there is none.
    pub newest_unix_ms: i64,
    /// What the machine's clock says, in Unix milliseconds.
    pub clock_unix_ms: i64,
}

/// How a store is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreStatus {
    /// Size of the database's files.
    pub database_bytes: u64,
    /// Tasks that are open or started.
    pub open_tasks: u64,
    /// Operations in the log.
    pub operations: u64,
    /// This replica's device id.
    pub device: [u8; 16],
    /// Version of the database's schema.
    pub schema: u32,
    /// What the person should know, one line each.
    pub warnings: Vec<String>,
}
