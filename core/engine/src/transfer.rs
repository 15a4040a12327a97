//! Whole tasks out and in, and what belongs to them.

mod records;

pub use records::RecordPage;

use crate::apply::{apply_whole, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::lookup;
use crate::request::{Caller, Logged, Shown, Write};
use crate::store::{Link, Store, StoreRead, StoreTxn, Verdict};
use crate::{log, remind, select, view};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use tasks_domain::error::Error;
use tasks_domain::field;
use tasks_domain::filter::Filter;
use tasks_domain::id::{AccountId, RuleId, TaskId};
use tasks_domain::import::{self, Effect, WholeTask};
use tasks_domain::operation::{CHANGES_MAX, Header, Operation, Reason};
use tasks_domain::plan::Context;
use tasks_domain::record::Record;
use tasks_domain::register::{Change, EntityId, Registers};
use tasks_domain::shown::Progress;
use tasks_domain::task::Task;
use tasks_domain::when::Now;

/// What to export.
#[derive(Clone, Debug)]
pub struct Export {
    filter: Filter,
    now: Now,
    /// Nothing is left out.
    is_all: bool,
}

/// Some tasks of an export.
#[derive(Clone, Debug)]
pub struct ExportPage {
    /// They.
    pub tasks: Vec<Shown>,
    /// The position behind the last of them; as before when there is none.
    pub position: i64,
    /// Nothing comes behind them.
    pub is_last: bool,
}

/// What a request brings in.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// What is no task; written before the tasks.
    pub records: Vec<Record>,
    /// The tasks.
    pub tasks: Vec<WholeTask>,
}

impl Whole {
    /// The rules of which it can change which occurrences there are to be.
    fn rules(&self) -> BTreeSet<RuleId> {
        let rules = self.records.iter().filter_map(|record| record.entity.rule());
        rules.chain(self.tasks.iter().filter_map(|whole| whole.task.rule)).collect()
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Absent when nothing changed, and in a dry run.
    pub operation: Option<Logged>,
    /// One a record and then one a task; `None` for one that was left out.
    pub effects: Vec<Option<Effect>>,
    /// Why some were left out, by their index among the effects.
    pub failures: Vec<(usize, Error)>,
    /// Whether it was only tried.
    pub dry_run: bool,
}

impl<S: Store> Engine<S> {
    /// All tasks that match, whatever their status; the mistakes of the filter are found here.
    pub async fn export_of(
        &self,
        account: AccountId,
        caller: Caller,
        filter: Vec<String>,
    ) -> Result<Export, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            let is_all = filter.is_empty() && caller.context.is_empty();
            Ok(Export { filter: select::read(tx, &filter, &caller)?, now: caller.now, is_all })
        };
        self.store().read(account, read).await
    }

    /// Tasks from right behind `position` on, in the order in which they came here, until `enough` says so of what is there.
    pub async fn export(
        &self,
        account: AccountId,
        export: Arc<Export>,
        position: i64,
        enough: impl Fn(&[Shown]) -> bool + Send + 'static,
    ) -> Result<ExportPage, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            let reminds = tx.has_links(Link::Reminder)?;
            let mut page = ExportPage { tasks: Vec::new(), position, is_last: true };
            let mut failed = None;
            tx.all_tasks(position, &mut |row| {
                page.position = row.place.row;
                match shown(tx, &export, row.task, (row.number, reminds)) {
                    Ok(shown) => page.tasks.extend(shown),
                    Err(error) => failed = Some(error),
                }
                if failed.is_some() || enough(&page.tasks) {
                    page.is_last = false;
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
            failed.map_or(Ok(page), Err)
        };
        self.store().read(account, read).await
    }

    /// Makes records and tasks the same as these: one operation, or none. With `keep_going` what is not possible is left out; else
    /// it refuses all with [`EngineError::Line`].
    pub async fn import(
        &self,
        account: AccountId,
        write: Write,
        whole: Whole,
        keep_going: bool,
    ) -> Result<Imported, EngineError> {
        let engine = self.clone();
        let rules = whole.rules();
        let job = move |tx: &mut dyn StoreTxn| one_import(tx, &write, engine.clock_unix_ms(), &whole, keep_going);
        let imported = self.store().write(account, job).await?;
        if imported.operation.is_some() {
            self.touched().add(account, rules);
        }
        Ok(imported)
    }
}

/// The task as it is exported, if the filter holds.
fn shown(
    tx: &dyn StoreRead,
    export: &Export,
    task: Task,
    (number, reminds): (Option<u32>, bool),
) -> Result<Option<Shown>, EngineError> {
    if !select::holds(tx, &export.filter, &task, export.now)? {
        return Ok(None);
    }
    let blocked = view::is_blocked(tx, &task)?;
    let (states, urgency) = (task.states(export.now, blocked), task.urgency(export.now, blocked));
    let reminders = if reminds { remind::shown_of_task(tx, &task)? } else { Vec::new() };
    Ok(Some(Shown { task, number, short_id: None, states, urgency, progress: Progress::default(), reminders }))
}

