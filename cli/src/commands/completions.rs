//! `tasks completions`.

use crate::complete::{Shell, script};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::Outcome;

const EXAMPLES: &str = "\
Load them for good:
  bash         echo 'eval \"$(tasks completions bash)\"' >> ~/.bashrc
  zsh          echo 'source <(tasks completions zsh)' >> ~/.zshrc
  fish         tasks completions fish > ~/.config/fish/completions/tasks.fish
  powershell   Add-Content $PROFILE 'tasks completions powershell | Out-String | Invoke-Expression'

The script asks the program whenever a word is to be completed, so it knows the tasks, projects, tags and views of this moment. It
starts no daemon, and waits for none.";

/// Print the completions for a shell
///
/// Verbs, flags and their values, tasks by number or id with their titles, projects, tags, views, terms of filters, settings.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Runs it.
pub fn run(args: &Args, _: &mut Ctx) -> Result<Outcome, CliError> {
    Ok(Outcome::Text(script(args.shell).to_owned()))
}
