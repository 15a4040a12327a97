//! `tasks parse`.

use super::lines::{LINE_BYTES_MAX, Lines};
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, Read};
use crate::present::{read_instant, read_zone};
use std::io::{self, BufRead};
use std::time::Instant;
use tasks_domain::error::{Error, ErrorKind};
use tasks_domain::when::Now;
use tasks_language::Context;

const EXAMPLES: &str = "\
Examples:
  tasks parse buy milk tomorrow 5pm +shop
  tasks parse --strict call Ada 3/12
  tasks parse --json --now 2026-11-22T10:00:00+01:00 --tz Europe/Berlin < texts";

/// Explain how a text is understood
///
/// Without TEXT every line of standard input is one text, and every answer one line with --json. Nothing is stored and no
/// daemon is asked.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The text; several words need no quotes
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Read it as if it were then
    #[arg(long, value_name = "RFC3339")]
    now: Option<String>,
    /// Read it as if you were in that zone
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// Fail with exit code 4 when a text can be read in more than one way
    #[arg(long)]
    strict: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let now = ctx.present.now;
    let zone = args.tz.as_deref().map_or(Ok(now.zone()), |text| read_zone("--tz", text))?;
    let unix_ms = args.now.as_deref().map_or(Ok(now.unix_ms()), |text| read_instant("--now", text))?;
    let now = Now::from_unix_ms(unix_ms, zone)
        .ok_or_else(|| CliError::usage("--now is outside the calendar", "write it as 2026-11-22T10:00:00+01:00"))?;
    // Answers show dates as the text was read, not as this machine's clock has it.
    ctx.present.now = now;
    let context = ctx.present.reading_context();
    let nothing = if args.text.is_empty() { ctx.ui.stdin_is_terminal() } else { args.text.join(" ").trim().is_empty() };
    if nothing {
        let hint = "try: tasks parse \"buy milk tomorrow 5pm\"; `-` reads the lines of standard input";
        return Err(CliError::hinted(ErrorKind::Refused, "there is nothing to read", hint));
    }
    bring_into_memory(&context);
    if args.text.is_empty() || args.text == ["-"] {
        let stdin = std::mem::replace(&mut ctx.stdin, Box::new(io::empty()));
        return Ok(readings(Texts { lines: Lines::of(stdin), context, ended: false }, args.strict));
    }
    let text = args.text.join(" ");
    if text.len() > LINE_BYTES_MAX {
        return Err(Error::TitleTooLong { chars: text.chars().count() }.into());
    }
    Ok(readings(std::iter::once(Ok(read(text, &context, true))), args.strict))
}

/// Reads something of every kind, for the sake of `us`: with the first line the program and its tables come into memory page by page,
/// which takes a millisecond and says nothing about reading.
fn bring_into_memory(context: &Context) {
    const EACH_KIND: [&str; 3] = [
        "call mom every 2nd tuesday at 5pm until june #family !high @home // bring cake remind me 15 minutes before",
        "pay 12.50 for 2 tickets by 24 dec 2026 or in 3 days, 9 to 11am, tmorow",
        "could you move the dentist appointment to next friday",
    ];
    for text in EACH_KIND {
        std::hint::black_box(tasks_language::understand(text, context));
    }
}

fn readings(all: impl Iterator<Item = Result<Read, CliError>> + 'static, strict: bool) -> Outcome {
    if strict {
        return Outcome::Readings(Box::new(Strict { all, unclear: 0, told: false }));
    }
    Outcome::Readings(Box::new(all))
}

/// Readings with an error at their end when one of them is not the only one.
struct Strict<I> {
    all: I,
    unclear: usize,
    told: bool,
}

impl<I: Iterator<Item = Result<Read, CliError>>> Iterator for Strict<I> {
    type Item = Result<Read, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(next) = self.all.next() {
            self.unclear += usize::from(next.as_ref().is_ok_and(|read| !read.reading.alternatives.is_empty()));
            return Some(next);
        }
        if self.unclear == 0 || self.told {
            return None;
        }
        self.told = true;
        let message = match self.unclear {
            1 => "a text can be read in more than one way".to_owned(),
            more => format!("{more} texts can be read in more than one way"),
        };
        let hint = "write dates as 2026-12-24, and one date only; the other readings are in `alternatives` with --json";
        Some(Err(CliError::hinted(ErrorKind::Ambiguous, message, hint)))
    }
}

/// One reading a line.
struct Texts<R> {
    lines: Lines<R>,
    context: Context,
    ended: bool,
}

impl<R: BufRead> Iterator for Texts<R> {
    type Item = Result<Read, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.lines.next() {
            Ok(Some(text)) => {
                let last_for_now = self.lines.is_drained();
                Some(Ok(read(text, &self.context, last_for_now)))
            }
            Ok(None) => None,
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

fn read(text: String, context: &Context, last_for_now: bool) -> Read {
    let begun = Instant::now();
    let reading = tasks_language::understand(&text, context);
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    Read { text, reading, micros, last_for_now }
}
