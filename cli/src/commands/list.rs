//! `tasks list`.

use super::count::{self, CountArg};
use super::past::PastArgs;
use crate::columns::{Column, read_column};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::host::Env;
use crate::link;
use crate::order::{SortBy, SortByParser, ordered};
use crate::outcome::{Coming, Listing, Outcome};
use crate::output::Form;
use tasks_proto::client::Client;
use tasks_proto::v1;
use tonic::Status;

pub(crate) const EXAMPLES: &str = "\
Filters:
  milk \"call mom\"       words that begin so, in title, notes, project or tags
  @home project:home    a project and its parts     +work #work    a tag    -work  not that tag
  due:today due.before:fri due>=\"24 dec\" due:none  also wait, start, end, created, modified, started, done
  priority>=high estimate<=30m urgency>8            title:milk notes:bring    only there
  title.contains:ilk    also within words, or .startswith:, .endswith:; of notes, project and tag too
  /rent|buy/ title:/^call /                         a regular expression, whatever the case
  status:done           open, started, done, deleted, all
  is:overdue            waiting, blocked, blocking, ready, today, parent, child; also +OVERDUE, -BLOCKED
  p1 to p4, !high       a priority      has:due no:project   where it is set, or not; has:reminders, has:parts
  parent:3 after:3 id:3 parts of task 3, what waits for it, itself; id:3,5-9
  rule:3                of the rule that made task 3; also by the letters of a rule; rule:any
  or, not, ( )          combine them; project:any and project.none: hold where it is set, or not

By name, alone or with more of a filter: tasks overdue, tomorrow, ready, waiting, blocked, blocking, unblocked,
started, recurring, inbox (no project), completed, trash, all.

Examples:
  tasks list @home -someday
  tasks list due.before:fri or priority:urgent --sort urgency
  tasks list --sort project,due-            by project, in each the latest due date first
  tasks list status:done --limit 10
  tasks list is:overdue --count             how many, as a number
  tasks list +work --json --all
  tasks list --columns id,title,created --sort created";

/// List the tasks that match a filter
///
/// Without a filter: all open tasks, by due date. Every word narrows the list; quote words that the shell would read.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = long_help_only(), arg = long_quiet_only())]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// What must hold; words may begin with `-`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Order of the list, or several that decide one after the other; with - behind from the greatest value, with + from the
    /// least. By due date if the settings say nothing else
    #[arg(long, value_name = "ORDER", value_delimiter = ',', value_parser = SortByParser)]
    sort: Vec<SortBy>,
    /// Turn the order around
    #[arg(long)]
    reverse: bool,
    /// Most tasks to list, 50 if the settings say nothing else; 0 for all
    #[arg(long, value_name = "N", allow_hyphen_values = true, conflicts_with = "count")]
    limit: Option<u32>,
    /// List all tasks, as --limit 0
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Columns to show, in this order: id, title, due, relative, status, priority, labels, project, tags, urgency, estimate,
    /// progress, start, end, wait, created, modified, started, done, deleted, notes, letters. JSON always has everything
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = read_column)]
    columns: Vec<Column>,
    /// Show parts where the order has them, not under what they are a part of
    #[arg(long)]
    flat: bool,
    #[command(flatten)]
    count: CountArg,
    /// Answer with one JSON object a line
    #[arg(long, conflicts_with = "count")]
    pub(crate) ndjson: bool,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// `--help` without `-h`, which could be a word of a filter.
pub(super) fn long_help_only() -> clap::Arg {
    clap::Arg::new("help").long("help").action(clap::ArgAction::Help).help("Print help")
}

/// `--quiet` without `-q`; stands in for the flag of all commands.
pub(super) fn long_quiet_only() -> clap::Arg {
    clap::Arg::new("quiet")
        .long("quiet")
        .action(clap::ArgAction::SetTrue)
        .help("Answer with ids only, one a line")
        .help_heading("Global options")
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    if args.count.count {
        return count::tasks(ctx, &args.filter, None);
    }
    let limit = if args.all { 0 } else { args.limit.unwrap_or(ctx.config.list_limit) };
    let request = v1::ListTasksRequest {
        caller: Some(ctx.in_context()),
        filter: args.filter.clone(),
        limit,
        view: view(args, ctx).into(),
        ..v1::ListTasksRequest::default()
    };
    let usual = [SortBy::from(ctx.config.list_sort)];
    let request = ordered(request, if args.sort.is_empty() { &usual } else { &args.sort }, args.reverse);
    if args.ndjson {
        let messages = messages(&ctx.env, &request)?;
        return Ok(Outcome::Tasks(Box::new(messages.map(|message| message.map(|message| message.tasks)))));
    }
    // Nothing found in a context does not mean that there is nothing.
    let context = || ctx.config.context.iter().cloned().collect();
    let coming = Some(Box::new(messages(&ctx.env, &request)?) as Coming);
    Ok(Outcome::Listing(Listing {
        coming,
        tasks: Vec::new(),
        more: false,
        limit,
        filter: if args.filter.is_empty() { context() } else { args.filter.clone() },
        columns: args.columns.clone(),
        usual: ctx.config.list_columns.clone(),
        flat: args.flat,
    }))
}

/// The lines of the usual columns say less than there is to a task.
fn view(args: &Args, ctx: &Ctx) -> v1::TaskView {
    let in_lines = ctx.ui.form() == Form::Human && ctx.ui.columns().is_none() && !args.ndjson;
    if in_lines && args.columns.is_empty() { v1::TaskView::Basic } else { v1::TaskView::Unspecified }
}

/// A list of what a filter means, without flags; unspecified is the order of the settings.
pub(super) fn listing(
    ctx: &mut Ctx,
    caller: v1::Caller,
    filter: Vec<String>,
    sort: v1::SortOrder,
) -> Result<Outcome, CliError> {
    let limit = ctx.config.list_limit;
    let sort = if sort == v1::SortOrder::Unspecified { ctx.config.list_sort.into() } else { sort };
    let request = v1::ListTasksRequest {
        caller: Some(caller),
        filter: filter.clone(),
        sort: sort.into(),
        limit,
        ..v1::ListTasksRequest::default()
    };
    let (tasks, more) = ctx.call(|client| collect(client, request.clone()))?;
    Ok(Outcome::Listing(Listing {
        tasks,
        more,
        limit,
        filter,
        usual: ctx.config.list_columns.clone(),
        ..Listing::default()
    }))
}

/// The messages of a list, as they come.
fn messages(env: &Env, request: &v1::ListTasksRequest) -> Result<link::Streamed<v1::ListTasksResponse>, CliError> {
    link::stream(env, |client: Client| {
        let request = request.clone();
        async move { Ok(client.tasks().list_tasks(request).await?.into_inner()) }
    })
}

/// All messages of a list in one.
pub(super) async fn collect(client: Client, request: v1::ListTasksRequest) -> Result<(Vec<v1::Task>, bool), Status> {
    let mut stream = client.tasks().list_tasks(request).await?.into_inner();
    let (mut tasks, mut more) = (Vec::new(), false);
    while let Some(message) = stream.message().await? {
        tasks.extend(message.tasks);
        more = message.more;
    }
    Ok((tasks, more))
}
