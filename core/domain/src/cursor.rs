//! A place in an outbox, which somebody who follows its events keeps to go on from.

use crate::error::Error;
use crate::id::DeviceId;
use std::fmt;

/// Letters of the device's id in a printed cursor: enough that two replicas of a person never share them.
const LETTERS: usize = 8;

/// A place in one replica's outbox: right behind the event with this number. Of no use to any other replica.
///
/// Printed as `kqzxwvut-42`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    outbox: [u8; LETTERS],
    seq: u64,
}

impl Cursor {
    /// Behind event `seq` of this replica; 0 is before the first.
    pub fn new(replica: DeviceId, seq: u64) -> Self {
        let mut outbox = [0; LETTERS];
        outbox.copy_from_slice(&replica.letters().as_bytes()[..LETTERS]);
        Self { outbox, seq }
    }

    /// Reads a printed cursor.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || Error::BadCursor { text: text.to_owned() };
        let (letters, seq) = text.trim().split_once('-').ok_or_else(wrong)?;
        let outbox: [u8; LETTERS] = letters.as_bytes().try_into().map_err(|_| wrong())?;
        let is_number = !seq.is_empty() && seq.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || !outbox.iter().all(|letter| (b'k'..=b'z').contains(letter)) {
            return Err(wrong());
        }
        Ok(Self { outbox, seq: seq.parse().map_err(|_| wrong())? })
    }

    /// The number of the event it is behind.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Whether it is a place in that replica's outbox.
    pub fn is_of(&self, replica: DeviceId) -> bool {
        *self == Self::new(replica, self.seq)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outbox.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))?;
        write!(f, "-{}", self.seq)
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_as_it_is_printed_and_knows_its_replica() {
        let (here, there) = (DeviceId::from_bytes([7; 16]), DeviceId::from_bytes([8; 16]));
        let cursor = Cursor::new(here, 42);
        assert_eq!(Cursor::parse(&format!(" {cursor}\n")), Ok(cursor));
        assert!(cursor.is_of(here) && !cursor.is_of(there));
        assert_eq!(Cursor::parse(&Cursor::new(there, u64::MAX).to_string()).map(|cursor| cursor.seq()), Ok(u64::MAX));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in
            ["", "42", "-42", "kkkkkkkk-", "kkkkkkkk-+1", "kkkkkkkk--1", "KKKKKKKK-1", "kkkkkkk-1", "kkkkkkkkk-1"]
        {
            assert!(matches!(Cursor::parse(text), Err(Error::BadCursor { .. })), "{text}");
        }
        assert!(Cursor::parse("kkkkkkkk-99999999999999999999").is_err());
    }
}
