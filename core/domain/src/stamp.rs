//! Hybrid logical clocks: which of two changes is later, without trusting clocks to agree.
//!
//! After Kulkarni et al., "Logical Physical Clocks" (2014): the physical part follows the wall clock where it can, the
//! counter keeps the order where it cannot.

use crate::id::DeviceId;
use serde::{Deserialize, Serialize};

/// A hybrid logical time: milliseconds since 1970 (48 bits), then a counter (16 bits).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc(u64);

const COUNTER_BITS: u32 = 16;

impl Hlc {
    /// From the packed form, as stores and the wire hold it.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The packed form.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The physical part, in Unix milliseconds.
    pub fn unix_ms(self) -> i64 {
        i64::try_from(self.0 >> COUNTER_BITS).unwrap_or(i64::MAX)
    }

    /// The time of the next operation on a replica that has seen `self` and whose clock shows `now_unix_ms`.
    ///
    /// Always greater than `self`, also when the clock stands still or went back; a full counter carries into the
    /// milliseconds.
    #[must_use]
    pub fn next(self, now_unix_ms: i64) -> Self {
        let physical = u64::try_from(now_unix_ms).unwrap_or(0) << COUNTER_BITS;
        Self(physical.max(self.0.saturating_add(1)))
    }
}

/// When and where a register was set. Ordered by time, then device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// When.
    pub hlc: Hlc,
    /// Where.
    pub device: DeviceId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_stamp_is_later_than_the_one_before_whatever_the_clock_does(clock in proptest::collection::vec(0i64..1 << 47, 1..50)) {
            let mut last = Hlc::default();
            for now in clock {
                let next = last.next(now);
                prop_assert!(next > last && next.unix_ms() >= now);
                last = next;
            }
        }
    }

    #[test]
    fn a_full_counter_carries_into_the_milliseconds() {
        let mut hlc = Hlc::default().next(1_000);
        for _ in 0..70_000 {
            hlc = hlc.next(1_000);
        }
        assert_eq!(hlc.unix_ms(), 1_001);
    }
}
