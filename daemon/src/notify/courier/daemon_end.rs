//! The daemon's side: starts the courier when there is an errand, and lets it go when it is idle.

use super::{Answer, Errand, LINE_BYTES_MAX, Order, Reaction};
use crate::client::start::this_program;
use crate::notify::Outcome;
use crate::notify::session::{Newest, Session};
use crate::places::Places;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tasks_proto::error::Failure;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::time::timeout;

/// Longest time until an errand is answered: a little more than the longest channel takes. A courier that is slower is ended.
const ERRAND_LIMIT: Duration = Duration::from_mins(1);
/// How long it may take to put an order into the pipe: it is read at once.
const ORDER_LIMIT: Duration = Duration::from_secs(5);

/// How the courier is run.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Variables beside the inherited ones.
    pub environment: Vec<(OsString, OsString)>,
}

impl Launch {
    /// The program of the daemon of these places, as its courier.
    pub fn of(places: &Places) -> Result<Self, Failure> {
        let program = match &places.launcher().program {
            Some(program) => program.clone(),
            None => this_program()?,
        };
        let owned = |(name, value): (&OsStr, &OsStr)| (name.to_owned(), value.to_owned());
        Ok(Self {
            program,
            arguments: ["daemon", "courier"].map(OsString::from).to_vec(),
            environment: places.environment().into_iter().map(owned).collect(),
        })
    }
}

/// Delivers through a process of its own. Clones share it.
#[derive(Clone, Debug)]
pub struct Courier {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    launch: Launch,
    newest: Newest,
    running: AsyncMutex<Option<Running>>,
    /// What people do with pop-ups goes there; whoever reads it acts on it.
    reactions: mpsc::Sender<(Vec<String>, Reaction)>,
    /// How many were started: tells one from the next.
    started: AtomicU64,
}

#[derive(Debug)]
struct Running {
    input: ChildStdin,
    session: Session,
    serial: u64,
    ordered: u64,
    waiting: Waiting,
    kill: oneshot::Sender<()>,
}

/// Who waits for which order.
type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Outcome>>>>;

impl Courier {
    /// Starts nothing yet. What people do with pop-ups goes to `reactions`: the rows that were told, in letters, and what was done.
    pub fn new(launch: Launch, newest: Newest, reactions: mpsc::Sender<(Vec<String>, Reaction)>) -> Self {
        Self {
            shared: Arc::new(Shared {
                launch,
                newest,
                reactions,
                running: AsyncMutex::new(None),
                started: AtomicU64::new(0),
            }),
        }
    }

    /// Runs one errand. Ends within a minute, whatever happens.
    pub async fn run(&self, errand: Errand) -> Outcome {
        let (answer, serial) = match timeout(ORDER_LIMIT, self.order(errand)).await {
            Ok(Ok(ordered)) => ordered,
            Ok(Err(error)) => return Outcome::later(format!("the courier cannot be started: {error}")),
            Err(_) => {
                self.dismiss(None).await;
                return Outcome::later("the courier takes no orders");
            }
        };
        match timeout(ERRAND_LIMIT, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Outcome::later("the courier ended before it was done"),
            Err(_) => {
                self.dismiss(Some(serial)).await;
                Outcome::later("the courier did not get it done in time")
            }
        }
    }

    /// Takes away what is on the screen for these reminders, in letters. Starts no courier for that.
    pub async fn withdraw(&self, reminders: Vec<String>) {
        let runs = self.shared.running.lock().await.is_some();
        if runs {
            self.run(Errand::Withdraw(reminders)).await;
        }
    }

