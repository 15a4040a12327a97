//! `tasks snooze`.

use super::reminders::{Deed, change};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::Outcome;

const EXAMPLES: &str = "\
Examples:
  tasks snooze 3 10 minutes
  tasks snooze 3 tomorrow 9am
  tasks snooze xqv monday          one reminder, by its own id: see tasks reminders

The task stays due when it is; to move that: tasks edit 3 tomorrow 9am";

/// Put a reminder off
///
/// Of a task that is what was shown last, or else what comes next; a task without reminders gets one. A length counts from now.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A task's number or id, or a reminder's id
    #[arg(value_name = "ID")]
    id: String,
    /// How long from now, or until when
    #[arg(value_name = "WHEN", required = true)]
    when: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    change(ctx, std::slice::from_ref(&args.id), &Deed::Snooze(args.when.join(" ")), args.write)
}
