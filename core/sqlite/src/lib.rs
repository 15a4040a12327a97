//! The SQLite store, for the daemon (one account) and the server (all accounts).
//!
//! One thread writes: it takes the requests that wait (up to [`BATCH_MAX`]), runs each in a savepoint, and commits them with one
//! sync of the disk before it answers any (group commit; WAL, `synchronous=FULL`). Readers have connections of their own and see
//! the last commit without waiting. Decides nothing: see `tasks_engine::store`.
//!
//! To change the schema: a new file in `migrations/`, a line in [`schema`], and a database of the old schema in `tests/`.

pub mod nobody;
mod open;
mod parts;
mod pending;
pub mod schema;

mod columns;
mod commits;
mod connection;
mod error;
mod log;
mod read;
mod reindex;
mod replay;
mod rows;
mod salvage;
mod scan;
mod sound;
mod store;
mod through;
mod txn;
mod writer;

pub use open::{OpenError, Opened, Rescue, open};
pub use store::{SqliteStore, StoreCheck};
pub use writer::BATCH_MAX;
