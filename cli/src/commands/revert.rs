//! `tasks revert`.

use crate::ctx::{Ctx, UNASKED_MAX, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, TakenBack, Way};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks log                     what was done, each with its letters
  tasks revert qv --dry-run     what taking qv back would change
  tasks revert qv               take it back, and nothing else
  tasks undo                    no, it was right";

/// Take back one command of any age
///
/// What was changed since stays as it is, and is named. A revert is a command of its own, which undo takes back.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The letters of the command in tasks log or tasks history (their beginning is enough)
    #[arg(value_name = "COMMAND")]
    operation: String,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    if !args.write.yes && !args.write.dry_run {
        let tried = send(args, ctx, WriteArgs { dry_run: true, ..args.write })?;
        let tasks: Vec<v1::Task> =
            tried.iter().filter_map(|step| step.result.clone()).flat_map(|result| result.tasks).collect();
        if tasks.len() > UNASKED_MAX {
            ctx.require_terminal(&format!("this changes {} tasks", tasks.len()))?;
            ctx.ui.confirm(
                &mut ctx.stdin,
                &tasks,
                &format!("Take back what was done to these {} tasks?", tasks.len()),
            )?;
        }
    }
    let steps = send(args, ctx, args.write)?;
    Ok(Outcome::TakenBack(TakenBack { way: Way::Revert, steps, dry_run: args.write.dry_run }))
}

fn send(args: &Args, ctx: &Ctx, write: WriteArgs) -> Result<Vec<v1::TakenBack>, CliError> {
    let request = v1::RevertRequest { options: Some(ctx.write_options(write)?), reference: args.operation.clone() };
    let step = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.operations().revert(request).await?.into_inner().step) }
    })?;
    Ok(step.into_iter().collect())
}