fn one_import(
    tx: &mut dyn StoreTxn,
    write: &Write,
    clock_unix_ms: i64,
    whole: &Whole,
    keep_going: bool,
) -> Result<Verdict<Imported>, EngineError> {
    if let Some((_, done)) = tx.operation(write.operation)? {
        return Ok(Verdict::RollBack(repeated(tx.as_read(), &done, write, whole)?));
    }
    let stamp = next_stamp(tx, clock_unix_ms)?;
    let records = records::Draft::plan(tx.as_read(), &whole.records, stamp)?;
    let mut draft = Draft::default();
    draft.plan(tx.as_read(), &whole.tasks, Context { now: write.caller.now, stamp })?;
    draft.refuse_cycles(tx.as_read(), &whole.tasks)?;
    let mut failures = records.failures;
    let before = whole.records.len();
    failures.extend(std::mem::take(&mut draft.failures).into_iter().map(|(index, error)| (before + index, error)));
    failures.sort_by_key(|(index, _)| *index);
    if !keep_going && !failures.is_empty() {
        let (index, error) = failures.swap_remove(0);
        return Err(EngineError::Line { line: index as u32 + 1, error });
    }
    let mut effects = records.effects;
    effects.append(&mut draft.effects);
    failures.iter().for_each(|(index, _)| effects[*index] = None);
    let mut changes = records.changes;
    changes.extend(draft.without(failures.iter().filter_map(|(index, _)| index.checked_sub(before))));
    if changes.len() > CHANGES_MAX {
        return Err(Error::TooManyChanges { changes: changes.len(), max: CHANGES_MAX }.into());
    }
    let mut imported = Imported { effects, failures, dry_run: write.dry_run, ..Imported::default() };
    if changes.is_empty() || write.dry_run {
        return Ok(Verdict::RollBack(imported));
    }
    let header = Header {
        id: write.operation,
        device: stamp.device,
        hlc: stamp.hlc,
        at_unix_ms: write.caller.now.unix_ms(),
        reason: Reason::User,
        command: write.command.clone(),
        confidence: None,
    };
    let (logged, count) = (header.clone(), changes.len() as u32);
    let seq = apply_whole(tx, header, changes, &mut draft.read)?;
    imported.operation = Some(log::logged(tx.as_read(), seq, logged, count, &BTreeSet::new())?);
    Ok(Verdict::Commit(imported))
}

/// The answer to a request that was done already: what its operation tells.
fn repeated(tx: &dyn StoreRead, done: &Operation, write: &Write, whole: &Whole) -> Result<Imported, EngineError> {
    if done.header.command != write.command {
        return Err(Error::OperationReused.into());
    }
    let mut touched: HashSet<EntityId> = done.changes.iter().map(|(change, _)| change.entity).collect();
    touched.extend(log::touched(tx, done)?.into_iter().map(EntityId::from));
    let made: HashSet<EntityId> = done
        .changes
        .iter()
        .filter(|(change, replaced)| change.field == field::EXISTS && replaced.is_none())
        .map(|(change, _)| change.entity)
        .collect();
    let effect = |entity: EntityId| match (made.contains(&entity), touched.contains(&entity)) {
        (true, _) => Effect::New,
        (false, true) => Effect::Changed,
        (false, false) => Effect::Same,
    };
    let records = whole.records.iter().map(|record| record.entity);
    let tasks = whole.tasks.iter().map(|whole| EntityId::from(whole.task.id));
    let effects = records.chain(tasks).map(|entity| Some(effect(entity))).collect();
    Ok(Imported { operation: log::entry(tx, write.operation)?, effects, ..Imported::default() })
}

/// An import while it is planned.
#[derive(Default)]
struct Draft {
    changes: Vec<Change>,
    effects: Vec<Option<Effect>>,
    failures: Vec<(usize, Error)>,
    /// What is stored of the tasks.
    read: HashMap<EntityId, Option<Registers>>,
    /// Which of the changes are a task's, by its index.
    ranges: HashMap<usize, Range<usize>>,
}

impl Draft {
    /// The changes, but for those of these tasks.
    fn without(&mut self, left_out: impl Iterator<Item = usize>) -> Vec<Change> {
        let mut changes = std::mem::take(&mut self.changes);
        let dropped: Vec<Range<usize>> = left_out.filter_map(|index| self.ranges.get(&index).cloned()).collect();
        if !dropped.is_empty() {
            let mut at = 0..;
            changes.retain(|_| at.next().is_some_and(|at| !dropped.iter().any(|range| range.contains(&at))));
        }
        changes
    }

