//! Opening a database: settings, identity, damage.

use crate::connection::{connect, named, suspect};
use crate::error::{damaged, store_error};
use crate::salvage;
use crate::schema::{self, SchemaError};
use crate::sound;
use crate::store::SqliteStore;
use rusqlite::{Connection, OptionalExtension as _};
use std::path::{Path, PathBuf};
use tasks_domain::id::DeviceId;
use tasks_engine::store::StoreError;

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer build wrote it.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The damaged file could not be set aside.
    #[error("the database at {path} is damaged and could not be set aside")]
    SetAside {
        /// The damaged file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// Anything else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A store that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: SqliteStore,
    /// What happened to a damaged database, when there was one.
    pub rescue: Option<Rescue>,
}

/// A damaged database, put where nothing touches it, and what could be read of it.
#[derive(Debug)]
pub struct Rescue {
    /// Where the damaged file was set aside to, byte for byte.
    pub set_aside: PathBuf,
    /// Tasks and other entities that were read from it and are in the new database.
    pub entities: u64,
    /// Operations likewise.
    pub operations: u64,
}

/// Files up to this size are checked whole when they are opened (some 30 ms); larger ones when something made them suspect.
const CHECK_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What a database is called that is made from a damaged one.
const RESCUED: &str = ".rescued";

/// Opens or makes the database at `path`.
///
/// `new_device` names this replica if the file is new, or if `identity` of the file (machine and file) is not what it was: a
/// copied file must not go on under the name of its original. A damaged file is set aside as `NAME.damaged-STAMP`, never
/// deleted, once a new one is made from what can still be read of it.
pub fn open(
    path: &Path,
    new_device: DeviceId,
    identity: &dyn Fn(&Path) -> String,
    stamp: i64,
) -> Result<Opened, OpenError> {
    let finish = |connection: Connection, rescue| {
        let device = device(&connection, new_device, &identity(path)).map_err(store_error)?;
        Ok(Opened { store: SqliteStore::start(path, connection, device)?, rescue })
    };
    resume_rescue(path).map_err(|source| OpenError::SetAside { path: path.to_owned(), source })?;
    match connect_checked(path) {
        Ok(connection) => finish(connection, None),
        Err(OpenError::Store(StoreError::Corrupt(_))) => {
            let rescue = rescue(path, stamp)?;
            finish(connect_checked(path)?, Some(rescue))
        }
        Err(error) => Err(error),
    }
}

/// Makes a new database from a damaged one, which is set aside. The new one takes its place only when it is whole: a process that
/// ends before leaves everything as it was, and the next one begins anew.
fn rescue(path: &Path, stamp: i64) -> Result<Rescue, OpenError> {
    let failed = |source| OpenError::SetAside { path: path.to_owned(), source };
    let new = named(path, RESCUED);
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::remove_file(named(&new, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    let connection = connect_checked(&new)?;
    let (entities, operations) = salvage::salvage(path, &connection)?;
    // Takes its log back into the file.
    connection.close().map_err(|(_, error)| store_error(error))?;
    let aside = set_aside(path, stamp).map_err(failed)?;
    std::fs::rename(&new, path).map_err(failed)?;
    Ok(Rescue { set_aside: aside, entities, operations })
}

/// Puts a rescued database in its place, where a process ended right between the two steps of that.
fn resume_rescue(path: &Path) -> std::io::Result<()> {
    let new = named(path, RESCUED);
    if !path.exists() && new.exists() { std::fs::rename(new, path) } else { Ok(()) }
}

fn connect_checked(path: &Path) -> Result<Connection, OpenError> {
    make_private(path).map_err(|error| StoreError::ReadOnly(Box::new(error)))?;
    let mut connection = connect(path).map_err(store_error)?;
    let small = std::fs::metadata(path).is_ok_and(|file| file.len() <= CHECK_BYTES_MAX);
    let is_suspect = suspect(path).exists();
    if small || is_suspect {
        check(&connection)?;
    }
    schema::migrate(&mut connection).map_err(|error| match error {
        SchemaError::Sqlite(error) => OpenError::Store(store_error(error)),
        newer @ SchemaError::Newer { .. } => OpenError::Schema(newer),
    })?;
    if is_suspect {
        // Something could not be read, though every page may be whole.
        if let Some(line) = sound::look_through(&connection, 1)?.pop() {
            return Err(damaged(line).into());
        }
        // Gone is what we want; a marker that stays only costs the next start a check.
        _ = std::fs::remove_file(suspect(path));
    }
    Ok(connection)
}

fn check(connection: &Connection) -> Result<(), StoreError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(store_error)?;
    if verdict == "ok" { Ok(()) } else { Err(damaged(verdict)) }
}

/// Makes a missing file readable by its owner only, before SQLite would make it with whatever the umask allows.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn set_aside(path: &Path, stamp: i64) -> std::io::Result<PathBuf> {
    let aside = named(path, &format!(".damaged-{stamp}"));
    std::fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm", "-suspect"] {
        // The log belongs to the damaged file: what is only in it must stay with it.
        match std::fs::rename(named(path, suffix), named(&aside, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

fn device(connection: &Connection, new: DeviceId, identity: &str) -> Result<DeviceId, rusqlite::Error> {
    let fact = |name: &str| {
        let sql = "SELECT value FROM replica WHERE name = ?1";
        connection.query_row(sql, [name], |row| row.get::<_, Vec<u8>>(0)).optional()
    };
    let known = fact("device")?.and_then(|bytes| DeviceId::from_slice(&bytes));
    let same = fact("identity")?.is_some_and(|known| known == identity.as_bytes());
    if let Some(device) = known.filter(|_| same) {
        return Ok(device);
    }
    let put = "INSERT OR REPLACE INTO replica (name, value) VALUES (?1, ?2)";
    connection.execute(put, ("device", new.as_bytes().as_slice()))?;
    connection.execute(put, ("identity", identity.as_bytes()))?;
    Ok(new)
}
