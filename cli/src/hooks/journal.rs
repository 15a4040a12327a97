//! The log of `tasks on`: each try of each command, and what it wrote.

use super::Program;
use crate::attempt::Attempt;
use crate::output::text::clean_lines;
use chrono::SecondsFormat;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use tasks_domain::id::TaskId;
use tasks_domain::when::Now;

/// Size at which the file is moved aside to `on.log.1`, in whose place it comes.
const BYTES_MAX: u64 = 1024 * 1024;

/// The file. Opened for each entry, so that several `tasks on` can write to it.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
}

impl Journal {
    /// At this path.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends one entry in one piece.
    pub(super) fn keep(&self, attempt: &Attempt, program: &Program, now: Now) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        if std::fs::metadata(&self.path).is_ok_and(|file| file.len() >= BYTES_MAX) {
            std::fs::rename(&self.path, self.path.with_extension("log.1"))?;
        }
        let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path)?;
        file.write_all(entry(attempt, program, now).as_bytes())
    }
}

fn entry(attempt: &Attempt, program: &Program, now: Now) -> String {
    let at = now.instant().to_rfc3339_opts(SecondsFormat::Millis, true);
    let task = TaskId::from_slice(&attempt.event.task_id).map(|id| id.letters()).unwrap_or_default();
    let Attempt { cursor, number, of, ran, .. } = attempt;
    let took = attempt.took.as_secs_f64();
    let mut text =
        format!("{at} {} {task} {cursor} try {number} of {of}: {ran} after {took:.2} s: ", attempt.event.r#type);
    text.extend(clean_lines(&program.to_string()).take(1));
    text.push('\n');
    for (name, bytes) in [("out", ran.out()), ("err", ran.err())] {
        clean_lines(&String::from_utf8_lossy(bytes)).for_each(|line| text.push_str(&format!("  {name}: {line}\n")));
    }
    text
}