    fn plan(&mut self, tx: &dyn StoreRead, tasks: &[WholeTask], context: Context) -> Result<(), EngineError> {
        let mut seen = HashSet::with_capacity(tasks.len());
        for (index, whole) in tasks.iter().enumerate() {
            let from = self.changes.len();
            let planned = if seen.insert(whole.task.id) {
                let stored = tx.entity(whole.task.id.into())?;
                let before = stored.as_ref().map(|registers| Task::read(whole.task.id, registers));
                self.read.insert(whole.task.id.into(), stored);
                let planned = import::plan(whole, before.as_ref(), context, &mut self.changes);
                let from = from..self.changes.len();
                match planned {
                    Ok(effect) => Ok(self.remind(tx, (whole, effect), from, context)?),
                    Err(error) => Err(error),
                }
            } else {
                Err(Error::TwiceInFile { id: whole.task.id.letters() })
            };
            match planned {
                Ok(effect) => {
                    self.effects.push(Some(effect));
                    self.ranges.insert(index, from..self.changes.len());
                }
                Err(error) => {
                    self.changes.truncate(from);
                    self.effects.push(None);
                    self.failures.push((index, error));
                }
            }
        }
        Ok(())
    }

    /// Makes the reminders of a task whose own changes are those of the range.
    fn remind(
        &mut self,
        tx: &dyn StoreRead,
        (whole, effect): (&WholeTask, Effect),
        own: Range<usize>,
        context: Context,
    ) -> Result<Effect, EngineError> {
        if whole.reminders.is_empty() {
            return Ok(effect);
        }
        let mut registers = self.read.get(&whole.task.id.into()).cloned().flatten().unwrap_or_default();
        self.changes[own].iter().for_each(|change| _ = registers.merge(change));
        let made = remind::wanted::of_file(tx, &Task::read(whole.task.id, &registers), &whole.reminders, context)?;
        let changed = effect == Effect::Same && !made.is_empty();
        self.changes.extend(made);
        Ok(if changed { Effect::Changed } else { effect })
    }

    /// Leaves out the tasks that would become a part of themselves, or wait for themselves.
    fn refuse_cycles(&mut self, tx: &dyn StoreRead, tasks: &[WholeTask]) -> Result<(), EngineError> {
        let ties = |change: &Change| change.field == field::PARENT || change.field == field::AFTER;
        if !self.changes.iter().any(ties) {
            return Ok(());
        }
        let mut planned: HashMap<TaskId, &WholeTask> =
            self.ranges.keys().map(|index| (tasks[*index].task.id, &tasks[*index])).collect();
        for (index, whole) in tasks.iter().enumerate() {
            let Some(range) = self.ranges.get(&index) else { continue };
            if !self.changes[range.clone()].iter().any(ties) {
                continue;
            }
            let found = match cycle(tx, &planned, whole.task.id, "parent")? {
                None => cycle(tx, &planned, whole.task.id, "blocker")?,
                found => found,
            };
            if let Some(error) = found {
                planned.remove(&whole.task.id);
                self.failures.push((index, error));
            }
        }
        Ok(())
    }
}

/// The way by which a task comes back to itself, in the state with the planned tasks laid over what is stored.
fn cycle(
    tx: &dyn StoreRead,
    planned: &HashMap<TaskId, &WholeTask>,
    from: TaskId,
    what: &'static str,
) -> Result<Option<Error>, EngineError> {
    let field = if what == "parent" { field::PARENT } else { field::AFTER };
    let next = |id: TaskId| -> Result<Vec<TaskId>, EngineError> {
        let stored;
        let task = match planned.get(&id).filter(|whole| !whole.absent.contains(&field)) {
            Some(whole) => &whole.task,
            None => match lookup::task(tx, id)? {
                Some(task) => {
                    stored = task;
                    &stored
                }
                None => return Ok(Vec::new()),
            },
        };
        Ok(if what == "parent" { task.parent.into_iter().collect() } else { task.after.clone() })
    };
    let title = |id: &TaskId| -> Result<String, EngineError> {
        Ok(match planned.get(id) {
            Some(whole) => whole.task.title.clone(),
            None => lookup::task(tx, *id)?.map(|task| task.title).unwrap_or_default(),
        })
    };
    // Depth first, each task once.
    let mut came_from: HashMap<TaskId, TaskId> = HashMap::new();
    let mut visit = vec![from];
    while let Some(id) = visit.pop() {
        for other in next(id)? {
            if other == from {
                let mut path = vec![id];
                while let Some(before) = path.last().and_then(|last| came_from.get(last)) {
                    path.push(*before);
                }
                path.reverse();
                path.push(from);
                let path = path.iter().map(title).collect::<Result<_, _>>()?;
                return Ok(Some(Error::Cycle { what, path }));
            }
            if other != id && !came_from.contains_key(&other) {
                came_from.insert(other, id);
                visit.push(other);
            }
        }
    }
    Ok(None)
}
