//! The daemon's log: bounded in size, readable by its owner only.

use crate::error::DaemonError;
use crate::logs::{FILE_BYTES_MAX, FILES, numbered};
use crate::places::Places;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

/// Sends what is traced from now on to the log file.
pub(crate) fn begin(places: &Places) -> Result<(), DaemonError> {
    places.make_log_folder()?;
    let path = places.log_file();
    let file = Rotating::open(&path).map_err(DaemonError::file("open", &path))?;
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_target(false)
        .with_max_level(Level::INFO)
        // They go to standard error, which is a file on the same disk: where that is full, the thread that logs would end by it.
        .log_internal_errors(false)
        .with_writer(LogWriter(Arc::new(Mutex::new(file))))
        .finish();
    // Fails when the program has its own already: then that is meant.
    tracing::subscriber::set_global_default(subscriber).ok();
    Ok(())
}

/// Hands the file to one event at a time.
#[derive(Clone, Debug)]
struct LogWriter(Arc<Mutex<Rotating>>);

impl<'a> MakeWriter<'a> for LogWriter {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl io::Write for LogWriter {
    /// Never fails: a log that cannot be written must not keep anybody from anything.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(event);
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is moved aside when it is full.
#[derive(Debug)]
struct Rotating {
    path: PathBuf,
    file: File,
    bytes: u64,
    limit: u64,
    /// Events since the last one that could be written, as on a full disk.
    lost: u64,
}

impl Rotating {
    fn open(path: &Path) -> io::Result<Self> {
        let file = append(path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), file, bytes, limit: FILE_BYTES_MAX, lost: 0 })
    }

    /// Writes the event, or counts it as lost, and tells of the lost ones before the next that can be written.
    fn keep(&mut self, event: &[u8]) {
        let written = if self.lost == 0 {
            self.write(event)
        } else {
            // The first of them may have been written in part.
            let gap = format!("\n({} lines could not be written here)\n", self.lost);
            self.write(&[gap.as_bytes(), event].concat())
        };
        self.lost = if written.is_ok() { 0 } else { self.lost + 1 };
    }

    fn write(&mut self, event: &[u8]) -> io::Result<()> {
        let length = event.len() as u64;
        if self.bytes > 0 && self.bytes + length > self.limit {
            self.rotate()?;
        }
        io::Write::write_all(&mut self.file, event)?;
        self.bytes += length;
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        for number in (1..FILES).rev() {
            // One that is not there yet is no error.
            std::fs::rename(numbered(&self.path, number - 1), numbered(&self.path, number)).ok();
        }
        self.file = append(&self.path)?;
        self.bytes = self.file.metadata()?.len();
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;

    #[test]
    fn a_full_log_is_moved_aside_and_the_oldest_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daemon.log");
        let mut log = Rotating::open(&path).unwrap();
        log.limit = 20;
        for number in 0..10 {
            log.write(format!("event {number}\n").as_bytes()).unwrap();
        }
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("daemon.log"), "event 8\nevent 9\n");
        assert_eq!(read("daemon.log.1"), "event 6\nevent 7\n");
        assert_eq!(read("daemon.log.2"), "event 4\nevent 5\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_full_disk_loses_lines_and_nothing_else_and_the_log_says_how_many() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daemon.log");
        let log = Arc::new(Mutex::new(Rotating::open(&path).unwrap()));
        let mut writer = LogWriter(Arc::clone(&log));
        let mut say = |line: &str| io::Write::write_all(&mut writer, line.as_bytes()).unwrap();
        say("one\n");
        let disk = std::mem::replace(&mut log.lock().unwrap().file, append(Path::new("/dev/full")).unwrap());
        say("two\n");
        say("three\n");
        log.lock().unwrap().file = disk;
        say("four\n");
        say("five\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n\n(2 lines could not be written here)\nfour\nfive\n");
    }

    #[test]
    fn a_log_goes_on_where_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daemon.log");
        Rotating::open(&path).unwrap().write(b"one\n").unwrap();
        Rotating::open(&path).unwrap().write(b"two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
    }
}
