//! What people do to reminders: make, snooze, cancel, retry, acknowledge. Each is an operation, and undo takes it back.

use super::named;
use crate::apply::{apply, next_stamp};
use crate::command::Understood;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::log;
use crate::lookup;
use crate::reference::{self, Numbered};
use crate::remind::load::{self, Loaded};
use crate::remind::shown::shown;
use crate::remind::texts;
use crate::request::{Caller, Logged, Targets, Write, Written};
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use crate::targets;
use tasks_domain::command::Command;
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, ReminderId, TaskId};
use tasks_domain::operation::{CHANGES_MAX, Header, Reason};
use tasks_domain::patch::TaskPatch;
use tasks_domain::plan::Context;
use tasks_domain::register::Change;
use tasks_domain::reminder::{Channel, ReminderShown, ReminderSpec, Trigger, Wanted, ids, plan};
use tasks_domain::when::LocalTime;

/// What is done to reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReminderDeed {
    /// They are not to come.
    Cancel,
    /// Those that failed are tried again.
    Retry,
    /// They come (again) at a later time: its words, as "10 minutes" or "tomorrow 9am".
    Snooze(String),
    /// A person has seen them.
    Acknowledge,
}

impl ReminderDeed {
    /// What is done, as "could be …".
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Cancel => "cancelled",
            Self::Retry => "tried again",
            Self::Snooze(_) => "snoozed",
            Self::Acknowledge => "acknowledged",
        }
    }
}

/// What a write did to reminders, or would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReminderWritten {
    /// Absent when nothing changed, and in a dry run.
    pub operation: Option<Logged>,
    /// The reminders it is about, as they are after it.
    pub reminders: Vec<ReminderShown>,
    /// Those that were as asked already.
    pub unchanged: Vec<ReminderId>,
    /// Whether it was only tried.
    pub dry_run: bool,
}

/// What a deed comes to.
struct Planned {
    changes: Vec<Change>,
    about: Vec<ReminderId>,
    unchanged: Vec<ReminderId>,
}

impl<S: Store> Engine<S> {
    /// Makes reminders of tasks: each of these times, over this channel.
    pub async fn remind(
        &self,
        account: AccountId,
        write: Write,
        targets: impl Into<Targets>,
        (when, channel): (Vec<String>, Channel),
    ) -> Result<Written, EngineError> {
        let (named, caller) = (targets.into(), write.caller.clone());
        self.execute(account, write, move |tx| {
            let mut patches = Vec::new();
            for id in targets::tasks(tx, &named, &caller, None)? {
                let task = lookup::task(tx, id)?.ok_or_else(|| Error::NoSuchTask { reference: id.letters() })?;
                let about = (task.due, task.title.as_str());
                let wanted = texts::of_flags(&when, about, &channel, &caller.language());
                let wanted = wanted.map_err(|error| of_task(error, id))?;
                let clear_reminders = wanted.is_none();
                let remind = wanted.unwrap_or_default();
                patches.push((id, TaskPatch { remind, clear_reminders, ..TaskPatch::default() }));
            }
            Ok(Understood::of(Command::Edit(patches), Vec::new(), Vec::new()))
        })
        .await
    }

    /// Does something to reminders, named by their own ids or by their tasks'.
    pub async fn change_reminders(
        &self,
        account: AccountId,
        write: Write,
        references: Vec<String>,
        deed: ReminderDeed,
    ) -> Result<ReminderWritten, EngineError> {
        let clock = self.clock();
        let held = deed == ReminderDeed::Retry;
        let job = move |tx: &mut dyn StoreTxn| changed(tx, &write, clock.now_unix_ms(), &references, &deed);
        let written = self.store().write(account, job).await?;
        if held && !written.dry_run {
            // What is held back waits for no failure: it is tried now.
            self.channels_changed();
        }
        Ok(written)
    }
}

