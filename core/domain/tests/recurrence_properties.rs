//! What holds for every rule, and what the policies do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use proptest::collection::btree_set;
use proptest::option::of;
use proptest::prelude::*;
use std::fmt::Display;
use tasks_domain::id::DeviceId;
use tasks_domain::recurrence::{
    Anchor, Missed, MonthEnd, RuleStatus, RuleStatusValue, RuleText, Schedule, Series, Slot,
};
use tasks_domain::register::Register;
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::when::{LocalTime, Now, When};

fn list<T: Display>(name: &str, values: Option<impl IntoIterator<Item = T>>) -> String {
    let values: Vec<String> = values.into_iter().flatten().map(|value| value.to_string()).collect();
    if values.is_empty() { String::new() } else { format!(";{name}={}", values.join(",")) }
}

fn either_end(most: i16) -> impl Strategy<Value = i16> {
    prop_oneof![1..=most, -most..=-1]
}

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

prop_compose! {
    /// Days of week or month; numbered where the frequency allows it.
    fn days()(
        month_days in of(btree_set(either_end(31), 1..4)),
        weekdays in of(btree_set(0usize..7, 1..4)),
        nth in of(either_end(5)),
        months in of(btree_set(1u8..=12, 1..4)),
        positions in of(btree_set(either_end(4), 1..3)),
    ) -> (Option<Vec<i16>>, Option<Vec<usize>>, Option<i16>, String, Option<Vec<i16>>) {
        let vec = |set: Option<std::collections::BTreeSet<i16>>| set.map(|set| set.into_iter().collect());
        (vec(month_days), weekdays.map(|set| set.into_iter().collect()), nth, list("BYMONTH", months), vec(positions))
    }
}

prop_compose! {
    fn rule_text()(
        frequency in 0usize..5,
        interval in 1u32..8,
        (month_days, weekdays, nth, months, positions) in days(),
        week_start in 0usize..7,
        hours in of(btree_set(0u8..24, 1..3)),
        end in 0u32..4,
        count in 1u32..400,
        until in 0i64..6_000,
        clamps in any::<bool>(),
    ) -> String {
        let frequency = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"][frequency];
        let nth = nth.filter(|_| matches!(frequency, "YEARLY" | "MONTHLY")).map(|nth| nth.to_string()).unwrap_or_default();
        let weekdays = weekdays.map(|days| days.into_iter().map(|day| format!("{nth}{}", WEEKDAYS[day])).collect::<Vec<_>>());
        let month_days = month_days.filter(|_| frequency != "WEEKLY");
        let parts = [months, list("BYMONTHDAY", month_days), list("BYDAY", weekdays), list("BYHOUR", hours)].concat();
        let positions = if parts.is_empty() { String::new() } else { list("BYSETPOS", positions) };
        let until = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Duration::days(until);
        let end = match end {
            0 => format!(";COUNT={count}"),
            1 => format!(";UNTIL={}", until.format("%Y%m%d")),
            _ => String::new(),
        };
        let skip = if clamps { ";SKIP=BACKWARD" } else { "" };
        format!("FREQ={frequency};INTERVAL={interval}{parts}{positions};WKST={}{end}{skip}", WEEKDAYS[week_start])
    }
}

fn start() -> impl Strategy<Value = NaiveDateTime> {
    (0i64..3_000, 0u32..24).prop_map(|(day, hour)| {
        (NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Duration::days(day)).and_hms_opt(hour, 15, 0).unwrap()
    })
}

fn schedule(rule: &str, start: When) -> Option<Schedule> {
    Schedule::new(&RuleText::parse(rule).unwrap(), start).ok()
}

fn timed(rule: &str, start: &str, zone: Tz) -> Schedule {
    schedule(rule, When::At(LocalTime::new(start.parse().unwrap(), zone))).unwrap()
}

fn whole(rule: &str, start: &str) -> Schedule {
    schedule(rule, When::Date(start.parse().unwrap())).unwrap()
}

fn register(value: Vec<u8>) -> Register {
    Register { value, stamp: Stamp { hlc: Hlc::default(), device: DeviceId::from_bytes([0; 16]) } }
}

