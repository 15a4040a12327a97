//! Making lost entities again from the log: what was answered is on the disk twice, as an operation and as the rows it led to.

use crate::error::store_error;
use crate::txn::SqliteTxn;
use rusqlite::{Connection, params};
use tasks_domain::id::{DeviceId, TaskId};
use tasks_domain::operation::decode_changes;
use tasks_domain::register::{Change, Kind, Merged};
use tasks_engine::store::{Class, StoreError, StoreTxn as _};

fn txn(connection: &Connection, account: i64) -> SqliteTxn<'_> {
    let mut txn = SqliteTxn::new(connection, DeviceId::from_bytes([0; 16]), None);
    txn.queries.account = Some(account);
    txn
}

/// Merges every change of the log into the rows, which changes nothing where a row has it; how many entities were made anew. The
/// rows have no index columns yet, and tasks no numbers.
pub(crate) fn replay(connection: &Connection) -> Result<u64, StoreError> {
    let mut made = 0;
    let mut statement =
        connection.prepare("SELECT account, changes FROM operation ORDER BY seq").map_err(store_error)?;
    let mut rows = statement.query([]).map_err(store_error)?;
    while let Some(row) = rows.next().map_err(store_error)? {
        let (account, changes): (i64, Vec<u8>) = (row.get(0).map_err(store_error)?, row.get(1).map_err(store_error)?);
        let changes = decode_changes(&changes).map_err(StoreError::from);
        let merged = changes
            .and_then(|changes| merge(&mut txn(connection, account), changes.into_iter().map(|(change, _)| change)));
        match merged {
            Ok(count) => made += count,
            // Of this operation, or of the row that it changed.
            Err(error @ (StoreError::Corrupt(_) | StoreError::Decode(_))) => {
                tracing::warn!(%error, "an operation could not be read");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(made)
}

fn merge(txn: &mut SqliteTxn<'_>, changes: impl Iterator<Item = Change>) -> Result<u64, StoreError> {
    let mut made = 0;
    for change in changes {
        let stored = txn.queries.stored(change.entity)?;
        let is_new = stored.is_none();
        let mut registers = stored.map(|(_, registers)| registers).unwrap_or_default();
        if matches!(registers.merge(&change), Merged::Applied(_)) {
            txn.put_entity(change.entity, &registers, None)?;
            made += u64::from(is_new);
        }
    }
    Ok(made)
}

/// Gives each live task that has no number the next one.
pub(crate) fn number(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT account, rid FROM entity WHERE kind = ?1 AND class = ?2 AND number IS NULL ORDER BY no";
    let mut statement = connection.prepare(sql).map_err(store_error)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    let found = statement.query_map(params![Kind::TASK.0, Class::Live as u8], read).map_err(store_error)?;
    let found: Vec<_> = found.collect::<Result<_, _>>().map_err(store_error)?;
    for (account, rid) in found {
        let Ok(rid) = <[u8; 16]>::try_from(rid) else { continue };
        // None is taken from an ended task: how long theirs rested is not known here.
        txn(connection, account).take_number(TaskId::from_reversed(rid), i64::MIN)?;
    }
    Ok(())
}
