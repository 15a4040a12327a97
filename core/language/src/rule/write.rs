//! A rule in the words of RFC 5545.

use super::build::Rule;
use super::said::Freq;
use super::set::{Nths, Weekdays};
use chrono::{Duration, NaiveDateTime, NaiveTime, Weekday};
use std::fmt::Write as _;
use tasks_domain::when::{LocalTime, When};

const fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

impl Rule {
    /// The canonical text: parts that say nothing are left out, the others stand in one order. `due` is the first occurrence, of
    /// whose kind the end must be.
    pub(crate) fn text(&self, due: When) -> String {
        let freq = match self.freq {
            Freq::Secondly => "SECONDLY",
            Freq::Minutely => "MINUTELY",
            Freq::Hourly => "HOURLY",
            Freq::Daily => "DAILY",
            Freq::Weekly => "WEEKLY",
            Freq::Monthly => "MONTHLY",
            Freq::Yearly => "YEARLY",
        };
        let mut text = format!("FREQ={freq}");
        if self.interval > 1 {
            let _ = write!(text, ";INTERVAL={}", self.interval);
        }
        list(&mut text, "BYMONTH", self.months.iter().map(|month| month.to_string()));
        list(&mut text, "BYMONTHDAY", self.month_days.iter().map(|day| day.to_string()));
        list(&mut text, "BYDAY", self.weekdays.iter().map(|day| code(day).to_owned()).chain(self.nth_codes()));
        let positions = self.hours(&mut text);
        list(&mut text, "BYSETPOS", self.positions.iter().map(|n| n.to_string()).chain(positions));
        let counts_weeks = self.freq == Freq::Weekly && self.interval > 1 && self.weekdays.len() > 1;
        if counts_weeks && self.week_start != Weekday::Mon {
            let _ = write!(text, ";WKST={}", code(self.week_start));
        }
        if let Some(count) = self.count {
            let _ = write!(text, ";COUNT={count}");
        } else if let Some(until) = self.until {
            text.push_str(";UNTIL=");
            match due {
                When::Date(_) => text.push_str(&until.format("%Y%m%d").to_string()),
                When::At(first) => {
                    let last = until.and_time(self.last_time(first.local()));
                    let utc = LocalTime::new(last, first.zone()).instant();
                    text.push_str(&utc.format("%Y%m%dT%H%M%SZ").to_string());
                }
            }
        }
        text
    }

    fn nth_codes(&self) -> impl Iterator<Item = String> {
        self.nth_days.iter().flat_map(|(nths, days): &(Nths, Weekdays)| {
            let days = *days;
            nths.iter().flat_map(move |n| days.iter().map(move |day| format!("{n}{}", code(day))))
        })
    }

    /// The last time of the last day on which the rule may fall.
    fn last_time(&self, first: NaiveDateTime) -> NaiveTime {
        let end_of_day = NaiveTime::MIN - Duration::seconds(1);
        match self.times.last() {
            _ if self.freq <= Freq::Hourly => end_of_day,
            Some(minutes) => NaiveTime::MIN + Duration::minutes(i64::from(*minutes)),
            None => first.time(),
        }
    }

    /// The hours and minutes of several times a day. They multiply in RFC 5545; where that is more than was said, the positions of
    /// what was said are returned.
    fn hours(&self, text: &mut String) -> Vec<String> {
        if self.times.is_empty() {
            return Vec::new();
        }
        let distinct = |of: fn(u16) -> u16| {
            let mut all: Vec<u16> = self.times.iter().map(|time| of(*time)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (hours, minutes) = (distinct(|time| time / 60), distinct(|time| time % 60));
        list(text, "BYHOUR", hours.iter().map(ToString::to_string));
        if minutes != [0] {
            list(text, "BYMINUTE", minutes.iter().map(ToString::to_string));
        }
        let grid = hours.len() * minutes.len();
        let days = match self.freq {
            Freq::Weekly => self.weekdays.len().max(1) as usize,
            _ => 1,
        };
        if grid == self.times.len() {
            return Vec::new();
        }
        let all = hours.iter().flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute));
        let said: Vec<usize> =
            all.enumerate().filter(|(_, time)| self.times.contains(time)).map(|(place, _)| place).collect();
        (0..days).flat_map(|day| said.iter().map(move |place| (day * grid + place + 1).to_string())).collect()
    }
}

fn list(text: &mut String, name: &str, values: impl Iterator<Item = String>) {
    for (index, value) in values.enumerate() {
        if index == 0 {
            let _ = write!(text, ";{name}=");
        } else {
            text.push(',');
        }
        text.push_str(&value);
    }
}
