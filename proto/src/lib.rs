//! `tasks/v1` on the wire: generated messages and services, the one place where they convert to domain types, and the client.
//!
//! Must not know any host: how the daemon is started, where its socket lies and what a terminal shows are others' matters.
//! To add a field to a task: the message in `tasks/v1/task.proto` and both directions in [`convert::task`].

pub mod build;
pub mod client;
pub mod convert;
pub mod error;
pub mod packed;

/// Generated from `tasks/v1/*.proto`; the comments there are the documentation.
#[allow(
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    reason = "generated code"
)]
pub mod v1 {
    tonic::include_proto!("tasks.v1");
    pub use crate::packed::ListTasksResponse;
}

/// Largest message either side accepts, in bytes (decisions.md: a frame).
pub const FRAME_BYTES_MAX: usize = 4 * 1024 * 1024;
