//! The operation log: showing it, and taking operations back.

use crate::apply::{apply, next_stamp};
use crate::error::EngineError;
use crate::lookup;
use crate::reference;
use crate::remind;
use crate::request::{Logged, TakenBack, Write, Written};
use crate::store::{StoreRead, StoreTxn};
use crate::view;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::field_name;
use tasks_domain::id::{OperationId, RuleId, TaskId, shortest_unique};
use tasks_domain::operation::{Header, Operation, Reason};
use tasks_domain::register::{EntityId, FieldId, Register};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;
use tasks_domain::undo::{Past, inverse, redo_target, taken_back, undo_target};

/// How far back undo looks for what it can take back: more steps than anybody takes.
const UNDO_DEPTH_MAX: usize = 10_000;

/// Which entries of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogList {
    /// At most so many.
    pub limit: usize,
    /// Only those before this one.
    pub before_seq: Option<u64>,
    /// Also those of the clock, as reminders that came.
    pub with_clock: bool,
}

/// Newest entries first.
pub(crate) fn list(tx: &dyn StoreRead, asked: LogList) -> Result<Vec<Logged>, EngineError> {
    let LogList { limit, before_seq, with_clock } = asked;
    // Whether an entry is taken back is said by entries after it, so the walk always begins at the newest.
    let mut headers: Vec<(u64, Header, u32)> = Vec::new();
    let mut shown = 0;
    tx.operations(None, None, &mut |seq, header, changes| {
        // What was only said is no command; it stands in its conversation. Nothing takes the clock's back, so no entry says so.
        if header.reason == Reason::Talk || header.reason == Reason::Clock && !with_clock {
            return ControlFlow::Continue(());
        }
        shown += usize::from(before_seq.is_none_or(|before| seq < before));
        if shown > limit || headers.len() >= UNDO_DEPTH_MAX {
            return ControlFlow::Break(());
        }
        headers.push((seq, header, changes));
        ControlFlow::Continue(())
    })?;
    let undone = taken_back(headers.iter().map(|(_, header, _)| header));
    let wanted = headers.into_iter().filter(|(seq, ..)| before_seq.is_none_or(|before| *seq < before));
    wanted.map(|(seq, header, changes)| logged(tx, seq, header, changes, &undone)).collect()
}

pub(crate) fn logged(
    tx: &dyn StoreRead,
    seq: u64,
    header: Header,
    changes: u32,
    undone: &BTreeSet<OperationId>,
) -> Result<Logged, EngineError> {
    let undone = undone.contains(&header.id);
    Ok(Logged { short_id: short_id(tx, header.id)?, header, seq, changes, undone })
}

fn short_id(tx: &dyn StoreRead, id: OperationId) -> Result<String, EngineError> {
    let (before, after) = tx.operations_beside(id)?;
    let reversed = |id: OperationId| id.reversed();
    Ok(shortest_unique(id.reversed(), before.map(reversed), after.map(reversed)))
}

/// An entry that was just written, or found again.
pub(crate) fn entry(tx: &dyn StoreRead, id: OperationId) -> Result<Option<Logged>, EngineError> {
    match tx.operation(id)? {
        Some((seq, operation)) => {
            let changes = operation.changes.len() as u32;
            logged(tx, seq, operation.header, changes, &BTreeSet::new()).map(Some)
        }
        None => Ok(None),
    }
}

/// Which way to go in the log.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Undo,
    Redo,
    Revert(String),
    /// That operation, as undo would.
    Exactly(OperationId),
}

/// Takes back one operation, or does one again.
pub(crate) fn step(
    tx: &mut dyn StoreTxn,
    way: &Way,
    id: OperationId,
    write: &Write,
    clock_unix_ms: i64,
) -> Result<TakenBack, EngineError> {
    if let Some((_, done)) = tx.operation(id)? {
        return repeated(tx.as_read(), &done, write);
    }
    let (target, reason) = target(tx.as_read(), way)?;
    let Some((seq, operation)) = tx.operation(target)? else {
        return Err(Error::NoSuchOperation { reference: target.letters() }.into());
    };
    let stamp = next_stamp(tx, clock_unix_ms)?;
    let inverse = inverse(&operation, stamp, &Stored::new(tx.as_read()))?;
    let kept = kept(tx.as_read(), &inverse.kept)?;
    let header = Header {
        id,
        device: stamp.device,
        hlc: stamp.hlc,
        at_unix_ms: write.caller.now.unix_ms(),
        reason,
        command: write.command.clone(),
        confidence: None,
    };
    let touched = touched(tx.as_read(), &operation)?;
    let rules = rules_of(tx.as_read(), &operation, &touched)?;
    apply(tx, header, inverse.changes)?;
    let tx = tx.as_read();
    let target = command_behind(tx, (seq, operation))?;
    let written = Written {
        operation: if write.dry_run { None } else { entry(tx, id)? },
        tasks: those_there(shown(tx, &touched, write)?),
        dry_run: write.dry_run,
        touched: rules.into_iter().collect(),
        ..Written::default()
    };
    Ok(TakenBack { target, written, kept })
}

