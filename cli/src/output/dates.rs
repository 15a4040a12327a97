//! Dates, times and lengths as people read them, relative to their own present.

use super::style::Role;
use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime, Timelike as _};
use tasks_domain::priority::Priority;
use tasks_domain::when::{LocalTime, Now, When};
use tasks_proto::convert;
use tasks_proto::v1;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From here on, hours are too fine a measure.
const TWO_DAYS: i64 = 2 * DAY;

/// The date or time of a message; `None` when it has none, or one that this build cannot read.
pub fn read(when: Option<&v1::When>) -> Option<When> {
    convert::when::from_wire(when?).ok()
}

/// A day as "Mon 23 Nov", with the year when it is another one.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    let format = if date.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    date.format(format).to_string()
}

/// A day by the name it has from here: "today", "tomorrow", else "Wed 25 Nov".
pub fn day_title(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => format!("Today, {}", day(date, today)),
        1 => "Tomorrow".to_owned(),
        _ => day(date, today),
    }
}

/// "17:00", as a clock on the wall shows it: "in 20 minutes" is kept to the second, which nobody wants to read.
pub fn time(local: NaiveDateTime) -> String {
    local.format("%H:%M").to_string()
}

/// "Tue 24 Nov", "Tue 24 Nov 17:00": on the clocks where the person is.
pub fn full(when: When, now: Now) -> String {
    let date = day(when.date_in(now.zone()), now.today());
    match when {
        When::Date(_) => date,
        When::At(at) => format!("{date} {}", time(local(at, now))),
    }
}

/// Only the time of day; empty for a whole day.
pub fn time_of(when: When, now: Now) -> String {
    match when {
        When::Date(_) => String::new(),
        When::At(at) => time(local(at, now)),
    }
}

