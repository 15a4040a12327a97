//! Dates and local times.

use super::malformed;
use crate::v1;
use chrono::{DateTime, Datelike as _, NaiveDate};
use tasks_domain::error::Error;
use tasks_domain::when::{LocalTime, When, parse_zone};

/// To the wire.
pub fn to_wire(when: &When) -> v1::When {
    let value = match when {
        When::Date(date) => v1::when::Value::Date(date_to_wire(*date)),
        When::At(time) => v1::when::Value::At(time_to_wire(*time)),
    };
    v1::When { value: Some(value) }
}

/// From the wire.
pub fn from_wire(when: &v1::When) -> Result<When, Error> {
    match &when.value {
        Some(v1::when::Value::Date(date)) => date_from_wire(date).map(When::Date),
        Some(v1::when::Value::At(time)) => time_from_wire(time).map(When::At),
        None => Err(malformed("a date is empty")),
    }
}

/// To the wire.
pub fn time_to_wire(time: LocalTime) -> v1::LocalTime {
    v1::LocalTime { local_seconds: time.local().and_utc().timestamp(), zone: time.zone().name().to_owned() }
}

/// From the wire.
pub fn time_from_wire(time: &v1::LocalTime) -> Result<LocalTime, Error> {
    let local = DateTime::from_timestamp(time.local_seconds, 0)
        .ok_or_else(|| malformed("a local time is out of range"))?
        .naive_utc();
    Ok(LocalTime::new(local, parse_zone(&time.zone)?))
}

/// To the wire.
pub fn date_to_wire(date: NaiveDate) -> v1::Date {
    v1::Date { year: date.year(), month: date.month(), day: date.day() }
}

/// From the wire.
pub fn date_from_wire(date: &v1::Date) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(date.year, date.month, date.day)
        .ok_or_else(|| malformed(format!("{}-{}-{} is no date", date.year, date.month, date.day)))
}