/// Takes back the operation that a command corrects; `None` when it does not stand any more.
pub(crate) fn take_back_for(
    tx: &mut dyn StoreTxn,
    target: OperationId,
    write: &Write,
    clock_unix_ms: i64,
) -> Result<Option<TakenBack>, EngineError> {
    if tx.operation(target)?.is_none() || is_taken_back(tx.as_read(), target)? {
        return Ok(None);
    }
    let id = OperationId::from_bytes(corrections_id(write.operation));
    step(tx, &Way::Exactly(target), id, write, clock_unix_ms).map(Some)
}

/// The id of the undo that belongs to a correction: it follows from the correction's own.
fn corrections_id(operation: OperationId) -> [u8; 16] {
    let namespace = uuid::Uuid::from_bytes(*operation.as_bytes());
    uuid::Uuid::new_v5(&namespace, b"instead of").into_bytes()
}

/// Whether a later entry took this one back.
fn is_taken_back(tx: &dyn StoreRead, id: OperationId) -> Result<bool, EngineError> {
    let mut headers: Vec<Header> = Vec::new();
    tx.operations(None, None, &mut |_, header, _| {
        let found = header.id == id;
        headers.push(header);
        if found || headers.len() >= UNDO_DEPTH_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(taken_back(&headers).contains(&id))
}

fn target(tx: &dyn StoreRead, way: &Way) -> Result<(OperationId, Reason), EngineError> {
    match way {
        Way::Exactly(id) => return Ok((*id, Reason::Undo(*id))),
        Way::Revert(text) => {
            let id = reference::operation(tx, text)?;
            return Ok((id, Reason::Revert(id)));
        }
        Way::Undo | Way::Redo => {}
    }
    // Nearly always the newest few entries decide, so the look back is short first and goes on only when it must.
    for depth in [16, 256, UNDO_DEPTH_MAX] {
        let mut headers = Vec::new();
        tx.operations(None, Some(tx.device()), &mut |_, header, _| {
            headers.push(header);
            if headers.len() >= depth { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        let all = headers.len() < depth;
        let found = match way {
            Way::Redo => redo_target(&headers).map(|id| (id, Reason::Redo(id))),
            _ => undo_target(&headers).map(|id| (id, Reason::Undo(id))),
        };
        match found {
            Some(found) => return Ok(found),
            None if all => break,
            None => {}
        }
    }
    Err(if matches!(way, Way::Redo) { Error::NothingToRedo } else { Error::NothingToUndo }.into())
}

/// The command of a person that this operation, through undos and redos of one another, is about; how it stands now.
fn command_behind(tx: &dyn StoreRead, found: (u64, Operation)) -> Result<Logged, EngineError> {
    let (mut seq, mut operation) = found;
    let mut undone = true;
    while let Reason::Undo(target) | Reason::Redo(target) = operation.header.reason {
        let Some(next) = tx.operation(target)? else { break };
        (seq, operation) = next;
        undone = !undone;
    }
    let (id, changes) = (operation.header.id, operation.changes.len() as u32);
    let set = if undone { BTreeSet::from([id]) } else { BTreeSet::new() };
    logged(tx, seq, operation.header, changes, &set)
}

/// Without those that the command had made, where others are left to be told of.
fn those_there(mut tasks: Vec<crate::request::Shown>) -> Vec<crate::request::Shown> {
    if tasks.iter().any(|shown| shown.task.exists) {
        tasks.retain(|shown| shown.task.exists);
    }
    tasks
}

/// The past as the store tells it.
struct Stored<'a> {
    tx: &'a dyn StoreRead,
    /// What took back or did again, by its time: read once, newest first, as far back as it was needed.
    restoring: RefCell<Restoring>,
}

#[derive(Default)]
struct Restoring {
    targets: BTreeMap<Stamp, OperationId>,
    /// Entries from this time on were read.
    read_to: Option<Hlc>,
}

impl<'a> Stored<'a> {
    fn new(tx: &'a dyn StoreRead) -> Self {
        Self { tx, restoring: RefCell::default() }
    }
}

impl Past for Stored<'_> {
    type Error = EngineError;

    fn current(&self, entity: EntityId, field: FieldId, key: &[u8]) -> Result<Option<Register>, EngineError> {
        let Some(registers) = self.tx.entity(entity)? else { return Ok(None) };
        // There is nothing left that could be taken back to.
        let emptied = entity.task().is_some_and(|id| Task::read(id, &registers).is_emptied());
        Ok(if emptied { None } else { registers.get(field, key).cloned() })
    }

    fn restoring(&self, stamp: Stamp) -> Result<Option<Operation>, EngineError> {
        let mut known = self.restoring.borrow_mut();
        if known.read_to.is_none_or(|read_to| stamp.hlc < read_to) {
            *known = Restoring { read_to: Some(stamp.hlc), ..Restoring::default() };
            let mut seen = 0;
            // A replica's own entries stand in the order of their times.
            self.tx.operations(None, Some(stamp.device), &mut |_, header, _| {
                seen += 1;
                if let Some(target) = header.reason.target() {
                    known.targets.insert(Stamp { hlc: header.hlc, device: header.device }, target);
                }
                let enough = header.hlc <= stamp.hlc || seen >= UNDO_DEPTH_MAX;
                if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        match known.targets.get(&stamp) {
            Some(id) => Ok(self.tx.operation(*id)?.map(|(_, operation)| operation)),
            None => Ok(None),
        }
    }
}

/// The answer to a command that was done already.
fn repeated(tx: &dyn StoreRead, done: &Operation, write: &Write) -> Result<TakenBack, EngineError> {
    let target = done.header.reason.target().ok_or(Error::OperationReused)?;
    let found = tx.operation(target)?.ok_or_else(|| Error::NoSuchOperation { reference: target.letters() })?;
    let target = command_behind(tx, found)?;
    let written = Written {
        operation: entry(tx, done.header.id)?,
        tasks: shown(tx, &touched(tx, done)?, write)?,
        ..Written::default()
    };
    Ok(TakenBack { target, written, kept: Vec::new() })
}

/// The tasks an operation wrote to, or to whose reminders, in order, each once.
pub(crate) fn touched(tx: &dyn StoreRead, operation: &Operation) -> Result<Vec<TaskId>, EngineError> {
    let (mut seen, mut touched) = (BTreeSet::new(), Vec::new());
    for (change, _) in &operation.changes {
        let task = match (change.entity.task(), change.entity.reminder()) {
            (Some(task), _) => Some(task),
            (None, Some(reminder)) => remind::load::reminder(tx, reminder)?.map(|reminder| reminder.task),
            (None, None) => None,
        };
        touched.extend(task.filter(|id| seen.insert(*id)));
    }
    Ok(touched)
}

/// The rules an operation wrote to, or to whose occurrences, which are among `tasks`.
fn rules_of(tx: &dyn StoreRead, operation: &Operation, tasks: &[TaskId]) -> Result<BTreeSet<RuleId>, EngineError> {
    let mut rules: BTreeSet<RuleId> = operation.changes.iter().filter_map(|(change, _)| change.entity.rule()).collect();
    for id in tasks {
        rules.extend(lookup::task(tx, *id)?.and_then(|task| task.rule));
    }
    Ok(rules)
}

fn shown(tx: &dyn StoreRead, ids: &[TaskId], write: &Write) -> Result<Vec<crate::request::Shown>, EngineError> {
    let mut tasks = Vec::new();
    for id in ids {
        tasks.extend(view::shown_by_id(tx, *id, write.caller.now)?);
    }
    Ok(tasks)
}

fn kept(tx: &dyn StoreRead, kept: &[(EntityId, FieldId)]) -> Result<Vec<String>, EngineError> {
    let mut lines = Vec::new();
    for (entity, field) in kept {
        let Some(id) = entity.task() else {
            let field = field_name::of(*field).unwrap_or("setting");
            lines.push(format!("a {field} was changed since and stays"));
            continue;
        };
        let task = lookup::task(tx, id)?;
        if task.as_ref().is_some_and(Task::is_emptied) {
            lines.push("a task was in the trash for so long that its contents are gone".to_owned());
            continue;
        }
        let title = task.map(|task| task.title).unwrap_or_default();
        let field = field_name::of(*field).map_or_else(|| format!("field {}", field.0), str::to_owned);
        lines.push(format!("{field} of \"{title}\" was changed since and stays"));
    }
    Ok(lines)
}
