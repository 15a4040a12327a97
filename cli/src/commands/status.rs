//! `tasks status`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link;
use crate::outcome::{Outcome, StatusReport};
use tasks_proto::v1;

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
    let daemon = link::call_running(&ctx.env, |client| async move {
        Ok(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner())
    })?;
    let places = link::places(&ctx.env)?;
    let now = ctx.present.now;
    Ok(Outcome::Status(Box::new(StatusReport {
        build: link::this_build().to_string(),
        daemon,
        data_folder: places.data_folder,
        socket: places.socket,
        log: places.log,
        now: now.instant().with_timezone(&now.zone()).to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        zone: now.zone().name().to_owned(),
        locale: ctx.present.locale.clone(),
        code_without_daemon,
    })))
}
