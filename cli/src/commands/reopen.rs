//! `tasks reopen`.

use super::step::{self, Request, Step};
use super::targets::{DeepArg, TaskArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks reopen qvz                    the letters are in tasks list status:done
  tasks reopen --where @home          all done ones of a project";

/// Open tasks again that are done
///
/// They get a number again, the old one if it is still free. A filter looks at done tasks.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
    #[command(flatten)]
    sub_tasks: DeepArg,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let step = Step { verb: Verb::Reopen, question: "Reopen", request: Request::Status(StatusAction::Reopen) };
    step::take(&args.tasks, args.sub_tasks.deep, ctx, step)
}
