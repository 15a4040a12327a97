//! Dates and local times with their zone, and what they mean as instants.
//!
//! A local time keeps what the clock on the wall says. It becomes an instant by the product's policy at clock changes: a
//! time that does not exist moves forward by the gap, one that exists twice takes the first.

use crate::error::{Error, Span};
use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, TimeZone as _, Timelike as _, Utc};
use chrono_tz::Tz;
pub use chrono_tz::Tz as Zone;

/// A date and time of day on the clocks of one IANA zone, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalTime {
    local: NaiveDateTime,
    zone: Tz,
}

impl LocalTime {
    /// The local time, cut to whole seconds.
    pub fn new(local: NaiveDateTime, zone: Tz) -> Self {
        Self { local: local.with_nanosecond(0).unwrap_or(local), zone }
    }

    /// What the clocks in `zone` show at this instant.
    pub fn at(instant: DateTime<Utc>, zone: Tz) -> Self {
        Self::new(instant.with_timezone(&zone).naive_local(), zone)
    }

    /// What the clock shows.
    pub fn local(&self) -> NaiveDateTime {
        self.local
    }

    /// The zone whose clocks are meant.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The instant, by the policy of this module, with the offset that holds then.
    pub fn zoned(&self) -> DateTime<Tz> {
        resolve(self.local, self.zone)
    }

    /// The instant in UTC.
    pub fn instant(&self) -> DateTime<Utc> {
        self.zoned().with_timezone(&Utc)
    }
}

/// The instant that `local` names in `zone`: moved forward by the gap where it does not exist, the first where it exists twice.
pub fn resolve(local: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
        LocalResult::None => after_gap(local, zone),
    }
}

/// RFC 5545 section 3.3.5: a time in a gap is read with the offset from before the gap.
fn after_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    // The longest gap in the tz database is a whole day (Apia, 30 December 2011).
    let before = local - Duration::hours(25);
    let offset = match zone.offset_from_local_datetime(&before) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => offset,
        LocalResult::None => zone.offset_from_utc_datetime(&before),
    };
    let utc = local - chrono::Offset::fix(&offset);
    zone.from_utc_datetime(&utc)
}

/// When something is due, starts or ends: a whole day wherever the person is, or a time on the clocks of one zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// All day: it floats with the person and has no midnight.
    Date(NaiveDate),
    /// A clock time, which keeps its zone when the person travels.
    At(LocalTime),
}

impl When {
    /// The calendar date, in the zone of the value itself.
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Date(date) => *date,
            Self::At(time) => time.local().date(),
        }
    }

    /// The calendar date for somebody in `zone`.
    pub fn date_in(&self, zone: Tz) -> NaiveDate {
        match self {
            Self::Date(date) => *date,
            Self::At(time) => time.instant().with_timezone(&zone).date_naive(),
        }
    }

    /// Whether it lies behind `now`: a day once it is over where the person is, a time once it has come.
    pub fn is_past(&self, now: Now) -> bool {
        match self {
            Self::Date(date) => *date < now.today(),
            Self::At(time) => time.instant() < now.instant(),
        }
    }

    /// Seconds since 1970 of the wall clock, for ordering: a day comes after all times of that day.
    ///
    /// This order does not depend on where the reader is, so that stores can keep an index by it.
    pub fn sort_key(&self) -> i64 {
        match self {
            Self::Date(date) => date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() + 86_400,
            Self::At(time) => time.local().and_utc().timestamp(),
        }
    }
}

/// Zones differ by up to 26 hours (−12 to +14), so the clock on a due's wall may be that many seconds from the caller's.
pub const ZONES_APART_S: i64 = 26 * 3_600;

/// The present, where the person is. Handed in by hosts; nothing here reads a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    instant: DateTime<Utc>,
    zone: Tz,
    /// What follows from the two: a listing asks for it several times a task.
    local: NaiveDateTime,
}

impl Now {
    /// The present at this instant for somebody in `zone`.
    pub fn new(instant: DateTime<Utc>, zone: Tz) -> Self {
        // Without a local time are only the last hours of the calendar, which is in its 262,143rd year then.
        Self { instant, zone, local: local(instant, zone).unwrap_or(instant.naive_utc()) }
    }

