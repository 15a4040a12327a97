//! How a reminder reaches a person: a pop-up, a command, a mail, a webhook.
//!
//! All of it happens in a process beside the daemon, the **courier** ([`courier`]), which lives while something is on the screen
//! or on its way. Whatever strangers do to it (a bus that hangs, a name server, a TLS peer, a library of the desktop) costs
//! the daemon nothing, an idle daemon has none of it in memory, and the courier gets the addresses of the desktop where somebody
//! works now, which need not be that of the daemon's birth (cron has none).
//!
//! The courier knows nothing of engine and ledger. It is told what to deliver ([`Parcel`]) and says how that went ([`Outcome`]);
//! what somebody presses on a pop-up it tells the daemon, and when that has ended it gives the command itself.
//!
//! To add a channel: a file here, a variant of [`courier::Errand`], its settings in [`Channels`].

pub mod command;
pub mod courier;
pub mod desktop;
pub mod email;
pub mod messenger;
mod settings;
mod slip;
pub mod webhook;

pub use settings::{Channels, MailServer, MailSettings, Secret, Security};
pub use slip::{Outcome, Parcel, Slip};
