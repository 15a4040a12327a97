//! The fields of a task: their numbers, and how their values read and write.
//!
//! A value is canonical JSON: keys in alphabetical order, no white space. It is encoded and decoded here only. To add a field:
//! its number here, its value in [`crate::task::Task`], and the compiler leads on.

use crate::id::TaskId;
use crate::register::{FieldId, Register};
use crate::when::{LocalTime, When};
use chrono::{NaiveDate, NaiveDateTime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whether the entity was made; `false` takes a creation back.
pub const EXISTS: FieldId = FieldId(1);
/// One line.
pub const TITLE: FieldId = FieldId(2);
/// Markdown.
pub const NOTES: FieldId = FieldId(3);
/// [`StatusValue`]: where it stands, with its instant.
pub const STATUS: FieldId = FieldId(4);
/// Unix milliseconds since when it is in the trash.
pub const DELETED: FieldId = FieldId(5);
/// The priority's word.
pub const PRIORITY: FieldId = FieldId(6);
/// Date, or local time and zone.
pub const DUE: FieldId = FieldId(7);
/// First moment of a period.
pub const START: FieldId = FieldId(8);
/// Hidden until then.
pub const WAIT: FieldId = FieldId(9);
/// Last moment of a period.
pub const END: FieldId = FieldId(10);
/// Seconds.
pub const ESTIMATE: FieldId = FieldId(11);
/// A name.
pub const PROJECT: FieldId = FieldId(12);
/// Set; the key is the folded tag, the value its spelling, or `false` when taken off.
pub const TAG: FieldId = FieldId(13);
/// Id of the task this is a part of.
pub const PARENT: FieldId = FieldId(14);
/// Set; the key is the id of a task that must end first, the value whether it is one.
pub const AFTER: FieldId = FieldId(15);
/// Id of the rule that made it.
pub const RULE: FieldId = FieldId(16);
/// Nominal local date (and time) in its rule.
pub const SLOT: FieldId = FieldId(17);
/// Unix milliseconds.
pub const CREATED: FieldId = FieldId(18);
/// Unix milliseconds: when a task that was brought in from elsewhere was changed there. Counts until it is changed here.
pub const MODIFIED: FieldId = FieldId(19);

/// Set; the key is the folded name of a view, the value the view. Numbers of fields are never those of another kind's.
pub const VIEW: FieldId = FieldId(100);

/// The bytes that unset a register.
pub const NULL: &[u8] = b"null";

/// What stands for a value that was thrown away with the contents of the trash. Reads as unset, and sorts behind every canonical
/// JSON value of a field, so that it wins against the value it stands for wherever the two meet with their one stamp.
pub const EMPTIED: &[u8] = b"{}";

/// Whether a field stays when a task's contents are thrown away: what says that it was there, and is deleted.
pub(crate) fn outlives_contents(field: FieldId) -> bool {
    matches!(field, EXISTS | DELETED | CREATED)
}

/// The canonical JSON of a value.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    // Plain values with text keys always have a JSON form.
    serde_json::to_vec(value).unwrap_or_else(|_| NULL.to_vec())
}

/// The value of a register; `None` when it is unset, or a newer build's that this one cannot read.
pub fn decode<T: DeserializeOwned>(register: Option<&Register>) -> Option<T> {
    register.and_then(|register| decode_value(&register.value))
}

/// The same of the value itself, from which texts may be borrowed.
pub(crate) fn decode_value<'a, T: Deserialize<'a>>(value: &'a [u8]) -> Option<T> {
    serde_json::from_slice(value).ok()
}

/// A text, borrowed where it stands as it is.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The text of a value, as [`decode`].
pub(crate) fn decode_text(value: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(plain) = quoted(value) {
        return Some(Cow::Borrowed(plain));
    }
    decode_value(value).map(|Text(text)| text)
}

/// What stands between the quotes of a JSON string in which nothing is escaped: nearly every text, and every listing reads thousands.
fn quoted(value: &[u8]) -> Option<&str> {
    let inner = value.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let stands_as_it_is = inner.iter().all(|byte| *byte >= 0x20 && !matches!(byte, b'"' | b'\\'));
    if stands_as_it_is { std::str::from_utf8(inner).ok() } else { None }
}

/// Where a task stands, with its instants: one register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusValue {
    /// Unix milliseconds of the last step.
    pub at: i64,
    /// Unix milliseconds since when it was worked on; kept when it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<i64>,
    /// `open`, `started`, `done`, or a newer build's word.
    pub status: String,
}

/// A [`StatusValue`] as it is read: its word borrowed where it stands as it is.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct StatusTold<'a> {
    pub(crate) at: i64,
    #[serde(default)]
    pub(crate) started_at: Option<i64>,
    #[serde(borrow)]
    pub(crate) status: Cow<'a, str>,
}

