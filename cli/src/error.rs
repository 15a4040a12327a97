//! Why a command ends without having done its work.

use std::io;
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::error::Failure;

/// What a command fails with.
#[derive(Debug)]
pub enum CliError {
    /// Something to tell the person.
    Failure(Box<Failure>),
    /// A signal ended what goes on until then; with the exit code for that.
    Stopped(u8),
    /// Nobody reads the answer any more (`tasks list | head -1`): end without a word.
    ClosedPipe,
}

/// Exit code of a program whose reader went away: 128 and the number of SIGPIPE, as shells count.
const CLOSED_PIPE_CODE: u8 = 141;

impl CliError {
    /// A failure of this kind.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Failure::new(kind, message).into()
    }

    /// A failure of this kind with the next step.
    pub fn hinted(kind: ErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::new(kind, message).with_hint(hint).into()
    }

    /// A command line that cannot be read.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::hinted(ErrorKind::Usage, message, hint)
    }

    /// An answer that could not be written.
    pub fn of_output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::new(ErrorKind::Failed, format!("cannot write the answer: {error}"))
    }

    /// What went wrong, in words; empty where nobody is told.
    pub fn message(&self) -> &str {
        match self {
            Self::Failure(failure) => &failure.message,
            Self::Stopped(_) | Self::ClosedPipe => "",
        }
    }

    /// What the program ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failure(failure) => failure.kind.exit_code(),
            Self::Stopped(code) => *code,
            Self::ClosedPipe => CLOSED_PIPE_CODE,
        }
    }
}

impl From<Failure> for CliError {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        Failure::from(error).into()
    }
}
