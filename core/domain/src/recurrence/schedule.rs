//! A rule with its start and the product's policies: the value of one register, and the status, the value of another.

use super::parse::RuleText;
use super::problem::RuleError;
use super::problem::RuleProblem;
use super::rule::{End, Moment, MonthEnd, Part, Rule};
use super::series::Series;
use super::slot::Slot;
use crate::field::{self, WhenValue};
use crate::limits::{EXDATES_MAX, GENERATE_AHEAD_MAX};
use crate::register::Register;
use crate::when::{LocalTime, When};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// What a rule counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The calendar: the slots are there whatever is done.
    #[default]
    Calendar,
    /// The day on which the last one was done.
    Completion,
}

/// What becomes of slots that arrive while an older occurrence is still open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Missed {
    /// Nothing: the next one is made when the open one is done, after that moment.
    #[default]
    One,
    /// The open one, if nobody touched it, gives way to the newest.
    Skip,
    /// Each is made.
    Stack,
}

/// Whether a rule goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RuleStatus {
    /// It makes occurrences.
    #[default]
    Active,
    /// It makes none until it is resumed.
    Paused,
    /// It came to its end.
    Completed,
    /// Somebody ended it.
    Cancelled,
}

macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// All.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word for it, in registers, on the wire, and for people.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The one with exactly this word; `None` for a word of a newer build.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words!(Anchor { Calendar => "calendar", Completion => "completion" });
words!(Missed { One => "one", Skip => "skip", Stack => "stack" });
words!(RuleStatus { Active => "active", Paused => "paused", Completed => "completed", Cancelled => "cancelled" });

/// When the tasks of a rule are, and how many of them there are at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    rule: Rule,
    start: When,
    exdates: Vec<Slot>,
    /// What it counts from.
    pub anchor: Anchor,
    /// An occurrence on a weekend moves to Monday.
    pub skip_weekends: bool,
    /// What becomes of missed ones.
    pub missed: Missed,
    generate_ahead: u16,
}

impl Schedule {
    /// The schedule of a rule that starts at `start`, with the default policies.
    ///
    /// The first occurrence is the first slot that is not before the start; the start itself need not be one. Refused are rules
    /// that never occur from there on, and times of day for a start that is a whole day.
    pub fn new(text: &RuleText, start: When) -> Result<Self, RuleError> {
        let rule = text.rule();
        if let (When::Date(_), Some(part)) = (start, rule.timed_part()) {
            return Err(text.error(Some(part), RuleProblem::NeedsTime { part }));
        }
        let mut exdates: Vec<Slot> = text.exdates().iter().map(|moment| excluded(*moment, start)).collect();
        exdates.sort_unstable();
        exdates.dedup();
        let schedule = Self {
            rule: rule.clone(),
            start: whole_seconds(start),
            exdates,
            anchor: Anchor::Calendar,
            skip_weekends: false,
            missed: Missed::One,
            generate_ahead: 1,
        };
        match schedule.series().first() {
            Some(_) => Ok(schedule),
            None => Err(schedule.explain_never(text)),
        }
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// From when on.
    pub fn start(&self) -> When {
        self.start
    }

    /// The slots that are left out, in order.
    pub fn exdates(&self) -> &[Slot] {
        &self.exdates
    }

    /// How many are kept open, 1 to [`GENERATE_AHEAD_MAX`].
    pub fn generate_ahead(&self) -> u16 {
        self.generate_ahead
    }

    /// The same with so many kept open; at least 1, at most [`GENERATE_AHEAD_MAX`].
    #[must_use]
    pub fn with_generate_ahead(mut self, open: u16) -> Self {
        self.generate_ahead = open.clamp(1, GENERATE_AHEAD_MAX);
        self
    }

    /// The same from another start on.
    #[must_use]
    pub fn starting(mut self, start: When) -> Self {
        self.start = whole_seconds(start);
        self
    }

    /// The same with another end.
    #[must_use]
    pub fn ending(mut self, end: End) -> Self {
        self.rule = self.rule.with_end(end);
        self
    }

    /// The same with that policy for months that are too short.
    #[must_use]
    pub fn with_month_end(mut self, month_end: MonthEnd) -> Self {
        self.rule = self.rule.with_month_end(month_end);
        self
    }

    /// The part that goes on from one of its slots, and the part before it; `None` for the first slot, before which there is nothing.
    /// What is left of a COUNT goes with the later part.
    pub fn split(&self, slot: Slot) -> Option<(Self, Self)> {
        let series = self.series();
        if series.first().is_none_or(|first| first >= slot) {
            return None;
        }
        let (start, end) = match (slot, self.start) {
            (Slot::Time(local), When::At(time)) => {
                (When::At(LocalTime::new(local, time.zone())), Moment::Local(local - Duration::seconds(1)))
            }
            _ => (When::Date(slot.date()), Moment::Date(slot.date() - Duration::days(1))),
        };
        let mut later = self.clone().starting(start);
        if let End::Count(count) = self.rule.end() {
            // A COUNT counts excluded slots, too.
            let all = Self { exdates: Vec::new(), ..self.clone() }.series();
            let before = all.slots().take_while(|one| *one < slot).count();
            let left = count.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX)).max(1);
            later = later.ending(End::Count(left));
        }
        Some((self.clone().ending(End::Until(end)), later))
    }

    /// The same without a slot; `false` when that is one too many.
    pub fn exclude(&mut self, slot: Slot) -> bool {
        match self.exdates.binary_search(&slot) {
            Ok(_) => true,
            Err(_) if self.exdates.len() >= EXDATES_MAX => false,
            Err(at) => {
                self.exdates.insert(at, slot);
                true
            }
        }
    }

    /// Its slots. With anchor [`Anchor::Completion`] these are the ones that would be if each was done on its day.
    pub fn series(&self) -> Series {
        Series::new(&self.rule, self.start, &self.exdates, self.skip_weekends)
    }

    /// The slots as if it had started then, without a COUNT.
    pub(super) fn series_from(&self, start: When) -> Series {
        let end = match self.rule.end() {
            End::Count(_) => End::Never,
            end => end,
        };
        Series::new(&self.rule.clone().with_end(end), start, &self.exdates, self.skip_weekends)
    }

    /// Which part is to blame for a rule that never occurs: the first one without which it would.
    fn explain_never(&self, text: &RuleText) -> RuleError {
        let occurs = |rule: &Rule| Series::new(rule, self.start, &[], false).first().is_some();
        if occurs(&self.rule) {
            return text.error(None, RuleProblem::Never);
        }
        if matches!(self.rule.end(), End::Until(_)) && occurs(&self.rule.without(Part::Until)) {
            return text.error(Some(Part::Until), RuleProblem::EndsBeforeFirst);
        }
        let suspects = [Part::BySetPos, Part::ByMonthDay, Part::ByDay, Part::ByYearDay, Part::ByWeekNo, Part::ByMonth];
        let suspects = suspects.into_iter().chain([Part::ByHour, Part::ByMinute, Part::BySecond, Part::Interval]);
        let blamed = suspects.into_iter().find(|part| {
            let without = self.rule.without(*part);
            without != self.rule && occurs(&without)
        });
        text.error(blamed, RuleProblem::Never)
    }
}

