//! Rows of the ledger: what was planned for one instant, tried, and handed over.
//!
//! A state that a row was in is a member of a set, and the highest of them is the row's: so the merge of registers, which knows
//! no ranks, keeps the greater one whatever the order in which two devices' words arrive.

use super::channel::Channel;
use super::model::{Reminder, Slot};
use super::state::State;
use crate::field;
use crate::id::{DeliveryId, DeviceId, ReminderId};
use crate::register::{Change, FieldId, Registers};
use crate::stamp::Stamp;
use serde::{Deserialize, Serialize};

/// Id of the reminder.
pub const REMINDER: FieldId = FieldId(400);
/// Unix milliseconds: the instant it is about.
pub const INSTANT: FieldId = FieldId(401);
/// [`Channel`].
pub const CHANNEL: FieldId = FieldId(402);
/// Round of retries, from 0.
pub const ROUND: FieldId = FieldId(403);
/// Set; the key is the word of a state that the row was in, the value a [`Mark`].
pub const STATE: FieldId = FieldId(404);
/// Set; the key is a device and a number, the value an [`Attempt`].
pub const ATTEMPT: FieldId = FieldId(405);
/// [`Mark`]: since when, and why, it is held back.
pub const HELD: FieldId = FieldId(406);

/// Attempts of one round; then it has failed.
pub const ATTEMPTS_MAX: usize = 3;

/// Since when a row is in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Unix milliseconds.
    pub at: i64,
    /// How many were told as one; absent when it was told by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<u32>,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Mark {
    /// At that time, with a reason.
    pub fn new(at: i64, reason: Option<&str>) -> Self {
        Self { at, digest: None, reason: reason.map(str::to_owned) }
    }
}

/// A try that did not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Unix milliseconds.
    pub at: i64,
    /// When the next may be, in Unix milliseconds; `None` after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
    /// Why it did not work.
    pub reason: String,
}

/// A row, read from its registers.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which.
    pub id: DeliveryId,
    /// Whose.
    pub reminder: ReminderId,
    /// The instant it is about, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// How it is delivered.
    pub channel: Channel,
    /// Round of retries.
    pub round: u32,
    /// The states it was in, lowest rank first.
    pub marks: Vec<(State, Mark)>,
    /// What did not work, oldest first.
    pub attempts: Vec<Attempt>,
    /// Why it is held back.
    pub held: Option<Mark>,
}

impl Row {
    /// Reads a row; `None` for registers that name no reminder.
    pub fn read(id: DeliveryId, registers: &Registers) -> Option<Self> {
        let get = |field| registers.get(field, &[]);
        let mark = |(key, register)| {
            let state = State::from_word(std::str::from_utf8(key).ok()?)?;
            Some((state, field::decode::<Mark>(Some(register))?))
        };
        let mut marks: Vec<(State, Mark)> = registers.members(STATE).filter_map(mark).collect();
        marks.sort_by_key(|(state, _)| *state);
        let attempts = registers.members(ATTEMPT);
        let mut attempts: Vec<Attempt> = attempts.filter_map(|(_, register)| field::decode(Some(register))).collect();
        attempts.sort_by_key(|attempt| attempt.at);
        Some(Self {
            id,
            reminder: ReminderId::from_bytes(field::decode_id(get(REMINDER))?),
            at_unix_ms: field::decode(get(INSTANT))?,
            channel: field::decode(get(CHANNEL)).unwrap_or_default(),
            round: field::decode(get(ROUND)).unwrap_or(0),
            marks,
            attempts,
            held: field::decode(get(HELD)),
        })
    }

    /// The highest state it was in.
    pub fn state(&self) -> State {
        self.marks.last().map_or(State::Pending, |(state, _)| *state)
    }

    /// Since when it is in a state, if it ever was.
    pub fn mark(&self, state: State) -> Option<&Mark> {
        self.marks.iter().find(|(other, _)| *other == state).map(|(_, mark)| mark)
    }
}

/// Writes rows. Every change that it makes names the whole row, so that a row is complete whoever writes to it first.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    changes: &'a mut Vec<Change>,
    stamp: Stamp,
    row: DeliveryId,
}

impl<'a> Writer<'a> {
    /// Opens the row of a reminder's slot; what is there already is not written again.
    pub(crate) fn open(
        changes: &'a mut Vec<Change>,
        stamp: Stamp,
        (reminder, slot): (&Reminder, &Slot),
        there: Option<&Row>,
    ) -> Self {
        let mut writer = Self { changes, stamp, row: slot.row };
        if there.is_none() {
            writer.set(REMINDER, &[], field::encode_id(reminder.id.as_bytes()));
            writer.set(INSTANT, &[], field::encode(&slot.at_unix_ms));
            writer.set(CHANNEL, &[], field::encode(&reminder.channel));
            writer.set(ROUND, &[], field::encode(&slot.round));
        }
        writer
    }

    pub(crate) fn mark(&mut self, state: State, mark: &Mark) {
        self.set(STATE, state.as_str().as_bytes(), field::encode(mark));
    }

    pub(crate) fn attempt(&mut self, device: DeviceId, number: u32, attempt: &Attempt) {
        let key = [device.as_bytes().as_slice(), &number.to_be_bytes()].concat();
        self.set(ATTEMPT, &key, field::encode(attempt));
    }

    pub(crate) fn held(&mut self, mark: Option<&Mark>) {
        self.set(HELD, &[], mark.map_or_else(|| field::NULL.to_vec(), field::encode));
    }

    fn set(&mut self, field: FieldId, key: &[u8], value: Vec<u8>) {
        let (entity, stamp) = (self.row.into(), self.stamp);
        self.changes.push(Change { entity, field, key: key.to_vec(), value, stamp });
    }
}
