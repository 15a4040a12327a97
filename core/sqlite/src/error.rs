//! What SQLite says, in the words of the store's contract.

use rusqlite::ErrorCode;
use tasks_engine::store::StoreError;

/// Turns a failure of SQLite into the store's.
pub(crate) fn store_error(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(Box::new(error)),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::ReadOnly(Box::new(error))
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(Box::new(error)),
        // A write that the file system refuses without saying "full" (quota, a lost disk) is told as it is.
        _ => StoreError::Other(Box::new(error)),
    }
}

/// The error of SQLite for damage that we found ourselves.
pub(crate) fn damaged(verdict: String) -> StoreError {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    store_error(rusqlite::Error::SqliteFailure(code, Some(verdict)))
}
