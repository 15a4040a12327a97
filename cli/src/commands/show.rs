//! `tasks show`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Shown};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks show 3          everything about task 3
  tasks show 3 qvz --json";

/// Show everything about tasks
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Numbers, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::GetTasksRequest { caller: Some(ctx.present.caller()), references: args.ids.clone() };
    let tasks = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.tasks().get_tasks(request).await?.into_inner().tasks) }
    })?;
    let near = ctx.near(&tasks);
    Ok(Outcome::Shown(Shown { tasks, near }))
}
