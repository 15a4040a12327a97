//! The daemon's log files, for reading.

use crate::error::DaemonError;
use crate::places::Places;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use tasks_proto::error::Failure;

/// Files that are kept, the one being written among them.
pub(crate) const FILES: usize = 3;
/// Size at which a file is moved aside.
pub(crate) const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// The files that are there, newest first. The first one is being written.
pub fn files(places: &Places) -> Vec<PathBuf> {
    let path = places.log_file();
    (0..FILES).map(|number| numbered(&path, number)).filter(|path| path.is_file()).collect()
}

/// The last `count` lines, oldest first; fewer when there are not so many.
pub fn last_lines(places: &Places, count: usize) -> Result<Vec<String>, Failure> {
    let mut lines = VecDeque::new();
    for path in files(places) {
        let wanted = count - lines.len();
        if wanted == 0 {
            break;
        }
        for line in tail(&path, wanted)?.into_iter().rev() {
            lines.push_front(line);
        }
    }
    Ok(lines.into())
}

/// `daemon.log`, `daemon.log.1`, …: higher is older.
pub(crate) fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 0 {
        return path.to_owned();
    }
    let mut name = OsString::from(path);
    name.push(format!(".{number}"));
    name.into()
}

/// A file has one megabyte at most, so it is read from its beginning.
fn tail(path: &Path, count: usize) -> Result<VecDeque<String>, DaemonError> {
    let file = File::open(path).map_err(DaemonError::file("open", path))?;
    let mut lines = VecDeque::new();
    for line in BufReader::new(file).split(b'\n') {
        let line = line.map_err(DaemonError::file("read", path))?;
        if lines.len() == count {
            lines.pop_front();
        }
        lines.push_back(String::from_utf8_lossy(&line).into_owned());
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn places(home: &Path) -> Places {
        let home = home.as_os_str().to_owned();
        Places::from_env(&move |name| (name == "TASKS_HOME").then(|| home.clone())).unwrap()
    }

    #[test]
    fn the_last_lines_are_read_across_files_oldest_first() {
        let home = tempfile::tempdir().unwrap();
        let places = places(home.path());
        assert_eq!(files(&places), Vec::<PathBuf>::new());
        assert_eq!(last_lines(&places, 5).unwrap(), Vec::<String>::new(), "no log yet is no error");
        fs::create_dir_all(places.log_folder()).unwrap();
        fs::write(places.log_file(), "e\nf\n").unwrap();
        fs::write(numbered(&places.log_file(), 1), b"c\nd \xff\n").unwrap();
        fs::write(numbered(&places.log_file(), 2), "a\nb\n").unwrap();
        assert_eq!(last_lines(&places, 3).unwrap(), ["d \u{fffd}", "e", "f"]);
        assert_eq!(last_lines(&places, 99).unwrap().len(), 6);
        assert_eq!(last_lines(&places, 0).unwrap(), Vec::<String>::new());
        assert_eq!(files(&places).first(), Some(&places.log_file()));
    }
}
