//! The companion daemon: where it lives, how it is started, reached, replaced and stopped.
//!
//! One daemon per data folder, whatever happens. Three facts carry that:
//! - The **life lock** (`daemon.lock`, a POSIX record lock) is held from before the store opens until after it closed. The
//!   kernel names its true holder, so there are no pid files and only that holder is ever signalled.
//! - The **starting lock** (`starting.lock`) is held by whoever changes who lives: a daemon that starts until it answers, a
//!   command that stops one. Within it, a life lock without an answering socket means a broken or an ending daemon.
//! - The **socket** is bound under another name and renamed into place by the holder of the life lock, so a path that
//!   exists is stale, foreign or answers; it is never half made.
//!
//! Clients ([`call`], and [`call_blocking`] where there is no runtime) do not look at locks: they connect, ask, and only when that fails run the program again as a daemon
//! (`client::start`), which sorts out what is there (`host::takeover`).
//!
//! A process gives up its record locks when it closes any descriptor of the file: nothing in the daemon's process may open
//! `daemon.lock` again, so [`call`], [`status`] and [`stop`] are for other processes, and a backup must leave the file out.
//!
//! Must not know the engine: the program plugs it in through the `open` of [`run`].
//! To add a call about the daemon's own life: `daemon_service.proto`, then `host::service`.

mod client;
mod error;
mod host;
pub mod install;
mod lock;
pub mod logs;
mod notices;
pub mod notify;
pub mod places;
mod readiness;
pub mod session;
mod version;
pub mod wall_clock;

pub use client::blocking::{Way, ask_running, call_blocking, runtime};
pub use client::call::{call, call_running};
pub use client::control::{status, stop};
pub use client::start::{Started, start};
pub use host::opened::{Opened, StoreCheck, StoreStatus};
pub use host::run::{RunConfig, RunOutcome, run};
pub use notices::Notices;
pub use version::{BUILD_STAMP_VARIABLE, this_build};
