//! `tasks stop`.

use super::step::{self, Request, Step};
use super::targets::TaskArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks stop 3                        put task 3 back to open
  tasks stop --where status:started   and all others too";

/// Stop working on tasks
///
/// They are open again; when they were started is kept in the log.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let step = Step { verb: Verb::Stop, question: "Stop", request: Request::Status(StatusAction::Stop) };
    step::take(&args.tasks, false, ctx, step)
}
