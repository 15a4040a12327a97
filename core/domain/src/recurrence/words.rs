//! A schedule in words, for people. What has no short words stays as RFC 5545 writes it.

use super::rule::{ByDay, End, Frequency, Moment, Rule};
use super::schedule::{Anchor, Schedule};
use crate::when::{LocalTime, When};
use chrono::{Datelike as _, Duration, Month, NaiveDate, NaiveTime, Weekday};

const WEEKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl Schedule {
    /// "every month on the 1st at 09:00", "every 3 days after completion, 10 times".
    pub fn words(&self) -> String {
        let rule = self.rule();
        let date = self.start().date();
        let Some(days) = rule.days_in_words(date) else {
            return format!("{}{}", rule, if self.anchor == Anchor::Completion { ", after completion" } else { "" });
        };
        let times = self.times_in_words();
        let anchor = if self.anchor == Anchor::Completion { " after completion" } else { "" };
        let weekends = if self.skip_weekends { ", Mondays for weekends" } else { "" };
        format!("{days}{times}{anchor}{weekends}{}", self.end_in_words())
    }

    /// " at 09:00 and 15:00".
    fn times_in_words(&self) -> String {
        let (rule, When::At(start)) = (self.rule(), self.start()) else { return String::new() };
        let own = start.local().time();
        if rule.frequency.seconds().is_some() {
            return String::new();
        }
        let hours: Vec<u8> = if rule.hours.is_empty() { vec![hour(own)] } else { rule.hours.clone() };
        let minutes: Vec<u8> = if rule.minutes.is_empty() { vec![minute(own)] } else { rule.minutes.clone() };
        let times: Vec<String> =
            hours.iter().flat_map(|hour| minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}"))).collect();
        format!(" at {}", list(&times))
    }

    fn end_in_words(&self) -> String {
        let day = |date: NaiveDate| format!(", until {} {} {}", date.day(), month(date.month()), date.year());
        match self.rule().end() {
            End::Never => String::new(),
            End::Count(1) => ", once".to_owned(),
            End::Count(count) => format!(", {count} times"),
            End::Until(Moment::Date(date)) => day(date),
            End::Until(Moment::Local(local)) => day(local.date()),
            End::Until(Moment::Utc(instant)) => match self.start() {
                When::At(time) => day(LocalTime::at(instant, time.zone()).local().date()),
                When::Date(_) => day(instant.date_naive()),
            },
        }
    }
}

fn hour(time: NaiveTime) -> u8 {
    u8::try_from((time - NaiveTime::MIN).num_hours()).unwrap_or(0)
}

fn minute(time: NaiveTime) -> u8 {
    u8::try_from(((time - NaiveTime::MIN) - Duration::hours(i64::from(hour(time)))).num_minutes()).unwrap_or(0)
}

impl Rule {
    /// How often and on which days; `None` for what has no short words.
    fn days_in_words(&self, start: NaiveDate) -> Option<String> {
        let odd = !self.seconds.is_empty() || !self.weeks.is_empty() || !self.year_days.is_empty();
        if odd || self.interval > 1 && self.frequency == Frequency::Daily && !self.days.is_empty() {
            return None;
        }
        let every = |unit: &str| match self.interval {
            1 => format!("every {unit}"),
            interval => format!("every {interval} {unit}s"),
        };
        let in_months = || {
            if self.months.is_empty() { String::new() } else { format!(" in {}", list(&self.month_names())) }
        };
        let plain_days = || self.days.iter().all(|day| day.nth.is_none());
        Some(match self.frequency {
            Frequency::Minutely | Frequency::Hourly => {
                let by = self.hours.is_empty() && self.minutes.is_empty() && self.month_days.is_empty();
                if !by || !plain_days() || !self.set_positions.is_empty() {
                    return None;
                }
                let on = if self.days.is_empty() { String::new() } else { format!(" on {}", self.weekdays()?) };
                format!(
                    "{}{on}{}",
                    every(if self.frequency == Frequency::Hourly { "hour" } else { "minute" }),
                    in_months()
                )
            }
            Frequency::Daily if self.days.is_empty() && self.month_days.is_empty() && self.set_positions.is_empty() => {
                format!("{}{}", every("day"), in_months())
            }
            Frequency::Daily | Frequency::Weekly if self.month_days.is_empty() && self.set_positions.is_empty() => {
                let own = if self.days.is_empty() { start.weekday().to_string() } else { self.weekdays()? };
                if self.interval == 1 {
                    format!("every {own}{}", in_months())
                } else {
                    let on =
                        if WEEKDAYS.len() == self.days.len() && own == "weekday" { "weekdays".to_owned() } else { own };
                    format!("{} on {on}{}", every("week"), in_months())
                }
            }
            Frequency::Secondly | Frequency::Daily | Frequency::Weekly => return None,
            Frequency::Monthly => format!("{} on {}{}", every("month"), self.month_day(start)?, in_months()),
            Frequency::Yearly => match (self.months.as_slice(), self.days.is_empty()) {
                ([], true) if self.month_days.is_empty() => {
                    format!("{} on {} {}", every("year"), start.day(), month(start.month()))
                }
                ([], _) => return None,
                (_, true) if self.set_positions.is_empty() => {
                    let days = if self.month_days.is_empty() {
                        vec![start.day().to_string()]
                    } else {
                        positive(&self.month_days)?
                    };
                    format!("{} on {} {}", every("year"), list(&days), list(&self.month_names()))
                }
                _ => format!("{} on {}{}", every("year"), self.month_day(start)?, in_months()),
            },
        })
    }

