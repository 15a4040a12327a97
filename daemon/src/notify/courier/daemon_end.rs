//! The daemon's side: starts the courier when there is an errand, and lets it go when it is idle.

use super::{Answer, Errand, LINE_BYTES_MAX, Order, Reaction, meeting};
use crate::client::start::this_program;
use crate::notify::Outcome;
use crate::places::Places;
use crate::session::{Newest, Session};
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tasks_proto::error::Failure;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::time::timeout;

/// Longest time until an errand is answered: a little more than the longest channel takes. A courier that is slower is ended.
const ERRAND_LIMIT: Duration = Duration::from_mins(1);
/// How long it may take to put an order into the pipe: it is read at once.
const ORDER_LIMIT: Duration = Duration::from_secs(5);
/// How long one that was left behind may take to say what it has on the screen.
const HERE_LIMIT: Duration = Duration::from_secs(2);

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
    /// One a session; those of sessions that were left stay until nothing is up there or on its way.
    running: AsyncMutex<Vec<Running>>,
    /// What people do with pop-ups goes there; whoever reads it acts on it.
    reactions: mpsc::Sender<(Vec<String>, Reaction)>,
    /// How many were started: tells one from the next.
    started: AtomicU64,
}

#[derive(Debug)]
struct Running {
    input: Input,
    session: Session,
    serial: u64,
    ordered: u64,
    waiting: Waiting,
    /// `None` for one that another daemon started.
    kill: Option<oneshot::Sender<()>>,
}

/// Where orders are put.
struct Input(Box<dyn AsyncWrite + Send + Unpin>);

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Input")
    }
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
                running: AsyncMutex::default(),
                started: AtomicU64::new(0),
            }),
        }
    }

    /// Runs one errand, in the session where somebody works now. Ends within little more than a minute, whatever happens.
    pub async fn run(&self, errand: Errand) -> Outcome {
        let session = self.shared.newest.get();
        for fresh in [false, true] {
            match self.try_run(&session, &errand).await {
                Ok(outcome) => return outcome,
                Err(error) if fresh => return Outcome::later(format!("the courier cannot be started: {error}")),
                // It had just ended: once more with a new one.
                Err(_) => {}
            }
        }
        Outcome::later("the courier ended twice")
    }

    async fn try_run(&self, session: &Session, errand: &Errand) -> std::io::Result<Outcome> {
        let (answer, serial) = {
            let mut all = self.shared.running.lock().await;
            let at = if let Some(at) = all.iter().position(|running| running.session == *session) {
                at
            } else {
                all.push(self.start(session.clone())?);
                all.len() - 1
            };
            let serial = all[at].serial;
            match timeout(ORDER_LIMIT, all[at].order(errand)).await {
                Ok(Ok(answer)) => (answer, serial),
                Ok(Err(error)) => {
                    all.remove(at);
                    return Err(error);
                }
                Err(_) => {
                    all.remove(at).end();
                    return Ok(Outcome::later("the courier takes no orders"));
                }
            }
        };
        Ok(match timeout(ERRAND_LIMIT, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Outcome::later("the courier ended before it was done"),
            Err(_) => {
                let mut all = self.shared.running.lock().await;
                if let Some(at) = all.iter().position(|running| running.serial == serial) {
                    all.remove(at).end();
                }
                Outcome::later("the courier did not get it done in time")
            }
        })
    }

    /// Takes over the couriers of these places that an earlier daemon left behind: what each of their pop-ups tells of, as rows and
    /// reminders in letters.
    pub async fn take_over(&self, places: &Places) -> Vec<Vec<(String, String)>> {
        let mut all = Vec::new();
        for stream in meeting::found(places).await {
            match timeout(HERE_LIMIT, self.greet(stream)).await {
                Ok(Ok(up)) => all.extend(up),
                Ok(Err(error)) => tracing::warn!(%error, "a courier that was left behind could not be taken over"),
                Err(_) => tracing::warn!("a courier that was left behind does not answer"),
            }
        }
        all
    }

    async fn greet(&self, stream: UnixStream) -> std::io::Result<Vec<Vec<(String, String)>>> {
        let (output, input) = stream.into_split();
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        (&mut lines).take(LINE_BYTES_MAX as u64).read_until(b'\n', &mut line).await?;
        let Answer::Here { session, up } = serde_json::from_slice(&line)? else {
            return Err(std::io::ErrorKind::InvalidData.into());
        };
        let value = |name: &str| session.iter().find(|(known, _)| known == name).map(|(_, value)| value.into());
        let session = Session::of(&value);
        let running = self.follow(lines, Input(Box::new(input)), session, None);
        self.shared.running.lock().await.push(running);
        Ok(up)
    }

    /// Does this errand wherever something is on a screen. Starts no courier for that.
    pub async fn everywhere(&self, errand: Errand) {
        let mut answers = Vec::new();
        for running in self.shared.running.lock().await.iter_mut() {
            // One that takes no orders has nothing up for long.
            if let Ok(Ok(answer)) = timeout(ORDER_LIMIT, running.order(&errand)).await {
                answers.push(answer);
            }
        }
        for answer in answers {
            _ = timeout(ORDER_LIMIT, answer).await;
        }
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
        let (kill, killed) = oneshot::channel();
        tokio::spawn(reap(child, killed));
        Ok(self.follow(BufReader::new(output), Input(Box::new(input)), session, Some(kill)))
    }

    /// Listens to a courier from now on.
    fn follow(
        &self,
        lines: BufReader<impl AsyncRead + Send + Unpin + 'static>,
        input: Input,
        session: Session,
        kill: Option<oneshot::Sender<()>>,
    ) -> Running {
        let serial = self.shared.started.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting::default();
        tokio::spawn(self.clone().listen(lines, serial, Arc::clone(&waiting)));
        Running { input, session, serial, ordered: 0, waiting, kill }
    }

    /// Hands answers to who waits for them; ends with the courier.
    async fn listen(self, mut lines: BufReader<impl AsyncRead + Send + Unpin>, serial: u64, waiting: Waiting) {
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
                // Said once, before anything else.
                Ok(Answer::Here { .. }) => {}
                Ok(Answer::Idle { number }) => self.let_go(serial, number).await,
                Err(error) => tracing::warn!(%error, "the courier said something else"),
            }
        }
        // Nobody answers any more.
        lock(&waiting).clear();
        self.shared.running.lock().await.retain(|running| running.serial != serial);
    }

    /// Lets an idle courier end, unless there is a newer order than it knows.
    async fn let_go(&self, serial: u64, number: u64) {
        let mut all = self.shared.running.lock().await;
        all.retain(|running| running.serial != serial || running.ordered != number);
    }
}

impl Running {
    /// Puts an order into the pipe.
    async fn order(&mut self, errand: &Errand) -> std::io::Result<oneshot::Receiver<Outcome>> {
        self.ordered += 1;
        let order = Order { number: self.ordered, errand: errand.clone() };
        let (sender, answer) = oneshot::channel();
        lock(&self.waiting).insert(order.number, sender);
        let mut line = serde_json::to_vec(&order)?;
        line.push(b'\n');
        self.input.0.write_all(&line).await?;
        Ok(answer)
    }

    /// Ends one that hangs.
    fn end(self) {
        tracing::warn!("the courier hangs and is ended");
        // It may have ended by itself.
        _ = self.kill.map(|kill| kill.send(()));
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
