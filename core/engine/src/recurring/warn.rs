//! What a person should know of a rule's dates when it is made.

use chrono::{Datelike as _, NaiveDate};
use tasks_domain::recurrence::{ClockChange, Occurrence, Schedule};
use tasks_domain::when::When;

/// How far ahead is looked, in occurrences and in days: every clock change and every short month comes by in a year.
const OCCURRENCES_MAX: usize = 400;
const DAYS_MAX: i64 = 400;

/// One line each about dates that are not where the words would have them.
pub(crate) fn about(schedule: &Schedule, is_words: bool) -> Vec<String> {
    let series = schedule.series();
    let Some(first) = series.first() else { return Vec::new() };
    let near =
        series.slots().take(OCCURRENCES_MAX).take_while(|slot| (slot.date() - first.date()).num_days() <= DAYS_MAX);
    let ahead: Vec<Occurrence> = near.map(|slot| series.occurrence(slot)).collect();
    let mut warnings = Vec::new();
    if series.leaves_out_months() && !is_words {
        let fix = "to take their last day instead, add SKIP=BACKWARD to the rule";
        warnings.push(format!("months without that day are left out; {fix}"));
    }
    if let Some(one) = ahead.iter().find(|one| one.clamped) {
        warnings.push(format!("in shorter months it comes on the last day, as on {}", day(one.when.date())));
    }
    if let Some(one) = ahead.iter().find(|one| one.clock == ClockChange::Gap)
        && let When::At(time) = one.when
    {
        let (said, shown) = (one.slot.local().format("%H:%M"), time.local().format("%H:%M"));
        warnings.push(format!("on {} the clocks skip {said}: it comes at {shown}", day(one.when.date())));
    }
    if let Some(one) = ahead.iter().find(|one| one.clock == ClockChange::Overlap) {
        let said = one.slot.local().format("%H:%M");
        warnings.push(format!("on {} there are two {said}: it comes at the first", day(one.when.date())));
    }
    warnings
}

/// "Sun 28 Mar 2027".
fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.format("%a"), date.day(), date.format("%b %Y"))
}
