//! What rules make: texts, slots, month ends, policies.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use tasks_domain::recurrence::{MonthEnd, Occurrence, RuleProblem, RuleText, Schedule, Slot};
use tasks_domain::when::{LocalTime, When};

fn on(date: &str) -> When {
    When::Date(date.parse().unwrap())
}

fn at(local: &str, zone: Tz) -> When {
    When::At(LocalTime::new(local.parse().unwrap(), zone))
}

fn schedule(rule: &str, start: When) -> Schedule {
    Schedule::new(&RuleText::parse(rule).unwrap(), start).unwrap()
}

fn slots(rule: &str, start: &str, many: usize) -> Vec<String> {
    let start = if start.contains('T') { at(start, Tz::UTC) } else { on(start) };
    schedule(rule, start).series().slots().take(many).map(|slot| slot.to_string()).collect()
}

fn refused(rule: &str, start: When) -> (String, RuleProblem) {
    let error = RuleText::parse(rule).and_then(|text| Schedule::new(&text, start)).unwrap_err();
    (error.text[error.span.start..error.span.end].to_owned(), error.problem)
}

#[test]
fn the_examples_of_rfc_5545_come_out_as_it_says() {
    for (rule, start, want) in [
        ("FREQ=DAILY;COUNT=3", "1997-09-02T09:00:00", "1997-09-02T09:00:00 1997-09-03T09:00:00 1997-09-04T09:00:00"),
        (
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "1998-01-01",
            "1998-01-01 1998-01-02 1998-01-03 1998-01-04",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-09-02 1997-09-16 1997-09-30 1997-10-14"),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05",
            "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05",
            "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
        ),
        ("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05", "1997-09-05 1997-10-03 1997-11-07 1997-12-05"),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
            "1997-09-07",
            "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22", "1997-09-22 1997-10-20 1997-11-17"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997-09-28 1997-10-29 1997-11-28 1997-12-29"),
        (
            "FREQ=MONTHLY;COUNT=5;BYMONTHDAY=1,-1",
            "1997-09-30",
            "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30",
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
            "1997-01-01",
            "1997-01-01 1997-04-10 1997-07-19 2000-01-01",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-05-19 1998-05-18 1999-05-17 2000-05-15"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-05-12 1998-05-11 1999-05-17 2000-05-15"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "1998-02-13 1998-03-13 1998-11-13 1999-08-13"),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05",
            "1996-11-05 2000-11-07 2004-11-02 2008-11-04",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-10-07 1997-11-06"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1997-09-29 1997-10-30 1997-11-27 1997-12-30"),
        (
            "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
            "1997-09-02T09:00:00",
            "1997-09-02T09:00:00 1997-09-02T12:00:00 1997-09-02T15:00:00",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "2007-01-15",
            "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30",
        ),
    ] {
        let want: Vec<&str> = want.split(' ').collect();
        let is_open = !rule.contains("COUNT") && !rule.contains("UNTIL=1997");
        assert_eq!(slots(rule, start, if is_open { want.len() } else { want.len() + 1 }), want, "{rule}");
    }
}

#[test]
fn weeks_are_numbered_as_iso_8601_has_them() {
    for week in [1, 2, 26, 51, 52, 53] {
        let rule = format!("FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU");
        let made: Vec<NaiveDate> =
            schedule(&rule, on("2001-01-01")).series().slots().take(700).map(Slot::date).collect();
        let first: NaiveDate = "2001-01-01".parse().unwrap();
        let want = first.iter_days().filter(|day| day.iso_week().week() == week).take(700);
        assert!(made.iter().copied().eq(want), "week {week}");
    }
}

#[test]
fn what_the_rule_does_not_say_is_the_starts() {
    assert_eq!(slots("FREQ=YEARLY;BYWEEKNO=20", "1997-05-13", 2), ["1997-05-13", "1998-05-12"]);
    assert_eq!(slots("FREQ=YEARLY;BYMONTH=3", "2026-01-15", 2), ["2026-03-15", "2027-03-15"]);
    assert_eq!(slots("FREQ=WEEKLY", "2026-11-22", 2), ["2026-11-22", "2026-11-29"]);
}

