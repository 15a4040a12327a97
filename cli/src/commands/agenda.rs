//! `tasks` without a verb: the agenda.

use super::list::collect;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Agenda, Outcome};
use tasks_proto::client::Client;
use tasks_proto::v1;
use tonic::Status;

/// Most tasks in one go: an agenda is to be read.
const PAGE: u32 = 100;
/// Most overdue tasks when there is too much to show all: the coming days must not drown in them.
const OVERDUE_MAX: u32 = 20;
/// Most tasks of a context that are counted; of more it is said that there are.
const COUNTED_MAX: u32 = 200;

/// Runs it.
pub fn run(ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let caller = ctx.in_context();
    let days = ctx.config.agenda_days;
    let agenda = ctx.call(|client| ask(client, caller.clone(), days))?;
    Ok(Outcome::Agenda(agenda))
}

async fn ask(client: Client, caller: v1::Caller, days: u32) -> Result<Agenda, Status> {
    let request = |filter: &[&str], limit| v1::ListTasksRequest {
        caller: Some(caller.clone()),
        filter: filter.iter().map(|word| (*word).to_owned()).collect(),
        sort: v1::SortOrder::Due.into(),
        limit,
        horizon_days: Some(days),
        short_ids: false,
        view: v1::TaskView::Unspecified.into(),
        reverse: false,
    };
    let (tasks, more) = collect(client.clone(), request(&[], PAGE)).await?;
    // How many are open now says nothing of then.
    let open_tasks = if caller.past {
        Some(tasks.len() as u64)
    } else if caller.context.is_empty() {
        Some(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner().open_tasks)
    } else {
        let all =
            v1::ListTasksRequest { horizon_days: None, view: v1::TaskView::Basic.into(), ..request(&[], COUNTED_MAX) };
        let (all, more) = collect(client.clone(), all).await?;
        (!more).then_some(all.len() as u64)
    };
    if !more {
        return Ok(Agenda { tasks, more, more_overdue: false, open_tasks, days });
    }
    let (mut tasks, more_overdue) = collect(client.clone(), request(&["is:overdue"], OVERDUE_MAX)).await?;
    let (coming, more) = collect(client, request(&["not", "is:overdue"], PAGE)).await?;
    tasks.extend(coming);
    Ok(Agenda { tasks, more_overdue, more, open_tasks, days })
}
