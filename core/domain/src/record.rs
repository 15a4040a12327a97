//! Records: whole entities besides tasks as files hold them, register by register under their names: rules, reminders, rows of the
//! ledger, saved views.
//!
//! A record says all that is set of an entity, values as registers hold them, so that nothing is lost on the way. What it changes
//! here is found by comparison, as for tasks ([`crate::import`]): the same record brought in twice changes nothing the second time.

mod check;

pub use check::check;

use crate::error::Error;
use crate::field::{self, EXISTS, NULL};
use crate::id::TaskId;
use crate::import::Effect;
use crate::recurring::field as rule;
use crate::register::{Change, EntityId, FieldId, Kind, Registers};
use crate::reminder::{ledger, model};
use crate::saved::SETTINGS;
use crate::stamp::{Hlc, Stamp};

/// One register without its stamp.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// Which.
    pub field: FieldId,
    /// The member, for a field that is a set; empty otherwise.
    pub key: Vec<u8>,
    /// Canonical JSON.
    pub value: Vec<u8>,
}

/// A whole entity that is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub entity: EntityId,
    /// Its registers that are set, but for [`EXISTS`]; ordered, each once.
    pub fields: Vec<Field>,
    /// Of a rule: its open occurrences that somebody changed, which no registers of theirs tell any more once they are written
    /// anew. Ordered.
    pub touched: Vec<TaskId>,
}

/// The kinds that records are of, with their words.
const KINDS: [(Kind, &str); 4] =
    [(Kind::SETTINGS, "settings"), (Kind::RULE, "rule"), (Kind::REMINDER, "reminder"), (Kind::DELIVERY, "delivery")];

/// The names of fields, by kind.
const NAMES: [(Kind, FieldId, &str); 28] = [
    (Kind::SETTINGS, field::VIEW, "view"),
    (Kind::RULE, field::CREATED, "created_at"),
    (Kind::RULE, rule::SCHEDULE, "schedule"),
    (Kind::RULE, rule::STATUS, "status"),
    (Kind::RULE, rule::TITLE, "title"),
    (Kind::RULE, rule::NOTES, "notes"),
    (Kind::RULE, rule::PRIORITY, "priority"),
    (Kind::RULE, rule::PROJECT, "project"),
    (Kind::RULE, rule::TAG, "tag"),
    (Kind::RULE, rule::ESTIMATE, "estimate"),
    (Kind::RULE, rule::PARENT, "parent"),
    (Kind::RULE, rule::WAIT, "wait"),
    (Kind::RULE, rule::START, "start"),
    (Kind::RULE, rule::END, "end"),
    (Kind::REMINDER, field::CREATED, "created_at"),
    (Kind::REMINDER, model::TASK, "task"),
    (Kind::REMINDER, model::TRIGGER, "trigger"),
    (Kind::REMINDER, model::CHANNEL, "channel"),
    (Kind::REMINDER, model::SNOOZE, "snooze"),
    (Kind::REMINDER, model::CANCELLED, "cancelled_at"),
    (Kind::REMINDER, model::RETRY, "retry"),
    (Kind::DELIVERY, ledger::REMINDER, "reminder"),
    (Kind::DELIVERY, ledger::INSTANT, "at"),
    (Kind::DELIVERY, ledger::CHANNEL, "channel"),
    (Kind::DELIVERY, ledger::ROUND, "round"),
    (Kind::DELIVERY, ledger::STATE, "state"),
    (Kind::DELIVERY, ledger::ATTEMPT, "attempt"),
    (Kind::DELIVERY, ledger::HELD, "held"),
];

/// The word for a kind; `None` for tasks and for kinds of newer builds.
pub fn word(kind: Kind) -> Option<&'static str> {
    KINDS.iter().find(|(one, _)| *one == kind).map(|(_, word)| *word)
}

/// The kind with that word.
pub fn kind(word: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, one)| *one == word).map(|(kind, _)| *kind)
}

/// The name of a field; its number, for one that a newer build wrote.
pub fn name(kind: Kind, field: FieldId) -> String {
    let known = NAMES.iter().find(|(of, one, _)| *of == kind && *one == field);
    known.map_or_else(|| field.0.to_string(), |(_, _, name)| (*name).to_owned())
}

