//! Connections, with the settings that durability rests on, and the names of the files beside a database.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A connection that may write, with the settings that durability rests on.
pub(crate) fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    configure(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL syncs the WAL at every commit: an answer means the change survives the loss of power.
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// A connection that only reads.
pub(crate) fn connect_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), rusqlite::Error> {
    // Only a checkpoint or a foreign tool can hold a lock for a moment.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    rusqlite::vtab::array::load_module(connection)?;
    // A plan is made once for a statement, whatever it is given. Otherwise SQLite looks at each value that could make a partial index
    // fit, and plans again for every new one, which takes longer than most of our queries.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // What a savepoint could roll back is kept in memory: as a file it would cost a write of a page before every change of one.
    // A request changes few pages, so this stays small.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Negative: KiB. Enough for the pages that a command touches at 100,000 tasks.
    connection.pragma_update(None, "cache_size", -4_000)
}

/// The file's presence says that a page was found damaged since the last check.
pub(crate) fn suspect(path: &Path) -> PathBuf {
    named(path, "-suspect")
}

pub(crate) fn named(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
