//! One run of a command, in a process group of its own.

use super::Hook;
use crate::argv::quoted;
use crate::attempt::{Ended, Ran};
use crate::output::{event_line, status_word};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fmt;
use std::pin::pin;
use std::process::Stdio;
use std::time::Duration;
use tasks_domain::id::{OperationId, TaskId};
use tasks_proto::v1;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Bytes that are kept of what a command writes to each stream.
const OUTPUT_BYTES_MAX: usize = 64 * 1024;
/// How long a command that is told to end may take, before it is killed.
const GRACE: Duration = Duration::from_secs(2);
/// How long output is read on after a command ended: something it left behind may keep the pipe open for ever.
const LINGER: Duration = Duration::from_millis(200);

/// What to run.
#[derive(Clone, Debug)]
pub enum Program {
    /// A line for the shell.
    Shell(String),
    /// A program and its arguments.
    Argv(String, Vec<String>),
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shell(line) => f.write_str(line),
            Self::Argv(program, arguments) => {
                f.write_str(&quoted(program))?;
                arguments.iter().try_for_each(|argument| write!(f, " {}", quoted(argument)))
            }
        }
    }
}

/// Kills what is left of the group when it is dropped, however that comes.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)))
    }

    fn send(&self, signal: Signal) {
        if let Some(group) = self.0 {
            // All of it may have ended by itself.
            _ = kill_process_group(group, signal);
        }
    }

    /// It ended by itself; what it left behind may stay.
    fn let_be(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.send(Signal::KILL);
    }
}

/// Runs the command for this event.
pub(super) async fn run(hook: &Hook, cursor: &str, event: &v1::Event, ending: watch::Receiver<bool>) -> Ran {
    let mut command = command(&hook.program);
    environment(&mut command, cursor, event);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Its own group, so that all of it can be ended, and so that Ctrl-C reaches it through us only.
    command.process_group(0).kill_on_drop(true);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let ended = match command.spawn() {
        Ok(child) => follow(child, hook.timeout, event_line(cursor, event), (&mut out, &mut err), ending).await,
        Err(error) => Ended::NotStarted(error),
    };
    Ran { ended, out, err }
}

fn command(program: &Program) -> Command {
    match program {
        Program::Shell(line) => {
            let mut command = Command::new("/bin/sh");
            command.arg("-c").arg(line);
            command
        }
        Program::Argv(program, arguments) => {
            let mut command = Command::new(program);
            command.args(arguments);
            command
        }
    }
}

fn environment(command: &mut Command, cursor: &str, event: &v1::Event) {
    let mut set = |name: &str, value: &str| {
        // The one character that no variable can hold.
        command.env(name, value.replace('\0', "\u{fffd}"));
    };
    set("TASKS_EVENT", &event.r#type);
    set("TASKS_EVENT_ID", &OperationId::from_slice(&event.id).map(|id| id.letters()).unwrap_or_default());
    set("TASKS_CURSOR", cursor);
    set("TASKS_ID", &TaskId::from_slice(&event.task_id).map(|id| id.letters()).unwrap_or_default());
    let gone = v1::Task::default();
    let task = event.task.as_ref().unwrap_or(&gone);
    set("TASKS_NUMBER", &Some(task.number).filter(|n| *n > 0).map(|n| n.to_string()).unwrap_or_default());
    set("TASKS_TITLE", &task.title);
    set("TASKS_STATUS", event.task.as_ref().map(|task| status_word(task.status())).unwrap_or_default());
    set("TASKS_PROJECT", &task.project);
    set("TASKS_TAGS", &task.tags.join(" "));
}

async fn follow(
    mut child: Child,
    limit: Duration,
    input: String,
    (out, err): (&mut Vec<u8>, &mut Vec<u8>),
    mut ending: watch::Receiver<bool>,
) -> Ended {
    let group = Group::of(&child);
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // It need not read.
            _ = stdin.write_all(input.as_bytes()).await;
        }
    };
    let mut pipes = pin!(async { tokio::join!(write, keep(stdout, out), keep(stderr, err)) });
    let mut is_read = false;
    let mut time = pin!(sleep(limit));
    let ended = loop {
        tokio::select! {
            status = child.wait() => break status.map_or_else(Ended::NotStarted, Ended::Exited),
            _ = &mut pipes, if !is_read => is_read = true,
            () = &mut time => break Ended::TimedOut,
            _ = ending.wait_for(|ending| *ending) => break Ended::Interrupted,
        }
    };
    if matches!(ended, Ended::Exited(_)) {
        if !is_read {
            _ = timeout(LINGER, pipes).await;
        }
        group.let_be();
        return ended;
    }
    group.send(Signal::TERM);
    let mut grace = pin!(sleep(GRACE));
    loop {
        tokio::select! {
            _ = child.wait() => break,
            _ = &mut pipes, if !is_read => is_read = true,
            () = &mut grace => break,
        }
    }
    // Whatever of it did not listen goes now.
    drop(group);
    _ = child.wait().await;
    ended
}

/// Reads to the end and keeps the beginning.
async fn keep(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut stream) = stream else { return };
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = stream.read(&mut bytes).await {
        let room = OUTPUT_BYTES_MAX - kept.len();
        kept.extend(bytes.iter().take(count.min(room)));
    }
}
