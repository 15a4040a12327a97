//! What stays in the title: look-alikes, names, quotes, what cannot be, and what a later issue reads.

use crate::common::{context, lines, read, shown};
use tasks_domain::error::Span;
use tasks_language::{Scope, parse_within};

/// The whole line is the title.
fn untouched(texts: &[&str]) {
    for text in texts {
        let reading = read(text);
        assert_eq!(reading.title.as_deref(), Some(*text));
        assert_eq!((reading.due, reading.spans.len()), (None, 0), "{text}");
    }
}

#[test]
fn look_alikes_are_no_dates() {
    untouched(&[
        "ping 192.168.1.1",
        "release v1.2.3",
        "install Ubuntu 24.04",
        "watch a 16:9 video",
        "rated 10/10",
        "open 24/7",
        "call +49 30 1234567",
        "call 555-1234",
        "see https://example.com/2026/12/24/may",
        "read 1984",
        "buy 7up",
        "change the 9V battery",
        "half the apples",
        "pay $12.34",
        "add 1/2 cup of milk",
        "version 1.1.30",
        "ABC-12345-A1B2C3",
        "room 1200 keys",
        "🎂 5",
        "first",
        "second",
        "third",
        "twenty-first",
    ]);
}

#[test]
fn words_that_are_names_stay_in_the_title() {
    untouched(&[
        "call May",
        "call May about the march",
        "watch The Day After Tomorrow",
        "sat nav update",
        "sun cream",
        "buy march madness tickets",
        "learn to say good morning in Thai",
        "watch Minute by Minute",
        "renew Financial Times subscription",
        "learn about the 1st amendment",
        "reply to Tuesday's email thread from Wes",
        "happy friday post",
        "get a second opinion",
    ]);
}

#[test]
fn names_beside_a_date_stay_in_the_title() {
    lines(&[
        ("call May 5pm", "call May", "2026-11-22T17:00"),
        ("movie night friday", "movie night", "2026-11-27"),
        ("dinner with Eve tomorrow", "dinner with Eve", "2026-11-23"),
        ("Buy Milk Tomorrow Morning", "Buy Milk", "2026-11-23T09:00"),
        ("watch Tomorrow Never Dies on sat", "watch Tomorrow Never Dies", "2026-11-28"),
        ("CALL MOM TOMORROW 5PM", "CALL MOM", "2026-11-23T17:00"),
        ("order next day delivery friday", "order next day delivery", "2026-11-27"),
    ]);
}

#[test]
fn words_about_the_past_are_not_when_it_is_due() {
    untouched(&["send report from last week", "answer the mail of yesterday evening", "what i did 2 days ago notes"]);
}

#[test]
fn quotes_protect() {
    lines(&[
        ("'Monday' by Chesterton tomorrow", "'Monday' by Chesterton", "2026-11-23"),
        ("add \"'Monday' by Chesterton\" tomorrow", "add \"'Monday' by Chesterton\"", "2026-11-23"),
        ("watch “Friday the 13th” on sat", "watch “Friday the 13th”", "2026-11-28"),
        ("kids' party friday", "kids' party", "2026-11-27"),
    ]);
}

/// The line as a caller reads it that keeps no rules and reminders: its title and when it is due.
fn once(lines: &[(&str, &str, &str)]) {
    for (text, title, due) in lines {
        let reading = parse_within(text, &context(), Scope::ONCE);
        assert_eq!((reading.title.as_deref(), shown(reading.due).as_str()), (Some(*title), *due), "{text}");
        assert_eq!((reading.rrule, reading.reminders.len()), (None, 0), "{text}");
    }
}

#[test]
fn rules_stay_whole_where_they_are_not_read() {
    for text in [
        "every friday 4pm review",
        "water plants every other day at 9",
        "take vitamins daily",
        "gym mondays 7am",
        "once a week call mom at 5",
        "pushups every weekday at 9 until december",
        "antibiotics daily for 10 days",
    ] {
        once(&[(text, text, "-")]);
        assert!(parse_within(text, &context(), Scope::ONCE).comes_again, "{text}");
    }
    once(&[("prepare weekly report friday", "prepare weekly report", "2026-11-27")]);
}

