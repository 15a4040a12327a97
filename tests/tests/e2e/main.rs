//! The real programs, used as people and scripts use them, and treated as badly as machines treat them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod around;
mod bad_input;
mod bulk;
mod chat;
mod completions;
mod concurrency;
mod do_text;
mod doctor;
mod dry_run;
mod durability;
mod events;
mod faults;
mod first_minute;
mod history;
mod import_export;
mod json;
mod language;
mod on;
mod reading;
mod readme;
mod reminders;
mod settings;
mod terminal;
mod trace;
mod transcripts;
