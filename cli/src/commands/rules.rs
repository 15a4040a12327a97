//! `tasks rules`: what comes again.

mod change;
pub(super) mod look;
pub mod preview;

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;

const EXAMPLES: &str = "\
Examples:
  tasks rules                          all of them, by what comes next
  tasks rules next 5                   the next five dates, and which policy made them
  tasks rules show 3                   the rule of task 3
  tasks rules edit 3 --title \"Stand up\" --missed skip
  tasks rules pause 3                  no more until: tasks rules resume
  tasks rules cancel 3                 no more at all; the open one stays
  tasks rules preview every 2nd tuesday

A rule is named by its letters, or by a task of it: its number or letters. Make a task come again with tasks repeat, or in the text
of tasks add: \"water plants every 3 days after completion\".";

/// Look at what comes again, and change it
///
/// A rule makes the tasks that come again: when one is done the next is made, in the same step.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    past: PastArgs,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What to do with rules.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    #[command(name = "list")]
    List(look::ListArgs),
    #[command(name = "show")]
    Show(look::ShowArgs),
    #[command(name = "next")]
    Next(look::NextArgs),
    #[command(name = "edit")]
    Edit(Box<change::EditArgs>),
    #[command(name = "pause")]
    Pause(change::PauseArgs),
    #[command(name = "resume")]
    Resume(change::ResumeArgs),
    #[command(name = "cancel")]
    Cancel(change::CancelArgs),
    #[command(name = "generate")]
    Generate(change::GenerateArgs),
    #[command(name = "preview")]
    Preview(preview::Args),
}

impl Args {
    /// The moment that what only looks is asked about.
    pub(super) fn past(&self) -> Option<&PastArgs> {
        let Some(verb) = &self.verb else { return Some(&self.past) };
        match verb {
            Verb::List(args) => Some(&args.past),
            Verb::Show(args) => Some(&args.past),
            Verb::Next(args) => Some(&args.past),
            _ => None,
        }
    }
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match &args.verb {
        None => look::list(&look::ListArgs::default(), ctx),
        Some(Verb::List(args)) => look::list(args, ctx),
        Some(Verb::Show(args)) => look::show(args, ctx),
        Some(Verb::Next(args)) => look::next(args, ctx),
        Some(Verb::Edit(args)) => change::edit(args, ctx),
        Some(Verb::Pause(args)) => change::pause(args, ctx),
        Some(Verb::Resume(args)) => change::resume(args, ctx),
        Some(Verb::Cancel(args)) => change::cancel(args, ctx),
        Some(Verb::Generate(args)) => change::generate(args, ctx),
        Some(Verb::Preview(args)) => preview::run(args, ctx),
    }
}
