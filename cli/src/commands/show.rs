//! `tasks show`.

use super::list::collect;
use super::past::PastArgs;
use super::rules::look::ask;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Shown};
use crate::output::Form;
use std::collections::BTreeSet;
use tasks_domain::error::ErrorKind;
use tasks_domain::id::TaskId;
use tasks_proto::v1;

/// Most tasks whose parts are shown, and most parts of one.
const BELOW_MAX: usize = 20;
/// Coming dates of a rule that are told.
const RULE_DATES: u32 = 3;
const PARTS_MAX: u32 = 200;

const EXAMPLES: &str = "\
Examples:
  tasks show 3          everything about task 3
  tasks show 3 qvz --json
  tasks show 1-5        all open ones of these numbers";

/// Show everything about tasks
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Numbers, lists and ranges of them as 1,3,5-7, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::GetTasksRequest { caller: Some(ctx.present.caller()), references: args.ids.clone() };
    let tasks = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.tasks().get_tasks(request).await?.into_inner().tasks) }
    })?;
    let near = ctx.near(&tasks);
    let below = below(ctx, &tasks)?;
    let rules = rules(ctx, &tasks)?;
    Ok(Outcome::Shown(Shown { tasks, near, below, rules }))
}

/// The rules of tasks, when people are to read what they say. The past is asked of the task alone.
fn rules(ctx: &Ctx, tasks: &[v1::Task]) -> Result<Vec<v1::Rule>, CliError> {
    let made = tasks.iter().filter(|task| !task.rule.is_empty()).take(BELOW_MAX);
    let ids: BTreeSet<String> = made.filter_map(|task| TaskId::from_slice(&task.rule)).map(|id| id.letters()).collect();
    if ids.is_empty() || ctx.ui.form() != Form::Human {
        return Ok(Vec::new());
    }
    // A rule that has not come here yet leaves the task as it is.
    match ask(ctx, ids.into_iter().collect(), true, RULE_DATES) {
        Err(CliError::Failure(failure)) if failure.kind == ErrorKind::NotFound => Ok(Vec::new()),
        answer => answer,
    }
}

/// The parts of tasks and what waits for them, when people are to read it.
fn below(ctx: &Ctx, tasks: &[v1::Task]) -> Result<Vec<v1::Task>, CliError> {
    let mut below = Vec::new();
    if ctx.ui.form() != Form::Human {
        return Ok(below);
    }
    for task in tasks.iter().take(BELOW_MAX) {
        let Some(id) = TaskId::from_slice(&task.id) else { continue };
        let id = id.letters();
        let (parts, waiting) = (format!("parent:{id}"), format!("after:{id}"));
        let filter = match task.children_total {
            0 => vec![waiting],
            _ => ["(", &parts, "not", "status:deleted", ")", "or", &waiting].map(str::to_owned).to_vec(),
        };
        let request = v1::ListTasksRequest {
            caller: Some(ctx.present.caller()),
            filter,
            sort: v1::SortOrder::Due.into(),
            limit: PARTS_MAX,
            ..v1::ListTasksRequest::default()
        };
        below.extend(ctx.call(|client| collect(client, request.clone()))?.0);
    }
    Ok(below)
}
