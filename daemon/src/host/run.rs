//! The whole daemon, from the first lock to the last.

use super::life::Life;
use super::opened::Opened;
use super::pending::Pending;
use super::serve::serve;
use super::signals::Signals;
use super::takeover::{Taken, take};
use super::{listener, log_file};
use crate::client::start::SILENT_VARIABLE;
use crate::error::DaemonError;
use crate::lock::{LifeLock, StartingLock};
use crate::places::Places;
use crate::readiness::{Readiness, Reporter};
use rustix::fs::Mode;
use std::mem;
use std::sync::Arc;
use std::time::Duration;
use tasks_proto::build::Build;
use tasks_proto::error::Failure;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

/// Threads for work that blocks: the store's status and its end. The engine brings its own.
const BLOCKING_THREADS_MAX: usize = 4;

/// What a daemon is to be.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// Where everything lies.
    pub places: Places,
    /// The build of this program.
    pub build: Build,
    /// Now, in milliseconds since 1970.
    pub started_at_unix_ms: i64,
    /// A command started it: readiness is told on standard output, and it leaves the terminal.
    pub background: bool,
    /// How long it may take from the wish to end until the store is closed.
    pub stop_deadline: Duration,
}

impl RunConfig {
    /// In the foreground, with five seconds to stop.
    pub fn new(places: Places, build: Build, started_at_unix_ms: i64) -> Self {
        Self { places, build, started_at_unix_ms, background: false, stop_deadline: Duration::from_secs(5) }
    }
}

/// How a daemon ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    /// It served, was asked to end, and closed its store.
    Served,
    /// A healthy daemon that is not older runs already.
    AlreadyRunning,
}

/// Runs the daemon until it is asked to end. Blocks; makes its own runtime, in whose context `open` is called.
///
/// `open` runs when this process is sure to be the only daemon of the data folder.
/// The process should end when this returns: after an error the life lock stays held until then, because the store's
/// writer may still be at work.
pub fn run(config: RunConfig, open: impl FnOnce(&Places) -> Result<Opened, Failure>) -> Result<RunOutcome, Failure> {
    let reporter = Reporter::new(config.background);
    let places = config.places.clone();
    let outcome = host(config, &reporter, open);
    if let Err(failure) = &outcome {
        // It may have failed before there was a log. The starter hears of it in any case.
        log_file::begin(&places).ok();
        tracing::error!(kind = %failure.kind, message = failure.message, "ended with an error");
        reporter.tell(&Readiness::Failed(failure.clone()));
    }
    outcome
}

fn host(
    config: RunConfig,
    reporter: &Reporter,
    open: impl FnOnce(&Places) -> Result<Opened, Failure>,
) -> Result<RunOutcome, Failure> {
    if config.background {
        // Fails only for the leader of a group; then somebody made it one, which is as good.
        rustix::process::setsid().ok();
    }
    // For the whole process: every file it makes, the socket and the database among them, is its owner's from the start.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let places = &config.places;
    places.make_data_folder()?;
    let runtime = runtime()?;
    let mut warnings = Vec::new();
    let (life, starting) = match take(&runtime, places, config.build, silent_for())? {
        Taken::AlreadyRunning { pid } => {
            reporter.tell(&Readiness::Already(pid));
            return Ok(RunOutcome::AlreadyRunning);
        }
        Taken::Ours { life, starting } => (life, starting),
    };
    // After the locks, as two processes must not move one log aside. A daemon without a log is better than none.
    if let Err(error) = log_file::begin(places) {
        warnings.push(format!("nothing is logged: {}", Failure::from(error).message));
    }
    let opened = {
        let _context = runtime.enter();
        open(places)?
    };
    let served = serve_as(config, &runtime, reporter, Claim { life, starting, opened, warnings });
    // What is left are connections of clients that do not go away, or a store that does not close; neither is waited for.
    runtime.shutdown_background();
    served?;
    Ok(RunOutcome::Served)
}

/// What a process has that is to be the daemon.
struct Claim {
    life: LifeLock,
    starting: StartingLock,
    opened: Opened,
    warnings: Vec<String>,
}

fn serve_as(config: RunConfig, runtime: &Runtime, reporter: &Reporter, claim: Claim) -> Result<(), DaemonError> {
    let Claim { life: lock, starting, opened, warnings } = claim;
    let kept = lock.clone();
    let served = runtime.block_on(async {
        let signals = Signals::listen()?;
        let (listener, socket) = match listener::bind(&config.places) {
            Ok(bound) => bound,
            Err(error) => {
                (opened.close)();
                return Err(error);
            }
        };
        let life = Arc::new(Life {
            places: config.places,
            build: config.build,
            started_at_unix_ms: config.started_at_unix_ms,
            pending: Pending::new(),
            warnings,
            lock,
            sessions: opened.sessions.clone(),
            socket,
            stopping: CancellationToken::new(),
        });
        tracing::info!(build = %life.build, pid = std::process::id(), socket = %life.socket.path().display(), "serving");
        drop(starting);
        let notices = opened.notices.clone();
        reporter.tell(&Readiness::New { pid: std::process::id(), notices });
        serve(&life, listener, opened, signals, config.stop_deadline).await
    });
    match served {
        Ok(()) => {
            tracing::info!("ended");
            kept.release();
        }
        // The store is perhaps not closed: nobody else may have it before this process has ended.
        Err(_) => mem::forget(kept),
    }
    served
}

fn runtime() -> Result<Runtime, DaemonError> {
    Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(BLOCKING_THREADS_MAX)
        .build()
        .map_err(|source| DaemonError::System { action: "start the daemon's runtime", source })
}

fn silent_for() -> Duration {
    let told = std::env::var(SILENT_VARIABLE).ok().and_then(|text| text.parse().ok());
    Duration::from_millis(told.unwrap_or(0))
}
