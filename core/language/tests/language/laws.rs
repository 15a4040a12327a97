//! What holds for every line that says something: it means the same however it is put.

use crate::common::{coming, context, shown};
use chrono::Duration;
use proptest::prelude::*;
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{Context, Reading, Reminder, parse};

const TITLES: &[&str] =
    &["water ferns", "call Ada", "buy 2 lemons", "read \"Monday or Tuesday\"", "mail bob@example.com"];
const WHENS: &[&str] = &[
    "tomorrow",
    "on friday",
    "next tuesday at 9",
    "dec 24 18:30",
    "in 3 days",
    "in 2 hours",
    "tonight",
    "by end of month",
    "the day after tomorrow at half past six",
    "24.12.2027",
    "last friday of january",
    "at noon",
];
const MARKERS: &[&str] = &["!high", "#home", "+garden", "@work/reports", "for 30 minutes"];
const REMINDERS: &[&str] = &["remind me 20 minutes before", "with a reminder 2 hours before", "remind me 1 day before"];

/// How a rule is said, and the rule.
#[derive(Clone, Debug)]
struct Rule {
    words: String,
    text: String,
    /// Whole days are moved by whole days: the rule names no day of a week, month or year.
    floats: bool,
}

fn often() -> impl Strategy<Value = Rule> {
    let unit = (1_u32..40, prop::sample::select(&[("day", "DAILY"), ("week", "WEEKLY"), ("month", "MONTHLY")][..]))
        .prop_map(|(n, (unit, freq))| match n {
            1 => Rule { words: format!("every {unit}"), text: format!("FREQ={freq}"), floats: true },
            2 => Rule { words: format!("every other {unit}"), text: format!("FREQ={freq};INTERVAL=2"), floats: true },
            n => Rule { words: format!("every {n} {unit}s"), text: format!("FREQ={freq};INTERVAL={n}"), floats: true },
        });
    let days =
        [("monday", "MO"), ("tue", "TU"), ("wednesday", "WE"), ("thurs", "TH"), ("fri", "FR"), ("saturday", "SA")];
    let weekly = prop::sample::subsequence(days.to_vec(), 1..4).prop_map(|days| {
        let (words, codes): (Vec<_>, Vec<_>) = days.into_iter().unzip();
        let text = format!("FREQ=WEEKLY;BYDAY={}", codes.join(","));
        Rule { words: format!("every {}", words.join(" and ")), text, floats: false }
    });
    let nths = [("first", 1), ("2nd", 2), ("third", 3), ("4th", 4), ("last", -1)];
    let monthly = (prop::sample::select(nths.to_vec()), prop::sample::select(days.to_vec())).prop_map(
        |((nth, n), (day, code))| Rule {
            words: format!("the {nth} {day} of every month"),
            text: format!("FREQ=MONTHLY;BYDAY={n}{code}"),
            floats: false,
        },
    );
    let numbered = (1_u32..29).prop_map(|day| Rule {
        words: format!("every month on day {day}"),
        text: format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
        floats: false,
    });
    prop_oneof![unit, weekly, monthly, numbered]
}

fn rule() -> impl Strategy<Value = Rule> {
    let end = prop_oneof![
        Just((String::new(), String::new())),
        (2_u32..30).prop_map(|n| (format!(" for {n} times"), format!(";COUNT={n}"))),
        (2_u32..30).prop_map(|n| (format!(" {n}x"), format!(";COUNT={n}"))),
        Just((" until 24.12.2029".to_owned(), ";UNTIL=20291224".to_owned())),
    ];
    (often(), end).prop_map(|(rule, (words, text))| Rule {
        words: rule.words + &words,
        text: rule.text + &text,
        floats: rule.floats,
    })
}

