//! Following what happens, through ends and new beginnings of the daemon.

use super::{places, runtime, this_build};
use crate::error::CliError;
use crate::host::Env;
use crate::present::Present;
use std::error::Error as _;
use std::time::Duration;
use tasks_daemon::places::Places;
use tasks_domain::error::ErrorKind;
use tasks_proto::build::DAEMON_STOPPING;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep_until};
use tonic::{Status, Streaming};

/// Pause after the first look for a daemon that was stopped; doubled after each further one.
const PAUSE: Duration = Duration::from_millis(20);
/// Longest pause between two such looks. Nothing can happen meanwhile: whoever changes something starts the daemon.
const PAUSE_MAX: Duration = Duration::from_secs(2);
/// From this pause on the person is told.
const PAUSE_TOLD: Duration = Duration::from_millis(640);
/// Failed tries in a row to start a daemon after one that ended without a word, before giving up.
const TRIES_MAX: u32 = 8;

/// What comes out of a feed.
#[derive(Debug)]
pub enum News {
    /// From the daemon.
    Message(Box<v1::WatchResponse>),
    /// The daemon was stopped and none is there yet; told once for each time.
    Stopped,
}

/// Where a feed stands.
enum State {
    /// Not connected yet, or the daemon ended by accident: it is started.
    Start,
    /// The daemon was told to stop. Whoever did that does not want it to be started by somebody who only looks on.
    Stopped { pause: Duration, told: bool },
    /// Connected; the stream keeps the connection.
    Open(Box<Streaming<v1::WatchResponse>>),
}

/// Events from one cursor on, without gap or repeat, whatever happens to the daemon meanwhile.
pub struct Feed {
    places: Places,
    present: Present,
    is_fixed: bool,
    request: v1::WatchRequest,
    state: State,
    /// Not before then.
    wait_until: Option<Instant>,
    failures: u32,
}

impl Feed {
    /// Follows what the request says; its caller is filled in at each beginning.
    pub fn new(env: &Env, present: &Present, request: v1::WatchRequest) -> Result<Self, CliError> {
        let is_fixed = env.text("TASKS_NOW").is_some();
        let (places, present) = (places(env)?, present.clone());
        Ok(Self { places, present, is_fixed, request, state: State::Start, wait_until: None, failures: 0 })
    }

    /// What comes next. May be dropped and called again at any time: nothing is lost.
    pub async fn next(&mut self) -> Result<News, Failure> {
        loop {
            if let Some(until) = self.wait_until {
                sleep_until(until).await;
                self.wait_until = None;
            }
            match &mut self.state {
                State::Open(stream) => match stream.message().await {
                    Ok(Some(message)) => {
                        self.failures = 0;
                        self.request.since.clone_from(&message.cursor);
                        return Ok(News::Message(Box::new(message)));
                    }
                    Ok(None) => self.state = State::Start,
                    Err(status) => {
                        self.state = match gone(status)? {
                            Gone::Stopped => State::Stopped { pause: PAUSE, told: false },
                            Gone::Broken => State::Start,
                        }
                    }
                },
                State::Start => self.start().await?,
                State::Stopped { pause, told } => {
                    if *pause >= PAUSE_TOLD && !*told {
                        *told = true;
                        return Ok(News::Stopped);
                    }
                    self.look().await?;
                }
            }
        }
    }

    async fn start(&mut self) -> Result<(), Failure> {
        let request = self.request();
        let ask = |client: Client| open(client, request.clone());
        match tasks_daemon::call(&self.places, this_build(), ask).await {
            Ok(stream) => self.state = State::Open(Box::new(stream)),
            // Before the first message there is nothing to go on with: the person is told.
            Err(failure) if failure.kind != ErrorKind::Unavailable || self.request.since.is_empty() => {
                return Err(failure);
            }
            Err(failure) => {
                self.failures += 1;
                if self.failures >= TRIES_MAX {
                    return Err(failure);
                }
                self.wait_until = Some(Instant::now() + PAUSE * 2_u32.pow(self.failures));
            }
        }
        Ok(())
    }

    /// Looks whether a daemon is there again.
    async fn look(&mut self) -> Result<(), Failure> {
        let request = self.request();
        let ask = |client: Client| open(client, request.clone());
        match tasks_daemon::call_running(&self.places, this_build(), ask).await {
            Ok(Some(stream)) => self.state = State::Open(Box::new(stream)),
            Err(failure) if failure.kind != ErrorKind::Unavailable => return Err(failure),
            // None yet, or one that is on its way.
            Ok(None) | Err(_) => {
                if let State::Stopped { pause, .. } = &mut self.state {
                    self.wait_until = Some(Instant::now() + *pause);
                    *pause = (*pause * 2).min(PAUSE_MAX);
                }
            }
        }
        Ok(())
    }

    fn request(&self) -> v1::WatchRequest {
        let present = if self.is_fixed { self.present.clone() } else { self.present.again() };
        v1::WatchRequest { caller: Some(present.caller()), ..self.request.clone() }
    }
}

async fn open(client: Client, request: v1::WatchRequest) -> Result<Streaming<v1::WatchResponse>, Status> {
    Ok(client.watch().watch(request).await?.into_inner())
}

/// Why a stream ended that would have gone on.
pub(super) enum Gone {
    /// The daemon was told to stop.
    Stopped,
    /// It ended otherwise, or the connection broke.
    Broken,
}

/// Why it ended; an error when another try has no use.
pub(super) fn gone(status: Status) -> Result<Gone, Failure> {
    // A broken connection has a cause in this process.
    if status.source().is_some() {
        return Ok(Gone::Broken);
    }
    let failure = Failure::from(status);
    match failure.kind {
        ErrorKind::Unavailable if failure.reason == DAEMON_STOPPING => Ok(Gone::Stopped),
        ErrorKind::Unavailable => Ok(Gone::Broken),
        _ => Err(failure),
    }
}

/// A feed for whoever does nothing else meanwhile.
pub struct Follow {
    runtime: Runtime,
    feed: Feed,
}

impl Follow {
    /// Begins to follow.
    pub fn new(feed: Feed) -> Result<Self, CliError> {
        Ok(Self { runtime: runtime()?, feed })
    }
}

impl Iterator for Follow {
    type Item = Result<News, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.runtime.block_on(self.feed.next()).map_err(CliError::from))
    }
}
