//! The rules of the product, pure: tasks, changes and their merge, plans, events, filters.
//!
//! Owns what is true about tasks. Must not know any I/O, clock, randomness, database, wire format or async runtime: the
//! present comes in as [`when::Now`], ids are made by callers.
//!
//! The way of a command: [`command::Command`] → [`plan::plan`] → [`register::Change`]s → [`register::Registers::merge`] →
//! [`task::Task`] → [`event::events`]. Taking back: [`undo::inverse`].
//!
//! The most frequent change, a field of a task: its number in [`field`], the value in [`task::Task`], how it is set in
//! [`patch::TaskPatch`] and [`plan`].

pub mod amend;
pub mod command;
pub mod conversation;
pub mod cursor;
pub mod dialogue;
pub mod error;
pub mod event;
pub mod field;
pub mod field_name;
pub mod filter;
pub mod id;
pub mod import;
pub mod limits;
pub mod meant;
pub mod naming;
pub mod numbers;
pub mod operation;
pub mod patch;
pub mod plan;
pub mod priority;
pub mod record;
pub mod recurrence;
pub mod recurring;
pub mod register;
pub mod reminder;
pub mod report;
pub mod saved;
pub mod search;
pub mod settings;
pub mod shown;
pub mod sort;
pub mod span;
pub mod stamp;
pub mod task;
pub mod text;
pub mod told;
pub mod undo;
pub mod urgency;
pub mod when;
pub mod words;
