//! What the pieces of a rule mean together: the rule, and its first occurrence.

use super::occur::first_day;
use super::said::{Edge, Freq, NTH_DAYS_MAX, NthDays, Said, Time};
use super::set::{Months, Nths, WEEK, Weekdays};
use crate::calendar::{next_month_day, plus_days, plus_months};
use crate::found::{Clock, ClockFound, DateFound, Days};
use crate::lexicon::{Part, Unit};
use crate::line::Line;
use crate::resolve::{end_of, minutes, part_time};
use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Weekday};
use chrono_tz::Tz;
use tasks_domain::recurrence::Anchor;
use tasks_domain::when::{LocalTime, When};

/// A rule of RFC 5545, as far as people say them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub freq: Freq,
    /// At least 1.
    pub interval: u32,
    pub weekdays: Weekdays,
    pub nth_days: Vec<(Nths, Weekdays)>,
    pub positions: Nths,
    pub month_days: Nths,
    pub months: Months,
    /// Several times a day, as minutes since midnight, ascending; empty when the due says the time.
    pub times: Vec<u16>,
    pub count: Option<u32>,
    /// The last day.
    pub until: Option<NaiveDate>,
    pub anchor: Anchor,
    /// First day of the weeks that are counted.
    pub week_start: Weekday,
}

/// What stands in the line apart from the rule and belongs to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside {
    pub date: Option<DateFound>,
    pub clock: Option<ClockFound>,
    /// Pieces that end or begin it.
    pub tail: Option<Said>,
}

/// A rule and its first occurrence.
#[derive(Clone, Debug)]
pub(crate) struct Meant {
    pub rule: Rule,
    pub due: When,
    /// A period of every occurrence: "every tuesday 9-11am".
    pub end: Option<When>,
}

/// What a rule means for this person now.
pub(crate) fn meant(line: &Line, said: &Said, beside: &Beside) -> Meant {
    let mut said = *said;
    if let Some(tail) = beside.tail {
        said.until = said.until.or(tail.until);
        said.count = said.count.or(tail.count);
        said.start = said.start.or(tail.start);
        said.completion |= tail.completion;
    }
    if let Some(clock) = beside.clock.filter(|_| !said.timed()) {
        said.add_clock(&clock);
    }
    if let Some(date) = &beside.date {
        begin_on(&mut said, date, line.today);
    }
    let zone = said.zone.unwrap_or(line.context.now.zone());
    let local = LocalTime::at(line.context.now.instant(), zone).local();
    // "from november until february" ends in the year after.
    let from = said.start.unwrap_or(local.date());
    said.until = said.until.map(|until| if until < from { plus_months(until, 12) } else { until });
    spread(line, &mut said);
    days_of_date(&mut said, local.date());
    let mut rule = without_bounds(&said, line.context.settings.week_start);
    let times = times(line, &said, local);
    if rule.freq <= Freq::Hourly {
        return by_the_clock(line, rule, &said, &times, local, zone);
    }
    let in_quarter = Rule { months: quarter_months(&rule, &said), ..rule.clone() };
    let due = first(&in_quarter, &said, &times, local, zone);
    name_month(&mut rule, &said, due.date());
    if times.len() > 1 {
        rule.times.clone_from(&times);
    }
    // "until december" of what comes first in the middle of December ends a year later.
    said.until = said.until.map(|until| if until < due.date() { plus_months(until, 12) } else { until });
    bound(&mut rule, &said, local.date());
    let end = match (said.time_until, due) {
        (Some(until), When::At(from)) if times.len() < 2 => {
            Some(When::At(LocalTime::new(end_of(until, from.local()), zone)))
        }
        _ => None,
    };
    Meant { rule, due, end }
}

/// A date beside a rule is where it begins; a period, where it also ends: "every day next week".
fn begin_on(said: &mut Said, date: &DateFound, today: NaiveDate) {
    let bounded = said.until.is_some() || said.count.is_some() || said.lasts.is_some();
    if let Days::Range { first, last, .. } = date.days
        && first < last
        && said.start.is_none()
        && !bounded
        && last >= today
    {
        (said.start, said.until) = (Some(first.max(today)), Some(last));
    }
    said.start = said.start.or_else(|| date.first());
}

