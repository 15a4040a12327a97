//! A reminder as it is read from its registers.

use super::channel::Channel;
use super::ids;
use super::spec::ReminderSpec;
use super::trigger::Trigger;
use crate::field;
use crate::id::{DeliveryId, ReminderId, TaskId};
use crate::register::{FieldId, Registers};
use crate::when::{When, Zone};
use serde::{Deserialize, Serialize};

/// Id of the task it belongs to; never changes.
pub const TASK: FieldId = FieldId(300);
/// [`Trigger`].
pub const TRIGGER: FieldId = FieldId(301);
/// [`Channel`].
pub const CHANNEL: FieldId = FieldId(302);
/// [`Snooze`].
pub const SNOOZE: FieldId = FieldId(303);
/// Unix milliseconds since when a person does not want it.
pub const CANCELLED: FieldId = FieldId(304);
/// [`Retry`].
pub const RETRY: FieldId = FieldId(305);

/// Put off: holds for the instant it was said of, and no longer, so that a moved due date counts again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Snooze {
    /// The trigger's instant that was put off, in Unix milliseconds.
    pub of: i64,
    /// Until when, in Unix milliseconds.
    pub until: i64,
}

/// Another round of attempts for an instant whose attempts all failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Retry {
    /// The instant, in Unix milliseconds.
    pub of: i64,
    /// Which round, from 1; the first attempts were round 0.
    pub round: u32,
}

/// A reminder, read from its registers. Values this build cannot read appear as unset.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    /// Which.
    pub id: ReminderId,
    /// Whether it was made, and its making not taken back.
    pub exists: bool,
    /// Whose it is.
    pub task: TaskId,
    /// When; `None` for what only a newer build can tell.
    pub trigger: Option<Trigger>,
    /// How.
    pub channel: Channel,
    /// Put off.
    pub snooze: Option<Snooze>,
    /// Unix milliseconds since when a person does not want it.
    pub cancelled_at: Option<i64>,
    /// Tried again.
    pub retry: Option<Retry>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// The instant a reminder is about, and the ledger's row for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// What the trigger says, in Unix milliseconds.
    pub meant_unix_ms: i64,
    /// When it comes: the same, or what it was put off until.
    pub at_unix_ms: i64,
    /// Round of retries, from 0.
    pub round: u32,
    /// The row.
    pub row: DeliveryId,
}

impl Reminder {
    /// Reads a reminder; `None` for registers that name no task.
    pub fn read(id: ReminderId, registers: &Registers) -> Option<Self> {
        let get = |field| registers.get(field, &[]);
        let task = TaskId::from_bytes(field::decode_id(get(TASK))?);
        Some(Self {
            id,
            exists: field::decode(get(field::EXISTS)).unwrap_or(false),
            task,
            trigger: field::decode(get(TRIGGER)),
            channel: field::decode(get(CHANNEL)).unwrap_or_default(),
            snooze: field::decode(get(SNOOZE)),
            cancelled_at: field::decode(get(CANCELLED)),
            retry: field::decode(get(RETRY)),
            created_at: field::decode(get(field::CREATED)).unwrap_or(0),
        })
    }

    /// The instant it is about for a task with that due; `None` when there is none.
    pub fn slot(&self, due: Option<When>) -> Option<Slot> {
        let meant_unix_ms = self.trigger?.instant(due)?.timestamp_millis();
        let snooze = self.snooze.filter(|snooze| snooze.of == meant_unix_ms);
        let at_unix_ms = snooze.map_or(meant_unix_ms, |snooze| snooze.until);
        let round = self.retry.filter(|retry| retry.of == at_unix_ms).map_or(0, |retry| retry.round);
        let row = ids::row(self.id, at_unix_ms, &self.channel, round);
        Some(Slot { meant_unix_ms, at_unix_ms, round, row })
    }

    /// What was asked for; `None` for what only a newer build can tell.
    pub fn spec(&self) -> Option<ReminderSpec> {
        Some(ReminderSpec { channel: self.channel.clone(), trigger: self.trigger? })
    }

    /// The zone it was made in.
    pub fn zone(&self) -> Zone {
        match self.trigger {
            Some(Trigger::At(time)) => time.zone(),
            Some(Trigger::OnDay { hour, .. } | Trigger::Before { all_day: hour, .. }) => hour.zone,
            None => Zone::UTC,
        }
    }
}
