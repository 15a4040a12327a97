//! The writer: one thread, one connection, one commit for all requests that wait.

use crate::commits::Commits;
use crate::error::store_error;
use crate::pending::PendingTerms;
use crate::txn::SqliteTxn;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tasks_domain::id::{AccountId, DeviceId};
use tasks_engine::store::StoreError;
use tokio::sync::mpsc;

/// Most requests in one commit. More would make the first wait for too many others; fewer would sync more often.
pub const BATCH_MAX: usize = 64;

/// Most requests that may wait. A request is small; beyond this the store is [`StoreError::Busy`].
pub(crate) const QUEUE_MAX: usize = 4_096;

/// A request on its way: does its work in the transaction, then is told how the commit went.
pub(crate) trait Job: Send {
    /// Whose rows it is about.
    fn account(&self) -> AccountId;
    /// Runs in a savepoint; whether what it wrote is to be kept.
    fn run(&mut self, txn: &mut SqliteTxn<'_>) -> Keep;
    /// After the commit: `Err` when it failed, so that nothing of the batch was kept.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// What becomes of a job's writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    Yes,
    No,
}

/// Who is told of commits.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Of those that brought events.
    pub(crate) commits: Commits,
    /// Of those that set alarms.
    pub(crate) alarms: Commits,
}

/// What a commit brings.
#[derive(Debug, Default)]
struct News {
    appended: Vec<(AccountId, u64)>,
    alarmed: Vec<AccountId>,
}

/// What the writer is asked.
pub(crate) enum Message {
    Job(Box<dyn Job>),
    /// Finish what waits, then end.
    Close,
}

/// Runs until it is told to close, or all who could ask are gone.
pub(crate) fn run(mut connection: Connection, device: DeviceId, told: &Told, mut queue: mpsc::Receiver<Message>) {
    let mut batch: Vec<Box<dyn Job>> = Vec::with_capacity(BATCH_MAX);
    let mut open = true;
    while open {
        match queue.blocking_recv() {
            Some(Message::Job(job)) => batch.push(job),
            Some(Message::Close) | None => break,
        }
        while batch.len() < BATCH_MAX {
            match queue.try_recv() {
                Ok(Message::Job(job)) => batch.push(job),
                Ok(Message::Close) => {
                    open = false;
                    break;
                }
                Err(_) => break,
            }
        }
        commit(&mut connection, device, told, &mut batch);
    }
    // Whoever still waits is told that the store is closed: their answers are dropped with the queue.
    queue.close();
    told.commits.close();
    told.alarms.close();
    if let Err(error) = connection.close() {
        tracing::warn!(error = %error.1, "the database did not close cleanly");
    }
}

/// Runs the batch in one transaction, then answers every job and tells who follows.
fn commit(connection: &mut Connection, device: DeviceId, told: &Told, batch: &mut Vec<Box<dyn Job>>) {
    let mut news = News::default();
    let committed = in_one_transaction(connection, device, batch, &mut news);
    match &committed {
        Ok(()) => {
            news.appended.iter().for_each(|(account, newest)| told.commits.tell(*account, *newest));
            news.alarmed.iter().for_each(|account| told.alarms.tell(*account, 0));
        }
        Err(error) => tracing::error!(%error, jobs = batch.len(), "a commit failed; nothing of it was kept"),
    }
    for job in batch.drain(..) {
        job.answer(committed.as_ref().copied().map_err(store_error_again));
    }
}

fn in_one_transaction(
    connection: &mut Connection,
    device: DeviceId,
    batch: &mut [Box<dyn Job>],
    news: &mut News,
) -> Result<(), rusqlite::Error> {
    let mut transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let (mut wrote, pending) = (false, PendingTerms::default());
    for job in batch.iter_mut() {
        let mark = pending.mark();
        let mut savepoint = transaction.savepoint()?;
        let ran = catch_unwind(AssertUnwindSafe(|| {
            let mut txn = SqliteTxn::new(&savepoint, device, Some(&pending));
            (job.run(&mut txn), txn.appended, txn.alarmed)
        }));
        if let Ok((Keep::Yes, newest, alarmed)) = ran {
            savepoint.commit()?;
            pending.settle();
            wrote = true;
            news.appended.extend(newest.map(|newest| (job.account(), newest)));
            if alarmed && !news.alarmed.contains(&job.account()) {
                news.alarmed.push(job.account());
            }
        } else {
            // A job that panicked answers for itself: its answer was never set.
            savepoint.rollback()?;
            savepoint.commit()?;
            pending.back_to(mark);
        }
    }
    if !wrote {
        return transaction.rollback();
    }
    pending.write(&transaction)?;
    transaction.commit()
}

/// SQLite's errors cannot be cloned; every waiting job gets the same words.
fn store_error_again(error: &rusqlite::Error) -> StoreError {
    let again = match error {
        rusqlite::Error::SqliteFailure(code, message) => rusqlite::Error::SqliteFailure(*code, message.clone()),
        other => return StoreError::Other(other.to_string().into()),
    };
    store_error(again)
}
