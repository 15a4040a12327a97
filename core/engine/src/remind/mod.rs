//! Reminders over a store: what commands do to them, how they are looked at, and the clock that delivers them.
//!
//! What is to happen next is decided by `tasks_domain::reminder` alone. Here it is kept where it can be found in time: after every
//! operation, [`effect`] sets the alarm of each reminder that the operation could have touched, and [`clock`] waits for the first
//! of them. The ledger's rows are written by operations of the clock, which undo passes by.

pub mod clock;
pub(crate) mod deliver;
pub(crate) mod effect;
pub(crate) mod load;
mod look;
mod named;
mod react;
pub mod requests;
mod shown;
pub(crate) mod texts;
pub(crate) mod wanted;

pub use effect::alarm_of;
pub use look::{ReminderList, ReminderStory, Which};
pub use requests::{ReminderDeed, ReminderWritten};
pub(crate) use shown::of_task as shown_of_task;
