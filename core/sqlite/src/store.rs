//! The store itself: hands jobs to the writer and to the readers.

use crate::connection::{connect_reader, suspect};
use crate::error::store_error;
use crate::nobody::WaitedFor;
use crate::read::SqliteRead;
use crate::sound;
use crate::txn::SqliteTxn;
use crate::writer::{self, Job, Keep, Message, QUEUE_MAX, Told};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tasks_domain::id::{AccountId, DeviceId};
use tasks_engine::error::EngineError;
use tasks_engine::store::{Counts, Store, StoreError, StoreRead, StoreTxn, Verdict};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

/// Readers at work at once; each has a connection with its own cache, so this bounds memory.
const READERS_MAX: usize = 3;

/// The first few problems say enough.
const PROBLEMS_MAX: usize = 5;

/// What looking through a database found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreCheck {
    /// What is damaged, one line each; none when it is sound.
    pub problems: Vec<String>,
    /// The greatest hybrid time issued or seen, in Unix milliseconds; 0 when nothing was ever written.
    pub newest_unix_ms: i64,
}

/// An open database.
#[derive(Debug)]
pub struct SqliteStore {
    queue: mpsc::Sender<Message>,
    readers: Arc<Readers>,
    told: Arc<Told>,
    device: DeviceId,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl SqliteStore {
    pub(crate) fn start(path: &Path, connection: Connection, device: DeviceId) -> Result<Self, StoreError> {
        let (queue, requests) = mpsc::channel(QUEUE_MAX);
        let told = Arc::new(Told::default());
        let telling = Arc::clone(&told);
        let writer = std::thread::Builder::new()
            .name("tasks-writer".to_owned())
            .spawn(move || writer::run(connection, device, &telling, requests))
            .map_err(|error| StoreError::Other(Box::new(error)))?;
        let readers =
            Readers { path: path.to_owned(), idle: Mutex::new(Vec::new()), permits: Semaphore::new(READERS_MAX) };
        Ok(Self { queue, readers: Arc::new(readers), told, device, writer: Mutex::new(Some(writer)) })
    }

    /// The replica's own device.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// How much an account holds, counted on the caller's thread.
    pub fn counts(&self, account: AccountId) -> Result<Counts, StoreError> {
        let connection = self.readers.take()?;
        let counts = SqliteRead::begin(&connection, account, self.device).and_then(|read| read.counts());
        self.readers.give_back(connection);
        counts
    }

    /// Looks through the whole file for damage, and for an account's greatest time, on the caller's thread. Takes seconds for a
    /// very large file; nobody waits for it but the caller.
    pub fn check(&self, account: AccountId) -> Result<StoreCheck, StoreError> {
        let connection = self.readers.take()?;
        let checked = Self::look_through(&connection, account, self.device);
        self.readers.give_back(connection);
        if checked.as_ref().is_ok_and(|checked| !checked.problems.is_empty()) {
            self.readers.mark_suspect();
        }
        checked
    }

    fn look_through(connection: &Connection, account: AccountId, device: DeviceId) -> Result<StoreCheck, StoreError> {
        let check = format!("PRAGMA quick_check({PROBLEMS_MAX})");
        let mut statement = connection.prepare(&check).map_err(store_error)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(store_error)?;
        // A file that is damaged in the wrong place fails the check itself.
        let damage: Vec<String> = rows.map(|row| row.unwrap_or_else(|error| error.to_string())).collect();
        let mut problems: Vec<String> = damage.into_iter().filter(|line| line != "ok").collect();
        if problems.is_empty() {
            problems = sound::look_through(connection, PROBLEMS_MAX)?;
        }
        let newest = SqliteRead::begin(connection, account, device).and_then(|read| read.latest_hlc());
        Ok(StoreCheck { problems, newest_unix_ms: newest?.unix_ms() })
    }

    /// Finishes what waits and closes the file. Blocks; requests from then on are [`StoreError::Closed`].
    pub fn close(&self) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            // The last connection to close takes the log back into the file; a reader could not, so readers go first.
            self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
            // Fails only when the writer has ended already.
            _ = self.queue.blocking_send(Message::Close);
            _ = writer.join();
        }
    }
}

