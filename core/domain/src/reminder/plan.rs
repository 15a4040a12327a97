//! Plans: which registers change when a person, or the clock, does something about a reminder. Pure.

use super::ids;
use super::ledger::{ATTEMPTS_MAX, Attempt, Mark, Row, Writer};
use super::model::{self, Reminder, Retry, Slot, Snooze};
use super::notice::Outcome;
use super::spec::ReminderSpec;
use super::standing::{Next, Standing, standing};
use super::state::State;
use crate::error::Error;
use crate::field::{self, NULL};
use crate::id::ReminderId;
use crate::plan::Context;
use crate::register::{Change, FieldId};
use crate::task::{Status, Task};
use chrono::Duration;

/// Most reminders of one task.
pub const REMINDERS_MAX: usize = 64;

/// Waits after the first and after the second failure of a channel, unless the other end asked for longer.
const BACK_OFF: [Duration; ATTEMPTS_MAX - 1] = [Duration::seconds(30), Duration::minutes(5)];
/// Longest wait that another end can ask for.
const BACK_OFF_MAX: Duration = Duration::hours(6);

/// What the ledger says of a reminder whose instant had passed already when it came to count.
pub const PASSED: &str = "its time had passed already";

/// A reminder with all that decides how it stands.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The reminder.
    pub reminder: &'a Reminder,
    /// Its task.
    pub task: Option<&'a Task>,
    /// The ledger's row of its slot.
    pub row: Option<&'a Row>,
}

impl About<'_> {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        standing(self.reminder, self.task, self.row)
    }
}

/// A reminder that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub spec: ReminderSpec,
    /// A person said it, so that what is impossible refuses the command; else it is left out.
    pub explicit: bool,
}

/// Makes a reminder of `task`, as it is after the command. `there` is what the same asking made before. Nothing for one that is
/// there already, and for one that nobody asked for and that is past.
pub fn make(
    task: &Task,
    wanted: &Wanted,
    there: Option<About<'_>>,
    context: Context,
) -> Result<Option<Vec<Change>>, Error> {
    let refuse = |error| if wanted.explicit { Err(error) } else { Ok(None) };
    let reference = || task.id.letters();
    if !task.status().is_live() {
        let title = task.title.clone();
        return refuse(if task.status() == Status::Deleted {
            Error::InTrash { reference: reference(), title }
        } else {
            Error::AlreadyDone { reference: reference(), title }
        });
    }
    let ReminderSpec { channel, trigger } = &wanted.spec;
    let Some(at) = trigger.instant(task.due) else {
        return refuse(match task.due {
            None => Error::ReminderWithoutDue { reference: reference(), title: task.title.clone() },
            Some(_) => Error::ReminderOutOfRange,
        });
    };
    let standing = there.filter(|about| about.reminder.exists).map(|about| about.standing());
    if standing.as_ref().is_some_and(|standing| standing.state == State::Pending) {
        return Ok(None);
    }
    if at <= context.now.instant() {
        return refuse(Error::ReminderPast { at: said(at.timestamp_millis(), context) });
    }
    let id = ids::reminder(task.id, &wanted.spec);
    let mut changes = Vec::new();
    let mut set = |field, value| push(&mut changes, id, field, value, context);
    if !there.is_some_and(|about| about.reminder.exists) {
        set(field::EXISTS, field::encode(&true));
    }
    if let Some(About { reminder, .. }) = there {
        // Asked for again: what kept it from coming does not count any more.
        let unset = [(model::CANCELLED, reminder.cancelled_at.is_some()), (model::SNOOZE, reminder.snooze.is_some())];
        unset.iter().filter(|(_, is_set)| *is_set).for_each(|(field, _)| set(*field, NULL.to_vec()));
    } else {
        set(field::CREATED, field::encode(&context.now.unix_ms()));
        set(model::TASK, field::encode_id(task.id.as_bytes()));
        set(model::TRIGGER, field::encode(trigger));
        set(model::CHANNEL, field::encode(channel));
    }
    Ok(Some(changes).filter(|changes| !changes.is_empty()))
}

/// Puts a reminder off. One that was shown counts as reacted to; one that had been cancelled comes again.
pub fn snooze(about: About<'_>, until_unix_ms: i64, context: Context) -> Result<Vec<Change>, Error> {
    let reminder = about.reminder;
    let task = live(about)?;
    if until_unix_ms <= context.now.unix_ms() {
        return Err(Error::ReminderPast { at: said(until_unix_ms, context) });
    }
    let Some(slot) = reminder.slot(task.due) else {
        return Err(Error::ReminderWithoutDue { reference: task.id.letters(), title: task.title.clone() });
    };
    let mut changes = Vec::new();
    if slot.at_unix_ms != until_unix_ms {
        let value = Snooze { of: slot.meant_unix_ms, until: until_unix_ms };
        push(&mut changes, reminder.id, model::SNOOZE, field::encode(&value), context);
    }
    if reminder.cancelled_at.is_some() {
        push(&mut changes, reminder.id, model::CANCELLED, NULL.to_vec(), context);
    }
    if about.standing().state == State::Sent {
        mark(
            &mut changes,
            about,
            &slot,
            State::Acknowledged,
            &Mark::new(context.now.unix_ms(), Some("snoozed")),
            context,
        );
    }
    Ok(changes)
}

/// What a person does not want any more; nothing for one that came, or will not come anyway because somebody cancelled it.
pub fn cancel(about: About<'_>, context: Context) -> Vec<Change> {
    let mut changes = Vec::new();
    let over = matches!(about.standing().state, State::Sent | State::Acknowledged);
    if !over && about.reminder.cancelled_at.is_none() {
        push(&mut changes, about.reminder.id, model::CANCELLED, field::encode(&context.now.unix_ms()), context);
    }
    changes
}

