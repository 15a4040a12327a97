//! What an operation means for reminders: those that it names, those of tasks whose due or life it changes, and those whose rows of
//! the ledger it writes. Their alarms are set, and what happened to them is told.

use super::load;
use crate::error::EngineError;
use crate::store::{Alarm, Link, StoreError, StoreRead, StoreTxn};
use crate::talk::SHELF;
use std::collections::BTreeMap;
use tasks_domain::conversation;
use tasks_domain::event::{self, Event};
use tasks_domain::field;
use tasks_domain::id::ReminderId;
use tasks_domain::operation::{Header, Reason};
use tasks_domain::plan::Context;
use tasks_domain::register::{Change, FieldId, Kind};
use tasks_domain::reminder::{Standing, ledger, model, plan};
use tasks_domain::stamp::Stamp;
use tasks_domain::when::{Now, Zone};

/// The reminders that an operation touches, and how each stood before it.
#[derive(Debug, Default)]
pub(crate) struct Effect(BTreeMap<ReminderId, Option<Standing>>);

/// What becomes of a delivery that was held back or tried already, when its reminder is to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    /// As of any other: it is too late.
    Passes,
    /// It goes on.
    GoesOn,
}

/// Fields of a task that decide about its reminders.
fn decides(field: FieldId) -> bool {
    matches!(field, field::EXISTS | field::STATUS | field::DELETED | field::DUE)
}

impl Effect {
    /// Looks before the operation is applied.
    pub(crate) fn before(tx: &dyn StoreRead, changes: &[Change]) -> Result<Self, EngineError> {
        let mut touched: Vec<ReminderId> = Vec::new();
        let mut any = None;
        let mut last_task = None;
        for change in changes {
            match change.entity.kind {
                Kind::REMINDER => touched.extend(change.entity.reminder()),
                Kind::DELIVERY if change.field == ledger::REMINDER => {
                    touched.extend(id_of(&change.value).map(ReminderId::from_bytes));
                }
                Kind::DELIVERY => {
                    let registers = tx.entity(change.entity)?;
                    let reminder = registers.and_then(|r| field::decode_id(r.get(ledger::REMINDER, &[])));
                    touched.extend(reminder.map(ReminderId::from_bytes));
                }
                Kind::TASK if decides(change.field) && last_task != Some(change.entity) => {
                    last_task = Some(change.entity);
                    // Asked once: mostly there are no reminders at all.
                    let any = match any {
                        Some(any) => any,
                        None => *any.insert(tx.has_links(Link::Reminder)?),
                    };
                    if let Some(task) = change.entity.task().filter(|_| any) {
                        touched.extend(load::ids_of_task(tx, task)?);
                    }
                }
                _ => {}
            }
        }
        let mut effect = Self::default();
        for id in touched {
            if let std::collections::btree_map::Entry::Vacant(entry) = effect.0.entry(id) {
                entry.insert(standing(tx, id)?);
            }
        }
        Ok(effect)
    }

    /// Says whose an entity is that was just stored.
    pub(crate) fn link(tx: &mut dyn StoreTxn, change: &Change) -> Result<(), StoreError> {
        if change.entity.kind == Kind::CONVERSATION && change.field == field::EXISTS {
            return tx.link_part(change.entity, Link::Conversation, SHELF);
        }
        let link = match change.field {
            conversation::CONVERSATION => Link::Message,
            model::TASK => Link::Reminder,
            ledger::REMINDER => Link::Delivery,
            _ => return Ok(()),
        };
        match id_of(&change.value) {
            Some(target) => tx.link_part(change.entity, link, target),
            None => Ok(()),
        }
    }

    /// What else must change: reminders that would come now although their instant had passed before they were to come at all.
    pub(crate) fn passed(&self, tx: &dyn StoreRead, header: &Header, begun: Begun) -> Result<Vec<Change>, EngineError> {
        let mut changes = Vec::new();
        let now = Now::from_unix_ms(header.at_unix_ms, Zone::UTC).filter(|_| header.reason != Reason::Clock);
        let Some(now) = now else { return Ok(changes) };
        let context = Context { now, stamp: Stamp { hlc: header.hlc, device: header.device } };
        for (id, before) in &self.0 {
            let Some(loaded) = load::loaded(tx, *id)? else { continue };
            if begun == Begun::Passes || !loaded.is_begun() {
                changes.extend(plan::passed(before.as_ref(), loaded.about(), context));
            }
        }
        Ok(changes)
    }

    /// Sets the alarms, and tells what happened.
    pub(crate) fn after(
        self,
        tx: &mut dyn StoreTxn,
        header: &Header,
        happened: &mut Vec<Event>,
    ) -> Result<(), EngineError> {
        for (id, before) in self.0 {
            let Some(loaded) = load::loaded(tx.as_read(), id)? else { continue };
            let after = Some(loaded.standing()).filter(|_| loaded.reminder.exists);
            tx.set_alarm(id, after.as_ref().and_then(load::alarm))?;
            happened.extend(event::of_reminder(&loaded.reminder, (before.as_ref(), after.as_ref()), header));
        }
        Ok(())
    }
}

/// How it stands; `None` for one that is not there.
fn standing(tx: &dyn StoreRead, id: ReminderId) -> Result<Option<Standing>, EngineError> {
    let loaded = load::loaded(tx, id)?.filter(|loaded| loaded.reminder.exists);
    Ok(loaded.map(|loaded| loaded.standing()))
}

/// The id that is the value of a change.
fn id_of(value: &[u8]) -> Option<[u8; 16]> {
    field::read_id(value)
}

/// When a stored reminder has something to do, for stores that make their indexes anew.
pub fn alarm_of(tx: &dyn StoreRead, id: ReminderId) -> Result<Option<Alarm>, EngineError> {
    Ok(standing(tx, id)?.as_ref().and_then(load::alarm))
}
