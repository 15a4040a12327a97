//! Whole tasks and records, to and from files.

use super::{malformed, reminder, task};
use crate::v1;
use tasks_domain::error::Error;
use tasks_domain::field;
use tasks_domain::id::TaskId;
use tasks_domain::import::{Effect, WholeTask};
use tasks_domain::record::{Field, Record};
use tasks_domain::register::{EntityId, FieldId, Kind};

/// From the wire.
pub fn from_wire(whole: &v1::WholeTask) -> Result<WholeTask, Error> {
    let wire = whole.task.as_ref().ok_or_else(|| malformed("a task is empty"))?;
    let mut absent = Vec::new();
    for key in &whole.absent {
        absent.extend(fields(key).ok_or_else(|| malformed(format!("a task has no key `{key}`")))?);
    }
    let reminders = wire.reminders.iter().map(reminder::spec_from_wire).collect::<Result<_, _>>()?;
    Ok(WholeTask { task: task::from_wire(wire)?.task, absent, reminders, touched: whole.touched })
}

/// A record from the wire, its values in their canonical form.
pub fn record_from_wire(wire: &v1::Record) -> Result<Record, Error> {
    let id = <[u8; 16]>::try_from(wire.id.as_slice()).map_err(|_| malformed("a record has no id"))?;
    let entity = EntityId { kind: Kind(wire.kind), id };
    let field =
        |one: &v1::RecordField| Field { field: FieldId(one.field), key: one.key.clone(), value: one.value.clone() };
    let touched = wire.touched.iter().map(|id| TaskId::from_slice(id)).collect::<Option<_>>();
    let touched = touched.ok_or_else(|| malformed("a record names no task"))?;
    Record::told(entity, wire.fields.iter().map(field).collect(), touched)
}

/// A record to the wire.
pub fn record_into_wire(record: Record) -> v1::Record {
    let field = |one: Field| v1::RecordField { field: one.field.0, key: one.key, value: one.value };
    v1::Record {
        kind: record.entity.kind.0,
        id: record.entity.id.to_vec(),
        fields: record.fields.into_iter().map(field).collect(),
        touched: record.touched.iter().map(|id| id.as_bytes().to_vec()).collect(),
    }
}

/// The fields behind a key of the JSON form; `None` for one that this build does not know.
fn fields(key: &str) -> Option<&'static [FieldId]> {
    Some(match key {
        "title" => &[field::TITLE],
        "notes" => &[field::NOTES],
        "status" => &[field::STATUS, field::DELETED],
        "priority" => &[field::PRIORITY],
        "due" => &[field::DUE],
        "start" => &[field::START],
        "wait" => &[field::WAIT],
        "end" => &[field::END],
        "estimate" => &[field::ESTIMATE],
        "project" => &[field::PROJECT],
        "tags" => &[field::TAG],
        "parent" => &[field::PARENT],
        "after" => &[field::AFTER],
        "rule" => &[field::RULE],
        "slot" => &[field::SLOT],
        "created_at" => &[field::CREATED],
        // Told by others, or by this device alone.
        "started_at" | "done_at" | "deleted_at" | "modified_at" | "number" | "reminders" | "urgency" | "states" => &[],
        _ => return None,
    })
}

/// To the wire; `None` for a task that was left out.
pub fn effect_to_wire(effect: Option<Effect>) -> v1::ImportEffect {
    match effect {
        None => v1::ImportEffect::Failed,
        Some(Effect::New) => v1::ImportEffect::New,
        Some(Effect::Changed) => v1::ImportEffect::Changed,
        Some(Effect::Same) => v1::ImportEffect::Same,
    }
}
