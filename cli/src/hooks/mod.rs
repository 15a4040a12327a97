//! `tasks on`: a command for each event, beside everything else.
//!
//! One loop takes events in, as long as not too many are at work; each is a small task of its own that runs the command until it
//! works or its tries are over. Nobody waits for another but for a free slot.

mod journal;
mod place;
mod process;
mod progress;

pub use place::Place;
pub use process::Program;

use crate::attempt::Attempt;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link;
use crate::link::feed::{Feed, News};
use crate::outcome::Outcome;
use crate::output;
use crate::present::Present;
use journal::Journal;
use progress::{Progress, Ticket};
use std::sync::Arc;
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;
use tasks_proto::v1::watch_response::What;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Events that wait for a slot or for another try at once; beyond that no more are taken in.
const AT_WORK_MAX: usize = 256;
/// Pause before the second try; doubled for each further one.
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_mins(1);
/// How long commands may take to end when the program is told to.
const STOP_LIMIT: Duration = Duration::from_secs(4);

/// What to run, and how.
#[derive(Debug)]
pub struct Hook {
    /// The command.
    pub program: Program,
    /// Most at once.
    pub jobs: u16,
    /// How long it may take.
    pub timeout: Duration,
    /// How often a failed one is run again.
    pub retries: u32,
}

/// Runs commands until the program is told to end.
pub fn run(ctx: &mut Ctx, feed: Feed, hook: Hook, place: Option<Place>) -> Result<Outcome, CliError> {
    let journal = Journal::new(link::places(&ctx.env)?.log_folder().join("on.log"));
    let runtime = link::runtime()?;
    let (attempts, tried) = mpsc::channel(8);
    let (ending, _) = watch::channel(false);
    let runner = Runner {
        slots: Arc::new(Semaphore::new(usize::from(hook.jobs))),
        hook: Arc::new(hook),
        present: ctx.present.clone(),
        ctx,
        journal,
        progress: Progress::new(place),
        running: JoinSet::new(),
        attempts,
        ending,
    };
    runtime.block_on(runner.run(feed, tried))
}

struct Runner<'a> {
    ctx: &'a mut Ctx,
    present: Present,
    hook: Arc<Hook>,
    slots: Arc<Semaphore>,
    journal: Journal,
    progress: Progress,
    /// Each answers with its ticket once nothing more is done for the event.
    running: JoinSet<Option<Ticket>>,
    attempts: mpsc::Sender<Attempt>,
    ending: watch::Sender<bool>,
}

