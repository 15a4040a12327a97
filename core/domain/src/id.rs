//! Identifiers: made by the client, 16 bytes on the wire, letters for people.
//!
//! A task's id is a `UUIDv7` (RFC 9562, section 5.7). People see its bytes reversed, one letter per half byte from
//! `z` (0) down to `k` (15), as jj prints its changes: the random end comes first, so that a few letters are enough to name a
//! task, and a letter id never looks like a number.

use std::fmt;
use uuid::Uuid;

/// Letters of a complete printed id.
pub const LETTERS: usize = 32;

const ALPHABET: &[u8; 16] = b"zyxwvutsrqponmlk";

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id with these bytes, in network order.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The id in these bytes, or `None` when there are not exactly 16.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// A `UUIDv7` made at this Unix time in milliseconds, with ten bytes of the caller's randomness.
            pub fn new(unix_ms: i64, random: [u8; 10]) -> Self {
                let at = u64::try_from(unix_ms).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(at, &random).into_uuid().into_bytes())
            }

            /// The bytes in network order.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// The bytes last first: the order in which ids are printed and prefixes are looked up.
            pub fn reversed(&self) -> [u8; 16] {
                let mut bytes = self.0;
                bytes.reverse();
                bytes
            }

            /// The id whose reversed bytes these are.
            pub fn from_reversed(mut bytes: [u8; 16]) -> Self {
                bytes.reverse();
                Self(bytes)
            }

            /// All 32 letters of the id, in `k` to `z`.
            pub fn letters(&self) -> String {
                self.letter_bytes().into_iter().map(char::from).collect()
            }

            /// The same as bytes of ASCII.
            pub fn letter_bytes(&self) -> [u8; LETTERS] {
                letters(&self.reversed())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), Uuid::from_bytes(self.0))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.letters())
            }
        }
    };
}

id_type!(
    /// Names a task for ever and everywhere.
    TaskId
);
id_type!(
    /// Names a recurrence rule for ever and everywhere.
    RuleId
);
id_type!(
    /// Names a reminder for ever and everywhere: a hash of its task, trigger and channel.
    ReminderId
);
id_type!(
    /// Names a row of the ledger of reminders: a hash of reminder, instant, channel and round.
    DeliveryId
);
id_type!(
    /// Names a conversation for ever and everywhere.
    ConversationId
);
id_type!(
    /// Names one message of a conversation: a hash of the turn it belongs to and of who said it.
    MessageId
);
id_type!(
    /// Names one command as it was given; a command sent twice has the same id and is done once.
    OperationId
);
id_type!(
    /// Names a replica of an account. Never the person, never the machine.
    DeviceId
);
id_type!(
    /// Names whose tasks these are. A replica without a server belongs to [`AccountId::LOCAL`].
    AccountId
);

impl AccountId {
    /// The account of a replica that has no server yet.
    pub const LOCAL: Self = Self([0; 16]);
}

fn letters(reversed: &[u8; 16]) -> [u8; LETTERS] {
    let half = |at: usize| if at.is_multiple_of(2) { reversed[at / 2] >> 4 } else { reversed[at / 2] & 15 };
    std::array::from_fn(|at| ALPHABET[usize::from(half(at))])
}

/// The beginning of a printed id, as a person types it: 1 to 32 letters from `k` to `z`, either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdPrefix {
    low: [u8; 16],
    high: [u8; 16],
}

impl IdPrefix {
    /// Reads a prefix; `None` when the text holds anything but id letters, or too many of them.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > LETTERS {
            return None;
        }
        let (mut low, mut high) = ([0u8; 16], [0xffu8; 16]);
        for (at, letter) in text.bytes().enumerate() {
            let letter = letter.to_ascii_lowercase();
            if !(b'k'..=b'z').contains(&letter) {
                return None;
            }
            let nibble = b'z' - letter;
            let (shift, keep) = if at % 2 == 0 { (4, 0x0f) } else { (0, 0xf0) };
            low[at / 2] = (low[at / 2] & keep) | (nibble << shift);
            high[at / 2] = (high[at / 2] & keep) | (nibble << shift);
        }
        Some(Self { low, high })
    }

    /// The least and the greatest reversed id with this prefix, both included.
    pub fn range(&self) -> ([u8; 16], [u8; 16]) {
        (self.low, self.high)
    }
}

/// The shortest prefix of an id that neither of its neighbours shares; all are reversed bytes, the neighbours in that order.
pub fn shortest_unique(id: [u8; 16], before: Option<[u8; 16]>, after: Option<[u8; 16]>) -> String {
    let mine = letters(&id);
    let shared = |other: [u8; 16]| {
        mine.iter().zip(letters(&other)).map(|(mine, other)| (*mine, other)).take_while(|(a, b)| a == b).count()
    };
    let longest = before.into_iter().chain(after).map(shared).max().unwrap_or(0);
    mine.into_iter().take(longest + 1).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_prefix_of_the_letters_finds_the_id(bytes: [u8; 16], length in 1usize..=LETTERS) {
            let id = TaskId::from_bytes(bytes);
            let (low, high) = IdPrefix::parse(&id.letters()[..length]).unwrap().range();
            prop_assert!(low <= id.reversed() && id.reversed() <= high);
        }

        #[test]
        fn the_whole_id_is_a_range_of_one(bytes: [u8; 16]) {
            let id = TaskId::from_bytes(bytes);
            prop_assert_eq!(IdPrefix::parse(&id.letters()).unwrap().range(), (id.reversed(), id.reversed()));
        }
    }

    #[test]
    fn numbers_and_words_are_not_prefixes() {
        assert!(IdPrefix::parse("12").is_none());
        assert!(IdPrefix::parse("milk").is_none());
        assert!(IdPrefix::parse("").is_none());
    }

    #[test]
    fn the_shortest_prefix_differs_from_both_neighbours() {
        let id = |first: u8| [first, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(shortest_unique(id(0x11), None, None), "y");
        assert_eq!(shortest_unique(id(0x11), Some(id(0x10)), Some(id(0x20))), "yy");
    }

    #[test]
    fn ids_made_later_sort_later() {
        assert!(TaskId::new(1_000, [0xff; 10]) < TaskId::new(1_001, [0; 10]));
    }
}
