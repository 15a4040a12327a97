//! A fixed present for the tests: Sunday 22 November 2026, 10:00 in Berlin, unless a test says otherwise.

use chrono::DateTime;
use chrono_tz::Tz;
use tasks_domain::when::{Now, When};
use tasks_language::{Context, Reading, Settings, parse};

pub(crate) fn context_at(now: &str) -> Context {
    let now = DateTime::parse_from_rfc3339(now).expect("an instant");
    Context { now: Now::new(now.to_utc(), Tz::Europe__Berlin), settings: Settings::default() }
}

pub(crate) fn context() -> Context {
    context_at("2026-11-22T10:00:00+01:00")
}

pub(crate) fn read(text: &str) -> Reading {
    parse(text, &context())
}

/// A date as `2026-11-23`, a time as `2026-11-23T17:00`, in the zone of the value.
pub(crate) fn shown(when: Option<When>) -> String {
    match when {
        None => "-".to_owned(),
        Some(When::Date(date)) => date.to_string(),
        Some(When::At(time)) => time.local().format("%Y-%m-%dT%H:%M").to_string(),
    }
}

/// Each phrase is all of what is taken out of a line, and says when it is due.
pub(crate) fn due_of(phrases: &[(&str, &str)]) {
    for (phrase, due) in phrases {
        for (text, title) in [(format!("water ferns {phrase}"), Some("water ferns")), ((*phrase).to_owned(), None)] {
            let reading = read(&text);
            assert_eq!((shown(reading.due).as_str(), reading.title.as_deref()), (*due, title), "{text}");
        }
    }
}

/// Each line has this title and is due then.
pub(crate) fn lines(lines: &[(&str, &str, &str)]) {
    for (text, title, due) in lines {
        let reading = read(text);
        assert_eq!((reading.title.as_deref(), shown(reading.due).as_str()), (Some(*title), *due), "{text}");
    }
}

/// The first occurrences of what a text says comes again.
pub(crate) fn coming(reading: &Reading, most: usize) -> Vec<When> {
    let series = reading.schedule().expect("a rule").series();
    series.slots().take(most).map(|slot| series.occurrence(slot).when).collect()
}
