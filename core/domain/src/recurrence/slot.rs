//! A slot: the nominal local date (and time) of one occurrence.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::fmt;
use std::str::FromStr;

/// Where a rule's calendar has one occurrence: before weekends and clock changes move it. Two replicas that compute the same
/// slot make the same occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A whole day.
    Date(NaiveDate),
    /// A local time, in whole seconds, in the zone of the schedule.
    Time(NaiveDateTime),
}

impl Slot {
    /// The date.
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Time(local) => local.date(),
        }
    }

    /// The local time; midnight for a day.
    pub fn local(self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Time(local) => local,
        }
    }
}

/// `2026-12-01` or `2026-12-01T09:00:00`: the text in registers and in hashes.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{}", date.format("%Y-%m-%d")),
            Self::Time(local) => write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S")),
        }
    }
}

/// Not the text of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a slot: 2026-12-01 or 2026-12-01T09:00:00")]
pub struct NotASlot;

impl FromStr for Slot {
    type Err = NotASlot;

    fn from_str(text: &str) -> Result<Self, NotASlot> {
        let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::Date);
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").map(Self::Time);
        time.or_else(|_| day()).map_err(|_| NotASlot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_its_text() {
        for text in ["2026-12-01", "2026-12-01T09:00:00", "0999-02-28"] {
            assert_eq!(text.parse::<Slot>().unwrap().to_string(), text);
        }
        assert!("2026-02-30".parse::<Slot>().is_err() && "soon".parse::<Slot>().is_err());
    }
}
