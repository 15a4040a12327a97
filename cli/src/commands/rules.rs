//! `tasks rules`: what comes again.

pub mod preview;

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;

const EXAMPLES: &str = "\
Examples:
  tasks rules preview every 2nd tuesday
  tasks rules preview 'FREQ=MONTHLY;BYMONTHDAY=31' --month-end clamp";

/// Look at what comes again
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

/// What to do with rules.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    #[command(name = "preview")]
    Preview(preview::Args),
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match &args.verb {
        Verb::Preview(args) => preview::run(args, ctx),
    }
}
