//! What a word can mean, whatever the language.

use chrono::Weekday;

/// A length of time with a name, in the order of their lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
}

/// How often something comes, as one word says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// Every so many units: "biweekly" is 2 weeks.
    Each(Unit, u8),
    /// Twice in every month.
    TwiceAMonth,
    /// From Monday to Friday.
    Workdays,
    /// Every day, at night.
    Nights,
}

/// A part of the day; its clock time is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    EarlyMorning,
    MidMorning,
    Morning,
    /// "first thing": the morning of the day that is said.
    FirstThing,
    Lunch,
    EarlyAfternoon,
    MidAfternoon,
    Afternoon,
    LateAfternoon,
    EarlyEvening,
    Evening,
    LateEvening,
    Night,
}

/// Day of the year that is known by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    Fixed(u8, u8),
    /// Month, weekday and which of them: 1 is the first.
    Nth(u8, Weekday, u8),
    /// Days after Easter Sunday.
    Easter(i8),
    /// The last such weekday of a month.
    Last(u8, Weekday),
    /// Days after the fourth Thursday of November.
    Thanksgiving(i8),
}

/// A word that joins others, or changes what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    About,
    After,
    Ago,
    And,
    Am,
    At,
    Before,
    Between,
    But,
    By,
    Coming,
    Couple,
    /// "completion", "done": what a rule can count from.
    Done,
    Due,
    Each,
    End,
    Ends,
    Eod,
    Eom,
    Eow,
    Eoy,
    Every,
    Except,
    Few,
    For,
    From,
    Half,
    Hence,
    In,
    Ish,
    Last,
    Later,
    Link,
    Mid,
    Midnight,
    More,
    Next,
    Noon,
    Now,
    Oclock,
    Of,
    On,
    Oh,
    Other,
    Out,
    Past,
    Per,
    Pm,
    Praise,
    Project,
    /// The "q" of "q1".
    QuarterMark,
    Remind,
    Right,
    Rule,
    Sharp,
    Since,
    Start,
    SuffixNth,
    The,
    This,
    TimeMark,
    /// "times", "x" behind a number.
    Times,
    To,
    Tonight,
    Until,
    Up,
    Within,
    Zulu,
}

/// Kinds of things a word can begin, as a set: the first sieve of the rule tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub(crate) const NOTHING: Self = Self(0);
    /// Digits.
    pub(crate) const NUMBER: Self = Self(1);
    /// A number in words, "a", "half", "few".
    pub(crate) const QUANTITY: Self = Self(2);
    pub(crate) const WEEKDAY: Self = Self(4);
    pub(crate) const MONTH: Self = Self(8);
    pub(crate) const ORDINAL: Self = Self(16);
    /// "today", "tomorrow".
    pub(crate) const DAY: Self = Self(32);
    pub(crate) const UNIT: Self = Self(64);
    pub(crate) const PHRASE: Self = Self(128);
    /// "this", "next", "last", "the".
    pub(crate) const WHICH: Self = Self(256);
    /// "eod", "end", "now".
    pub(crate) const EDGE: Self = Self(512);
    /// "noon", "midnight", "half", "quarter", "tonight", "morning".
    pub(crate) const CLOCK: Self = Self(1024);
    /// Joins what follows to what stands before: "at", "on", "with".
    pub(crate) const JOIN: Self = Self(2048);
    /// Says, or can say, that something comes again: "every", "daily", "mondays", "twice".
    pub(crate) const AGAIN: Self = Self(4096);
    /// Belongs to time whatever it is.
    pub(crate) const TIMELY: Self = Self(Self::WEEKDAY.0 | Self::MONTH.0 | Self::DAY.0 | Self::EDGE.0 | Self::CLOCK.0);

    /// Both together.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `other` is in the set.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing can begin.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn of(sense: Sense) -> Self {
        match sense {
            Sense::Weekday(_) => Self::WEEKDAY,
            Sense::Weekdays(_) => Self::WEEKDAY.or(Self::AGAIN),
            Sense::Again(_) | Sense::Several | Sense::Often(_) => Self::AGAIN,
            Sense::Month(_) => Self::MONTH,
            Sense::Unit(Unit::Quarter) => Self::UNIT.or(Self::CLOCK),
            // "of the month" makes a rule of several numbered days.
            Sense::Unit(Unit::Month) => Self::UNIT.or(Self::AGAIN),
            Sense::Unit(_) => Self::UNIT,
            Sense::Cardinal(_) | Sense::Article => Self::QUANTITY,
            Sense::Ordinal(_) => Self::ORDINAL,
            Sense::Day(_) => Self::DAY,
            Sense::Part(_) => Self::CLOCK,
            Sense::OpensPhrase => Self::PHRASE,
            Sense::Zone(_) | Sense::Ordinary => Self::NOTHING,
            Sense::Key(key) => Self::of_key(key),
        }
    }

    fn of_key(key: Key) -> Self {
        match key {
            Key::Half => Self::QUANTITY.or(Self::CLOCK),
            Key::Every | Key::Each => Self::JOIN.or(Self::AGAIN),
            Key::Done | Key::Times => Self::AGAIN,
            Key::Up | Key::More | Key::But => Self::NOTHING,
            Key::Couple | Key::Few => Self::QUANTITY,
            Key::This | Key::Coming | Key::Next | Key::Last | Key::The => Self::WHICH.or(Self::JOIN),
            Key::Eod
            | Key::Eow
            | Key::Eom
            | Key::Eoy
            | Key::End
            | Key::Start
            | Key::Now
            | Key::Mid
            | Key::QuarterMark => Self::EDGE,
            Key::Noon | Key::Midnight | Key::Tonight => Self::CLOCK,
            Key::Project | Key::Praise | Key::Zulu | Key::TimeMark | Key::Oh | Key::SuffixNth | Key::Right => {
                Self::NOTHING
            }
            _ => Self::JOIN,
        }
    }
}

