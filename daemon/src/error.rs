//! What can go wrong with a daemon's life, and what a person is told about it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::error::Failure;

/// Inside this crate; at its edge it becomes a [`Failure`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum DaemonError {
    #[error("there is no home folder to keep tasks in")]
    NoHome,
    #[error("{} belongs to user {owner}, and this is user {euid}", path.display())]
    NotOwner { path: PathBuf, owner: u32, euid: u32 },
    #[error("cannot {action} {}", path.display())]
    File {
        action: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the socket's path {} has {} bytes, more than {max}", path.display(), path.as_os_str().len())]
    SocketPathTooLong { path: PathBuf, taken: PathBuf, max: usize },
    #[error("the socket {} is served by user {owner}", path.display())]
    ForeignPeer { path: PathBuf, owner: u32 },
    #[error("cannot start the daemon `{}`", program.display())]
    Spawn {
        program: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the daemon ended before it was ready")]
    DiedStarting { output: PathBuf },
    #[error("the daemon was not ready within {} seconds", limit.as_secs())]
    SlowStart { limit: Duration, log: PathBuf },
    #[error("another process is starting or stopping the daemon and does not get on")]
    StartingLockHeld { path: PathBuf },
    #[error("process {} holds {} and does not give it up", name_of(*pid), path.display())]
    LifeLockHeld { pid: Option<i32>, path: PathBuf },
    #[error("the daemon does not answer")]
    Silent,
    #[error("the daemon hung up: {0}")]
    HungUp(String),
    #[error("the daemon did not answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    #[error("the daemon runs, but its socket is gone")]
    NoSocket,
    #[error("the daemon could not finish within {} seconds", .0.as_secs())]
    StopDeadline(Duration),
    #[error("the daemon was told twice to end")]
    SecondSignal,
    #[error("cannot {action}")]
    System {
        action: &'static str,
        #[source]
        source: io::Error,
    },
    #[error("the daemon's server failed: {0}")]
    Server(String),
}

impl DaemonError {
    /// For `map_err` on what was done to a file.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotOwner { .. } | Self::ForeignPeer { .. } => ErrorKind::NotAllowed,
            Self::File { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => ErrorKind::NotAllowed,
            Self::NoHome
            | Self::File { .. }
            | Self::System { .. }
            | Self::StopDeadline(_)
            | Self::SecondSignal
            | Self::Server(_) => ErrorKind::Failed,
            Self::TimedOut(_) => ErrorKind::TimedOut,
            _ => ErrorKind::Unavailable,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoHome => "set HOME, or TASKS_HOME to the folder that shall hold everything".to_owned(),
            Self::NotOwner { .. } => {
                "run it as the owner (without sudo), or set TASKS_HOME to a folder of your own".to_owned()
            }
            Self::File { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => "set TASKS_HOME to a folder you may write to".to_owned(),
                io::ErrorKind::StorageFull => "make room on the disk".to_owned(),
                io::ErrorKind::ReadOnlyFilesystem => "set TASKS_HOME to a folder on a writable disk".to_owned(),
                _ => return None,
            },
            Self::SocketPathTooLong { taken, .. } => {
                format!("{} is not yours; have it removed, or set TASKS_HOME to a shorter path", taken.display())
            }
            Self::ForeignPeer { path, .. } => format!("remove {}", path.display()),
            Self::DiedStarting { output } => format!("what it said is in {}", output.display()),
            Self::SlowStart { log, .. } => format!("see the log {}", log.display()),
            Self::StartingLockHeld { path } => {
                format!("see who has {} open, as with fuser, and end it", path.display())
            }
            Self::LifeLockHeld { .. } => "end that process and try again".to_owned(),
            Self::Silent | Self::NoSocket | Self::HungUp(_) => "start it anew with tasks daemon restart".to_owned(),
            Self::TimedOut(_) => "it may still do it: see tasks log".to_owned(),
            _ => return None,
        };
        Some(hint)
    }
}

impl From<DaemonError> for Failure {
    fn from(error: DaemonError) -> Self {
        let mut message = error.to_string();
        if let Some(source) = std::error::Error::source(&error) {
            message = format!("{message}: {source}");
        }
        let failure = Self::new(error.kind(), message);
        match error.hint() {
            Some(hint) => failure.with_hint(hint),
            None => failure,
        }
    }
}

fn name_of(pid: Option<i32>) -> String {
    pid.map_or_else(|| "of another container".to_owned(), |pid| pid.to_string())
}