    /// Puts an order into the pipe of a courier that is in the right session.
    async fn order(&self, errand: Errand) -> std::io::Result<(oneshot::Receiver<Outcome>, u64)> {
        let mut slot = self.shared.running.lock().await;
        let session = self.shared.newest.get();
        // One in another session ends by itself when its pop-ups are gone.
        if slot.as_ref().is_some_and(|running| running.session != session) {
            *slot = None;
        }
        for fresh in [false, true] {
            let running = match &mut *slot {
                Some(running) => running,
                empty => empty.insert(self.start(session.clone())?),
            };
            running.ordered += 1;
            let order = Order { number: running.ordered, errand: errand.clone() };
            let (sender, answer) = oneshot::channel();
            lock(&running.waiting).insert(order.number, sender);
            let mut line = serde_json::to_vec(&order)?;
            line.push(b'\n');
            match running.input.write_all(&line).await {
                Ok(()) => return Ok((answer, running.serial)),
                // It was gone: once more with a new one.
                Err(error) if fresh => return Err(error),
                Err(_) => *slot = None,
            }
        }
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn start(&self, session: Session) -> std::io::Result<Running> {
        let launch = &self.shared.launch;
        let mut command = Command::new(&launch.program);
        command
            .args(&launch.arguments)
            .envs(launch.environment.iter().map(|(name, value)| (name, value)))
            .envs(session.variables())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A signal for the daemon's group is not for it: its pop-ups stay.
            .process_group(0);
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let serial = self.shared.started.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting::default();
        let (kill, killed) = oneshot::channel();
        tokio::spawn(self.clone().listen(output, serial, Arc::clone(&waiting)));
        tokio::spawn(reap(child, killed));
        Ok(Running { input, session, serial, ordered: 0, waiting, kill })
    }

    /// Hands answers to who waits for them; ends with the courier.
    async fn listen(self, output: ChildStdout, serial: u64, waiting: Waiting) {
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut lines).take(LINE_BYTES_MAX as u64).read_until(b'\n', &mut line).await;
            if read.is_err() || line.last() != Some(&b'\n') {
                break;
            }
            match serde_json::from_slice(&line) {
                Ok(Answer::Went { number, outcome }) => {
                    let who = lock(&waiting).remove(&number);
                    // Who has waited too long has gone.
                    who.map(|who| who.send(outcome));
                }
                Ok(Answer::Reacted { rows, reaction }) => {
                    // Nobody listens any more when the daemon ends.
                    _ = self.shared.reactions.send((rows, reaction)).await;
                }
                Ok(Answer::Idle { number }) => self.let_go(serial, number).await,
                Err(error) => tracing::warn!(%error, "the courier said something else"),
            }
        }
        // Nobody answers any more.
        lock(&waiting).clear();
        let mut slot = self.shared.running.lock().await;
        if slot.as_ref().is_some_and(|running| running.serial == serial) {
            *slot = None;
        }
    }

    /// Lets an idle courier end, unless there is a newer order than it knows.
    async fn let_go(&self, serial: u64, number: u64) {
        let mut slot = self.shared.running.lock().await;
        if slot.as_ref().is_some_and(|running| running.serial == serial && running.ordered == number) {
            *slot = None;
        }
    }

    /// Ends a courier that hangs: that one, or whichever there is.
    async fn dismiss(&self, serial: Option<u64>) {
        let mut slot = self.shared.running.lock().await;
        if let Some(running) = slot.take_if(|running| serial.is_none_or(|serial| running.serial == serial)) {
            tracing::warn!("the courier hangs and is ended");
            // It may have ended by itself.
            _ = running.kill.send(());
        }
    }
}

/// Collects the process when it ends, so that no zombie stays.
async fn reap(mut child: Child, killed: oneshot::Receiver<()>) {
    tokio::select! {
        status = child.wait() => match status {
            Ok(status) if status.success() => {}
            Ok(status) => tracing::warn!(%status, "the courier ended"),
            Err(error) => tracing::warn!(%error, "the courier could not be waited for"),
        },
        Ok(()) = killed => {
            _ = child.start_kill();
            _ = child.wait().await;
        }
    }
}

fn lock(waiting: &Waiting) -> std::sync::MutexGuard<'_, HashMap<u64, oneshot::Sender<Outcome>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
