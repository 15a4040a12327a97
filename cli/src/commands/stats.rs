//! `tasks stats`.

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Stats};
use tasks_proto::client::Client;
use tasks_proto::v1;
use tonic::Status;

/// Most days that are counted, as the daemon allows it: ten years.
const DAYS_MAX: i64 = 3660;

const EXAMPLES: &str = "\
Examples:
  tasks stats                   the last 30 days
  tasks stats --days 365
  tasks stats @work --days 7    of a filter";

/// Show how much was done: per day, how much is open, streaks, projects and tags
///
/// A task counts on the day it was done by what it says now: one that was reopened is not done.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = super::list::long_help_only(), arg = super::list::long_quiet_only())]
pub struct Args {
    /// Only tasks that match, as in list; words may begin with `-`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Days up to and with today
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=DAYS_MAX))]
    days: u32,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let caller = ctx.present.caller();
    let stats = ctx.call(|client| ask(client, caller.clone(), args.filter.clone(), args.days))?;
    Ok(Outcome::Stats(Box::new(stats)))
}

async fn ask(client: Client, caller: v1::Caller, filter: Vec<String>, days: u32) -> Result<Stats, Status> {
    let request = v1::GetStatsRequest { caller: Some(caller), filter: filter.clone(), days };
    let stats = client.reports().get_stats(request).await?.into_inner();
    Ok(Stats { stats, filter })
}