/// An excluded moment as slots are written, in the zone of the start.
fn excluded(moment: Moment, start: When) -> Slot {
    match (moment, start) {
        (Moment::Date(date), _) => Slot::Date(date),
        (Moment::Local(local), _) => Slot::Time(local),
        (Moment::Utc(instant), When::At(time)) => Slot::Time(LocalTime::at(instant, time.zone()).local()),
        (Moment::Utc(instant), When::Date(_)) => Slot::Date(instant.date_naive()),
    }
}

fn whole_seconds(when: When) -> When {
    match when {
        When::Date(_) => when,
        When::At(time) => When::At(LocalTime::new(time.local(), time.zone())),
    }
}

/// Keys in alphabetical order, all of them always.
#[derive(Serialize, Deserialize)]
struct ScheduleValue {
    anchor: String,
    exdates: Vec<String>,
    generate_ahead: u16,
    missed: String,
    rrule: String,
    skip_weekends: bool,
    start: WhenValue,
}

impl Schedule {
    /// The canonical JSON of its register. End and month-end policy are in the text of the rule.
    pub fn encode(&self) -> Vec<u8> {
        field::encode(&ScheduleValue {
            anchor: self.anchor.as_str().to_owned(),
            exdates: self.exdates.iter().map(Slot::to_string).collect(),
            generate_ahead: self.generate_ahead,
            missed: self.missed.as_str().to_owned(),
            rrule: self.rule.to_string(),
            skip_weekends: self.skip_weekends,
            start: WhenValue::from(&self.start),
        })
    }

    /// The schedule of a register; `None` when it is unset, or a newer build's that this one cannot read.
    pub fn decode(register: Option<&Register>) -> Option<Self> {
        Self::decode_value(&register?.value)
    }

    /// The same of the value itself.
    pub(crate) fn decode_value(value: &[u8]) -> Option<Self> {
        let value: ScheduleValue = field::decode_value(value)?;
        let exdates =
            value.exdates.iter().take(EXDATES_MAX).map(|text| text.parse().ok()).collect::<Option<Vec<Slot>>>()?;
        Some(Self {
            rule: RuleText::parse(&value.rrule).ok()?.rule().clone(),
            start: value.start.when().map(whole_seconds)?,
            exdates,
            anchor: Anchor::from_word(&value.anchor)?,
            skip_weekends: value.skip_weekends,
            missed: Missed::from_word(&value.missed)?,
            generate_ahead: value.generate_ahead.clamp(1, GENERATE_AHEAD_MAX),
        })
    }
}

/// Whether a rule goes on, and since when: one register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleStatusValue {
    /// Unix milliseconds of the last step.
    pub at: i64,
    /// The word of a [`RuleStatus`], or a newer build's.
    pub status: String,
}

impl RuleStatusValue {
    /// The value of a status since `at`.
    pub fn new(status: RuleStatus, at: i64) -> Self {
        Self { at, status: status.as_str().to_owned() }
    }

    /// The status; `None` for a word of a newer build.
    pub fn status(&self) -> Option<RuleStatus> {
        RuleStatus::from_word(&self.status)
    }
}
