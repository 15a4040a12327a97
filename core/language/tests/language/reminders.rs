//! Reminders inside a line, and lines that are one.

use crate::common::{context, read, shown};
use tasks_domain::when::When;
use tasks_language::{Context, Reading, Reminder, Settings, SpanKind, parse, understand};

/// The reminders as `-P1D`, `-PT15M` in minutes before, or as local times.
fn asked(reading: &Reading) -> String {
    let one = |reminder: &Reminder| match reminder {
        Reminder::Before(length) => format!("-{}m", length.num_minutes()),
        Reminder::At(at) | Reminder::OnDay { at, .. } => shown(Some(When::At(*at))),
    };
    reading.reminders.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn reminders_come_before_a_task_or_at_a_time() {
    for (phrase, reminders) in [
        ("remind me 20 minutes before", "-20m"),
        ("remind me half an hour before it", "-30m"),
        ("reminder 20m", "-20m"),
        ("with a 20 minute reminder", "-20m"),
        ("with a reminder 2 hours before", "-120m"),
        ("alert me 2 hours in advance", "-120m"),
        ("notify me 1 day earlier", "-1440m"),
        ("remind me the day before", "-1440m"),
        ("remind me 1 week before, 2 days before and 1 hour before", "-10080m -2880m -60m"),
        ("remind me 2 days before at 9am", "2026-11-26T09:00"),
        ("remind me the evening before", "2026-11-27T19:00"),
        ("remind me at 8", "2026-11-28T08:00"),
        ("with a reminder at noon", "2026-11-28T12:00"),
        ("remind me on friday", "2026-11-27T09:00"),
        ("remind me tomorrow at 10am", "2026-11-23T10:00"),
        ("remind me when due", "-0m"),
        ("remind me when it is due", "-0m"),
        ("with a reminder on time", "-0m"),
        ("remind me at due time and 1 hour before", "-0m -60m"),
        ("remind me", "-0m"),
        ("with a reminder", "-0m"),
    ] {
        let reading = read(&format!("fly to Oslo saturday 14:00 {phrase}"));
        assert_eq!(asked(&reading), reminders, "{phrase}");
        assert_eq!(shown(reading.due), "2026-11-28T14:00", "{phrase}");
        assert_eq!(reading.title.as_deref(), Some("fly to Oslo"), "{phrase}");
    }
}

#[test]
fn a_time_that_is_past_is_heard_so_that_it_can_be_refused() {
    for (text, title, reminder) in [
        ("feed the cat remind me yesterday at 9", "feed the cat", "2026-11-21T09:00"),
        ("feed the cat friday remind me 2 days ago", "feed the cat", "2026-11-20T09:00"),
        ("remind me yesterday at 9 to feed the cat", "feed the cat", "2026-11-21T09:00"),
        ("remind me to feed the cat yesterday at 9", "feed the cat", "2026-11-21T09:00"),
    ] {
        for reading in [read(text), understand(text, &context())] {
            assert_eq!((reading.title.as_deref(), asked(&reading).as_str()), (Some(title), reminder), "{text}");
            assert!(reading.spans.iter().any(|span| span.kind == SpanKind::Reminder), "{text}");
        }
    }
    let told = read("remind me that the cat ran off yesterday");
    assert_eq!(told.reminders, []);
    assert_eq!(asked(&read("feed the cat remind me tomorrow at 9")), "2026-11-23T09:00");
}

#[test]
fn a_guessed_hour_comes_before_what_it_reminds_of() {
    assert_eq!(asked(&read("lunch friday 12:30 remind me at 6")), "2026-11-27T06:00");
    assert_eq!(asked(&read("dinner friday 20:30 remind me at 6")), "2026-11-27T18:00");
}

#[test]
fn a_line_that_is_a_reminder_is_due_then() {
    for (text, title, due, reminders) in [
        ("remind me tomorrow at 9 to feed the cat", "feed the cat", "2026-11-23T09:00", "-0m"),
        ("remind me to feed the cat tomorrow at 9", "feed the cat", "2026-11-23T09:00", "-0m"),
        ("please remind me about the tax form on friday", "the tax form", "2026-11-27", ""),
        ("reminder: feed the cat at noon", "feed the cat", "2026-11-22T12:00", "-0m"),
        ("set a reminder for friday 3pm to feed the cat", "feed the cat", "2026-11-27T15:00", "-0m"),
        ("remind me to feed the cat", "feed the cat", "-", ""),
        ("remind me in 20 minutes to feed the cat", "feed the cat", "2026-11-22T10:20", "-0m"),
    ] {
        let reading = read(text);
        let found = (reading.title.as_deref(), shown(reading.due), asked(&reading));
        assert_eq!(found, (Some(title), due.to_owned(), reminders.to_owned()), "{text}");
    }
    let reading = read("remind me every day at 7pm to feed the cat");
    assert_eq!((reading.title.as_deref(), reading.rrule.as_deref()), (Some("feed the cat"), Some("FREQ=DAILY")));
    assert_eq!(shown(reading.due), "2026-11-22T19:00");
}

#[test]
fn a_reminder_without_a_time_of_its_own_follows_the_settings() {
    let settings = Settings {
        reminder_lead: chrono::Duration::minutes(15),
        reminder_hour: chrono::NaiveTime::from_hms_opt(7, 30, 0).expect("a time"),
        ..Settings::default()
    };
    let context = Context { settings, ..context() };
    assert_eq!(asked(&parse("fly to Oslo saturday 14:00 with a reminder", &context)), "-15m");
    assert_eq!(asked(&parse("fly to Oslo saturday remind me on friday", &context)), "2026-11-27T07:30");
}

#[test]
fn words_about_reminders_that_ask_for_none_stay() {
    for text in ["write reminder letters", "mute every notification sound", "remember the milk", "check the alert"] {
        let reading = read(text);
        assert_eq!((reading.title.as_deref(), reading.reminders.len()), (Some(text), 0), "{text}");
    }
}