/// "twice a week" without days falls on days that lie well apart, "twice a day" on the morning and the evening.
fn spread(line: &Line, said: &mut Said) {
    let Some((times, unit)) = said.often else { return };
    match unit {
        Unit::Day if !said.timed() => {
            let parts = &line.context.settings.day_parts;
            let hour = |time: NaiveTime| time.hour();
            let (from, to) = (hour(parts.morning), hour(parts.evening).max(hour(parts.morning) + 1));
            let times = times.clamp(2, 6);
            for n in 0..times {
                let minutes = (from * 60 + (to - from) * 60 * n / (times - 1)) / 60 * 60;
                let clock = Clock { minutes: minutes as i16, second: 0, half: crate::found::Half::Known };
                said.push_time(Time { clock: Some(clock), part: None });
            }
        }
        Unit::Week if said.weekdays.is_empty() => {
            let days: &[usize] = match times {
                2 => &[0, 3],
                3 => &[0, 2, 4],
                4 => &[0, 1, 3, 4],
                5 => &[0, 1, 2, 3, 4],
                6 => &[0, 1, 2, 3, 4, 5],
                _ => &[0, 1, 2, 3, 4, 5, 6],
            };
            said.weekdays = days.iter().fold(Weekdays::default(), |all, day| all.or(Weekdays::of(WEEK[*day])));
        }
        Unit::Month if !said.names_days() => {
            let times = times.clamp(2, 10);
            said.month_days = (0..times).fold(Nths::default(), |all, n| all.with((1 + n * (30 / times)).cast_signed()));
            if times == 2 {
                said.month_days = Nths::of(1).with(15);
            }
        }
        Unit::Year if !said.names_days() => {
            said.freq = Some(Freq::Monthly);
            said.interval = (12 / times.clamp(1, 12)).max(1);
        }
        _ => {}
    }
}

/// "dec 1 every month", "may 5 every friday": a day of one month on which the rule begins.
fn days_of_date(said: &mut Said, today: NaiveDate) {
    let begins = said.month_and_day
        && (said.freq.is_some_and(|freq| freq < Freq::Yearly) || said.freq.is_none() && !said.weekdays.is_empty());
    if !begins {
        return;
    }
    let day = said.month_days.iter().next().map(i32::unsigned_abs);
    let month = said.months.iter().next();
    if let (Some(day), Some(month)) = (day, month) {
        said.start = said.start.or_else(|| next_month_day(today, month, day));
    }
    said.months = Months::default();
    if said.freq != Some(Freq::Monthly) {
        said.month_days = Nths::default();
    }
}

fn frequency(said: &Said) -> Freq {
    let of_month = said.nth_len > 0 || !said.month_days.is_empty() || !said.positions.is_empty();
    let named = match said.freq {
        Some(freq) => freq,
        None if said.month_and_day || of_month && !said.months.is_empty() => Freq::Yearly,
        None if of_month || said.edge.is_some() => Freq::Monthly,
        None if !said.weekdays.is_empty() => Freq::Weekly,
        None if !said.months.is_empty() => Freq::Yearly,
        None => Freq::Daily,
    };
    match named {
        // "daily on weekdays", "every week on the first monday"
        Freq::Daily if !said.weekdays.is_empty() || !said.except_days.is_empty() && said.interval <= 1 => Freq::Weekly,
        Freq::Daily | Freq::Weekly if of_month => Freq::Monthly,
        other => other,
    }
}

fn without_bounds(said: &Said, week_start: Weekday) -> Rule {
    let freq = frequency(said);
    let mut rule = Rule {
        freq,
        interval: said.interval.max(1),
        weekdays: said.weekdays,
        nth_days: said.nth_days().iter().map(|NthDays { nths, days }| (*nths, *days)).collect(),
        positions: said.positions,
        month_days: said.month_days,
        months: said.months,
        times: Vec::new(),
        count: None,
        until: None,
        anchor: if said.completion { Anchor::Completion } else { Anchor::Calendar },
        week_start,
    };
    debug_assert!(rule.nth_days.len() <= NTH_DAYS_MAX);
    if let Some(edge) = said.edge {
        on_edge(&mut rule, edge);
    }
    // "the last day of every year"
    if freq == Freq::Yearly && rule.months.is_empty() && rule.month_days.len() == 1 {
        for (day, month) in [(1, 1), (-1, 12)] {
            if rule.month_days.has(day) {
                rule.months = Months::default().with(month);
            }
        }
    }
    if !said.except_days.is_empty() && freq != Freq::Yearly {
        let from = if rule.weekdays.is_empty() { Weekdays::ALL } else { rule.weekdays };
        rule.weekdays = from.without(said.except_days);
    }
    if !said.except_months.is_empty() {
        let from = if rule.months.is_empty() { Months::ALL } else { rule.months };
        rule.months = from.without(said.except_months);
    }
    rule
}

