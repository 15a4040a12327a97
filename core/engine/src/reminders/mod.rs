//! The engine's requests about reminders, and the clock that delivers them.
//!
//! [`clock`] waits for the first alarm and hands out what is due; the ledger's rows are written by operations of the clock, which
//! undo passes by.

pub mod clock;
pub(crate) mod deliver;
mod look;
mod named;
mod react;
pub mod requests;
mod screen;

pub use look::{ReminderList, ReminderStory, Which};
pub use requests::{ReminderDeed, ReminderWritten};
