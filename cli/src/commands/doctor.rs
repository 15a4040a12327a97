//! `tasks doctor`.

use crate::ctx::Ctx;
use crate::doctor::examine;
use crate::error::CliError;
use crate::outcome::{Outcome, Report};

const EXAMPLES: &str = "\
Examples:
  tasks doctor            is everything as it should be? Exit code 1 when something is not
  tasks doctor --fix      mend what can be mended safely, and say what was done
  tasks doctor --json

Mended are: folders and files that others may enter or read, what a daemon that was killed left behind, and a daemon that does not
answer or is older than this program. Nothing is deleted, and no task is changed.";

/// Look whether everything is as it should be
///
/// Settings, folders and who may enter them, disk, database, daemon, clock, zone, session bus, editor and completions. Works also
/// where nothing else does.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Mend what can be mended safely
    #[arg(long)]
    fix: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    Ok(Outcome::Examined(Report { checks: examine(ctx, args.fix) }))
}