/// Puts a reminder that failed back, with another round of attempts.
pub fn retry(about: About<'_>, context: Context) -> Result<Vec<Change>, Error> {
    let task = live(about)?;
    let Standing { state, slot, .. } = about.standing();
    let slot = match (state, slot) {
        (State::Failed, Some(slot)) => slot,
        (State::Pending, Some(slot)) => {
            let (title, reference) = (task.title.clone(), about.reminder.id.letters());
            return Err(Error::ReminderToCome { title, at: said(slot.at_unix_ms, context), reference });
        }
        (state, _) => return Err(Error::ReminderNotFailed { state: state.as_str() }),
    };
    let mut changes = Vec::new();
    let value = Retry { of: slot.at_unix_ms, round: slot.round + 1 };
    push(&mut changes, about.reminder.id, model::RETRY, field::encode(&value), context);
    Ok(changes)
}

/// A person reacted to what was sent; `how` in a word. Nothing for what was not sent, or was reacted to.
pub fn acknowledge(about: About<'_>, how: &str, context: Context) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Standing { state: State::Sent, slot: Some(slot), .. } = about.standing() {
        mark(&mut changes, about, &slot, State::Acknowledged, &Mark::new(context.now.unix_ms(), Some(how)), context);
    }
    changes
}

/// What a change of the task, or of the reminder, means for one that was not to come then and now would: when its instant has
/// passed it is cancelled, rather than told late. A round of retries is wanted now, so it stays.
pub fn passed(before: Option<&Standing>, about: About<'_>, context: Context) -> Vec<Change> {
    let mut changes = Vec::new();
    let after = about.standing();
    let Some(slot) = after.slot.filter(|_| after.next != Next::Nothing) else { return changes };
    // The same row of the ledger is the same instant, whether the trigger says it now or it was put off until then.
    let row = |standing: &Standing| standing.slot.map(|slot| slot.row);
    let was_to_come = before.is_some_and(|before| before.next == after.next && row(before) == row(&after));
    if !was_to_come && slot.at_unix_ms <= context.now.unix_ms() && slot.round == 0 {
        mark(&mut changes, about, &slot, State::Cancelled, &Mark::new(context.now.unix_ms(), Some(PASSED)), context);
    }
    changes
}

/// What a delivery's outcome means for the ledger. `digest` is how many were told as one, if several.
pub fn outcome(about: About<'_>, slot: &Slot, outcome: &Outcome, digest: Option<u32>, context: Context) -> Vec<Change> {
    let mut changes = Vec::new();
    let at = context.now.unix_ms();
    let is_held = about.row.is_some_and(|row| row.held.is_some());
    let same_reason = |reason: &str| {
        let held = about.row.and_then(|row| row.held.as_ref());
        held.and_then(|held| held.reason.as_deref()) == Some(reason)
    };
    if let Outcome::Held { reason } = outcome
        && same_reason(reason)
    {
        return changes;
    }
    let mut writer = Writer::open(&mut changes, context.stamp, (about.reminder, slot), about.row);
    if is_held && !matches!(outcome, Outcome::Held { .. }) {
        writer.held(None);
    }
    match outcome {
        Outcome::Sent => writer.mark(State::Sent, &Mark { digest, ..Mark::new(at, None) }),
        Outcome::Held { reason } => writer.held(Some(&Mark::new(at, Some(reason)))),
        Outcome::Refused { reason } => writer.mark(State::Failed, &Mark::new(at, Some(reason))),
        Outcome::Failed { reason, retry_after } => {
            let tried = about.row.map_or(0, |row| row.attempts.len());
            let next = BACK_OFF.get(tried).map(|wait| {
                let asked = retry_after.unwrap_or_else(Duration::zero).min(BACK_OFF_MAX);
                at.saturating_add((*wait).max(asked).num_milliseconds())
            });
            let number = u32::try_from(tried + 1).unwrap_or(u32::MAX);
            writer.attempt(context.stamp.device, number, &Attempt { at, next, reason: reason.clone() });
            if next.is_none() {
                writer.mark(State::Failed, &Mark::new(at, Some(reason)));
            }
        }
    }
    changes
}

fn live(about: About<'_>) -> Result<&Task, Error> {
    let gone = || Error::NoSuchTask { reference: about.reminder.task.letters() };
    let task = about.task.filter(|task| task.exists).ok_or_else(gone)?;
    let (reference, title) = (task.id.letters(), task.title.clone());
    match task.status() {
        Status::Deleted => Err(Error::InTrash { reference, title }),
        Status::Done => Err(Error::AlreadyDone { reference, title }),
        Status::Open | Status::Started => Ok(task),
    }
}

fn mark(changes: &mut Vec<Change>, about: About<'_>, slot: &Slot, state: State, mark: &Mark, context: Context) {
    Writer::open(changes, context.stamp, (about.reminder, slot), about.row).mark(state, mark);
}

fn push(changes: &mut Vec<Change>, id: ReminderId, field: FieldId, value: Vec<u8>, context: Context) {
    changes.push(Change { entity: id.into(), field, key: Vec::new(), value, stamp: context.stamp });
}

/// An instant as the caller's clock shows it.
fn said(unix_ms: i64, context: Context) -> String {
    let instant = chrono::DateTime::from_timestamp_millis(unix_ms).unwrap_or_default();
    instant.with_timezone(&context.now.zone()).format("%a %-d %b %Y %H:%M").to_string()
}