/// What `job.run` left for `job.answer`.
struct Request<T, J> {
    account: AccountId,
    job: J,
    ran: Option<Result<Verdict<T>, EngineError>>,
    answer: oneshot::Sender<Result<T, EngineError>>,
}

impl<T, J> Job for Request<T, J>
where
    T: Send,
    J: FnMut(&mut dyn StoreTxn) -> Result<Verdict<T>, EngineError> + Send,
{
    fn account(&self) -> AccountId {
        self.account
    }

    fn run(&mut self, txn: &mut SqliteTxn<'_>) -> Keep {
        // Nobody waits any more: the client went away before its turn came.
        if self.answer.is_closed() {
            return Keep::No;
        }
        let ran = match txn.enter(self.account) {
            Ok(()) => (self.job)(txn),
            Err(error) => Err(error.into()),
        };
        let ran = match ran {
            Ok(Verdict::Commit(value)) => txn.finish().map(|()| Verdict::Commit(value)).map_err(EngineError::from),
            other => other,
        };
        let keep = if matches!(ran, Ok(Verdict::Commit(_))) { Keep::Yes } else { Keep::No };
        self.ran = Some(ran);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match self.ran {
            None => Err(StoreError::Other("the request could not be run".into()).into()),
            Some(Err(error)) => Err(error),
            Some(Ok(Verdict::RollBack(value))) => Ok(value),
            Some(Ok(Verdict::Commit(value))) => committed.map(|()| value).map_err(EngineError::from),
        };
        // Whoever asked may have gone.
        _ = self.answer.send(answer);
    }
}

impl Store for SqliteStore {
    async fn write<T, J>(&self, account: AccountId, job: J) -> Result<T, EngineError>
    where
        T: Send + 'static,
        J: FnMut(&mut dyn StoreTxn) -> Result<Verdict<T>, EngineError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let request = Request { account, job, ran: None, answer };
        self.queue.try_send(Message::Job(Box::new(request))).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        let answer = answered.await.map_err(|_| StoreError::Closed)?;
        self.readers.note_damage(&answer);
        answer
    }

    async fn read<T, J>(&self, account: AccountId, mut job: J) -> Result<T, EngineError>
    where
        T: Send + 'static,
        J: FnMut(&dyn StoreRead) -> Result<T, EngineError> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        let device = self.device;
        let _permit = self.readers.permits.acquire().await.map_err(|_| StoreError::Closed)?;
        let waited_for = WaitedFor::default();
        let reading = waited_for.reading();
        let work = move || {
            let connection = readers.take()?;
            let begun = reading.begin(&connection).map_err(EngineError::from);
            let read = begun.and_then(|()| Ok(SqliteRead::begin(&connection, account, device)?));
            let result = read.and_then(|read| job(&read));
            reading.end();
            readers.give_back(connection);
            readers.note_damage(&result);
            result
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Other(Box::new(error)))?
    }

    fn commits(&self, account: AccountId) -> watch::Receiver<u64> {
        self.told.commits.follow(account)
    }

    fn alarms(&self, account: AccountId) -> watch::Receiver<u64> {
        self.told.alarms.follow(account)
    }
}

impl Readers {
    /// A damaged page was met: the next start checks the whole file, and sets it aside if it is damaged.
    fn note_damage<T>(&self, result: &Result<T, EngineError>) {
        if let Err(EngineError::Store(StoreError::Corrupt(_) | StoreError::Decode(_))) = result {
            self.mark_suspect();
        }
    }

    fn mark_suspect(&self) {
        if let Err(error) = std::fs::write(suspect(&self.path), "") {
            tracing::warn!(%error, "the damaged database could not be marked");
        }
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => connect_reader(&self.path).map_err(store_error),
        }
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
