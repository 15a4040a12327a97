//! The command line as clap knows it.

use crate::commands::Command;
use crate::error::CliError;
use crate::settings::ColorWhen;
use crate::topics;
use crate::usage;
use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;

const AFTER: &str = "\
Examples:
  tasks add buy milk tomorrow 5pm       add a task
  tasks                                 what is due
  tasks done 1                          it is done
  tasks undo                            no, it is not

Tasks are named by their number, also 1,3,5-7, or by the beginning of their letters. Lists have names, too: tasks overdue,
tomorrow, waiting, blocked, ready, started, recurring, inbox, completed, trash, all are short for tasks list. More help: tasks help filters, dates, exit-codes.
Exit codes: 0 done, 1 failed, 2 usage, 3 nothing matched, 4 ambiguous, 5 refused, 6 not allowed, 69 no daemon, 124 timed out.";

/// Type what you mean: tasks in the terminal
///
/// Without a command: the agenda, which is what is overdue, due today, and due in the next 7 days.
#[derive(clap::Parser, Debug)]
#[command(name = "tasks", version, after_help = AFTER, max_term_width = 100, next_help_heading = "Global options")]
#[command(disable_help_subcommand = false, subcommand_value_name = "COMMAND", subcommand_help_heading = "Commands")]
struct Root {
    #[command(flatten)]
    flags: RootFlags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What may stand before the verb.
#[derive(clap::Args, Debug)]
struct RootFlags {
    #[command(flatten)]
    globals: Globals,
    /// Look at what was there at a moment of the past, as "2 hours ago", yesterday or 2026-11-01
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
}

/// Flags that every command takes, before or after the verb.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that people type")]
pub struct Globals {
    /// Answer with one JSON document
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,
    /// Answer with ids only, one a line
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Take no notice of the context (see tasks context)
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_context: bool,
    /// When to use colours; auto if the settings say nothing else
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        help_heading = "Global options",
        hide_possible_values = false
    )]
    pub color: Option<ColorWhen>,
    /// Write long answers to the terminal as they are, not through a pager
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_pager: bool,
}

impl Globals {
    /// What the flags seem to be, for a command line that may be unreadable.
    pub fn guessed(args: &[OsString]) -> Self {
        let has = |flag: &str| args.iter().take_while(|arg| *arg != "--").any(|arg| arg == flag);
        Self {
            json: has("--json") || has("--ndjson"),
            quiet: has("--quiet"),
            no_context: false,
            color: has("--color=never").then_some(ColorWhen::Never),
            no_pager: has("--no-pager"),
        }
    }
}

/// A command line that was read.
#[derive(Debug, Default)]
pub struct Cli {
    /// Flags of every command.
    pub globals: Globals,
    /// The moment of the past to look at, as it was typed.
    pub at: Option<String>,
    /// The verb; none for the agenda.
    pub command: Option<Command>,
    /// Help or version, when that was asked for instead.
    pub text: Option<StyledStr>,
}

impl Cli {
    /// Whether it has to know what the person set; what helps to mend broken settings does without.
    pub fn needs_settings(&self) -> bool {
        self.text.is_none() && self.command.as_ref().is_none_or(Command::needs_settings)
    }
}

/// The whole command line, for help, man pages and completions.
pub fn command() -> clap::Command {
    Root::command()
}

/// Reads arguments without the program's name.
pub fn parse(args: &[String]) -> Result<Cli, CliError> {
    if let Some(text) = topics::asked(args) {
        return Ok(Cli { text: Some(text.into()), ..Cli::default() });
    }
    if let Some(cli) = of_one_verb(args) {
        return Ok(cli);
    }
    let mut command = command();
    match command.try_get_matches_from_mut(named(args)).and_then(|matches| Root::from_arg_matches(&matches)) {
        Ok(root) => Ok(read(root)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp => Ok(Cli { text: Some(error.render()), ..Cli::default() }),
            ErrorKind::DisplayVersion => Ok(Cli { text: Some(version().into()), ..Cli::default() }),
            _ => Err(usage::explain(&error, &command, args)),
        },
    }
}

/// The same for a command line that is right, building its verb only: building all of them takes as long as everything else that
/// the client does. What is wrong with a command line is found, and said, with all of them.
fn of_one_verb(args: &[String]) -> Option<Cli> {
    let mut root = match args.iter().find(|arg| !arg.starts_with('-')) {
        Some(verb) => with_verb(verb)?,
        None => flags_only(),
    };
    let matches = root.try_get_matches_from_mut(named(args)).ok()?;
    let cli = Root::from_arg_matches(&matches).ok().map(read);
    // The program ends in a millisecond: to take apart what described the verb would be a good part of that.
    std::mem::forget((root, matches));
    cli
}

/// The whole command line as far as this verb needs it; `None` for a word that is no verb.
pub fn with_verb(verb: &str) -> Option<clap::Command> {
    Some(flags_only().subcommand(Command::only(verb)?))
}

fn flags_only() -> clap::Command {
    RootFlags::augment_args(clap::Command::new("tasks"))
}

fn named(args: &[String]) -> impl Iterator<Item = &str> {
    std::iter::once("tasks").chain(args.iter().map(String::as_str))
}

fn read(root: Root) -> Cli {
    let Root { flags: RootFlags { mut globals, at }, command } = root;
    // One object a line is JSON too, without the frame.
    globals.json |= matches!(&command, Some(Command::List(list)) if list.ndjson);
    let at = command.as_ref().and_then(Command::at).map(str::to_owned).or(at);
    Cli { globals, at, command, text: None }
}

fn version() -> String {
    format!("tasks {}\n", tasks_daemon::this_build())
}
