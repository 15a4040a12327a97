//! What gives words their meaning for one person: the present, the first day of the week, the order of numeric dates, hours of day parts.

use chrono::{Duration, NaiveTime, Weekday};
use chrono_tz::Tz;
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

/// What is read of a line besides dates, times, lengths and markers. What is not read stays in the title, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Rules: "every friday". When they are not read, no date is read of a line that has one either, as "every friday 4pm" is
    /// not due on friday.
    pub rules: bool,
    /// Reminders: "remind me 15 minutes before".
    pub reminders: bool,
}

impl Scope {
    /// Everything there is to read.
    pub const ALL: Self = Self { rules: true, reminders: true };
    /// What happens once and reminds nobody: for callers that cannot keep rules and reminders.
    pub const ONCE: Self = Self { rules: false, reminders: false };
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
    /// The hour of a reminder that names only a day, 09:00.
    pub reminder_hour: NaiveTime,
    /// How long before a task with a time a reminder comes that names no time of its own ("with a reminder"); zero, at the time
    /// itself, by default. Never negative.
    pub reminder_lead: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let day_parts = DayParts::default();
        Self {
            week_start: Weekday::Mon,
            date_order: DateOrder::DayFirst,
            day_parts,
            reminder_hour: day_parts.morning,
            reminder_lead: Duration::zero(),
        }
    }
}

/// Regions that write the month before the day, as the territory part of a POSIX locale.
const MONTH_FIRST_REGIONS: [&str; 4] = ["US", "PH", "FM", "PW"];

/// Zones of those regions; those of `America/Indiana` and the like are found by their first part.
const MONTH_FIRST_ZONES: [&str; 28] = [
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Menominee",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Juneau",
    "America/Sitka",
    "America/Metlakatla",
    "America/Yakutat",
    "America/Nome",
    "America/Adak",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Pohnpei",
    "Pacific/Chuuk",
    "Pacific/Kosrae",
    "Pacific/Palau",
    "Asia/Manila",
    "EST5EDT",
    "CST6CDT",
    "MST7MDT",
    "PST8PDT",
    "HST",
];
const MONTH_FIRST_AREAS: [&str; 4] = ["US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/"];
/// Zones that are nowhere.
const PLACELESS_ZONES: [&str; 9] = ["UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu"];

/// The order in the place of a zone. A zone of no place leaves the one of the `C` locale, whose dates are `%m/%d/%y` by POSIX.
fn order_in(zone: Tz) -> DateOrder {
    let name = zone.name();
    let month_first = MONTH_FIRST_ZONES.contains(&name)
        || MONTH_FIRST_AREAS.iter().any(|area| name.starts_with(area))
        || PLACELESS_ZONES.contains(&name)
        || name.starts_with("Etc/");
    if month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

impl Settings {
    /// The defaults of a POSIX locale such as `en_US.UTF-8`: month first for the United States and the few that write like
    /// them, day first for everybody else. A locale without a region, as `C`, leaves the question to the place of the zone.
    pub fn for_locale(locale: &str, zone: Tz) -> Self {
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let region = name.split(['_', '-']).nth(1);
        let date_order = match region {
            Some(region) if MONTH_FIRST_REGIONS.iter().any(|r| r.eq_ignore_ascii_case(region)) => DateOrder::MonthFirst,
            Some(_) => DateOrder::DayFirst,
            None => order_in(zone),
        };
        Self { date_order, ..Self::default() }
    }

    /// What the person set, and the defaults of the locale and the zone for the rest.
    pub fn of(locale: &str, zone: Tz, set: &LanguageSettings) -> Self {
        let usual = Self::for_locale(locale, zone);
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
            ..usual
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
    fn american_locales_and_places_write_the_month_first() {
        use DateOrder::{DayFirst, MonthFirst};
        for (locale, zone, want) in [
            ("en_US.UTF-8", Tz::Europe__Berlin, MonthFirst),
            ("es_US", Tz::UTC, MonthFirst),
            ("en_GB.UTF-8", Tz::America__New_York, DayFirst),
            ("de_DE@euro", Tz::UTC, DayFirst),
            ("C", Tz::Europe__Berlin, DayFirst),
            ("C.UTF-8", Tz::America__Indiana__Knox, MonthFirst),
            ("POSIX", Tz::America__Sao_Paulo, DayFirst),
            ("C", Tz::UTC, MonthFirst),
            ("", Tz::Australia__Sydney, DayFirst),
        ] {
            assert_eq!(Settings::for_locale(locale, zone).date_order, want, "{locale} {zone}");
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
        let settings = Settings::of("en_US.UTF-8", Tz::UTC, &set);
        assert_eq!((settings.week_start, settings.date_order), (Weekday::Sun, DateOrder::DayFirst));
        assert_eq!(settings.day_parts.eod.to_string(), "18:30:00");
        assert_eq!(settings.day_parts.morning, DayParts::default().morning);
        assert_eq!(
            Settings::of("en_US", Tz::UTC, &LanguageSettings::default()),
            Settings::for_locale("en_US", Tz::UTC)
        );
    }
}
