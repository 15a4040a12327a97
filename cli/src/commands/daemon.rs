//! `tasks daemon`.

use super::status;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::life;
use crate::outcome::{Outcome, Said};
use tasks_daemon::{RunOutcome, Started};
use tasks_domain::error::ErrorKind;

/// Exit code of `tasks daemon status` when it does not run: the condition asked about does not hold.
const NOT_RUNNING_CODE: u8 = ErrorKind::Failed.exit_code();

const EXAMPLES: &str = "\
Examples:
  tasks daemon status           is it there, and since when
  tasks daemon logs -n 50       its last words
  tasks daemon install          start it with the session (systemd or launchd)";

/// Look after the background process that keeps the tasks
///
/// Commands start it by themselves; nothing here is needed from day to day.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

/// What to do with the daemon.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    /// Be the daemon, until told to stop
    Run {
        /// Leave the terminal and go on in the background
        #[arg(long)]
        background: bool,
    },
    /// Deliver reminders; the daemon runs this by itself
    #[command(hide = true)]
    Courier,
    /// Start it, unless it runs
    Start,
    /// Let it finish what it does, and stop it
    Stop,
    /// Stop it and start the one of this build
    Restart,
    /// Is it there, and how is it? Exit code 1 when it is not
    Status,
    /// Show the last lines of its log
    Logs {
        /// How many lines
        #[arg(short = 'n', long = "lines", value_name = "N", default_value_t = 20)]
        lines: usize,
    },
    /// Start it with the session: a systemd user unit, or a launchd agent
    Install {
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let said = |words: &str, state, pid| Outcome::Said(Said { words: words.to_owned(), state, pid, ..Said::default() });
    Ok(match &args.verb {
        Verb::Run { background } => match life::run(&ctx.env, *background, ctx.present.now.unix_ms())? {
            RunOutcome::Served => Outcome::Text(String::new()),
            // A starter in the background was told by the daemon itself.
            RunOutcome::AlreadyRunning if *background => Outcome::Text(String::new()),
            RunOutcome::AlreadyRunning => said("the daemon runs already", "running", 0),
        },
        Verb::Courier => {
            crate::link::courier::run(&ctx.env)?;
            Outcome::Text(String::new())
        }
        Verb::Start => match life::start(&ctx.env)? {
            Started::New { pid } => said("the daemon was started", "running", pid),
            Started::Already { pid } => said("the daemon runs already", "running", pid),
        },
        Verb::Stop => match life::stop(&ctx.env)? {
            Some(pid) => said("the daemon was stopped", "stopped", pid),
            None => said("no daemon runs", "stopped", 0),
        },
        Verb::Restart => {
            life::stop(&ctx.env)?;
            let (Started::New { pid } | Started::Already { pid }) = life::start(&ctx.env)?;
            said("the daemon was restarted", "running", pid)
        }
        Verb::Status => status::report(ctx, NOT_RUNNING_CODE)?,
        Verb::Logs { lines } => {
            let lines = life::logs(&ctx.env, *lines)?;
            Outcome::Text(lines.into_iter().map(|line| line + "\n").collect())
        }
        Verb::Install { dry_run } => {
            let installed = life::install(&ctx.env, *dry_run)?;
            let (words, state, start) = if *dry_run {
                (
                    "would write what starts the daemon with the session",
                    "would_install",
                    "then, to start it at every login",
                )
            } else {
                ("the daemon can start with the session now", "installed", "start it now and at every login")
            };
            Outcome::Said(Said {
                words: words.to_owned(),
                state,
                pid: 0,
                file: installed.path.display().to_string(),
                hint: format!("{start}: {}; undo: {}", installed.enable, installed.disable),
            })
        }
    })
}
