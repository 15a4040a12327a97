//! A daemon that starts meets what is there: nobody, a healthy daemon, one that ends, one that is old, mute or cut off.

use crate::client::control::{ask, blocking, end};
use crate::client::probe::{Probe, probe};
use crate::error::DaemonError;
use crate::lock::{Holder, LifeLock, Stage, StartingLock};
use crate::places::Places;
use std::time::{Duration, Instant};
use tasks_proto::build::Build;
use tokio::runtime::Runtime;
use tokio::time::timeout;

/// How long all of it may take, a little less than the starter waits, so that it hears why.
const TAKEOVER_LIMIT: Duration = Duration::from_secs(9);
/// A daemon that gives no sign of life for so long is mute.
const MUTE_AFTER: Duration = Duration::from_millis(500);
/// Shortest time it is given here, however long the starter has waited before.
const PROBE_LIMIT_MIN: Duration = Duration::from_millis(200);
/// How long an older daemon may take to say that it will stop.
const STOP_ANSWER_LIMIT: Duration = Duration::from_millis(500);

/// Who is to serve.
#[derive(Debug)]
pub(crate) enum Taken {
    /// We are: the life lock is ours; the starting lock is to be kept until we answer.
    Ours { life: LifeLock, starting: StartingLock },
    /// A healthy daemon that is not older.
    AlreadyRunning { pid: u32 },
}

/// Finds out, and makes room where there must be. `silent` is for how long the present daemon is known to be silent.
pub(crate) fn take(runtime: &Runtime, places: &Places, build: Build, silent: Duration) -> Result<Taken, DaemonError> {
    let deadline = Instant::now() + TAKEOVER_LIMIT;
    let starting = StartingLock::take(&places.starting_lock(), deadline)?;
    let life = LifeLock::open(&places.lock_file())?;
    if !life.try_acquire()?
        && let Some(pid) = runtime.block_on(deal_with(&life, places, build, silent))?
    {
        return Ok(Taken::AlreadyRunning { pid });
    }
    life.mark(Stage::Serving).map_err(DaemonError::file("write", &places.lock_file()))?;
    Ok(Taken::Ours { life, starting })
}

/// The pid of the daemon that goes on; none when the life lock is ours.
async fn deal_with(
    life: &LifeLock,
    places: &Places,
    build: Build,
    silent: Duration,
) -> Result<Option<u32>, DaemonError> {
    if life.stage() == Stage::Draining {
        let waiting = life.wait();
        blocking(move || end(&waiting, true)).await?;
        return Ok(None);
    }
    let limit = MUTE_AFTER.saturating_sub(silent).max(PROBE_LIMIT_MIN);
    let ends = match probe(places, build, limit).await? {
        Probe::Alive { answer, peer } if holds(life.holder()?, peer) => {
            let older = answer.build.parse::<Build>().is_ok_and(|present| present < build);
            if !older && life.stage() == Stage::Serving {
                return Ok(Some(answer.pid));
            }
            matches!(timeout(STOP_ANSWER_LIMIT, ask(places, build)).await, Ok(Ok(true)))
        }
        // Somebody answers who does not hold the lock: a stranger at the path. The holder is cut off.
        Probe::Alive { .. } | Probe::Nobody | Probe::Mute | Probe::HungUp => false,
    };
    // It may have begun to end while it was looked at.
    let ends = ends || life.stage() == Stage::Draining;
    let waiting = life.wait();
    blocking(move || end(&waiting, ends)).await?;
    Ok(None)
}

/// Whether the process that answered is the one that holds the lock. Where either pid is unknown (another pid namespace,
/// a platform that does not tell), the answer alone counts.
fn holds(holder: Option<Holder>, peer: Option<i32>) -> bool {
    match (holder.and_then(|holder| holder.pid), peer) {
        // 0: the peer lives in another pid namespace.
        (Some(holder), Some(peer)) if peer > 0 => holder.as_raw_nonzero().get() == peer,
        _ => holder.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::DRAIN_LIMIT;
    use rustix::process::Pid;

    #[test]
    fn only_the_holder_of_the_lock_counts_as_the_daemon() {
        let holder = Some(Holder { pid: Pid::from_raw(7) });
        assert!(holds(holder, Some(7)));
        assert!(!holds(holder, Some(8)));
        assert!(holds(holder, None) && holds(holder, Some(0)), "who cannot be compared is believed");
        assert!(holds(Some(Holder { pid: None }), Some(8)));
        assert!(!holds(None, Some(7)), "it has just let go");
    }

    #[test]
    fn all_of_it_ends_before_the_starter_gives_up() {
        assert!(TAKEOVER_LIMIT < crate::client::start::START_LIMIT);
        assert!(DRAIN_LIMIT + MUTE_AFTER + STOP_ANSWER_LIMIT < TAKEOVER_LIMIT);
    }
}
