//! What the columns of rows mean.

use crate::error::store_error;
use rusqlite::Row;
use tasks_domain::id::{DeviceId, OperationId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::register::{DecodeError, Registers};
use tasks_domain::stamp::Hlc;
use tasks_domain::task::Task;
use tasks_engine::store::{Class, Place, StoreError, Stretch, TaskRow};

/// What [`task_row`] reads.
pub(crate) const TASK: &str = "rid, number, number_freed_at, registers, due_sort, importance, no";

/// What [`header`] reads.
pub(crate) const OPERATION: &str = "rid, device, hlc, at_ms, reason, target, command, confidence, seq, count";

pub(crate) fn bytes16(row: &Row<'_>, column: usize) -> Result<[u8; 16], StoreError> {
    let blob = row.get_ref(column).map_err(store_error)?;
    let bytes = blob.as_blob().ok().and_then(|blob| <[u8; 16]>::try_from(blob).ok());
    bytes.ok_or_else(|| DecodeError::new("an id", &"not 16 bytes").into())
}

pub(crate) fn registers(row: &Row<'_>, column: usize) -> Result<Registers, StoreError> {
    Ok(Registers::decode(register_bytes(row, column)?)?)
}

pub(crate) fn register_bytes<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8], StoreError> {
    let blob = row.get_ref(column).map_err(store_error)?;
    Ok(blob.as_blob().map_err(|error| DecodeError::new("the registers of an entity", &error))?)
}

pub(crate) fn class(row: &Row<'_>, column: usize) -> Result<Class, StoreError> {
    let class = match row.get::<_, u8>(column).map_err(store_error)? {
        0 => Class::Live,
        1 => Class::Done,
        2 => Class::Trash,
        3 => Class::Gone,
        other => return Err(DecodeError::new("a task", &format!("{other} is no class")).into()),
    };
    Ok(class)
}

/// What a stretch begins after: `due_sort`, `importance` and `no`.
pub(crate) fn begin(stretch: &Stretch) -> (i64, i64, i64) {
    let before_all = (stretch.due_from, i64::MIN, 0);
    stretch.after.map_or(before_all, |p| (p.due_sort, -i64::from(p.priority_rank), p.row).max(before_all))
}

/// The place that the index has for a row.
pub(crate) fn place(due_sort: i64, importance: i64, row: i64) -> Place {
    Place { due_sort, priority_rank: u8::try_from(-importance).unwrap_or(0), row }
}

/// Reads the columns of [`TASK`].
pub(crate) fn task_row(row: &Row<'_>) -> Result<TaskRow, StoreError> {
    let freed: Option<i64> = row.get(2).map_err(store_error)?;
    let number: Option<u32> = row.get(1).map_err(store_error)?;
    let id = TaskId::from_reversed(bytes16(row, 0)?);
    let task = Task::decode(id, register_bytes(row, 3)?)?;
    let (due_sort, importance) = (row.get(4).map_err(store_error)?, row.get(5).map_err(store_error)?);
    let place = place(due_sort, importance, row.get(6).map_err(store_error)?);
    Ok(TaskRow { id, number: number.filter(|_| freed.is_none()), task, place })
}

/// Reads the columns of [`OPERATION`].
pub(crate) fn header(row: &Row<'_>) -> Result<(u64, Header, u32), StoreError> {
    let target = match row.get_ref(5).map_err(store_error)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(OperationId::from_bytes(bytes16(row, 5)?)),
    };
    let reason = Reason::from_code(row.get(4).map_err(store_error)?, target)
        .ok_or_else(|| DecodeError::new("an operation", &"its reason and target do not fit"))?;
    let header = Header {
        id: OperationId::from_reversed(bytes16(row, 0)?),
        device: DeviceId::from_bytes(bytes16(row, 1)?),
        hlc: Hlc::from_bits(row.get::<_, i64>(2).map_err(store_error)?.cast_unsigned()),
        at_unix_ms: row.get(3).map_err(store_error)?,
        reason,
        command: row.get(6).map_err(store_error)?,
        confidence: row.get(7).map_err(store_error)?,
    };
    Ok((row.get::<_, i64>(8).map_err(store_error)?.cast_unsigned(), header, row.get(9).map_err(store_error)?))
}
