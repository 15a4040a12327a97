//! `tasks rm`.

use super::status_action::TaskArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks rm 3            put task 3 into the trash
  tasks restore qvz     take it out again; the letters are in tasks list status:deleted";

/// Put tasks into the trash
///
/// The trash keeps them for 90 days; restore takes them out as they were.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    tasks: TaskArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let args = &args.tasks;
    ctx.confirm_tasks(&args.ids, args.write, "Delete")?;
    let request =
        v1::DeleteTasksRequest { options: Some(ctx.write_options(args.write)?), references: args.ids.clone() };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.tasks().delete_tasks(request).await?.into_inner().result.unwrap_or_default()) }
    })?;
    Ok(Outcome::Written(Box::new(Written {
        verb: Verb::Remove,
        result,
        readings: Vec::new(),
        references: args.ids.clone(),
        near: Vec::new(),
    })))
}
