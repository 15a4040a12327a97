//! `tasks restore`.

use super::step::{self, Request, Step};
use super::targets::{DeepArg, TaskArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};

const EXAMPLES: &str = "\
Examples:
  tasks list status:deleted           what is in the trash, with its letters
  tasks restore qvz                   take that one out
  tasks restore --where +old          all that this filter finds";

/// Take tasks out of the trash
///
/// They are what they were before: a done task is done again, an open one open. A filter looks into the trash.
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
    let step = Step { verb: Verb::Restore, question: "Restore", request: Request::Restore };
    step::take(&args.tasks, args.sub_tasks.deep, ctx, step)
}
