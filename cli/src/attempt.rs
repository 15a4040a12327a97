//! How a command that `tasks on` ran for an event went.

use std::fmt;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;
use tasks_proto::v1;

/// One try of one event.
#[derive(Debug)]
pub struct Attempt {
    /// The event's place and the event.
    pub cursor: String,
    /// What happened.
    pub event: Arc<v1::Event>,
    /// Which try, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// How it went.
    pub ran: Ran,
    /// How long it took.
    pub took: Duration,
    /// After which pause it is tried again; `None` when it worked, and after the last.
    pub again_in: Option<Duration>,
}

/// Why a run is over.
#[derive(Debug)]
pub(crate) enum Ended {
    NotStarted(io::Error),
    Exited(ExitStatus),
    TimedOut,
    /// The whole program is told to end.
    Interrupted,
}

/// How a command went, and the beginning of what it wrote.
#[derive(Debug)]
pub struct Ran {
    pub(crate) ended: Ended,
    pub(crate) out: Vec<u8>,
    pub(crate) err: Vec<u8>,
}

impl Ran {
    /// It ended with exit code 0.
    pub fn worked(&self) -> bool {
        matches!(&self.ended, Ended::Exited(status) if status.success())
    }

    /// It was ended because everything ends.
    pub fn was_interrupted(&self) -> bool {
        matches!(self.ended, Ended::Interrupted)
    }

    /// It was ended because it took too long.
    pub fn timed_out(&self) -> bool {
        matches!(self.ended, Ended::TimedOut)
    }

    /// Its exit code, when it ended by itself.
    pub fn exit_code(&self) -> Option<i32> {
        if let Ended::Exited(status) = &self.ended { status.code() } else { None }
    }

    /// The signal that ended it, when that was not ours.
    pub fn signal(&self) -> Option<i32> {
        if let Ended::Exited(status) = &self.ended { status.signal() } else { None }
    }

    /// Why it could not be started.
    pub fn error(&self) -> Option<String> {
        if let Ended::NotStarted(error) = &self.ended { Some(error.to_string()) } else { None }
    }

    /// What it wrote to standard output.
    pub fn out(&self) -> &[u8] {
        &self.out
    }

    /// What it wrote to standard error.
    pub fn err(&self) -> &[u8] {
        &self.err
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ended {
            Ended::NotStarted(error) => write!(f, "it could not be started ({error})"),
            Ended::TimedOut => f.write_str("it took too long and was ended"),
            Ended::Interrupted => f.write_str("it was ended with tasks on"),
            Ended::Exited(status) => match (status.code(), status.signal()) {
                (Some(0), _) => f.write_str("it worked"),
                (Some(code), _) => write!(f, "it failed with exit code {code}"),
                (None, Some(signal)) => write!(f, "signal {signal} ended it"),
                (None, None) => f.write_str("it ended"),
            },
        }
    }
}
