//! Ids of reminders and of the ledger's rows: hashes (UUID version 5), so that two devices that make the same have one thing.

use super::channel::Channel;
use super::spec::ReminderSpec;
use crate::field;
use crate::id::{DeliveryId, ReminderId, TaskId};
use uuid::Uuid;

/// The reminder of a task with this trigger and channel: asking for the same twice asks once.
pub fn reminder(task: TaskId, spec: &ReminderSpec) -> ReminderId {
    ReminderId::from_bytes(hash(task.as_bytes(), "reminder:", &field::encode(spec)))
}

/// The ledger's row of a reminder at an instant (Unix milliseconds), over a channel, in a round of retries (from 0).
pub fn row(reminder: ReminderId, at_unix_ms: i64, channel: &Channel, round: u32) -> DeliveryId {
    let mut name = at_unix_ms.to_be_bytes().to_vec();
    name.extend(round.to_be_bytes());
    name.extend(field::encode(channel));
    DeliveryId::from_bytes(hash(reminder.as_bytes(), "row:", &name))
}

/// What several rows that are delivered as one are known by.
pub fn digest(rows: impl IntoIterator<Item = DeliveryId>) -> DeliveryId {
    let name: Vec<u8> = rows.into_iter().flat_map(|row| *row.as_bytes()).collect();
    DeliveryId::from_bytes(hash(&[0; 16], "digest:", &name))
}

fn hash(of: &[u8; 16], purpose: &str, name: &[u8]) -> [u8; 16] {
    let name = [purpose.as_bytes(), name].concat();
    Uuid::new_v5(&Uuid::from_bytes(*of), &name).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::{Hour, Trigger};
    use super::*;

    #[test]
    fn ids_are_the_same_on_every_replica_and_for_ever() {
        let nine = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let all_day = Hour { time: nine, zone: chrono_tz::Europe::Berlin };
        let trigger = Trigger::Before { length: chrono::Duration::minutes(15), all_day };
        let spec = ReminderSpec { channel: Channel::Desktop, trigger };
        let made = reminder(TaskId::from_bytes([7; 16]), &spec);
        // Stored by every device: these must never change.
        assert_eq!(format!("{made:?}"), "ReminderId(78af8268-6757-5c4e-a5e6-9f8395ca4c97)");
        let first = row(made, 1_795_338_000_000, &Channel::Desktop, 0);
        assert_eq!(format!("{first:?}"), "DeliveryId(a085ffeb-a07d-5a8c-bf0a-3ff4be860b09)");
        let others = [
            row(made, 1_795_338_000_001, &Channel::Desktop, 0),
            row(made, 1_795_338_000_000, &Channel::Email { to: None }, 0),
            row(made, 1_795_338_000_000, &Channel::Desktop, 1),
        ];
        assert!(others.iter().all(|other| *other != first));
    }
}
