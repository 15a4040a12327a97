//! `tasks context`.

use super::{config, view};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{ContextReport, Outcome};
use crate::settings::{self, Config};
use tasks_proto::v1;

/// The setting that keeps it.
const SETTING: &str = "context";
/// The word for no context.
const NONE: &str = "none";

const EXAMPLES: &str = "\
Examples:
  tasks context work              the view work; save it first: tasks view save work 'project:work'
  tasks context '@home or +flat'  any filter
  tasks context                   which one is active
  tasks context none              everything again
  tasks --no-context list         everything, once
  export TASKS_CONTEXT=work       for a shell, or for a folder with direnv";

/// Narrow the lists to a view or a filter, until further notice
///
/// Holds for the agenda, list, next and search on this device, and is always shown. Tasks named by their number or id are never
/// hidden. A new task gets the project and the tags of the context, when that asks for nothing else.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The name of a view, a filter, or none
    #[arg(value_name = "NAME|FILTER|none")]
    context: Vec<String>,
    /// Show what it would do, and do nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let mut before = None;
    if !args.context.is_empty() {
        let text = args.context.join(" ");
        let text = text.trim();
        let none = text.is_empty() || text.eq_ignore_ascii_case(NONE);
        if !none {
            check(ctx, text)?;
        }
        let path = config::path(ctx)?;
        let value = if none { None } else { Some(text) };
        let report = config::change(ctx, &path, SETTING, value, args.dry_run)?;
        before = Some(report.change.and_then(|change| change.before).unwrap_or_else(|| NONE.to_owned()));
        ctx.config = Config { context: value.map(str::to_owned), ..report.config };
        if !args.dry_run {
            ctx.config = Config::load(&ctx.env)?;
        }
    }
    let setting = settings::find(SETTING)?;
    let filter = match ctx.context_view() {
        Some(name) => view::named(ctx, name).ok().map(|view| view.filter),
        None => ctx.config.context.clone(),
    };
    Ok(Outcome::Context(ContextReport {
        name: ctx.context_view().map(str::to_owned),
        context: ctx.config.context.clone(),
        filter,
        origin: ctx.config.origin(setting).cloned(),
        before,
        dry_run: args.dry_run,
    }))
}

/// That a context can be read now; a view must be there.
fn check(ctx: &Ctx, text: &str) -> Result<(), CliError> {
    if let Some(name) = crate::ctx::view_name(text) {
        return view::named(ctx, name).map(drop);
    }
    let request = v1::ListTasksRequest {
        caller: Some(ctx.present.caller()),
        filter: vec![text.to_owned()],
        limit: 1,
        ..v1::ListTasksRequest::default()
    };
    ctx.call(|client| super::list::collect(client, request.clone())).map(drop)
}
