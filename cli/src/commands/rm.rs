//! `tasks rm`.

use super::occurrences::{self, ScopeArgs};
use super::step::{self, Request, Step};
use super::targets::{DeepArg, TaskArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};

const EXAMPLES: &str = "\
Examples:
  tasks rm 3                          put task 3 into the trash
  tasks rm 3 --deep                   with its sub-tasks
  tasks rm 3 --all                    of what comes again: its rule ends, too
  tasks rm --where +old               all that this filter finds
  tasks restore qvz                   take it out again; the letters are in tasks list status:deleted";

/// Put tasks into the trash
///
/// The trash keeps them for 90 days; restore takes them out as they were. Of what comes again, one that is deleted alone is passed
/// over: the next one comes.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
    #[command(flatten)]
    sub_tasks: DeepArg,
    #[command(flatten)]
    scope: ScopeArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    occurrences::asking(ctx, args.scope.to_wire(), |ctx, scope| {
        let step = Step { verb: Verb::Remove, question: "Delete", request: Request::Delete(scope) };
        step::take(&args.tasks, args.sub_tasks.deep, ctx, step)
    })
}
