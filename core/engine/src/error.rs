//! Why the engine did not do what it was asked.

use tasks_domain::error::Error;
use tasks_domain::register::DecodeError;

/// A request that failed; nothing of it was done.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// What was asked for is wrong or not possible.
    #[error(transparent)]
    Domain(#[from] Error),
    /// One of several texts is wrong: which, from 1, and why.
    #[error("line {line}: {error}")]
    Line {
        /// Which text, from 1.
        line: u32,
        /// What is wrong with it.
        error: Error,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk. Nothing of the transaction was kept.
    #[error("the disk is full")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The disk or file cannot be written.
    #[error("the database cannot be written")]
    ReadOnly(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file is damaged.
    #[error("the database is damaged")]
    Corrupt(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row that this build cannot read.
    #[error("the database holds something unreadable")]
    Decode(#[from] DecodeError),
    /// The store is closing, or its writer ended.
    #[error("the database is closed")]
    Closed,
    /// More requests are waiting than it takes.
    #[error("the database is busy")]
    Busy,
    /// Anything else the database said.
    #[error("the database failed: {0}")]
    Other(#[source] Box<dyn std::error::Error + Send + Sync>),
}
