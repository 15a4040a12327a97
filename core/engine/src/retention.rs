//! How long things are kept (decisions.md): the log and the ledger of reminders a year, what is in the trash 90 days, events 7 days
//! or 100,000 of them, conversations 90 days after their last message.
//!
//! Done when a daemon starts, then beside writes, in steps so small that no write waits for them; never by a timer. Ages are
//! counted by the hybrid clock of changes up to the newest one, so that a machine which starts with a clock that is years ahead
//! throws nothing away.

use crate::apply::put_task;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::remind::load;
use crate::store::{Class, Link, Store, StoreRead, StoreTxn, Stretch, Verdict};
use std::ops::ControlFlow;
use tasks_domain::field;
use tasks_domain::id::{AccountId, DeliveryId, ReminderId, TaskId};
use tasks_domain::register::{Kind, Registers};
use tasks_domain::reminder::Row;
use tasks_domain::stamp::Hlc;
use tasks_domain::task::Task;
use tasks_domain::task::emptied;

const DAY_MS: i64 = 24 * 3_600 * 1_000;
const EVENTS_AGE_MS: i64 = 7 * DAY_MS;
const LOG_AGE_MS: i64 = 365 * DAY_MS;
const TRASH_AGE_MS: i64 = 90 * DAY_MS;

/// Rows that one transaction takes away: a millisecond or two of the writer, which others wait for.
pub(crate) const BATCH: usize = 64;
/// Tasks that one round empties, and rows of the ledger that it takes away; what is left waits for the next.
const ROUND_MAX: usize = 10_000;

/// What one round took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Events.
    pub events: usize,
    /// Entries of the log.
    pub operations: usize,
    /// Tasks of the trash whose contents went.
    pub tasks: usize,
    /// Rows of the ledger of reminders.
    pub rows: usize,
    /// Conversations whose contents went.
    pub conversations: usize,
}

/// What a transaction of a round takes away; answers how many, fewer than a batch when there are no more.
type Step = fn(&mut dyn StoreTxn, now_ms: i64) -> Result<usize, EngineError>;

impl<S: Store> Engine<S> {
    /// Takes away what was kept long enough.
    pub async fn clean(&self, account: AccountId) -> Result<Cleaned, EngineError> {
        Ok(Cleaned {
            events: self.repeat(account, old_events).await?,
            operations: self.repeat(account, old_operations).await?,
            tasks: self.empty_trash(account).await?,
            rows: self.shorten_ledger(account).await?,
            conversations: self.empty_talk(account).await?,
        })
    }

    /// Cleans now, and then after the first commit of every further day, until the store closes. Sleeps in between.
    pub async fn keep_clean(&self, account: AccountId) {
        let mut commits = self.commits(account);
        loop {
            let last = self.clock_unix_ms();
            match self.clean(account).await {
                Ok(cleaned) if cleaned == Cleaned::default() => {}
                Ok(cleaned) => {
                    let Cleaned { events, operations, tasks, rows, conversations } = cleaned;
                    tracing::info!(
                        events,
                        operations,
                        tasks,
                        rows,
                        conversations,
                        "took away what was kept long enough"
                    );
                }
                Err(error) => tracing::warn!(%error, "could not take away what was kept long enough"),
            }
            while (0..DAY_MS).contains(&(self.clock_unix_ms() - last)) {
                if commits.changed().await.is_err() {
                    return;
                }
            }
        }
    }

    async fn repeat(&self, account: AccountId, step: Step) -> Result<usize, EngineError> {
        let mut all = 0;
        loop {
            let clock = self.clock_unix_ms();
            let job = move |tx: &mut dyn StoreTxn| {
                let now = newest(tx.as_read(), clock)?;
                let count = step(tx, now)?;
                Ok(if count == 0 { Verdict::RollBack(0) } else { Verdict::Commit(count) })
            };
            let count = self.store().write(account, job).await?;
            all += count;
            if count < BATCH {
                return Ok(all);
            }
        }
    }

    async fn empty_trash(&self, account: AccountId) -> Result<usize, EngineError> {
        let clock = self.clock_unix_ms();
        let old = self.store().read(account, move |tx| old_trash(tx, newest(tx, clock)?)).await?;
        for ids in old.chunks(BATCH) {
            let ids = ids.to_vec();
            let job = move |tx: &mut dyn StoreTxn| {
                let now = newest(tx.as_read(), clock)?;
                ids.iter().try_for_each(|id| empty(tx, *id, now))?;
                Ok(Verdict::Commit(()))
            };
            self.store().write(account, job).await?;
        }
        Ok(old.len())
    }

