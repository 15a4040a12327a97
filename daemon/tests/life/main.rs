//! The life of real daemon processes (examples/bare.rs), as commands see it. Nothing here waits for luck: every wait is for
//! a condition and has a generous deadline; measured times are printed, not judged.

#![expect(clippy::unwrap_used, reason = "what the tests share fails like the tests themselves")]

mod home;
mod meets_trouble;
mod starts;
mod steps_aside;
mod stops;
