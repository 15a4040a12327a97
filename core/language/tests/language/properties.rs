//! What holds for every text.

use crate::common::context;
use chrono::Duration;
use proptest::prelude::*;
use tasks_domain::when::{Now, When};
use tasks_language::{Context, Reading, parse, read_duration, read_when};

/// Words that rules look at, so that random lines get deep into them.
const WORDS: &[&str] = &[
    "milk",
    "call",
    "friday",
    "next",
    "the",
    "1st",
    "of",
    "march",
    "may",
    "5",
    "5pm",
    "17:30",
    "25:00",
    "at",
    "on",
    "in",
    "2",
    "hours",
    "and",
    "a",
    "half",
    "past",
    "quarter",
    "to",
    "noon",
    "tomorrow",
    "tonight",
    "-",
    ",",
    ".",
    "/",
    "24.12.",
    "31/12",
    "2026-02-30",
    "T",
    "every",
    "for",
    "30",
    "minutes",
    "#tag",
    "+x",
    "@p",
    "p1",
    "!high",
    "//",
    "\"",
    "'",
    "(",
    ")",
    "week",
    "last",
    "day",
    "from",
    "now",
    "until",
    "daily",
    "mondays",
    "twice",
    "3x",
    "times",
    "other",
    "month",
    "starting",
    "except",
    "weekends",
    "completion",
    "after",
    "reminder",
    "with",
    "remind",
    "me",
    "before",
    "twenty",
    "second",
    "ET",
    "UTC",
    "é",
    "🎂",
    "eod",
    "end",
    "christmas",
    "modnay",
    "1/2",
    "h",
    "p",
    "m",
    "99999999999",
    "thousand",
    "years",
];

fn line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    let gap = prop::sample::select(&["", " ", "  ", "\n"][..]);
    prop::collection::vec((word, gap), 0..14).prop_map(|parts| parts.into_iter().flat_map(|(w, g)| [w, g]).collect())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![line(), any::<String>(), "[ -~]{0,40}"]
}

/// The title and the spans, put back together, are the text but for white space.
fn covers(text: &str, reading: &Reading) -> bool {
    let mut title = reading.title.clone().unwrap_or_default();
    let mut from = 0;
    for span in reading.spans.iter().map(|s| s.span) {
        if span.start < from
            || span.end <= span.start
            || !text.is_char_boundary(span.start)
            || !text.is_char_boundary(span.end)
        {
            return false;
        }
        from = span.end;
    }
    if from > text.len() {
        return false;
    }
    let mut rest = String::new();
    let mut from = 0;
    for span in reading.spans.iter().map(|s| s.span) {
        rest.push_str(&text[from..span.start]);
        from = span.end;
    }
    rest.push_str(&text[from..]);
    rest.retain(|c| !c.is_whitespace());
    title.retain(|c| !c.is_whitespace());
    rest == title
}

fn later(when: When, days: i64) -> When {
    match when {
        When::Date(date) => When::Date(date + Duration::days(days)),
        When::At(time) => {
            When::At(tasks_domain::when::LocalTime::new(time.local() + Duration::days(days), time.zone()))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_and_covered_by_title_and_spans(text in text()) {
        let reading = parse(&text, &context());
        prop_assert!(covers(&text, &reading), "{:?}", reading);
        prop_assert!((0.0..=1.0).contains(&reading.confidence));
        for warning in &reading.warnings {
            prop_assert!(text.get(warning.span.start..warning.span.end).is_some());
        }
    }

    #[test]
    fn any_bytes_are_read(bytes: Vec<u8>) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = (parse(&text, &context()), read_when(&text, &context()).is_ok(), read_duration(&text).is_ok());
    }

    #[test]
    fn any_present_will_do(text in line(), seconds in -62_000_000_000_i64..250_000_000_000) {
        let instant = chrono::DateTime::from_timestamp(seconds, 0).expect("within the years chrono can tell");
        let context = Context { now: Now::new(instant, chrono_tz::Tz::Pacific__Apia), ..context() };
        prop_assert!(covers(&text, &parse(&text, &context)));
        let _ = read_when(&text, &context);
    }

    #[test]
    fn an_errors_place_is_in_the_text(text in text()) {
        if let Err(error) = read_when(&text, &context()) {
            let (shown, span) = error.place().expect("errors about dates have a place");
            prop_assert_eq!(shown, text.as_str());
            prop_assert!(text.get(span.start..span.end).is_some());
        }
    }

    #[test]
    fn reading_is_deterministic(text in text()) {
        prop_assert_eq!(parse(&text, &context()), parse(&text, &context()));
    }

    #[test]
    fn a_day_later_relative_dates_are_a_day_later(
        phrase in prop::sample::select(&["today", "tomorrow", "in 3 days", "in 2 hours", "5pm", "tonight", "tomorrow at 9", "in 2 weeks", "noon"][..]),
        days in 0_i64..100,
    ) {
        let today = context();
        let then = Context { now: Now::new(today.now.instant() + Duration::days(days), today.now.zone()), ..today.clone() };
        let first = parse(phrase, &today).due.expect("a date");
        prop_assert_eq!(parse(phrase, &then).due, Some(later(first, days)));
    }
}
