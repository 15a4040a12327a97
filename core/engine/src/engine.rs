//! The engine itself: every request is one method.

use crate::amend;
use crate::assistant::{Absent, Assistant};
use crate::clock::Clock;
use crate::command::{self, Understood};
use crate::duplicate;
use crate::error::EngineError;
use crate::feed::Feeds;
pub use crate::log::LogList;
use crate::log::{self, Way};
use crate::lookup;
use crate::moved;
use crate::past;
use crate::recurring::{self, Sorted, Wanted};
use crate::reference::{self, Numbered};
use crate::remind;
use crate::request::{Fields, Logged, NewTask, Shown, TakenBack, Targets, TaskEdit, Write, Written};
use crate::store::{Counts, Store, StoreRead, StoreTxn, Verdict};
use crate::targets;
use crate::touched::Touched;
use crate::{text, usual, view};
use std::sync::Arc;
use tasks_domain::amend::Amend;
use tasks_domain::command::{Command, Step};
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, DeviceId, OperationId};
use tasks_domain::operation::CHANGES_MAX;
use tasks_domain::patch::TaskPatch;
use tasks_domain::recurring::Scope;
use tokio::sync::watch;

/// Executes requests over a store.
#[derive(Debug)]
pub struct Engine<S> {
    pub(crate) store: Arc<S>,
    clock: Arc<dyn Clock>,
    feeds: Arc<Feeds>,
    channels: watch::Sender<u64>,
    /// Of which rules the next slot may come at another time now.
    touched: Arc<Touched>,
    assistant: Arc<dyn Assistant>,
}

impl<S> Clone for Engine<S> {
    fn clone(&self) -> Self {
        let (store, clock, feeds) = (Arc::clone(&self.store), Arc::clone(&self.clock), Arc::clone(&self.feeds));
        let (channels, touched, assistant) =
            (self.channels.clone(), Arc::clone(&self.touched), Arc::clone(&self.assistant));
        Self { store, clock, feeds, channels, touched, assistant }
    }
}

impl std::fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl<S: Store> Engine<S> {
    /// An engine over this store; stamps are made with this clock.
    pub fn new(store: Arc<S>, clock: Arc<dyn Clock>) -> Self {
        let (feeds, channels, touched) = (Arc::default(), watch::Sender::new(0), Arc::default());
        Self { store, clock, feeds, channels, touched, assistant: Arc::new(Absent) }
    }

    /// The same engine, which asks this assistant about what it is not sure of.
    #[must_use]
    pub fn with_assistant(self, assistant: Arc<dyn Assistant>) -> Self {
        Self { assistant, ..self }
    }

    pub(crate) fn assistant(&self) -> &dyn Assistant {
        &*self.assistant
    }

    /// The number of the account's newest event, after every commit that brought some ([`Store::commits`]).
    pub fn commits(&self, account: AccountId) -> watch::Receiver<u64> {
        self.store.commits(account)
    }

    /// Says that channels of reminders may work now that did not before: what is held back is tried again.
    pub fn channels_changed(&self) {
        self.channels.send_modify(|count| *count += 1);
    }

    pub(crate) fn touched(&self) -> &Touched {
        &self.touched
    }

    pub(crate) fn channels(&self) -> watch::Receiver<u64> {
        self.channels.subscribe()
    }

    pub(crate) fn store(&self) -> &S {
        &self.store
    }

    pub(crate) fn feeds(&self) -> &Feeds {
        &self.feeds
    }

