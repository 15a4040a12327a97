//! `tasks redo`.

use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, TakenBack};
use tasks_proto::v1;

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
    /// How many commands
    #[arg(value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000), hide_default_value = true)]
    steps: u32,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    ctx.confirm_steps(args.steps, args.write, "Do again")?;
    let request = v1::RedoRequest { options: Some(ctx.write_options(args.write)?), steps: args.steps };
    let steps = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.operations().redo(request).await?.into_inner().steps) }
    })?;
    Ok(Outcome::TakenBack(TakenBack { redo: true, steps, dry_run: args.write.dry_run }))
}
