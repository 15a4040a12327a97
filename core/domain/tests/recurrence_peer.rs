//! Rules against python-dateutil, date by date over twenty years, and clock changes against Python's zoneinfo.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "recurrence_peer/peer.rs"]
mod peer;

use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tasks_domain::recurrence::{ClockChange, RuleText, Schedule, Series, Slot};
use tasks_domain::when::{LocalTime, When};

/// Rules that are compared.
const RULES: usize = 600;
/// Most dates of a rule, as expand.py has it: twenty years of days are less.
const DATES_MAX: usize = 8_000;
/// Each as often as it is worth.
const FREQUENCIES: [&str; 10] =
    ["YEARLY", "YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "MONTHLY", "WEEKLY", "WEEKLY", "DAILY", "HOURLY"];
/// Every rule is made from this and its number.
const SEED: u64 = 0x7461_736b_7335;

/// A small generator, so that a rule that fails has a number to make it again by (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// `low` to `high`, both included.
    fn number(&mut self, low: i64, high: i64) -> i64 {
        low + (self.roll() % (high - low + 1).unsigned_abs()).cast_signed()
    }

    /// 1 to `most`, or, less often, as far from the end.
    fn either_end(&mut self, most: i64) -> i64 {
        let number = self.number(1, most);
        if self.chance(35) { -number } else { number }
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.number(1, 100) <= percent
    }

    fn list(&mut self, most: i64, mut one: impl FnMut(&mut Self) -> String) -> String {
        let many = self.number(1, most);
        let all: BTreeSet<String> = (0..many).map(|_| one(self)).collect();
        all.into_iter().collect::<Vec<_>>().join(",")
    }

    fn weekday(&mut self) -> &'static str {
        ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][self.number(0, 6).unsigned_abs() as usize]
    }
}

/// One rule and its start, of everything RFC 5545 allows, where dateutil keeps to it. It does not: with BYWEEKNO and no BYDAY
/// (it takes all seven days), with numbered and plain weekdays in one BYDAY (it takes those that are both), with BYSETPOS in a
/// first week that begins before the start (it counts from the start), with weeks 52 and 53 (for the days before week 1 it takes
/// the length of the wrong year: those weeks have a test of our own).
fn rule(dice: &mut Dice) -> (String, NaiveDateTime) {
    let date = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Duration::days(dice.number(0, 1_500));
    let clock = Duration::minutes(30 * dice.number(0, 47));
    let mut start = date.and_hms_opt(0, 0, 0).unwrap() + clock;
    let frequency = FREQUENCIES[dice.number(0, 9).unsigned_abs() as usize];
    let mut parts = vec![format!("FREQ={frequency}")];
    if dice.chance(50) {
        let most = if frequency == "HOURLY" { 100 } else { 12 };
        parts.push(format!("INTERVAL={}", dice.number(1, most)));
    }
    days(dice, frequency, &mut parts);
    if frequency == "HOURLY" {
        // More than once an hour would be refused.
        if dice.chance(30) {
            parts.push(format!("BYHOUR={}", dice.list(8, |dice| dice.number(0, 23).to_string())));
        }
    } else if dice.chance(20) {
        parts.push(format!("BYHOUR={}", dice.list(3, |dice| dice.number(0, 23).to_string())));
        parts.push(format!("BYMINUTE={}", dice.list(2, |dice| dice.number(0, 59).to_string())));
    }
    let week_start = if dice.chance(25) { dice.weekday() } else { "MO" };
    parts.push(format!("WKST={week_start}"));
    // Positions that are there as a rule: dateutil takes seconds to find that a rule of days never occurs.
    let has = |name: &str| parts.iter().any(|part| part.starts_with(name));
    let positions = match frequency {
        "YEARLY" | "MONTHLY" if has("BY") => 6,
        "WEEKLY" if has("BYDAY") => 2,
        "DAILY" if has("BYHOUR") => 2,
        _ => 0,
    };
    if positions > 0 && dice.chance(25) {
        parts.push(format!("BYSETPOS={}", dice.list(3, |dice| dice.either_end(positions).to_string())));
        if frequency == "WEEKLY" {
            start -= Duration::days(i64::from(start.weekday().days_since(weekday_of(week_start))));
        }
    }
    let end = dice.number(1, 100);
    if end <= 20 {
        parts.push(format!("COUNT={}", dice.number(1, 200)));
    } else if end <= 36 {
        parts.push(format!("UNTIL={}", (start + Duration::days(dice.number(1, 4_000))).format("%Y%m%dT%H%M%S")));
    }
    (parts.join(";"), start)
}

