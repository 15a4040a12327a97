//! When a reminder comes.

use crate::when::{LocalTime, When, resolve};
use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A time of day on the clocks of one zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hour {
    /// What the clock shows.
    pub time: NaiveTime,
    /// The zone whose clocks are meant.
    pub zone: Tz,
}

/// When a reminder comes: by the due date of its task, or by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// So long before the task is due. Whole days are counted on the calendar (a day before 09:00 is 09:00, whatever the clocks
    /// do in between), the rest on the clock.
    Before {
        /// Whole seconds, never negative; zero for when it is due.
        length: Duration,
        /// The time of a day that a task which is due all day counts as due at.
        all_day: Hour,
    },
    /// At a time of day, so many days before the day the task is due.
    OnDay {
        /// Negative for days after.
        days_before: i64,
        /// When on that day.
        hour: Hour,
    },
    /// At a time that depends on nothing.
    At(LocalTime),
}

const DAY_S: i64 = 86_400;

impl Trigger {
    /// The instant, for a task with that due. `None` when there is no due to count from.
    pub fn instant(&self, due: Option<When>) -> Option<DateTime<Utc>> {
        match self {
            Self::At(time) => Some(time.instant()),
            Self::OnDay { days_before, hour } => {
                let day = due?.date().checked_sub_signed(Duration::try_days(*days_before)?)?;
                Some(resolve(day.and_time(hour.time), hour.zone).with_timezone(&Utc))
            }
            Self::Before { length, all_day } => {
                let (local, zone) = match due? {
                    When::At(time) => (time.local(), time.zone()),
                    When::Date(date) => (date.and_time(all_day.time), all_day.zone),
                };
                let days = Duration::try_days(length.num_seconds() / DAY_S)?;
                let rest = Duration::seconds(length.num_seconds() % DAY_S);
                let day: NaiveDateTime = local.checked_sub_signed(days)?;
                resolve(day, zone).with_timezone(&Utc).checked_sub_signed(rest)
            }
        }
    }

    /// Whether it counts from the due date.
    pub fn is_relative(&self) -> bool {
        !matches!(self, Self::At(_))
    }

    /// The same counted from `due`: what one occurrence says of a day becomes what every occurrence says.
    #[must_use]
    pub fn following(self, due: When) -> Self {
        match self {
            Self::At(time) => Self::OnDay {
                days_before: (due.date() - time.local().date()).num_days(),
                hour: Hour { time: time.local().time(), zone: time.zone() },
            },
            other => other,
        }
    }

    /// The product's name for it: `at_due_time`, `before_15_min`, `before_30_min`, `before_1_hour`, `before_1_day`, `custom`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Before { length, .. } => {
                let named = NAMED.iter().find(|(_, seconds)| *seconds == length.num_seconds());
                named.map_or("custom", |(name, _)| name)
            }
            Self::OnDay { .. } | Self::At(_) => "custom",
        }
    }

    /// How long before the due date one of the product's names says.
    pub fn named(name: &str) -> Option<Duration> {
        let found = NAMED.iter().find(|(known, _)| *known == name)?;
        Some(Duration::seconds(found.1))
    }
}

const NAMED: [(&str, i64); 5] = [
    ("at_due_time", 0),
    ("before_15_min", 900),
    ("before_30_min", 1_800),
    ("before_1_hour", 3_600),
    ("before_1_day", DAY_S),
];

/// The JSON of a trigger: keys in alphabetical order, as in every register.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Value {
    Before { all_day: NaiveTime, before: i64, tz: String },
    OnDay { days_before: i64, time: NaiveTime, tz: String },
    At { at: NaiveDateTime, tz: String },
}

impl From<&Trigger> for Value {
    fn from(trigger: &Trigger) -> Self {
        let name = |zone: Tz| zone.name().to_owned();
        match *trigger {
            Trigger::Before { length, all_day } => {
                Self::Before { all_day: all_day.time, before: length.num_seconds(), tz: name(all_day.zone) }
            }
            Trigger::OnDay { days_before, hour } => Self::OnDay { days_before, time: hour.time, tz: name(hour.zone) },
            Trigger::At(time) => Self::At { at: time.local(), tz: name(time.zone()) },
        }
    }
}

impl Value {
    fn trigger(self) -> Option<Trigger> {
        Some(match self {
            Self::Before { all_day, before, tz } => {
                let length = Duration::try_seconds(before).filter(|length| *length >= Duration::zero())?;
                Trigger::Before { length, all_day: Hour { time: all_day, zone: tz.parse().ok()? } }
            }
            Self::OnDay { days_before, time, tz } => {
                Trigger::OnDay { days_before, hour: Hour { time, zone: tz.parse().ok()? } }
            }
            Self::At { at, tz } => Trigger::At(LocalTime::new(at, tz.parse().ok()?)),
        })
    }
}

