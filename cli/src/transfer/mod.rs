//! Files of tasks. A format is a [`Reader`], which makes whole tasks of bytes; what export writes is in `output`.

mod json;
mod objects;

use std::io::BufRead;
use tasks_proto::v1;

/// The forms of files there are.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One document: {"version": 1, "tasks": [TASK, …]}
    #[default]
    Json,
    /// One TASK a line
    Ndjson,
}

/// Where something begins in a file, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The column.
    pub column: u64,
}

/// A task of a file.
#[derive(Debug)]
pub struct Entry {
    /// Where it begins.
    pub place: Place,
    /// The task.
    pub task: v1::WholeTask,
    /// Bytes of it in the file.
    pub bytes: usize,
    /// What of it is left out, as this build does not know it: names of keys.
    pub unknown: Vec<String>,
}

/// What cannot be read as a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// One line, lower case, without a full stop.
    pub message: String,
}

/// Reads the tasks of a file one by one.
pub trait Reader: Send {
    /// The next task, or what is wrong in its place; `None` at the end. After a problem it goes on with the next task there is.
    fn next(&mut self) -> Option<Result<Entry, Problem>>;
    /// How many bytes were read so far.
    fn bytes(&self) -> u64;
}

/// The reader of a format. Both forms of JSON are told apart by what is there.
pub fn reader(format: Format, input: Box<dyn BufRead + Send>) -> Box<dyn Reader> {
    match format {
        Format::Json | Format::Ndjson => Box::new(json::JsonTasks::new(input)),
    }
}