/// The day of each month for 48 months; `.` for none.
fn days_of_48_months(rule: &str, start: &str, month_end: MonthEnd) -> String {
    let text = RuleText::parse(rule).unwrap().with_month_end(month_end);
    let series = Schedule::new(&text, on(start)).unwrap().series();
    let begin: NaiveDate = start.parse().unwrap();
    let months = (0..48).map(|month| begin.with_day(1).unwrap() + chrono::Months::new(month));
    let day_of = |month: NaiveDate| {
        let next = series.slots_from(month.and_time(chrono::NaiveTime::MIN)).next().unwrap().date();
        if (next.year(), next.month()) == (month.year(), month.month()) {
            next.day().to_string()
        } else {
            ".".to_owned()
        }
    };
    months.map(day_of).collect::<Vec<_>>().join(" ")
}

#[test]
fn month_ends_of_four_years() {
    // 2026 to 2029; 2028 is a leap year.
    let table =
        |day: u32, month_end| days_of_48_months(&format!("FREQ=MONTHLY;BYMONTHDAY={day}"), "2026-01-01", month_end);
    assert_eq!(
        table(29, MonthEnd::Clamp),
        "29 28 29 29 29 29 29 29 29 29 29 29 29 28 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 28 29 29 29 29 29 29 29 29 29 29"
    );
    assert_eq!(
        table(29, MonthEnd::Skip),
        "29 . 29 29 29 29 29 29 29 29 29 29 29 . 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 29 . 29 29 29 29 29 29 29 29 29 29"
    );
    assert_eq!(
        table(30, MonthEnd::Clamp),
        "30 28 30 30 30 30 30 30 30 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30 30 29 30 30 30 30 30 30 30 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30"
    );
    assert_eq!(
        table(30, MonthEnd::Skip),
        "30 . 30 30 30 30 30 30 30 30 30 30 30 . 30 30 30 30 30 30 30 30 30 30 30 . 30 30 30 30 30 30 30 30 30 30 30 . 30 30 30 30 30 30 30 30 30 30"
    );
    assert_eq!(
        table(31, MonthEnd::Clamp),
        "31 28 31 30 31 30 31 31 30 31 30 31 31 28 31 30 31 30 31 31 30 31 30 31 31 29 31 30 31 30 31 31 30 31 30 31 31 28 31 30 31 30 31 31 30 31 30 31"
    );
    assert_eq!(
        table(31, MonthEnd::Skip),
        "31 . 31 . 31 . 31 31 . 31 . 31 31 . 31 . 31 . 31 31 . 31 . 31 31 . 31 . 31 . 31 31 . 31 . 31 31 . 31 . 31 . 31 31 . 31 . 31"
    );
    let leap = |month_end| days_of_48_months("FREQ=YEARLY", "2024-02-29", month_end);
    assert_eq!(
        leap(MonthEnd::Clamp),
        "29 . . . . . . . . . . . 28 . . . . . . . . . . . 28 . . . . . . . . . . . 28 . . . . . . . . . . ."
    );
    assert_eq!(
        leap(MonthEnd::Skip),
        "29 . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . ."
    );
    assert_eq!(slots("FREQ=YEARLY", "2024-02-29", 3), ["2024-02-29", "2028-02-29", "2032-02-29"]);
}

#[test]
fn a_start_on_the_31st_is_a_rule_of_the_31st() {
    let implicit = days_of_48_months("FREQ=MONTHLY", "2026-01-31", MonthEnd::Clamp);
    assert_eq!(implicit, days_of_48_months("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", MonthEnd::Clamp));
}

#[test]
fn clamped_ones_say_so() {
    let text = RuleText::parse("FREQ=MONTHLY;BYMONTHDAY=28,31;SKIP=BACKWARD").unwrap();
    let series = Schedule::new(&text, on("2026-02-01")).unwrap().series();
    let shown: Vec<(String, bool)> =
        series.slots().take(6).map(|slot| (slot.to_string(), series.occurrence(slot).clamped)).collect();
    let shown: Vec<(&str, bool)> = shown.iter().map(|(date, clamped)| (date.as_str(), *clamped)).collect();
    assert_eq!(
        shown,
        [
            ("2026-02-28", false),
            ("2026-03-28", false),
            ("2026-03-31", false),
            ("2026-04-28", false),
            ("2026-04-30", true),
            ("2026-05-28", false),
        ]
    );
}

