//! The file in which `tasks on --state` keeps how far it has come.

use crate::error::CliError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use tasks_domain::cursor::Cursor;
use tasks_domain::error::ErrorKind;

/// Bytes of the file: one line of this length, so that it is written over in one piece and never seen half.
const BYTES: usize = 64;
/// Longest file that is read; a longer one is something else.
const BYTES_MAX: u64 = 1_024;

/// The open file, locked: nobody else keeps a place in it.
#[derive(Debug)]
pub struct Place {
    file: File,
    path: PathBuf,
    cursor: Option<Cursor>,
}

impl Place {
    /// Opens or makes the file.
    pub fn open(path: &Path) -> Result<Self, CliError> {
        let failed = |action: &str, error: &dyn std::fmt::Display| {
            CliError::new(ErrorKind::Failed, format!("cannot {action} {}: {error}", path.display()))
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(path).map_err(|error| failed("open", &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(CliError::hinted(
                    ErrorKind::Refused,
                    format!("another tasks on keeps its place in {}", path.display()),
                    "give each one a file of its own",
                ));
            }
            Err(TryLockError::Error(error)) => return Err(failed("lock", &error)),
        }
        let mut text = String::new();
        (&file).take(BYTES_MAX).read_to_string(&mut text).map_err(|error| failed("read", &error))?;
        let cursor = Some(text.trim()).filter(|text| !text.is_empty()).map(Cursor::parse).transpose();
        let cursor = cursor.map_err(|_| {
            CliError::hinted(
                ErrorKind::Refused,
                format!("{} holds something else than a cursor", path.display()),
                "name another file, or remove it to begin from now",
            )
        })?;
        Ok(Self { file, path: path.to_owned(), cursor })
    }

    /// Where the last one stopped.
    pub fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Keeps another place; it is on the disk when this returns.
    pub(super) fn keep(&mut self, cursor: &str) -> Result<(), CliError> {
        let line = format!("{cursor:<width$}\n", width = BYTES - 1);
        let written = self.file.seek(SeekFrom::Start(0));
        let written = written.and_then(|_| self.file.write_all(line.as_bytes())).and_then(|()| self.file.sync_data());
        written.map_err(|error| {
            CliError::new(ErrorKind::Failed, format!("cannot write to {}: {error}", self.path.display()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_by_one_at_a_time_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("place");
        let mut place = Place::open(&path).unwrap();
        assert_eq!(place.cursor(), None);
        place.keep("kkkkkkkk-1234567").unwrap();
        place.keep("kkkkkkkk-8").unwrap();
        assert!(Place::open(&path).is_err(), "it is locked");
        drop(place);
        assert_eq!(Place::open(&path).unwrap().cursor(), Cursor::parse("kkkkkkkk-8").ok());
    }

    #[test]
    fn a_file_with_something_else_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("letter");
        std::fs::write(&path, "Dear Sir").unwrap();
        assert!(Place::open(&path).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "Dear Sir");
    }
}
