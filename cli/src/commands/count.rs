//! `--count`: how many there are, instead of what they are.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_proto::v1;

/// The flag.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(super) struct CountArg {
    /// Print how many there are, and nothing else
    #[arg(long)]
    pub(super) count: bool,
}

/// How many tasks a filter finds within the context, due up to so many days from today where that is said.
pub(super) fn tasks(ctx: &mut Ctx, filter: &[String], horizon_days: Option<u32>) -> Result<Outcome, CliError> {
    let request = v1::CountTasksRequest { caller: Some(ctx.in_context()), filter: filter.to_vec(), horizon_days };
    let count = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.queries().count_tasks(request).await?.into_inner().count) }
    })?;
    Ok(Outcome::Counted(count))
}

/// How many of something are there.
pub(super) fn of<T>(things: &[T]) -> Outcome {
    Outcome::Counted(things.len() as u64)
}
