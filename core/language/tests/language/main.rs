//! The language engine from outside: one module per kind of thing that can be said.

mod common;
mod dates;
mod dialogue;
mod figures;
mod intents;
mod laws;
mod markers;
mod only;
mod properties;
mod reminders;
mod rules;
mod times;
mod titles;
