//! Reminders and their ledgers. They go one way only, but for what says when and how, which files bring back.

use crate::v1;
use chrono::{DateTime, Duration, NaiveTime, Timelike as _};
use tasks_domain::error::Error;
use tasks_domain::reminder::ledger::Mark;
use tasks_domain::reminder::{Channel, Hour, Next, ReminderShown, ReminderSpec, Row, State, Trigger};
use tasks_domain::when::{LocalTime, parse_zone};

/// To the wire.
pub fn to_wire(shown: &ReminderShown) -> v1::Reminder {
    let (reminder, standing) = (&shown.reminder, &shown.standing);
    let (before, days_before, hour) = match reminder.trigger {
        Some(Trigger::Before { length, all_day }) => (Some(length.num_seconds()), None, Some(all_day)),
        Some(Trigger::OnDay { days_before, hour }) => (None, Some(days_before), Some(hour)),
        Some(Trigger::At(_)) | None => (None, None, None),
    };
    let marked = |state| shown.row.as_ref().and_then(|row| row.mark(state)).map_or(0, |mark| mark.at);
    v1::Reminder {
        id: reminder.id.as_bytes().to_vec(),
        short_id: shown.short_id.clone(),
        task_id: reminder.task.as_bytes().to_vec(),
        task_number: shown.task_number.unwrap_or(0),
        task_title: shown.task_title.clone(),
        trigger: reminder.trigger.map(|trigger| trigger.name().to_owned()).unwrap_or_default(),
        before_seconds: before,
        days_before,
        time_seconds: hour.map_or(0, |hour| hour.time.num_seconds_from_midnight()),
        zone: reminder.zone().name().to_owned(),
        channel: reminder.channel.as_str().to_owned(),
        address: reminder.channel.address().unwrap_or_default().to_owned(),
        state: standing.state.as_str().to_owned(),
        reason: standing.why.as_ref().map(ToString::to_string).unwrap_or_default(),
        at_unix_ms: standing.slot.map(|slot| slot.at_unix_ms),
        meant_unix_ms: standing.slot.map(|slot| slot.meant_unix_ms),
        attempts: shown.row.as_ref().map_or(0, |row| row.attempts.len() as u32),
        next_unix_ms: match standing.next {
            Next::At(at) => Some(at),
            Next::Nothing | Next::Channel => None,
        },
        held: standing.next == Next::Channel,
        sent_at_unix_ms: marked(State::Sent),
        acknowledged_at_unix_ms: marked(State::Acknowledged),
        created_at_unix_ms: reminder.created_at,
    }
}

/// A row of the ledger, to the wire.
pub fn row_to_wire(row: &Row) -> v1::LedgerRow {
    let attempts = row.attempts.iter().map(|attempt| v1::LedgerAttempt {
        at_unix_ms: attempt.at,
        next_unix_ms: attempt.next.unwrap_or(0),
        reason: attempt.reason.clone(),
    });
    v1::LedgerRow {
        id: row.id.as_bytes().to_vec(),
        at_unix_ms: row.at_unix_ms,
        channel: row.channel.as_str().to_owned(),
        address: row.channel.address().unwrap_or_default().to_owned(),
        round: row.round,
        state: row.state().as_str().to_owned(),
        marks: row.marks.iter().map(|(state, mark)| mark_to_wire(*state, mark)).collect(),
        attempts: attempts.collect(),
        held: row.held.as_ref().map(|mark| mark_to_wire(State::Pending, mark)),
    }
}

fn mark_to_wire(state: State, mark: &Mark) -> v1::LedgerMark {
    v1::LedgerMark {
        state: state.as_str().to_owned(),
        at_unix_ms: mark.at,
        reason: mark.reason.clone().unwrap_or_default(),
        digest: mark.digest.unwrap_or(0),
    }
}

/// What was asked for, from the wire: only what says when and how is read.
pub fn spec_from_wire(wire: &v1::Reminder) -> Result<ReminderSpec, Error> {
    let zone = parse_zone(&wire.zone)?;
    let hour = || {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(wire.time_seconds, 0);
        let time = time.ok_or_else(|| super::malformed(format!("a day has no second {}", wire.time_seconds)))?;
        Ok::<_, Error>(Hour { time, zone })
    };
    let trigger = match (wire.before_seconds, wire.days_before, wire.at_unix_ms) {
        (Some(seconds), _, _) => {
            let length = Duration::try_seconds(seconds).filter(|length| *length >= Duration::zero());
            let length = length.ok_or_else(|| super::malformed("a reminder comes before an impossible length"))?;
            Trigger::Before { length, all_day: hour()? }
        }
        (None, Some(days_before), _) => Trigger::OnDay { days_before, hour: hour()? },
        (None, None, Some(at)) => {
            let at = DateTime::from_timestamp_millis(at);
            let at = at.ok_or_else(|| super::malformed("a reminder is outside the calendar"))?;
            Trigger::At(LocalTime::at(at, zone))
        }
        (None, None, None) => return Err(super::malformed("a reminder says no time")),
    };
    Ok(ReminderSpec { channel: channel_from_wire(&wire.channel, &wire.address)?, trigger })
}

/// A channel by its word and address.
pub fn channel_from_wire(word: &str, address: &str) -> Result<Channel, Error> {
    match word {
        "" | "desktop" => Ok(Channel::Desktop),
        "email" => Channel::email(address),
        "webhook" => Channel::webhook(address),
        other => Err(super::malformed(format!("there is no channel `{other}`"))),
    }
}