/// How many slots are looked at.
const MANY: usize = 300;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn slots_only_go_forward_and_the_next_one_needs_no_walk(rule in rule_text(), start in start(), zone in 0usize..3, skip_weekends: bool) {
        let zone = [Tz::UTC, Tz::Europe__Berlin, Tz::Australia__Lord_Howe][zone];
        let Some(mut schedule) = schedule(&rule, When::At(LocalTime::new(start, zone))) else { return Ok(()) };
        schedule.skip_weekends = skip_weekends;
        let series = schedule.series();
        let walked: Vec<Slot> = series.slots().take(MANY).collect();
        prop_assert!(walked.windows(2).all(|pair| pair[0] < pair[1]), "{}", rule);
        prop_assert!(walked.first().is_none_or(|first| first.local() >= start));
        for pair in walked.windows(2).step_by(7) {
            let (one, next) = (pair[0], pair[1]);
            prop_assert_eq!(series.next_after(one), Some(next));
            let between = one.local() + (next.local() - one.local()) / 2;
            prop_assert_eq!(series.slots_after(between).next(), Some(next));
            prop_assert!(series.contains(one));
            prop_assert!(!series.contains(Slot::Time(between)) || between == one.local());
        }
        if walked.len() < MANY {
            prop_assert_eq!(walked.last().and_then(|last| series.next_after(*last)), None);
        }
    }

    #[test]
    fn occurrences_never_meet_and_keep_the_time_on_the_wall(rule in rule_text(), start in start(), skip_weekends: bool) {
        let Some(mut schedule) = schedule(&rule, When::At(LocalTime::new(start, Tz::Europe__Berlin))) else { return Ok(()) };
        schedule.skip_weekends = skip_weekends;
        let series = schedule.series();
        let mut made: Vec<_> = series.slots().take(MANY).map(|slot| series.occurrence(slot)).collect();
        for one in &made {
            let When::At(at) = one.when else { panic!("a whole day") };
            prop_assert!(!skip_weekends || at.local().weekday().num_days_from_monday() < 5);
            prop_assert!(one.is_moved() || at.local() == one.slot.local());
        }
        let all = made.len();
        made.sort_by_key(|one| one.when.sort_key());
        made.dedup_by_key(|one| one.when);
        prop_assert_eq!(made.len(), all, "two at one time: {}", rule);
    }

    #[test]
    fn a_count_is_the_first_so_many(rule in rule_text(), start in start(), count in 1usize..200) {
        let endless: Vec<&str> = rule.split(';').filter(|part| !part.starts_with("COUNT") && !part.starts_with("UNTIL")).collect();
        let endless = endless.join(";");
        let start = When::At(LocalTime::new(start, Tz::UTC));
        let Some(all) = schedule(&endless, start) else { return Ok(()) };
        let counted = schedule(&format!("{endless};COUNT={count}"), start).unwrap();
        let want: Vec<Slot> = all.series().slots().take(count).collect();
        prop_assert_eq!(counted.series().slots().collect::<Vec<_>>(), want);
    }

    #[test]
    fn so_it_is_of_the_days_of_some_months(
        interval in 1u32..40, months in btree_set(1u8..=12, 1..4), hours in of(btree_set(0u8..24, 1..4)), start in start(), count in 1usize..300
    ) {
        let endless = format!("FREQ=DAILY;INTERVAL={interval}{}{}", list("BYMONTH", Some(months)), list("BYHOUR", hours));
        let start = When::At(LocalTime::new(start, Tz::UTC));
        let Some(all) = schedule(&endless, start) else { return Ok(()) };
        let counted = schedule(&format!("{endless};COUNT={count}"), start).unwrap();
        let want: Vec<Slot> = all.series().slots().take(count).collect();
        prop_assert_eq!(counted.series().slots().collect::<Vec<_>>(), want);
    }

    #[test]
    fn the_canonical_text_reads_as_the_same_rule(rule in rule_text()) {
        let read = RuleText::parse(&rule).unwrap();
        let text = read.rule().to_string();
        let again = RuleText::parse(&text).unwrap();
        prop_assert_eq!(again.rule(), read.rule());
        prop_assert_eq!(again.rule().to_string(), text);
    }

    #[test]
    fn a_schedule_survives_its_register(
        rule in rule_text(), start in start(), whole_day: bool, ahead in 0u16..200, skip_weekends: bool, policy in 0usize..3, anchor in 0usize..2, left_out in 0usize..5
    ) {
        let start = if whole_day { When::Date(start.date()) } else { When::At(LocalTime::new(start, Tz::Asia__Kathmandu)) };
        let Some(schedule) = schedule(&rule, start) else { return Ok(()) };
        let mut schedule = schedule.with_generate_ahead(ahead);
        (schedule.skip_weekends, schedule.missed, schedule.anchor) = (skip_weekends, Missed::ALL[policy], Anchor::ALL[anchor]);
        let slots: Vec<Slot> = schedule.series().slots().take(left_out).collect();
        prop_assert!(slots.iter().all(|slot| schedule.exclude(*slot)));
        prop_assert!(slots.iter().all(|slot| !schedule.series().contains(*slot)));
        prop_assert_eq!(Schedule::decode(Some(&register(schedule.encode()))), Some(schedule));
    }

    #[test]
    fn any_text_is_a_rule_or_an_error_with_a_place(text in "[A-Z0-9=;,:+\\-\n äT]{0,60}", tail in "(FREQ|BYDAY|UNTIL|COUNT|EXDATE)[=:;].{0,20}") {
        for text in [text.as_str(), tail.as_str(), &format!("FREQ=DAILY;{text}"), &format!("FREQ=MONTHLY;{tail}")] {
            if let Err(error) = RuleText::parse(text) {
                {
                    let (text, span) = (&error.text, error.span);
                    prop_assert!(text.get(span.start..span.end).is_some(), "{}", text);
                }
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn done_early_late_or_twice_the_next_one_is_later(rule in rule_text(), start in start(), step in 0usize..40, hours in -2_000i64..4_000, policy in 0usize..3) {
        let start = When::At(LocalTime::new(start, Tz::America__New_York));
        let Some(mut schedule) = schedule(&rule, start) else { return Ok(()) };
        schedule.missed = Missed::ALL[policy];
        let series = schedule.series();
        let Some(slot) = series.slots().nth(step) else { return Ok(()) };
        let done = series.occurrence(slot).when;
        let When::At(done) = done else { panic!("a whole day") };
        let now = Now::new(done.instant() + Duration::hours(hours), Tz::Europe__Berlin);
        let next = schedule.next_after_completion(&series, slot, now, 1);
        prop_assert_eq!(next, schedule.next_after_completion(&series, slot, now, 1));
        if let Some(next) = next {
            prop_assert!(next > slot && series.contains(next));
            if schedule.missed != Missed::Stack {
                // Never one that was over already when this was done.
                prop_assert!(next.local() > LocalTime::at(now.instant(), Tz::America__New_York).local());
            }
        }
    }
}

fn at(text: &str, zone: Tz) -> Now {
    let local: NaiveDateTime = text.parse().unwrap();
    Now::new(zone.from_local_datetime(&local).earliest().unwrap().with_timezone(&Utc), zone)
}

fn slot(text: &str) -> Slot {
    text.parse().unwrap()
}

fn next(schedule: &Schedule, done: &str, completed: Now) -> String {
    let series = schedule.series();
    schedule.next_after_completion(&series, slot(done), completed, 1).map(|slot| slot.to_string()).unwrap_or_default()
}

#[test]
fn a_missed_day_is_not_made_up_for_unless_they_stack() {
    let mut daily = whole("FREQ=DAILY", "2026-11-16");
    let wednesday = at("2026-11-18T10:00:00", Tz::Europe__Berlin);
    assert_eq!(next(&daily, "2026-11-16", wednesday), "2026-11-19");
    assert_eq!(next(&daily, "2026-11-25", wednesday), "2026-11-26", "done early");
    daily.missed = Missed::Stack;
    assert_eq!(next(&daily, "2026-11-16", wednesday), "2026-11-17");
    let standup = timed("FREQ=DAILY", "2026-11-16T09:30:00", Tz::Europe__Berlin);
    assert_eq!(
        next(&standup, "2026-11-16T09:30:00", at("2026-11-18T09:29:00", Tz::Europe__Berlin)),
        "2026-11-18T09:30:00"
    );
    assert_eq!(
        next(&standup, "2026-11-16T09:30:00", at("2026-11-18T09:30:00", Tz::Europe__Berlin)),
        "2026-11-19T09:30:00"
    );
    // The clock of the rule counts, not the person's: it is 9:00 in Berlin.
    assert_eq!(
        next(&standup, "2026-11-16T09:30:00", at("2026-11-18T17:00:00", Tz::Asia__Tokyo)),
        "2026-11-18T09:30:00"
    );
}

#[test]
fn completion_is_counted_from_its_day() {
    let mut plants = whole("FREQ=DAILY;INTERVAL=3", "2026-11-01");
    plants.anchor = Anchor::Completion;
    let done = |text| at(text, Tz::Europe__Berlin);
    assert_eq!(next(&plants, "2026-11-01", done("2026-11-05T23:59:00")), "2026-11-08");
    assert_eq!(next(&plants, "2026-11-10", done("2026-11-05T08:00:00")), "2026-11-08");
    let mut filter = timed("FREQ=MONTHLY", "2026-01-31T08:00:00", Tz::Europe__Berlin);
    filter.anchor = Anchor::Completion;
    assert_eq!(next(&filter, "2026-01-31T08:00:00", done("2026-02-10T20:15:00")), "2026-03-10T08:00:00");
    let mut pills = timed("FREQ=HOURLY;INTERVAL=6", "2026-11-01T08:00:00", Tz::Europe__Berlin);
    pills.anchor = Anchor::Completion;
    assert_eq!(next(&pills, "2026-11-01T08:00:00", done("2026-11-01T09:20:40")), "2026-11-01T15:20:00");
    let mut thrice = whole("FREQ=DAILY;COUNT=3", "2026-11-01");
    thrice.anchor = Anchor::Completion;
    let series = thrice.series();
    assert!(thrice.next_after_completion(&series, slot("2026-11-03"), done("2026-11-03T08:00:00"), 2).is_some());
    assert_eq!(thrice.next_after_completion(&series, slot("2026-11-03"), done("2026-11-03T08:00:00"), 3), None);
}

#[test]
fn slots_that_come_stack_replace_or_wait() {
    let mut daily = whole("FREQ=DAILY", "2026-11-16");
    let now = at("2026-11-19T00:00:00", Tz::Europe__Berlin);
    let arrived = |daily: &Schedule| daily.arrived(&daily.series(), slot("2026-11-16"), now);
    assert_eq!(arrived(&daily), tasks_domain::recurrence::missed::Arrived::default());
    daily.missed = Missed::Skip;
    let skipped = arrived(&daily);
    assert_eq!((skipped.make, skipped.replaces), (vec![slot("2026-11-19")], true));
    daily.missed = Missed::Stack;
    let stacked = arrived(&daily);
    assert_eq!(
        (stacked.make, stacked.replaces, stacked.more),
        (vec![slot("2026-11-17"), slot("2026-11-18"), slot("2026-11-19")], false, false)
    );
    let years = daily.arrived(&daily.series(), slot("2026-11-16"), at("2036-11-16T00:00:00", Tz::UTC));
    assert_eq!((years.make.len(), years.more), (100, true));
    assert_eq!(
        daily.next_arrival(&daily.series(), slot("2026-11-16")),
        Some(When::Date("2026-11-17".parse().unwrap()))
    );
}

#[test]
fn so_many_are_kept_open() {
    let weekly = whole("FREQ=WEEKLY", "2026-11-16").with_generate_ahead(3);
    let series: Series = weekly.series();
    let ahead = |newest: &str, completed: Option<Now>, open| {
        weekly.ahead(&series, slot(newest), completed, open).iter().map(Slot::to_string).collect::<Vec<_>>()
    };
    assert_eq!(ahead("2026-11-16", None, 1), ["2026-11-23", "2026-11-30"]);
    assert_eq!(ahead("2026-11-30", Some(at("2026-11-17T08:00:00", Tz::UTC)), 2), ["2026-12-07"]);
    assert_eq!(ahead("2026-11-16", Some(at("2027-01-01T08:00:00", Tz::UTC)), 2), ["2027-01-04"]);
    assert!(ahead("2026-11-30", None, 3).is_empty());
}

#[test]
fn registers_are_canonical_json() {
    let mut schedule = timed(
        "FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD\nEXDATE:20261231T090000",
        "2026-10-31T09:00:00",
        Tz::Europe__Berlin,
    );
    schedule.skip_weekends = true;
    assert_eq!(
        String::from_utf8(schedule.encode()).unwrap(),
        r#"{"anchor":"calendar","exdates":["2026-12-31T09:00:00"],"generate_ahead":1,"missed":"one","rrule":"RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD","skip_weekends":true,"start":{"at":"2026-10-31T09:00:00","tz":"Europe/Berlin"}}"#
    );
    assert_eq!(schedule.rule().month_end(), MonthEnd::Clamp);
    assert_eq!(Schedule::decode(Some(&register(b"null".to_vec()))), None);
    let newer = String::from_utf8(schedule.encode()).unwrap().replace("calendar", "moon");
    assert_eq!(Schedule::decode(Some(&register(newer.into_bytes()))), None);
    let status = RuleStatusValue::new(RuleStatus::Paused, 7);
    assert_eq!(serde_json::to_string(&status).unwrap(), r#"{"at":7,"status":"paused"}"#);
    assert_eq!(status.status(), Some(RuleStatus::Paused));
}