/// "start of every week", "end of each month", "middle of the year".
fn on_edge(rule: &mut Rule, edge: Edge) {
    let day = match edge {
        Edge::Start => 1,
        Edge::Middle => 15,
        Edge::End => -1,
    };
    match rule.freq {
        Freq::Weekly => {
            let day = match edge {
                Edge::Start => WEEK[0],
                Edge::Middle => WEEK[2],
                Edge::End => WEEK[4],
            };
            rule.weekdays = Weekdays::of(day);
        }
        Freq::Monthly => rule.month_days = Nths::of(day),
        Freq::Yearly => {
            let month = match edge {
                Edge::Start => 1,
                Edge::Middle => 7,
                Edge::End => 12,
            };
            if rule.months.is_empty() {
                rule.months = Months::default().with(month);
            }
            rule.month_days = Nths::of(if edge == Edge::Middle { 1 } else { day });
        }
        Freq::Secondly | Freq::Minutely | Freq::Hourly | Freq::Daily => {}
    }
}

/// The months in which the days of a quarter lie: what is counted from its end lies in its last month.
fn quarter_months(rule: &Rule, said: &Said) -> Months {
    let from_start = rule.month_days.has(1) || rule.nth_days.iter().any(|(nths, _)| nths.iter().any(|n| n > 0));
    let from_end = rule.month_days.has(-1) || rule.nth_days.iter().any(|(nths, _)| nths.iter().all(|n| n < 0));
    let first = match (said.quarters && rule.months.is_empty(), from_start, from_end) {
        (true, true, _) => 1,
        (true, _, true) => 3,
        _ => return rule.months,
    };
    (0..4).fold(Months::default(), |months, quarter| months.with(first + 3 * quarter))
}

/// "every year on the 5th": a day of each month to RFC 5545, so that its month is named.
fn name_month(rule: &mut Rule, said: &Said, due: NaiveDate) {
    if rule.freq == Freq::Yearly && rule.months.is_empty() && !said.month_days.is_empty() {
        rule.months = Months::default().with(due.month());
    }
}

