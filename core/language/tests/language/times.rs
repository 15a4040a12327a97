//! Times of day, offsets, parts of the day, ranges, durations, zones.

use crate::common::{context_at, due_of, lines, read, shown};
use chrono::Duration;
use tasks_domain::when::When;
use tasks_language::parse;

#[test]
fn a_time_is_today_or_tomorrow_when_it_has_passed() {
    due_of(&[
        ("at 7pm", "2026-11-22T19:00"),
        ("5 pm", "2026-11-22T17:00"),
        ("5p", "2026-11-22T17:00"),
        ("8:15a", "2026-11-23T08:15"),
        ("9 p.m.", "2026-11-22T21:00"),
        ("17:00", "2026-11-22T17:00"),
        ("17h30", "2026-11-22T17:30"),
        ("at 15h", "2026-11-22T15:00"),
        ("8.30pm", "2026-11-22T20:30"),
        ("at 1030", "2026-11-22T10:30"),
        ("9:30", "2026-11-23T09:30"),
        ("@ 3pm", "2026-11-22T15:00"),
        ("3 oclock pm", "2026-11-22T15:00"),
        ("5ish", "2026-11-22T17:00"),
        ("3ish pm", "2026-11-22T15:00"),
        ("4:05pm sharp", "2026-11-22T16:05"),
        ("noon", "2026-11-22T12:00"),
        ("at midnight", "2026-11-23T00:00"),
        ("eod", "2026-11-22T17:00"),
        ("by end of day", "2026-11-22T17:00"),
        ("18:00h", "2026-11-22T18:00"),
        ("18:00 hrs", "2026-11-22T18:00"),
        ("18.30 Uhr", "2026-11-22T18:30"),
        ("6pm-ish", "2026-11-22T18:00"),
        ("6pm or so", "2026-11-22T18:00"),
        ("at exactly 6pm", "2026-11-22T18:00"),
        ("late tonight", "2026-11-22T22:00"),
        ("around six", "2026-11-22T18:00"),
    ]);
}

#[test]
fn bare_hours_after_at_follow_the_custom() {
    due_of(&[
        ("at 1", "2026-11-22T13:00"),
        ("at 6", "2026-11-22T18:00"),
        ("at 12", "2026-11-22T12:00"),
        ("at 11", "2026-11-22T11:00"),
        ("at 9", "2026-11-22T21:00"),
        ("at 9 tomorrow", "2026-11-23T09:00"),
        ("monday at 9", "2026-11-23T09:00"),
        ("tonight at 9", "2026-11-22T21:00"),
        ("tonight at 2", "2026-11-23T02:00"),
        ("this evening at 8", "2026-11-22T20:00"),
        ("at 8 in the evening", "2026-11-22T20:00"),
        ("in the morning at 7", "2026-11-23T07:00"),
        ("eight tonight", "2026-11-22T20:00"),
    ]);
    assert_eq!(shown(parse("call at 9", &context_at("2026-11-22T22:00:00+01:00")).due), "2026-11-23T09:00");
}

#[test]
fn times_are_written_without_a_colon_and_around_an_hour() {
    due_of(&[
        ("around 7", "2026-11-22T19:00"),
        ("at noonish", "2026-11-22T12:00"),
        ("9 o clock", "2026-11-22T21:00"),
        ("at 1900 hours", "2026-11-22T19:00"),
        ("0900 hrs", "2026-11-23T09:00"),
        ("tomorrow 0900", "2026-11-23T09:00"),
        ("tomorrow 1500 hrs", "2026-11-23T15:00"),
        ("tomorrow at 15 hours", "2026-11-23T15:00"),
        ("friday @noon", "2026-11-27T12:00"),
    ]);
    lines(&[("read about 7", "read about 7", "-"), ("run 1000 hours of tests", "run 1000 hours of tests", "-")]);
}

#[test]
fn parts_of_the_day_are_early_and_late() {
    due_of(&[
        ("first thing tomorrow", "2026-11-23T09:00"),
        ("first thing in the morning", "2026-11-23T09:00"),
        ("monday early afternoon", "2026-11-23T13:00"),
        ("tomorrow late afternoon", "2026-11-23T17:00"),
        ("tomorrow early evening", "2026-11-23T18:00"),
        ("friday late evening", "2026-11-27T22:00"),
        ("lunchtime tomorrow", "2026-11-23T12:00"),
        ("wednesday lunchtime", "2026-11-25T12:00"),
        ("friday night at 1", "2026-11-28T01:00"),
        ("later today", "2026-11-22"),
        ("first thing tomorrow morning", "2026-11-23T09:00"),
        ("early tomorrow morning", "2026-11-23T06:00"),
        ("late tomorrow afternoon", "2026-11-23T17:00"),
        ("midmorning tomorrow", "2026-11-23T10:00"),
    ]);
    lines(&[
        ("do the first thing on the list", "do the first thing on the list", "-"),
        ("lunch friday", "lunch", "2026-11-27"),
    ]);
}

