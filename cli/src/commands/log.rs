//! `tasks log`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks log             the last 20 commands, newest first
  tasks log --limit 100";

/// Show what was done, newest first
///
/// Every command that changed something is one entry, undo and redo included.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Most entries to show
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::ListOperationsRequest { limit: args.limit, before_seq: 0 };
    let operations =
        ctx.call(
            |client| async move { Ok(client.operations().list_operations(request).await?.into_inner().operations) },
        )?;
    Ok(Outcome::Log(operations))
}
