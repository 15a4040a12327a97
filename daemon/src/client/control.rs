//! Looks at the daemon and ends it.

use super::call::call_running;
use super::connect::{Reached, reach};
use super::start::START_LIMIT;
use crate::error::DaemonError;
use crate::lock::{DRAIN_LIMIT, LifeLock, Stage, StartingLock, Waiting};
use crate::places::Places;
use std::io;
use std::time::{Duration, Instant};
use tasks_proto::build::Build;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tokio::time::timeout;

/// How long a daemon may take to say that it will stop.
const STOP_ANSWER_LIMIT: Duration = Duration::from_millis(500);

/// How the daemon is. None when none runs.
pub async fn status(places: &Places, build: Build) -> Result<Option<v1::GetStatusResponse>, Failure> {
    let asked =
        |client: Client| async move { Ok(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner()) };
    if let Some(answer) = call_running(places, build, asked).await? {
        return Ok(Some(answer));
    }
    let lock = LifeLock::open_existing(&places.lock_file())?;
    let held = match &lock {
        Some(lock) => lock.stage() == Stage::Serving && lock.holder()?.is_some(),
        None => false,
    };
    if held { Err(DaemonError::NoSocket.into()) } else { Ok(None) }
}

/// Ends the daemon: asks it to finish, waits, and ends it by force if it does not. None when none was running.
pub async fn stop(places: &Places, build: Build) -> Result<Option<u32>, Failure> {
    let Some(lock) = LifeLock::open_existing(&places.lock_file())? else { return Ok(None) };
    if lock.holder()?.is_none() {
        return Ok(None);
    }
    // Nobody may start a daemon meanwhile; nor take us, who will hold the life lock for a moment, for a daemon.
    let path = places.starting_lock();
    let starting = blocking(move || StartingLock::take(&path, Instant::now() + START_LIMIT)).await?;
    let Some(holder) = lock.holder()? else { return Ok(None) };
    let asked = matches!(timeout(STOP_ANSWER_LIMIT, ask(places, build)).await, Ok(Ok(true)));
    let ended = blocking(move || {
        let waiting = lock.wait();
        let ended = end(&waiting, asked);
        // In this order, or a daemon that starts would find us holding the life lock.
        lock.release();
        drop(starting);
        ended
    });
    ended.await?;
    Ok(Some(holder.pid.map_or(0, |pid| pid.as_raw_nonzero().get().unsigned_abs())))
}

/// Waits for the life lock of a daemon that was asked to stop, or makes it stop.
pub(crate) fn end(waiting: &Waiting, asked: bool) -> Result<(), DaemonError> {
    if asked && waiting.within(DRAIN_LIMIT)? {
        return Ok(());
    }
    waiting.evict()
}

/// Whether the daemon said that it will stop.
pub(crate) async fn ask(places: &Places, build: Build) -> Result<bool, DaemonError> {
    let Reached::Peer { line, .. } = reach(places).await? else { return Ok(false) };
    let Ok(client) = Client::over(&line, build).await else { return Ok(false) };
    Ok(client.daemon().stop(v1::StopRequest {}).await.is_ok())
}

/// Runs what blocks beside the runtime, which meanwhile serves connections: one that ends waits for its peer.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DaemonError> + Send + 'static,
) -> Result<T, DaemonError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(DaemonError::System { action: "wait for the daemon", source: io::Error::other(error) })
    })
}
