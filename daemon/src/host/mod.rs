//! The daemon itself: takes over, serves, drains, ends.

mod accept;
mod handshake;
mod life;
mod listener;
mod log_file;
pub(crate) mod opened;
mod pending;
pub(crate) mod run;
mod serve;
mod service;
mod signals;
mod takeover;
