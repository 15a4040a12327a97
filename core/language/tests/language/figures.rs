//! Dates as computers, forms and other countries write them.

use crate::common::{due_of, lines, read, shown};
use tasks_domain::when::When;

#[test]
fn iso_8601_is_read_in_all_its_forms() {
    due_of(&[
        ("2026-W50-3", "2026-12-09"),
        ("2026W503", "2026-12-09"),
        ("2026-W50", "2026-12-07"),
        ("2026-12-01T1400", "2026-12-01T14:00"),
        ("2026-12-01 14:00:00.000", "2026-12-01T14:00"),
        ("20261201T140000", "2026-12-01T14:00"),
        ("20261201T1400", "2026-12-01T14:00"),
        ("on 20261201", "2026-12-01"),
        ("on 2026-335", "2026-12-01"),
    ]);
    assert_eq!(shown(read("20261201").due), "2026-12-01");
    assert_eq!(shown(read("2026-335").due), "2026-12-01");
}

#[test]
fn a_distance_from_greenwich_behind_a_time_is_its_zone() {
    for (text, utc) in [
        ("call Tue, 01 Dec 2026 18:00:00 +0100", "2026-12-01T17:00:00+00:00"),
        ("call 2026-12-01 18:00:00 -0500", "2026-12-01T23:00:00+00:00"),
        ("call 18:00+02:00", "2026-11-22T16:00:00+00:00"),
        ("call 18:00 +05:30", "2026-11-22T12:30:00+00:00"),
        ("call 18:00 UTC+5:30", "2026-11-22T12:30:00+00:00"),
        ("call 18:00Z", "2026-11-22T18:00:00+00:00"),
        ("call 20261201T180000Z", "2026-12-01T18:00:00+00:00"),
    ] {
        let reading = read(text);
        let Some(When::At(time)) = reading.due else { panic!("{text}") };
        assert_eq!((time.instant().to_rfc3339().as_str(), reading.title.as_deref()), (utc, Some("call")), "{text}");
    }
}

#[test]
fn months_in_words_are_joined_and_cut_short_in_many_ways() {
    due_of(&[
        ("5.feb.2027", "2027-02-05"),
        ("2027 feb 5", "2027-02-05"),
        ("on 5. february", "2027-02-05"),
        ("feb. the 5th", "2027-02-05"),
        ("on feb. twenty-fifth", "2027-02-25"),
        ("fri. feb. 5", "2027-02-05"),
        ("thurs. 26 nov.", "2026-11-26"),
        ("twenty-five december", "2026-12-25"),
        ("january next year", "2027-01-01"),
        ("dec 24-26", "2026-12-26"),
        ("24th-26th december", "2026-12-26"),
        ("on 27-11", "2026-11-27"),
    ]);
    lines(&[
        ("finish chapter 1. december is busy", "finish chapter 1. december is busy", "-"),
        ("meet Bill Nye", "meet Bill Nye", "-"),
    ]);
}

#[test]
fn long_numbers_and_years_are_no_dates() {
    for text in [
        "pay invoice 20240915",
        "call 20301234",
        "tracking 2027-278",
        "room 2030",
        "carbon neutral by 2030",
        "sales between 2014 and 2018",
        "win 3-1",
        "score 21-17",
        "drill a ¾ inch hole",
        "every now and then",
    ] {
        let reading = read(text);
        assert_eq!((reading.title.as_deref(), reading.due), (Some(text), None), "{text}");
    }
}
