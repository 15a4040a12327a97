//! `tasks next`.

use super::list::{long_help_only, long_quiet_only};
use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Next, Outcome};
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks next                       the one to do now
  tasks next @home --limit 3 --why
  tasks start $(tasks next --quiet)";

/// Show the most pressing task that can be worked on
///
/// By urgency: due date, priority, what is started already, age, tags and project. Hidden and blocked tasks are left out, unless
/// the filter speaks of status or waiting. Ends with 3 when there is nothing to do.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = long_help_only(), arg = long_quiet_only())]
pub struct Args {
    /// What must hold, as for list
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Most tasks to show
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
    /// Explain the urgency: the sum, line by line
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request =
        v1::NextTasksRequest { caller: Some(ctx.in_context()), filter: args.filter.clone(), limit: args.limit };
    let answer = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.queries().next_tasks(request).await?.into_inner()) }
    })?;
    if answer.tasks.is_empty() {
        return Err(CliError::hinted(
            ErrorKind::NotFound,
            "there is nothing to do now",
            "tasks list is:waiting or is:blocked shows what is held back",
        ));
    }
    Ok(Outcome::Next(Next { tasks: answer.tasks, more: answer.more, why: args.why }))
}
