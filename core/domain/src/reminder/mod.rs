//! Reminders: when somebody is told of a task, over which channel, and what became of it.
//!
//! A reminder is an entity of its own that names its task. What it does next is never stored but follows from three things: the
//! reminder, its task, and the ledger's row for the instant at hand ([`standing()`]). So a moved due date moves its reminders, and a
//! task that ends silences them, on every device alike and without a change of theirs.
//!
//! The ledger has one row per (reminder, instant, channel, round of retries), under an id that is their hash: whoever delivers,
//! and however often the machine restarts, it is one row. Of what two devices say about a row, the higher [`State`] holds.
//!
//! To read this folder: `trigger` (when), `channel` (how), `state`, `ledger` (rows), `standing` (what follows), `plan` (what
//! people change), `notice` (what a host is handed to deliver, and the trait it implements).

mod channel;
pub mod ids;
pub mod ledger;
pub mod model;
pub mod notice;
pub mod plan;
pub mod shown;
mod spec;
pub mod standing;
mod state;
mod trigger;

pub use channel::Channel;
pub use ledger::Row;
pub use model::{Reminder, Slot};
pub use notice::{Deliver, Delivering, Delivery, Notice, OnScreen, Outcome, Reacted, Reaction};
pub use plan::{About, Wanted};
pub use shown::ReminderShown;
pub use spec::ReminderSpec;
pub use standing::{Next, Standing, Why, standing};
pub use state::State;
pub use trigger::{Hour, Trigger};
