//! Reading what is left of a damaged database.
//!
//! Rows are walked from both ends of each table until a page cannot be read, so that one damaged page costs the rows on it and
//! no more than those between two damaged ones. What is lost of the entities is made again from what is left of the log.

use crate::reindex::reindex;
use crate::replay;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::path::{Path, PathBuf};
use tasks_domain::id::AccountId;

/// The tables worth rescuing, with the column that orders them.
const TABLES: [(&str, &str); 3] = [("account", "no"), ("entity", "no"), ("operation", "seq")];

/// Copies what can be read of `damaged` into the new database; how many entities and operations that were.
///
/// Works on a copy: opening a database changes it, and the damaged file stays as it was found. What cannot be read is left
/// out, whatever the reason; the file set aside still has it.
pub(crate) fn salvage(damaged: &Path, into: &Connection) -> (u64, u64) {
    let Some(copy) = Copy::of(damaged) else { return (0, 0) };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(from) = Connection::open_with_flags(&copy.path, flags) else { return (0, 0) };
    // As SQLite's own recovery does: otherwise a file that was cut off is refused whole.
    if let Err(error) = from.pragma_update(None, "writable_schema", "ON") {
        tracing::debug!(%error, "reading a file that was cut off");
    }
    let mut counts = [0; TABLES.len()];
    for (at, (table, key)) in TABLES.into_iter().enumerate() {
        for order in ["ASC", "DESC"] {
            counts[at] += rows(&from, into, table, key, order);
        }
    }
    if let Err(error) = from.close() {
        tracing::debug!(error = %error.1, "closing the copy of the damaged database");
    }
    match replay::replay(into) {
        Ok(made) => counts[1] += made,
        Err(error) => tracing::warn!(%error, "lost rows could not be made again from the log"),
    }
    if let Err(error) = adopt_orphans(into) {
        tracing::warn!(%error, "rescued rows could not be given back to their account");
    }
    if let Err(error) = reindex(into) {
        tracing::warn!(%error, "rescued rows could not be indexed");
    }
    if let Err(error) = replay::number(into) {
        tracing::warn!(%error, "rescued tasks could not be numbered");
    }
    (counts[1], counts[2])
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

fn rows(from: &Connection, into: &Connection, table: &str, key: &str, order: &str) -> u64 {
    let mut copied = 0;
    let Ok(mut select) = from.prepare(&format!("SELECT * FROM {table} ORDER BY {key} {order}")) else { return 0 };
    let names: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", names.join(", "));
    let (Ok(mut insert), Ok(mut rows)) = (into.prepare(&insert), select.query([])) else { return 0 };
    // The first unreadable page ends the walk from this end.
    while let Ok(Some(row)) = rows.next() {
        let values: Result<Vec<Value>, _> = (0..names.len()).map(|at| row.get(at)).collect();
        match values.and_then(|values| insert.execute(params_from_iter(values))) {
            Ok(inserted) => copied += inserted as u64,
            Err(_) => break,
        }
    }
    copied
}

/// A copy of a database with its log, deleted when dropped.
struct Copy {
    path: PathBuf,
}

impl Copy {
    fn of(damaged: &Path) -> Option<Self> {
        let mut name = damaged.as_os_str().to_owned();
        name.push(".reading");
        let copy = Self { path: PathBuf::from(name) };
        std::fs::copy(damaged, &copy.path).ok()?;
        let wal = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push("-wal");
            PathBuf::from(name)
        };
        // Without a log there is nothing to copy.
        _ = std::fs::copy(wal(damaged), wal(&copy.path));
        Some(copy)
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
