//! The slots of a schedule: the pattern with its end, its exceptions and the policies that drop slots.

use super::count::{self, LastOf};
use super::exclude::Excluded;
use super::occurrence::{self, Occurrence};
use super::pattern::Pattern;
use super::rule::{End, Moment, Rule};
use super::slot::Slot;
use crate::when::{When, resolve};
use chrono::{Datelike as _, Duration, NaiveDateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

/// Periods without anything after which it is asked whether there can be any.
const IN_VAIN_MAX: u32 = 200;

/// Where a series ends.
#[derive(Clone, Copy, Debug)]
enum Last {
    Never,
    /// Nothing, not even the start.
    Nothing,
    /// Included.
    Local(NaiveDateTime),
    /// Included.
    Instant(chrono::DateTime<Utc>, Tz),
    /// Must be counted from the start.
    Counted(u32),
}

/// All slots of a schedule, ready to compute.
///
/// Slots are strictly increasing. Getting to the next one after any of them costs the same, however long ago the start was;
/// only a COUNT of a rule that makes differently many per period, other than by its months alone, or with weekends dropped, is counted
/// from the start.
#[derive(Clone, Debug)]
pub struct Series {
    pattern: Pattern,
    start: When,
    last: Last,
    excluded: Excluded,
    skip_weekends: bool,
}

impl Series {
    /// The slots of a rule from `start` on, without `exdates`; with `skip_weekends`, those that must go to a Monday already
    /// used are dropped. `start` is whole seconds.
    pub(super) fn new(rule: &Rule, start: When, exdates: &[Slot], skip_weekends: bool) -> Self {
        let local = match start {
            When::Date(date) => date.and_time(NaiveTime::MIN),
            When::At(time) => time.local(),
        };
        let pattern = Pattern::new(rule, local);
        let last = match rule.end {
            End::Never => Last::Never,
            End::Count(count) if skip_weekends => Last::Counted(count),
            End::Count(count) => match count::last_of(&pattern, count) {
                LastOf::Unknown => Last::Counted(count),
                LastOf::Beyond => Last::Never,
                LastOf::At(last) => Last::Local(last),
            },
            End::Until(until) => last_until(until, start),
        };
        let last = match last {
            Last::Local(last) if last < local => Last::Nothing,
            last => last,
        };
        Self { pattern, start, last, excluded: Excluded::of(exdates.iter().copied()), skip_weekends }
    }

    /// The first slot.
    pub fn first(&self) -> Option<Slot> {
        self.slots().next()
    }

    /// The first slot after this one, which need not be one itself.
    pub fn next_after(&self, slot: Slot) -> Option<Slot> {
        self.slots_after(slot.local()).next()
    }

    /// All slots in order.
    pub fn slots(&self) -> Slots<'_> {
        self.begin(self.pattern.base, None)
    }

    /// The slots after this local time, in order; a whole day counts as its midnight.
    pub fn slots_after(&self, after: NaiveDateTime) -> Slots<'_> {
        let base = self.pattern.base;
        let period = match self.last {
            Last::Counted(_) => base,
            _ => self.pattern.aligned(self.pattern.period_of(after)),
        };
        self.begin(period, Some(after))
    }

    /// The slots that are not before this local time.
    pub fn slots_from(&self, from: NaiveDateTime) -> Slots<'_> {
        self.slots_after(from - Duration::seconds(1))
    }

    /// Whether this is one of the slots.
    pub fn contains(&self, slot: Slot) -> bool {
        self.slots_from(slot.local()).next() == Some(slot)
    }

    /// What becomes of a slot on the calendar and the clock.
    pub fn occurrence(&self, slot: Slot) -> Occurrence {
        let moved = occurrence::off_weekend(slot.local(), self.skip_weekends);
        Occurrence::new(slot, moved, self.zone(), self.pattern.is_clamped(slot.date()))
    }

    /// Whether there are months in which the rule has no date because they are too short for its day: worth saying when a rule
    /// is made.
    pub fn leaves_out_months(&self) -> bool {
        self.pattern.leaves_out_months()
    }

    /// The zone of the slots; `None` for whole days.
    pub fn zone(&self) -> Option<Tz> {
        match self.start {
            When::Date(_) => None,
            When::At(time) => Some(time.zone()),
        }
    }

    fn begin(&self, period: i64, after: Option<NaiveDateTime>) -> Slots<'_> {
        let horizon = self.pattern.horizon(period);
        Slots {
            series: self,
            period,
            horizon,
            made: Vec::new(),
            at: 0,
            is_filled: false,
            in_vain: 0,
            counted: 0,
            after,
        }
    }

    fn slot(&self, local: NaiveDateTime) -> Slot {
        match self.start {
            When::Date(_) => Slot::Date(local.date()),
            When::At(_) => Slot::Time(local),
        }
    }

    /// Whether a slot lies behind the end; `counted` are the ones before it.
    fn is_over(&self, local: NaiveDateTime, counted: u32) -> bool {
        match self.last {
            Last::Never => false,
            Last::Nothing => true,
            Last::Local(last) => local > last,
            Last::Counted(count) => counted >= count,
            Last::Instant(last, zone) => {
                // Only near the end must the clocks be asked.
                let distance = local - last.naive_utc();
                distance > Duration::hours(27) || (distance > Duration::hours(-27) && resolve(local, zone) > last)
            }
        }
    }

    /// Whether `skip_weekends` drops it: the Monday it must go to is a slot itself, or was taken by the Saturday before.
    fn is_dropped(&self, local: NaiveDateTime) -> bool {
        if !self.skip_weekends {
            return false;
        }
        let monday = |days| self.pattern.contains(local + Duration::days(days));
        match local.weekday() {
            Weekday::Sat => monday(2),
            Weekday::Sun => monday(1) || self.pattern.contains(local - Duration::days(1)),
            _ => false,
        }
    }

    /// Whether the clocks leave it out: its time does not exist, and where it must go to is a slot of its own.
    fn is_swallowed(&self, local: NaiveDateTime) -> bool {
        let Some(zone) = self.zone() else { return false };
        let moved = occurrence::off_weekend(local, self.skip_weekends);
        let shown = resolve(moved, zone).naive_local();
        shown != moved && self.pattern.contains(shown)
    }
}