/// The status of a value, as [`decode`].
pub(crate) fn status_of(value: &[u8]) -> Option<StatusTold<'_>> {
    canonical_status(value).or_else(|| decode_value(value))
}

/// The status of a value exactly as it is written for a task that was never begun: most are, and every listing reads thousands.
/// `None` for anything else.
fn canonical_status(value: &[u8]) -> Option<StatusTold<'_>> {
    let (at, rest) = digits::number(value.strip_prefix(br#"{"at":"#)?)?;
    let status = quoted(rest.strip_prefix(br#","status":"#)?.strip_suffix(b"}")?)?;
    Some(StatusTold { at, started_at: None, status: Cow::Borrowed(status) })
}

/// The number of a value, as [`decode`].
pub(crate) fn number_of(value: &[u8]) -> Option<i64> {
    match digits::number(value) {
        Some((number, [])) => Some(number),
        _ => decode_value(value),
    }
}

/// The JSON of a date or local time, by itself and within other values.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum WhenValue {
    /// A local time and its zone.
    At { at: NaiveDateTime, tz: String },
    /// A whole day.
    Date { date: NaiveDate },
}

impl From<&When> for WhenValue {
    fn from(when: &When) -> Self {
        match when {
            When::Date(date) => Self::Date { date: *date },
            When::At(time) => Self::At { at: time.local(), tz: time.zone().name().to_owned() },
        }
    }
}

/// By its keys, which serde's untagged enums find out by trying: three times as slow.
impl<'de> Deserialize<'de> for WhenValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Keys {
            at: Option<NaiveDateTime>,
            tz: Option<String>,
            date: Option<NaiveDate>,
        }
        match Keys::deserialize(deserializer)? {
            Keys { at: Some(at), tz: Some(tz), .. } => Ok(Self::At { at, tz }),
            Keys { date: Some(date), .. } => Ok(Self::Date { date }),
            _ => Err(serde::de::Error::custom("neither a date nor a time with its zone")),
        }
    }
}

impl WhenValue {
    /// The value; `None` for a zone that this build does not know.
    pub(crate) fn when(self) -> Option<When> {
        match self {
            Self::Date { date } => Some(When::Date(date)),
            Self::At { at, tz } => Some(When::At(LocalTime::new(at, tz.parse().ok()?))),
        }
    }
}

/// The canonical JSON of a date or local time.
pub fn encode_when(when: &When) -> Vec<u8> {
    encode(&WhenValue::from(when))
}

/// The date or local time of a register, as [`decode`].
pub fn decode_when(register: Option<&Register>) -> Option<When> {
    when_of(&register?.value)
}

/// The date or local time of a value, as [`decode`].
pub(crate) fn when_of(value: &[u8]) -> Option<When> {
    canonical_when(value).or_else(|| decode_value::<WhenValue>(value)?.when())
}

