//! How far from an occurrence's due another of its moments is, so that it follows the due from one occurrence to the next.

use crate::when::{LocalTime, When};
use chrono::{Duration, NaiveTime};
use serde::{Deserialize, Serialize};

/// The distance on the wall clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Offset {
    /// A time, so many seconds after the due time (before it when negative), by the clock on the wall.
    Seconds {
        /// How many.
        seconds: i64,
    },
    /// A time of day, so many days after the due's date.
    Time {
        /// How many.
        days: i64,
        /// Which time of day.
        time: NaiveTime,
        /// In which zone.
        tz: String,
    },
    /// A whole day, so many after the due's date.
    Days {
        /// How many.
        days: i64,
    },
}

impl Offset {
    /// How far `moment` is from `due`.
    pub fn between(due: When, moment: When) -> Self {
        match (due, moment) {
            (When::At(due), When::At(moment)) if due.zone() == moment.zone() => {
                Self::Seconds { seconds: (moment.local() - due.local()).num_seconds() }
            }
            (due, When::At(moment)) => Self::Time {
                days: (moment.local().date() - due.date()).num_days(),
                time: moment.local().time(),
                tz: moment.zone().name().to_owned(),
            },
            (due, When::Date(date)) => Self::Days { days: (date - due.date()).num_days() },
        }
    }

    /// The moment so far from `due`; `None` when no calendar has it, or the zone is a newer build's.
    pub fn from(&self, due: When) -> Option<When> {
        let day = |days: i64| due.date().checked_add_signed(Duration::try_days(days)?);
        match (self, due) {
            (Self::Seconds { seconds }, When::At(due)) => {
                let local = due.local().checked_add_signed(Duration::try_seconds(*seconds)?)?;
                Some(When::At(LocalTime::new(local, due.zone())))
            }
            // The rule came to be of whole days since: the days are kept.
            (Self::Seconds { seconds }, When::Date(_)) => day(seconds.div_euclid(86_400)).map(When::Date),
            (Self::Time { days, time, tz }, _) => {
                Some(When::At(LocalTime::new(day(*days)?.and_time(*time), tz.parse().ok()?)))
            }
            (Self::Days { days }, _) => day(*days).map(When::Date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn at(text: &str) -> When {
        When::At(LocalTime::new(text.parse().unwrap(), Tz::Europe__Berlin))
    }

    fn date(text: &str) -> When {
        When::Date(text.parse().unwrap())
    }

    #[test]
    fn a_moment_keeps_its_distance_from_the_due() {
        for (due, moment, next, want) in [
            (date("2026-12-01"), date("2026-11-29"), date("2027-01-01"), date("2026-12-30")),
            (
                at("2026-12-01T09:00:00"),
                at("2026-12-01T10:30:00"),
                at("2026-12-02T15:00:00"),
                at("2026-12-02T16:30:00"),
            ),
            (date("2026-12-01"), at("2026-11-30T20:00:00"), date("2027-03-29"), at("2027-03-28T20:00:00")),
            (at("2026-12-01T09:00:00"), date("2026-11-24"), at("2027-12-01T09:00:00"), date("2027-11-24")),
        ] {
            let offset = Offset::between(due, moment);
            assert_eq!(offset.from(due), Some(moment), "{offset:?}");
            assert_eq!(offset.from(next), Some(want), "{offset:?}");
            let json = serde_json::to_string(&offset).unwrap();
            assert_eq!(serde_json::from_str::<Offset>(&json).unwrap(), offset, "{json}");
        }
    }

    #[test]
    fn a_distance_beyond_the_calendar_is_no_moment() {
        assert_eq!(Offset::Days { days: i64::MAX }.from(date("2026-12-01")), None);
        assert_eq!(Offset::Seconds { seconds: i64::MIN }.from(at("2026-12-01T09:00:00")), None);
    }
}
