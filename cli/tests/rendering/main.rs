//! How answers look, at several widths and in JSON: exact, with a fixed present.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod again;
mod json;
mod lists;
mod reports;
mod rest;
mod samples;
mod screen;
mod writes;
