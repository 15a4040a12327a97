//! Small sets of what RFC 5545 lists: weekdays, months, and numbers that may count from the end.

use chrono::Weekday;

/// The weekdays in the order in which rules list them.
pub(crate) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A set of weekdays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weekdays(u8);

impl Weekdays {
    pub(crate) const WORKDAYS: Self = Self(0b001_1111);
    pub(crate) const WEEKEND: Self = Self(0b110_0000);
    pub(crate) const ALL: Self = Self(0b111_1111);

    pub(crate) fn of(day: Weekday) -> Self {
        Self(1 << day.num_days_from_monday())
    }

    /// From `first` to `last`, over the end of the week if need be.
    pub(crate) fn range(first: Weekday, last: Weekday) -> Self {
        let steps = last.days_since(first);
        let (mut days, mut day) = (Self::of(first), first);
        for _ in 0..steps {
            day = day.succ();
            days = days.or(Self::of(day));
        }
        days
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn has(self, day: Weekday) -> bool {
        self.0 & Self::of(day).0 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.has(*day))
    }
}

/// A set of months, 1 to 12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Months(u16);

impl Months {
    pub(crate) const ALL: Self = Self(0b1_1111_1111_1110);

    pub(crate) const fn with(self, month: u32) -> Self {
        Self(self.0 | 1 << (month % 13))
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn has(self, month: u32) -> bool {
        self.0 >> month & 1 == 1
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u32> {
        (1..=12).filter(move |month| self.has(*month))
    }
}

/// A set of the numbers 1 to 31 and -1 to -31, where -1 is the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nths(u64);

impl Nths {
    pub(crate) fn of(n: i32) -> Self {
        Self::default().with(n)
    }

    /// With `n`; numbers outside are left out.
    pub(crate) const fn with(self, n: i32) -> Self {
        match n {
            1..=31 => Self(self.0 | 1 << n),
            -31..=-1 => Self(self.0 | 1 << (32 - n)),
            _ => self,
        }
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, n: i32) -> bool {
        n != 0 && Self::of(n).0 & self.0 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// From the first on, then from the last back.
    pub(crate) fn iter(self) -> impl Iterator<Item = i32> {
        (1..=31).chain((1..=31).map(|n: i32| -n)).filter(move |n| self.has(*n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_weekdays_goes_over_the_weekend() {
        let days: Vec<_> = Weekdays::range(Weekday::Sat, Weekday::Tue).iter().collect();
        assert_eq!(days, [Weekday::Mon, Weekday::Tue, Weekday::Sat, Weekday::Sun]);
        assert_eq!(Weekdays::range(Weekday::Tue, Weekday::Tue).len(), 1);
    }

    #[test]
    fn numbers_count_from_both_ends() {
        let set = Nths::of(15).with(-1).with(2).with(-31).with(0).with(99);
        assert_eq!(set.iter().collect::<Vec<_>>(), [2, 15, -1, -31]);
        assert!(set.has(-1) && !set.has(1) && !set.has(0));
    }
}
