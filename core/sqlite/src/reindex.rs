//! Making the indexes again from the registers, which are the truth.

use crate::error::store_error;
use crate::txn::SqliteTxn;
use rusqlite::{Connection, params};
use tasks_domain::field;
use tasks_domain::id::{DeviceId, TaskId};
use tasks_domain::register::{DecodeError, EntityId, Kind, Registers};
use tasks_domain::reminder::{ledger, model};
use tasks_domain::task::Task;
use tasks_engine::store::{Link, StoreError, StoreTxn as _};
use tasks_engine::{index, remind};

/// Rows indexed between two looks for more; bounds what is held in memory.
const STEP: i64 = 1_000;

/// Writes the indexes of every task anew; how many tasks there are. A row that cannot be read keeps its old columns and is
/// found by its id only.
pub(crate) fn reindex(connection: &Connection) -> Result<u64, StoreError> {
    connection.execute("DELETE FROM link", []).map_err(store_error)?;
    connection.execute("INSERT INTO term (term) VALUES ('delete-all')", []).map_err(store_error)?;
    let (mut last, mut tasks) = (0_i64, 0_u64);
    loop {
        let sql = "SELECT no, account, rid, registers FROM entity WHERE no > ?1 AND kind = ?2 ORDER BY no LIMIT ?3";
        let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?, row.get::<_, Vec<u8>>(3)?))
        };
        let rows = statement.query_map(params![last, Kind::TASK.0, STEP], read).map_err(store_error)?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>().map_err(store_error)?;
        let Some((newest, ..)) = rows.last() else {
            parts(connection)?;
            return Ok(tasks);
        };
        last = *newest;
        for (no, account, rid, registers) in rows {
            if let Err(error) = one(connection, no, account, &rid, &registers) {
                tracing::warn!(%error, "a task could not be indexed");
                continue;
            }
            tasks += 1;
        }
    }
}

/// Writes the links and alarms of reminders and of the ledger's rows anew. Alarms last: they follow from everything else.
fn parts(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE entity SET due_sort = NULL WHERE kind = ?1", [Kind::REMINDER.0]).map_err(store_error)?;
    let of = [(Kind::REMINDER, model::TASK, Link::Reminder), (Kind::DELIVERY, ledger::REMINDER, Link::Delivery)];
    for (kind, field, link) in of {
        each(connection, kind, &mut |txn, entity, registers| match field::decode_id(registers.get(field, &[])) {
            Some(target) => txn.put_link(entity, link, target),
            None => Ok(()),
        })?;
    }
    each(connection, Kind::REMINDER, &mut |txn, entity, _| {
        let Some(id) = entity.reminder() else { return Ok(()) };
        let alarm = remind::alarm_of(txn.as_read(), id);
        let alarm = alarm.map_err(|error| DecodeError::new("a reminder", &error))?;
        txn.put_alarm(id, alarm)
    })
}

type Index<'a> = dyn FnMut(&mut SqliteTxn<'_>, EntityId, &Registers) -> Result<(), StoreError> + 'a;

fn each(connection: &Connection, kind: Kind, index: &mut Index<'_>) -> Result<(), StoreError> {
    let mut last = 0_i64;
    loop {
        let sql = "SELECT no, account, rid, registers FROM entity WHERE no > ?1 AND kind = ?2 ORDER BY no LIMIT ?3";
        let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?, row.get::<_, Vec<u8>>(3)?))
        };
        let rows = statement.query_map(params![last, kind.0, STEP], read).map_err(store_error)?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>().map_err(store_error)?;
        let Some((newest, ..)) = rows.last() else { return Ok(()) };
        last = *newest;
        for (_, account, rid, registers) in rows {
            let Ok(mut id) = <[u8; 16]>::try_from(rid) else { continue };
            id.reverse();
            let mut txn = SqliteTxn::new(connection, DeviceId::from_bytes([0; 16]), None);
            txn.queries.account = Some(account);
            let registers = Registers::decode(&registers).map_err(StoreError::from);
            if let Err(error) = registers.and_then(|registers| index(&mut txn, EntityId { kind, id }, &registers)) {
                tracing::warn!(%error, "a reminder could not be indexed");
            }
        }
    }
}

fn one(connection: &Connection, no: i64, account: i64, rid: &[u8], registers: &[u8]) -> Result<(), StoreError> {
    let rid: [u8; 16] = rid.try_into().map_err(|_| DecodeError::new("an id", &"not 16 bytes"))?;
    let id = TaskId::from_reversed(rid);
    let index = index::of(None, &Task::decode(id, registers)?);
    let mut txn = SqliteTxn::new(connection, DeviceId::from_bytes([0; 16]), None);
    txn.queries.account = Some(account);
    let sql = "UPDATE entity SET class = ?2, due_sort = ?3, importance = ?4 WHERE no = ?1";
    let columns = params![no, index.class as u8, index.due_sort, -i64::from(index.priority_rank)];
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute(columns)).map_err(store_error)?;
    txn.put_index(no, false, &index)
}
