//! Any bytes are read without a panic, and what is not title is covered by spans that lie in the text.
#![no_main]

use chrono::DateTime;
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;
use tasks_domain::when::Now;
use tasks_language::{
    Context, Intent, Reading, Scope, Settings, parse_within, read_duration, read_past, read_reminders, read_rule, read_when,
    understand_within,
};

/// Spans are in order, are not empty and lie on characters; the text without them.
fn outside_spans(text: &str, reading: &Reading) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for span in reading.spans.iter().map(|one| one.span) {
        assert!(from <= span.start && span.start < span.end, "spans overlap or are empty: {:?}", reading.spans);
        rest.push_str(&text[from..span.start]);
        from = span.end;
    }
    rest.push_str(&text[from..]);
    without_space(&rest)
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let instant = DateTime::from_timestamp(1_795_338_000, 0).expect("an instant within the calendar");
    let context = Context { now: Now::new(instant, Tz::Europe__Berlin), settings: Settings::default() };
    for scope in [Scope::ALL, Scope::ONCE] {
        let read = parse_within(&text, &context, scope);
        let title = without_space(read.title.as_deref().unwrap_or_default());
        assert_eq!(outside_spans(&text, &read), title, "something typed is neither title nor span");
        let _ = read.schedule();

        let said = understand_within(&text, &context, scope);
        let rest = outside_spans(&text, &said);
        assert!((0.0..=1.0).contains(&said.confidence), "a confidence of {}", said.confidence);
        // The name of an existing task is what its title is for a new one.
        if !matches!(said.intent, Intent::Undo | Intent::Help) {
            let named = said.title.as_deref().or(said.target.as_deref()).unwrap_or_default();
            assert_eq!(rest, without_space(named), "something said is neither name nor span: {said:?}");
        }
        let _ = said.schedule();
    }
    let due = read_when(&text, &context).ok().map(|read| read.due);
    let _ = (read_duration(&text), read_past(&text, &context), read_rule(&text, &context));
    let _ = read_reminders(&text, due, &context);
});
