//! `tasks undo`.

use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, TakenBack};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks undo            take back the last command
  tasks undo 2          the last two
  tasks redo            do again what undo took back";

/// Take back the last command, or the last N
///
/// Only commands of this device are taken back. What was changed since stays as it is, and is named.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// How many commands
    #[arg(value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000), hide_default_value = true)]
    steps: u32,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    ctx.confirm_steps(args.steps, args.write, "Take back")?;
    let request = v1::UndoRequest { options: Some(ctx.write_options(args.write)?), steps: args.steps };
    let steps = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.operations().undo(request).await?.into_inner().steps) }
    })?;
    Ok(Outcome::TakenBack(TakenBack { redo: false, steps, dry_run: args.write.dry_run }))
}
