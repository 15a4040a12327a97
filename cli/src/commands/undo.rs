//! `tasks undo`.

use super::taking_back::{self, StepsArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Way};

const EXAMPLES: &str = "\
Examples:
  tasks undo            take back the last command
  tasks undo 2          the last two
  tasks redo            do again what undo took back
  tasks revert qv       take back one command of any age: see tasks log";

/// Take back the last command, or the last N
///
/// Only commands of this device are taken back. What was changed since stays as it is, and is named.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    steps: StepsArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    taking_back::take(&args.steps, ctx, Way::Undo, "Take back")
}
