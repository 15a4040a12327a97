//! `tasks` without a verb: the agenda. `tasks today` is its beginning.

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
    let days = ctx.config.agenda_days;
    due_within(ctx, days, &[])
}

/// What is overdue, due today, and due in so many days after it, as far as a filter finds it.
pub(super) fn due_within(ctx: &mut Ctx, days: u32, filter: &[String]) -> Result<Outcome, CliError> {
    let caller = ctx.in_context();
    let agenda = ctx.call(|client| ask(client, caller.clone(), days, filter.to_vec()))?;
    Ok(Outcome::Agenda(agenda))
}

async fn ask(client: Client, caller: v1::Caller, days: u32, filter: Vec<String>) -> Result<Agenda, Status> {
    let narrowed = !filter.is_empty();
    let request = |also: &[&str], limit| {
        // What was typed stays together, whatever is in it.
        let typed = if narrowed && !also.is_empty() {
            ["(".to_owned()].into_iter().chain(filter.clone()).chain([")".to_owned()]).collect()
        } else {
            filter.clone()
        };
        v1::ListTasksRequest {
            caller: Some(caller.clone()),
            filter: also.iter().map(|word| (*word).to_owned()).chain(typed).collect(),
            sort: v1::SortOrder::Due.into(),
            limit,
            horizon_days: Some(days),
            short_ids: false,
            view: v1::TaskView::Unspecified.into(),
            reverse: false,
            then: Vec::new(),
        }
    };
    let (tasks, more) = collect(client.clone(), request(&[], PAGE)).await?;
    // How many are open now says nothing of then, nor of a filter.
    let open_tasks = if caller.past || narrowed {
        Some(tasks.len() as u64)
    } else if caller.context.is_empty() {
        Some(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner().open_tasks)
    } else {
        let all =
            v1::ListTasksRequest { horizon_days: None, view: v1::TaskView::Basic.into(), ..request(&[], COUNTED_MAX) };
        let (all, more) = collect(client.clone(), all).await?;
        (!more).then_some(all.len() as u64)
    };
    let agenda = Agenda { open_tasks, days, narrowed, ..Agenda::default() };
    if !more {
        return Ok(Agenda { tasks, ..agenda });
    }
    let (mut tasks, more_overdue) = collect(client.clone(), request(&["is:overdue"], OVERDUE_MAX)).await?;
    let (coming, more) = collect(client, request(&["not", "is:overdue"], PAGE)).await?;
    tasks.extend(coming);
    Ok(Agenda { tasks, more_overdue, more, ..agenda })
}