fn shown(series: &tasks_domain::recurrence::Series, many: usize) -> Vec<(String, String, bool)> {
    let show = |one: Occurrence| (one.slot.to_string(), one.when.date().to_string(), one.weekend);
    series.slots().take(many).map(|slot| show(series.occurrence(slot))).collect()
}

#[test]
fn weekends_move_to_a_monday_that_is_free() {
    let of = |rule: &str, start: &str| {
        let mut schedule = schedule(rule, on(start));
        schedule.skip_weekends = true;
        shown(&schedule.series(), 7)
    };
    let dates = |shown: Vec<(String, String, bool)>| shown.into_iter().map(|(_, date, _)| date).collect::<Vec<_>>();
    // Monday 23 November 2026: five working days, and the Monday stands for itself.
    assert_eq!(
        dates(of("FREQ=DAILY;COUNT=6", "2026-11-23")),
        ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]
    );
    let weekend = of("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=2", "2026-11-23");
    assert_eq!(
        weekend,
        [
            ("2026-11-28".to_owned(), "2026-11-30".to_owned(), true),
            ("2026-12-05".to_owned(), "2026-12-07".to_owned(), true),
        ]
    );
    assert_eq!(
        dates(of("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3", "2026-11-01")),
        ["2026-11-02", "2026-12-01", "2027-01-01"]
    );
}

#[test]
fn excluded_dates_are_left_out_and_counted() {
    let rule = "RRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20261123,20261125";
    assert_eq!(slots(rule, "2026-11-22", 9), ["2026-11-22", "2026-11-24"]);
    let timed = "FREQ=DAILY\r\nEXDATE;TZID=Europe/Berlin:20261123T100000\r\nEXDATE:20261124T090000Z\r\n";
    assert_eq!(slots(timed, "2026-11-22T09:00:00", 2), ["2026-11-22T09:00:00", "2026-11-25T09:00:00"]);
}

#[test]
fn ends_include_their_moment() {
    assert_eq!(slots("FREQ=DAILY;UNTIL=20261124", "2026-11-22T09:00:00", 9).len(), 3);
    assert_eq!(slots("FREQ=DAILY;UNTIL=20261124T090000", "2026-11-22T09:00:00", 9).len(), 3);
    assert_eq!(slots("FREQ=DAILY;UNTIL=20261124T085959Z", "2026-11-22T09:00:00", 9).len(), 2);
    let berlin = schedule("FREQ=DAILY;UNTIL=20261124T080000Z", at("2026-11-22T09:00:00", Tz::Europe__Berlin));
    assert_eq!(berlin.series().slots().count(), 3);
}

