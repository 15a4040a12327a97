//! Dates and local times.

use super::malformed;
use crate::v1;
use chrono::{DateTime, Datelike as _, NaiveDate};
use tasks_domain::error::Error;
use tasks_domain::when::{LocalTime, When, parse_zone};

/// To the wire.
pub fn to_wire(when: &When) -> v1::When {
    let value = match when {
        When::Date(date) => v1::when::Value::Date(v1::Date { year: date.year(), month: date.month(), day: date.day() }),
        When::At(time) => v1::when::Value::At(v1::LocalTime {
            local_seconds: time.local().and_utc().timestamp(),
            zone: time.zone().name().to_owned(),
        }),
    };
    v1::When { value: Some(value) }
}

/// From the wire.
pub fn from_wire(when: &v1::When) -> Result<When, Error> {
    match &when.value {
        Some(v1::when::Value::Date(date)) => NaiveDate::from_ymd_opt(date.year, date.month, date.day)
            .map(When::Date)
            .ok_or_else(|| malformed(format!("{}-{}-{} is no date", date.year, date.month, date.day))),
        Some(v1::when::Value::At(time)) => {
            let local = DateTime::from_timestamp(time.local_seconds, 0)
                .ok_or_else(|| malformed("a local time is out of range"))?
                .naive_utc();
            Ok(When::At(LocalTime::new(local, parse_zone(&time.zone)?)))
        }
        None => Err(malformed("a date is empty")),
    }
}