    /// "the 1st and 15th", "the last Fri", "the last weekday": days of a month.
    fn month_day(&self, start: NaiveDate) -> Option<String> {
        if let [position] = self.set_positions.as_slice() {
            let days: Vec<Weekday> = self.days.iter().map(|day| day.weekday).collect();
            let plain = self.days.iter().all(|day| day.nth.is_none()) && self.month_days.is_empty();
            return (plain && days == WEEKDAYS).then(|| format!("the {} weekday", nth(i64::from(*position))));
        }
        if !self.set_positions.is_empty() || !self.days.is_empty() && !self.month_days.is_empty() {
            return None;
        }
        if self.days.is_empty() {
            let days: Vec<i64> = match self.month_days.as_slice() {
                [] => vec![i64::from(start.day())],
                days => days.iter().map(|day| i64::from(*day)).collect(),
            };
            let name = |day: &i64| if *day < 0 { format!("{} day", nth(*day)) } else { nth(*day) };
            return Some(format!("the {}", list(&days.iter().map(name).collect::<Vec<_>>())));
        }
        let name = |day: &ByDay| day.nth.map(|number| format!("{} {}", nth(i64::from(number)), day.weekday));
        let names: Vec<String> = self.days.iter().map(name).collect::<Option<_>>()?;
        Some(format!("the {}", list(&names)))
    }

    /// "Mon and Wed", "weekday", "weekend day".
    fn weekdays(&self) -> Option<String> {
        if self.days.iter().any(|day| day.nth.is_some()) {
            return None;
        }
        let mut days: Vec<Weekday> = self.days.iter().map(|day| day.weekday).collect();
        days.sort_by_key(Weekday::num_days_from_monday);
        Some(match days.as_slice() {
            days if days == WEEKDAYS => "weekday".to_owned(),
            [Weekday::Sat, Weekday::Sun] => "weekend day".to_owned(),
            days if days.len() == 7 => "day".to_owned(),
            days => list(&days.iter().map(ToString::to_string).collect::<Vec<_>>()),
        })
    }

    fn month_names(&self) -> Vec<String> {
        self.months.iter().map(|number| month(u32::from(*number)).to_owned()).collect()
    }
}

/// Days of a month counted from its beginning; `None` when one is counted from the end.
fn positive(days: &[i8]) -> Option<Vec<String>> {
    days.iter().map(|day| u8::try_from(*day).ok().map(|day| day.to_string())).collect()
}

fn month(number: u32) -> &'static str {
    let month = u8::try_from(number).ok().and_then(|number| Month::try_from(number).ok());
    month.map_or("", |month| month.name().get(..3).unwrap_or_default())
}

/// "1st", "22nd", "last", "2nd to last".
fn nth(number: i64) -> String {
    match number {
        -1 => return "last".to_owned(),
        number if number < 0 => return format!("{} to last", nth(-number)),
        _ => {}
    }
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// "a, b and c".
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::RuleText;
    use chrono_tz::Tz;

    fn words(rule: &str, start: &str) -> String {
        let start = match start.parse() {
            Ok(local) => When::At(LocalTime::new(local, Tz::Europe__Berlin)),
            Err(_) => When::Date(start.parse().unwrap()),
        };
        Schedule::new(&RuleText::parse(rule).unwrap(), start).unwrap().words()
    }

    #[test]
    fn usual_rules_have_short_words() {
        for (rule, start, want) in [
            ("FREQ=DAILY", "2026-11-23T09:30:00", "every day at 09:30"),
            ("FREQ=DAILY;INTERVAL=3;COUNT=10", "2026-11-23", "every 3 days, 10 times"),
            ("FREQ=DAILY;BYHOUR=9,15", "2026-11-23T09:00:00", "every day at 09:00 and 15:00"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23T09:30:00", "every weekday at 09:30"),
            ("FREQ=WEEKLY", "2026-11-23", "every Mon"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "2026-11-24", "every 2 weeks on Tue and Thu"),
            ("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01T09:00:00", "every month on the 1st at 09:00"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", "every month on the last day"),
            ("FREQ=MONTHLY;INTERVAL=3", "2026-11-23", "every 3 months on the 23rd"),
            ("FREQ=MONTHLY;BYDAY=2TU", "2026-12-08", "every month on the 2nd Tue"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "every month on the last Fri"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "every month on the last weekday"),
            ("FREQ=YEARLY", "2026-12-24", "every year on 24 Dec"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26", "every year on the 4th Thu in Nov"),
            ("FREQ=HOURLY;INTERVAL=2", "2026-11-23T09:00:00", "every 2 hours"),
            ("FREQ=DAILY;UNTIL=20261231", "2026-11-23", "every day, until 31 Dec 2026"),
            ("FREQ=YEARLY;BYWEEKNO=20", "2026-11-23", "FREQ=YEARLY;BYWEEKNO=20"),
        ] {
            assert_eq!(words(rule, start), want, "{rule}");
        }
    }
}
