//! `tasks restore`.

use super::status_action::TaskArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks list status:deleted     what is in the trash, with its letters
  tasks restore qvz             take that one out";

/// Take tasks out of the trash
///
/// They are what they were before: a done task is done again, an open one open.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let args = &args.tasks;
    ctx.confirm_tasks(&args.ids, args.write, "Restore")?;
    let request =
        v1::RestoreTasksRequest { options: Some(ctx.write_options(args.write)?), references: args.ids.clone() };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.tasks().restore_tasks(request).await?.into_inner().result.unwrap_or_default()) }
    })?;
    Ok(Outcome::Written(Box::new(Written {
        verb: Verb::Restore,
        result,
        readings: Vec::new(),
        references: args.ids.clone(),
        near: Vec::new(),
    })))
}
