//! Who asks, its present, and how it counts weeks, dates and hours.

use super::malformed;
use crate::v1;
use chrono::{Duration, NaiveTime, Timelike as _, Weekday};
use tasks_domain::error::Error;
use tasks_domain::settings::{DateOrder, LanguageSettings};
use tasks_domain::when::{Now, parse_zone};

const MINUTES_OF_A_DAY: u32 = 24 * 60;

/// To the wire. `language` is left out when nothing of it is set.
pub fn to_wire(now: Now, locale: &str, language: &LanguageSettings) -> v1::Caller {
    v1::Caller {
        now_unix_ms: now.unix_ms(),
        zone: now.zone().name().to_owned(),
        locale: locale.to_owned(),
        context: String::new(),
        past: false,
        language: (*language != LanguageSettings::default()).then(|| language_to_wire(language)),
    }
}

/// From the wire: the present, the locale and what is set of the language.
pub fn from_wire(caller: Option<&v1::Caller>) -> Result<(Now, String, LanguageSettings), Error> {
    let caller = caller.ok_or_else(|| malformed("the request does not say who asks"))?;
    let now = Now::from_unix_ms(caller.now_unix_ms, parse_zone(&caller.zone)?)
        .ok_or_else(|| malformed("the caller's present is out of range"))?;
    let language = caller.language.as_ref().map(language_from_wire).transpose()?.unwrap_or_default();
    Ok((now, caller.locale.clone(), language))
}

fn language_to_wire(language: &LanguageSettings) -> v1::LanguageSettings {
    let minutes = |time: Option<NaiveTime>| time.map(|time| time.num_seconds_from_midnight() / 60);
    let order = match language.date_order {
        None => v1::DateOrder::Unspecified,
        Some(DateOrder::DayFirst) => v1::DateOrder::DayFirst,
        Some(DateOrder::MonthFirst) => v1::DateOrder::MonthFirst,
    };
    v1::LanguageSettings {
        week_start: language.week_start.map_or(0, |day| day.number_from_monday()),
        date_order: order.into(),
        morning: minutes(language.morning),
        noon: minutes(language.noon),
        afternoon: minutes(language.afternoon),
        evening: minutes(language.evening),
        tonight: minutes(language.tonight),
        eod: minutes(language.eod),
        eow_day: language.eow.map_or(0, |(day, _)| day.number_from_monday()),
        eow: minutes(language.eow.map(|(_, time)| time)),
        reminder_seconds: language.reminder.and_then(|length| u32::try_from(length.num_seconds()).ok()),
    }
}

fn language_from_wire(wire: &v1::LanguageSettings) -> Result<LanguageSettings, Error> {
    let date_order = match wire.date_order() {
        v1::DateOrder::Unspecified => None,
        v1::DateOrder::DayFirst => Some(DateOrder::DayFirst),
        v1::DateOrder::MonthFirst => Some(DateOrder::MonthFirst),
    };
    Ok(LanguageSettings {
        week_start: weekday(wire.week_start)?,
        date_order,
        morning: time(wire.morning)?,
        noon: time(wire.noon)?,
        afternoon: time(wire.afternoon)?,
        evening: time(wire.evening)?,
        tonight: time(wire.tonight)?,
        eod: time(wire.eod)?,
        eow: weekday(wire.eow_day)?.zip(time(wire.eow)?),
        reminder: wire.reminder_seconds.map(|seconds| Duration::seconds(seconds.into())),
    })
}

fn time(minutes: Option<u32>) -> Result<Option<NaiveTime>, Error> {
    let read = |minutes: u32| {
        let time = (minutes < MINUTES_OF_A_DAY).then(|| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0));
        time.flatten().ok_or_else(|| malformed(format!("a day has no minute {minutes}")))
    };
    minutes.map(read).transpose()
}

fn weekday(number: u32) -> Result<Option<Weekday>, Error> {
    match number {
        0 => Ok(None),
        1..=7 => Ok(u8::try_from(number - 1).ok().and_then(|day| Weekday::try_from(day).ok())),
        _ => Err(malformed(format!("a week has no day {number}"))),
    }
}
