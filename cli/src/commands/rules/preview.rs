//! `tasks rules preview`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, RulePreview};
use crate::present::{Present, read_zone};
use chrono::{Duration, NaiveTime, Timelike as _};
use tasks_domain::error::{Error, ErrorKind, Span};
use tasks_domain::recurrence::{Anchor, MonthEnd, RuleText, Schedule};
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{parse, read_when};
use tasks_proto::error::Failure;

const EXAMPLES: &str = "\
Examples:
  tasks rules preview every 2nd tuesday
  tasks rules preview 'FREQ=MONTHLY;BYMONTHDAY=31' --start 2026-12-31 -n 4
  tasks rules preview every day at 2:30 --start 2027-03-27 --tz Europe/Berlin

Each date says which policy made it: the last day of a month that is too short, a Monday after a weekend, a time that the clocks
skip or have twice. An RRULE is read exactly as RFC 5545 has it; words take the last day of short months.";

/// Show the dates of a rule, without making one
///
/// No daemon is asked and nothing is stored.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// An RRULE of RFC 5545, with EXDATE lines if need be, or words; several words need no quotes
    #[arg(value_name = "RULE", required = true)]
    rule: Vec<String>,
    /// From then on: a date, or a date and time as 2026-12-01T09:00 [default: today, or the next full hour]
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// On the clocks of that zone
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// How many dates
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    limit: u16,
    /// What to do in months that are too short [default: skip for an RRULE, clamp for words]
    #[arg(long, value_name = "POLICY", value_enum)]
    month_end: Option<ShortMonth>,
    /// Move what falls on a weekend to Monday
    #[arg(long)]
    skip_weekends: bool,
}

/// What to do in months that are too short.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum ShortMonth {
    /// Leave them out
    Skip,
    /// Take their last day
    Clamp,
}

/// A rule as it was given, and what its words say about when it begins.
struct Given {
    text: RuleText,
    first: Option<When>,
    anchor: Anchor,
    is_words: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    if let Some(zone) = &args.tz {
        ctx.present.now = Now::new(ctx.present.now.instant(), read_zone("--tz", zone)?);
    }
    let given = read(&args.rule.join(" "), &ctx.present)?;
    let text = match args.month_end {
        Some(ShortMonth::Skip) => given.text.with_month_end(MonthEnd::Skip),
        Some(ShortMonth::Clamp) => given.text.with_month_end(MonthEnd::Clamp),
        None => given.text,
    };
    let is_timed = text.rule().timed_part().is_some();
    let start = match &args.start {
        Some(said) => begin(read_when(said, &ctx.present.reading_context())?.due, given.first, ctx.present.now),
        None => given.first.unwrap_or_else(|| first_by_itself(is_timed, ctx.present.now)),
    };
    let start = if is_timed { with_time(start, ctx.present.now) } else { start };
    let mut schedule = Schedule::new(&text, start).map_err(Error::from)?;
    schedule.skip_weekends = args.skip_weekends;
    schedule.anchor = given.anchor;
    let series = schedule.series();
    let limit = usize::from(args.limit);
    let mut occurrences: Vec<_> = series.slots().take(limit + 1).map(|slot| series.occurrence(slot)).collect();
    let is_all = occurrences.len() <= limit;
    occurrences.truncate(limit);
    let leaves_out_months = series.leaves_out_months();
    let words = given.is_words;
    Ok(Outcome::RulePreview(Box::new(RulePreview { schedule, occurrences, is_all, leaves_out_months, words })))
}

/// Reads an RRULE, or words.
fn read(text: &str, present: &Present) -> Result<Given, CliError> {
    if text.contains('=') {
        let text = RuleText::parse(text).map_err(Error::from)?;
        return Ok(Given { text, first: None, anchor: Anchor::Calendar, is_words: false });
    }
    let reading = parse(text, &present.reading_context());
    let Some(rule) = &reading.rrule else {
        let hint = "say it as \"every 2nd tuesday\", or as an RRULE: FREQ=MONTHLY;BYDAY=2TU";
        let mut failure =
            Failure::new(ErrorKind::Refused, format!("`{text}` is not a rule I understand")).with_hint(hint);
        failure.place = Some((text.to_owned(), Span::whole(text)));
        return Err(failure.into());
    };
    Ok(Given {
        text: RuleText::parse(rule).map_err(Error::from)?.with_month_end(MonthEnd::Clamp),
        first: reading.due,
        anchor: reading.anchor.unwrap_or_default(),
        is_words: true,
    })
}

/// The start that was given; its time of day may be in the words of the rule.
fn begin(start: When, said: Option<When>, now: Now) -> When {
    match (start, said) {
        (When::Date(date), Some(When::At(time))) => {
            When::At(LocalTime::new(date.and_time(time.local().time()), now.zone()))
        }
        _ => start,
    }
}

/// Where a rule begins of which nobody said it.
fn first_by_itself(is_timed: bool, now: Now) -> When {
    if !is_timed {
        return When::Date(now.today());
    }
    let hour = now.local().with_minute(0).and_then(|hour| hour.with_second(0)).unwrap_or(now.local());
    When::At(LocalTime::new(hour + Duration::hours(1), now.zone()))
}

/// A day from its beginning, for a rule that has times of its own.
fn with_time(start: When, now: Now) -> When {
    match start {
        When::Date(date) => When::At(LocalTime::new(date.and_time(NaiveTime::MIN), now.zone())),
        When::At(_) => start,
    }
}