/// The parts that say which days.
fn days(dice: &mut Dice, frequency: &str, parts: &mut Vec<String>) {
    let (yearly, monthly) = (frequency == "YEARLY", frequency == "MONTHLY");
    let by_month = dice.chance(30);
    if by_month {
        parts.push(format!("BYMONTH={}", dice.list(4, |dice| dice.number(1, 12).to_string())));
    }
    let by_week = yearly && dice.chance(15);
    if by_week {
        parts.push(format!("BYWEEKNO={}", dice.list(3, |dice| dice.either_end(51).to_string())));
    }
    if yearly && dice.chance(15) {
        parts.push(format!("BYYEARDAY={}", dice.list(4, |dice| dice.either_end(366).to_string())));
    }
    if frequency != "WEEKLY" && dice.chance(35) {
        parts.push(format!("BYMONTHDAY={}", dice.list(5, |dice| dice.either_end(31).to_string())));
    }
    if by_week || dice.chance(45) {
        let numbered = (yearly || monthly) && !by_week && dice.chance(50);
        let most = if yearly && !by_month { 53 } else { 5 };
        let list = dice.list(4, |dice| {
            let nth = if numbered { dice.either_end(most).to_string() } else { String::new() };
            nth + dice.weekday()
        });
        parts.push(format!("BYDAY={list}"));
    }
}

fn weekday_of(letters: &str) -> chrono::Weekday {
    let at = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|one| *one == letters).unwrap();
    chrono::Weekday::try_from(u8::try_from(at).unwrap()).unwrap()
}

