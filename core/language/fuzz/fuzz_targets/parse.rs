//! Any bytes are read without a panic, and what is not title is covered by spans that lie in the text.
#![no_main]

use chrono::DateTime;
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;
use tasks_domain::when::Now;
use tasks_language::{Context, Scope, Settings, parse_within, read_duration, read_when};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let instant = DateTime::from_timestamp(1_795_338_000, 0).expect("an instant within the calendar");
    let context = Context { now: Now::new(instant, Tz::Europe__Berlin), settings: Settings::default() };
    for scope in [Scope::ALL, Scope::ONCE] {
        let reading = parse_within(&text, &context, scope);
        let mut rest = String::new();
        let mut from = 0;
        for span in reading.spans.iter().map(|one| one.span) {
            assert!(from <= span.start && span.start < span.end, "spans overlap or are empty");
            rest.push_str(&text[from..span.start]);
            from = span.end;
        }
        rest.push_str(&text[from..]);
        rest.retain(|c| !c.is_whitespace());
        let mut title = reading.title.clone().unwrap_or_default();
        title.retain(|c| !c.is_whitespace());
        assert_eq!(rest, title, "something typed is neither title nor span");
        assert!(reading.occurrences(3).len() <= 3);
    }
    let _ = (read_when(&text, &context), read_duration(&text));
});