/// All that one spelling can mean; the rules take the meaning that fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaning {
    pub weekday: Option<Weekday>,
    /// 1 to 12.
    pub month: Option<u8>,
    pub unit: Option<Unit>,
    /// "five", "twenty", "hundred": the number itself.
    pub cardinal: Option<u16>,
    /// "first", "third": which one.
    pub ordinal: Option<u8>,
    /// Days from today: "tomorrow" is 1.
    pub day: Option<i8>,
    pub part: Option<Part>,
    /// How often: "daily".
    pub again: Option<Again>,
    /// How many times: "twice".
    pub often: Option<u8>,
    pub key: Option<Key>,
    /// Index into the table of zones.
    pub zone: Option<u8>,
    /// One indefinite thing: "a", "an".
    pub article: bool,
    /// All that it can begin.
    pub kinds: Kinds,
    /// The spelling is also a word that has nothing to do with time ("may", "sat", "second").
    pub ordinary: bool,
    /// Several of it, as "fridays": such words make rules.
    pub plural: bool,
}

impl Meaning {
    /// A word that says nothing about time.
    pub(crate) const NONE: Self = Self {
        weekday: None,
        month: None,
        unit: None,
        cardinal: None,
        ordinal: None,
        day: None,
        part: None,
        again: None,
        often: None,
        key: None,
        zone: None,
        article: false,
        kinds: Kinds::NOTHING,
        ordinary: false,
        plural: false,
    };

    /// This meaning with one more sense.
    pub(crate) fn and(mut self, sense: Sense) -> Self {
        self.kinds = self.kinds.or(Kinds::of(sense));
        match sense {
            Sense::Weekday(day) => self.weekday = Some(day),
            Sense::Weekdays(day) => (self.weekday, self.plural) = (Some(day), true),
            Sense::Month(month) => self.month = Some(month),
            Sense::Unit(unit) => self.unit = Some(unit),
            Sense::Cardinal(number) => self.cardinal = Some(number),
            Sense::Ordinal(number) => self.ordinal = Some(number),
            Sense::Day(days) => self.day = Some(days),
            Sense::Part(part) => self.part = Some(part),
            Sense::Again(again) => self.again = Some(again),
            Sense::Often(times) => self.often = Some(times),
            Sense::Several => self.plural = true,
            Sense::Key(key) => self.key = Some(key),
            Sense::Zone(index) => self.zone = Some(index),
            Sense::Article => self.article = true,
            Sense::OpensPhrase => {}
            Sense::Ordinary => self.ordinary = true,
        }
        self
    }
}

/// One sense of a word, as the tables of a language list them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sense {
    Weekday(Weekday),
    /// The plural, "fridays".
    Weekdays(Weekday),
    Month(u8),
    Unit(Unit),
    Cardinal(u16),
    Ordinal(u8),
    Day(i8),
    Part(Part),
    Again(Again),
    /// "twice".
    Often(u8),
    /// Several of it, as "weekends".
    Several,
    Key(Key),
    Zone(u8),
    Article,
    OpensPhrase,
    /// The spelling is also an ordinary word or name.
    Ordinary,
}

/// What a fixed phrase means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Phrase {
    /// This many minutes from now, exactly: "in a bit".
    Minutes(u16),
    /// This many days from today: "day after tomorrow".
    Days(i8),
    /// A day of the year.
    Holiday(Holiday),
    /// Stands for one word of the vocabulary: "end of day" for "eod".
    SameAs(Key),
    /// A part of the day: "early morning".
    Part(Part),
    /// How often: "bi-weekly".
    Again(Again),
    /// A name or figure of speech: nothing in it is a date ("sat nav").
    Protected,
}
