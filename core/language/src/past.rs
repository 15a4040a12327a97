//! Texts that mean something behind: in filters on when a task was made or done, and for looking at the past.

use crate::only::read_when;
use crate::reading::WhenReading;
use crate::settings::Context;
use chrono::Days;
use tasks_domain::error::Error;
use tasks_domain::when::{Now, When};

/// As [`read_when`], for what can only lie behind: a weekday, or a date without its year, is the last one and not the next.
///
/// What names a moment to come however it is read, as `tomorrow` or `in 3 days`, is read as that.
pub fn read_past(text: &str, context: &Context) -> Result<WhenReading, Error> {
    let read = |days_back: u64| {
        let now = context.now;
        let now = Now::new(now.instant() - Days::new(days_back), now.zone());
        read_when(text, &Context { now, ..context.clone() })
    };
    let is_behind = |reading: &WhenReading| match reading.start.unwrap_or(reading.due) {
        When::Date(_) => reading.span_days.0 <= context.now.today(),
        When::At(time) => time.instant() <= context.now.instant(),
    };
    let reading = read(0)?;
    // What moves with the day it is read on is a distance, and means what it says.
    if is_behind(&reading) || read(1)? != reading {
        return Ok(reading);
    }
    for days_back in [7, 366] {
        let earlier = read(days_back)?;
        if is_behind(&earlier) {
            return Ok(earlier);
        }
    }
    Ok(reading)
}
