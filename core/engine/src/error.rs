//! Why the engine did not do what it was asked.

use crate::store::StoreError;
use tasks_domain::error::Error;

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
