//! Conversions between wire and domain: every one in both directions, side by side, fallible on the way in.

pub mod amend;
pub mod caller;
pub mod dialogue;
pub mod history;
pub mod import;
pub mod operation;
pub mod order;
pub mod reminder;
pub mod report;
pub mod rule;
pub mod task;
pub mod view;
pub mod watch;
pub mod when;

use tasks_domain::error::Error;

/// A message that says something impossible.
fn malformed(what: impl Into<String>) -> Error {
    Error::Malformed(what.into())
}

/// Sixteen bytes of an id.
pub fn id(bytes: &[u8], what: &str) -> Result<[u8; 16], Error> {
    bytes.try_into().map_err(|_| malformed(format!("{what} is {} bytes, not 16", bytes.len())))
}
