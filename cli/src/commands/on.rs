//! `tasks on`.

use super::wait::length;
use super::watch::since;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::hooks::{self, Hook, Place, Program};
use crate::link::feed::Feed;
use crate::outcome::Outcome;
use std::path::PathBuf;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks on completed --exec 'notify-send \"Done: $TASKS_TITLE\"'
  tasks on created,updated @home --exec ./publish --state ~/.cache/publish.cursor --retries 5
  tasks on all -- jq .task.title

The command gets the event as JSON on its standard input (what tasks watch --json prints), and TASKS_EVENT, TASKS_EVENT_ID,
TASKS_CURSOR, TASKS_ID, TASKS_NUMBER, TASKS_TITLE, TASKS_STATUS, TASKS_PROJECT and TASKS_TAGS in its environment. It runs in a
process group of its own, which is ended after the timeout. What it writes is shown, and kept with its failures in on.log
beside the daemon's log. With --state each event is handed over at least once, also over restarts: drop repeats by the event's
id. Ctrl-C ends it.";

/// Run a command for each event
///
/// Never in the way of whoever changes tasks: a command that fails or hangs delays nobody, not even the other commands.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which events, with commas between: created, updated, started, stopped, completed, reopened, deleted, restored, removed;
    /// reminder.scheduled, .sent, .failed, .cancelled, .acknowledged; all
    #[arg(value_name = "EVENT")]
    event: String,
    /// Only tasks that match, as in tasks watch
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// The words of the filter as `argv` hands them over, so that one may begin with `-`
    #[arg(long = "word", hide = true, allow_hyphen_values = true)]
    words: Vec<String>,
    /// Run this with the shell; or put a command and its arguments behind `--`
    #[arg(
        long,
        value_name = "CMD",
        allow_hyphen_values = true,
        conflicts_with = "argv",
        required_unless_present = "argv"
    )]
    exec: Option<String>,
    /// Most commands at once; 1 for one after the other
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,
    /// End a command that takes longer
    #[arg(long, value_name = "LENGTH", default_value = "30s")]
    timeout: String,
    /// Run a command that failed so many times again, after 1 s, 2 s, 4 s and so on up to a minute
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    retries: u32,
    /// Begin behind the event with this cursor, instead of now
    #[arg(long, value_name = "CURSOR")]
    since: Option<String>,
    /// Keep the place in this file, and go on from there the next time
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// The command and its arguments, without a shell
    #[arg(last = true, value_name = "COMMAND")]
    argv: Vec<String>,
}

/// Runs it; ends by a signal.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let program = match (&args.exec, args.argv.split_first()) {
        (Some(line), _) if !line.trim().is_empty() => Program::Shell(line.clone()),
        (None, Some((program, rest))) if !program.is_empty() => Program::Argv(program.clone(), rest.to_vec()),
        _ => return Err(CliError::usage("there is no command to run", "say --exec CMD, or -- COMMAND")),
    };
    let hook = Hook { program, jobs: args.jobs, timeout: length(&args.timeout)?, retries: args.retries };
    let place = args.state.as_deref().map(Place::open).transpose()?;
    let kept = place.as_ref().and_then(Place::cursor);
    let request = v1::WatchRequest {
        caller: None,
        filter: args.filter.iter().chain(&args.words).cloned().collect(),
        types: args.event.split(',').map(str::to_owned).collect(),
        since: kept.map_or_else(|| since(args.since.as_deref()), |cursor| Ok(cursor.to_string()))?,
    };
    let feed = Feed::new(&ctx.env, &ctx.present, request)?;
    hooks::run(ctx, feed, hook, place)
}
