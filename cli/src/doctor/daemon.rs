//! The daemon and, through it, the database.

use super::{Check, State};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::{life, this_build};
use tasks_daemon::Started;
use tasks_daemon::places::Places;
use tasks_domain::error::ErrorKind;
use tasks_proto::build::{Build, PROTOCOL};
use tasks_proto::v1;

/// How far the newest change may lie ahead of the clock, in milliseconds (decisions.md, "Clocks").
const AHEAD_MAX_MS: i64 = 5 * 60 * 1_000;

/// Whether it answers, and of which build it is.
pub(super) fn daemon(ctx: &Ctx, _: &Places) -> Vec<Check> {
    let name = "daemon";
    let status = match life::status(&ctx.env) {
        Ok(None) => return vec![Check::ok(name, "none runs; the first command that needs it starts it")],
        Ok(Some(status)) => status,
        Err(error) => {
            let check = Check {
                hint: "tasks doctor --fix, or tasks daemon restart".to_owned(),
                ..Check::failed(name, State::Problem, &error)
            };
            return vec![check.fixed_by(restart)];
        }
    };
    let (mine, theirs) = (this_build(), status.build.parse::<Build>().ok());
    let shown = format!("process {}, build {}, protocol {}", status.pid, status.build, status.protocol);
    let mut checks = vec![if theirs.is_some_and(|theirs| theirs < mine) {
        Check::warning(
            name,
            format!("{shown} is older than this program ({mine})"),
            "tasks doctor --fix, or tasks daemon restart",
        )
        .fixed_by(restart)
    } else if theirs != Some(mine) || status.protocol != PROTOCOL {
        let message = format!("{shown}; this program is of build {mine}, protocol {PROTOCOL}");
        Check::warning(name, message, "another tasks is installed that is newer: see which one comes first in PATH")
    } else {
        Check::ok(name, shown)
    }];
    let said = |warning: &String| Check::warning("daemon says", warning.clone(), "tasks daemon logs may say more");
    checks.extend(status.warnings.iter().map(said));
    checks
}

fn restart(ctx: &Ctx) -> Result<String, CliError> {
    life::stop(&ctx.env)?;
    let (Started::New { pid } | Started::Already { pid }) = life::start(&ctx.env)?;
    Ok(format!("restarted it (process {pid})"))
}

/// The database, as the daemon finds it.
pub(super) fn database(ctx: &Ctx, _: &Places) -> Vec<Check> {
    let name = "database";
    let checked = match life::check_store(&ctx.env) {
        Ok(Some(checked)) => checked,
        Ok(None) => {
            return vec![Check::ok(name, "not looked into, as no daemon runs; it is when one starts")];
        }
        // What is the matter with the daemon is said above.
        Err(CliError::Failure(failure)) if failure.kind == ErrorKind::Unavailable => return Vec::new(),
        Err(error) => return vec![Check::failed(name, State::Problem, &error)],
    };
    let mut checks = vec![if checked.problems.is_empty() {
        Check::ok(name, format!("sound, {} tasks, schema {}", checked.open_tasks, checked.schema))
    } else {
        let hint = "tasks daemon restart sets the damaged file aside, and keeps what can be read of it";
        Check::problem(name, format!("damaged: {}", checked.problems.join("; ")), hint)
    }];
    checks.extend(newest_change(&checked));
    checks
}

/// A clock that was wrong once leaves changes with stamps that lie ahead.
fn newest_change(checked: &v1::CheckStoreResponse) -> Option<Check> {
    let ahead = checked.newest_unix_ms - checked.clock_unix_ms;
    (ahead > AHEAD_MAX_MS).then(|| {
        let minutes = ahead / 60_000;
        let message = format!("the newest change is {minutes} minutes ahead of the clock");
        Check::warning(
            "clock",
            message,
            "see that the machine's clock is right; changes are kept in their order all the same",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_lie_ahead_of_the_clock_are_told() {
        let at = |newest_unix_ms| v1::CheckStoreResponse {
            newest_unix_ms,
            clock_unix_ms: 1_795_338_000_000,
            ..v1::CheckStoreResponse::default()
        };
        assert!(newest_change(&at(0)).is_none() && newest_change(&at(1_795_338_000_000 + AHEAD_MAX_MS)).is_none());
        let check = newest_change(&at(1_795_338_000_000 + 3_600_000)).unwrap();
        assert_eq!(
            (check.state, check.message.as_str()),
            (State::Warning, "the newest change is 60 minutes ahead of the clock")
        );
    }
}
