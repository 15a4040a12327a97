//! `tasks man`.

use crate::argv::named_lists;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::man::{pages, plain};
use crate::outcome::{Outcome, Said};
use crate::output::Form;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tasks_domain::error::ErrorKind;

const EXAMPLES: &str = "\
Examples:
  tasks man                  the whole program
  tasks man add              one command
  tasks man config set
  tasks man --dir ~/.local/share/man/man1";

/// Show the manual
///
/// On a terminal with man, elsewhere as plain text. The pages are in the program; nothing needs to be installed.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The command it is about
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write all pages into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let pages = pages().map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot make the pages: {error}")))?;
    if let Some(folder) = &args.dir {
        let failed = |error: std::io::Error| {
            CliError::hinted(
                ErrorKind::Failed,
                format!("cannot write the pages to {}: {error}", folder.display()),
                "name a folder that you may write to",
            )
        };
        fs::create_dir_all(folder).map_err(failed)?;
        for (name, page) in &pages {
            fs::write(folder.join(name), page).map_err(failed)?;
        }
        return Ok(Outcome::Said(Said {
            words: format!("{} pages were written", pages.len()),
            state: "written",
            file: folder.display().to_string(),
            ..Said::default()
        }));
    }
    let words = args.command.iter().map(|word| named_lists::verb_of(word));
    let mut words = words.skip_while(|word| *word == "tasks").peekable();
    let name = if words.peek().is_none() { String::new() } else { format!("-{}", words.collect::<Vec<_>>().join("-")) };
    let Some(page) = pages.get(&format!("tasks{name}.1")) else {
        let known = |page: &String| page.trim_start_matches("tasks-").trim_end_matches(".1").to_owned();
        let all: Vec<String> = pages.keys().map(known).filter(|name| !name.contains('-') && name != "tasks").collect();
        return Err(CliError::hinted(
            ErrorKind::NotFound,
            format!("there is no page about `{}`", args.command.join(" ")),
            format!("there is tasks man, and one for each of {}", all.join(", ")),
        ));
    };
    let on_screen = ctx.ui.form() == Form::Human && ctx.ui.is_interactive();
    if on_screen && shown_by_man(page) {
        return Ok(Outcome::Text(String::new()));
    }
    Ok(Outcome::Text(plain(page, ctx.ui.columns())))
}

/// Whether man showed the page; not every man reads one from its input, and not every machine has one.
fn shown_by_man(page: &[u8]) -> bool {
    let man = Command::new("man").args(["-l", "-"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Ok(mut man) = man else { return false };
    if let Some(mut stdin) = man.stdin.take() {
        // Who leaves before the end has read enough.
        let _ = stdin.write_all(page);
    }
    man.wait().is_ok_and(|status| status.success())
}
