//! `tasks reopen`.

use super::status_action::{TaskArgs, set};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks reopen qvz      the letters are in tasks list status:done";

/// Open tasks again that are done
///
/// They get a number again, the old one if it is still free.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    set(&args.tasks, ctx, StatusAction::Reopen, Verb::Reopen, "Reopen")
}
