//! `tasks view`.

use super::list;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::order::Sort;
use crate::outcome::{Outcome, ViewChange, ViewsReport};
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::v1;

/// Words that are commands here, and so no names of views.
const RESERVED: [&str; 5] = ["save", "list", "show", "rm", "help"];

const EXAMPLES: &str = "\
Examples:
  tasks view save work 'project:work -someday' --sort urgency
  tasks view work                       list it
  tasks view work due:today             list it, narrowed
  tasks list view:work or +urgent       a view is a term of any filter, of other views too
  tasks context work                    narrow tasks, list and search to it from now on
  tasks view rm work                    undo: tasks undo";

/// Keep filters under a name
///
/// With a name: list the tasks of that view, in its order; more words narrow it. Without: list the views.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// The view to list
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// What must hold besides, as for tasks list
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
}

/// What to do with views.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    /// Save a filter under a name, over what was saved there
    Save {
        /// One word: letters, digits, - and _
        #[arg(value_name = "NAME")]
        name: String,
        /// The filter, best in quotes: 'project:work -someday'
        #[arg(value_name = "FILTER", required = true)]
        filter: Vec<String>,
        /// The order of its list
        #[arg(long, value_name = "ORDER", value_enum)]
        sort: Option<Sort>,
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List the views
    List,
    /// Show one view
    Show {
        /// Which
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Remove a view; its tasks stay
    Rm {
        /// Which
        #[arg(value_name = "NAME")]
        name: String,
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match (&args.verb, &args.name) {
        (None, Some(name)) => tasks_of(ctx, name, &args.filter),
        (None, None) | (Some(Verb::List), _) => Ok(views(ctx.views()?, false)),
        (Some(Verb::Show { name }), _) => Ok(views(vec![named(ctx, name)?], true)),
        (Some(Verb::Save { name, filter, sort, dry_run }), _) => save(ctx, name, &filter.join(" "), *sort, *dry_run),
        (Some(Verb::Rm { name, dry_run }), _) => remove(ctx, name, *dry_run),
    }
}

fn views(views: Vec<v1::View>, one: bool) -> Outcome {
    Outcome::Views(Box::new(ViewsReport { views, one, change: None }))
}

/// The view of that name.
pub(super) fn named(ctx: &Ctx, name: &str) -> Result<v1::View, CliError> {
    let all = ctx.views()?;
    let folded = name.to_lowercase();
    let known = || all.iter().map(|view| view.name.clone()).collect();
    let found = all.iter().find(|view| view.name.to_lowercase() == folded).cloned();
    found.ok_or_else(|| Error::NoSuchView { name: name.to_owned(), known: known(), place: None }.into())
}

fn tasks_of(ctx: &mut Ctx, name: &str, filter: &[String]) -> Result<Outcome, CliError> {
    let view = named(ctx, name).map_err(|error| match error {
        CliError::Failure(mut failure)
            if failure.kind == ErrorKind::NotFound && name.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            failure.hint = Some(format!("to see the task: tasks show {name}"));
            CliError::Failure(failure)
        }
        error => error,
    })?;
    let mut words = vec![format!("view:{}", view.name)];
    if !filter.is_empty() {
        words.push("(".to_owned());
        words.extend_from_slice(filter);
        words.push(")".to_owned());
    }
    // Who names a view means all of it, whatever the context.
    let caller = ctx.present.caller();
    list::listing(ctx, caller, words, view.sort())
}

fn save(ctx: &Ctx, name: &str, filter: &str, sort: Option<Sort>, dry_run: bool) -> Result<Outcome, CliError> {
    if RESERVED.contains(&name.to_lowercase().as_str()) {
        return Err(CliError::hinted(
            ErrorKind::Refused,
            format!("`{name}` is a command of tasks view, not a name"),
            format!("call it something else, as my-{name}"),
        ));
    }
    let request = v1::SaveViewRequest {
        options: Some(ctx.write_options(crate::ctx::WriteArgs { dry_run, yes: false })?),
        name: name.to_owned(),
        filter: filter.to_owned(),
        sort: sort.map_or(v1::SortOrder::Unspecified, v1::SortOrder::from).into(),
    };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.settings().save_view(request).await?.into_inner().result.unwrap_or_default()) }
    })?;
    Ok(changed(name, result))
}

fn remove(ctx: &Ctx, name: &str, dry_run: bool) -> Result<Outcome, CliError> {
    let request = v1::DeleteViewRequest {
        options: Some(ctx.write_options(crate::ctx::WriteArgs { dry_run, yes: false })?),
        name: name.to_owned(),
    };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.settings().delete_view(request).await?.into_inner().result.unwrap_or_default()) }
    })?;
    Ok(changed(name, result))
}

fn changed(name: &str, result: v1::ViewResult) -> Outcome {
    let views = result.after.iter().cloned().collect();
    let change = Some(ViewChange { name: name.to_owned(), result });
    Outcome::Views(Box::new(ViewsReport { views, one: true, change }))
}