/// What a reading says, in the plainest words there are for it.
fn canonical(reading: &Reading) -> String {
    let mut text = reading.title.clone().unwrap_or_default();
    match reading.due {
        Some(When::Date(day)) => text.push_str(&format!(" {day}")),
        Some(When::At(time)) => text.push_str(&format!(" {}", time.local().format("%Y-%m-%dT%H:%M:%S"))),
        None => {}
    }
    for reminder in &reading.reminders {
        if let Reminder::Before(length) = reminder {
            text.push_str(&format!(" remind me {} minutes before", length.num_minutes()));
        }
    }
    if let Some(length) = reading.duration {
        text.push_str(&format!(" for {} minutes", length.num_minutes()));
    }
    if let Some(priority) = reading.priority {
        text.push_str(&format!(" !{priority}"));
    }
    reading.tags.iter().for_each(|tag| text.push_str(&format!(" #{tag}")));
    if let Some(project) = &reading.project {
        text.push_str(&format!(" @{project}"));
    }
    text
}

fn later(when: When, days: i64) -> When {
    match when {
        When::Date(date) => When::Date(date + Duration::days(days)),
        When::At(time) => When::At(LocalTime::new(time.local() + Duration::days(days), time.zone())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_plain_words_of_a_reading_are_read_as_the_same(
        title in prop::sample::select(TITLES),
        when in prop::sample::select(WHENS),
        markers in prop::sample::subsequence(MARKERS.to_vec(), 0..4),
        reminder in prop::option::of(prop::sample::select(REMINDERS)),
    ) {
        let reminder = reminder.unwrap_or_default();
        let first = parse(&format!("{title} {when} {} {reminder}", markers.join(" ")), &context());
        let plain = canonical(&first);
        let again = parse(&plain, &context());
        let fields = |r: &Reading| (
            r.title.clone(), r.due, r.priority, r.tags.clone(), r.project.clone(), r.duration, r.reminders.clone(),
        );
        prop_assert_eq!(first.title.as_deref(), Some(title));
        prop_assert_eq!(fields(&first), fields(&again), "{}", plain);
    }

    #[test]
    fn a_rule_is_read_before_and_behind_its_task(title in prop::sample::select(TITLES), rule in rule()) {
        for text in [format!("{title} {}", rule.words), format!("{} {title}", rule.words)] {
            let reading = parse(&text, &context());
            prop_assert_eq!(reading.rrule.as_deref(), Some(rule.text.as_str()), "{}", text);
            prop_assert_eq!(reading.title.as_deref(), Some(title), "{}", text);
            prop_assert!(shown(reading.due) >= shown(Some(When::Date(context().now.today()))), "{}", text);
        }
    }

    #[test]
    fn the_first_occurrence_of_a_rule_is_the_first_that_fits_it(rule in rule()) {
        let reading = parse(&rule.words, &context());
        let coming = coming(&reading, 4);
        prop_assert_eq!(coming.first().copied(), reading.due);
        prop_assert!(coming.windows(2).all(|pair| shown(Some(pair[0])) < shown(Some(pair[1]))), "{:?}", coming);
    }

    #[test]
    fn a_day_later_a_rule_begins_a_day_later(rule in rule(), days in 0_i64..100) {
        let today = context();
        let then = Context { now: Now::new(today.now.instant() + Duration::days(days), today.now.zone()), ..today.clone() };
        let (first, moved) = (parse(&rule.words, &today), parse(&rule.words, &then));
        prop_assert_eq!(&first.rrule, &moved.rrule);
        let due = first.due.expect("a rule has a first occurrence");
        if rule.floats {
            prop_assert_eq!(moved.due, Some(later(due, days)));
        } else {
            prop_assert!(shown(moved.due) >= shown(first.due), "{}", shown(moved.due));
        }
    }

    #[test]
    fn damaged_lines_are_read_too(
        text in "[a-z ]{0,12}",
        line in prop::sample::select(WHENS),
        rule in rule(),
        cut in 0_usize..60,
        again in 0_usize..60,
    ) {
        let whole = format!("{line} {} {text} {}", rule.words, REMINDERS[cut % REMINDERS.len()]);
        let mut bytes = whole.into_bytes();
        let (cut, again) = (cut % bytes.len(), again % bytes.len());
        bytes.remove(cut);
        let piece = bytes[again.min(cut)..cut.max(again).min(bytes.len())].to_vec();
        bytes.extend(piece);
        let text = String::from_utf8_lossy(&bytes);
        let reading = parse(&text, &context());
        let kept: usize = reading.spans.iter().map(|s| s.span.end - s.span.start).sum();
        prop_assert!(kept <= text.len());
    }
}
