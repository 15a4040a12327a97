//! `tasks watch`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::feed::{Feed, Follow};
use crate::outcome::Outcome;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks watch                              everything, from now on
  tasks watch +work --event completed      only what is finished there
  tasks watch --json --since kqzxwvut-42   one JSON object a line, from where you were

Each event has a cursor; with --since it goes on right behind it, without gap or repeat, also after a restart of the daemon.
An event of the type `resync` says that what happened since that cursor is not known any more (it is kept for 7 days, or
100,000 events): look at everything anew, and go on from there. Ctrl-C ends it.";

/// Show what happens, as it happens
///
/// One line an event: when, what, which task, and which fields were changed.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only tasks that match: words, @project, +tag, -tag, priority:high (as in tasks list, but whatever their status)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Only these events: created, updated, started, stopped, completed, reopened, deleted, restored, removed, and of reminders
    /// reminder.scheduled, .sent, .failed, .cancelled, .acknowledged. Can be repeated
    #[arg(long = "event", value_name = "TYPE", value_delimiter = ',')]
    events: Vec<String>,
    /// Begin behind the event with this cursor, instead of now
    #[arg(long, value_name = "CURSOR")]
    since: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let request = v1::WatchRequest {
        caller: None,
        filter: args.filter.clone(),
        types: args.events.clone(),
        since: since(args.since.as_deref())?,
    };
    Ok(Outcome::Events(Box::new(Follow::new(Feed::new(&ctx.env, &ctx.present, request)?)?)))
}

/// A cursor as requests carry it. The empty text, which a script has that never saw an event, is none.
pub(super) fn since(cursor: Option<&str>) -> Result<String, CliError> {
    let cursor = cursor.unwrap_or_default().trim();
    if !cursor.is_empty() {
        tasks_domain::cursor::Cursor::parse(cursor)?;
    }
    Ok(cursor.to_owned())
}
