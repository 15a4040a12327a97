//! `tasks export`.

use super::list::{long_help_only, long_quiet_only};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link;
use crate::outcome::{Export, ExportPart, Outcome};
use crate::transfer::Format;
use std::path::PathBuf;
use tasks_proto::client::Client;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks export -o tasks.json            everything, done tasks and the trash too
  tasks export @home status:open        what this filter finds
  tasks export --format ndjson | jq -r '.title // empty'
  tasks export | TASKS_HOME=/elsewhere tasks import -

Short numbers belong to a device and are left out; `urgency` and `states` are as of now. A filter that says nothing of the
status finds done and deleted tasks too, and takes their rules and reminders along. What is not in the file: the log of
operations, and the settings of this device (tasks config edit).";

/// Write tasks as JSON, with nothing lost
///
/// Without a filter: all tasks, in the order in which they came, with their rules, their reminders and what became of those,
/// and the saved views. tasks import reads it again, here or elsewhere.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, disable_help_flag = true, arg = long_help_only(), arg = long_quiet_only())]
pub struct Args {
    /// What must hold, as in tasks list
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// The form of the file
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
    /// The file to write, whole or not at all; also -o. Without it the standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::ExportTasksRequest { caller: Some(ctx.present.caller()), filter: args.filter.clone(), after: 0 };
    let ask = |client: Client| {
        let request = request.clone();
        async move { Ok(client.transfer().export_tasks(request).await?.into_inner()) }
    };
    let messages = link::stream(&ctx.env, ask)?;
    let parts = messages.map(|message| {
        message.map(|mut message| {
            if message.records.is_empty() {
                message.tasks.iter_mut().for_each(|task| task.number = 0);
                ExportPart::Tasks(message.tasks)
            } else {
                ExportPart::Records(message.records)
            }
        })
    });
    let to = args.output.clone().filter(|path| path.as_os_str() != "-");
    Ok(Outcome::Exported(Export { parts: Box::new(parts), format: args.format, to }))
}
