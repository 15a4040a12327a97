//! `tasks tags`.

use super::count::{self, CountArg};
use super::list::{long_help_only, long_quiet_only};
use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Labels, Outcome};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks tags              those of open tasks
  tasks tags @home        those within a project
  tasks tags --quiet      the names only";

/// Show tags with how many tasks have them
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = long_help_only(), arg = long_quiet_only())]
pub struct Args {
    /// Which tasks count, as for list; all but those in the trash
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Also tags of which every task is done
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    count: CountArg,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::ListTagsRequest { caller: Some(ctx.in_context()), filter: args.filter.clone() };
    let mut tags = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.reports().list_tags(request).await?.into_inner().tags) }
    })?;
    let all = args.all || !args.filter.is_empty();
    tags.retain(|tag| all || tag.counts.is_some_and(|counts| counts.open > 0));
    if args.count.count {
        return Ok(count::of(&tags));
    }
    Ok(Outcome::Tags(Labels { labels: tags, filter: args.filter.clone() }))
}
