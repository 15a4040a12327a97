//! One command: everything between a request and its commit, in one transaction.

use crate::apply::{apply, next_stamp};
use crate::error::EngineError;
use crate::log;
use crate::recurring::{self, RuleEdit};
use crate::remind;
use crate::request::{Shown, TextReading, Write, Written};
use crate::store::{StoreRead, StoreTxn, Verdict};
use crate::{targets, text, view};
use std::collections::BTreeSet;
use tasks_domain::command::{Command, Step};
use tasks_domain::error::Error;
use tasks_domain::id::TaskId;
use tasks_domain::operation::{CHANGES_MAX, Header, Operation, Reason};
use tasks_domain::plan::{Context, plan};
use tasks_domain::recurring::settle::Moment;

/// A command ready to be planned, and what its texts said.
pub(crate) struct Understood {
    pub(crate) command: Command,
    pub(crate) readings: Vec<TextReading>,
    pub(crate) warnings: Vec<String>,
    pub(crate) failures: Vec<(usize, Error)>,
    /// Rules to change besides.
    pub(crate) rules: Vec<RuleEdit>,
}

impl Understood {
    pub(crate) fn of(command: Command, readings: Vec<TextReading>, warnings: Vec<String>) -> Self {
        Self { command, readings, warnings, failures: Vec::new(), rules: Vec::new() }
    }

    pub(crate) fn plain(command: Command) -> Self {
        Self::of(command, Vec::new(), Vec::new())
    }
}

/// Everything between the request and the commit.
pub(crate) fn run(
    tx: &mut dyn StoreTxn,
    write: &Write,
    clock_unix_ms: i64,
    understand: &dyn Fn(&dyn StoreRead) -> Result<Understood, EngineError>,
) -> Result<Verdict<Written>, EngineError> {
    if let Some((_, done)) = tx.operation(write.operation)? {
        return repeated(tx.as_read(), &done, write).map(Verdict::RollBack);
    }
    let corrected = match write.instead_of {
        Some(target) => log::take_back_for(tx, target, write, clock_unix_ms)?,
        None => None,
    };
    let Understood { command, readings, warnings, failures, rules } = understand(tx.as_read())?;
    let loaded = view::load(tx.as_read(), &command)?;
    let stamp = next_stamp(tx, clock_unix_ms)?;
    let context = Context { now: write.caller.now, stamp };
    let mut planned = plan(&command, &loaded, context)?;
    let at = Moment { now: write.caller.now, stamp };
    let again = recurring::after(tx.as_read(), &command, &loaded, &rules, &mut planned, &write.caller, at)?;
    let mut reminders = remind::wanted::changes(tx.as_read(), &command, &planned.changes, context)?;
    let following = recurring::reminders(tx.as_read(), &again.made, &command, &planned.changes, context)?;
    if !reminders.is_empty() {
        let changes = planned.changes.len() + reminders.len();
        if changes > CHANGES_MAX {
            return Err(Error::TooManyChanges { changes, max: CHANGES_MAX }.into());
        }
        let about = remind::wanted::tasks_of(tx.as_read(), &reminders)?;
        planned.unchanged.retain(|id| !about.contains(id));
        planned.changes.append(&mut reminders);
    }
    planned.changes.extend(following);
    let mut warnings = warnings;
    if let Command::Add(patches) | Command::Edit(patches) = &command {
        warnings.extend(patches.iter().filter_map(|(_, patch)| text::moved_by_clocks(patch)));
    }
    warnings.extend(again.warnings.iter().cloned());
    let mut written = Written {
        over: !again.over.is_empty(),
        touched: again.acts.iter().chain(&again.rules).copied().collect(),
        readings,
        warnings,
        failures,
        unchanged: planned.unchanged,
        dry_run: write.dry_run,
        ..Written::default()
    };
    let changes_nothing = planned.changes.is_empty();
    if let Command::Step(_, ids) = &command {
        written.numbers_before = ids.iter().map(|id| tx.number_of(*id)).collect::<Result<_, _>>()?;
    }
    if !changes_nothing {
        let header = Header {
            id: write.operation,
            device: stamp.device,
            hlc: stamp.hlc,
            at_unix_ms: write.caller.now.unix_ms(),
            reason: Reason::User,
            command: write.command.clone(),
            confidence: written.readings.iter().map(|one| one.reading.confidence).reduce(f32::min),
        };
        let (logged, count) = (header.clone(), planned.changes.len() as u32);
        let seq = apply(tx, header, planned.changes)?;
        if !write.dry_run {
            written.operation = Some(log::logged(tx.as_read(), seq, logged, count, &BTreeSet::new())?);
        }
    }
    if let Command::Step(step @ (Step::Done | Step::Delete), ids) = &command {
        written.warnings.extend(targets::left_open(tx.as_read(), *step, ids)?);
    }
    show(tx.as_read(), &command, &again, write, &mut written)?;
    let keeps_nothing = changes_nothing && corrected.is_none();
    if let Some(corrected) = corrected {
        written.warnings.extend(corrected.kept);
    }
    Ok(if write.dry_run || keeps_nothing { Verdict::RollBack(written) } else { Verdict::Commit(written) })
}

/// The answer to a command that was done already.
fn repeated(tx: &dyn StoreRead, done: &Operation, write: &Write) -> Result<Written, EngineError> {
    if done.header.command != write.command {
        return Err(Error::OperationReused.into());
    }
    let operation = log::entry(tx, write.operation)?;
    Ok(Written { operation, tasks: shown(tx, &log::touched(tx, done)?, write)?, ..Written::default() })
}

/// Puts down how everything stands now that the command was about, or made.
fn show(
    tx: &dyn StoreRead,
    command: &Command,
    again: &recurring::After,
    write: &Write,
    written: &mut Written,
) -> Result<(), EngineError> {
    let mut targets = command.targets();
    targets.dedup();
    written.tasks = shown(tx, &targets, write)?;
    let made: Vec<TaskId> = again.made.keys().copied().collect();
    written.made = shown(tx, &made, write)?;
    written.made.sort_by_key(|shown| shown.task.slot.clone());
    for id in &again.rules {
        let rule = recurring::rule(tx, *id)?.filter(|rule| rule.exists);
        let told = |rule| recurring::shown(tx, rule, recurring::UPCOMING, None, write.caller.now);
        written.rules.extend(rule.map(told).transpose()?);
    }
    Ok(())
}

fn shown(tx: &dyn StoreRead, ids: &[TaskId], write: &Write) -> Result<Vec<Shown>, EngineError> {
    let mut tasks = Vec::with_capacity(ids.len());
    for id in ids {
        tasks.extend(view::shown_by_id(tx, *id, write.caller.now)?);
    }
    Ok(tasks)
}
