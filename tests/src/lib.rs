//! A person's machine in a folder: runs the real `tasks` in an environment of its own, with a present that stands still.
#![expect(clippy::missing_panics_doc, reason = "everything here is for tests, which fail by panicking")]

pub mod desktop;
pub mod peers;
mod terminal;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Sunday, 22 November 2026, 10:00 in Berlin.
pub const NOW: &str = "2026-11-22T10:00:00+01:00";

/// The `tasks` binary: `TASKS_BIN`, or the one of this build, which is built first if need be.
pub fn tasks_bin() -> &'static Path {
    static BIN: OnceLock<PathBuf> = OnceLock::new();
    BIN.get_or_init(|| match std::env::var_os("TASKS_BIN") {
        Some(path) => path.into(),
        None => build(),
    })
}

fn build() -> PathBuf {
    // target/PROFILE/deps/THIS → target/PROFILE/tasks
    let this = std::env::current_exe().expect("a test has a path");
    let folder = this.parent().and_then(Path::parent).expect("a test lies in target/PROFILE/deps").to_owned();
    let release = folder.file_name().is_some_and(|name| name == "release");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "-p", "tasks", "--bin", "tasks"]).args(release.then_some("--release"));
    cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    // What `cargo test` says of this package to its tests would be taken for news by build scripts that look at it (ring's does):
    // all that is above them was built anew, half a minute for the first test of every run, and back again by the next build.
    let of_this_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_this_package)) {
        cargo.env_remove(name);
    }
    assert!(cargo.status().expect("cargo runs").success(), "the tasks binary does not build");
    folder.join("tasks")
}

/// One person's machine. Its daemon ends with it.
pub struct Home {
    folder: TempDir,
    /// The folder that `TASKS_HOME` names.
    pub path: PathBuf,
}

/// What a command left: exit code and both streams.
#[must_use]
#[derive(Debug)]
pub struct Ran {
    /// Exit code; 128 + the number for a signal.
    pub code: i32,
    /// Data.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

impl Ran {
    /// The data of a command that must have worked.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout
    }

    /// The talk of a command that must have failed with this code, changed nothing on stdout, and said it in a few lines.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!((1..=6).contains(&self.stderr.lines().count()), "{self:?}");
        self.stderr
    }

    /// The JSON of a command that must have worked: exactly one document.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        let text = self.ok();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

impl Home {
    /// A new machine with nothing on it.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("home");
        Self { folder, path }
    }

    /// The same with the data in this folder.
    pub fn at(path: PathBuf) -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), path }
    }

    /// A folder besides the home, gone with it.
    pub fn scratch(&self) -> &Path {
        self.folder.path()
    }

    /// `tasks` with these words, ready to run in this machine's environment and no other.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(tasks_bin());
        command.args(words).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder.path()).env("TASKS_HOME", &self.path).env("PATH", "/usr/bin:/bin");
        command.env("TASKS_NOW", NOW).env("TASKS_TZ", "Europe/Berlin").env("LANG", "en_GB.UTF-8");
        command
    }

    /// Runs `tasks` with these words.
    pub fn run(&self, words: &[&str]) -> Ran {
        ran(self.command(words).output().expect("tasks runs"))
    }

    /// Runs `tasks` with these bytes on stdin.
    pub fn run_with(&self, words: &[&str], stdin: &[u8]) -> Ran {
        self.run_in(words, stdin, &[])
    }

    /// Runs `tasks` with these bytes on stdin, and these variables over those of the machine; an empty one is not set.
    pub fn run_in(&self, words: &[&str], stdin: &[u8], variables: &[(&str, &str)]) -> Ran {
        use std::io::Write as _;
        let mut command = self.command(words);
        for (name, value) in variables {
            if value.is_empty() {
                command.env_remove(name);
            } else {
                command.env(name, value);
            }
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("tasks runs");
        let mut pipe = child.stdin.take().expect("a pipe");
        let bytes = stdin.to_owned();
        // On a thread of its own: the command may answer before it has read everything. A closed pipe is its right.
        let writer = std::thread::spawn(move || _ = pipe.write_all(&bytes));
        let output = child.wait_with_output().expect("tasks ends");
        writer.join().expect("the writer ends");
        ran(output)
    }

    /// The process id of the daemon that answers.
    pub fn daemon_pid(&self) -> i32 {
        let status = self.run(&["daemon", "status", "--json"]).json();
        pid_in(&status).unwrap_or_else(|| panic!("no pid in {status}"))
    }

    /// The process id of the daemon by what its log says: starts none, and asks none that hangs.
    pub fn daemon_pid_in_log(&self) -> i32 {
        let log = std::fs::read_to_string(self.path.join("logs/daemon.log")).expect("a log");
        let mut pids = log.lines().filter(|line| line.contains("serving")).filter_map(|line| {
            let (_, rest) = line.split_once("pid=")?;
            rest.split_whitespace().next()?.parse().ok()
        });
        pids.next_back().expect("a daemon that serves")
    }

    /// Titles that `tasks list` shows with this filter.
    pub fn titles(&self, filter: &[&str]) -> Vec<String> {
        let words: Vec<&str> = ["list", "--json", "--limit", "0"].iter().chain(filter).copied().collect();
        let listed = self.run(&words).json();
        let title = |task: &serde_json::Value| task["title"].as_str().expect("a title").to_owned();
        listed["tasks"].as_array().expect("tasks").iter().map(title).collect()
    }
}

fn pid_in(value: &serde_json::Value) -> Option<i32> {
    match value {
        serde_json::Value::Object(map) => {
            map.get("pid").and_then(|pid| i32::try_from(pid.as_i64()?).ok()).or_else(|| map.values().find_map(pid_in))
        }
        _ => None,
    }
}

/// What a command left.
pub fn ran(output: Output) -> Ran {
    use std::os::unix::process::ExitStatusExt as _;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let code = output.status.code().or(output.status.signal().map(|signal| 128 + signal)).expect("it ended");
    Ran { code, stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Nothing to stop is fine; what a test left running must not outlive it.
        _ = self.command(&["daemon", "stop"]).output();
    }
}

/// Sends a signal to a process this test started.
pub fn signal(pid: i32, signal: rustix::process::Signal) {
    if let Some(pid) = rustix::process::Pid::from_raw(pid) {
        // It may have ended by itself.
        _ = rustix::process::kill_process(pid, signal);
    }
}
