//! The way to the daemon: a small runtime for the time of one command.

pub mod courier;
pub mod feed;
pub mod life;
mod streamed;
pub mod wait;

pub use streamed::{Streamed, stream};

use crate::error::CliError;
use crate::host::Env;
use std::future::Future;
use std::time::Duration;
use tasks_daemon::places::Places;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tokio::runtime::Runtime;
use tonic::Status;

pub use tasks_daemon::this_build;

/// Where everything lies for this environment.
pub fn places(env: &Env) -> Result<Places, CliError> {
    Ok(Places::from_env(env.lookup())?.with_notices(env.notices().clone()))
}

/// Runs `work` on a runtime of its own.
///
/// One thread is enough: a command waits for one answer. Sockets and timers are all it needs.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, CliError> {
    Ok(runtime()?.block_on(work)?)
}

/// A runtime for this thread alone.
pub fn runtime() -> Result<Runtime, CliError> {
    Ok(tasks_daemon::runtime()?)
}

/// Asks the daemon if one runs; `None` when none does, or there is no good answer within `limit`.
pub fn ask_running<T, F, Fut>(env: &Env, limit: Duration, ask: F) -> Option<T>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    tasks_daemon::ask_running(&places(env).ok()?, this_build(), limit, ask)
}

/// Asks the daemon, starting it if need be. `ask` may run more than once: writes carry an operation id for that. It may wait for the
/// daemon's answers only.
pub fn call<T, F, Fut>(env: &Env, ask: F) -> Result<T, CliError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    let (answer, _) = tasks_daemon::call_blocking(&places(env)?, this_build(), ask)?;
    Ok(answer)
}
