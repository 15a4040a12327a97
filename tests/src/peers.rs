//! Real servers that reminders are sent to: a mail server (aiosmtpd) and a receiver of webhooks, each a process of its own that
//! tells of what it gets.

use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const AIOSMTPD: &str = "1.4.6";
/// Far more than anything here takes, also on a machine that does much else.
const LIMIT: Duration = Duration::from_mins(1);
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

/// A server, ended with this.
pub struct Peer {
    /// Where it listens, on loopback.
    pub port: u16,
    told: Receiver<Value>,
    child: Child,
    /// Its end ends the server.
    _stdin: ChildStdin,
}

impl Peer {
    /// A mail server; `arguments` as `peers/smtp.py` says.
    pub fn smtp(arguments: &[&str]) -> Self {
        let (python, packages) = aiosmtpd();
        Self::start(Command::new(python).env("PYTHONPATH", packages), "smtp.py", arguments)
    }

    /// A receiver of webhooks; `arguments` as `peers/receiver.py` says.
    pub fn receiver(arguments: &[&str]) -> Self {
        Self::start(&mut Command::new("python3"), "receiver.py", arguments)
    }

    fn start(command: &mut Command, script: &str, arguments: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(script);
        let command = command.arg(script).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python3 runs; on Debian: apt-get install python3");
        let stdin = child.stdin.take().expect("a pipe");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (sender, told) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let value = serde_json::from_str(&line).expect("a line of JSON");
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        let first: Value = told.recv_timeout(LIMIT).expect("the server starts");
        let port = first["port"].as_u64().and_then(|port| port.try_into().ok()).expect("a port");
        Self { port, told, child, _stdin: stdin }
    }

    /// The next thing it got; waits for it.
    #[track_caller]
    pub fn next(&self) -> Value {
        self.told.recv_timeout(LIMIT).expect("something arrives")
    }

    /// What it got and nobody has asked for yet.
    pub fn rest(&self) -> Vec<Value> {
        self.told.try_iter().collect()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A Python, and the folder with aiosmtpd: installed below the target folder by the first run, from `PyPI`, or else from the
/// packages of the system.
fn aiosmtpd() -> &'static (PathBuf, PathBuf) {
    static FOUND: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    FOUND.get_or_init(|| {
        let this = std::env::current_exe().expect("a test has a path");
        let target = this.ancestors().nth(3).expect("a test lies in target/PROFILE/deps");
        let folder = target.join("tmp").join(format!("aiosmtpd-{AIOSMTPD}"));
        let find = || {
            let can = |name: &&str| runs(Command::new(name).args(["-c", "import aiosmtpd"]).env("PYTHONPATH", &folder));
            PYTHONS.into_iter().find(can)
        };
        if find().is_none() {
            install(&folder);
        }
        let Some(python) = find() else {
            panic!(
                "the mail server of these tests is aiosmtpd {AIOSMTPD}: it needs Python 3 with pip and PyPI to install it into {} \
                 (or, on Debian: apt-get install python3-aiosmtpd)",
                folder.display()
            )
        };
        (python.into(), folder)
    })
}

fn install(folder: &Path) {
    // Installed beside its place and moved there when it is whole: another test run may do the same now.
    let beside = folder.with_extension(format!("new-{}", std::process::id()));
    let package = format!("aiosmtpd=={AIOSMTPD}");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"];
    let environment = folder.with_extension("venv");
    let plain = runs(Command::new("python3").args(pip).arg(&beside).arg(&package))
        // Debian's Python has no pip of its own, or lets nobody use it outside an environment.
        || (runs(Command::new("python3").args(["-m", "venv"]).arg(&environment))
            && runs(Command::new(environment.join("bin/python")).args(pip).arg(&beside).arg(&package)));
    if plain {
        // Somebody else may have been faster.
        _ = std::fs::rename(&beside, folder);
        _ = std::fs::remove_dir_all(&beside);
    } else {
        crate::desktop::apt_get(&["python3", "python3-aiosmtpd"]);
    }
}

fn runs(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
