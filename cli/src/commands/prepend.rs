//! `tasks prepend`.

use super::amend::{self, AmendArgs, Amending};
use super::occurrences::ScopeArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::Amendment;

const EXAMPLES: &str = "\
Examples:
  tasks prepend 3 ask whether to            \"buy milk\" becomes \"ask whether to buy milk\"
  tasks prepend 2-4 '[draft]'               each of several tasks; three or more ask first
  tasks prepend --where @office -- ACME:";

/// Put words before the title of tasks
///
/// As if they had stood at the beginning of the text of tasks add: a date, tag or priority among them is set, what is left stands before
/// the title. Quotes keep a word in the title.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks prepend [OPTIONS] <ID> <TEXT>...\n       tasks prepend [OPTIONS] <ID>... -- <TEXT>...\n       tasks prepend [OPTIONS] --where <FILTER>... -- <TEXT>...")]
pub struct Args {
    #[command(flatten)]
    amend: AmendArgs,
    #[command(flatten)]
    scope: ScopeArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let amending = Amending {
        name: "prepend",
        verb: Verb::Edit,
        amendment: Amendment::Prepend,
        scope: args.scope.to_wire(),
        example: "ask whether to",
    };
    amend::run(&args.amend, amending, ctx)
}
