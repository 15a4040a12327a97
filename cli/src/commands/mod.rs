//! One file per verb: its arguments, whose doc comment is the help, and `run`, which answers with an [`Outcome`] and prints nothing.
//!
//! To add a verb: a file here, and its line in the table of verbs.

pub mod add;
pub mod agenda;
mod amend;
pub mod annotate;
pub mod append;
pub mod calendar;
pub mod chat;
pub mod completions;
pub mod config;
pub mod context;
mod count;
pub mod daemon;
pub mod denotate;
pub mod do_text;
pub mod doctor;
pub mod done;
pub mod duplicate;
pub mod edit;
pub mod export;
mod fields;
mod form;
pub mod history;
pub mod import;
mod in_editor;
mod lines;
pub mod list;
pub mod log;
pub mod man;
pub mod next;
mod occurrences;
pub mod on;
pub mod parse;
pub mod past;
pub mod prepend;
pub mod projects;
mod question;
pub mod redo;
pub mod remind;
pub mod reminders;
pub mod reopen;
pub mod repeat;
pub mod restore;
pub mod revert;
pub mod rm;
pub mod rules;
pub mod search;
pub mod show;
pub mod snooze;
pub mod start;
pub mod stats;
pub mod status;
mod step;
pub mod stop;
pub mod tags;
mod taking_back;
mod targets;
pub mod today;
pub mod undo;
pub mod view;
pub mod wait;
pub mod watch;

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;
use past::PastArgs;

/// From one line a verb: the verbs, what clap knows of one of them, and what runs it.
macro_rules! verbs {
    ($($name:literal $variant:ident $module:ident,)*) => {
        /// The verbs.
        #[expect(missing_docs, reason = "the help of a verb is the doc comment of its Args; one here would replace it")]
        #[derive(clap::Subcommand, Debug)]
        pub enum Command {
            $(#[command(name = $name)] $variant($module::Args),)*
        }

        impl Command {
            /// What clap knows of one verb, without all the others; `None` for a word that is none.
            pub fn only(verb: &str) -> Option<clap::Command> {
                match verb {
                    $($name => Some(<$module::Args as clap::Args>::augment_args(clap::Command::new($name))),)*
                    _ => None,
                }
            }

            /// Runs the verb.
            pub fn run(&self, ctx: &mut Ctx) -> Result<Outcome, CliError> {
                match self {
                    $(Self::$variant(args) => $module::run(args, ctx),)*
                }
            }
        }
    };
}

verbs! {
    "add" Add add,
    "do" Do do_text,
    "chat" Chat chat,
    "today" Today today,
    "list" List list,
    "show" Show show,
    "edit" Edit edit,
    "append" Append append,
    "prepend" Prepend prepend,
    "annotate" Annotate annotate,
    "denotate" Denotate denotate,
    "duplicate" Duplicate duplicate,
    "start" Start start,
    "stop" Stop stop,
    "done" Done done,
    "reopen" Reopen reopen,
    "rm" Rm rm,
    "restore" Restore restore,
    "undo" Undo undo,
    "redo" Redo redo,
    "search" Search search,
    "next" Next next,
    "projects" Projects projects,
    "tags" Tags tags,
    "revert" Revert revert,
    "history" History history,
    "log" Log log,
    "calendar" Calendar calendar,
    "stats" Stats stats,
    "export" Export export,
    "import" Import import,
    "watch" Watch watch,
    "on" On on,
    "wait" Wait wait,
    "parse" Parse parse,
    "remind" Remind remind,
    "reminders" Reminders reminders,
    "snooze" Snooze snooze,
    "repeat" Repeat repeat,
    "rules" Rules rules,
    "status" Status status,
    "daemon" Daemon daemon,
    "view" View view,
    "context" Context context,
    "config" Config config,
    "completions" Completions completions,
    "doctor" Doctor doctor,
    "man" Man man,
}

impl Command {
    /// What only looks at tasks can look at the past, too: the moment it is asked about, and whether it can at all.
    fn past(&self) -> Option<&PastArgs> {
        Some(match self {
            Self::Today(args) => &args.past,
            Self::List(args) => &args.past,
            Self::Show(args) => &args.past,
            Self::Search(args) => &args.past,
            Self::Next(args) => &args.past,
            Self::Projects(args) => &args.past,
            Self::Tags(args) => &args.past,
            Self::Stats(args) => &args.past,
            Self::Calendar(args) => &args.past,
            Self::Log(args) => &args.past,
            Self::History(args) => &args.past,
            Self::Rules(args) => args.past()?,
            Self::Reminders(args) => args.past()?,
            _ => return None,
        })
    }

    /// Whether it can look at the past.
    pub fn looks(&self) -> bool {
        self.past().is_some()
    }

    /// The moment of the past it is asked about, as it was typed.
    pub fn at(&self) -> Option<&str> {
        self.past()?.at.as_deref()
    }

    /// Whether it has to know what the person set: what helps to mend broken settings, and what runs unasked, does without.
    pub fn needs_settings(&self) -> bool {
        match self {
            Self::Config(args) => args.needs_settings(),
            Self::Daemon(_) | Self::Completions(_) | Self::Doctor(_) | Self::Man(_) => false,
            _ => true,
        }
    }
}
