//! A folder with a daemon of its own.

use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsString;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tasks_daemon::places::{Launcher, Places};
use tasks_daemon::{BUILD_STAMP_VARIABLE, call_blocking, stop};
use tasks_proto::build::Build;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tonic::{Code, Status};

/// Far more than anything here takes, also on a machine that does much else.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);

/// Ends its daemon, whatever state that is in, when it is dropped.
pub(crate) struct Home {
    folder: tempfile::TempDir,
    stamp: u64,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), stamp: 100 }
    }

    /// The same folder, seen by a program of another build.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub(crate) fn places(&self) -> Places {
        self.places_of(self.stamp)
    }

    /// For a program that was built at `stamp`, and whose daemon is then of that build too.
    pub(crate) fn places_of(&self, stamp: u64) -> Places {
        let home = self.path().into_os_string();
        let places = Places::from_env(&move |name| (name == "TASKS_HOME").then(|| home.clone())).unwrap();
        places.with_launcher(Launcher {
            program: Some(bare()),
            environment: vec![(OsString::from(BUILD_STAMP_VARIABLE), OsString::from(stamp.to_string()))],
            ..Launcher::default()
        })
    }

    pub(crate) fn build(&self) -> Build {
        build(self.stamp)
    }

    /// One request as a command makes it; the answer names the daemon.
    pub(crate) fn call(&self) -> Result<v1::GetStatusResponse, Failure> {
        self.call_of(self.stamp)
    }

    /// The same by a program that was built at `stamp`.
    pub(crate) fn call_of(&self, stamp: u64) -> Result<v1::GetStatusResponse, Failure> {
        call_blocking(&self.places_of(stamp), build(stamp), served).map(|(answer, _)| answer)
    }

    /// The daemon's pid, started if need be.
    pub(crate) fn pid(&self) -> u32 {
        self.call().unwrap().pid
    }

    pub(crate) fn stop(&self) -> Result<Option<u32>, Failure> {
        on_runtime(stop(&self.places(), self.build()))
    }

    /// `bare` with this home.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(bare());
        command.args(arguments).env("TASKS_HOME", self.path()).env(BUILD_STAMP_VARIABLE, self.stamp.to_string());
        command
    }

    pub(crate) fn data(&self, name: &str) -> PathBuf {
        self.places().data_folder().join(name)
    }

    /// Makes the bare daemon behave differently, as its `examples/bare.rs` says.
    pub(crate) fn ask_for(&self, name: &str) {
        fs::create_dir_all(self.places().data_folder()).unwrap();
        fs::write(self.data(name), "").unwrap();
    }

    /// Pids that opened, or closed, the store, in order.
    pub(crate) fn noted(&self, name: &str) -> Vec<u32> {
        let text = fs::read_to_string(self.data(name)).unwrap_or_default();
        text.lines().map(|line| line.parse().unwrap()).collect()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        fs::remove_file(self.data("slow-close")).ok();
        if let Err(failure) = self.stop()
            && !thread::panicking()
        {
            panic!("the daemon of a test could not be stopped: {failure}");
        }
    }
}

/// A request that passes the handshake, unlike those to `DaemonService` alone.
async fn served(client: Client) -> Result<v1::GetStatusResponse, Status> {
    match client.operations().list_operations(v1::ListOperationsRequest::default()).await {
        Err(status) if status.code() == Code::Unimplemented => {}
        Err(status) => return Err(status),
        Ok(_) => return Err(Status::internal("a bare daemon has no operations")),
    }
    Ok(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner())
}

pub(crate) fn build(stamp: u64) -> Build {
    Build { stamp, ..tasks_daemon::this_build() }
}

pub(crate) fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build().unwrap();
    runtime.block_on(work)
}

pub(crate) fn signal(pid: u32, signal: Signal) {
    kill_process(Pid::from_raw(pid.try_into().unwrap()).unwrap(), signal).unwrap();
}

pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < DEADLINE, "in vain waited for: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Tells how long it took; for people.
#[expect(clippy::print_stdout, reason = "measured times are for whoever runs the tests")]
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{what}: {} ms", began.elapsed().as_millis());
    done
}

/// The example, which only a plain `cargo test` builds: an old one would test what is no longer there.
pub(crate) fn bare() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("examples/bare");
    let built = fs::metadata(&program).and_then(|found| found.modified()).ok();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let changed = newest(&sources.join("src")).max(newest(&sources.join("examples")));
    assert!(built >= changed, "{} is missing or old: run cargo test -p tasks-daemon", program.display());
    program
}

fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let change = |path: PathBuf| {
        if path.is_dir() { newest(&path) } else { fs::metadata(path).unwrap().modified().ok() }
    };
    entries.filter_map(change).max()
}
