//! One file per verb: its arguments, whose doc comment is the help, and `run`, which answers with an [`Outcome`] and prints nothing.
//!
//! To add a verb: a file here, a variant of [`Command`], an arm in [`Command::run`].

pub mod add;
pub mod agenda;
pub mod calendar;
pub mod completions;
pub mod config;
pub mod context;
pub mod daemon;
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
pub mod on;
pub mod parse;
pub mod past;
pub mod projects;
pub mod redo;
pub mod reopen;
pub mod restore;
pub mod revert;
pub mod rm;
pub mod rules;
pub mod search;
pub mod show;
pub mod start;
pub mod stats;
pub mod status;
mod step;
pub mod stop;
pub mod tags;
mod taking_back;
mod targets;
pub mod undo;
pub mod view;
pub mod wait;
pub mod watch;

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;
use past::PastArgs;

/// The verbs.
#[expect(missing_docs, reason = "the help of a verb is the doc comment of its Args; one here would replace it")]
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    #[command(name = "add")]
    Add(add::Args),
    #[command(name = "do")]
    Do(do_text::Args),
    #[command(name = "list")]
    List(list::Args),
    #[command(name = "show")]
    Show(show::Args),
    #[command(name = "edit")]
    Edit(edit::Args),
    #[command(name = "duplicate")]
    Duplicate(duplicate::Args),
    #[command(name = "start")]
    Start(start::Args),
    #[command(name = "stop")]
    Stop(stop::Args),
    #[command(name = "done")]
    Done(done::Args),
    #[command(name = "reopen")]
    Reopen(reopen::Args),
    #[command(name = "rm")]
    Rm(rm::Args),
    #[command(name = "restore")]
    Restore(restore::Args),
    #[command(name = "undo")]
    Undo(undo::Args),
    #[command(name = "redo")]
    Redo(redo::Args),
    #[command(name = "search")]
    Search(search::Args),
    #[command(name = "next")]
    Next(next::Args),
    #[command(name = "projects")]
    Projects(projects::Args),
    #[command(name = "tags")]
    Tags(tags::Args),
    #[command(name = "revert")]
    Revert(revert::Args),
    #[command(name = "history")]
    History(history::Args),
    #[command(name = "log")]
    Log(log::Args),
    #[command(name = "calendar")]
    Calendar(calendar::Args),
    #[command(name = "stats")]
    Stats(stats::Args),
    #[command(name = "export")]
    Export(export::Args),
    #[command(name = "import")]
    Import(import::Args),
    #[command(name = "watch")]
    Watch(watch::Args),
    #[command(name = "on")]
    On(on::Args),
    #[command(name = "wait")]
    Wait(wait::Args),
    #[command(name = "parse")]
    Parse(parse::Args),
    #[command(name = "rules")]
    Rules(rules::Args),
    #[command(name = "status")]
    Status(status::Args),
    #[command(name = "daemon")]
    Daemon(daemon::Args),
    #[command(name = "view")]
    View(view::Args),
    #[command(name = "context")]
    Context(context::Args),
    #[command(name = "config")]
    Config(config::Args),
    #[command(name = "completions")]
    Completions(completions::Args),
    #[command(name = "doctor")]
    Doctor(doctor::Args),
    #[command(name = "man")]
    Man(man::Args),
}

impl Command {
    /// What only looks at tasks can look at the past, too: the moment it is asked about, and whether it can at all.
    fn past(&self) -> Option<&PastArgs> {
        Some(match self {
            Self::List(args) => &args.past,
            Self::Show(args) => &args.past,
            Self::Search(args) => &args.past,
            Self::Next(args) => &args.past,
            Self::Projects(args) => &args.past,
            Self::Tags(args) => &args.past,
            Self::Stats(args) => &args.past,
            Self::Calendar(args) => &args.past,
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

    /// Runs the verb.
    pub fn run(&self, ctx: &mut Ctx) -> Result<Outcome, CliError> {
        match self {
            Self::Add(args) => add::run(args, ctx),
            Self::Do(args) => do_text::run(args, ctx),
            Self::List(args) => list::run(args, ctx),
            Self::Show(args) => show::run(args, ctx),
            Self::Edit(args) => edit::run(args, ctx),
            Self::Duplicate(args) => duplicate::run(args, ctx),
            Self::Start(args) => start::run(args, ctx),
            Self::Stop(args) => stop::run(args, ctx),
            Self::Done(args) => done::run(args, ctx),
            Self::Reopen(args) => reopen::run(args, ctx),
            Self::Rm(args) => rm::run(args, ctx),
            Self::Restore(args) => restore::run(args, ctx),
            Self::Undo(args) => undo::run(args, ctx),
            Self::Redo(args) => redo::run(args, ctx),
            Self::Search(args) => search::run(args, ctx),
            Self::Next(args) => next::run(args, ctx),
            Self::Projects(args) => projects::run(args, ctx),
            Self::Tags(args) => tags::run(args, ctx),
            Self::Revert(args) => revert::run(args, ctx),
            Self::History(args) => history::run(args, ctx),
            Self::Log(args) => log::run(args, ctx),
            Self::Calendar(args) => calendar::run(args, ctx),
            Self::Stats(args) => stats::run(args, ctx),
            Self::Export(args) => export::run(args, ctx),
            Self::Import(args) => import::run(args, ctx),
            Self::Watch(args) => watch::run(args, ctx),
            Self::On(args) => on::run(args, ctx),
            Self::Wait(args) => wait::run(args, ctx),
            Self::Parse(args) => parse::run(args, ctx),
            Self::Rules(args) => rules::run(args, ctx),
            Self::Status(args) => status::run(args, ctx),
            Self::Daemon(args) => daemon::run(args, ctx),
            Self::Config(args) => config::run(args, ctx),
            Self::Completions(args) => Ok(completions::run(args)),
            Self::Doctor(args) => Ok(doctor::run(args, ctx)),
            Self::Man(args) => man::run(args, ctx),
            Self::View(args) => view::run(args, ctx),
            Self::Context(args) => context::run(args, ctx),
        }
    }
}
