//! `tasks annotate`.

use super::amend::{self, AmendArgs, Amending};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::{Amendment, OccurrenceScope};

const EXAMPLES: &str = "\
Examples:
  tasks annotate 3 called, no answer        a line \"- 2026-11-22 called, no answer\"
  tasks annotate 1,3 waits for the landlord
  tasks annotate --where @acme -- they moved to Hamburg
  tasks denotate 3 no answer                takes the line out again";

/// Put a line with the day to the notes of tasks
///
/// The words are kept as they are, below what the notes say already. Of what comes again only this occurrence gets it.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks annotate [OPTIONS] <ID> <TEXT>...\n       tasks annotate [OPTIONS] <ID>... -- <TEXT>...\n       tasks annotate [OPTIONS] --where <FILTER>... -- <TEXT>...")]
pub struct Args {
    #[command(flatten)]
    amend: AmendArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let amending = Amending {
        name: "annotate",
        verb: Verb::Annotate,
        amendment: Amendment::Annotate,
        scope: OccurrenceScope::This,
        example: "called, no answer",
    };
    amend::run(&args.amend, amending, ctx)
}
