//! `tasks append`.

use super::amend::{self, AmendArgs, Amending};
use super::occurrences::ScopeArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::Amendment;

const EXAMPLES: &str = "\
Examples:
  tasks append 3 and bread                  \"buy milk\" becomes \"buy milk and bread\"
  tasks append 3 and bread +shop tomorrow   sets the tag and the due date, too
  tasks append 3 \"'until tomorrow'\"         the words as they are
  tasks append 1,3,5-7 '(urgent)'           each of several tasks; three or more ask first
  tasks append --where @home -- before dinner";

/// Put words behind the title of tasks
///
/// As if they had stood at the end of the text of tasks add: a date, tag or priority among them is set, what is left follows the title.
/// Quotes keep a word in the title.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks append [OPTIONS] <ID> <TEXT>...\n       tasks append [OPTIONS] <ID>... -- <TEXT>...\n       tasks append [OPTIONS] --where <FILTER>... -- <TEXT>...")]
pub struct Args {
    #[command(flatten)]
    amend: AmendArgs,
    #[command(flatten)]
    scope: ScopeArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let amending = Amending {
        name: "append",
        verb: Verb::Edit,
        amendment: Amendment::Append,
        scope: args.scope.to_wire(),
        example: "and bread",
    };
    amend::run(&args.amend, amending, ctx)
}
