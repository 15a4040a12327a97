//! `REMINDER`: the same keys in the same order, whatever is set; and its ledger.

use super::VERSION;
use super::operation::OperationDoc;
use super::task::{instant, some};
use crate::outcome::ReminderReport;
use crate::output::{dates, label};
use chrono::{Duration, NaiveTime};
use serde::Serialize;
use tasks_proto::v1;

/// A reminder. Instants are RFC 3339 in UTC.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ReminderDoc<'a> {
    /// 32 letters; any beginning that names no other reminder stands for it.
    id: String,
    /// Id of the task it belongs to.
    task: String,
    /// `at_due_time`, `before_15_min`, `before_30_min`, `before_1_hour`, `before_1_day` or `custom`; null for what a newer build made.
    trigger: Option<&'a str>,
    /// So long before the task is due, in ISO 8601; null for other triggers.
    before: Option<String>,
    /// So many days before the day that the task is due, at `time`; null for other triggers.
    days_before: Option<i64>,
    /// Time of day of `days_before`, and what a task that is due all day counts as due at; null for a time of its own.
    time: Option<String>,
    /// The zone it was made in.
    tz: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["desktop", "email", "webhook"])))]
    channel: &'a str,
    /// Where the channel leads; null for the screen and the person's own mailbox.
    address: Option<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = ["pending", "failed", "sent", "cancelled", "acknowledged"])))]
    state: &'a str,
    /// Why it does not come, or not yet; null when there is nothing to say.
    reason: Option<&'a str>,
    /// Whether it waits for a channel.
    held: bool,
    /// When it comes or came; null when its task has no due date to count from.
    at: Option<String>,
    /// What its trigger says, when it was put off from there; null otherwise.
    snoozed_from: Option<String>,
    /// Attempts that did not work.
    attempts: u32,
    /// When it is tried next; null when it waits for no instant.
    next_at: Option<String>,
    sent_at: Option<String>,
    acknowledged_at: Option<String>,
    created_at: Option<String>,
}

impl<'a> ReminderDoc<'a> {
    /// The document of a reminder.
    pub(super) fn of(one: &'a v1::Reminder) -> Self {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(one.time_seconds, 0);
        let has_time = one.before_seconds.is_some() || one.days_before.is_some();
        Self {
            id: label::letters_of_task(&one.id),
            task: label::letters_of_task(&one.task_id),
            trigger: some(&one.trigger),
            before: one.before_seconds.and_then(Duration::try_seconds).map(dates::iso_length),
            days_before: one.days_before,
            time: time.filter(|_| has_time).map(|time| time.to_string()),
            tz: &one.zone,
            channel: &one.channel,
            address: some(&one.address),
            state: &one.state,
            reason: some(&one.reason),
            held: one.held,
            at: one.at_unix_ms.and_then(instant),
            snoozed_from: one.meant_unix_ms.filter(|meant| one.at_unix_ms != Some(*meant)).and_then(instant),
            attempts: one.attempts,
            next_at: one.next_unix_ms.and_then(instant),
            sent_at: instant(one.sent_at_unix_ms),
            acknowledged_at: instant(one.acknowledged_at_unix_ms),
            created_at: instant(one.created_at_unix_ms),
        }
    }
}

/// Reminders, and what became of them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RemindersDoc<'a> {
    version: u32,
    /// Of a command that changes some: as they are after it.
    reminders: Vec<ReminderDoc<'a>>,
    /// Whether there are more.
    more: bool,
    /// The entry of the log; null when nothing changed, in a dry run, and for what only looks.
    operation: Option<OperationDoc<'a>>,
    /// Ids of those that were as asked already.
    unchanged: Vec<String>,
    dry_run: bool,
}

impl<'a> RemindersDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a ReminderReport) -> Self {
        let change = report.change.as_ref();
        let unchanged = change.iter().flat_map(|change| &change.unchanged);
        Self {
            version: VERSION,
            reminders: report.reminders.iter().map(ReminderDoc::of).collect(),
            more: report.more,
            operation: change.and_then(|change| change.operation.as_ref()).map(OperationDoc::of),
            unchanged: unchanged.map(|id| label::letters_of_task(id)).collect(),
            dry_run: change.is_some_and(|change| change.dry_run),
        }
    }
}

/// Reminders with their ledgers.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LedgersDoc<'a> {
    version: u32,
    reminders: Vec<LedgerDoc<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LedgerDoc<'a> {
    reminder: ReminderDoc<'a>,
    /// In the order of their instants.
    ledger: Vec<LedgerRowDoc<'a>>,
}

/// One instant of a reminder, over one channel, in one round of attempts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LedgerRowDoc<'a> {
    /// 32 letters; what receivers drop repeats by.
    id: String,
    at: Option<String>,
    channel: &'a str,
    address: Option<&'a str>,
    /// From 0.
    round: u32,
    state: &'a str,
    /// The states it was in, lowest rank first.
    marks: Vec<LedgerMarkDoc<'a>>,
    /// What did not work, oldest first.
    attempts: Vec<LedgerAttemptDoc<'a>>,
    /// Since when, and why, it is held back; null when it is not.
    held: Option<LedgerMarkDoc<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LedgerMarkDoc<'a> {
    state: &'a str,
    at: Option<String>,
    reason: Option<&'a str>,
    /// How many were told as one; null when it was told by itself.
    digest: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LedgerAttemptDoc<'a> {
    at: Option<String>,
    /// Null after the last.
    next_at: Option<String>,
    reason: &'a str,
}

impl<'a> LedgersDoc<'a> {
    /// The document of stories.
    pub(super) fn of(stories: &'a [v1::ReminderStory]) -> Self {
        let story = |story: &'a v1::ReminderStory| {
            let reminder = ReminderDoc::of(story.reminder.as_ref()?);
            Some(LedgerDoc { reminder, ledger: story.rows.iter().map(row).collect() })
        };
        Self { version: VERSION, reminders: stories.iter().filter_map(story).collect() }
    }
}

fn row(row: &v1::LedgerRow) -> LedgerRowDoc<'_> {
    let attempts = row.attempts.iter().map(|attempt| LedgerAttemptDoc {
        at: instant(attempt.at_unix_ms),
        next_at: instant(attempt.next_unix_ms),
        reason: &attempt.reason,
    });
    LedgerRowDoc {
        id: label::letters_of_task(&row.id),
        at: instant(row.at_unix_ms),
        channel: &row.channel,
        address: some(&row.address),
        round: row.round,
        state: &row.state,
        marks: row.marks.iter().map(mark).collect(),
        attempts: attempts.collect(),
        held: row.held.as_ref().map(mark),
    }
}

fn mark(mark: &v1::LedgerMark) -> LedgerMarkDoc<'_> {
    LedgerMarkDoc {
        state: &mark.state,
        at: instant(mark.at_unix_ms),
        reason: some(&mark.reason),
        digest: Some(mark.digest).filter(|digest| *digest > 0),
    }
}