    pub(crate) fn clock_unix_ms(&self) -> i64 {
        self.clock.now_unix_ms()
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Adds a task a text; fields hold for every one.
    pub async fn add(
        &self,
        account: AccountId,
        write: Write,
        tasks: Vec<NewTask>,
        fields: Fields,
    ) -> Result<Written, EngineError> {
        self.add_some(account, write, tasks, fields, false).await
    }

    /// The same; with `keep_going` texts that cannot be tasks are left out.
    pub async fn add_some(
        &self,
        account: AccountId,
        write: Write,
        tasks: Vec<NewTask>,
        fields: Fields,
        keep_going: bool,
    ) -> Result<Written, EngineError> {
        let (caller, language) = (write.caller.clone(), write.caller.language());
        self.execute(account, write, move |tx| {
            if tasks.len() > CHANGES_MAX {
                return Err(Error::TooManyChanges { changes: tasks.len(), max: CHANGES_MAX }.into());
            }
            let flags = text::fields(tx, &fields, &language)?;
            let usual = usual::of_context(tx, &caller)?;
            let (mut patches, mut readings, mut failures) = (Vec::new(), Vec::new(), Vec::new());
            let mut warnings: Vec<String> = usual.warning.iter().cloned().collect();
            for (at, task) in tasks.iter().enumerate() {
                let read = text::new_task(&task.text, &language).and_then(|(patch, reading, warned)| {
                    let patch = flags.clone().over(patch).over(usual.patch.clone());
                    if patch.title.is_none() {
                        return Err(text::untitled(&task.text));
                    }
                    let said = recurring::said(&fields, Some(&reading), &language)?;
                    let (id, patch, why) = recurring::for_new(task.id, patch, &said, &fields.rule, &language)?;
                    Ok((id, patch, reading, warned.into_iter().chain(why).collect::<Vec<_>>()))
                });
                let read = read.and_then(|(id, mut patch, reading, mut warned)| {
                    warned.extend(remind::texts::of_new(&mut patch, Some(&reading), &fields.remind, &caller)?);
                    Ok((id, patch, reading, warned))
                });
                let (id, patch, reading, warned) = match read {
                    Ok(read) => read,
                    Err(error) if keep_going => {
                        failures.push((at, error));
                        continue;
                    }
                    Err(error) => return Err(in_line(error, at, tasks.len())),
                };
                patches.push((id, patch));
                readings.push(reading);
                warnings.extend(warned);
            }
            Ok(Understood { failures, ..Understood::of(Command::Add(patches), readings, warnings) })
        })
        .await
    }

    /// Changes tasks by text, by fields, or both.
    pub async fn edit(&self, account: AccountId, write: Write, edits: Vec<TaskEdit>) -> Result<Written, EngineError> {
        let (language, caller) = (write.caller.language(), write.caller.clone());
        self.execute(account, write, move |tx| {
            let (mut sorted, mut readings) = (Sorted::default(), Vec::new());
            for edit in &edits {
                let ids = targets::tasks(tx, &edit.targets, &caller, None)?;
                if !edit.amend.is_read() {
                    amend::notes(tx, &ids, edit, language.now, &mut sorted)?;
                    continue;
                }
                let (said, fields) = text::rule_alone(&edit.text, &edit.fields);
                let mut patch = text::fields(tx, &fields, &language)?;
                let mut reading = None;
                if !said.trim().is_empty() {
                    let (said, kept) = if edit.amend == Amend::Replace {
                        text::edit(said, &language)?
                    } else {
                        text::added(said, &language)?
                    };
                    patch = patch.over(said);
                    reading = Some(kept);
                }
                let said = recurring::said(&fields, reading.as_ref(), &language)?;
                let wanted = Wanted { patch, said, rule: fields.rule.clone(), scope: edit.scope };
                let sorted_before = sorted.edits.len();
                amend::titles(tx, &ids, edit.amend, &wanted, &language, &mut sorted)?;
                for (id, patch) in &mut sorted.edits[sorted_before..] {
                    if let Some(task) = lookup::task(tx, *id)? {
                        if let Some(reading) = reading.as_ref().filter(|_| fields.due.is_none()) {
                            moved::keep_day(patch, &task, reading, &language);
                        }
                        remind::texts::of_known(patch, &task, reading.as_ref(), &fields.remind, &language)?;
                    }
                }
                readings.extend(reading);
            }
            let Sorted { edits, rules, warnings } = sorted;
            Ok(Understood { rules, ..Understood::of(Command::Edit(edits), readings, warnings) })
        })
        .await
    }

    /// Makes copies of tasks, changed by a text, which may be empty.
    pub async fn duplicate(
        &self,
        account: AccountId,
        write: Write,
        targets: impl Into<Targets>,
        said: String,
    ) -> Result<Written, EngineError> {
        let (named, caller, operation) = (targets.into(), write.caller.clone(), write.operation);
        let language = write.caller.language();
        self.execute(account, write, move |tx| {
            let (patch, readings) = if said.trim().is_empty() {
                (TaskPatch::default(), Vec::new())
            } else {
                let (patch, reading) = text::edit(&said, &language)?;
                (patch, vec![reading])
            };
            let copies = duplicate::copies(tx, &named, &caller, operation, &patch)?;
            Ok(Understood::of(Command::Add(copies), readings, Vec::new()))
        })
        .await
    }

    /// Takes tasks one step on.
    pub async fn step(
        &self,
        account: AccountId,
        write: Write,
        step: Step,
        targets: impl Into<Targets>,
    ) -> Result<Written, EngineError> {
        let (named, caller) = (targets.into(), write.caller.clone());
        self.execute(account, write, move |tx| {
            Ok(Understood::plain(Command::Step(step, targets::tasks(tx, &named, &caller, Some(step))?)))
        })
        .await
    }

    /// Puts tasks into the trash. Of what comes again `scope` says whether others are meant; with all of them their rule ends.
    pub async fn delete_tasks(
        &self,
        account: AccountId,
        write: Write,
        targets: impl Into<Targets>,
        scope: Option<Scope>,
    ) -> Result<Written, EngineError> {
        let (named, caller) = (targets.into(), write.caller.clone());
        self.execute(account, write, move |tx| {
            let ids = targets::tasks(tx, &named, &caller, Some(Step::Delete))?;
            let (ids, rules) = recurring::sort_deleted(tx, &ids, scope)?;
            Ok(Understood { rules, ..Understood::plain(Command::Step(Step::Delete, ids)) })
        })
        .await
    }

    /// Takes back this device's newest operations, one after the other; all or none.
    pub async fn undo(&self, account: AccountId, write: Write, steps: u32) -> Result<Vec<TakenBack>, EngineError> {
        self.take_back(account, write, Way::Undo, steps).await
    }

    /// Does again what the newest undos took back.
    pub async fn redo(&self, account: AccountId, write: Write, steps: u32) -> Result<Vec<TakenBack>, EngineError> {
        self.take_back(account, write, Way::Redo, steps).await
    }

    /// Takes back one operation of any age.
    pub async fn revert(
        &self,
        account: AccountId,
        write: Write,
        reference: String,
    ) -> Result<Option<TakenBack>, EngineError> {
        Ok(self.take_back(account, write, Way::Revert(reference), 1).await?.pop())
    }

    /// The tasks named, in that order.
    pub async fn get(
        &self,
        account: AccountId,
        caller: crate::request::Caller,
        references: Vec<String>,
    ) -> Result<Vec<Shown>, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            past::at(tx, caller.moment(), |tx| {
                let mut tasks: Vec<Shown> = Vec::new();
                for reference in reference::single(tx, &references, Numbered::Live)? {
                    let id = reference::task(tx, &reference)?;
                    if tasks.iter().any(|shown| shown.task.id == id) {
                        continue;
                    }
                    // In the past a number can be that of a task which was not there yet.
                    let shown = view::shown_by_id(tx, id, caller.now)?.filter(|shown| shown.task.exists);
                    tasks.push(shown.ok_or_else(|| Error::NoSuchTask { reference: reference.clone() })?);
                }
                Ok(tasks)
            })
        };
        self.store.read(account, read).await
    }

    /// The newest entries of the log, or those before one.
    pub async fn operations(&self, account: AccountId, asked: LogList) -> Result<Vec<Logged>, EngineError> {
        self.store.read(account, move |tx| log::list(tx, asked)).await
    }

    /// How much the account holds, and the replica's device.
    pub async fn counts(&self, account: AccountId) -> Result<(Counts, DeviceId), EngineError> {
        self.store.read(account, |tx| Ok((tx.counts()?, tx.device()))).await
    }

    pub(crate) async fn execute<U>(
        &self,
        account: AccountId,
        write: Write,
        understand: U,
    ) -> Result<Written, EngineError>
    where
        U: Fn(&dyn StoreRead) -> Result<Understood, EngineError> + Send + 'static,
    {
        let clock = Arc::clone(&self.clock);
        let job = move |tx: &mut dyn StoreTxn| command::run(tx, &write, clock.now_unix_ms(), &understand);
        let written = self.store.write(account, job).await?;
        self.touched.add(account, written.touched.iter().copied());
        Ok(written)
    }

    async fn take_back(
        &self,
        account: AccountId,
        write: Write,
        way: Way,
        steps: u32,
    ) -> Result<Vec<TakenBack>, EngineError> {
        let clock = Arc::clone(&self.clock);
        let job = move |tx: &mut dyn StoreTxn| {
            let mut taken = Vec::new();
            // A request sent again answers with what it did, and takes back nothing more, whatever happened since.
            let again = tx.operation(write.operation)?.is_some();
            for at in 0..steps.max(1) {
                let id = nth_operation(write.operation, at);
                if again && tx.operation(id)?.is_none() {
                    break;
                }
                match log::step(tx, &way, id, &write, clock.now_unix_ms()) {
                    Ok(step) => taken.push(step),
                    // "undo 10" with three operations left takes back three.
                    Err(EngineError::Domain(Error::NothingToUndo | Error::NothingToRedo)) if at > 0 => break,
                    Err(error) => return Err(error),
                }
            }
            Ok(if write.dry_run { Verdict::RollBack(taken) } else { Verdict::Commit(taken) })
        };
        let taken = self.store.write(account, job).await?;
        self.touched.add(account, taken.iter().flat_map(|step| step.written.touched.iter().copied()));
        Ok(taken)
    }
}

fn in_line(error: Error, at: usize, of: usize) -> EngineError {
    if of == 1 { error.into() } else { EngineError::Line { line: at as u32 + 1, error } }
}

/// The id of the n-th operation of one request: the request's own, then ids that follow from it, so that the whole request can
/// be repeated.
fn nth_operation(first: OperationId, nth: u32) -> OperationId {
    if nth == 0 {
        return first;
    }
    let namespace = uuid::Uuid::from_bytes(*first.as_bytes());
    OperationId::from_bytes(uuid::Uuid::new_v5(&namespace, &nth.to_be_bytes()).into_bytes())
}
