//! Looking at reminders: those to come, those that wait for somebody, and why one did or did not come.

use super::named::{Named, named};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::lookup;
use crate::past;
use crate::reference::{self, Numbered};
use crate::remind::load;
use crate::remind::shown::shown;
use crate::store::{Alarm, Link, Store, StoreRead};
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, ReminderId};
use tasks_domain::register::Kind;
use tasks_domain::reminder::{ReminderShown, Row};

/// Which reminders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// To come, in the order in which they come; then those that failed, and those held back.
    #[default]
    Waiting,
    /// To come.
    Coming,
    /// All that were ever made, newest first.
    All,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ReminderList {
    /// Which.
    pub which: Which,
    /// Of these tasks only, named as tasks are; none: of all.
    pub tasks: Vec<String>,
    /// At most so many; 0 for all.
    pub limit: usize,
    /// As it was at that moment, in Unix milliseconds; `None` for now.
    pub moment: Option<i64>,
}

/// A reminder and its ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderStory {
    /// The reminder.
    pub shown: ReminderShown,
    /// Its rows, in the order of their instants.
    pub rows: Vec<Row>,
}

impl<S: Store> Engine<S> {
    /// Lists reminders; whether there are more.
    pub async fn reminders(
        &self,
        account: AccountId,
        query: ReminderList,
    ) -> Result<(Vec<ReminderShown>, bool), EngineError> {
        let read = move |tx: &dyn StoreRead| past::at(tx, query.moment, |tx| list(tx, &query));
        self.store().read(account, read).await
    }

    /// Reminders with their ledgers, named by their own ids or by their tasks'.
    pub async fn reminder_stories(
        &self,
        account: AccountId,
        references: Vec<String>,
        moment: Option<i64>,
    ) -> Result<Vec<ReminderStory>, EngineError> {
        let read = move |tx: &dyn StoreRead| past::at(tx, moment, |tx| stories(tx, &references));
        self.store().read(account, read).await
    }
}

fn stories(tx: &dyn StoreRead, references: &[String]) -> Result<Vec<ReminderStory>, EngineError> {
    let mut stories: Vec<ReminderStory> = Vec::new();
    for reference in reference::single(tx, references, Numbered::Live)? {
        for id in ids_of(tx, &reference)? {
            if stories.iter().all(|story| story.shown.reminder.id != id) {
                stories.extend(story(tx, id)?);
            }
        }
    }
    Ok(stories)
}

fn ids_of(tx: &dyn StoreRead, reference: &str) -> Result<Vec<ReminderId>, EngineError> {
    let task = match named(tx, reference)? {
        Named::Reminder(id) => return Ok(vec![id]),
        Named::Task(task) => task,
    };
    let of = lookup::task(tx, task)?.ok_or_else(|| Error::NoSuchTask { reference: reference.to_owned() })?;
    let mut ids = Vec::new();
    for one in crate::remind::shown_of_task(tx, &of)? {
        ids.push(one.reminder.id);
    }
    if ids.is_empty() {
        let (title, reference) = (of.title, task.letters());
        return Err(Error::NoReminders { title, what: "told of", reference }.into());
    }
    Ok(ids)
}

fn story(tx: &dyn StoreRead, id: ReminderId) -> Result<Option<ReminderStory>, EngineError> {
    let Some(loaded) = load::loaded(tx, id)? else { return Ok(None) };
    let mut rows = Vec::new();
    for part in tx.parts(Link::Delivery, *id.as_bytes())? {
        if let Some(row) = part.delivery() {
            rows.extend(load::row(tx, row)?);
        }
    }
    rows.sort_by_key(|row| (row.at_unix_ms, row.round));
    Ok(Some(ReminderStory { shown: shown(tx, &loaded)?, rows }))
}

fn list(tx: &dyn StoreRead, query: &ReminderList) -> Result<(Vec<ReminderShown>, bool), EngineError> {
    let mut ids = Ids { found: Vec::new(), most: if query.limit == 0 { usize::MAX } else { query.limit }, more: false };
    if query.tasks.is_empty() {
        match query.which {
            Which::Waiting | Which::Coming if query.moment.is_some() => waiting_then(tx, query.which, &mut ids)?,
            Which::Waiting => tx.alarms(Alarm::At(i64::MIN), Alarm::Held, &mut |_, id| ids.take(id))?,
            Which::Coming => tx.alarms(Alarm::At(i64::MIN), Alarm::At(i64::MAX), &mut |_, id| ids.take(id))?,
            Which::All => tx.entities(Kind::REMINDER, &mut |entity, registers| {
                let id = entity.reminder().filter(|id| {
                    tasks_domain::reminder::Reminder::read(*id, &registers).is_some_and(|reminder| reminder.exists)
                });
                id.map_or(ControlFlow::Continue(()), |id| ids.take(id))
            })?,
        }
    }
    for reference in &query.tasks {
        let task = reference::task(tx, reference)?;
        let Some(task) = lookup::task(tx, task)? else { continue };
        for one in load::of_task(tx, &task)?.iter().filter(|one| one.reminder.exists) {
            if is_wanted(query.which, load::alarm(&one.standing())) {
                _ = ids.take(one.reminder.id);
            }
        }
    }
    let mut all = Vec::with_capacity(ids.found.len());
    for id in ids.found {
        if let Some(loaded) = load::loaded(tx, id)? {
            all.push(shown(tx, &loaded)?);
        }
    }
    if !query.tasks.is_empty() || query.which == Which::All {
        // Alarms come in their order; what is of tasks, or of all, does not.
        all.sort_by_key(|one| one.standing.slot.map_or(i64::MAX, |slot| slot.at_unix_ms));
    }
    Ok((all, ids.more))
}

fn is_wanted(which: Which, waits: Option<Alarm>) -> bool {
    match which {
        Which::Waiting => waits.is_some(),
        Which::Coming => matches!(waits, Some(Alarm::At(_))),
        Which::All => true,
    }
}

/// Those that waited at a moment of the past, of which there is no index: all are looked at.
fn waiting_then(tx: &dyn StoreRead, which: Which, ids: &mut Ids) -> Result<(), EngineError> {
    let mut all = Vec::new();
    tx.entities(Kind::REMINDER, &mut |entity, _| {
        all.extend(entity.reminder());
        ControlFlow::Continue(())
    })?;
    let mut waiting = Vec::new();
    for id in all {
        let loaded = load::loaded(tx, id)?.filter(|loaded| loaded.reminder.exists);
        let waits = loaded.and_then(|loaded| load::alarm(&loaded.standing()));
        if is_wanted(which, waits) {
            waiting.push((waits, id));
        }
    }
    waiting.sort_unstable();
    for (_, id) in waiting {
        if ids.take(id).is_break() {
            break;
        }
    }
    Ok(())
}

struct Ids {
    found: Vec<ReminderId>,
    most: usize,
    more: bool,
}

impl Ids {
    fn take(&mut self, id: ReminderId) -> ControlFlow<()> {
        self.more = self.found.len() >= self.most;
        if self.more {
            return ControlFlow::Break(());
        }
        self.found.push(id);
        ControlFlow::Continue(())
    }
}
