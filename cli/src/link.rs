//! The way to the daemon: a small runtime for the time of one command.

use crate::error::CliError;
use crate::host::Env;
use std::future::Future;
use tasks_domain::error::ErrorKind;
use tasks_proto::build::Build;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tonic::Status;

/// Runs `work` on a runtime of its own.
///
/// One thread is enough: a command waits for one answer. Reading and writing sockets and timers are all it needs.
pub fn block_on<T>(work: impl Future<Output = T>) -> Result<T, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot wait for the daemon: {error}")))?;
    Ok(runtime.block_on(work))
}

/// Asks the daemon, starting it if need be. `ask` may run more than once: writes carry an operation id for that.
pub fn call<T, F, Fut>(env: &Env, ask: F) -> Result<T, CliError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    let _ = (env, ask);
    Err(Failure::new(ErrorKind::Unavailable, "this build has no daemon yet").into())
}

/// Asks the daemon if it runs; `None` when it does not.
pub fn call_running<T, F, Fut>(env: &Env, ask: F) -> Result<Option<T>, CliError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    let _ = (env, ask);
    Ok(None)
}

/// The build of this program.
pub fn this_build() -> Build {
    Build { version: (0, 1, 0), stamp: 0 }
}
