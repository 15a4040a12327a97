//! One request to the daemon, whatever state that is in.

use super::connect::{Reached, reach};
use super::probe::{Probe, probe};
use super::start::start_after;
use crate::error::DaemonError;
use crate::lock::{DRAIN_LIMIT, LifeLock, Stage};
use crate::places::Places;
use std::error::Error as _;
use std::future::{Future, Ready};
use std::pin::{Pin, pin};
use std::time::Duration;
use tasks_proto::build::{BUILD_HEADER, Build};
use tasks_proto::client::{Client, Line};
use tasks_proto::error::Failure;
use tokio::time::{sleep, timeout};
use tonic::Status;

/// From the first try to the last answer.
const OVERALL_LIMIT: Duration = Duration::from_mins(1);
/// Tries of one request. Each failed one had a cause that was dealt with; more would be a loop.
const ATTEMPTS_MAX: u32 = 5;
/// After so long without an answer a sign of life is asked for, beside the request.
pub(crate) const DOUBT_AFTER: Duration = Duration::from_millis(200);
/// How long that may take. Together they are the 500 ms after which a daemon counts as mute.
const PROBE_LIMIT: Duration = Duration::from_millis(300);
/// Between two signs of life of a daemon that is slow.
const DOUBT_AGAIN: Duration = Duration::from_secs(2);

/// How one try ended.
pub(crate) enum Attempt<T> {
    Answered(Result<T, Failure>),
    /// A newer build asked: it ends, and a new one is wanted.
    Outdated(Failure),
    Nobody,
    HungUp(String),
    Mute,
}

/// Runs a request against the daemon and starts one when none answers.
///
/// When the daemon turns out older than this build, hangs up or is mute, it is replaced and the request is run again: it
/// must be one that may be repeated, as those with an operation id. All of it ends within 60 seconds.
pub async fn call<T, F, Fut>(places: &Places, build: Build, request: F) -> Result<T, Failure>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    call_after(places, build, &request, None::<Pin<&mut Ready<Attempt<T>>>>).await
}

/// The same, with the first try on its way already: [`DOUBT_AFTER`] has passed without an answer.
pub(crate) async fn call_after<T, F, Fut, First>(
    places: &Places,
    build: Build,
    request: &F,
    mut first: Option<Pin<&mut First>>,
) -> Result<T, Failure>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
    First: Future<Output = Attempt<T>>,
{
    limited(async {
        let mut last = Failure::from(DaemonError::Silent);
        let mut hung_up = false;
        for tries in 0..ATTEMPTS_MAX {
            // A machine that is so busy that a live daemon was taken for a mute one gets more time.
            let patience = PROBE_LIMIT * 2_u32.pow(tries);
            let tried = match first.take() {
                Some(answer) => watched(places, build, answer, Duration::ZERO, patience).await?,
                None => attempt(places, build, request, patience).await?,
            };
            let silent = match tried {
                Attempt::Answered(answer) => return answer,
                Attempt::Outdated(failure) => {
                    last = failure;
                    Duration::ZERO
                }
                Attempt::Nobody => Duration::ZERO,
                Attempt::HungUp(why) => {
                    last = DaemonError::HungUp(why).into();
                    // Once is an end of its own that the next connection sees; twice is one that does not work.
                    if !std::mem::replace(&mut hung_up, true) {
                        continue;
                    }
                    Duration::ZERO
                }
                Attempt::Mute => {
                    last = DaemonError::Silent.into();
                    DOUBT_AFTER + patience
                }
            };
            start_after(places, silent).await??;
        }
        Err(last)
    })
    .await
}

/// Runs a request against the daemon if one runs; never starts one. None when none runs, also when it ends because this
/// build is newer.
pub async fn call_running<T, F, Fut>(places: &Places, build: Build, request: F) -> Result<Option<T>, Failure>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    limited(async {
        let mut last = Failure::from(DaemonError::Silent);
        for _ in 0..ATTEMPTS_MAX {
            match attempt(places, build, &request, PROBE_LIMIT).await? {
                Attempt::Answered(answer) => return answer.map(Some),
                Attempt::Outdated(_) | Attempt::Nobody => return Ok(None),
                Attempt::HungUp(why) => last = DaemonError::HungUp(why).into(),
                Attempt::Mute => return Err(DaemonError::Silent.into()),
            }
        }
        Err(last)
    })
    .await
}

async fn limited<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(OVERALL_LIMIT, work).await.unwrap_or_else(|_| Err(DaemonError::TimedOut(OVERALL_LIMIT).into()))
}

/// `patience` is how long a sign of life may take.
async fn attempt<T, F, Fut>(
    places: &Places,
    build: Build,
    request: &F,
    patience: Duration,
) -> Result<Attempt<T>, DaemonError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    let line = match reach(places).await? {
        Reached::Peer { line, .. } => line,
        Reached::Nobody => return Ok(Attempt::Nobody),
        Reached::Full => return Ok(Attempt::Mute),
    };
    watched(places, build, pin!(exchange(&line, build, places, request)), DOUBT_AFTER, patience).await
}

/// One request and its answer, without a look at the time.
pub(crate) async fn exchange<T, F, Fut>(line: &Line, build: Build, places: &Places, request: &F) -> Attempt<T>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    match Client::carrying(line, build, &places.session().headers()).await {
        Ok(client) => judge(request(client).await),
        Err(status) => Attempt::HungUp(status.message().to_owned()),
    }
}

/// Waits for an answer; when none came within `doubt`, asks beside it for signs of life.
async fn watched<T, Answer: Future<Output = Attempt<T>>>(
    places: &Places,
    build: Build,
    mut answer: Pin<&mut Answer>,
    mut doubt: Duration,
    patience: Duration,
) -> Result<Attempt<T>, DaemonError> {
    let mut ending = false;
    loop {
        tokio::select! {
            biased;
            attempt = &mut answer => return Ok(attempt),
            () = sleep(doubt) => {}
        }
        tokio::select! {
            biased;
            attempt = &mut answer => return Ok(attempt),
            found = probe(places, build, patience) => match found? {
                Probe::Alive { .. } => doubt = DOUBT_AGAIN,
                // It takes nobody new, and finishes what it has, this request among it.
                Probe::Nobody | Probe::HungUp if !ending && is_draining(places)? => {
                    ending = true;
                    doubt = DRAIN_LIMIT;
                }
                Probe::Mute | Probe::Nobody | Probe::HungUp => return Ok(Attempt::Mute),
            },
        }
    }
}

fn is_draining(places: &Places) -> Result<bool, DaemonError> {
    let lock = LifeLock::open_existing(&places.lock_file())?;
    Ok(lock.is_some_and(|lock| lock.stage() == Stage::Draining))
}

fn judge<T>(answer: Result<T, Status>) -> Attempt<T> {
    match answer {
        Ok(value) => Attempt::Answered(Ok(value)),
        // The connection broke: such a status has a cause in this process and nothing that the daemon adds to its answers.
        Err(status) if status.source().is_some() && !status.metadata().contains_key(BUILD_HEADER) => {
            Attempt::HungUp(status.message().to_owned())
        }
        Err(status) => {
            let failure = Failure::from(status);
            if failure.is_daemon_outdated() { Attempt::Outdated(failure) } else { Attempt::Answered(Err(failure)) }
        }
    }
}