impl Serialize for Trigger {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        value.trigger().ok_or_else(|| serde::de::Error::custom("a trigger that this build does not know"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = Tz::Europe__Berlin;

    fn nine() -> Hour {
        Hour { time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(), zone: BERLIN }
    }

    fn at(text: &str) -> When {
        When::At(LocalTime::new(text.parse().unwrap(), BERLIN))
    }

    fn before(seconds: i64) -> Trigger {
        Trigger::Before { length: Duration::seconds(seconds), all_day: nine() }
    }

    fn instant(trigger: Trigger, due: When) -> String {
        trigger.instant(Some(due)).unwrap().with_timezone(&BERLIN).to_rfc3339()
    }

    #[test]
    fn whole_days_are_counted_on_the_calendar_and_the_rest_on_the_clock() {
        // The clocks go back an hour on 25 October 2026 and forward on 29 March.
        assert_eq!(instant(before(DAY_S), at("2026-10-25T09:00:00")), "2026-10-24T09:00:00+02:00");
        assert_eq!(instant(before(7 * 3_600), at("2026-10-25T09:00:00")), "2026-10-25T02:00:00+01:00");
        assert_eq!(instant(before(DAY_S + 900), at("2026-03-30T09:00:00")), "2026-03-29T08:45:00+02:00");
    }

    #[test]
    fn a_task_that_is_due_all_day_has_an_hour() {
        let day = When::Date("2026-12-01".parse().unwrap());
        assert_eq!(instant(before(0), day), "2026-12-01T09:00:00+01:00");
        assert_eq!(instant(before(DAY_S), day), "2026-11-30T09:00:00+01:00");
        let evening = Hour { time: NaiveTime::from_hms_opt(20, 0, 0).unwrap(), zone: BERLIN };
        assert_eq!(instant(Trigger::OnDay { days_before: 1, hour: evening }, day), "2026-11-30T20:00:00+01:00");
    }

    #[test]
    fn what_one_occurrence_says_every_other_says_too() {
        let said = Trigger::At(LocalTime::new("2026-11-30T08:00:00".parse().unwrap(), BERLIN));
        let follows = said.following(at("2026-12-01T09:00:00"));
        assert_eq!(instant(follows, at("2026-12-01T09:00:00")), "2026-11-30T08:00:00+01:00");
        assert_eq!(instant(follows, at("2027-01-01T09:00:00")), "2026-12-31T08:00:00+01:00");
    }

    #[test]
    fn without_a_due_only_a_time_of_its_own_has_an_instant() {
        assert_eq!(before(0).instant(None), None);
        assert!(Trigger::At(LocalTime::new("2026-11-30T08:00:00".parse().unwrap(), BERLIN)).instant(None).is_some());
        // Lengths beyond every calendar are no instant, and no panic.
        let all = Trigger::Before { length: Duration::MAX - Duration::nanoseconds(807_000_000), all_day: nine() };
        assert_eq!(all.instant(Some(at("2026-12-01T09:00:00"))), None);
    }

    #[test]
    fn triggers_have_one_canonical_form_and_the_product_s_names() {
        let json = |trigger: &Trigger| serde_json::to_string(trigger).unwrap();
        assert_eq!(json(&before(900)), r#"{"all_day":"09:00:00","before":900,"tz":"Europe/Berlin"}"#);
        let on = Trigger::OnDay { days_before: 1, hour: nine() };
        assert_eq!(json(&on), r#"{"days_before":1,"time":"09:00:00","tz":"Europe/Berlin"}"#);
        let time = Trigger::At(LocalTime::new("2026-11-30T08:00:00".parse().unwrap(), BERLIN));
        assert_eq!(json(&time), r#"{"at":"2026-11-30T08:00:00","tz":"Europe/Berlin"}"#);
        for trigger in [before(900), on, time] {
            assert_eq!(serde_json::from_str::<Trigger>(&json(&trigger)).unwrap(), trigger);
        }
        for (name, _) in NAMED {
            assert_eq!(before(Trigger::named(name).unwrap().num_seconds()).name(), name);
        }
        assert_eq!((on.name(), before(60).name()), ("custom", "custom"));
        assert!(serde_json::from_str::<Trigger>(r#"{"moon":1}"#).is_err());
        assert!(serde_json::from_str::<Trigger>(r#"{"all_day":"09:00:00","before":-1,"tz":"UTC"}"#).is_err());
    }
}
