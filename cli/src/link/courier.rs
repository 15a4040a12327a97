//! Being the courier: the daemon's process that delivers reminders.

use super::runtime;
use crate::error::CliError;
use crate::host::Env;
use crate::settings::Config;
use tasks_daemon::notify::courier::{self, Meeting, Work};
use tasks_daemon::places::Places;
use tasks_daemon::session::Session;
use tasks_domain::error::ErrorKind;

/// Takes orders from standard input until the daemon closes it and nothing is on the screen any more.
pub fn run(env: &Env) -> Result<(), CliError> {
    let program = std::env::current_exe()
        .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot tell where this program lies: {error}")))?;
    let channels = || {
        // Read anew each time: a setting that is changed counts from the next reminder on.
        let env = Env::of_process();
        let config = Config::load(&env).map_err(|error| match error {
            CliError::Failure(failure) => failure.message,
            CliError::ClosedPipe | CliError::Stopped(_) => "the settings cannot be read".to_owned(),
        })?;
        config.channels(&env)
    };
    let runtime = runtime()?;
    let places = Places::from_env(env.lookup())?;
    let served = runtime.block_on(async {
        courier::serve_pipes(Work {
            channels: Box::new(channels),
            program: program.to_string_lossy().into_owned(),
            session: Session::of(env.lookup()),
            // Where it cannot be found it does all the rest.
            meeting: Meeting::open(&places).ok(),
        })
        .await
    });
    // What hangs is not waited for.
    runtime.shutdown_background();
    Ok(served?)
}
