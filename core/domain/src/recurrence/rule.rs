//! What a recurrence rule says (RFC 5545, section 3.3.10, with SKIP of RFC 7529).

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};

/// The unit a rule counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// Calendar years.
    Yearly,
    /// Calendar months.
    Monthly,
    /// Weeks, which begin on the rule's WKST.
    Weekly,
    /// Days.
    Daily,
    /// Hours of the local clock.
    Hourly,
    /// Minutes of the local clock.
    Minutely,
    /// Seconds of the local clock.
    Secondly,
}

impl Frequency {
    /// All, the longest first.
    pub const ALL: [Self; 7] =
        [Self::Yearly, Self::Monthly, Self::Weekly, Self::Daily, Self::Hourly, Self::Minutely, Self::Secondly];

    /// The word of RFC 5545.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yearly => "YEARLY",
            Self::Monthly => "MONTHLY",
            Self::Weekly => "WEEKLY",
            Self::Daily => "DAILY",
            Self::Hourly => "HOURLY",
            Self::Minutely => "MINUTELY",
            Self::Secondly => "SECONDLY",
        }
    }

    /// Seconds of a unit shorter than a day.
    pub(super) const fn seconds(self) -> Option<i64> {
        match self {
            Self::Hourly => Some(3_600),
            Self::Minutely => Some(60),
            Self::Secondly => Some(1),
            _ => None,
        }
    }
}

/// A weekday, every one or the nth of the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByDay {
    /// 1 is the first, -1 the last; up to 53 either way. `None` is every one.
    pub nth: Option<i8>,
    /// Which weekday.
    pub weekday: Weekday,
}

/// A date or time as rules write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The whole of this local day.
    Date(NaiveDate),
    /// This local time, in the zone of the start.
    Local(NaiveDateTime),
    /// This instant.
    Utc(DateTime<Utc>),
}

/// How a rule ends by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum End {
    /// It does not.
    #[default]
    Never,
    /// After so many, at least one. Excluded ones (EXDATE) count, as RFC 5545 has it.
    Count(u32),
    /// At a moment.
    Until(Moment),
}

/// What a rule does in a month that is too short for its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MonthEnd {
    /// It leaves the month out: RFC 5545, and `SKIP=OMIT` of RFC 7529.
    #[default]
    Skip,
    /// It takes the last day, and returns to its day in the next longer month: `SKIP=BACKWARD`.
    Clamp,
}

impl MonthEnd {
    /// The word of the product.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Clamp => "clamp",
        }
    }
}

/// A part of a rule's text.
#[expect(missing_docs, reason = "the names are those of RFC 5545 and RFC 7529")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Rscale,
    Freq,
    Interval,
    BySecond,
    ByMinute,
    ByHour,
    ByMonth,
    ByWeekNo,
    ByYearDay,
    ByMonthDay,
    ByDay,
    BySetPos,
    Wkst,
    Count,
    Until,
    Skip,
}

impl Part {
    /// All, in the order of the canonical text.
    pub const ALL: [Self; 16] = [
        Self::Rscale,
        Self::Freq,
        Self::Interval,
        Self::ByMonth,
        Self::ByWeekNo,
        Self::ByYearDay,
        Self::ByMonthDay,
        Self::ByDay,
        Self::ByHour,
        Self::ByMinute,
        Self::BySecond,
        Self::BySetPos,
        Self::Wkst,
        Self::Count,
        Self::Until,
        Self::Skip,
    ];

    /// Its name in the text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rscale => "RSCALE",
            Self::Freq => "FREQ",
            Self::Interval => "INTERVAL",
            Self::BySecond => "BYSECOND",
            Self::ByMinute => "BYMINUTE",
            Self::ByHour => "BYHOUR",
            Self::ByMonth => "BYMONTH",
            Self::ByWeekNo => "BYWEEKNO",
            Self::ByYearDay => "BYYEARDAY",
            Self::ByMonthDay => "BYMONTHDAY",
            Self::ByDay => "BYDAY",
            Self::BySetPos => "BYSETPOS",
            Self::Wkst => "WKST",
            Self::Count => "COUNT",
            Self::Until => "UNTIL",
            Self::Skip => "SKIP",
        }
    }
}

