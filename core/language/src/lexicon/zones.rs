//! Names of time zones as people write them.
//!
//! An abbreviation stands for the place where it is used, with that place's summer time: whoever says "3pm EST" in July means
//! the clocks in New York.

use chrono_tz::Tz;

/// Spellings (lower case, separated by spaces) and the zone. Only those that are no everyday words.
pub(super) const ZONES: &[(&str, Tz)] = &[
    ("utc gmt", Tz::UTC),
    ("et est edt", Tz::America__New_York),
    ("ct cst cdt", Tz::America__Chicago),
    ("mt mst mdt", Tz::America__Denver),
    ("pt pst pdt", Tz::America__Los_Angeles),
    ("akst akdt", Tz::America__Anchorage),
    ("hst", Tz::Pacific__Honolulu),
    ("bst", Tz::Europe__London),
    ("cet cest", Tz::Europe__Berlin),
    ("eet eest", Tz::Europe__Athens),
    ("wet", Tz::Europe__Lisbon),
    ("msk", Tz::Europe__Moscow),
    ("ist", Tz::Asia__Kolkata),
    ("jst", Tz::Asia__Tokyo),
    ("kst", Tz::Asia__Seoul),
    ("sgt", Tz::Asia__Singapore),
    ("hkt", Tz::Asia__Hong_Kong),
    ("aest aedt", Tz::Australia__Sydney),
    ("awst", Tz::Australia__Perth),
    ("nzst nzdt", Tz::Pacific__Auckland),
];

/// The zone of a row, by the index that the vocabulary holds.
pub(crate) fn zone_of(index: u8) -> Option<Tz> {
    ZONES.get(usize::from(index)).map(|(_, zone)| *zone)
}
