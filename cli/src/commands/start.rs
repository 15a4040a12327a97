//! `tasks start`.

use super::step::{self, Request, Step};
use super::targets::TaskArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks start 3                       begin to work on task 3
  tasks start --where @home due:today   on all that this filter finds";

/// Begin to work on tasks
///
/// A started task is listed as such until it is stopped or done.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let step = Step { verb: Verb::Start, question: "Start", request: Request::Status(StatusAction::Start) };
    step::take(&args.tasks, false, ctx, step)
}
