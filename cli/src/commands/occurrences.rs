//! Which occurrences are meant of something that comes again.

use crate::ctx::Ctx;
use crate::error::CliError;
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::v1::OccurrenceScope;

/// Flags that say which.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
#[command(next_help_heading = "What comes again")]
pub(super) struct ScopeArgs {
    /// This occurrence alone
    #[arg(long, conflicts_with_all = ["future", "all"])]
    this: bool,
    /// This one and those after it
    #[arg(long, conflicts_with = "all")]
    future: bool,
    /// Every one that is not ended
    #[arg(long)]
    all: bool,
}

impl ScopeArgs {
    /// As requests carry it.
    pub(super) fn to_wire(self) -> OccurrenceScope {
        match (self.this, self.future, self.all) {
            (true, ..) => OccurrenceScope::This,
            (_, true, _) => OccurrenceScope::Future,
            (.., true) => OccurrenceScope::All,
            _ => OccurrenceScope::Unspecified,
        }
    }
}

/// Does a write with the scope that was said; where it must be said and was not, a person is asked once.
pub(super) fn asking<T>(
    ctx: &mut Ctx,
    scope: OccurrenceScope,
    mut write: impl FnMut(&mut Ctx, OccurrenceScope) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let failure = match write(ctx, scope) {
        Err(CliError::Failure(failure)) if is_asked(&failure) => failure,
        result => return result,
    };
    if !ctx.ui.can_ask() {
        return Err(CliError::Failure(failure));
    }
    let question = format!("{} [this/future/all] ", failure.message);
    let answer = ctx.ui.ask_line(&mut ctx.stdin, &question)?.trim().to_lowercase();
    let chosen = match answer.as_str() {
        "t" | "this" => OccurrenceScope::This,
        "f" | "future" => OccurrenceScope::Future,
        "a" | "all" => OccurrenceScope::All,
        _ => {
            let hint = "answer this, future (this one and those after it) or all";
            return Err(CliError::hinted(ErrorKind::Refused, "nothing was chosen: nothing was changed", hint));
        }
    };
    write(ctx, chosen)
}

/// Whether the daemon asks which ones are meant.
fn is_asked(failure: &tasks_proto::error::Failure) -> bool {
    let asked = Error::WhichOccurrences { title: String::new() };
    failure.kind == asked.kind() && failure.hint == asked.hint()
}
