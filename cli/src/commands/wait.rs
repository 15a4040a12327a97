//! `tasks wait`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::wait;
use crate::outcome::{Listing, Outcome};
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks wait +deploy                       until there is an open task with that tag
  tasks wait status:done report            until the report is done
  tasks wait --none @release --timeout 2h  until nothing is open in the project

Exit codes: 0 it holds, 124 it did not in time.";

/// Wait until a task matches, and show it
///
/// Answers at once when one matches already. Sleeps until something changes, or until the time that a filter speaks of comes.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to wait for, as in tasks list
    #[arg(value_name = "FILTER", required = true)]
    filter: Vec<String>,
    /// Wait until nothing matches, and show nothing
    #[arg(long)]
    none: bool,
    /// Give up after so long, with exit code 124: 30s, 10m, "2 hours"
    #[arg(long, value_name = "LENGTH")]
    timeout: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let limit = args.timeout.as_deref().map(length).transpose()?;
    let request = v1::WaitRequest { caller: None, filter: args.filter.clone(), none: args.none };
    let waited = wait::until(&ctx.env, &ctx.present, &request, limit)?;
    let Some(task) = waited else {
        let filter = args.filter.join(" ");
        let limit = args.timeout.as_deref().unwrap_or_default();
        let message = if args.none {
            format!("after {limit} there are still tasks that match `{filter}`")
        } else {
            format!("after {limit} there is no task that matches `{filter}`")
        };
        return Err(CliError::hinted(
            ErrorKind::TimedOut,
            message,
            "wait longer with --timeout, or without it for ever",
        ));
    };
    if args.none && ctx.ui.form() == crate::output::Form::Human {
        return Ok(Outcome::Text(String::new()));
    }
    let tasks: Vec<v1::Task> = task.into_iter().collect();
    let filter = args.filter.clone();
    Ok(Outcome::Listing(Listing { tasks, limit: 1, filter, flat: true, ..Listing::default() }))
}

/// A length of time that somebody gave.
pub(super) fn length(text: &str) -> Result<Duration, CliError> {
    let length = tasks_language::read_duration(text)?;
    length.to_std().map_err(|_| {
        CliError::hinted(ErrorKind::Refused, format!("`{text}` is not a length to wait for"), "try: 30s, 10m, 2 hours")
    })
}
