//! Runs the program again as a daemon and waits until it says how that went.

use super::inherited;
use crate::error::DaemonError;
use crate::places::Places;
use crate::readiness::Readiness;
use std::fs::{File, OpenOptions};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;
use tasks_proto::error::Failure;
use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe::Receiver;
use tokio::time::timeout;

/// How long a daemon may take until it answers. Longer than an old one's stop deadline, which it may have to wait for.
pub(crate) const START_LIMIT: Duration = Duration::from_secs(10);
/// Environment variable that tells the new daemon how long the present one has already been silent, in milliseconds: so
/// much less is it waited for again.
pub(crate) const SILENT_VARIABLE: &str = "TASKS_DAEMON_SILENT_MS";
/// Longest line of readiness that is read, in bytes.
const LINE_BYTES_MAX: u64 = 64 * 1024;

/// How a daemon was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// A new one runs now.
    New {
        /// Its process.
        pid: u32,
    },
    /// A healthy one ran already.
    Already {
        /// Its process.
        pid: u32,
    },
}

/// Starts a daemon, unless a healthy one that is not older runs; returns when it answers.
pub async fn start(places: &Places) -> Result<Started, Failure> {
    start_after(places, Duration::ZERO).await?
}

/// The same when the present daemon has been silent for a while. The inner failure is what the new daemon said.
pub(crate) async fn start_after(places: &Places, silent: Duration) -> Result<Result<Started, Failure>, DaemonError> {
    let (mut child, stdout) = spawn(places, silent)?;
    let said = timeout(START_LIMIT, read_line(stdout)).await;
    // Only collects one that has ended already; a daemon that lives is not waited for.
    child.try_wait().ok();
    let Ok(line) = said else {
        return Err(DaemonError::SlowStart { limit: START_LIMIT, log: places.log_file() });
    };
    match Readiness::parse(&line) {
        Some(Readiness::New { pid, notices }) => {
            places.notices().add(notices);
            Ok(Ok(Started::New { pid }))
        }
        Some(Readiness::Already(pid)) => Ok(Ok(Started::Already { pid })),
        Some(Readiness::Failed(failure)) => Ok(Err(failure)),
        None => Err(DaemonError::DiedStarting { output: places.startup_output() }),
    }
}

fn spawn(places: &Places, silent: Duration) -> Result<(Child, Receiver), DaemonError> {
    let launcher = places.launcher();
    let program = match &launcher.program {
        Some(program) => program.clone(),
        None => this_program()?,
    };
    let mut command = inherited::command(&program);
    command
        .args(&launcher.arguments)
        .envs(places.environment())
        .env(SILENT_VARIABLE, silent.as_millis().to_string())
        // A daemon keeps no folder from being unmounted.
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(startup_output(places).map_or_else(Stdio::null, Stdio::from));
    let failed = |source| DaemonError::Spawn { program: program.clone(), source };
    let mut child = command.spawn().map_err(failed)?;
    let stdout = child.stdout.take().ok_or_else(|| failed(std::io::ErrorKind::BrokenPipe.into()))?;
    let stdout = Receiver::from_owned_fd(OwnedFd::from(stdout)).map_err(failed)?;
    Ok((child, stdout))
}

pub(crate) fn this_program() -> Result<PathBuf, DaemonError> {
    let found = std::env::current_exe();
    let program = found.map_err(|source| DaemonError::System { action: "find this program", source })?;
    // Replaced on the disk while it runs, as by an upgrade: Linux still has the one that runs.
    let running = PathBuf::from("/proc/self/exe");
    Ok(if program.exists() || !running.exists() { program } else { running })
}

/// Emptied at each start, so it stays small. A start does not fail for want of it.
fn startup_output(places: &Places) -> Option<File> {
    places.make_log_folder().ok()?;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(places.startup_output()).ok()
}

/// Up to the line's end or the pipe's; what cannot be read is as good as nothing.
async fn read_line(stdout: Receiver) -> String {
    let mut stdout = stdout.take(LINE_BYTES_MAX);
    let mut line = Vec::new();
    let mut bytes = [0; 1024];
    while !line.contains(&b'\n') {
        match stdout.read(&mut bytes).await {
            Ok(count) if count > 0 => line.extend(bytes.iter().take(count)),
            _ => break,
        }
    }
    String::from_utf8_lossy(&line).into_owned()
}
