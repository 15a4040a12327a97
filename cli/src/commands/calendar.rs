//! `tasks calendar`.

use super::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Calendar, Outcome};
use chrono::{Datelike as _, Days, Months, NaiveDate};
use tasks_language::Context;
use tasks_proto::convert::when::date_to_wire;
use tasks_proto::v1;

/// Most months in one go: the daemon tells of at most a year and a day.
const MONTHS_MAX: u32 = 12;
/// Most tasks that are told of a day.
const TASKS_PER_DAY: u32 = 20;
/// The months by the names that people type.
const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const EXAMPLES: &str = "\
Examples:
  tasks calendar                this month
  tasks calendar next month
  tasks calendar december -n 2
  tasks calendar 2027-02 --weeks

• (or *) marks a day with tasks that are due, in another colour where one is overdue.";

/// Show what is due in a month
///
/// The month drawn as a calendar, with its tasks beside or below. The first day of the week is a setting
/// (`tasks config get language.week_start`).
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The month: 2026-12, 12, december, december 2027, next month, or any date in it; this one if you say nothing
    #[arg(value_name = "MONTH")]
    month: Vec<String>,
    /// How many months to show
    #[arg(long = "months", short = 'n', value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=i64::from(MONTHS_MAX)))]
    months: u32,
    /// Show the numbers of the weeks (ISO 8601)
    #[arg(long)]
    weeks: bool,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let context = ctx.present.reading_context();
    let week_start = context.settings.week_start;
    let text = args.month.join(" ");
    let first = month(&text, &context)?;
    let last = first.checked_add_months(Months::new(args.months)).and_then(|next| next.checked_sub_days(Days::new(1)));
    let last = last.ok_or_else(|| outside(&text))?;
    let request = v1::GetCalendarRequest {
        caller: Some(ctx.present.caller()),
        first: Some(date_to_wire(first)),
        last: Some(date_to_wire(last)),
        filter: Vec::new(),
        tasks_per_day: TASKS_PER_DAY,
    };
    let days = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.reports().get_calendar(request).await?.into_inner().days) }
    })?;
    Ok(Outcome::Calendar(Box::new(Calendar { first, last, days, week_start, weeks: args.weeks })))
}

/// The first day of the month that a text means.
fn month(text: &str, context: &Context) -> Result<NaiveDate, CliError> {
    let today = context.now.today();
    let first_of = |date: NaiveDate| date.with_day(1).ok_or_else(|| outside(text));
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["this"] | ["this", "month"] => return first_of(today),
        ["next"] => return first_of(first_of(today)? + Months::new(1)),
        ["last" | "previous" | "prev"] | ["last" | "previous", "month"] => {
            return first_of(first_of(today)? - Months::new(1));
        }
        [name] => {
            if let Some(number) = number_of(name) {
                // The coming one of that name, this one among them.
                let year = if number < today.month() { today.year() + 1 } else { today.year() };
                return NaiveDate::from_ymd_opt(year, number, 1).ok_or_else(|| outside(text));
            }
            if let Some((year, number)) = name.split_once('-')
                && let (4, Ok(year), Ok(number)) = (year.len(), year.parse(), number.parse())
            {
                return NaiveDate::from_ymd_opt(year, number, 1).ok_or_else(|| no_month(text));
            }
        }
        [name, year] if year.len() == 4 => {
            if let (Some(number), Ok(year)) = (number_of(name), year.parse()) {
                return NaiveDate::from_ymd_opt(year, number, 1).ok_or_else(|| outside(text));
            }
        }
        _ => {}
    }
    let read = tasks_language::read_when(text, context).map_err(|_| no_month(text))?;
    first_of(read.start.unwrap_or(read.due).date_in(context.now.zone()))
}

/// "12", "dec", "december".
fn number_of(name: &str) -> Option<u32> {
    if let Ok(number) = name.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let at = NAMES.iter().position(|month| name.len() >= 3 && month.starts_with(name))?;
    u32::try_from(at + 1).ok()
}

fn no_month(text: &str) -> CliError {
    CliError::usage(format!("`{text}` is not a month"), "try: 2026-12, december, december 2027, next month")
}

fn outside(text: &str) -> CliError {
    CliError::usage(format!("`{text}` is outside the calendar"), "try: 2026-12")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;
    use tasks_domain::when::Now;
    use tasks_language::Settings;

    #[test]
    fn months_are_read_as_people_say_them() {
        let now = Now::new("2026-11-22T09:00:00Z".parse().unwrap(), Tz::Europe__Berlin);
        let context = Context { now, settings: Settings::default() };
        for (text, want) in [
            ("", "2026-11-01"),
            ("12", "2026-12-01"),
            ("dec", "2026-12-01"),
            ("November", "2026-11-01"),
            ("march", "2027-03-01"),
            ("march 2026", "2026-03-01"),
            ("2024-2", "2024-02-01"),
            ("next", "2026-12-01"),
            ("next month", "2026-12-01"),
            ("last month", "2026-10-01"),
            ("2026-12-24", "2026-12-01"),
            ("tomorrow", "2026-11-01"),
        ] {
            assert_eq!(month(text, &context).unwrap().to_string(), want, "{text}");
        }
        for text in ["13", "2026-13", "colourful", "2026-"] {
            assert!(month(text, &context).is_err(), "{text}");
        }
    }
}