#[test]
fn the_wrong_part_is_named() {
    use RuleProblem as P;
    let start = at("2026-11-22T09:00:00", Tz::Europe__Berlin);
    for (rule, place, is_expected) in [
        ("", "", (|p| matches!(p, P::Empty)) as fn(&P) -> bool),
        ("weekly", "weekly", |p| matches!(p, P::NotAPart { .. })),
        ("INTERVAL=2", "INTERVAL=2", |p| matches!(p, P::NoFrequency)),
        ("FREQ=SOMETIMES", "SOMETIMES", |p| matches!(p, P::BadValue { .. })),
        ("RRULE:FREQ=DAILY;MOON=1", "MOON=1", |p| matches!(p, P::UnknownPart { .. })),
        ("DTSTART:20260101\nFREQ=DAILY", "DTSTART:20260101", |p| matches!(p, P::UnknownLine { .. })),
        ("FREQ=DAILY;INTERVAL=0", "0", |p| matches!(p, P::BadValue { .. })),
        ("FREQ=DAILY;COUNT=-1", "-1", |p| matches!(p, P::BadValue { .. })),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY", |p| matches!(p, P::Twice { .. })),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "20270101", |p| matches!(p, P::TwoEnds)),
        ("FREQ=DAILY;UNTIL=20270231", "20270231", |p| matches!(p, P::BadDate { .. })),
        ("FREQ=MONTHLY;BYMONTHDAY=1,32", "32", |p| matches!(p, P::BadValue { .. })),
        ("FREQ=WEEKLY;BYDAY=MO,XX", "XX", |p| matches!(p, P::BadValue { .. })),
        ("FREQ=WEEKLY;BYDAY=MO,ä", "ä", |p| matches!(p, P::BadValue { .. })),
        ("FREQ=WEEKLY;BYDAY=2MO", "BYDAY=2MO", |p| matches!(p, P::NumberedWeekday { .. })),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "BYMONTHDAY=2", |p| matches!(p, P::NotWithFrequency { .. })),
        ("FREQ=MONTHLY;BYWEEKNO=2", "BYWEEKNO=2", |p| matches!(p, P::NotWithFrequency { .. })),
        ("FREQ=DAILY;BYYEARDAY=2", "BYYEARDAY=2", |p| matches!(p, P::NotWithFrequency { .. })),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS=1", |p| matches!(p, P::SetPositionAlone)),
        ("FREQ=MONTHLY;SKIP=FORWARD", "FORWARD", |p| matches!(p, P::SkipForward)),
        ("FREQ=SECONDLY", "FREQ=SECONDLY", |p| matches!(p, P::TooOften { per_day: 86_400, .. })),
        ("FREQ=MINUTELY;INTERVAL=30", "FREQ=MINUTELY", |p| matches!(p, P::TooOften { per_day: 48, .. })),
        ("FREQ=HOURLY;BYMINUTE=0,30", "BYMINUTE=0,30", |p| matches!(p, P::TooOften { per_day: 48, .. })),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY=30", |p| matches!(p, P::Never)),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=3MO", "BYMONTHDAY=1", |p| matches!(p, P::Never)),
        ("FREQ=DAILY;UNTIL=20200101", "UNTIL=20200101", |p| matches!(p, P::EndsBeforeFirst)),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "BYHOUR=5", |p| matches!(p, P::Never)),
    ] {
        let (found, problem) = refused(rule, start);
        assert!(is_expected(&problem), "{rule}: {problem:?}");
        assert_eq!(found, place, "{rule}");
        assert!(!problem.hint().is_empty());
    }
    assert_eq!(refused("FREQ=DAILY;BYHOUR=9", on("2026-11-22")).0, "BYHOUR=9");
}

#[test]
fn a_rule_of_minutes_is_fine_when_it_is_not_too_often() {
    assert_eq!(
        slots("FREQ=MINUTELY;INTERVAL=90", "2026-11-22T09:00:00", 3),
        ["2026-11-22T09:00:00", "2026-11-22T10:30:00", "2026-11-22T12:00:00"]
    );
    assert_eq!(
        slots("FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10", "2026-11-22T10:00:00", 3),
        ["2026-11-22T10:00:00", "2026-11-22T10:30:00", "2026-11-23T09:00:00"]
    );
}

#[test]
fn the_text_is_canonical() {
    for (text, want) in [
        ("rrule:freq=weekly;byday=we,mo,mo;wkst=mo;interval=1;", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=MONTHLY;BYDAY=-1FR,2FR", "FREQ=MONTHLY;BYDAY=2FR,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("UNTIL=20261224T170000z;FREQ=DAILY;WKST=SU", "FREQ=DAILY;WKST=SU;UNTIL=20261224T170000Z"),
        ("FREQ=MONTHLY;SKIP=BACKWARD", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT", "FREQ=MONTHLY"),
    ] {
        assert_eq!(RuleText::parse(text).unwrap().rule().to_string(), want);
    }
}

#[test]
fn what_never_ends_ends_with_the_calendar() {
    let series = schedule("FREQ=YEARLY;INTERVAL=4000", on("2026-11-22")).series();
    assert_eq!(series.slots().map(|slot| slot.to_string()).collect::<Vec<_>>(), ["2026-11-22", "6026-11-22"]);
    let daily = schedule("FREQ=DAILY", on("9999-12-30")).series();
    assert_eq!(daily.slots().count(), 2);
    assert_eq!(daily.next_after(Slot::Date("9999-12-31".parse().unwrap())), None);
}