/// The field of that name, or with that number; `None` for a word that no field of the kind has.
pub fn field(kind: Kind, name: &str) -> Option<FieldId> {
    let known = NAMES.iter().find(|(of, _, one)| *of == kind && *one == name);
    known.map(|(_, field, _)| *field).or_else(|| {
        let number = name.parse().ok().filter(|_| name.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(FieldId(number)).filter(|field| *field != EXISTS)
    })
}

/// Whether rows only grow: what happened is never unsaid by a file.
fn only_grows(kind: Kind) -> bool {
    kind == Kind::DELIVERY
}

/// Whether a file tells all of it: of settings it may know a part, and the rest stays.
fn tells_all(kind: Kind) -> bool {
    kind != Kind::SETTINGS && !only_grows(kind)
}

/// Whether a value says that nothing is there.
fn is_unset(key: &[u8], value: &[u8]) -> bool {
    value == NULL || (!key.is_empty() && value == b"false")
}

impl Record {
    /// The record of an entity; `None` for one that is not there, or of which nothing is set.
    pub fn of(entity: EntityId, registers: &Registers, touched: Vec<TaskId>) -> Option<Self> {
        if !is_there(entity, registers) {
            return None;
        }
        let set = registers.iter().filter(|(field, key, one)| *field != EXISTS && !is_unset(key, &one.value));
        let fields: Vec<Field> =
            set.map(|(field, key, one)| Field { field, key: key.to_vec(), value: one.value.clone() }).collect();
        (!fields.is_empty()).then_some(Self { entity, fields, touched })
    }

    /// A record as a file tells it: ordered, its values in their canonical form.
    pub fn told(entity: EntityId, fields: Vec<Field>, touched: Vec<TaskId>) -> Result<Self, Error> {
        let mut record = Self { entity, fields, touched };
        for one in &mut record.fields {
            // Keys of objects come in alphabetical order out of a map.
            let value: serde_json::Value = serde_json::from_slice(&one.value)
                .map_err(|error| bad(entity.kind, format!("`{}`: {error}", name(entity.kind, one.field))))?;
            one.value = field::encode(&value);
        }
        record.fields.retain(|one| !is_unset(&one.key, &one.value));
        record.fields.sort();
        if record.fields.windows(2).any(|two| (two[0].field, &two[0].key) == (two[1].field, &two[1].key)) {
            return Err(bad(entity.kind, "a field is there twice".to_owned()));
        }
        Ok(record)
    }

    /// What it says of a field that is no set.
    fn value(&self, field: FieldId) -> Option<&[u8]> {
        self.fields.iter().find(|one| one.field == field && one.key.is_empty()).map(|one| one.value.as_slice())
    }

    /// The registers that it would be by itself.
    fn registers(&self) -> Registers {
        let stamp = Stamp { hlc: Hlc::default(), device: crate::id::DeviceId::from_bytes([0; 16]) };
        let mut registers = Registers::default();
        let all = self.fields.iter().map(|one| (one.field, one.key.clone(), one.value.clone()));
        for (field, key, value) in all.chain(exists(self.entity)) {
            registers.merge(&Change { entity: self.entity, field, key, value, stamp });
        }
        registers
    }
}

/// Whether the entity was made and its making not taken back. Rows of the ledger and settings are there once they are written.
fn is_there(entity: EntityId, registers: &Registers) -> bool {
    exists(entity).is_none() || field::decode(registers.get(EXISTS, &[])).unwrap_or(false)
}

fn exists(entity: EntityId) -> Option<(FieldId, Vec<u8>, Vec<u8>)> {
    let made = matches!(entity.kind, Kind::RULE | Kind::REMINDER);
    made.then(|| (EXISTS, Vec::new(), field::encode(&true)))
}

/// Appends to `changes` what makes the entity, which is `before` here, the same as the record.
///
/// What a row of the ledger says here stays: a file only adds to it. Views that it does not name stay, too.
pub fn plan(
    record: &Record,
    before: Option<&Registers>,
    stamp: Stamp,
    changes: &mut Vec<Change>,
) -> Result<Effect, Error> {
    check(record)?;
    let entity = record.entity;
    let is_new = before.is_none_or(|registers| !is_there(entity, registers));
    let from = changes.len();
    let mut write = |field, key: &[u8], value| changes.push(Change { entity, field, key: key.to_vec(), value, stamp });
    if let Some((field, key, value)) = exists(entity).filter(|_| is_new) {
        write(field, &key, value);
    }
    for one in &record.fields {
        let known = before.and_then(|registers| registers.get(one.field, &one.key));
        let same = known.is_some_and(|known| known.value == one.value);
        let stays = only_grows(entity.kind) && known.is_some();
        if !same && !stays {
            write(one.field, &one.key, one.value.clone());
        }
    }
    if tells_all(entity.kind) {
        for (field, key, register) in before.iter().flat_map(|registers| registers.iter()) {
            let told = record.fields.iter().any(|one| one.field == field && one.key == key);
            if field != EXISTS && !told && !is_unset(key, &register.value) {
                write(field, key, if key.is_empty() { NULL.to_vec() } else { field::encode(&false) });
            }
        }
    }
    Ok(match (is_new, changes.len() > from) {
        (true, _) => Effect::New,
        (false, true) => Effect::Changed,
        (false, false) => Effect::Same,
    })
}

fn bad(kind: Kind, reason: String) -> Error {
    Error::BadRecord { record: word(kind).unwrap_or("thing"), reason }
}

/// Whether it is the one entity in which settings are kept.
fn is_settings(entity: EntityId) -> bool {
    entity == SETTINGS
}
