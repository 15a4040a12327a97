//! The courier: the process that delivers. The daemon's end is [`Courier`], the process itself [`serve_pipes`].
//!
//! They speak in lines of JSON: orders in, answers out, in any order. The courier says when nothing is up or on its way; the
//! daemon then closes its input, and it ends. When the daemon ends instead, what is on the screen stays there and its buttons
//! go on working: then each press is a command of its own (`tasks done`, `tasks snooze`), which starts a daemon. The next daemon
//! takes over the couriers that it finds (`meeting`), so that it can take away and draw anew what they have on the screen.

mod daemon_end;
mod meeting;
mod process;

pub use daemon_end::{Courier, Launch};
pub use meeting::Meeting;
pub use process::{Work, serve_pipes};

use super::{Outcome, Parcel};
use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Shows it on the screen.
    Show(Parcel),
    /// Draws what tells of these reminders anew, in its place; nothing where nothing does.
    Redraw(Parcel),
    /// Takes what tells of these reminders (in letters) away: they were handled elsewhere.
    Withdraw(Vec<String>),
    /// Sends a mail.
    Mail {
        /// To whom; the person's own address when nobody is named.
        to: Option<String>,
        /// What about.
        parcel: Parcel,
    },
    /// Calls a webhook.
    Post {
        /// Its address.
        url: String,
        /// What about.
        parcel: Parcel,
    },
}

/// What somebody did with a pop-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Pressed Done.
    Done,
    /// Pressed Snooze 10 min.
    Snooze,
    /// Opened it; the courier has done so.
    Open,
    /// Closed it.
    Dismissed,
}

/// One line to the courier.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    /// Counts up from 1.
    number: u64,
    errand: Errand,
}

/// One line from the courier.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// How an order went.
    Went { number: u64, outcome: Outcome },
    /// What somebody did with a pop-up that tells of these rows, in letters.
    Reacted { rows: Vec<String>, reaction: Reaction },
    /// What is up in which session: the first words of a courier that was left behind, to the daemon that takes it over.
    Here {
        /// The variables of its session.
        session: Vec<(String, String)>,
        /// Of each pop-up the rows and the reminders that it tells of, in letters.
        up: Vec<Vec<(String, String)>>,
    },
    /// Nothing is up or on its way, all orders up to this one having been answered.
    Idle { number: u64 },
}

/// Longest line, in bytes: far above the largest parcel.
const LINE_BYTES_MAX: usize = 4 * 1024 * 1024;
