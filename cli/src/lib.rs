//! `tasks`, the command line: arguments in, one answer out.
//!
//! Owns how commands are spelt and how answers look. Decides nothing about tasks: texts and rules are the daemon's (or, for
//! `tasks parse`, the language's). Must not print outside [`output`], nor ask the clock outside [`present`].
//!
//! A command goes: [`argv`] → [`cli`] (clap) → `commands/<verb>.rs` → [`outcome::Outcome`] → [`output`].
//! To add a verb see [`commands`].

pub mod argv;
pub mod attempt;
pub mod cli;
pub mod columns;
pub mod commands;
pub mod complete;
pub mod ctx;
pub mod daemon_host;
pub mod doctor;
pub mod editor;
pub mod error;
pub mod hooks;
pub mod host;
pub mod ids;
pub mod link;
pub mod man;
pub mod order;
pub mod outcome;
pub mod output;
pub mod present;
pub mod settings;
mod topics;
pub mod transfer;
mod usage;

use cli::{Cli, Globals};
use commands::Command;
use ctx::Ctx;
use error::CliError;
use host::{Env, Streams};
use output::{Form, Look, Ui};
use present::Present;
use settings::Config;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs one command: `args` without the program's name.
pub fn run(args: Vec<OsString>, env: Env, mut streams: Streams) -> ExitCode {
    if let Some((verb, rest)) = args.split_first()
        && verb == complete::VERB
    {
        complete::answer(rest, &env, &mut *streams.stdout);
        return ExitCode::SUCCESS;
    }
    // Known before anything else, so that a command line that cannot be read is answered in the form it asked for.
    let early = Globals::guessed(&args);
    let parsed = argv::prepare(args).and_then(|argv| Ok((cli::parse(&argv)?, argv)));
    let (cli, prepared) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let (mut ui, _) = Ui::of(streams, &env, early.form(), early.color.unwrap_or_default());
            return finish(&mut ui, Err(error));
        }
    };
    let (mut config, broken) = match Config::load(&env) {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let look = cli.globals.look(&config);
    let (mut ui, stdin) = Ui::of(streams, &env, cli.globals.form(), look.color);
    ui.set_look(&look, &env);
    if let Some(error) = broken.filter(|_| cli.needs_settings()) {
        return finish(&mut { ui }, Err(error));
    }
    if cli.globals.no_context {
        config.context = None;
    }
    if !cli.needs_settings() {
        // Who mends them hears of it from the mending.
        config.warnings.clear();
    }
    let present = match Present::of(&env, &config) {
        Ok(present) => present,
        Err(error) => return finish(&mut { ui }, Err(error)),
    };
    let mut ctx = Ctx { env, config, present, stdin, ui, command: argv::command_line(&prepared) };
    let result = answer(&cli, &mut ctx);
    let result = tell_notices(&mut ctx).and(result);
    let code = finish(&mut ctx.ui, result);
    // All is written, and the process ends here.
    std::mem::forget((ctx, cli));
    code
}

fn answer(cli: &Cli, ctx: &mut Ctx) -> Result<u8, CliError> {
    if let Some(text) = &cli.text {
        let painted = ctx.ui.paint().is_on();
        let text = if painted { text.ansi().to_string() } else { text.to_string() };
        ctx.ui.write(&text)?;
        return Ok(0);
    }
    for warning in std::mem::take(&mut ctx.present.warnings) {
        ctx.ui.warn(&warning)?;
    }
    if let Some(text) = &cli.at {
        if !cli.command.as_ref().is_none_or(Command::looks) {
            return Err(CliError::usage("only what looks at tasks can look at the past", usage::GOES_WITH_AT));
        }
        ctx.present.go_back(text)?;
    }
    let outcome = match &cli.command {
        Some(command) => command.run(ctx)?,
        None => commands::agenda::run(ctx)?,
    };
    if cli.at.is_some() {
        ctx.ui.note(&format!("as it was on {}", ctx.present.now.local().format("%a %-d %b %Y %H:%M")))?;
    }
    let code = outcome.exit_code();
    output::render(&mut ctx.ui, outcome, ctx.present.now)?;
    Ok(code)
}

/// Says what a daemon that the command started has found. Whatever the command came to, its answer may lack what is told here.
fn tell_notices(ctx: &mut Ctx) -> Result<(), CliError> {
    ctx.env.notices().take().iter().try_for_each(|notice| ctx.ui.warn(notice))
}

/// Sends what is written, says what went wrong, and makes the exit code.
fn finish(ui: &mut Ui, result: Result<u8, CliError>) -> ExitCode {
    let result = match result {
        Ok(code) => ui.flush().map(|()| code),
        // What was answered before the failure still goes out, unless nobody reads it.
        Err(CliError::ClosedPipe) => Err(CliError::ClosedPipe),
        Err(error) => ui.flush().and(Err(error)),
    };
    ExitCode::from(result.unwrap_or_else(|error| {
        output::report(ui, &error);
        error.exit_code()
    }))
}

impl Globals {
    /// The look that the flags ask for, and what they leave to the settings.
    fn look(self, config: &Config) -> Look {
        Look {
            color: self.color.unwrap_or(config.color),
            theme: config.theme,
            hyperlinks: config.hyperlinks,
            pager: config.pager.clone(),
            no_pager: self.no_pager,
            relative_dates: config.relative_dates,
        }
    }

    /// The form of answers that the flags ask for.
    fn form(self) -> Form {
        match (self.json, self.quiet) {
            (true, _) => Form::Json,
            (false, true) => Form::Quiet,
            (false, false) => Form::Human,
        }
    }
}
