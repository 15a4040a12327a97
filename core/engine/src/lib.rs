//! The engine: executes commands over a store, the same in the daemon and in the server.
//!
//! Rules are decided in `tasks-domain`, texts are read by `tasks-language`; this crate brings them together in one transaction
//! a command, and defines what a store must promise ([`store`]). Must not know any database, wire format or host. The only place
//! of the whole product that reads the wall clock is [`clock`].

pub mod assistant;
pub mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod engine;
pub mod error;
pub mod follow;
pub mod index;
pub mod query;
pub mod recurring;
pub mod remind;
pub mod reminders;
pub mod request;
pub mod retention;
pub mod said;
pub mod store;
pub mod wait;

mod amend;
mod apply;
mod command;
mod complete;
mod duplicate;
mod feed;
pub mod history;
mod log;
mod lookup;
mod moved;
mod past;
mod reads;
mod reference;
mod report;
mod rules;
pub mod saved;
mod search;
mod select;
pub mod talk;
mod targets;
mod text;
mod touched;
pub mod transfer;
mod usual;
mod view;
