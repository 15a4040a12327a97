//! How the texts of values are read.

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;
use clap::ValueEnum;
use tasks_domain::when::parse_zone;

/// Why a text is not a value: what it should be, as "a time of day".
pub(super) type Wrong = &'static str;

/// One of an enumeration's words.
pub(super) fn choice<T: ValueEnum>(text: &str) -> Result<T, Wrong> {
    T::from_str(text, true).map_err(|_| "one of its words")
}

/// The words of an enumeration.
pub(super) fn words<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(word).collect()
}

/// The word for a value.
pub(super) fn word<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// A whole number in a range.
pub(super) fn number(text: &str, min: u32, max: u32) -> Result<u32, Wrong> {
    text.parse().ok().filter(|number| (min..=max).contains(number)).ok_or("a whole number in its range")
}

/// `true` or `false`.
pub(super) fn flag(text: &str) -> Result<bool, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        _ => Err("true or false"),
    }
}

/// A zone of the IANA database, in any case.
pub(super) fn zone(text: &str) -> Result<Tz, Wrong> {
    let alike = || chrono_tz::TZ_VARIANTS.into_iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
    parse_zone(text).ok().or_else(alike).ok_or("a time zone")
}

/// `17:30`.
pub(super) fn time(text: &str) -> Result<NaiveTime, Wrong> {
    let (hour, minute) = text.split_once(':').ok_or("a time of day as 17:30")?;
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse().ok() } else { None }
    };
    let time = number(hour).zip(number(minute)).and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
    time.ok_or("a time of day as 17:30")
}

/// `monday` or `mon`.
pub(super) fn weekday(text: &str) -> Result<Weekday, Wrong> {
    text.parse().map_err(|_| "a day of the week")
}

/// `fri 17:00`.
pub(super) fn week_time(text: &str) -> Result<(Weekday, NaiveTime), Wrong> {
    let wrong = "a day and a time as \"fri 17:00\"";
    let (day, at) = text.trim().split_once(char::is_whitespace).ok_or(wrong)?;
    Ok((weekday(day).map_err(|_| wrong)?, time(at.trim()).map_err(|_| wrong)?))
}

/// The whole name of a day.
pub(super) fn day_name(day: Weekday) -> String {
    let name = match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    };
    name.to_owned()
}

/// A text of one line.
pub(super) fn line(text: &str) -> Result<String, Wrong> {
    if text.is_empty() || text.chars().any(char::is_control) || text.len() > 1_000 {
        return Err("a text of one line");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours_and_minutes() {
        assert_eq!(time("9:05").unwrap().to_string(), "09:05:00");
        for wrong in ["", "9", "24:00", "9:60", "+9:00", "009:00", "9:00:00", "9:00 ", "9am"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        assert_eq!(week_time("Friday  16:30").unwrap().0, Weekday::Fri);
        assert!(week_time("friday").is_err() && week_time("17:00").is_err() && week_time("17:00 fri").is_err());
    }

    #[test]
    fn words_of_enumerations_are_read_in_any_case() {
        assert_eq!(choice::<crate::settings::Theme>("Dark"), Ok(crate::settings::Theme::Dark));
        assert!(choice::<crate::settings::Theme>("purple").is_err());
    }
}
