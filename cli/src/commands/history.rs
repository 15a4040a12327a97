//! `tasks history`.

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{History, Outcome};
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks history 3         what was done to task 3, newest first
  tasks revert qv         take one of those back; qv is what stands in front of it";

/// Show what was done to a task, field by field
///
/// Every command that changed it, newest first, with what each field was before. Undo and redo are commands too.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A number, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID")]
    id: String,
    /// Most commands to show
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

const ENTRIES_MAX: u32 = 1_000;

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    // What came later stands before what is asked for. The task is looked for in what is there now, as it may be called
    // otherwise by now.
    let until = ctx.present.past.then(|| ctx.present.now.instant().timestamp_millis());
    let limit = if until.is_some() { ENTRIES_MAX } else { args.limit };
    let caller = v1::Caller { past: false, ..ctx.present.caller() };
    let request = v1::GetHistoryRequest { caller: Some(caller), reference: args.id.clone(), limit };
    let response = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.operations().get_history(request).await?.into_inner()) }
    })?;
    let task = response.task.unwrap_or_default();
    let mut entries = response.entries;
    entries.retain(|entry| {
        let at = entry.operation.as_ref().map(|operation| operation.at_unix_ms);
        until.is_none_or(|until| at.is_some_and(|at| at <= until))
    });
    let shown = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let more = response.more || entries.len() > shown;
    entries.truncate(shown);
    Ok(Outcome::History(Box::new(History { task, entries, more })))
}
