//! Rules: the dates of a preview.

use super::VERSION;
use chrono::SecondsFormat;
use serde::Serialize;
use tasks_domain::recurrence::{ClockChange, Occurrence};
use tasks_domain::when::When;

/// The dates of a rule, in order.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PreviewDoc {
    version: u32,
    occurrences: Vec<OccurrenceDoc>,
}

/// One date, or a time (RFC 3339 with the offset that holds then), and the policies that made it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum OccurrenceDoc {
    Time { at: String, moved: Option<&'static str>, weekend: bool, gap: bool, overlap: bool },
    Day { date: String, moved: Option<&'static str>, weekend: bool, gap: bool, overlap: bool },
}

impl PreviewDoc {
    /// The document of some occurrences.
    pub(super) fn of(occurrences: &[Occurrence]) -> Self {
        Self { version: VERSION, occurrences: occurrences.iter().map(occurrence).collect() }
    }
}

fn occurrence(one: &Occurrence) -> OccurrenceDoc {
    let moved = one.clamped.then_some("clamped");
    let (weekend, gap, overlap) = (one.weekend, one.clock == ClockChange::Gap, one.clock == ClockChange::Overlap);
    match one.when {
        When::Date(date) => OccurrenceDoc::Day { date: date.to_string(), moved, weekend, gap, overlap },
        When::At(time) => {
            let at = time.zoned().fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false);
            OccurrenceDoc::Time { at, moved, weekend, gap, overlap }
        }
    }
}
