//! Ids of what a rule makes: hashes, so that two replicas that make the same have one thing (UUID version 5).

use super::slot::Slot;
use crate::id::{RuleId, TaskId};
use uuid::Uuid;

/// The occurrence of a rule at a slot.
pub fn occurrence(rule: RuleId, slot: Slot) -> TaskId {
    TaskId::from_bytes(hash(rule, "slot:", slot.to_string().as_bytes()))
}

/// The occurrence that follows `predecessor` in a rule whose anchor is completion: whenever that was done, and wherever.
pub fn successor(rule: RuleId, predecessor: TaskId) -> TaskId {
    TaskId::from_bytes(hash(rule, "after:", predecessor.as_bytes()))
}

/// The rule that goes on from a slot when "this and the future" is edited.
pub fn split(rule: RuleId, slot: Slot) -> RuleId {
    RuleId::from_bytes(hash(rule, "from:", slot.to_string().as_bytes()))
}

/// The sub-task of an occurrence that is like this one of the occurrence before it.
pub fn part(occurrence: TaskId, of: TaskId) -> TaskId {
    let namespace = Uuid::from_bytes(*occurrence.as_bytes());
    TaskId::from_bytes(Uuid::new_v5(&namespace, &[b"part:", of.as_bytes().as_slice()].concat()).into_bytes())
}

/// The rule that makes a task come again which was there without one.
pub fn rule_of(task: TaskId) -> RuleId {
    RuleId::from_bytes(Uuid::new_v5(&Uuid::from_bytes(*task.as_bytes()), b"rule").into_bytes())
}

fn hash(rule: RuleId, purpose: &str, name: &[u8]) -> [u8; 16] {
    let name = [purpose.as_bytes(), name].concat();
    Uuid::new_v5(&Uuid::from_bytes(*rule.as_bytes()), &name).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_on_every_replica_and_for_ever() {
        let rule = RuleId::from_bytes([7; 16]);
        let slot: Slot = "2026-12-01T09:00:00".parse().unwrap();
        let made = occurrence(rule, slot);
        // Stored by every device: these must never change.
        assert_eq!(format!("{made:?}"), "TaskId(d85256f1-1286-5522-b020-dbb58b4efadf)");
        assert_eq!(format!("{:?}", successor(rule, made)), "TaskId(52ac1cad-babb-5fbe-bcc3-cba6f355d872)");
        assert_eq!(format!("{:?}", split(rule, slot)), "RuleId(d111d67e-e2d7-5936-94d6-e0230db4934f)");
    }

    #[test]
    fn ids_of_different_things_differ() {
        let (rule, other) = (RuleId::from_bytes([7; 16]), RuleId::from_bytes([8; 16]));
        let slot = |text: &str| text.parse::<Slot>().unwrap();
        let made = occurrence(rule, slot("2026-12-01"));
        assert_ne!(made, occurrence(other, slot("2026-12-01")));
        assert_ne!(made, occurrence(rule, slot("2026-12-02")));
        assert_ne!(made, occurrence(rule, slot("2026-12-01T00:00:00")));
        assert_ne!(made.as_bytes(), split(rule, slot("2026-12-01")).as_bytes());
    }
}
