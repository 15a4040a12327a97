//! `tasks denotate`.

use super::amend::{self, AmendArgs, Amending};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb};
use tasks_proto::v1::{Amendment, OccurrenceScope};

const EXAMPLES: &str = "\
Examples:
  tasks denotate 3 called, no answer
  tasks denotate 3 answer                   a part is enough where one line has it
  tasks denotate --where @acme -- Hamburg";

/// Take a line out of the notes of tasks
///
/// The line that the words are, or else the only one they are in; of an annotation the day may be left out. Where several fit, nothing
/// is changed. Of several tasks those that have the line are changed.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks denotate [OPTIONS] <ID> <TEXT>...\n       tasks denotate [OPTIONS] <ID>... -- <TEXT>...\n       tasks denotate [OPTIONS] --where <FILTER>... -- <TEXT>...")]
pub struct Args {
    #[command(flatten)]
    amend: AmendArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let amending = Amending {
        name: "denotate",
        verb: Verb::Denotate,
        amendment: Amendment::Denotate,
        scope: OccurrenceScope::This,
        example: "called, no answer",
    };
    amend::run(&args.amend, amending, ctx)
}