impl Runner<'_> {
    async fn run(mut self, mut feed: Feed, mut tried: mpsc::Receiver<Attempt>) -> Result<Outcome, CliError> {
        let mut signals = Signals::listen()?;
        loop {
            tokio::select! {
                biased;
                code = signals.next() => {
                    self.stop(&mut tried, &mut signals).await?;
                    return Err(CliError::Stopped(code));
                }
                Some(attempt) = tried.recv() => self.tell(&attempt)?,
                Some(ended) = self.running.join_next(), if !self.running.is_empty() => self.ended(ended.ok().flatten())?,
                news = feed.next(), if self.running.len() < AT_WORK_MAX => self.take(news?)?,
            }
        }
    }

    fn take(&mut self, news: News) -> Result<(), CliError> {
        let message = match news {
            News::Message(message) => *message,
            News::Stopped => return self.ctx.ui.warn("the daemon was stopped; it goes on once there is one again"),
        };
        match message.what {
            Some(What::Event(event)) => {
                let ticket = self.progress.begin(&message.cursor);
                let job = Job {
                    hook: Arc::clone(&self.hook),
                    slots: Arc::clone(&self.slots),
                    attempts: self.attempts.clone(),
                    ending: self.ending.subscribe(),
                    cursor: message.cursor,
                    event: Arc::new(event),
                };
                self.running.spawn(async move { job.run().await.then_some(ticket) });
                Ok(())
            }
            Some(What::Resync(_)) => {
                let cursor = &message.cursor;
                let text = format!("what happened before {cursor} is not known any more: no command ran for it");
                self.ctx.ui.warn(&text)?;
                self.passed(&message.cursor)
            }
            Some(What::Position(_)) | None => self.passed(&message.cursor),
        }
    }

    /// Nothing is to be done up to there.
    fn passed(&mut self, cursor: &str) -> Result<(), CliError> {
        let ticket = self.progress.begin(cursor);
        self.progress.end(ticket)
    }

    fn ended(&mut self, ticket: Option<Ticket>) -> Result<(), CliError> {
        ticket.map_or(Ok(()), |ticket| self.progress.end(ticket))
    }

    fn tell(&mut self, attempt: &Attempt) -> Result<(), CliError> {
        if let Err(error) = self.journal.keep(attempt, &self.hook.program, self.present.again().now) {
            self.ctx.ui.warn(&format!("nothing is kept in {}: {error}", self.journal.path().display()))?;
        }
        output::attempt(&mut self.ctx.ui, attempt, self.journal.path())
    }

    /// Ends the commands, and tells how they ended.
    async fn stop(&mut self, tried: &mut mpsc::Receiver<Attempt>, signals: &mut Signals) -> Result<(), CliError> {
        self.ending.send_replace(true);
        let mut lines = Ok(());
        let all = async {
            while !self.running.is_empty() {
                tokio::select! {
                    biased;
                    Some(attempt) = tried.recv() => lines = self.tell(&attempt),
                    ended = self.running.join_next() => match ended {
                        Some(Ok(Some(ticket))) => _ = self.progress.end(ticket),
                        Some(_) => {}
                        None => break,
                    },
                    // Told twice: what still runs is killed when this ends.
                    _ = signals.next() => break,
                }
            }
        };
        _ = timeout(STOP_LIMIT, all).await;
        lines
    }
}

/// One event at work.
struct Job {
    hook: Arc<Hook>,
    slots: Arc<Semaphore>,
    attempts: mpsc::Sender<Attempt>,
    ending: watch::Receiver<bool>,
    cursor: String,
    event: Arc<v1::Event>,
}

impl Job {
    /// Whether all was done for the event: it worked, or its tries are over. Not when the program ends before.
    async fn run(mut self) -> bool {
        let of = self.hook.retries.saturating_add(1);
        let mut pause = PAUSE;
        for number in 1..=of {
            let mut ending = self.ending.clone();
            let ended = async move { _ = ending.wait_for(|ending| *ending).await };
            let permit = tokio::select! {
                biased;
                () = ended => return false,
                permit = Arc::clone(&self.slots).acquire_owned() => permit,
            };
            let began = tokio::time::Instant::now();
            let ran = process::run(&self.hook, &self.cursor, &self.event, self.ending.clone()).await;
            // A command that waits for its next try gives its slot to others.
            drop(permit);
            let (worked, interrupted) = (ran.worked(), ran.was_interrupted());
            let again_in = (!worked && !interrupted && number < of).then_some(pause);
            let (cursor, event, took) = (self.cursor.clone(), Arc::clone(&self.event), began.elapsed());
            // Fails when the program ends.
            _ = self.attempts.send(Attempt { cursor, event, number, of, ran, took, again_in }).await;
            if interrupted {
                return false;
            }
            if again_in.is_none() {
                return true;
            }
            tokio::select! {
                biased;
                _ = self.ending.wait_for(|ending| *ending) => return false,
                () = sleep(pause) => pause = (pause * 2).min(PAUSE_MAX),
            }
        }
        true
    }
}

/// What tells the program to end.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

/// A shell's exit code for a program that a signal ended is this and its number.
const SIGNAL_CODE: u8 = 128;

impl Signals {
    fn listen() -> Result<Self, CliError> {
        let listen = |kind| {
            signal(kind).map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot listen to signals: {error}")))
        };
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hang_up: listen(SignalKind::hangup())?,
        })
    }

    /// The exit code of the next one.
    async fn next(&mut self) -> u8 {
        let kind = tokio::select! {
            _ = self.interrupt.recv() => SignalKind::interrupt(),
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.hang_up.recv() => SignalKind::hangup(),
        };
        SIGNAL_CODE + u8::try_from(kind.as_raw_value()).unwrap_or(0)
    }
}
