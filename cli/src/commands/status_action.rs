//! What start, stop, done and reopen have in common.

use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::v1;

/// Arguments of a verb that needs nothing but tasks.
#[derive(clap::Args, Debug)]
pub(super) struct TaskArgs {
    /// Numbers, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

/// Asks the daemon for `action` on the tasks. `question` begins the question before many are changed, as "Start".
pub(super) fn set(
    args: &TaskArgs,
    ctx: &mut Ctx,
    action: v1::StatusAction,
    verb: Verb,
    question: &str,
) -> Result<Outcome, CliError> {
    ctx.confirm_tasks(&args.ids, args.write, question)?;
    let request = v1::SetStatusRequest {
        options: Some(ctx.write_options(args.write)?),
        references: args.ids.clone(),
        action: action.into(),
    };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.tasks().set_status(request).await?.into_inner().result.unwrap_or_default()) }
    })?;
    Ok(Outcome::Written(Box::new(Written {
        verb,
        result,
        readings: Vec::new(),
        references: args.ids.clone(),
        near: Vec::new(),
    })))
}
