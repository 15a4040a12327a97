//! `tasks search`.

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Found, Outcome};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks search rent landlord     the tasks that fit best, open ones first
  tasks search lanldord          slips of the finger are forgiven
  tasks search invoice --where @work --limit 5";

/// Search titles, notes, projects and tags
///
/// Finds tasks by words that you remember, best first; done ones come last. For exact conditions see list.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Words; their beginnings are enough
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// Only among tasks that a filter finds, as for list
    #[arg(long = "where", value_name = "FILTER", num_args = 1.., allow_hyphen_values = true)]
    filter: Vec<String>,
    /// Most tasks to show
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::SearchTasksRequest {
        caller: Some(ctx.in_context()),
        text: args.text.join(" "),
        filter: args.filter.clone(),
        limit: args.limit,
    };
    let answer = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.queries().search_tasks(request).await?.into_inner()) }
    })?;
    Ok(Outcome::Found(Found { answer, text: request.text }))
}