    /// The present from Unix milliseconds; `None` outside the years chrono can tell.
    pub fn from_unix_ms(unix_ms: i64, zone: Tz) -> Option<Self> {
        let instant = DateTime::from_timestamp_millis(unix_ms)?;
        Some(Self { instant, zone, local: local(instant, zone)? })
    }

    /// The instant in UTC.
    pub fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// Milliseconds since 1970, UTC.
    pub fn unix_ms(&self) -> i64 {
        self.instant.timestamp_millis()
    }

    /// The zone the person is in.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// What the clock on the wall shows.
    pub fn local(&self) -> NaiveDateTime {
        self.local
    }

    /// The person's calendar date.
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }
}

fn local(instant: DateTime<Utc>, zone: Tz) -> Option<NaiveDateTime> {
    let utc = instant.naive_utc();
    utc.checked_add_offset(chrono::Offset::fix(&zone.offset_from_utc_datetime(&utc)))
}

/// The IANA zone of this name, as `Europe/Berlin`.
pub fn parse_zone(name: &str) -> Result<Tz, Error> {
    name.parse().map_err(|_| Error::UnknownZone { text: name.to_owned(), span: Span::whole(name) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: Tz) -> String {
        resolve(text.parse().unwrap(), zone).to_rfc3339()
    }

    #[test]
    fn a_time_in_a_gap_moves_forward_by_the_gap() {
        assert_eq!(at("2026-03-29T02:30:00", Tz::Europe__Berlin), "2026-03-29T03:30:00+02:00");
        assert_eq!(at("2026-10-04T02:15:00", Tz::Australia__Lord_Howe), "2026-10-04T02:45:00+11:00");
        assert_eq!(at("2011-12-30T09:00:00", Tz::Pacific__Apia), "2011-12-31T09:00:00+14:00");
    }

    #[test]
    fn a_time_that_exists_twice_is_the_first() {
        assert_eq!(at("2026-10-25T02:30:00", Tz::Europe__Berlin), "2026-10-25T02:30:00+02:00");
    }

    #[test]
    fn a_day_is_past_only_when_it_is_over_where_the_person_is() {
        let due = When::Date("2026-11-22".parse().unwrap());
        let instant = "2026-11-22T23:30:00Z".parse().unwrap();
        assert!(!due.is_past(Now::new(instant, Tz::UTC)));
        assert!(due.is_past(Now::new(instant, Tz::Europe__Berlin)));
        assert!(!due.is_past(Now::new(instant, Tz::Pacific__Pago_Pago)));
    }

    #[test]
    fn there_is_no_present_beyond_the_calendar() {
        let last = DateTime::<Utc>::MAX_UTC.timestamp_millis();
        assert_eq!(Now::from_unix_ms(last, Tz::Asia__Tokyo), None);
        assert!(Now::from_unix_ms(last, Tz::America__New_York).is_some());
        assert_eq!(Now::from_unix_ms(i64::MAX, Tz::UTC), None);
    }

    #[test]
    fn a_time_keeps_its_instant_when_the_person_travels() {
        let due = When::At(LocalTime::new("2026-11-22T17:00:00".parse().unwrap(), Tz::Europe__Berlin));
        let before: DateTime<Utc> = "2026-11-22T15:59:59Z".parse().unwrap();
        assert!(!due.is_past(Now::new(before, Tz::Asia__Kathmandu)));
        assert!(due.is_past(Now::new(before + Duration::seconds(2), Tz::Asia__Kathmandu)));
        assert_eq!(due.date_in(Tz::Pacific__Kiritimati), "2026-11-23".parse::<NaiveDate>().unwrap());
    }

    #[test]
    fn a_whole_day_sorts_after_the_times_of_that_day() {
        let day = When::Date("2026-11-22".parse().unwrap());
        let late = When::At(LocalTime::new("2026-11-22T23:59:59".parse().unwrap(), Tz::UTC));
        let next = When::At(LocalTime::new("2026-11-23T00:00:01".parse().unwrap(), Tz::UTC));
        assert!(late.sort_key() < day.sort_key() && day.sort_key() < next.sort_key());
    }
}
