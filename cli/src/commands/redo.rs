//! `tasks redo`.

use super::taking_back::{self, StepsArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Way};

const EXAMPLES: &str = "\
Examples:
  tasks redo            do again what the last undo took back
  tasks redo 2          the last two";

/// Do again what undo took back
///
/// A new command ends it: only what was taken back since the last command can be done again.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    steps: StepsArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    taking_back::take(&args.steps, ctx, Way::Redo, "Do again")
}