/// The date or local time of a value exactly as [`encode_when`] writes one of a year with four digits: every listing reads thousands.
/// `None` for anything else.
fn canonical_when(value: &[u8]) -> Option<When> {
    if let Some(rest) = value.strip_prefix(br#"{"date":""#) {
        let (date, rest) = digits::date(rest)?;
        return (rest == br#""}"#).then_some(When::Date(date));
    }
    let (date, rest) = digits::date(value.strip_prefix(br#"{"at":""#)?)?;
    let (time, rest) = digits::time(rest.strip_prefix(b"T")?)?;
    let zone = rest.strip_prefix(br#"","tz":""#)?.strip_suffix(br#""}"#)?;
    Some(When::At(LocalTime::new(date.and_time(time), std::str::from_utf8(zone).ok()?.parse().ok()?)))
}

/// Numbers, dates and times in digits at the beginning of bytes, with what follows them.
mod digits {
    use chrono::{NaiveDate, NaiveTime};

    /// `YYYY-MM-DD`.
    pub(super) fn date(bytes: &[u8]) -> Option<(NaiveDate, &[u8])> {
        let (text, rest) = bytes.split_first_chunk::<10>()?;
        let year = i32::try_from(figure(&text[..4])?).ok()?;
        let date = NaiveDate::from_ymd_opt(year, figure(&text[5..7])?, figure(&text[8..])?)?;
        ((text[4], text[7]) == (b'-', b'-')).then_some((date, rest))
    }

    /// `HH:MM:SS`.
    pub(super) fn time(bytes: &[u8]) -> Option<(NaiveTime, &[u8])> {
        let (text, rest) = bytes.split_first_chunk::<8>()?;
        let time = NaiveTime::from_hms_opt(figure(&text[..2])?, figure(&text[3..5])?, figure(&text[6..])?)?;
        ((text[2], text[5]) == (b':', b':')).then_some((time, rest))
    }

    /// A number of up to 18 digits, of which the first is no zero.
    pub(super) fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
        let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = bytes.split_at(count);
        let fits = (1..=18).contains(&count) && digits[0] != b'0';
        fits.then(|| (digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')), rest))
    }

    fn figure(digits: &[u8]) -> Option<u32> {
        digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    }
}

/// The canonical JSON of an id: its hexadecimal digits.
pub fn encode_id(id: &[u8; 16]) -> Vec<u8> {
    encode(&uuid::Uuid::from_bytes(*id).simple().to_string())
}

/// The id of a register, as [`decode`].
pub fn decode_id(register: Option<&Register>) -> Option<[u8; 16]> {
    read_id(&register?.value)
}

/// The id that a value says, as [`decode`].
pub fn read_id(value: &[u8]) -> Option<[u8; 16]> {
    let text = decode_text(value)?;
    uuid::Uuid::parse_str(&text).ok().map(uuid::Uuid::into_bytes)
}

/// The task a member of a set names.
pub fn member_task(key: &[u8]) -> Option<TaskId> {
    TaskId::from_slice(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::stamp::{Hlc, Stamp};

    fn register(value: Vec<u8>) -> Register {
        Register { value, stamp: Stamp { hlc: Hlc::default(), device: DeviceId::from_bytes([0; 16]) } }
    }

    #[test]
    fn values_have_one_canonical_form() {
        let time = LocalTime::new("2026-11-23T17:00:00".parse().unwrap(), chrono_tz::Europe::Berlin);
        let value = encode_when(&When::At(time));
        assert_eq!(String::from_utf8_lossy(&value), r#"{"at":"2026-11-23T17:00:00","tz":"Europe/Berlin"}"#);
        assert_eq!(decode_when(Some(&register(value))), Some(When::At(time)));
        let day = When::Date("2026-11-23".parse().unwrap());
        assert_eq!(encode_when(&day), br#"{"date":"2026-11-23"}"#);
        assert_eq!(decode_when(Some(&register(encode_when(&day)))), Some(day));
    }

    #[test]
    fn texts_read_the_same_with_and_without_something_escaped() {
        for text in ["", "milk", "\"quoted\"", "back\\slash", "two\nlines", "\u{1b}[1m", "grüße", "🎉", "\u{7f}"] {
            assert_eq!(decode_text(&encode(text)).as_deref(), Some(text));
        }
        for broken in [&b"\""[..], b"", b"\"a", b"a\"", b"\"a\"b\"", b"\"\\\"", b"\"\xff\"", b"\"\n\"", b"1"] {
            assert_eq!(decode_text(broken), None, "{}", broken.escape_ascii());
        }
        assert_eq!(decode_text(b" \"a\\u0062\" ").as_deref(), Some("ab"), "another writer's spelling");
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_in_one_go_is_what_serde_reads(
            head in "(\\{\"date\":\"|\\{\"at\":\"|)", date in "[0-9]{3,4}-[01][0-9]-[0-3][0-9]", time in "(T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.5)?|)",
            tail in "(\"\\}|\",\"tz\":\"Europe/Berlin\"\\}|\",\"tz\":\"Mars\"\\}|\",\"tz\":\"UTC\" \\}|)"
        ) {
            let value = format!("{head}{date}{time}{tail}").into_bytes();
            let slowly = decode_value::<WhenValue>(&value).and_then(WhenValue::when);
            proptest::prop_assert!(canonical_when(&value).is_none_or(|when| slowly == Some(when)));
            proptest::prop_assert_eq!(when_of(&value), slowly);
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_and_statuses_read_in_one_go_are_what_serde_reads(
            head in "(\\{\"at\":|)", number in "-?[0-9]{0,20}", tail in "(,\"status\":\"(open|done|m\\\\u00f6)\"\\}|,\"started_at\":7,\"status\":\"done\"\\}|)"
        ) {
            let value = format!("{head}{number}{tail}").into_bytes();
            proptest::prop_assert_eq!(number_of(&value), decode_value(&value));
            proptest::prop_assert_eq!(status_of(&value), decode_value(&value));
        }
    }

    #[test]
    fn every_date_and_time_that_is_written_is_read_in_one_go() {
        for at in ["0001-01-01T00:00:00", "2026-11-23T17:00:00", "2028-02-29T23:59:59", "9999-12-31T12:30:15"] {
            let time = LocalTime::new(at.parse().unwrap(), chrono_tz::America::New_York);
            for when in [When::At(time), When::Date(time.local().date())] {
                assert_eq!(canonical_when(&encode_when(&when)), Some(when));
            }
        }
    }

    #[test]
    fn unset_and_unknown_values_read_as_absent() {
        assert_eq!(decode::<String>(Some(&register(NULL.to_vec()))), None);
        assert_eq!(decode_when(Some(&register(br#"{"moon":3}"#.to_vec()))), None);
        assert_eq!(decode_id(Some(&register(b"\"x\"".to_vec()))), None);
    }
}
