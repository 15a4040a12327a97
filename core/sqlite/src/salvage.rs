//! Reading what is left of a damaged database.
//!
//! Rows are walked from both ends of each table until a page cannot be read, so that one damaged page costs the rows on it and
//! no more than those between two damaged ones. What is lost of the entities is made again from what is left of the log.

use crate::error::store_error;
use crate::reindex::reindex;
use crate::replay;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tasks_domain::id::AccountId;
use tasks_engine::store::StoreError;

/// The tables worth rescuing, with the column that orders them.
const TABLES: [(&str, &str); 3] = [("account", "no"), ("entity", "no"), ("operation", "seq")];

/// Copies what can be read of `damaged` into the new database, in one transaction; how many entities and operations that were.
///
/// Works on a copy: opening a database changes it, and the damaged file stays as it was found. What cannot be read is left
/// out, whatever the reason; what cannot be written, as on a full disk, is an error, and nothing is written.
pub(crate) fn salvage(damaged: &Path, into: &Connection) -> Result<(u64, u64), StoreError> {
    let copy = Copy::of(damaged).map_err(|error| match error.kind() {
        ErrorKind::StorageFull => StoreError::Full(Box::new(error)),
        _ => StoreError::Other(Box::new(error)),
    })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from = Connection::open_with_flags(&copy.path, flags).map_err(store_error)?;
    // As SQLite's own recovery does: otherwise a file that was cut off is refused whole.
    if let Err(error) = from.pragma_update(None, "writable_schema", "ON") {
        tracing::debug!(%error, "reading a file that was cut off");
    }
    let transaction = into.unchecked_transaction().map_err(store_error)?;
    let mut counts = [0; TABLES.len()];
    for (at, (table, key)) in TABLES.into_iter().enumerate() {
        for order in ["ASC", "DESC"] {
            counts[at] += rows(&from, into, table, key, order).map_err(store_error)?;
        }
    }
    counts[1] += replay::replay(into)?;
    adopt_orphans(into).map_err(store_error)?;
    reindex(into)?;
    replay::number(into)?;
    transaction.commit().map_err(store_error)?;
    if let Err(error) = from.close() {
        tracing::debug!(error = %error.1, "closing the copy of the damaged database");
    }
    Ok((counts[1], counts[2]))
}

/// Where the page with the accounts is the damaged one, a replica still has only one account: the local one.
///
/// On a server with several accounts the rows of lost ones stay unassigned: nobody sees what may not be theirs.
fn adopt_orphans(into: &Connection) -> Result<(), rusqlite::Error> {
    let known: i64 = into.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?;
    let accounts: i64 = into.query_row("SELECT count(DISTINCT account) FROM entity", [], |row| row.get(0))?;
    if known == 0 && accounts == 1 {
        let sql = "INSERT INTO account (no, id, hlc) \
                   SELECT account, ?1, (SELECT coalesce(max(hlc), 0) FROM operation) FROM entity LIMIT 1";
        into.execute(sql, [AccountId::LOCAL.as_bytes().as_slice()])?;
    }
    Ok(())
}

fn rows(from: &Connection, into: &Connection, table: &str, key: &str, order: &str) -> Result<u64, rusqlite::Error> {
    let mut copied = 0;
    let Ok(mut select) = from.prepare(&format!("SELECT * FROM {table} ORDER BY {key} {order}")) else { return Ok(0) };
    let names: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", names.join(", "));
    // Columns that a damaged schema names are none of ours.
    let (Ok(mut insert), Ok(mut rows)) = (into.prepare(&insert), select.query([])) else { return Ok(0) };
    // The first unreadable page ends the walk from this end.
    while let Ok(Some(row)) = rows.next() {
        let values: Result<Vec<Value>, _> = (0..names.len()).map(|at| row.get(at)).collect();
        let Ok(values) = values else { break };
        match insert.execute(params_from_iter(values)) {
            Ok(inserted) => copied += inserted as u64,
            // Values that no build wrote.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(copied)
}

/// A copy of a database with its log, deleted when dropped.
struct Copy {
    path: PathBuf,
}

impl Copy {
    fn of(damaged: &Path) -> std::io::Result<Self> {
        let mut name = damaged.as_os_str().to_owned();
        name.push(".reading");
        let copy = Self { path: PathBuf::from(name) };
        std::fs::copy(damaged, &copy.path)?;
        let wal = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push("-wal");
            PathBuf::from(name)
        };
        match std::fs::copy(wal(damaged), wal(&copy.path)) {
            // Without a log there is nothing to copy.
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(copy),
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = self.path.as_os_str().to_owned();
            name.push(suffix);
            _ = std::fs::remove_file(PathBuf::from(name));
        }
    }
}
