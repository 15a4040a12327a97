//! What a host is handed to deliver, what it answers, and what people do about it.
//!
//! The engine decides when, to whom and whether again; a host that implements [`Deliver`] has the channels. It keeps no ledger,
//! counts no attempts and retries nothing by itself.

use super::channel::Channel;
use super::ids;
use crate::id::{DeliveryId, ReminderId, TaskId};
use crate::priority::Priority;
use crate::when::{Now, When};
use chrono::Duration;
use std::pin::Pin;

/// How late a reminder is told as being late: less is the way of the world.
pub const LATE_AFTER: Duration = Duration::seconds(60);

/// One reminder whose instant has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Which: what is shown of one reminder replaces what was shown of it before.
    pub reminder: ReminderId,
    /// Its row of the ledger: what receivers drop repeats by (Message-ID, `Idempotency-Key`).
    pub row: DeliveryId,
    /// The task.
    pub task: TaskId,
    /// The task's short number.
    pub number: Option<u32>,
    /// One line.
    pub title: String,
    /// What the task belongs to.
    pub project: Option<String>,
    /// When it is due.
    pub due: Option<When>,
    /// How much it matters.
    pub priority: Priority,
    /// The instant it was to come at, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// The present, in the zone in which the reminder was made.
    pub now: Now,
    /// When it was told first, in Unix milliseconds: the present, but for what is drawn anew.
    pub told_unix_ms: i64,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

impl Notice {
    /// How much later than meant it comes; never negative.
    pub fn late_by(&self) -> Duration {
        Duration::milliseconds((self.told_unix_ms - self.at_unix_ms).max(0))
    }

    /// Whether that is worth a word.
    pub fn is_late(&self) -> bool {
        self.late_by() >= LATE_AFTER
    }

    /// Whether somebody who sees this one has read everything that `other` says.
    pub fn reads_as(&self, other: &Self) -> bool {
        let said = |of: &Self| (of.number, of.due, of.priority);
        self.title == other.title && self.project == other.project && said(self) == said(other)
    }
}

/// What to deliver at once over one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// How.
    pub channel: Channel,
    /// One; or several that were missed, oldest first, which are to be one digest.
    pub notices: Vec<Notice>,
}

impl Delivery {
    /// What receivers drop repeats by: the row of one notice, the same hash for the same rows of a digest.
    pub fn key(&self) -> DeliveryId {
        match self.notices.as_slice() {
            [one] => one.row,
            several => ids::digest(several.iter().map(|notice| notice.row)),
        }
    }

    /// Whether several are to be told as one.
    pub fn is_digest(&self) -> bool {
        self.notices.len() > 1
    }

    /// The task it is about; `None` for a digest. On a screen, what comes later takes the place of what is about the same.
    pub fn about(&self) -> Option<TaskId> {
        match self.notices.as_slice() {
            [one] => Some(one.task),
            _ => None,
        }
    }
}

/// A reminder that is told by a notification on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnScreen {
    /// Which.
    pub reminder: ReminderId,
    /// Its row of the ledger.
    pub row: DeliveryId,
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The channel took it.
    Sent,
    /// It did not work, and may work later: counts as an attempt, of which there are three.
    Failed {
        /// Why, for people. Never a secret, never the text of a mail.
        reason: String,
        /// When the other end said it may be tried again.
        retry_after: Option<Duration>,
    },
    /// It did not work, and trying again makes no sense, as with most 4xx answers.
    Refused {
        /// Why.
        reason: String,
    },
    /// There is no way to try: the channel is not set up, or nobody is logged in. Counts as no attempt; held back until the
    /// host says that its channels may have changed, or the daemon starts anew.
    Held {
        /// Why, and what to do about it.
        reason: String,
    },
}

/// A delivery under way.
pub type Delivering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The channels of a host.
pub trait Deliver: Send + Sync + 'static {
    /// Hands a delivery to its channel. Called for several at once; the engine gives up on it after a while.
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, Outcome>;

    /// Draws anew, in its place, the notification that tells of these reminders: what it says has changed, or some that it told of
    /// were handled. Nothing may be shown of them any more; then nothing is drawn.
    fn redraw<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, ()>;

    /// What an earlier life of this host left on the screen, each notification with what it tells of. Asked once, before all else.
    fn left_on_screen(&self) -> Delivering<'_, Vec<Vec<OnScreen>>>;

    /// Takes what is still shown of these reminders away: the task was handled elsewhere. Nothing may be shown any more.
    fn withdraw<'a>(&'a self, reminders: &'a [ReminderId]) -> Delivering<'a, ()>;
}

/// What a person did about a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// The task is done.
    Done,
    /// Again in so long.
    Snooze(Duration),
    /// Wants to see it.
    Open,
    /// Took it away.
    Dismissed,
}

impl Reaction {
    /// What the notification's own snooze means.
    pub const SNOOZE: Self = Self::Snooze(Duration::minutes(10));
}

/// Somebody reacted to a notification; a host sends these to the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reacted {
    /// The rows that were shown: one, or those of a digest.
    pub rows: Vec<DeliveryId>,
    /// What they did.
    pub reaction: Reaction,
}