fn last_until(until: Moment, start: When) -> Last {
    match (until, start) {
        (Moment::Date(date), _) => Last::Local(date.and_time(NaiveTime::MIN) + Duration::seconds(86_399)),
        (Moment::Local(local), _) => Last::Local(local),
        // A whole day has no zone; the calendar of UTC is the one that is written.
        (Moment::Utc(instant), When::Date(_)) => Last::Local(instant.naive_utc()),
        (Moment::Utc(instant), When::At(time)) => Last::Instant(instant, time.zone()),
    }
}

/// Slots in order; see [`Series::slots`]. Ends where the series does, at the latest with the year 9999.
#[derive(Clone, Debug)]
pub struct Slots<'a> {
    series: &'a Series,
    period: i64,
    /// The last period to look into if nothing is found.
    horizon: i64,
    made: Vec<NaiveDateTime>,
    at: usize,
    is_filled: bool,
    /// Periods without anything since the last that had something.
    in_vain: u32,
    counted: u32,
    /// Only what is later.
    after: Option<NaiveDateTime>,
}

impl Slots<'_> {
    /// The next one that the pattern makes.
    fn advance(&mut self) -> Option<NaiveDateTime> {
        let pattern = &self.series.pattern;
        loop {
            if self.period > self.horizon {
                return None;
            }
            if !self.is_filled {
                pattern.fill(self.period, &mut self.made);
                (self.is_filled, self.at) = (true, 0);
            }
            if let Some(local) = self.made.get(self.at) {
                self.at += 1;
                return Some(*local);
            }
            let found = !self.made.is_empty();
            self.period = if found { pattern.following(self.period) } else { pattern.promising(self.period) };
            self.is_filled = false;
            if found {
                (self.horizon, self.in_vain) = (pattern.horizon(self.period), 0);
            } else {
                self.in_vain += 1;
                if self.in_vain == IN_VAIN_MAX && pattern.is_hopeless() {
                    return None;
                }
            }
        }
    }
}

impl Iterator for Slots<'_> {
    type Item = Slot;

    fn next(&mut self) -> Option<Slot> {
        let series = self.series;
        loop {
            let local = self.advance()?;
            if self.after.is_some_and(|after| local <= after) && !matches!(series.last, Last::Counted(_)) {
                continue;
            }
            if series.is_dropped(local) {
                continue;
            }
            if series.is_over(local, self.counted) {
                self.period = i64::MAX;
                self.made.clear();
                return None;
            }
            self.counted += 1;
            let slot = series.slot(local);
            let is_wanted = self.after.is_none_or(|after| local > after);
            if is_wanted && !series.excluded.has(slot) && !series.is_swallowed(local) {
                return Some(slot);
            }
        }
    }
}
