//! What undo and redo have in common.

use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, TakenBack, Way};
use tasks_proto::v1;

/// How many commands, and the flags of a write.
#[derive(clap::Args, Debug)]
pub(super) struct StepsArgs {
    /// How many commands
    #[arg(value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000), hide_default_value = true)]
    steps: u32,
    #[command(flatten)]
    write: WriteArgs,
}

/// Takes the newest commands back, or does again what was taken back. `question` begins the question before many, as "Take back".
pub(super) fn take(args: &StepsArgs, ctx: &mut Ctx, way: Way, question: &str) -> Result<Outcome, CliError> {
    ctx.confirm_steps(args.steps, args.write, question)?;
    let (options, steps) = (Some(ctx.write_options(args.write)?), args.steps);
    let steps = ctx.call(|client| {
        let options = options.clone();
        async move {
            Ok(match way {
                Way::Redo => client.operations().redo(v1::RedoRequest { options, steps }).await?.into_inner().steps,
                _ => client.operations().undo(v1::UndoRequest { options, steps }).await?.into_inner().steps,
            })
        }
    })?;
    Ok(Outcome::TakenBack(TakenBack { way, steps, dry_run: args.write.dry_run }))
}
