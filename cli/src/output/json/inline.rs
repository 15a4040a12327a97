//! Texts that every task has and that are always so long: written from the stack. A file has thousands of tasks, and a piece of
//! memory for each of these was a tenth of the work.

use chrono::{DateTime, Datelike as _, SecondsFormat, Timelike as _, Utc};
use serde::ser::{Error as _, Serialize, Serializer};
use std::str::from_utf8;
use tasks_domain::id::TaskId;

/// An instant as RFC 3339 in UTC with milliseconds.
#[derive(Clone, Copy)]
pub(super) struct InstantDoc(DateTime<Utc>);

/// `2026-11-22T09:00:00.000Z`, its digits filled in.
type Digits = [u8; 24];

impl InstantDoc {
    /// `None` for 0, which stands for never, and for what is no instant.
    pub(super) fn of(unix_ms: i64) -> Option<Self> {
        DateTime::from_timestamp_millis(unix_ms).filter(|_| unix_ms != 0).map(Self)
    }

    /// Its text without chrono's general way; `None` for a year that has not four digits.
    fn in_digits(self) -> Option<Digits> {
        let (date, time) = (self.0.date_naive(), self.0.time());
        let year = u32::try_from(date.year()).ok().filter(|year| *year <= 9_999)?;
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let figures = [
            (0..4, year),
            (5..7, date.month()),
            (8..10, date.day()),
            (11..13, time.hour()),
            (14..16, time.minute()),
            (17..19, time.second()),
            (20..23, self.0.timestamp_subsec_millis()),
        ];
        for (place, mut figure) in figures {
            for digit in text[place].iter_mut().rev() {
                *digit = b'0' + (figure % 10) as u8;
                figure /= 10;
            }
        }
        Some(text)
    }

    /// The text itself.
    pub(super) fn text(self) -> String {
        let digits = self.in_digits().and_then(|digits| String::from_utf8(digits.to_vec()).ok());
        digits.unwrap_or_else(|| self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for InstantDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.in_digits() {
            Some(digits) => serializer.serialize_str(from_utf8(&digits).map_err(S::Error::custom)?),
            None => serializer.serialize_str(&self.text()),
        }
    }
}

/// The 32 letters of an id; nothing for bytes that are no id.
#[derive(Clone, Copy)]
pub(super) struct LettersDoc<'a>(pub(super) &'a [u8]);

impl<'a> LettersDoc<'a> {
    /// `None` where there is no id.
    pub(super) fn of(id: &'a [u8]) -> Option<Self> {
        (!id.is_empty()).then_some(Self(id))
    }
}

impl Serialize for LettersDoc<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match TaskId::from_slice(self.0) {
            Some(id) => serializer.serialize_str(from_utf8(&id.letter_bytes()).map_err(S::Error::custom)?),
            None => serializer.serialize_str(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_in_digits_are_what_chrono_writes() {
        let mut ms = -62_167_219_200_000_i64;
        while ms < 253_402_300_800_000 {
            for near in [ms, ms + 1, ms - 1, ms + 86_399_999] {
                let at = DateTime::from_timestamp_millis(near).unwrap();
                let whole = at.to_rfc3339_opts(SecondsFormat::Millis, true);
                let text = InstantDoc::of(near).map(InstantDoc::text);
                assert_eq!(text.as_deref(), (near != 0).then_some(whole.as_str()));
                let written = serde_json::to_string(&InstantDoc::of(near)).unwrap();
                assert_eq!(written, serde_json::to_string(&text).unwrap());
            }
            ms += 86_400_000 * 97 + 12_345_678;
        }
    }

    #[test]
    fn an_id_is_written_in_its_letters() {
        let id = TaskId::from_bytes(std::array::from_fn(|at| at as u8 * 17));
        let written = |bytes: &[u8]| serde_json::to_string(&LettersDoc::of(bytes)).unwrap();
        assert_eq!(written(id.as_bytes()), format!("\"{}\"", id.letters()));
        assert_eq!((written(&[]).as_str(), written(&[1, 2]).as_str()), ("null", "\"\""));
    }
}