/// Minutes since midnight of the times said, ascending.
fn times(line: &Line, said: &Said, local: NaiveDateTime) -> Vec<u16> {
    // On days to come 7 to 11 are the morning.
    let tomorrow = Some(plus_days(local.date(), 1));
    let parts = &line.context.settings.day_parts;
    let of = |Time { clock, part }: &Time| match clock {
        Some(clock) => minutes(*clock, *part, tomorrow, local),
        None => part.map_or(0, |part: Part| i64::from(part_time(part, parts).num_seconds_from_midnight() / 60)),
    };
    let mut times: Vec<u16> =
        said.times.iter().flatten().filter_map(|time| u16::try_from(of(time).rem_euclid(1440)).ok()).collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// The first day that fits, and the first time of it that is ahead.
fn first(rule: &Rule, said: &Said, times: &[u16], local: NaiveDateTime, zone: Tz) -> When {
    let today = local.date();
    let from = said.start.unwrap_or(today);
    let at = |day: NaiveDate, minutes: u16| day.and_time(NaiveTime::MIN) + Duration::minutes(i64::from(minutes));
    let day = first_day(rule, from).unwrap_or(from);
    let Some(earliest) = times.first() else { return When::Date(day) };
    let ahead = times.iter().map(|minutes| at(day, *minutes)).find(|time| *time >= local);
    if let Some(time) = ahead.or_else(|| (day > today || said.start.is_some()).then(|| at(day, *earliest))) {
        return When::At(LocalTime::new(time, zone));
    }
    let next = plus_days(day, 1);
    let day = first_day(rule, next).unwrap_or(next);
    When::At(LocalTime::new(at(day, *earliest), zone))
}

/// Rules of hours, minutes and seconds: from the time that was said, else one step from now; within a part of the day as its hours.
fn by_the_clock(line: &Line, mut rule: Rule, said: &Said, times: &[u16], local: NaiveDateTime, zone: Tz) -> Meant {
    let unit = match rule.freq {
        Freq::Secondly => Duration::seconds(1),
        Freq::Minutely => Duration::minutes(1),
        _ => Duration::hours(1),
    };
    let step = unit * i32::try_from(rule.interval).unwrap_or(i32::MAX);
    if let (Some(begin), Some(until)) = (times.first(), said.time_until) {
        let begins = local.date().and_time(NaiveTime::MIN) + Duration::minutes(i64::from(*begin));
        let ends = end_of(until, begins);
        let mut time = begins;
        while time <= ends && time < begins + Duration::days(1) && rule.times.len() < 48 && rule.freq == Freq::Hourly {
            rule.times.push((time.hour() * 60 + time.minute()) as u16);
            time += step;
        }
        // "every 30 minutes from 9 to 17": within the hours in which it may come.
        if rule.freq == Freq::Minutely
            && begins.minute() == 0
            && 60 % rule.interval == 0
            && ends.date() == begins.date()
        {
            let last = ends.hour() - u32::from(ends.minute() == 0);
            rule.times = (begins.hour()..=last).map(|hour| (hour * 60) as u16).collect();
            let due = first(&rule, said, times, local, zone);
            bound(&mut rule, said, local.date());
            return Meant { rule, due, end: None };
        }
        if rule.times.len() > 1 {
            rule.times.sort_unstable();
            (rule.freq, rule.interval) = (Freq::Daily, 1);
            if !rule.weekdays.is_empty() {
                rule.freq = Freq::Weekly;
            }
            let times = rule.times.clone();
            let due = first(&rule, said, &times, local, zone);
            bound(&mut rule, said, local.date());
            return Meant { rule, due, end: None };
        }
    }
    let due = match times.first() {
        Some(_) => first(&rule, said, times, local, zone),
        None => match said.start.filter(|day| *day > local.date()) {
            Some(day) => When::At(LocalTime::new(day.and_time(local.time()), zone)),
            None => When::At(LocalTime::at(line.context.now.instant() + step, zone)),
        },
    };
    bound(&mut rule, said, local.date());
    if let Some(lasts) = said.lasts.filter(|lasts| lasts.months == 0 && lasts.days == 0 && said.count.is_none()) {
        rule.until = None;
        rule.count = u32::try_from(lasts.seconds / step.num_seconds().max(1)).ok().filter(|count| *count > 0);
    }
    Meant { rule, due, end: None }
}

/// Where the rule ends. A length in the rule's own steps is a number of times, any other a last day.
fn bound(rule: &mut Rule, said: &Said, today: NaiveDate) {
    rule.count = said.count;
    if rule.count.is_some() {
        return;
    }
    rule.until = said.until;
    let Some(lasts) = said.lasts.filter(|_| rule.until.is_none()) else { return };
    let one_a_week = rule.weekdays.len() <= 1;
    let single = rule.interval == 1 && rule.times.len() < 2 && rule.nth_days.len() < 2 && rule.month_days.len() < 2;
    let count = match (rule.freq, lasts.months, lasts.days) {
        (Freq::Daily, 0, days) => Some(days),
        (Freq::Weekly, 0, days) if days % 7 == 0 && one_a_week => Some(days / 7),
        (Freq::Monthly, months, 0) => Some(i64::from(months)),
        (Freq::Yearly, months, 0) if months % 12 == 0 => Some(i64::from(months) / 12),
        _ => None,
    };
    rule.count = count.filter(|count| single && *count > 0).and_then(|count| u32::try_from(count).ok());
    if rule.count.is_none() {
        let from = said.start.unwrap_or(today);
        rule.until = Some(plus_days(plus_months(from, lasts.months), lasts.days));
    }
}