/// "2026-11-24", "2026-11-24T17:00": one word for programs that read columns, on the clocks where the person is.
pub fn iso(when: When, now: Now) -> String {
    match when {
        When::Date(date) => date.to_string(),
        When::At(at) => {
            let local = local(at, now);
            local.format(if local.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
        }
    }
}

/// As a form shows it, to be read back by the language; empty without one.
pub fn editable(when: Option<&v1::When>, now: Now) -> String {
    read(when).map(|when| iso(when, now).replace('T', " ")).unwrap_or_default()
}

/// The same time on the clocks of its own zone, when those show another one: "08:00 in Asia/Tokyo".
pub fn elsewhere(when: When, now: Now) -> Option<String> {
    let When::At(at) = when else { return None };
    let differs = at.local() != local(at, now) && at.zone() != now.zone();
    differs.then(|| format!("{} in {}", at.local().format("%a %H:%M"), at.zone()))
}

/// How far it is: "today", "in 3 h", "2 days ago".
pub fn relative(when: When, now: Now) -> String {
    let days = (when.date_in(now.zone()) - now.today()).num_days();
    if let When::At(at) = when {
        let seconds = (at.instant() - now.instant()).num_seconds();
        if days == 0 || seconds.abs() < HOUR {
            return clock_distance(seconds);
        }
    }
    day_distance(days)
}

/// How long ago an instant was: "now", "25 min ago", "yesterday".
pub fn ago(unix_ms: i64, now: Now) -> String {
    Now::from_unix_ms(unix_ms, now.zone())
        .map(|then| relative(When::At(LocalTime::at(then.instant(), now.zone())), now))
        .unwrap_or_default()
}

/// An instant as "Mon 23 Nov 10:15", on the clocks where the person is.
pub fn instant(unix_ms: i64, now: Now) -> String {
    Now::from_unix_ms(unix_ms, now.zone())
        .map(|then| format!("{} {}", day(then.today(), now.today()), then.local().format("%H:%M")))
        .unwrap_or_default()
}

/// The same; empty for 0, which stands for never.
pub fn instant_or_nothing(unix_ms: i64, now: Now) -> String {
    if unix_ms == 0 { String::new() } else { instant(unix_ms, now) }
}

/// An instant as one word, "2026-11-24T17:00:08", on the clocks where the person is; empty for 0, which stands for never.
pub fn iso_instant(unix_ms: i64, now: Now) -> String {
    Now::from_unix_ms(unix_ms, now.zone())
        .filter(|_| unix_ms != 0)
        .map(|then| then.local().format("%Y-%m-%dT%H:%M:%S").to_string())
        .unwrap_or_default()
}

/// The colour of a date: it has passed, it is today or tomorrow, or neither.
pub fn role(when: When, now: Now) -> Role {
    let days = (when.date_in(now.zone()) - now.today()).num_days();
    if when.is_past(now) {
        Role::Overdue
    } else if days <= 1 {
        Role::Soon
    } else {
        Role::Plain
    }
}

/// A length of time to the minute as "1 h 30 min", "2 days"; empty for less than a minute. The language reads it back.
pub fn length(seconds: i64) -> String {
    let part = |value: i64, unit: &str| (value > 0).then(|| format!("{value} {unit}"));
    let days = part(seconds / DAY, if seconds / DAY == 1 { "day" } else { "days" });
    let hours = part(seconds % DAY / HOUR, "h");
    let minutes = part(seconds % HOUR / MINUTE, "min");
    [days, hours, minutes].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// About how long that is: "25 min", "34 h", "3 days"; empty below a minute.
pub fn roughly(seconds: i64) -> String {
    match seconds {
        ..HOUR => length(seconds),
        HOUR..TWO_DAYS => format!("{} h", seconds / HOUR),
        TWO_DAYS.. => format!("{} days", seconds / DAY),
    }
}

/// A length of time in ISO 8601, as `PT1H30M`; exact.
pub fn iso_length(length: Duration) -> String {
    let seconds = length.num_seconds().max(0);
    let (days, hours, minutes, rest) = (seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    let mut text = String::from("P");
    let mut part = |value: i64, unit: char| {
        if value > 0 {
            text.push_str(&format!("{value}{unit}"));
        }
    };
    part(days, 'D');
    if seconds % DAY == 0 && days > 0 {
        return text;
    }
    text.push('T');
    let mut part = |value: i64, unit: char| {
        if value > 0 || (unit == 'S' && seconds == 0) {
            text.push_str(&format!("{value}{unit}"));
        }
    };
    part(hours, 'H');
    part(minutes, 'M');
    part(rest, 'S');
    text
}

/// The word of a priority; absent is medium.
pub fn priority_word(priority: v1::Priority) -> &'static str {
    match priority {
        v1::Priority::Low => Priority::Low.as_str(),
        v1::Priority::Unspecified | v1::Priority::Medium => Priority::Medium.as_str(),
        v1::Priority::High => Priority::High.as_str(),
        v1::Priority::Urgent => Priority::Urgent.as_str(),
    }
}

fn local(at: LocalTime, now: Now) -> NaiveDateTime {
    at.instant().with_timezone(&now.zone()).naive_local()
}

fn clock_distance(seconds: i64) -> String {
    let distance = seconds.abs();
    let words = match distance {
        0..MINUTE => return "now".to_owned(),
        MINUTE..HOUR => format!("{} min", distance / MINUTE),
        _ => format!("{} h", (distance + HOUR / 2) / HOUR),
    };
    directed(&words, seconds)
}

fn day_distance(days: i64) -> String {
    let distance = days.abs();
    let words = match distance {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        2..14 => format!("{distance} days"),
        14..61 => format!("{} weeks", distance / 7),
        61..730 => format!("{} months", distance * 12 / 365),
        _ => format!("{} years", distance / 365),
    };
    directed(&words, days)
}

fn directed(words: &str, distance: i64) -> String {
    if distance < 0 { format!("{words} ago") } else { format!("in {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn now() -> Now {
        Now::new("2026-11-22T09:00:00Z".parse().unwrap(), Tz::Europe__Berlin)
    }

    fn at(local: &str) -> When {
        When::At(LocalTime::new(local.parse().unwrap(), Tz::Europe__Berlin))
    }

    fn on(date: &str) -> When {
        When::Date(date.parse().unwrap())
    }

    #[test]
    fn how_late_something_is_is_told_in_the_measure_that_fits() {
        let told = [59, 60, 1_530, 3_600, 7_199, 123_720, 172_800, 700_000].map(roughly);
        assert_eq!(told, ["", "1 min", "25 min", "1 h", "1 h", "34 h", "2 days", "8 days"]);
    }

    #[test]
    fn distances_are_told_in_the_unit_people_would_use() {
        for (when, want) in [
            (at("2026-11-22T10:00:30"), "now"),
            (at("2026-11-22T10:25:00"), "in 25 min"),
            (at("2026-11-22T17:00:00"), "in 7 h"),
            (at("2026-11-22T07:45:00"), "2 h ago"),
            (at("2026-11-23T17:00:00"), "tomorrow"),
            (on("2026-11-22"), "today"),
            (on("2026-11-21"), "yesterday"),
            (on("2026-12-01"), "in 9 days"),
            (on("2026-12-24"), "in 4 weeks"),
            (on("2027-03-01"), "in 3 months"),
            (on("2020-03-01"), "6 years ago"),
        ] {
            assert_eq!(relative(when, now()), want, "{when:?}");
        }
    }

    #[test]
    fn dates_are_on_the_readers_clock_and_name_another_year() {
        assert_eq!(full(at("2026-11-23T17:00:00"), now()), "Mon 23 Nov 17:00");
        assert_eq!(full(on("2027-01-02"), now()), "Sat 2 Jan 2027");
        let tokyo = When::At(LocalTime::new("2026-11-23T05:30:15".parse().unwrap(), Tz::Asia__Tokyo));
        assert_eq!(full(tokyo, now()), "Sun 22 Nov 21:30", "as a clock shows it");
        assert_eq!(elsewhere(tokyo, now()).unwrap(), "Mon 05:30 in Asia/Tokyo");
        assert_eq!(
            (iso(tokyo, now()).as_str(), elsewhere(at("2026-11-23T05:30:00"), now())),
            ("2026-11-22T21:30:15", None)
        );
    }

    #[test]
    fn lengths_are_short_for_people_and_exact_for_programs() {
        for (seconds, words, iso) in [
            (1800, "30 min", "PT30M"),
            (5400, "1 h 30 min", "PT1H30M"),
            (7200, "2 h", "PT2H"),
            (2 * DAY, "2 days", "P2D"),
            (DAY + HOUR + 5, "1 day 1 h", "P1DT1H5S"),
            (34 * HOUR + 22 * MINUTE, "1 day 10 h 22 min", "P1DT10H22M"),
        ] {
            assert_eq!((length(seconds).as_str(), iso_length(Duration::seconds(seconds)).as_str()), (words, iso));
        }
        for minutes in [1, 30, 90, 25 * 60 + 1, 34 * 60 + 22, 3 * 24 * 60 + 7] {
            let read = tasks_language::read_duration(&length(minutes * MINUTE)).unwrap();
            assert_eq!(read, Duration::minutes(minutes), "the form of edit -e is read back");
        }
        assert_eq!((length(0).as_str(), iso_length(Duration::zero()).as_str()), ("", "PT0S"));
    }
}