fn changed(
    tx: &mut dyn StoreTxn,
    write: &Write,
    clock_unix_ms: i64,
    references: &[String],
    deed: &ReminderDeed,
) -> Result<Verdict<ReminderWritten>, EngineError> {
    if let Some((_, done)) = tx.operation(write.operation)? {
        if done.header.command != write.command {
            return Err(Error::OperationReused.into());
        }
        let mut about: Vec<ReminderId> = Vec::new();
        for id in done.changes.iter().filter_map(|(change, _)| change.entity.reminder()) {
            if !about.contains(&id) {
                about.push(id);
            }
        }
        let tx = tx.as_read();
        let operation = log::entry(tx, write.operation)?;
        return Ok(Verdict::RollBack(ReminderWritten { operation, ..written(tx, &about)? }));
    }
    let stamp = next_stamp(tx, clock_unix_ms)?;
    let context = Context { now: write.caller.now, stamp };
    let Planned { changes, about, unchanged } = planned(tx.as_read(), references, deed, &write.caller, context)?;
    if changes.is_empty() {
        let written = written(tx.as_read(), &about)?;
        return Ok(Verdict::RollBack(ReminderWritten { unchanged, dry_run: write.dry_run, ..written }));
    }
    if changes.len() > CHANGES_MAX {
        return Err(Error::TooManyChanges { changes: changes.len(), max: CHANGES_MAX }.into());
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
    apply(tx, header, changes)?;
    let mut done = ReminderWritten { unchanged, dry_run: write.dry_run, ..written(tx.as_read(), &about)? };
    if write.dry_run {
        return Ok(Verdict::RollBack(done));
    }
    done.operation = log::entry(tx.as_read(), write.operation)?;
    Ok(Verdict::Commit(done))
}

fn planned(
    tx: &dyn StoreRead,
    references: &[String],
    deed: &ReminderDeed,
    caller: &Caller,
    context: Context,
) -> Result<Planned, EngineError> {
    let mut planned = Planned { changes: Vec::new(), about: Vec::new(), unchanged: Vec::new() };
    for reference in reference::single(tx, references, Numbered::Live)? {
        let (loaded, task) = named::for_deed(tx, &reference, deed)?;
        if let (ReminderDeed::Snooze(when), [], Some(task)) = (deed, loaded.as_slice(), task) {
            // Nothing was there that could be put off: one comes then.
            let (id, changes) = new_at(tx, task, until(when, caller)?, context)?;
            planned.about.push(id);
            planned.changes.extend(changes);
        }
        for one in loaded {
            if planned.about.contains(&one.reminder.id) {
                continue;
            }
            let changes = of_one(&one, deed, caller, context)?;
            planned.about.push(one.reminder.id);
            if changes.is_empty() {
                planned.unchanged.push(one.reminder.id);
            }
            planned.changes.extend(changes);
        }
    }
    Ok(planned)
}

fn of_one(one: &Loaded, deed: &ReminderDeed, caller: &Caller, context: Context) -> Result<Vec<Change>, EngineError> {
    let about = one.about();
    Ok(match deed {
        ReminderDeed::Cancel => plan::cancel(about, context),
        ReminderDeed::Retry if one.row.as_ref().is_some_and(|row| row.held.is_some()) => Vec::new(),
        ReminderDeed::Retry => plan::retry(about, context)?,
        ReminderDeed::Acknowledge => plan::acknowledge(about, "seen", context),
        ReminderDeed::Snooze(when) => {
            let until = until(when, caller)?.instant().timestamp_millis();
            plan::snooze(about, until, context).map_err(|error| of_task(error, one.reminder.task))?
        }
    })
}

fn new_at(
    tx: &dyn StoreRead,
    task: TaskId,
    at: LocalTime,
    context: Context,
) -> Result<(ReminderId, Vec<Change>), EngineError> {
    let task = lookup::task(tx, task)?.ok_or_else(|| Error::NoSuchTask { reference: task.letters() })?;
    let spec = ReminderSpec { channel: Channel::Desktop, trigger: Trigger::At(at) };
    let id = ids::reminder(task.id, &spec);
    let there = load::loaded(tx, id)?;
    let wanted = Wanted { spec, explicit: true };
    let made = plan::make(&task, &wanted, there.as_ref().map(Loaded::about), context)?;
    Ok((id, made.unwrap_or_default()))
}

/// Until when something is put off: a length from now, or a time.
fn until(text: &str, caller: &Caller) -> Result<LocalTime, Error> {
    let language = caller.language();
    if let Ok(length) = tasks_language::read_duration(text) {
        let wrong = || Error::ImpossibleDate {
            text: text.to_owned(),
            span: tasks_domain::error::Span::whole(text),
            reason: "that is outside the calendar".to_owned(),
        };
        let instant = caller.now.instant().checked_add_signed(length).ok_or_else(wrong)?;
        return Ok(LocalTime::at(instant, caller.now.zone()));
    }
    let read = tasks_language::read_when(text, &language)?;
    Ok(texts::moment(read.start.unwrap_or(read.due), &language))
}

fn written(tx: &dyn StoreRead, about: &[ReminderId]) -> Result<ReminderWritten, EngineError> {
    let mut done = ReminderWritten::default();
    for id in about {
        if let Some(loaded) = load::loaded(tx, *id)? {
            done.reminders.push(shown(tx, &loaded)?);
        }
    }
    Ok(done)
}

/// Errors about a task say which one, so that their hints can name it.
fn of_task(error: Error, id: TaskId) -> Error {
    match error {
        Error::ReminderWithoutDue { title, .. } => Error::ReminderWithoutDue { reference: id.letters(), title },
        error => error,
    }
}
