//! What gives words their meaning for one person: the present, the first day of the week, the order of numeric dates, hours of day parts.

use chrono::{NaiveTime, Weekday};
pub use tasks_domain::settings::DateOrder;
use tasks_domain::settings::LanguageSettings;
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

    /// What the person set, and the defaults of the locale for the rest.
    pub fn of(locale: &str, set: &LanguageSettings) -> Self {
        let usual = Self::for_locale(locale);
        let parts = usual.day_parts;
        Self {
            week_start: set.week_start.unwrap_or(usual.week_start),
            date_order: set.date_order.unwrap_or(usual.date_order),
            day_parts: DayParts {
                morning: set.morning.unwrap_or(parts.morning),
                noon: set.noon.unwrap_or(parts.noon),
                afternoon: set.afternoon.unwrap_or(parts.afternoon),
                evening: set.evening.unwrap_or(parts.evening),
                tonight: set.tonight.unwrap_or(parts.tonight),
                eod: set.eod.unwrap_or(parts.eod),
                eow: set.eow.unwrap_or(parts.eow),
            },
        }
    }
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

    #[test]
    fn what_is_set_wins_over_the_locale() {
        let set = LanguageSettings {
            week_start: Some(Weekday::Sun),
            date_order: Some(DateOrder::DayFirst),
            eod: NaiveTime::from_hms_opt(18, 30, 0),
            ..LanguageSettings::default()
        };
        let settings = Settings::of("en_US.UTF-8", &set);
        assert_eq!((settings.week_start, settings.date_order), (Weekday::Sun, DateOrder::DayFirst));
        assert_eq!(settings.day_parts.eod.to_string(), "18:30:00");
        assert_eq!(settings.day_parts.morning, DayParts::default().morning);
        assert_eq!(Settings::of("en_US", &LanguageSettings::default()), Settings::for_locale("en_US"));
    }
}
