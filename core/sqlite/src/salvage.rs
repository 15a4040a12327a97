//! Reading what is left of a damaged database.
//!
//! Rows are walked from both ends of each table until a page cannot be read, and what lies between is asked for row by row, so that a
//! damaged page costs the rows on it. What is lost of the entities is made again from what is left of the log.

use crate::error::store_error;
use crate::reindex::reindex;
use crate::{replay, sound};
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, params_from_iter};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tasks_domain::id::AccountId;
use tasks_engine::store::StoreError;

/// More rows than a page of 4 KiB holds of any of these tables.
const ROWS_PER_PAGE: i64 = 128;

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
        counts[at] = rows(&from, into, table, key).map_err(store_error)?;
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

/// Copies what can be read of a table; how many rows that were.
fn rows(from: &Connection, into: &Connection, table: &'static str, key: &str) -> Result<u64, rusqlite::Error> {
    let Some(mut copying) = Copying::new(from, into, table, key) else { return Ok(0) };
    let select = |rest: &str| from.prepare(&format!("SELECT * FROM {table} {rest}"));
    let (Ok(mut up), Ok(mut down), Ok(mut one)) = (
        select(&format!("ORDER BY {key}")),
        select(&format!("ORDER BY {key} DESC")),
        select(&format!("WHERE {key} = ?1")),
    ) else {
        return Ok(0);
    };
    let (is_whole, low) = copying.walk(&mut up, [])?;
    if is_whole {
        return Ok(copying.copied);
    }
    let (_, high) = copying.walk(&mut down, [])?;
    // The least is where no row came, as keys begin at 1; the most follows from the size, where even the last page is a damaged one.
    let low = low.unwrap_or(0);
    let most = low.saturating_add(rows_max(from));
    // A key far beyond that is a damaged one; to ask for all up to it would never end.
    let high = high.unwrap_or(most).min(most);
    for key in low.saturating_add(1)..high {
        copying.walk(&mut one, [key])?;
    }
    Ok(copying.copied)
}

/// How many rows there are at most in a file of that size.
fn rows_max(from: &Connection) -> i64 {
    let pages: i64 = from.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap_or(0);
    pages.saturating_mul(ROWS_PER_PAGE)
}

/// Rows of one table on their way into the new database.
struct Copying<'a> {
    table: &'static str,
    names: Vec<String>,
    /// Which column is the key.
    key: usize,
    insert: Statement<'a>,
    copied: u64,
}

impl<'a> Copying<'a> {
    /// `None` for a table that the damaged file does not have, or has with columns that are none of ours.
    fn new(from: &Connection, into: &'a Connection, table: &'static str, key: &str) -> Option<Self> {
        let select = from.prepare(&format!("SELECT * FROM {table}")).ok()?;
        let names: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let insert = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", names.join(", "));
        let key = names.iter().position(|name| name == key)?;
        Some(Self { table, names, key, insert: into.prepare(&insert).ok()?, copied: 0 })
    }

    /// Copies until there are no more rows or one cannot be read; whether it came to the end, and the key of the last one.
    fn walk(
        &mut self,
        select: &mut Statement<'_>,
        params: impl rusqlite::Params,
    ) -> Result<(bool, Option<i64>), rusqlite::Error> {
        let mut last = None;
        let Ok(mut rows) = select.query(params) else { return Ok((false, last)) };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok((true, last)),
                Err(_) => return Ok((false, last)),
            };
            let values: Result<Vec<Value>, _> = (0..self.names.len()).map(|at| row.get(at)).collect();
            let Ok(values) = values else { return Ok((false, last)) };
            if let Some(Value::Integer(key)) = values.get(self.key) {
                last = Some(*key);
            }
            // An entity that cannot be read would end every list that comes to it; the log makes it again.
            if let Some(error) = sound::unsound(self.table, &self.names, &values) {
                tracing::warn!(%error, table = self.table, "a row could not be read");
                continue;
            }
            match self.insert.execute(params_from_iter(values)) {
                Ok(inserted) => self.copied += inserted as u64,
                // Values that no build wrote.
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                Err(error) => return Err(error),
            }
        }
    }
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
