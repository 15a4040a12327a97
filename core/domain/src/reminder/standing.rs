//! What follows from a reminder, its task and its row of the ledger. The one place that decides what is to happen next.

use super::ledger::Row;
use super::model::{Reminder, Slot};
use super::state::State;
use crate::task::{Status, Task};

/// What a reminder waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// Nothing: it came, or will not come.
    Nothing,
    /// This instant, in Unix milliseconds; when it is past, now.
    At(i64),
    /// A channel: there is no way to deliver it at present.
    Channel,
}

/// Why a reminder does not come, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A person cancelled it.
    Unwanted,
    /// Its task has ended.
    TaskEnded(Status),
    /// Its task is gone.
    TaskGone,
    /// It counts from a due date, and there is none.
    NoDue,
    /// A newer build made it.
    Unreadable,
    /// Said by the ledger.
    Told(String),
    /// Held back until a channel is there; why.
    Held(String),
    /// What the last attempt failed by.
    Tried(String),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unwanted => f.write_str("as you asked"),
            Self::TaskEnded(Status::Deleted) => f.write_str("the task is in the trash"),
            Self::TaskEnded(_) => f.write_str("the task is done"),
            Self::TaskGone => f.write_str("the task is gone"),
            Self::NoDue => f.write_str("the task has no due date any more"),
            Self::Unreadable => f.write_str("a newer build made it"),
            Self::Held(reason) => write!(f, "held back: {reason}"),
            Self::Told(reason) | Self::Tried(reason) => f.write_str(reason),
        }
    }
}

/// How a reminder stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub state: State,
    /// The instant it is about.
    pub slot: Option<Slot>,
    /// Why it does not come.
    pub why: Option<Why>,
    /// What it waits for.
    pub next: Next,
}

/// How a reminder stands. `row` is the ledger's for its slot, when there is one.
pub fn standing(reminder: &Reminder, task: Option<&Task>, row: Option<&Row>) -> Standing {
    let slot = reminder.slot(task.and_then(|task| task.due));
    let over = |state, why| Standing { state, slot, why, next: Next::Nothing };
    let row = row.filter(|row| slot.is_some_and(|slot| slot.row == row.id));
    if let Some(row) = row
        && row.state() != State::Pending
    {
        // What happened stays true, whatever becomes of the task.
        let state = row.state();
        let told = row.mark(state).and_then(|mark| mark.reason.clone()).map(Why::Told);
        return over(state, told);
    }
    let cancelled = |why| over(State::Cancelled, Some(why));
    let Some(task) = task.filter(|task| task.exists && !task.is_emptied()) else { return cancelled(Why::TaskGone) };
    if reminder.cancelled_at.is_some() || !reminder.exists {
        return cancelled(Why::Unwanted);
    }
    if !task.status().is_live() {
        return cancelled(Why::TaskEnded(task.status()));
    }
    let Some(planned) = slot else {
        return cancelled(if reminder.trigger.is_some() { Why::NoDue } else { Why::Unreadable });
    };
    let tried = row.and_then(|row| row.attempts.last());
    let held = row.and_then(|row| row.held.as_ref());
    let (why, next) = match (held, tried) {
        (Some(held), _) => (Some(Why::Held(held.reason.clone().unwrap_or_default())), Next::Channel),
        (None, Some(tried)) => {
            (Some(Why::Tried(tried.reason.clone())), Next::At(tried.next.unwrap_or(planned.at_unix_ms)))
        }
        (None, None) => (None, Next::At(planned.at_unix_ms)),
    };
    Standing { state: State::Pending, slot, why, next }
}
