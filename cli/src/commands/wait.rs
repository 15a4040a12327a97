//! `tasks wait`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link::wait;
use crate::outcome::{Listing, Outcome};
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks wait +deploy                       until there is an open task with that tag
  tasks wait status:done report            until the report is done
  tasks wait --none @release --timeout 2h  until nothing is open in the project
  tasks wait is:overdue --timeout 0 --quiet   whether something is overdue now: 0 yes, 124 no

Exit codes: 0 it holds, 124 it did not in time.";

/// Wait until a task matches, and show it
///
/// Answers at once when one matches already. Sleeps until something changes, or until the time that a filter speaks of comes.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to wait for, as in tasks list
    #[arg(value_name = "FILTER", required = true)]
    filter: Vec<String>,
    /// Wait until nothing matches, and show nothing
    #[arg(long)]
    none: bool,
    /// Give up after so long, with exit code 124: 30s, 10m, "2 hours"; a number alone is seconds, 0 only looks
    #[arg(long, value_name = "LENGTH")]
    timeout: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let limit = args.timeout.as_deref().map(patience).transpose()?;
    let once = limit == Some(Duration::ZERO);
    let request = v1::WaitRequest { caller: None, filter: args.filter.clone(), none: args.none, once };
    // A look takes as long as it takes.
    let waited = wait::until(&ctx.env, &ctx.present, &request, limit.filter(|_| !once))?;
    let Some(task) = waited else {
        let filter = args.filter.join(" ");
        let when = match args.timeout.as_deref() {
            Some(limit) if !once => format!("after {limit}"),
            _ => "now".to_owned(),
        };
        let message = if args.none {
            format!("{when} there are still tasks that match `{filter}`")
        } else {
            format!("{when} there is no task that matches `{filter}`")
        };
        return Err(CliError::hinted(
            ErrorKind::TimedOut,
            message,
            "wait longer with --timeout, or without it for ever",
        ));
    };
    if args.none && ctx.ui.form() == crate::output::Form::Human {
        return Ok(Outcome::Text(String::new()));
    }
    let tasks: Vec<v1::Task> = task.into_iter().collect();
    let filter = args.filter.clone();
    Ok(Outcome::Listing(Listing { tasks, limit: 1, filter, flat: true, ..Listing::default() }))
}

/// How long to wait at most. Besides lengths in words a number alone, or one of `s` or `ms`, as other programs take it; 0 is only a
/// look.
fn patience(text: &str) -> Result<Duration, CliError> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, Duration::from_millis(1)),
        None => (text.strip_suffix('s').unwrap_or(text), Duration::from_secs(1)),
    };
    let is_plain =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c == '.' || c.is_ascii_digit());
    let seconds = number.parse::<f64>().ok().filter(|_| is_plain).map(|count| count * unit.as_secs_f64());
    match seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
        Some(length) => Ok(length),
        None => length(text),
    }
}

/// A length of time that somebody gave.
pub(super) fn length(text: &str) -> Result<Duration, CliError> {
    let length = tasks_language::read_duration(text)?;
    length.to_std().map_err(|_| {
        CliError::hinted(ErrorKind::Refused, format!("`{text}` is not a length to wait for"), "try: 30s, 10m, 2 hours")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_length_in_words_or_a_number_of_seconds() {
        let read = |text: &str| patience(text).ok().map(|length| length.as_millis());
        for (text, ms) in [
            ("0", 0),
            ("0s", 0),
            ("30", 30_000),
            ("0.5", 500),
            ("0.5s", 500),
            (" 1.25s ", 1_250),
            ("500ms", 500),
            ("10m", 600_000),
            ("2 hours", 7_200_000),
            ("1h30", 5_400_000),
        ] {
            assert_eq!(read(text), Some(ms), "{text}");
        }
        for text in ["", "s", ".5", "-1", "1e3", "inf", "1.2.3", "soon", "-5s"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
