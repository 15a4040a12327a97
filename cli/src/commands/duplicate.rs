//! `tasks duplicate`.

use super::edit;
use super::targets::{self, DeepArg, Targets};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks duplicate 3                        the same again, as a new open task
  tasks duplicate 3 next friday            due on another day
  tasks duplicate 3 --deep                 with its sub-tasks
  tasks duplicate qv -- Trip to Rome       with another title: everything before -- is an id";

/// Make copies of tasks
///
/// A copy is a new open task with everything that was set on the original, done or not. A text changes the copy, in the language of
/// tasks add.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks duplicate [OPTIONS] <ID>... [TEXT]...\n       tasks duplicate [OPTIONS] <ID>... -- <TEXT>...")]
pub struct Args {
    /// Tasks to copy, then what is to be different
    #[arg(value_name = "ID|TEXT", required_unless_present = "filter")]
    words: Vec<String>,
    /// All tasks that match a filter, as in tasks list, instead of ids; asks first
    #[arg(long = "where", id = "filter", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Vec<String>,
    /// What is to be different, when everything before `--` is an id
    #[arg(value_name = "TEXT", last = true)]
    text: Vec<String>,
    #[command(flatten)]
    sub_tasks: DeepArg,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let context = ctx.present.reading_context();
    let (references, text) = edit::ids_and_text(&args.words, &args.text, &args.filter, &context);
    let targets = Targets { references, filter: args.filter.clone(), deep: args.sub_tasks.deep };
    let send = |ctx: &Ctx, options, agreed| {
        let request = v1::DuplicateTasksRequest {
            options: Some(options),
            references: targets.references.clone(),
            selection: targets.selection(agreed),
            text: text.clone(),
        };
        let response = ctx.call(|client| {
            let request = request.clone();
            async move { Ok(client.commands().duplicate_tasks(request).await?.into_inner()) }
        })?;
        Ok((response.result.unwrap_or_default(), response.readings))
    };
    // Making tasks is not changing any: only a filter, which may find more than one thinks, asks.
    let ask = if targets.filter.is_empty() { WriteArgs { yes: true, ..args.write } } else { args.write };
    let (result, readings) = targets::write(ctx, ask, &targets, "Copy", send)?;
    let near = ctx.near_of_one(&result.tasks);
    Ok(Outcome::Written(Box::new(Written {
        verb: Verb::Duplicate,
        result,
        readings,
        references: Vec::new(),
        near,
        failures: Vec::new(),
    })))
}