/// A recurrence rule that is valid by itself; made by [`super::RuleText::parse`], its `Display` is the canonical text.
///
/// All lists are sorted and hold nothing twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(super) frequency: Frequency,
    /// At least 1.
    pub(super) interval: u32,
    pub(super) end: End,
    pub(super) week_start: Weekday,
    pub(super) seconds: Vec<u8>,
    pub(super) minutes: Vec<u8>,
    pub(super) hours: Vec<u8>,
    pub(super) days: Vec<ByDay>,
    /// 1 to 31, or -31 to -1 from the end.
    pub(super) month_days: Vec<i8>,
    /// 1 to 366, or -366 to -1 from the end.
    pub(super) year_days: Vec<i16>,
    /// 1 to 53, or -53 to -1 from the end.
    pub(super) weeks: Vec<i8>,
    /// 1 to 12.
    pub(super) months: Vec<u8>,
    /// 1 to 366, or -366 to -1 from the end.
    pub(super) set_positions: Vec<i16>,
    pub(super) month_end: MonthEnd,
}

impl Rule {
    /// The rule that says nothing but its unit.
    pub(super) const fn of(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            end: End::Never,
            week_start: Weekday::Mon,
            seconds: Vec::new(),
            minutes: Vec::new(),
            hours: Vec::new(),
            days: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            months: Vec::new(),
            set_positions: Vec::new(),
            month_end: MonthEnd::Skip,
        }
    }

    /// The unit it counts in.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Every how many units, at least 1.
    pub fn interval(&self) -> u32 {
        self.interval
    }

    /// How it ends by itself.
    pub fn end(&self) -> End {
        self.end
    }

    /// What it does in months that are too short for its day.
    pub fn month_end(&self) -> MonthEnd {
        self.month_end
    }

    /// The same rule with another policy for short months: what people say in words clamps. Where no month can be too short
    /// there is no policy, and it stays [`MonthEnd::Skip`].
    #[must_use]
    pub fn with_month_end(mut self, month_end: MonthEnd) -> Self {
        self.month_end = if self.can_be_too_long() { month_end } else { MonthEnd::Skip };
        self
    }

    /// Whether its days, or those of its start, may be more than a month has.
    fn can_be_too_long(&self) -> bool {
        let says_no_days =
            self.days.is_empty() && self.month_days.is_empty() && self.year_days.is_empty() && self.weeks.is_empty();
        self.frequency <= Frequency::Monthly && (says_no_days || self.month_days.iter().any(|day| *day > 28))
    }

    /// The same rule with another end.
    #[must_use]
    pub fn with_end(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// The part that makes times of day, so that a start without one does not do; `None` for a rule of days.
    pub fn timed_part(&self) -> Option<Part> {
        let parts = [
            (self.frequency.seconds().is_some(), Part::Freq),
            (!self.hours.is_empty(), Part::ByHour),
            (!self.minutes.is_empty(), Part::ByMinute),
            (!self.seconds.is_empty(), Part::BySecond),
        ];
        parts.into_iter().find_map(|(is_there, part)| is_there.then_some(part))
    }

    /// The rule without one of its parts, to find out which one is to blame.
    pub(super) fn without(&self, part: Part) -> Self {
        let mut rule = self.clone();
        match part {
            Part::BySecond => rule.seconds.clear(),
            Part::ByMinute => rule.minutes.clear(),
            Part::ByHour => rule.hours.clear(),
            Part::ByMonth => rule.months.clear(),
            Part::ByWeekNo => rule.weeks.clear(),
            Part::ByYearDay => rule.year_days.clear(),
            Part::ByMonthDay => rule.month_days.clear(),
            Part::ByDay => rule.days.clear(),
            Part::BySetPos => rule.set_positions.clear(),
            Part::Count | Part::Until => rule.end = End::Never,
            Part::Interval => rule.interval = 1,
            Part::Rscale | Part::Freq | Part::Wkst | Part::Skip => {}
        }
        rule
    }
}

/// The two letters of a weekday.
pub(super) const fn weekday_letters(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
