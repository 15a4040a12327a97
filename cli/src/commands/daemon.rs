//! `tasks daemon`.

use super::status;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::life;
use crate::outcome::{Outcome, Said};
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
#[command(after_help = EXAMPLES, arg_required_else_help = false, subcommand_required = true)]
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
    Install,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match &args.verb {
        Verb::Run { background } => {
            life::run(&ctx.env, *background)?;
            Ok(Outcome::Text(String::new()))
        }
        Verb::Start => {
            let (pid, started) = life::start(&ctx.env)?;
            let words = if started { "the daemon runs" } else { "the daemon runs already" };
            Ok(said(words, "running", pid))
        }
        Verb::Stop => Ok(match life::stop(&ctx.env)? {
            Some(pid) => said("the daemon stopped", "stopped", pid),
            None => said("no daemon runs", "stopped", 0),
        }),
        Verb::Restart => {
            life::stop(&ctx.env)?;
            let (pid, _) = life::start(&ctx.env)?;
            Ok(said("the daemon was restarted", "running", pid))
        }
        Verb::Status => status::report(ctx, NOT_RUNNING_CODE),
        Verb::Logs { lines } => Ok(Outcome::Text(life::logs(&ctx.env, *lines)?)),
        Verb::Install => {
            let (file, next) = life::install(&ctx.env)?;
            Ok(Outcome::Said(Said {
                words: "the daemon will start with the session".into(),
                state: "installed",
                pid: 0,
                file,
                hint: next,
            }))
        }
    }
}

fn said(words: &str, state: &'static str, pid: u32) -> Outcome {
    Outcome::Said(Said { words: words.to_owned(), state, pid, file: String::new(), hint: String::new() })
}
