//! Counts over many tasks: what was done when, what is due when, what belongs where. Each is fed task by task and keeps only
//! counts, so that it may look at any number of them.

mod calendar;
mod labels;
mod stats;

pub use calendar::{Calendar, CalendarDay, DAYS_MAX as CALENDAR_DAYS_MAX};
pub use labels::{LabelCounts, Labels, ProjectCount, TagCount};
pub use stats::{DAYS_MAX as STATS_DAYS_MAX, Stats, StatsCounter, StatsDay};