fn series(rule: &str, start: NaiveDateTime, zone: Tz) -> Option<Series> {
    let text = RuleText::parse(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
    Some(Schedule::new(&text, When::At(LocalTime::new(start, zone))).ok()?.series())
}

fn texts(answer: &Value) -> Vec<&str> {
    answer.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn rules_make_what_python_dateutil_makes_for_twenty_years() {
    let rules: Vec<(String, NaiveDateTime)> =
        (0..RULES as u64).map(|number| rule(&mut Dice(SEED ^ (number << 20)))).collect();
    // Hours are three years: dateutil walks through each of them.
    let until = |rule: &str, start: NaiveDateTime| {
        start + Duration::days(if rule.starts_with("FREQ=HOURLY") { 3 * 366 } else { 20 * 366 })
    };
    let cases: Vec<Value> = rules
        .iter()
        .map(|(rule, start)| json!({"rrule": rule, "start": start.to_string().replace(' ', "T"), "until": until(rule, *start).to_string().replace(' ', "T")}))
        .collect();
    let answers = peer::ask(&cases);
    let (mut dates, mut empty) = (0, 0);
    for (number, ((rule, start), answer)) in rules.iter().zip(&answers).enumerate() {
        let want = texts(answer);
        let what = || format!("rule {number}: {rule} from {start}");
        let Some(series) = series(rule, *start, Tz::UTC) else {
            assert!(want.is_empty(), "{}: refused, but dateutil has {:?}", what(), want.first());
            empty += 1;
            continue;
        };
        let until = until(rule, *start);
        let made: Vec<String> = series
            .slots()
            .take_while(|slot| slot.local() <= until)
            .take(DATES_MAX)
            .map(|slot| slot.to_string())
            .collect();
        let differs = made.iter().zip(&want).position(|(made, want)| made != want);
        assert!(
            differs.is_none() && made.len() == want.len(),
            "{}: at {differs:?}, {} of {}: {:?} for {:?}",
            what(),
            made.len(),
            want.len(),
            differs.map(|at| &made[at]).or(made.last()),
            differs.map(|at| want[at]).or(want.last().copied())
        );
        // The same again without walking: from the day before each date, and from the date itself.
        for (at, date) in want.iter().enumerate().step_by(1 + want.len() / 200) {
            let slot: Slot = date.parse().unwrap();
            assert!(series.contains(slot), "{}: {date}", what());
            assert_eq!(series.slots_from(slot.local()).next(), Some(slot), "{}", what());
            let next = series.next_after(slot).filter(|next| next.local() <= until).map(|next| next.to_string());
            assert_eq!(next.as_deref(), want.get(at + 1).copied(), "{}: after {date}", what());
        }
        dates += want.len();
    }
    assert!(dates > 200_000 && empty < RULES / 4, "{dates} dates, {empty} rules without any");
    println!("{RULES} rules, {dates} dates, {empty} rules that never occur");
}

#[test]
fn clock_changes_are_as_the_policy_says() {
    // Zone, and the years whose every day is looked at.
    let zones = [
        (Tz::America__New_York, 2024..=2027),
        (Tz::Europe__London, 2024..=2027),
        (Tz::Australia__Lord_Howe, 2024..=2027),
        (Tz::Pacific__Apia, 2010..=2013),
        (Tz::Asia__Kathmandu, 1985..=1987),
        (Tz::America__Sao_Paulo, 2016..=2020),
        (Tz::Europe__Berlin, 2024..=2027),
        (Tz::Africa__Casablanca, 2024..=2026),
    ];
    // Around midnight and in the small hours is where clocks are changed.
    let times = [
        "00:00:00", "00:05:00", "00:30:00", "01:00:00", "01:30:00", "01:45:00", "02:00:00", "02:15:00", "02:30:00",
        "03:00:00", "09:00:00", "23:30:00",
    ];
    let locals = |years: &std::ops::RangeInclusive<i32>, time: &str| -> Vec<NaiveDateTime> {
        let first = NaiveDate::from_ymd_opt(*years.start(), 1, 1).unwrap();
        first
            .iter_days()
            .take_while(|day| day.year() <= *years.end())
            .map(|day| day.and_time(time.parse().unwrap()))
            .collect()
    };
    let cases: Vec<Value> = zones
        .iter()
        .flat_map(|(zone, years)| {
            times.map(|time| {
                let locals: Vec<String> =
                    locals(years, time).iter().map(|local| local.to_string().replace(' ', "T")).collect();
                json!({"zone": zone.name(), "local": locals})
            })
        })
        .collect();
    let answers = peer::ask(&cases);
    let (mut gaps, mut overlaps, mut days) = (0, 0, 0);
    for ((zone, years), answers) in zones.iter().zip(answers.chunks(times.len())) {
        for (time, answer) in times.iter().zip(answers) {
            let locals = locals(years, time);
            let daily = series("FREQ=DAILY", locals[0], *zone).unwrap();
            let mut slots = daily.slots();
            let mut swallowed = 0;
            for (local, want) in locals.iter().zip(texts(answer)) {
                let (want, mark) = want.split_once(' ').unwrap();
                // The day that is moved onto the next one is dropped: 30 December 2011 in Apia.
                if mark == "g" && want[..10] != local.date().to_string() && want[11..19] == **time {
                    swallowed += 1;
                    continue;
                }
                let slot = slots.next().unwrap();
                assert_eq!(slot, Slot::Time(*local), "{zone}");
                let made = daily.occurrence(slot);
                let When::At(at) = made.when else { panic!("{zone}: a whole day") };
                assert_eq!(at.zoned().fixed_offset().to_rfc3339(), want, "{zone} {local}");
                let clock = match made.clock {
                    ClockChange::None => "",
                    ClockChange::Gap => "g",
                    ClockChange::Overlap => "o",
                };
                assert_eq!(clock, mark, "{zone} {local}");
                if mark != "g" {
                    assert_eq!(at.local(), *local, "{zone}: the clock on the wall shows the same");
                }
                days += 1;
                gaps += usize::from(mark == "g");
                overlaps += usize::from(mark == "o");
            }
            assert_eq!(swallowed, usize::from(*zone == Tz::Pacific__Apia), "{zone} {time}");
        }
    }
    assert!(gaps > 50 && overlaps > 50, "{gaps} gaps, {overlaps} overlaps");
    println!("{days} days in {} zones, {gaps} gaps, {overlaps} overlaps", zones.len());
}
