//! What files hold besides tasks: reminders with their ledger, rules, saved views.

use super::Export;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::lookup;
use crate::recurring::{Overlay, open};
use crate::remind::load;
use crate::select;
use crate::store::{Link, Store, StoreRead};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, RuleId, TaskId};
use tasks_domain::import::Effect;
use tasks_domain::record::{self, Record};
use tasks_domain::recurring::Recurring;
use tasks_domain::register::{Change, EntityId, Kind, Registers};
use tasks_domain::saved::SETTINGS;
use tasks_domain::stamp::Stamp;
use tasks_domain::task::Task;

/// Records of one page, about.
const RECORDS_PER_PAGE: usize = 512;

/// Some records of an export.
#[derive(Clone, Debug)]
pub struct RecordPage {
    /// They.
    pub records: Vec<Record>,
    /// The position behind the last task whose reminders are among them.
    pub position: i64,
    /// Nothing comes behind them.
    pub is_last: bool,
}

impl<S: Store> Engine<S> {
    /// The records of what is exported: first the reminders of tasks from right behind `position` on, each with its rows of the
    /// ledger; with the last page the rules of these tasks, and with everything the rules of none and the saved views.
    pub async fn export_records(
        &self,
        account: AccountId,
        export: Arc<Export>,
        position: i64,
    ) -> Result<RecordPage, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            let mut page = RecordPage { records: Vec::new(), position, is_last: true };
            if tx.has_links(Link::Reminder)? {
                reminders(tx, &export, &mut page)?;
            }
            if page.is_last {
                rules(tx, &export, &mut page.records)?;
                if export.is_all {
                    let settings = tx.entity(SETTINGS)?;
                    page.records.extend(settings.and_then(|registers| Record::of(SETTINGS, &registers, Vec::new())));
                }
            }
            Ok(page)
        };
        self.store().read(account, read).await
    }
}

fn reminders(tx: &dyn StoreRead, export: &Export, page: &mut RecordPage) -> Result<(), EngineError> {
    let mut failed = None;
    tx.all_tasks(page.position, &mut |row| {
        page.position = row.place.row;
        if let Err(error) = of_task(tx, export, &row.task, &mut page.records) {
            failed = Some(error);
        }
        page.is_last = failed.is_none() && page.records.len() < RECORDS_PER_PAGE;
        if page.is_last { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed.map_or(Ok(()), Err)
}

fn of_task(tx: &dyn StoreRead, export: &Export, task: &Task, into: &mut Vec<Record>) -> Result<(), EngineError> {
    let mut ids = load::ids_of_task(tx, task.id)?;
    if ids.is_empty() || !select::holds(tx, &export.filter, task, export.now)? {
        return Ok(());
    }
    ids.sort_unstable();
    for id in ids {
        let reminder = read(tx, id.into())?;
        if reminder.is_none() {
            continue;
        }
        into.extend(reminder);
        let mut rows = tx.parts(Link::Delivery, *id.as_bytes())?;
        rows.sort_unstable();
        for row in rows {
            into.extend(read(tx, row)?);
        }
    }
    Ok(())
}

fn read(tx: &dyn StoreRead, entity: EntityId) -> Result<Option<Record>, EngineError> {
    Ok(tx.entity(entity)?.and_then(|registers| Record::of(entity, &registers, Vec::new())))
}

fn rules(tx: &dyn StoreRead, export: &Export, into: &mut Vec<Record>) -> Result<(), EngineError> {
    let mut found: Vec<(RuleId, Registers)> = Vec::new();
    tx.entities(Kind::RULE, &mut |entity, registers| {
        found.extend(entity.rule().map(|id| (id, registers)));
        ControlFlow::Continue(())
    })?;
    found.sort_unstable_by_key(|(id, _)| *id);
    for (id, registers) in found {
        if !export.is_all && !is_of_any(tx, export, id)? {
            continue;
        }
        let rule = Recurring::read(id, registers.clone());
        let nothing: [Change; 0] = [];
        let open = Overlay::new(tx, &nothing).instances(&rule, open(tx, id)?)?;
        let mut touched: Vec<TaskId> = open.into_iter().filter(|one| one.touched).map(|one| one.id).collect();
        touched.sort_unstable();
        into.extend(Record::of(id.into(), &registers, touched));
    }
    Ok(())
}

/// Whether a task that is exported is an occurrence of the rule.
fn is_of_any(tx: &dyn StoreRead, export: &Export, rule: RuleId) -> Result<bool, EngineError> {
    for (id, _) in tx.linked(Link::Rule, Link::target(rule))? {
        if let Some(task) = lookup::task(tx, id)?.filter(|task| task.exists)
            && select::holds(tx, &export.filter, &task, export.now)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Records of an import while they are planned.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) changes: Vec<Change>,
    pub(super) effects: Vec<Option<Effect>>,
    pub(super) failures: Vec<(usize, Error)>,
}

impl Draft {
    pub(super) fn plan(tx: &dyn StoreRead, records: &[Record], stamp: Stamp) -> Result<Self, EngineError> {
        let mut draft = Self::default();
        let mut seen = HashSet::with_capacity(records.len());
        for (index, record) in records.iter().enumerate() {
            let from = draft.changes.len();
            let planned = if seen.insert(record.entity) {
                record::plan(record, tx.entity(record.entity)?.as_ref(), stamp, &mut draft.changes)
            } else {
                Err(Error::TwiceInFile { id: TaskId::from_bytes(record.entity.id).letters() })
            };
            if let Err(error) = &planned {
                draft.changes.truncate(from);
                draft.failures.push((index, error.clone()));
            }
            draft.effects.push(planned.ok());
        }
        Ok(draft)
    }
}