#[test]
fn an_hour_and_a_day_alone_are_a_time() {
    for (text, due) in [("9 tomorrow", "2026-11-23T09:00"), ("9 to 5 tomorrow", "2026-11-23T09:00")] {
        assert_eq!(shown(read(text).due), due, "{text}");
    }
    lines(&[("buy 9 tomorrow", "buy 9", "2026-11-23"), ("24h service", "24h service", "-")]);
}

#[test]
fn a_number_alone_is_no_time() {
    lines(&[
        ("buy 5", "buy 5", "-"),
        ("brunch monday 11", "brunch 11", "2026-11-23"),
        ("5", "5", "-"),
        ("print 3 copies", "print 3 copies", "-"),
        ("look at 3 options", "look at 3 options", "-"),
    ]);
}

#[test]
fn times_are_read_in_words() {
    due_of(&[
        ("at half past six", "2026-11-22T18:30"),
        ("at quarter to 5", "2026-11-22T16:45"),
        ("at quarter past 3", "2026-11-22T15:15"),
        ("a quarter past 2pm", "2026-11-22T14:15"),
        ("20 minutes past 3pm", "2026-11-22T15:20"),
        ("15 to noon", "2026-11-22T11:45"),
        ("half three", "2026-11-22T15:30"),
        ("half seven pm", "2026-11-22T19:30"),
        ("at half-past six", "2026-11-22T18:30"),
        ("quarter 'til 7", "2026-11-22T18:45"),
        ("at three twenty", "2026-11-22T15:20"),
        ("at five-thirty", "2026-11-22T17:30"),
        ("seven thirty five pm", "2026-11-22T19:35"),
        ("seven o'clock", "2026-11-22T19:00"),
    ]);
}

#[test]
fn dates_and_times_stand_in_any_order() {
    due_of(&[
        ("tomorrow 5pm", "2026-11-23T17:00"),
        ("5pm tomorrow", "2026-11-23T17:00"),
        ("friday at 3 in the afternoon", "2026-11-27T15:00"),
        ("at 9am on the 2nd friday in feb", "2027-02-12T09:00"),
        ("thu 26 nov 11am", "2026-11-26T11:00"),
        ("on 24.12. at 18h", "2026-12-24T18:00"),
        ("2026-12-01T09:45", "2026-12-01T09:45"),
        ("2026-12-01 14:00", "2026-12-01T14:00"),
        ("tomorrow morning", "2026-11-23T09:00"),
        ("friday night", "2026-11-27T20:00"),
        ("eod tuesday", "2026-11-24T17:00"),
        ("tomorrow at midnight", "2026-11-24T00:00"),
        ("ten to eight tomorrow evening", "2026-11-23T19:50"),
        ("Thu Nov 26 08:30:00 2026", "2026-11-26T08:30"),
        ("2026-12-01.14:15", "2026-12-01T14:15"),
    ]);
    lines(&[
        ("9:30 tomorrow sprint planning", "sprint planning", "2026-11-23T09:30"),
        ("set a timer for 10 minutes", "set a timer", "2026-11-22T10:10"),
        ("on friday see the dentist at three", "see the dentist", "2026-11-27T15:00"),
        ("tonight at 9 movie", "movie", "2026-11-22T21:00"),
    ]);
}

#[test]
fn offsets_in_hours_are_exact_and_in_days_are_dates() {
    due_of(&[
        ("in 2 hours", "2026-11-22T12:00"),
        ("in 20 minutes", "2026-11-22T10:20"),
        ("in 1h30", "2026-11-22T11:30"),
        ("in half an hour", "2026-11-22T10:30"),
        ("in an hour and a half", "2026-11-22T11:30"),
        ("in 1/2 h", "2026-11-22T10:30"),
        ("in a couple of hours", "2026-11-22T12:00"),
        ("in 1 day 2 hours", "2026-11-23T12:00"),
        ("in 2.5 hours", "2026-11-22T12:30"),
        ("in .5 hours", "2026-11-22T10:30"),
        ("in 1:30 hours", "2026-11-22T11:30"),
        ("5 hours after noon", "2026-11-22T17:00"),
        ("in 7 days at 5pm", "2026-11-29T17:00"),
        ("in 20", "2026-11-22T10:20"),
        ("in 1'", "2026-11-22T10:01"),
        ("in less than 3 hours", "2026-11-22T13:00"),
        ("in the next 2 hours", "2026-11-22T12:00"),
    ]);
}

