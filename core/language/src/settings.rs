//! What gives words their meaning for one person: the present, the first day of the week, the order of numeric dates, hours of day parts.

use chrono::{NaiveTime, Weekday};
use tasks_domain::when::Now;

/// Everything a reading depends on besides the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The present, and the zone whose clocks the person reads.
    pub now: Now,
    /// How this person counts.
    pub settings: Settings,
}

/// How this person counts weeks, dates and hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// First day of a week; Monday by default. Decides what "next friday" and "this week" are.
    pub week_start: Weekday,
    /// Which number of "3/12" is the day. A date that is impossible in this order is read in the other.
    pub date_order: DateOrder,
    /// The hours that words such as "tonight" stand for.
    pub day_parts: DayParts,
}

impl Default for Settings {
    fn default() -> Self {
        Self { week_start: Weekday::Mon, date_order: DateOrder::DayFirst, day_parts: DayParts::default() }
    }
}

/// Regions that write the month before the day, as the territory part of a POSIX locale.
const MONTH_FIRST_REGIONS: [&str; 4] = ["US", "PH", "FM", "PW"];

impl Settings {
    /// The defaults of a POSIX locale such as `en_US.UTF-8`: month first for the United States and the few that write like
    /// them, day first for everybody else, `C` and `POSIX` included.
    pub fn for_locale(locale: &str) -> Self {
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let region = name.split(['_', '-']).nth(1).unwrap_or_default();
        let month_first = MONTH_FIRST_REGIONS.iter().any(|r| r.eq_ignore_ascii_case(region));
        let date_order = if month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst };
        Self { date_order, ..Self::default() }
    }
}

/// The order of day and month in "3/12".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 3/12 is the third of December.
    DayFirst,
    /// 3/12 is the twelfth of March.
    MonthFirst,
}

/// The clock time each day part stands for when no hour is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayParts {
    /// "morning", 09:00.
    pub morning: NaiveTime,
    /// "noon", "midday", "lunch", 12:00.
    pub noon: NaiveTime,
    /// "afternoon", 15:00.
    pub afternoon: NaiveTime,
    /// "evening", 19:00.
    pub evening: NaiveTime,
    /// "tonight", "night", 20:00.
    pub tonight: NaiveTime,
    /// End of the working day, 17:00.
    pub eod: NaiveTime,
    /// Last working day of the week and its end, Friday 17:00.
    pub eow: (Weekday, NaiveTime),
}

impl Default for DayParts {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self {
            morning: at(9),
            noon: at(12),
            afternoon: at(15),
            evening: at(19),
            tonight: at(20),
            eod: at(17),
            eow: (Weekday::Fri, at(17)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_american_locales_write_the_month_first() {
        for (locale, want) in [
            ("en_US.UTF-8", DateOrder::MonthFirst),
            ("es_US", DateOrder::MonthFirst),
            ("en_GB.UTF-8", DateOrder::DayFirst),
            ("de_DE@euro", DateOrder::DayFirst),
            ("C", DateOrder::DayFirst),
            ("C.UTF-8", DateOrder::DayFirst),
            ("POSIX", DateOrder::DayFirst),
            ("", DateOrder::DayFirst),
        ] {
            assert_eq!(Settings::for_locale(locale).date_order, want, "{locale}");
        }
    }
}
