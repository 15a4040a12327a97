//! `tasks rules preview`.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, RulePreview};
use crate::present::read_zone;
use tasks_domain::recurrence::MonthEnd;
use tasks_domain::when::Now;
use tasks_language::{RuleReading, read_rule, read_when};

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

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    if let Some(zone) = &args.tz {
        ctx.present.now = Now::new(ctx.present.now.instant(), read_zone("--tz", zone)?);
    }
    let context = ctx.present.reading_context();
    let given = read_rule(&args.rule.join(" "), &context)?;
    let text = match args.month_end {
        Some(ShortMonth::Skip) => given.text.clone().with_month_end(MonthEnd::Skip),
        Some(ShortMonth::Clamp) => given.text.clone().with_month_end(MonthEnd::Clamp),
        None => given.text.clone(),
    };
    let start = args.start.as_deref().map(|said| read_when(said, &context)).transpose()?.map(|reading| reading.due);
    let mut schedule = RuleReading { text, ..given.clone() }.schedule(start, ctx.present.now)?;
    schedule.skip_weekends = args.skip_weekends;
    let series = schedule.series();
    let limit = usize::from(args.limit);
    let mut occurrences: Vec<_> = series.slots().take(limit + 1).map(|slot| series.occurrence(slot)).collect();
    let is_all = occurrences.len() <= limit;
    occurrences.truncate(limit);
    let leaves_out_months = series.leaves_out_months();
    let words = given.is_words;
    Ok(Outcome::RulePreview(Box::new(RulePreview { schedule, occurrences, is_all, leaves_out_months, words })))
}
