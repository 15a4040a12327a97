//! Starting, stopping, being and asking after the daemon.

use super::{block_on, places};
use crate::daemon_host;
use crate::error::CliError;
use crate::host::Env;
use tasks_daemon::install::Installed;
use tasks_daemon::{RunConfig, RunOutcome, Started, this_build};
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

/// How the daemon is, if it runs.
pub fn status(env: &Env) -> Result<Option<v1::GetStatusResponse>, CliError> {
    let places = places(env)?;
    block_on(tasks_daemon::status(&places, this_build()))
}

/// Has the daemon look through the database, if one runs.
pub fn check_store(env: &Env) -> Result<Option<v1::CheckStoreResponse>, CliError> {
    let places = places(env)?;
    block_on(tasks_daemon::call_running(&places, this_build(), |client| async move {
        Ok(client.daemon().check_store(v1::CheckStoreRequest {}).await?.into_inner())
    }))
}

/// Starts it unless it runs.
pub fn start(env: &Env) -> Result<Started, CliError> {
    let places = places(env)?;
    block_on(tasks_daemon::start(&places))
}

/// Stops it; the process that was, or `None` when none ran.
pub fn stop(env: &Env) -> Result<Option<u32>, CliError> {
    let places = places(env)?;
    block_on(tasks_daemon::stop(&places, this_build()))
}

/// Is the daemon until it is told to stop.
pub fn run(env: &Env, background: bool, now_unix_ms: i64) -> Result<RunOutcome, CliError> {
    let mut config = RunConfig::new(places(env)?, this_build(), now_unix_ms);
    config.background = background;
    Ok(tasks_daemon::run(config, daemon_host::open)?)
}

/// The last lines of its log.
pub fn logs(env: &Env, lines: usize) -> Result<Vec<String>, CliError> {
    Ok(tasks_daemon::logs::last_lines(&places(env)?, lines)?)
}

/// Writes the service that starts it with the session.
pub fn install(env: &Env, dry_run: bool) -> Result<Installed, CliError> {
    let program = std::env::current_exe()
        .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot tell where this program lies: {error}")))?;
    Ok(tasks_daemon::install::install(&places(env)?, &program, dry_run)?)
}
