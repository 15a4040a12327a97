//! Flags and filters: texts that must be a date, a time, a period or a length as a whole.

use crate::common::{context, shown};
use chrono::Duration;
use tasks_domain::error::{Error, Span};
use tasks_language::{read_duration, read_when};

#[test]
fn a_flag_takes_every_way_of_saying_when() {
    for (text, due) in [
        ("fri 3pm", "2026-11-27T15:00"),
        (" tomorrow ", "2026-11-23"),
        ("2026-12-24 14:00", "2026-12-24T14:00"),
        ("2026-12-01T09:00:00+01:00", "2026-12-01T09:00"),
        ("2026-12-01T09:00:00Z", "2026-12-01T10:00"),
        ("24 dec", "2026-12-24"),
        ("1 hour", "2026-11-22T11:00"),
        ("in 2 hours", "2026-11-22T12:00"),
        ("yesterday", "2026-11-21"),
        ("last friday", "2026-11-20"),
        ("2 days ago", "2026-11-20"),
        ("june", "2027-06-01"),
        ("evening", "2026-11-22T19:00"),
    ] {
        let reading = read_when(text, &context()).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(shown(Some(reading.due)), due, "{text}");
    }
}

#[test]
fn a_filter_takes_periods() {
    for (text, first, last) in [
        ("week", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("month", "2026-11-01", "2026-11-30"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("weekend", "2026-11-21", "2026-11-22"),
        ("year", "2026-01-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("today", "2026-11-22", "2026-11-22"),
        ("fri", "2026-11-27", "2026-11-27"),
        ("mon to wed", "2026-11-23", "2026-11-25"),
        ("10pm-2am", "2026-11-22", "2026-11-23"),
    ] {
        let reading = read_when(text, &context()).unwrap_or_else(|e| panic!("{text}: {e}"));
        let days = (reading.span_days.0.to_string(), reading.span_days.1.to_string());
        assert_eq!(days, (first.to_owned(), last.to_owned()), "{text}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    for (text, start, end, reason) in [
        ("2026-02-30", 0, 10, "2026-02-30 is not a date: February 2026 has 28 days"),
        ("friday 25:00", 7, 12, "25:00 is not a time of day"),
        ("25:00", 0, 5, "25:00 is not a time of day"),
        ("on feb 30", 3, 9, "feb 30 is not a date: February has at most 29 days"),
    ] {
        let want =
            Error::ImpossibleDate { text: text.to_owned(), span: Span::new(start, end), reason: reason.to_owned() };
        assert_eq!(read_when(text, &context()), Err(want));
    }
}

#[test]
fn what_is_no_date_as_a_whole_is_refused() {
    for text in ["", "  ", "milk", "friday milk", "5", "1984", "friday monday", "3pm 4pm", "every friday"] {
        let refused = read_when(text, &context());
        assert!(matches!(refused, Err(Error::UnreadableDate { .. })), "{text}: {refused:?}");
    }
}

#[test]
fn lengths_of_time_are_read() {
    for (text, minutes) in [
        ("30m", 30),
        ("1h30", 90),
        ("1h30m", 90),
        ("1 h 30 min", 90),
        ("1 day 10 h 22 min", 34 * 60 + 22),
        ("2 hours", 120),
        ("1/2 h", 30),
        ("half an hour", 30),
        ("1.5h", 90),
        ("PT30M", 30),
        ("P1DT2H", 26 * 60),
        ("3 days", 3 * 24 * 60),
        ("two and a half hours", 150),
        ("for 20 min", 20),
    ] {
        assert_eq!(read_duration(text), Ok(Duration::minutes(minutes)), "{text}");
    }
    for text in ["", "milk", "5", "0m", "2 hours milk", "P", "PT", "-5m", "99999999999 years"] {
        assert!(read_duration(text).is_err(), "{text}");
    }
}
