//! What start, stop, done, reopen, rm and restore have in common: they take tasks one step on.

use super::targets::{self, Targets, TaskArgs};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::client::Client;
use tasks_proto::v1;
use tasks_proto::v1::OccurrenceScope;
use tonic::Status;

/// One verb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// For the words of the answer.
    pub(super) verb: Verb,
    /// Begins the question before many are changed, as "Start".
    pub(super) question: &'static str,
    /// What is asked of the daemon.
    pub(super) request: Request,
}

/// The requests there are for steps.
#[derive(Clone, Copy, Debug)]
pub(super) enum Request {
    Status(v1::StatusAction),
    Delete(OccurrenceScope),
    Restore,
}

/// Takes the tasks the step; with `deep` their sub-tasks too.
pub(super) fn take(args: &TaskArgs, deep: bool, ctx: &mut Ctx, step: Step) -> Result<Outcome, CliError> {
    let targets = Targets::of(args, deep);
    let send = |ctx: &Ctx, options: v1::WriteOptions, agreed| {
        let (references, selection) = (targets.references.clone(), targets.selection(agreed));
        let ask = |client| ask(client, step.request, Some(options.clone()), references.clone(), selection.clone());
        Ok((ctx.call(ask)?, ()))
    };
    let (result, ()) = targets::write(ctx, args.write, &targets, step.question, send)?;
    Ok(Outcome::Written(Box::new(Written {
        verb: step.verb,
        result,
        readings: Vec::new(),
        references: targets.references,
        near: Vec::new(),
        failures: Vec::new(),
    })))
}

async fn ask(
    client: Client,
    request: Request,
    options: Option<v1::WriteOptions>,
    references: Vec<String>,
    selection: Option<v1::Selection>,
) -> Result<v1::WriteResult, Status> {
    let mut tasks = client.tasks();
    let result = match request {
        Request::Status(action) => {
            let request = v1::SetStatusRequest { options, references, selection, action: action.into() };
            tasks.set_status(request).await?.into_inner().result
        }
        Request::Delete(scope) => {
            let request = v1::DeleteTasksRequest { options, references, selection, scope: scope.into() };
            tasks.delete_tasks(request).await?.into_inner().result
        }
        Request::Restore => {
            let request = v1::RestoreTasksRequest { options, references, selection };
            tasks.restore_tasks(request).await?.into_inner().result
        }
    };
    Ok(result.unwrap_or_default())
}
