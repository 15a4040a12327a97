//! `tasks status`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link;
use crate::outcome::{Outcome, StatusReport};

/// Show where things are and how the daemon is
///
/// Works without a daemon too, and starts none.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Runs it.
pub fn run(_args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    report(ctx, 0)
}

/// The report; `code_without_daemon` is the exit code when none runs.
pub(super) fn report(ctx: &Ctx, code_without_daemon: u8) -> Result<Outcome, CliError> {
    let daemon = link::life::status(&ctx.env)?;
    let places = link::places(&ctx.env)?;
    let now = ctx.present.now;
    Ok(Outcome::Status(Box::new(StatusReport {
        build: link::this_build().to_string(),
        daemon,
        database: places.database().display().to_string(),
        config: places.config_file().display().to_string(),
        socket: places.socket().map(|path| path.display().to_string()).unwrap_or_default(),
        log: places.log_file().display().to_string(),
        now: now.instant().with_timezone(&now.zone()).to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        zone: now.zone().name().to_owned(),
        locale: ctx.present.locale.clone(),
        code_without_daemon,
    })))
}
