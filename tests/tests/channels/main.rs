//! The channels of reminders against the real thing: a session bus with a notification service, a mail server, a receiver of
//! webhooks. What they need is installed by the tests where that can be.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod away;
mod daemon;
mod email;
mod machine;
#[cfg(target_os = "linux")]
mod popup;
mod webhook;
mod with;
