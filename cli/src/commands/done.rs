//! `tasks done`.

use super::step::{self, Request, Step};
use super::targets::{DeepArg, TaskArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks done 3                        task 3 is done
  tasks done 3 5 qvz                  several in one step, by number or letters
  tasks done 1,3,5-7                  a list, and all open ones from 5 to 7
  tasks done 3 --deep                 with its sub-tasks
  tasks done --where @home due:today  all that this filter finds
  tasks undo                          they were not";

/// Mark tasks as done
///
/// Done tasks give their number back and are found with `tasks list status:done`.
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
    let step = Step { verb: Verb::Done, question: "Finish", request: Request::Status(StatusAction::Done) };
    step::take(&args.tasks, args.sub_tasks.deep, ctx, step)
}
