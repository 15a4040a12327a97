//! Reminders within a transaction: what commands do to them, and how they are read.
//!
//! What is to happen next is decided by `tasks_domain::reminder` alone. Here it is kept where it can be found in time: after every
//! operation, `effect` sets the alarm of each reminder that the operation could have touched. The requests about reminders, and
//! the clock that waits for the first alarm, are in [`crate::reminders`].

pub(crate) mod effect;
pub(crate) mod load;
pub(crate) mod shown;
pub(crate) mod texts;
pub(crate) mod wanted;

pub use effect::alarm_of;
pub(crate) use shown::of_task as shown_of_task;