    async fn shorten_ledger(&self, account: AccountId) -> Result<usize, EngineError> {
        let clock = self.clock_unix_ms();
        let old = self.store().read(account, move |tx| old_rows(tx, newest(tx, clock)?)).await?;
        for rows in old.chunks(BATCH) {
            let rows = rows.to_vec();
            let job = move |tx: &mut dyn StoreTxn| {
                for (row, reminder) in &rows {
                    // Somebody may have reopened the task meanwhile.
                    if is_needless(tx.as_read(), *row, *reminder)? {
                        tx.drop_part((*row).into(), Link::Delivery, *reminder.as_bytes())?;
                    }
                }
                Ok(Verdict::Commit(()))
            };
            self.store().write(account, job).await?;
        }
        Ok(old.len())
    }
}

/// The present that ages are counted to.
pub(crate) fn newest(tx: &dyn StoreRead, clock_unix_ms: i64) -> Result<i64, EngineError> {
    Ok(clock_unix_ms.min(tx.latest_hlc()?.unix_ms()))
}

fn old_events(tx: &mut dyn StoreTxn, now_ms: i64) -> Result<usize, EngineError> {
    let (mut through, mut seen) = (0, 0);
    tx.events(0, &mut |seq, event| {
        seen += 1;
        if event.hlc.unix_ms() > now_ms - EVENTS_AGE_MS || seen > BATCH {
            return ControlFlow::Break(());
        }
        through = seq;
        ControlFlow::Continue(())
    })?;
    Ok(if through == 0 { 0 } else { tx.drop_events(through, BATCH)? })
}

fn old_operations(tx: &mut dyn StoreTxn, now_ms: i64) -> Result<usize, EngineError> {
    Ok(tx.drop_operations(Hlc::default().next(now_ms - LOG_AGE_MS), BATCH)?)
}

fn is_old_trash(registers: &Registers, now_ms: i64) -> bool {
    let since = registers.get(field::DELETED, &[]).map(|register| register.stamp.hlc.unix_ms());
    since.is_some_and(|since| since <= now_ms - TRASH_AGE_MS)
}

fn old_trash(tx: &dyn StoreRead, now_ms: i64) -> Result<Vec<TaskId>, EngineError> {
    let (mut old, mut failed) = (Vec::new(), None);
    tx.scan(&Stretch::all(Class::Trash), &mut |row| {
        match tx.entity(row.id.into()) {
            Ok(Some(registers)) if is_old_trash(&registers, now_ms) => old.push(row.id),
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        if failed.is_none() && old.len() < ROUND_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed.map_or(Ok(old), |error| Err(error.into()))
}

/// Rows of the ledger that nobody wrote to for long enough, and that decide nothing any more.
fn old_rows(tx: &dyn StoreRead, now_ms: i64) -> Result<Vec<(DeliveryId, ReminderId)>, EngineError> {
    let mut old = Vec::new();
    tx.entities(Kind::DELIVERY, &mut |entity, registers| {
        let since = registers.iter().map(|(_, _, register)| register.stamp.hlc.unix_ms()).max();
        if since.is_some_and(|since| since <= now_ms - LOG_AGE_MS) {
            let row = entity.delivery().and_then(|id| Row::read(id, &registers));
            old.extend(row.map(|row| (row.id, row.reminder)));
        }
        if old.len() < ROUND_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let mut needless = Vec::new();
    for (row, reminder) in old {
        if is_needless(tx, row, reminder)? {
            needless.push((row, reminder));
        }
    }
    Ok(needless)
}

/// Whether nothing would happen again without this row: the task has ended, or its reminder is about another instant by now.
fn is_needless(tx: &dyn StoreRead, row: DeliveryId, reminder: ReminderId) -> Result<bool, EngineError> {
    let Some(loaded) = load::loaded(tx, reminder)? else { return Ok(true) };
    let live = loaded.task.as_ref().is_some_and(|task| task.exists && task.status().is_live());
    Ok(!live || loaded.standing().slot.is_none_or(|slot| slot.row != row))
}

/// Drops the contents of a task that is still in the trash; what tells other replicas that it is there stays for ever.
fn empty(tx: &mut dyn StoreTxn, id: TaskId, now_ms: i64) -> Result<(), EngineError> {
    let Some(registers) = tx.entity(id.into())? else { return Ok(()) };
    let before = Task::read(id, &registers);
    if before.deleted_at.is_none() || !is_old_trash(&registers, now_ms) {
        return Ok(());
    }
    let registers = emptied(&registers);
    put_task(tx, Some(&before), &Task::read(id, &registers), &registers, Hlc::default())
}
