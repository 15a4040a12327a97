//! `tasks done`.

use super::status_action::{TaskArgs, set};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::StatusAction;

const EXAMPLES: &str = "\
Examples:
  tasks done 3          task 3 is done
  tasks done 3 5 qvz    several in one step, by number or letters
  tasks undo            it was not";

/// Mark tasks as done
///
/// Done tasks give their number back and are found with `tasks list status:done`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    set(&args.tasks, ctx, StatusAction::Done, Verb::Done, "Finish")
}
