//! What the daemon serves: the one place where the SQLite store, the engine and the services come together.

mod reminding;

use crate::host::Env;
use crate::ids;
use std::path::Path;
use std::sync::Arc;
use tasks_daemon::places::Places;
use tasks_daemon::{Opened, StoreCheck, StoreStatus};
use tasks_domain::error::ErrorKind;
use tasks_domain::id::{AccountId, DeviceId};
use tasks_engine::clock::{Clock, SystemClock};
use tasks_engine::engine::Engine;
use tasks_engine::store::StoreError;
use tasks_proto::error::Failure;
use tasks_sqlite::{OpenError, Rescue, SqliteStore, open as open_store, schema};

/// Variable of the daemon's, for tests only: by how many seconds its clock is ahead of the machine's.
const CLOCK_AHEAD: &str = "TASKS_TEST_CLOCK_AHEAD";

/// Opens the replica and makes its services.
pub fn open(places: &Places) -> Result<Opened, Failure> {
    let path = places.database();
    let clock = clock(&Env::of_process())?;
    let mut random = [0; 10];
    ids::fill(&mut random)?;
    let device = DeviceId::new(clock.now_unix_ms(), random);
    let opened = open_store(&path, device, &identity, clock.now_unix_ms()).map_err(|error| failure(&error, &path))?;
    let store = Arc::new(opened.store);
    let engine = Engine::new(Arc::clone(&store), Arc::new(clock));
    let keeper = engine.clone();
    // Ends with the store.
    tokio::spawn(async move { keeper.keep_clean(AccountId::LOCAL).await });
    let sessions = reminding::begin(&engine, clock, places)?;
    let (ending, streams) = tokio::sync::watch::channel(false);
    // The socket admits its owner only, and a replica holds one account.
    let routes = tasks_api::routes(engine, Arc::new(|_: &_| Ok(AccountId::LOCAL)), streams);
    let notices: Vec<String> = opened.rescue.iter().map(told).collect();
    let mut warnings = notices.clone();
    if clock.on_the_machine(0) != 0 {
        warnings.push(format!("the clock is not that of the machine: {CLOCK_AHEAD} is set, which is for tests"));
    }
    let counted = Arc::clone(&store);
    let status = move || status(&counted, &path, warnings.clone());
    let checked = Arc::clone(&store);
    let check = move || {
        let found = checked.check(AccountId::LOCAL);
        let found = found.map_err(|error| Failure::new(ErrorKind::Failed, error.to_string()))?;
        let (newest_unix_ms, clock_unix_ms) = (found.newest_unix_ms, clock.now_unix_ms());
        Ok(StoreCheck { problems: found.problems, newest_unix_ms, clock_unix_ms })
    };
    Ok(Opened {
        routes,
        status: Box::new(status),
        check: Box::new(check),
        notices,
        sessions,
        // Nobody listens any more when no stream was opened.
        end_streams: Box::new(move || _ = ending.send(true)),
        close: Box::new(move || store.close()),
    })
}

/// The clock of the machine; in tests ahead of it, so that a daemon believes that it was away for so long.
fn clock(env: &Env) -> Result<SystemClock, Failure> {
    let Some(text) = env.text(CLOCK_AHEAD) else { return Ok(SystemClock::default()) };
    let ahead_ms = text.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1_000));
    let ahead_ms = ahead_ms.ok_or_else(|| {
        let failure =
            Failure::new(ErrorKind::Usage, format!("{CLOCK_AHEAD} is `{text}`, which is no number of seconds"));
        failure.with_hint("it is for tests: unset it")
    })?;
    Ok(SystemClock::ahead_by(ahead_ms))
}

fn status(store: &SqliteStore, path: &Path, warnings: Vec<String>) -> StoreStatus {
    let counts = store.counts(AccountId::LOCAL).unwrap_or_default();
    StoreStatus {
        database_bytes: bytes_on_disk(path),
        open_tasks: counts.live,
        operations: counts.operations,
        device: *store.device().as_bytes(),
        schema: schema::VERSION,
        warnings,
    }
}

/// The file and its log: until the log is taken back, most of a small database is there.
fn bytes_on_disk(path: &Path) -> u64 {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    [path, Path::new(&log)].into_iter().map(|file| std::fs::metadata(file).map_or(0, |file| file.len())).sum()
}

fn told(rescue: &Rescue) -> String {
    format!(
        "the database was damaged; it was set aside as {}, and {} tasks were read from it",
        rescue.set_aside.display(),
        rescue.entities
    )
}

/// What ties the replica to this machine and file: a copy of the file elsewhere is another device.
fn identity(path: &Path) -> String {
    let machine = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .into_iter()
        .find_map(|file| std::fs::read_to_string(file).ok())
        .unwrap_or_default();
    let file = std::fs::metadata(path).map(|file| {
        use std::os::unix::fs::MetadataExt as _;
        file.ino()
    });
    format!("{}:{}", machine.trim(), file.unwrap_or(0))
}

fn failure(error: &OpenError, path: &Path) -> Failure {
    let cause = std::error::Error::source(error).map(|cause| format!(" ({cause})")).unwrap_or_default();
    let failed = |hint: String| Failure::new(ErrorKind::Failed, format!("{error}{cause}")).with_hint(hint);
    match error {
        OpenError::Schema(_) => failed("install the newer tasks again; this one would misread the data".to_owned()),
        OpenError::Store(StoreError::Full(_)) => failed("make room on the disk that holds the database".to_owned()),
        OpenError::Store(StoreError::ReadOnly(_)) => failed(format!("see that {} can be written", path.display())),
        _ => failed(format!("the database is {}", path.display())),
    }
}
