//! What was done to a task.

use crate::v1;
use crate::v1::field_value::Value;
use tasks_domain::field::{self, StatusValue};
use tasks_domain::register::{FieldId, Register};

use super::when;

/// The name of a field as in the JSON form of a task; `None` for one that this build does not know.
pub fn name(field: FieldId) -> Option<&'static str> {
    Some(match field {
        field::EXISTS => "exists",
        field::TITLE => "title",
        field::NOTES => "notes",
        field::STATUS => "status",
        field::DELETED => "deleted_at",
        field::PRIORITY => "priority",
        field::DUE => "due",
        field::START => "start",
        field::WAIT => "wait",
        field::END => "end",
        field::ESTIMATE => "estimate",
        field::PROJECT => "project",
        field::TAG => "tags",
        field::PARENT => "parent",
        field::AFTER => "after",
        field::RULE => "rule",
        field::SLOT => "slot",
        field::CREATED => "created_at",
        field::MODIFIED => "modified_at",
        _ => return None,
    })
}

/// To the wire: one register written.
pub fn change_to_wire(field: FieldId, key: &[u8], before: Option<&Register>, after: &Register) -> v1::FieldChange {
    v1::FieldChange {
        field: name(field).map_or_else(|| format!("field_{}", field.0), str::to_owned),
        before: value(field, key, before),
        after: value(field, key, Some(after)),
    }
}

/// The value of a register; `None` when it is unset, or its member is not in the set.
fn value(field: FieldId, key: &[u8], register: Option<&Register>) -> Option<v1::FieldValue> {
    let text = || field::decode::<String>(register).map(Value::Text);
    let instant = || field::decode::<i64>(register).map(Value::AtUnixMs);
    let id = || field::decode_id(register).map(|id| Value::Task(id.to_vec()));
    let value = match field {
        field::TITLE | field::NOTES | field::PRIORITY | field::PROJECT | field::SLOT | field::TAG => text(),
        field::STATUS => field::decode::<StatusValue>(register).map(|status| Value::Text(status.status)),
        field::DELETED | field::CREATED | field::MODIFIED => instant(),
        field::DUE | field::START | field::WAIT | field::END => {
            field::decode_when(register).map(|when| Value::When(when::to_wire(&when)))
        }
        field::ESTIMATE => field::decode::<i64>(register).map(Value::Seconds),
        field::PARENT | field::RULE => id(),
        field::AFTER => field::decode::<bool>(register).filter(|is_one| *is_one).map(|_| Value::Task(key.to_vec())),
        field::EXISTS => field::decode::<bool>(register).map(Value::Flag),
        _ => register
            .filter(|register| register.value != field::NULL)
            .map(|register| Value::Json(String::from_utf8_lossy(&register.value).into_owned())),
    };
    value.map(|value| v1::FieldValue { value: Some(value) })
}
