//! The real programs, used as people and scripts use them, and treated as badly as machines treat them.

mod bad_input;
mod concurrency;
mod durability;
mod faults;
mod first_minute;
mod language;
mod trace;
