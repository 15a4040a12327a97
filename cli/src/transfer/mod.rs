//! Files of tasks. A format is a [`Reader`], which makes whole tasks of bytes; what export writes is in `output`.

mod json;
mod objects;
mod record;
mod reminder;

pub use record::{Besides, name_of};

use std::io::BufRead;
use tasks_proto::v1;

/// The forms of files there are.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One document: {"version": 1, "records": [RECORD, …], "tasks": [TASK, …]}
    #[default]
    Json,
    /// One RECORD or TASK a line
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

/// What a file holds one of.
#[derive(Debug)]
pub enum Item {
    /// A task.
    Task(Box<v1::WholeTask>),
    /// A rule, a reminder, or what else there is.
    Record(v1::Record),
}

/// A task or record of a file.
#[derive(Debug)]
pub struct Entry {
    /// Where it begins.
    pub place: Place,
    /// It.
    pub item: Item,
    /// Bytes of it in the file.
    pub bytes: usize,
    /// What of it is left out, as this build does not know it: names of keys.
    pub unknown: Vec<String>,
}

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// One line, lower case, without a full stop.
    pub message: String,
}

/// Reads the tasks and records of a file one by one.
pub trait Reader: Send {
    /// The next, or what is wrong in its place; `None` at the end. After a problem it goes on with the next there is.
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
