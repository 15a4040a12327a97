//! The first occurrence after today, of rules that began six years ago: ours, and the `rrule` crate's.
//!
//! The rules, start and date are those of the floor program `recur_dates`. `rrule` is asked for the same: the first date after,
//! of a rule that was read before.

use chrono::{NaiveDateTime, TimeZone as _};
use tasks_domain::recurrence::{RuleText, Schedule};
use tasks_domain::when::{LocalTime, When, Zone};

const RULES: [&str; 9] = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;BYMONTH=1;COUNT=1000",
];

fn main() {
    divan::main();
}

fn schedule(rule: &str) -> Schedule {
    let start = NaiveDateTime::parse_from_str("2020-01-01T09:00:00", "%Y-%m-%dT%H:%M:%S");
    let start = When::At(LocalTime::new(start.unwrap_or_default(), Zone::America__New_York));
    RuleText::parse(rule).and_then(|text| Schedule::new(&text, start)).unwrap_or_else(|error| unreachable!("{error}"))
}

fn after() -> NaiveDateTime {
    NaiveDateTime::parse_from_str("2026-11-22T12:00:00", "%Y-%m-%dT%H:%M:%S").unwrap_or_default()
}

/// As the engine does it: the schedule is read, its series made, and one occurrence taken.
#[divan::bench(args = RULES)]
fn ours(bencher: divan::Bencher<'_, '_>, rule: &str) {
    let schedule = schedule(rule);
    bencher.bench(|| {
        let series = schedule.series();
        let slot = series.slots_after(divan::black_box(after())).next();
        slot.map(|slot| series.occurrence(slot))
    });
}

#[divan::bench(args = RULES)]
fn rrule_crate(bencher: divan::Bencher<'_, '_>, rule: &str) {
    let text = format!("DTSTART;TZID=America/New_York:20200101T090000\nRRULE:{rule}");
    let set: rrule::RRuleSet = text.parse().unwrap_or_else(|error| unreachable!("{error}"));
    let after = rrule::Tz::America__New_York.from_local_datetime(&after()).earliest();
    let after = after.unwrap_or_else(|| unreachable!("no clock is changed then"));
    bencher.bench(|| set.clone().after(divan::black_box(after)).all(1).dates.pop());
}