#[test]
fn distances_are_said_in_many_ways() {
    due_of(&[
        ("in 2 1/2 hours", "2026-11-22T12:30"),
        ("in a quarter hour", "2026-11-22T10:15"),
        ("in an hour or so", "2026-11-22T11:00"),
        ("in the next hour", "2026-11-22T11:00"),
        ("within the hour", "2026-11-22T11:00"),
        ("in one year's time", "2027-11-22"),
        ("+2h", "2026-11-22T12:00"),
        ("in 2 h 30 min", "2026-11-22T12:30"),
        ("in 2½ hours", "2026-11-22T12:30"),
        ("in ¾ of an hour", "2026-11-22T10:45"),
        ("in 3/4 of an hour", "2026-11-22T10:45"),
        ("in half-an-hour", "2026-11-22T10:30"),
        ("in two and a quarter hours", "2026-11-22T12:15"),
        ("in an hour and a quarter", "2026-11-22T11:15"),
        ("in just 5 minutes", "2026-11-22T10:05"),
        ("in another 2 hours", "2026-11-22T12:00"),
        ("2 hours after 3pm tomorrow", "2026-11-23T17:00"),
        ("+3d", "2026-11-25"),
        ("a week tomorrow", "2026-11-30"),
        ("monday in two weeks", "2026-12-07"),
        ("monday 2 weeks from now", "2026-12-07"),
    ]);
    lines(&[("call +49 30 1234567", "call +49 30 1234567", "-"), ("+1 for lunch", "+1 for lunch", "-")]);
}

#[test]
fn an_offset_counts_real_hours_across_a_clock_change() {
    let night = context_at("2026-03-29T01:30:00+01:00");
    let Some(When::At(time)) = parse("call in 2 hours", &night).due else { panic!("a time") };
    assert_eq!(time.instant() - night.now.instant(), Duration::hours(2));
    assert_eq!(shown(Some(When::At(time))), "2026-03-29T04:30");
}

#[test]
fn ranges_of_time_are_due_at_their_start() {
    for (text, start, end) in [
        ("standup 9-11am", "2026-11-23T09:00", "2026-11-23T11:00"),
        ("lunch 11-1pm", "2026-11-22T11:00", "2026-11-22T13:00"),
        ("meet from 3 to 4", "2026-11-22T15:00", "2026-11-22T16:00"),
        ("meet 9:30 - 11:00 on thursday", "2026-11-26T09:30", "2026-11-26T11:00"),
        ("meet thursday from 9:30 until 11:00", "2026-11-26T09:30", "2026-11-26T11:00"),
        ("party 10pm-2am", "2026-11-22T22:00", "2026-11-23T02:00"),
    ] {
        let reading = read(text);
        assert_eq!((shown(reading.due), shown(reading.end)), (start.to_owned(), end.to_owned()), "{text}");
        assert_eq!(reading.start, reading.due, "{text}");
    }
}

#[test]
fn two_hours_with_to_between_are_a_range_and_minutes_to_an_hour_are_not() {
    due_of(&[
        ("9 to 11am", "2026-11-23T09:00"),
        ("5 to 7pm", "2026-11-22T17:00"),
        ("from 9 to 17", "2026-11-23T09:00"),
        ("from 9 to 5", "2026-11-23T09:00"),
        ("20 to 3pm", "2026-11-22T14:40"),
        ("at 5 to 5pm", "2026-11-22T16:55"),
        ("ten to noon", "2026-11-22T11:50"),
    ]);
}

#[test]
fn for_a_length_of_time_is_how_long_it_takes() {
    for (text, minutes) in [
        ("stretch for 30 minutes", 30),
        ("for 1h30 write", 90),
        ("for 1:30 hours write", 90),
        ("write for .75 hours", 45),
        ("run for half an hour tomorrow", 30),
        ("hike for 2 days", 2 * 24 * 60),
    ] {
        assert_eq!(read(text).duration, Some(Duration::minutes(minutes)), "{text}");
    }
}

#[test]
fn a_time_keeps_the_zone_it_was_said_in() {
    for (text, zone, local, utc) in [
        ("deploy 15:00 UTC", "UTC", "2026-11-22T15:00", "2026-11-22T15:00:00+00:00"),
        ("call 3pm ET", "America/New_York", "2026-11-22T15:00", "2026-11-22T20:00:00+00:00"),
        ("call 3pm EST july 1", "America/New_York", "2027-07-01T15:00", "2027-07-01T19:00:00+00:00"),
        ("call 9:00 GMT+2", "Etc/GMT-2", "2026-11-23T09:00", "2026-11-23T07:00:00+00:00"),
        ("call 3pm pst", "America/Los_Angeles", "2026-11-22T15:00", "2026-11-22T23:00:00+00:00"),
        ("call 9am tokyo time", "Asia/Tokyo", "2026-11-23T09:00", "2026-11-23T00:00:00+00:00"),
        ("call 4pm New York time", "America/New_York", "2026-11-22T16:00", "2026-11-22T21:00:00+00:00"),
        ("call 9pm Asia/Tokyo", "Asia/Tokyo", "2026-11-22T21:00", "2026-11-22T12:00:00+00:00"),
    ] {
        let Some(When::At(time)) = read(text).due else { panic!("{text}") };
        let found = (time.zone().name(), shown(Some(When::At(time))), time.instant().to_rfc3339());
        assert_eq!(found, (zone, local.to_owned(), utc.to_owned()), "{text}");
    }
}
