//! `tasks history`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{History, Outcome};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks history 3         what was done to task 3, newest first
  tasks revert qv         take one of those back; qv is what stands in front of it";

/// Show what was done to a task, field by field
///
/// Every command that changed it, newest first, with what each field was before. Undo and redo are commands too.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A number, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID")]
    id: String,
    /// Most commands to show
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request =
        v1::GetHistoryRequest { caller: Some(ctx.present.caller()), reference: args.id.clone(), limit: args.limit };
    let response = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.operations().get_history(request).await?.into_inner()) }
    })?;
    let task = response.task.unwrap_or_default();
    Ok(Outcome::History(Box::new(History { task, entries: response.entries, more: response.more })))
}
