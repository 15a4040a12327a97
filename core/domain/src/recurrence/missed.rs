//! What follows when an occurrence is done, and when a slot arrives while another is open.

use super::rule::{End, Frequency};
use super::schedule::{Anchor, Missed, Schedule};
use super::series::Series;
use super::slot::Slot;
use crate::when::{LocalTime, Now, When};
use chrono::{NaiveDateTime, NaiveTime, Timelike as _};

/// Most slots that are made at once for a rule that stacks.
pub const STACKED_MAX: usize = 100;

/// What has come since the newest occurrence was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The slots to make now, oldest first.
    pub make: Vec<Slot>,
    /// They take the place of the open occurrences that nobody touched.
    pub replaces: bool,
    /// More have come than are made at once.
    pub more: bool,
}

impl Schedule {
    /// The slot to make when the last open occurrence was done.
    ///
    /// `newest` is the latest slot made so far, `completed` when and where its occurrence was done, `made` how many there were.
    /// With anchor calendar and missed `one` or `skip` that is the next after both; with `stack` the next after `newest`; with
    /// anchor completion the next from the day of completion, but not `newest` again. `None` when the rule has come to its end.
    pub fn next_after_completion(&self, series: &Series, newest: Slot, completed: Now, made: u32) -> Option<Slot> {
        match self.anchor {
            Anchor::Completion => self.next_from_completion(newest, completed, made),
            Anchor::Calendar => series.next_after(self.resumes_after(newest, Some(completed))),
        }
    }

    /// Behind which slot the next ones lie when an occurrence ended: the newest one made, or where the rule was by then if that is
    /// later and what was missed is not made up for. Anchor calendar only.
    pub fn resumes_after(&self, newest: Slot, ended: Option<Now>) -> Slot {
        let ended = ended.filter(|_| self.missed != Missed::Stack).map(|now| self.local(now));
        match (newest, ended) {
            (Slot::Date(date), Some(ended)) if ended.date() > date => Slot::Date(ended.date()),
            (Slot::Time(local), Some(ended)) if ended > local => Slot::Time(ended),
            _ => newest,
        }
    }

    /// The same for a rule that was resumed at `since`: what came while it was paused is not made up for, but what is today is.
    pub fn goes_on_after(&self, newest: Slot, ended: Option<Now>, since: Option<Now>) -> Slot {
        let after = self.resumes_after(newest, ended);
        let since = since.filter(|_| self.missed != Missed::Stack).map(|now| match newest {
            Slot::Date(_) => Slot::Date(self.local(now).date().pred_opt().unwrap_or_default()),
            Slot::Time(_) => Slot::Time(self.local(now)),
        });
        since.map_or(after, |since| if since.local() > after.local() { since } else { after })
    }

    /// The slots to make so that [`Schedule::generate_ahead`] are open, when `open` are. Anchor calendar only: the next one after a
    /// completion is not known before.
    pub fn ahead(&self, series: &Series, newest: Slot, completed: Option<Now>, open: usize) -> Vec<Slot> {
        if self.anchor == Anchor::Completion {
            return Vec::new();
        }
        let after = self.resumes_after(newest, completed).local();
        let missing = usize::from(self.generate_ahead()).saturating_sub(open);
        series.slots_after(after).take(missing).collect()
    }

    /// What to make because slots after `newest` have come while it is open.
    pub fn arrived(&self, series: &Series, newest: Slot, now: Now) -> Arrived {
        if self.anchor == Anchor::Completion || self.missed == Missed::One {
            return Arrived::default();
        }
        let come = series.slots_after(newest.local()).take_while(|slot| has_come(series, *slot, now));
        if self.missed == Missed::Skip {
            return Arrived { make: come.last().into_iter().collect(), replaces: true, more: false };
        }
        let mut make: Vec<Slot> = come.take(STACKED_MAX + 1).collect();
        let more = make.len() > STACKED_MAX;
        make.truncate(STACKED_MAX);
        Arrived { make, replaces: false, more }
    }

    /// When the next slot after `newest` comes, for the policies that act on it.
    pub fn next_arrival(&self, series: &Series, newest: Slot) -> Option<When> {
        let acts = self.anchor == Anchor::Calendar && self.missed != Missed::One;
        acts.then(|| series.next_after(newest)).flatten().map(|slot| series.occurrence(slot).when)
    }

    /// The next slot counted from the day of completion: at the rule's own time of day, or for units shorter than a day from the
    /// minute of completion.
    fn next_from_completion(&self, newest: Slot, completed: Now, made: u32) -> Option<Slot> {
        if matches!(self.rule().end(), End::Count(count) if made >= count) {
            return None;
        }
        let done = self.local(completed);
        let start = match self.start() {
            When::Date(_) => When::Date(done.date()),
            When::At(time) if self.rule().frequency() >= Frequency::Hourly => {
                let minute = done.with_second(0).unwrap_or(done);
                When::At(LocalTime::new(minute, time.zone()))
            }
            When::At(time) => When::At(LocalTime::new(done.date().and_time(time.local().time()), time.zone())),
        };
        let after = match start {
            When::Date(date) => date.and_time(NaiveTime::MIN),
            When::At(time) => time.local(),
        };
        // One that was done before its day does not come on that very day again.
        self.series_from(start).slots_after(after).find(|slot| *slot != newest)
    }

    /// Where `now` stands among the slots: on the clock of the rule's zone, or as the day where the person is.
    fn local(&self, now: Now) -> NaiveDateTime {
        match self.start() {
            When::Date(_) => now.today().and_time(NaiveTime::MIN),
            When::At(time) => LocalTime::at(now.instant(), time.zone()).local(),
        }
    }
}

/// Whether an occurrence's time has come: a day when it begins where the person is.
fn has_come(series: &Series, slot: Slot, now: Now) -> bool {
    match series.occurrence(slot).when {
        When::Date(date) => date <= now.today(),
        When::At(time) => time.instant() <= now.instant(),
    }
}