#[test]
fn reminders_stay_whole_where_they_are_not_read() {
    once(&[
        ("dentist thu 14:00 remind me 15 minutes before", "dentist remind me 15 minutes before", "2026-11-26T14:00"),
        ("party friday with a reminder at 8", "party with a reminder at 8", "2026-11-27"),
    ]);
    untouched(&["work until 5pm"]);
}

#[test]
fn what_cannot_be_is_told_of_and_stays() {
    for (text, title, place, message) in [
        ("friday 25:00", "25:00", "25:00", "25:00 is not a time of day"),
        ("call at 12:75", "call at 12:75", "12:75", "12:75 is not a time of day"),
        ("feb 30 party", "feb 30 party", "feb 30", "feb 30 is not a date: February has at most 29 days"),
        ("rent 31/11", "rent 31/11", "31/11", "31/11 is not a date: November has at most 30 days"),
        (
            "backup on 2026-02-30",
            "backup on 2026-02-30",
            "2026-02-30",
            "2026-02-30 is not a date: February 2026 has 28 days",
        ),
        ("fast every feb 30", "fast every feb 30", "feb 30", "feb 30 is not a date: February has at most 29 days"),
        ("meet 13/31/2018", "meet 13/31/2018", "13/31/2018", "13/31/2018 is not a date"),
    ] {
        let reading = read(text);
        let warning = reading.warnings.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(reading.warnings.len(), 1, "{text}");
        assert_eq!((&text[warning.span.start..warning.span.end], warning.message.as_str()), (place, message));
        assert_eq!(reading.title.as_deref(), Some(title));
        assert!(reading.confidence < 0.6, "{text}");
    }
    assert_eq!(shown(read("friday 25:00").due), "2026-11-27");
}

#[test]
fn a_warning_becomes_the_refusal_of_an_edit() {
    let text = "friday 25:00";
    let error = read(text).warnings.remove(0).into_error(text);
    assert_eq!(error.place(), Some((text, Span::new(7, 12))));
    assert_eq!(error.to_string(), "25:00 is not a time of day");
    for (text, says) in [
        ("friday 25:00", "did you mean 1:00 of the day after?"),
        ("friday 12:75", "as in friday 17:30"),
        ("meet 13/31/2018", "months run from 1 to 12"),
        ("feb 30", "try: tomorrow 5pm"),
    ] {
        let hint = read(text).warnings.remove(0).into_error(text).hint().unwrap();
        assert!(hint.contains(says), "{text}: {hint}");
    }
}

#[test]
fn punctuation_does_not_dangle_where_something_was_cut_out() {
    lines(&[
        ("party (friday) bring cake", "party bring cake", "2026-11-27"),
        ("lunch, friday - with Bob", "lunch with Bob", "2026-11-27"),
        ("Deadline: friday", "Deadline", "2026-11-27"),
        ("call   mom \t tomorrow.", "call mom", "2026-11-23"),
        ("anything due on friday?", "anything?", "2026-11-27"),
        ("tomorrow: well-known thing", "well-known thing", "2026-11-23"),
    ]);
}

#[test]
fn a_second_date_stays_and_is_told_of() {
    let reading = read("send friday report on monday");
    assert_eq!((reading.title.as_deref(), shown(reading.due).as_str()), (Some("send friday report"), "2026-11-23"));
    assert_eq!(reading.alternatives.len(), 1);
    assert_eq!(shown(reading.alternatives[0].due), "2026-11-27");
}

#[test]
fn what_is_said_to_be_the_due_wins_over_other_dates_and_one_of_something_is_no_hour() {
    for (text, title, due) in [
        (
            "write the outlook for the coming year due next friday",
            "write the outlook for the coming year",
            "2026-11-27",
        ),
        ("due 24 dec: plan the whole of next week", "plan the whole of next week", "2026-12-24"),
        ("one tomorrow", "one", "2026-11-23"),
        ("9 tomorrow", "", "2026-11-23T09:00"),
    ] {
        let reading = read(text);
        let said = shown(reading.due);
        assert_eq!((reading.title.as_deref().unwrap_or_default(), said.as_str()), (title, due), "{text}");
    }
}
