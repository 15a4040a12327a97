//! `tasks log`.

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks log             the last 20 commands, newest first
  tasks log --limit 100
  tasks log --since yesterday
  tasks log --since \"2 hours ago\"
  tasks log --at yesterday        what had been done by the end of yesterday
  tasks log --all       also what happened by itself, as reminders that came";

/// Show what was done, newest first
///
/// Every command that changed something is one entry, undo and redo included.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Most entries to show: 20, or with --since 5000, if you do not say
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    limit: Option<u32>,
    /// Only what was done since a moment, as yesterday or "2 hours ago"
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Also what happened by itself: reminders that came, occurrences whose time came
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

const ENTRIES: u32 = 20;
const ENTRIES_MAX: u32 = 5_000;

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let since = args.since.as_deref().map(|text| ctx.present.first_moment(text)).transpose()?;
    let limit = args.limit.unwrap_or(if since.is_some() { ENTRIES_MAX } else { ENTRIES });
    // What came later stands before what is asked for.
    let until = ctx.present.past.then(|| ctx.present.now.instant().timestamp_millis());
    let asked = if until.is_some() { ENTRIES_MAX } else { limit };
    let request = v1::ListOperationsRequest { limit: asked, before_seq: 0, with_clock: args.all };
    let mut operations =
        ctx.call(
            |client| async move { Ok(client.operations().list_operations(request).await?.into_inner().operations) },
        )?;
    // Not all that come are in the order of the caller's clock, so each is looked at.
    operations.retain(|operation| since.is_none_or(|since| operation.at_unix_ms >= since));
    operations.retain(|operation| until.is_none_or(|until| operation.at_unix_ms <= until));
    operations.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Outcome::Log(operations))
}
