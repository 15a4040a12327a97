//! Failures of the engine on the wire: the one place where they become a status.

use tasks_domain::error::ErrorKind;
use tasks_engine::error::EngineError;
use tasks_engine::store::StoreError;
use tasks_proto::build::DAEMON_STOPPING;
use tasks_proto::error::Failure;
use tonic::Status;

/// The status that tells the client what is wrong and what to do.
pub(crate) fn status(error: EngineError) -> Status {
    match error {
        EngineError::Domain(error) => Failure::from(error).into(),
        EngineError::Line { line, error } => Failure { line: Some(line), ..Failure::from(error) }.into(),
        EngineError::Store(error) => store(&error).into(),
    }
}

/// The host ends.
pub(crate) fn stopping() -> Failure {
    Failure::new(ErrorKind::Unavailable, "the daemon is stopping").with_hint("try again").with_reason(DAEMON_STOPPING)
}

fn store(error: &StoreError) -> Failure {
    // The cause is for the log; a person gets what it means.
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, %cause, "the store failed");
    let failed = |hint: &str| {
        let error = error.to_string();
        // Some say it themselves.
        let message = if error.ends_with(&cause) { error } else { format!("{error} ({cause})") };
        Failure::new(ErrorKind::Failed, message).with_hint(hint)
    };
    match error {
        StoreError::Full(_) => failed("nothing was changed; make room on the disk and try again"),
        StoreError::ReadOnly(_) => failed("nothing was changed; see that the data folder can be written: tasks status"),
        StoreError::Corrupt(_) | StoreError::Decode(_) => {
            failed("restart the daemon to set the damaged file aside: tasks daemon restart")
        }
        StoreError::Closed => stopping(),
        StoreError::Busy => Failure::new(ErrorKind::Unavailable, error.to_string()).with_hint("try again in a moment"),
        StoreError::Other(_) => failed("nothing was changed; tasks daemon logs may say more"),
    }
}
