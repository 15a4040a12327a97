//! Whether a record is possible: files come from anywhere.

use super::{Field, Record, bad, is_settings};
use crate::error::Error;
use crate::field;
use crate::limits::NOTES_BYTES_MAX;
use crate::priority::Priority;
use crate::recurrence::{RuleStatusValue, Schedule};
use crate::recurring::Recurring;
use crate::recurring::field as rule;
use crate::recurring::offset::Offset;
use crate::register::Kind;
use crate::reminder::{Channel, Reminder, Row, Trigger, ledger, model};
use crate::saved::SavedView;
use crate::text::{Notes, Project, Tag, Title};
use serde::de::DeserializeOwned;

/// Most registers of a record: rows of the ledger have one an attempt, settings one a view.
const FIELDS_MAX: usize = 2_000;
/// Most bytes of one value: notes with each character escaped, and room for the quotes.
const VALUE_BYTES_MAX: usize = 6 * NOTES_BYTES_MAX + 64;

/// Whether the record is possible, as far as it alone tells.
pub fn check(record: &Record) -> Result<(), Error> {
    let kind = record.entity.kind;
    if record.fields.len() > FIELDS_MAX {
        return Err(bad(kind, format!("more than {FIELDS_MAX} fields")));
    }
    for one in &record.fields {
        if one.value.len() > VALUE_BYTES_MAX {
            return Err(wrong(kind, one, "is too long"));
        }
        value(kind, one)?;
    }
    let whole = match kind {
        Kind::RULE => {
            let read = Recurring::read(crate::id::RuleId::from_bytes(record.entity.id), record.registers());
            read.schedule.is_some() && !read.template.title.is_empty() && record.value(rule::STATUS).is_some()
        }
        Kind::REMINDER => {
            let id = crate::id::ReminderId::from_bytes(record.entity.id);
            Reminder::read(id, &record.registers()).is_some_and(|read| read.spec().is_some())
        }
        Kind::DELIVERY => {
            let id = crate::id::DeliveryId::from_bytes(record.entity.id);
            Row::read(id, &record.registers()).is_some()
        }
        Kind::SETTINGS => is_settings(record.entity),
        _ => false,
    };
    let needs = match kind {
        Kind::RULE => "it needs `schedule`, `status` and `title`",
        Kind::REMINDER => "it needs `task`, `trigger` and `channel`",
        Kind::DELIVERY => "it needs `reminder` and `at`",
        Kind::SETTINGS => "its id is that of nobody's settings",
        _ => "this build does not know the kind",
    };
    if whole { Ok(()) } else { Err(bad(kind, needs.to_owned())) }
}

fn wrong(kind: Kind, one: &Field, why: &str) -> Error {
    bad(kind, format!("`{}` {why}", super::name(kind, one.field)))
}

/// Whether one value is what its field holds. What a newer build wrote is not judged.
fn value(kind: Kind, one: &Field) -> Result<(), Error> {
    let is_set = matches!(
        (kind, one.field),
        (Kind::SETTINGS, field::VIEW) | (Kind::RULE, rule::TAG) | (Kind::DELIVERY, ledger::STATE | ledger::ATTEMPT)
    );
    let known = super::NAMES.iter().any(|(of, field, _)| (*of, *field) == (kind, one.field));
    if known && is_set == one.key.is_empty() {
        return Err(wrong(kind, one, if is_set { "needs a member" } else { "has no members" }));
    }
    let fits = match (kind, one.field) {
        (Kind::RULE | Kind::REMINDER, field::CREATED)
        | (Kind::REMINDER, model::CANCELLED)
        | (Kind::DELIVERY, ledger::INSTANT) => reads::<i64>(one),
        (Kind::RULE, rule::SCHEDULE) => return schedule(one),
        (Kind::RULE, rule::STATUS) => reads::<RuleStatusValue>(one),
        (Kind::RULE, rule::TITLE) => read::<String>(one).is_some_and(|text| Title::parse(&text).is_ok()),
        (Kind::RULE, rule::NOTES) => read::<String>(one).is_some_and(|text| Notes::parse(&text).is_ok()),
        (Kind::RULE, rule::PRIORITY) => read::<String>(one).is_some_and(|word| Priority::from_word(&word).is_some()),
        (Kind::RULE, rule::PROJECT) => read::<String>(one).is_some_and(|name| Project::parse(&name).is_ok()),
        (Kind::RULE, rule::TAG) => {
            let tag = read::<String>(one).and_then(|tag| Tag::parse(&tag).ok());
            tag.is_some_and(|tag| tag.folded().as_bytes() == one.key)
        }
        (Kind::RULE, rule::ESTIMATE) => read::<i64>(one).is_some_and(|seconds| seconds > 0),
        (Kind::RULE, rule::PARENT) | (Kind::REMINDER, model::TASK) | (Kind::DELIVERY, ledger::REMINDER) => {
            field::read_id(&one.value).is_some()
        }
        (Kind::RULE, rule::WAIT | rule::START | rule::END) => reads::<Offset>(one),
        (Kind::REMINDER, model::TRIGGER) => reads::<Trigger>(one),
        (Kind::REMINDER, model::CHANNEL) | (Kind::DELIVERY, ledger::CHANNEL) => return channel(kind, one),
        (Kind::REMINDER, model::SNOOZE) => reads::<model::Snooze>(one),
        (Kind::REMINDER, model::RETRY) => reads::<model::Retry>(one),
        (Kind::DELIVERY, ledger::ROUND) => reads::<u32>(one),
        (Kind::DELIVERY, ledger::STATE | ledger::HELD) => reads::<ledger::Mark>(one),
        (Kind::DELIVERY, ledger::ATTEMPT) => reads::<ledger::Attempt>(one),
        (Kind::SETTINGS, field::VIEW) => SavedView::is_possible(&one.key, &one.value),
        _ => true,
    };
    if fits { Ok(()) } else { Err(wrong(kind, one, "does not hold such a value")) }
}

fn read<T: DeserializeOwned>(one: &Field) -> Option<T> {
    field::decode_value(&one.value)
}

fn reads<T: DeserializeOwned>(one: &Field) -> bool {
    read::<T>(one).is_some()
}

/// A schedule that reads, and occurs.
fn schedule(one: &Field) -> Result<(), Error> {
    match Schedule::decode_value(&one.value) {
        Some(schedule) if schedule.series().first().is_some() => Ok(()),
        Some(_) => Err(wrong(Kind::RULE, one, "never occurs")),
        None => Err(wrong(Kind::RULE, one, "is no schedule that this build reads")),
    }
}

/// A channel with an address that it could have been given.
fn channel(kind: Kind, one: &Field) -> Result<(), Error> {
    match read::<Channel>(one) {
        Some(Channel::Desktop | Channel::Email { to: None }) => Ok(()),
        Some(Channel::Email { to: Some(to) }) => Channel::email(&to).map(drop),
        Some(Channel::Webhook { url }) => Channel::webhook(&url).map(drop),
        None => Err(wrong(kind, one, "is no channel that this build knows")),
    }
}
