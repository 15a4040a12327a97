//! The schema and its numbered migrations. A released migration is never edited.

use rusqlite::Connection;

/// Each migration brings the schema from its position to the next one.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_first.sql")];

/// The schema this build writes.
pub const VERSION: u32 = MIGRATIONS.len() as u32;

/// Why a database's schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A newer build wrote it; this one would misread it.
    #[error("the database has schema {found}, this build knows {VERSION}")]
    Newer {
        /// The schema it has.
        found: u32,
    },
    /// SQLite failed.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// The schema of an open database; 0 for a new file.
pub fn version(connection: &Connection) -> Result<u32, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the schema to [`VERSION`], each step in a transaction of its own.
pub fn migrate(connection: &mut Connection) -> Result<(), SchemaError> {
    let found = version(connection)?;
    if found > VERSION {
        return Err(SchemaError::Newer { found });
    }
    for (number, sql) in (1u32..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
