//! What comes again: each row is a phrase, its rule, and its first occurrence.

use crate::common::{coming, context, context_at, read, shown};
use tasks_language::{Anchor, Context, Settings, parse};

/// Each phrase is all of what is taken out of a line; its rule and when it comes first.
fn rules(phrases: &[(&str, &str, &str)]) {
    for (phrase, rule, due) in phrases {
        for (text, title) in [(format!("air the attic {phrase}"), Some("air the attic")), ((*phrase).to_owned(), None)]
        {
            let reading = read(&text);
            let found = (reading.rrule.as_deref(), shown(reading.due), reading.title.as_deref());
            assert_eq!(found, (Some(*rule), (*due).to_owned(), title), "{text}");
            assert_eq!(reading.anchor, Some(Anchor::Calendar), "{text}");
        }
    }
}

/// No rule is read.
fn no_rule(texts: &[&str]) {
    for text in texts {
        let reading = read(text);
        assert_eq!((reading.rrule, reading.anchor), (None, None), "{text}");
    }
}

#[test]
fn units_come_every_so_often() {
    rules(&[
        ("every day", "FREQ=DAILY", "2026-11-22"),
        ("every other day", "FREQ=DAILY;INTERVAL=2", "2026-11-22"),
        ("every 10 days", "FREQ=DAILY;INTERVAL=10", "2026-11-22"),
        ("every third day", "FREQ=DAILY;INTERVAL=3", "2026-11-22"),
        ("every week", "FREQ=WEEKLY", "2026-11-22"),
        ("every fortnight", "FREQ=WEEKLY;INTERVAL=2", "2026-11-22"),
        ("each month", "FREQ=MONTHLY", "2026-11-22"),
        ("every five months", "FREQ=MONTHLY;INTERVAL=5", "2026-11-22"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3", "2026-11-22"),
        ("every second year", "FREQ=YEARLY;INTERVAL=2", "2026-11-22"),
        ("every 3 hours", "FREQ=HOURLY;INTERVAL=3", "2026-11-22T13:00"),
        ("every 20 minutes", "FREQ=MINUTELY;INTERVAL=20", "2026-11-22T10:20"),
        ("every half hour", "FREQ=MINUTELY;INTERVAL=30", "2026-11-22T10:30"),
    ]);
}

#[test]
fn one_word_says_how_often() {
    rules(&[
        ("daily", "FREQ=DAILY", "2026-11-22"),
        ("weekly", "FREQ=WEEKLY", "2026-11-22"),
        ("biweekly", "FREQ=WEEKLY;INTERVAL=2", "2026-11-22"),
        ("bi-weekly", "FREQ=WEEKLY;INTERVAL=2", "2026-11-22"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2", "2026-11-22"),
        ("monthly", "FREQ=MONTHLY", "2026-11-22"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "2026-11-22"),
        ("semi-annually", "FREQ=MONTHLY;INTERVAL=6", "2026-11-22"),
        ("annually", "FREQ=YEARLY", "2026-11-22"),
        ("hourly", "FREQ=HOURLY", "2026-11-22T11:00"),
        ("nightly", "FREQ=DAILY", "2026-11-22T20:00"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
    ]);
}

#[test]
fn before_other_words_an_adverb_is_an_adjective_except_where_a_line_begins() {
    no_rule(&[
        "write the monthly newsletter",
        "order the annual report",
        "clean my everyday shoes",
        "pack for a weekend away",
    ]);
    let reading = read("weekly backup of the laptop");
    assert_eq!(
        (reading.rrule.as_deref(), reading.title.as_deref()),
        (Some("FREQ=WEEKLY"), Some("backup of the laptop"))
    );
}

#[test]
fn weekdays_come_in_lists_and_ranges() {
    rules(&[
        ("every tuesday", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24"),
        ("tuesdays", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24"),
        ("on tuesdays and saturdays", "FREQ=WEEKLY;BYDAY=TU,SA", "2026-11-24"),
        ("every tue, thu & sat", "FREQ=WEEKLY;BYDAY=TU,TH,SA", "2026-11-24"),
        ("every tue/thu", "FREQ=WEEKLY;BYDAY=TU,TH", "2026-11-24"),
        ("every thu sat", "FREQ=WEEKLY;BYDAY=TH,SA", "2026-11-26"),
        ("every mon-thu", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "2026-11-23"),
        ("mondays to wednesdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE", "2026-11-23"),
        ("every friday through monday", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU", "2026-11-22"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
        ("every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
        ("every other weekend", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU", "2026-11-22"),
        ("at weekends", "FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-22"),
        ("due every thursday", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26"),
        ("repeats every thursday", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26"),
        ("every other thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2026-11-26"),
        ("every 2 weeks on thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2026-11-26"),
        ("thursdays every 3 weeks", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", "2026-11-26"),
        ("weekly on wednesdays", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25"),
    ]);
}

#[test]
fn days_of_the_month_are_numbered_from_both_ends() {
    rules(&[
        ("every 5th", "FREQ=MONTHLY;BYMONTHDAY=5", "2026-12-05"),
        ("every 5", "FREQ=MONTHLY;BYMONTHDAY=5", "2026-12-05"),
        ("every month on the 12th", "FREQ=MONTHLY;BYMONTHDAY=12", "2026-12-12"),
        ("monthly on the 12th and 26th", "FREQ=MONTHLY;BYMONTHDAY=12,26", "2026-11-26"),
        ("the 6th of every month", "FREQ=MONTHLY;BYMONTHDAY=6", "2026-12-06"),
        ("on the 6th of every 2 months", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=6", "2026-12-06"),
        ("on the last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("on the second to last day of each month", "FREQ=MONTHLY;BYMONTHDAY=-2", "2026-11-29"),
        ("at the end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("every month at the beginning", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01"),
        ("in the middle of each month", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15"),
        ("on day 8 of each month", "FREQ=MONTHLY;BYMONTHDAY=8", "2026-12-08"),
        ("every last day of the year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "2026-12-31"),
        ("at the start of every quarter", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2027-01-01"),
        ("every 31st", "FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-30"),
        ("every month on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-30"),
        ("day 1 of every month", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01"),
    ]);
}

#[test]
fn weekdays_are_numbered_within_months() {
    rules(&[
        ("every 3rd tuesday of the month", "FREQ=MONTHLY;BYDAY=3TU", "2026-12-15"),
        ("on the third tuesday of each month", "FREQ=MONTHLY;BYDAY=3TU", "2026-12-15"),
        ("1st and 3rd monday of the month", "FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-12-07"),
        ("first and third mondays of the month", "FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-12-07"),
        ("every last thursday", "FREQ=MONTHLY;BYDAY=-1TH", "2026-11-26"),
        ("1st and 3rd monday of every month", "FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-12-07"),
        ("every first monday and last friday of the month", "FREQ=MONTHLY;BYDAY=1MO,-1FR", "2026-11-27"),
        ("every 2nd last friday", "FREQ=MONTHLY;BYDAY=-2FR", "2026-12-18"),
        ("every second tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24"),
        ("on the last weekday of the month every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30"),
        ("every first business day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2026-12-01"),
        ("every quarter on the first monday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "2027-01-04"),
    ]);
}

#[test]
fn months_and_their_days_come_every_year() {
    rules(&[
        ("every year on april 3", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3", "2027-04-03"),
        ("every 3rd of april", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3", "2027-04-03"),
        ("every 3 april", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3", "2027-04-03"),
        ("on april 3rd every year", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3", "2027-04-03"),
        ("every april", "FREQ=YEARLY;BYMONTH=4", "2027-04-01"),
        ("every april and october", "FREQ=YEARLY;BYMONTH=4,10", "2027-04-01"),
        ("every second saturday of october", "FREQ=YEARLY;BYMONTH=10;BYDAY=2SA", "2027-10-09"),
        ("every year on the last friday in may", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1FR", "2027-05-28"),
        ("every feb 29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),
        ("every monday in july", "FREQ=WEEKLY;BYMONTH=7;BYDAY=MO", "2027-07-05"),
        ("every christmas", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "2026-12-25"),
    ]);
}

#[test]
fn the_time_of_day_stands_in_the_due() {
    rules(&[
        ("every day at 8:15", "FREQ=DAILY", "2026-11-23T08:15"),
        ("every day at 11", "FREQ=DAILY", "2026-11-22T11:00"),
        ("6pm every day", "FREQ=DAILY", "2026-11-22T18:00"),
        ("at 6pm on thursdays", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26T18:00"),
        ("every thursday evening", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26T19:00"),
        ("thursday evenings", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26T19:00"),
        ("every afternoon at 4", "FREQ=DAILY", "2026-11-22T16:00"),
        ("every night", "FREQ=DAILY", "2026-11-22T20:00"),
        ("every noon", "FREQ=DAILY", "2026-11-22T12:00"),
        ("at 8 every morning", "FREQ=DAILY", "2026-11-23T08:00"),
        ("mon-fri 9:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23T09:15"),
        ("half past seven every tuesday", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T07:30"),
    ]);
}

#[test]
fn several_times_a_day_stand_in_the_rule() {
    rules(&[
        ("every day at 8, 13 and 21", "FREQ=DAILY;BYHOUR=8,13,21", "2026-11-22T13:00"),
        ("every tuesday at 9am and 3pm", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9,15", "2026-11-24T09:00"),
        ("daily at 7:30 and 19:30", "FREQ=DAILY;BYHOUR=7,19;BYMINUTE=30", "2026-11-22T19:30"),
        ("daily at 7:30 and 19:00", "FREQ=DAILY;BYHOUR=7,19;BYMINUTE=0,30;BYSETPOS=2,3", "2026-11-22T19:00"),
        ("twice a day", "FREQ=DAILY;BYHOUR=9,19", "2026-11-22T19:00"),
        ("every 2 hours from 9am to 3pm", "FREQ=DAILY;BYHOUR=9,11,13,15", "2026-11-22T11:00"),
    ]);
}

#[test]
fn a_number_of_times_in_a_stretch_is_spread_over_it() {
    rules(&[
        ("once a week", "FREQ=WEEKLY", "2026-11-22"),
        ("once every 3 weeks", "FREQ=WEEKLY;INTERVAL=3", "2026-11-22"),
        ("once a month on the 9th", "FREQ=MONTHLY;BYMONTHDAY=9", "2026-12-09"),
        ("twice a week", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23"),
        ("3x per week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-23"),
        ("twice a month", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01"),
        ("4 times a year", "FREQ=MONTHLY;INTERVAL=3", "2026-11-22"),
        ("twice a week on tuesday and sunday", "FREQ=WEEKLY;BYDAY=TU,SU", "2026-11-22"),
    ]);
}

#[test]
fn how_often_is_said_in_roundabout_ways() {
    rules(&[
        ("on a daily basis", "FREQ=DAILY", "2026-11-22"),
        ("every half year", "FREQ=MONTHLY;INTERVAL=6", "2026-11-22"),
        ("semi-monthly", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01"),
        ("every second weekday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
        ("every morning and evening", "FREQ=DAILY;BYHOUR=9,19", "2026-11-22T19:00"),
        ("every year on 4 july", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4", "2027-07-04"),
        ("annually on 3/4", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3", "2027-04-03"),
        ("every year on 25/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "2026-12-25"),
        ("every hour from 14 to 16", "FREQ=DAILY;BYHOUR=14,15,16", "2026-11-22T14:00"),
        ("every 30 min between 11 and 1", "FREQ=MINUTELY;INTERVAL=30;BYHOUR=11,12", "2026-11-22T11:00"),
        ("every day x 30", "FREQ=DAILY;COUNT=30", "2026-11-22"),
        ("daily 10x", "FREQ=DAILY;COUNT=10", "2026-11-22"),
        ("every other day for a total of 12 times", "FREQ=DAILY;INTERVAL=2;COUNT=12", "2026-11-22"),
        ("every day next week", "FREQ=DAILY;UNTIL=20261129", "2026-11-23"),
        ("evry monday", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23"),
        ("on alternate fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27"),
        ("3x/week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-23"),
        ("every memorial day", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2027-05-31"),
    ]);
}

#[test]
fn rules_begin_and_end() {
    rules(&[
        ("every day for 9 times", "FREQ=DAILY;COUNT=9", "2026-11-22"),
        ("every day 9x", "FREQ=DAILY;COUNT=9", "2026-11-22"),
        ("every wednesday x7", "FREQ=WEEKLY;BYDAY=WE;COUNT=7", "2026-11-25"),
        ("every wednesday twice", "FREQ=WEEKLY;BYDAY=WE;COUNT=2", "2026-11-25"),
        ("every wednesday up to 4 times", "FREQ=WEEKLY;BYDAY=WE;COUNT=4", "2026-11-25"),
        ("every day until friday", "FREQ=DAILY;UNTIL=20261127", "2026-11-22"),
        ("every week until 2027", "FREQ=WEEKLY;UNTIL=20270101", "2026-11-22"),
        ("every day to june 1", "FREQ=DAILY;UNTIL=20270601", "2026-11-22"),
        ("every day ends june 1", "FREQ=DAILY;UNTIL=20270601", "2026-11-22"),
        ("every wednesday till 5 february", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270205", "2026-11-25"),
        ("every wednesday until april", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270401", "2026-11-25"),
        ("every wednesday through april", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270430", "2026-11-25"),
        ("every wednesday for the rest of the year", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231", "2026-11-25"),
        ("every wednesday between jan 4 and feb 10", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270210", "2027-01-06"),
        ("every third friday until december", "FREQ=MONTHLY;BYDAY=3FR;UNTIL=20271201", "2026-12-18"),
        ("daily for 5 days", "FREQ=DAILY;COUNT=5", "2026-11-22"),
        ("every tue and thu for 3 weeks", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261213", "2026-11-24"),
        ("every wednesday for the next two months", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270122", "2026-11-25"),
        ("every day starting tomorrow", "FREQ=DAILY", "2026-11-23"),
        ("every day from december 3", "FREQ=DAILY", "2026-12-03"),
        ("weekly beginning on friday", "FREQ=WEEKLY", "2026-11-27"),
        ("every monday starting in march", "FREQ=WEEKLY;BYDAY=MO", "2027-03-01"),
        ("mondays from february to june 5", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270605", "2027-02-01"),
        ("starting friday, every 2 days until dec 24", "FREQ=DAILY;INTERVAL=2;UNTIL=20261224", "2026-11-27"),
        ("every day at 9am until friday", "FREQ=DAILY;UNTIL=20261127T080000Z", "2026-11-23T09:00"),
    ]);
}

#[test]
fn exceptions_are_left_out() {
    rules(&[
        ("every day except weekends", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
        ("daily except on wednesday", "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR,SA,SU", "2026-11-22"),
        ("every weekday but friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "2026-11-23"),
        ("every day apart from sunday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2026-11-23"),
        ("every day other than sunday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2026-11-23"),
        ("daily without weekends", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23"),
        ("every month except august", "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12", "2026-11-22"),
    ]);
}

#[test]
fn the_anchor_is_the_calendar_or_the_completion() {
    for text in [
        "air the attic every! 3 days",
        "air the attic every 3 days after completion",
        "air the attic every 3 days after it is done",
        "air the attic 3 days after completion",
    ] {
        let reading = read(text);
        let found = (reading.rrule.as_deref(), reading.anchor, reading.title.as_deref());
        assert_eq!(found, (Some("FREQ=DAILY;INTERVAL=3"), Some(Anchor::Completion), Some("air the attic")), "{text}");
    }
}

#[test]
fn the_parts_of_a_rule_may_stand_apart() {
    for (text, title, rule, due) in [
        ("every monday call Ada at 5pm", "call Ada", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23T17:00"),
        ("every monday call Ada until march", "call Ada", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270301", "2026-11-23"),
        ("starting december 9 sweep the yard every monday", "sweep the yard", "FREQ=WEEKLY;BYDAY=MO", "2026-12-14"),
        ("sweep the yard on friday, then every 2 weeks", "sweep the yard then", "FREQ=WEEKLY;INTERVAL=2", "2026-11-27"),
        ("send the friday report every monday", "send the friday report", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23"),
        ("every day stretch for 10 minutes", "stretch", "FREQ=DAILY", "2026-11-22"),
    ] {
        let reading = read(text);
        let found = (reading.title.as_deref(), reading.rrule.as_deref(), shown(reading.due));
        assert_eq!(found, (Some(title), Some(rule), due.to_owned()), "{text}");
    }
}

#[test]
fn a_rule_with_a_period_has_an_end_each_time() {
    let reading = read("yoga every thursday 18:00-19:30");
    assert_eq!(
        (shown(reading.due), shown(reading.end)),
        ("2026-11-26T18:00".to_owned(), "2026-11-26T19:30".to_owned())
    );
    assert_eq!(reading.start, reading.due);
}

#[test]
fn a_time_that_has_passed_today_comes_first_tomorrow() {
    let evening = context_at("2026-11-22T21:00:00+01:00");
    assert_eq!(shown(parse("every day at 8pm", &evening).due), "2026-11-23T20:00");
    assert_eq!(shown(parse("every sunday at 8pm", &evening).due), "2026-11-29T20:00");
    assert_eq!(shown(parse("every sunday", &evening).due), "2026-11-22");
}

#[test]
fn occurrences_follow_the_rule() {
    for (text, days) in [
        ("every other tuesday", "2026-11-24 2026-12-08 2026-12-22"),
        ("every 2 weeks on tue and thu", "2026-11-24 2026-11-26 2026-12-08"),
        ("every 31st", "2026-11-30 2026-12-31 2027-01-31"),
        ("every last weekday of the month", "2026-11-30 2026-12-31 2027-01-29"),
        ("every day at 8 and 20", "2026-11-22T20:00 2026-11-23T08:00 2026-11-23T20:00"),
        ("every 5 hours", "2026-11-22T15:00 2026-11-22T20:00 2026-11-23T01:00"),
        ("every year on feb 29", "2028-02-29 2029-02-28 2030-02-28"),
        ("every day until tomorrow", "2026-11-22 2026-11-23"),
        ("every month", "2026-11-22 2026-12-22 2027-01-22"),
        ("every friday twice", "2026-11-27 2026-12-04"),
    ] {
        let coming: Vec<String> = coming(&read(text), 3).into_iter().map(|when| shown(Some(when))).collect();
        assert_eq!(coming.join(" "), days, "{text}");
    }
    assert!(read("friday").schedule().is_none());
}

#[test]
fn weeks_are_counted_from_the_first_day_that_is_set() {
    let settings = Settings { week_start: chrono::Weekday::Sun, ..Settings::default() };
    let context = Context { settings, ..context() };
    let reading = parse("every 2 weeks on sun and mon", &context);
    assert_eq!(reading.rrule.as_deref(), Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"));
    let coming: Vec<String> = coming(&reading, 3).into_iter().map(|when| shown(Some(when))).collect();
    assert_eq!(coming.join(" "), "2026-11-22 2026-11-23 2026-12-06");
}

#[test]
fn words_that_only_look_like_rules_are_none() {
    no_rule(&[
        "buy 2 times more paint",
        "read the daily mail",
        "thank each of the helpers",
        "go through every page",
        "tell everyone",
        "answer the twice delayed letter",
        "finish the weekly",
        "two nights in Paris",
    ]);
}
