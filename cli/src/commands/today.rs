//! `tasks today`.

use super::agenda;
use super::count::{self, CountArg};
use super::list::{long_help_only, long_quiet_only};
use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;

const EXAMPLES: &str = "\
Examples:
  tasks today               what is overdue and due today
  tasks today @work         of one project only
  tasks                     the next 7 days, too
  tasks list due:today      without what is overdue";

/// Show what is overdue and due today
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = long_help_only(), arg = long_quiet_only())]
pub struct Args {
    /// What must hold, as for list
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    count: CountArg,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    if args.count.count {
        return count::tasks(ctx, &args.filter, Some(0));
    }
    agenda::due_within(ctx, 0, &args.filter)
}
