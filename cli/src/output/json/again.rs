//! Rules and their dates.

use super::VERSION;
use super::task::{WhenDoc, instant};
use crate::outcome::{ComingDate, RuleDates};
use crate::output::{dates, label};
use chrono::Duration;
use serde::Serialize;
use tasks_proto::v1;

/// Rules.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RulesDoc<'a> {
    version: u32,
    rules: Vec<RuleDoc<'a>>,
}

impl<'a> RulesDoc<'a> {
    /// The document of some rules.
    pub(super) fn of(rules: &'a [v1::Rule]) -> Self {
        Self { version: VERSION, rules: rules.iter().map(RuleDoc::of).collect() }
    }
}

/// What makes tasks that come again.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RuleDoc<'a> {
    /// 32 letters.
    id: String,
    #[cfg_attr(test, schemars(extend("enum" = ["active", "paused", "completed", "cancelled", "unknown"])))]
    status: &'static str,
    /// What each occurrence begins with, up to `parent`.
    title: &'a str,
    notes: Option<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = ["low", "medium", "high", "urgent"])))]
    priority: &'static str,
    project: Option<&'a str>,
    tags: &'a [String],
    /// ISO 8601.
    estimate: Option<String>,
    /// Id of a task.
    parent: Option<String>,
    /// RFC 5545 with SKIP of RFC 7529.
    rrule: &'a str,
    start: Option<WhenDoc>,
    /// `calendar` or `completion`: what it counts from.
    anchor: &'a str,
    /// `one`, `skip` or `stack`: what becomes of occurrences that were missed.
    missed: &'a str,
    /// How many are kept open.
    generate_ahead: u32,
    /// What falls on a weekend moves to Monday.
    skip_weekends: bool,
    /// Slots that are left out.
    exdates: &'a [String],
    /// Ended ones among them.
    occurrences_generated: u32,
    next_due: Option<WhenDoc>,
    /// Ids of the open occurrences, earliest first.
    open: Vec<String>,
    /// Dates behind those, as many as the command tells.
    upcoming: Vec<DateDoc<'a>>,
    created_at: Option<String>,
}

impl<'a> RuleDoc<'a> {
    /// The document of a rule.
    pub(super) fn of(rule: &'a v1::Rule) -> Self {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Self {
            id: label::letters_of_task(&rule.id),
            status: status(rule.status()),
            title: &rule.title,
            notes: some(&rule.notes),
            priority: dates::priority_word(rule.priority()),
            project: some(&rule.project),
            tags: &rule.tags,
            estimate: (rule.estimate_seconds > 0)
                .then(|| Duration::try_seconds(rule.estimate_seconds).map(dates::iso_length))
                .flatten(),
            parent: Some(label::letters_of_task(&rule.parent)).filter(|id| !id.is_empty()),
            rrule: &rule.rrule,
            start: WhenDoc::of_wire(rule.start.as_ref()),
            anchor: &rule.anchor,
            missed: &rule.missed,
            generate_ahead: rule.generate_ahead,
            skip_weekends: rule.skip_weekends,
            exdates: &rule.exdates,
            occurrences_generated: rule.occurrences_generated,
            next_due: WhenDoc::of_wire(rule.next_due.as_ref()),
            open: rule.open.iter().map(|one| label::letters_of_task(&one.task)).collect(),
            upcoming: rule.upcoming.iter().map(DateDoc::of).collect(),
            created_at: instant(rule.created_at_unix_ms),
        }
    }
}

/// A date of a rule, and the policies that made it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DateDoc<'a> {
    /// Where the rule has it, before weekends and clock changes.
    slot: &'a str,
    when: Option<WhenDoc>,
    #[cfg_attr(test, schemars(extend("enum" = ["clamped", null])))]
    moved: Option<&'static str>,
    weekend: bool,
    gap: bool,
    overlap: bool,
}

impl<'a> DateDoc<'a> {
    fn of(date: &'a v1::RuleDate) -> Self {
        Self {
            slot: &date.slot,
            when: WhenDoc::of_wire(date.when.as_ref()),
            moved: date.clamped.then_some("clamped"),
            weekend: date.weekend,
            gap: date.gap,
            overlap: date.overlap,
        }
    }
}

/// The coming dates of rules, in order.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ComingDoc<'a> {
    version: u32,
    dates: Vec<ComingDateDoc<'a>>,
}

/// A date that is to come.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ComingDateDoc<'a> {
    /// Id of the rule.
    rule: String,
    title: &'a str,
    /// Id of the task that is there for it; null for one that is not made yet.
    task: Option<String>,
    due: WhenDoc,
    /// Where the rule has it.
    slot: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["clamped", null])))]
    moved: Option<&'static str>,
    weekend: bool,
    gap: bool,
    overlap: bool,
}

impl<'a> ComingDoc<'a> {
    /// The document of coming dates.
    pub(super) fn of(dates: &'a RuleDates) -> Self {
        let one = |ComingDate { rule, open, date, when }: ComingDate<'a>| ComingDateDoc {
            rule: label::letters_of_task(&rule.id),
            title: &rule.title,
            task: open.map(|open| label::letters_of_task(&open.task)),
            due: WhenDoc::of(when),
            slot: date.map(|date| date.slot.as_str()).or(open.map(|open| open.slot.as_str())).unwrap_or_default(),
            moved: date.filter(|date| date.clamped).map(|_| "clamped"),
            weekend: date.is_some_and(|date| date.weekend),
            gap: date.is_some_and(|date| date.gap),
            overlap: date.is_some_and(|date| date.overlap),
        };
        Self { version: VERSION, dates: dates.coming().into_iter().map(one).collect() }
    }
}

/// The word for whether a rule goes on.
pub(in crate::output) fn status(status: v1::RuleStatus) -> &'static str {
    match status {
        // Of a newer build.
        v1::RuleStatus::Unspecified => "unknown",
        v1::RuleStatus::Active => "active",
        v1::RuleStatus::Paused => "paused",
        v1::RuleStatus::Completed => "completed",
        v1::RuleStatus::Cancelled => "cancelled",
    }
}
