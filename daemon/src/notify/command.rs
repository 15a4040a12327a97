//! Commands of the person: one that shows a reminder where there is no desktop, one that opens a task.

use super::{Outcome, Parcel, Slip};
use crate::session::Session;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long a command that shows something may take; it is killed then.
const LIMIT: Duration = Duration::from_secs(10);
/// Terminals that take a command after `-e`, or as told, best first.
const TERMINALS: [(&str, &[&str]); 8] = [
    ("xdg-terminal-exec", &[]),
    ("x-terminal-emulator", &["-e"]),
    ("gnome-terminal", &["--"]),
    ("konsole", &["-e"]),
    ("kitty", &[]),
    ("alacritty", &["-e"]),
    ("foot", &[]),
    ("xterm", &["-e"]),
];

/// Shows the reminders with a line for the shell, which finds them in its environment: `TASKS_TITLE` and `TASKS_BODY`, of one
/// also `TASKS_ID`, `TASKS_NUMBER`, `TASKS_PROJECT`, `TASKS_PRIORITY` and `TASKS_DUE`.
pub async fn show(line: &str, title: &str, body: &str, parcel: &Parcel, session: &Session) -> Outcome {
    let mut command = shell(line, session);
    let none = Slip::default();
    let slip = parcel.single().unwrap_or(&none);
    let number = if slip.number > 0 { slip.number.to_string() } else { String::new() };
    for (name, value) in [
        ("TASKS_TITLE", title),
        ("TASKS_BODY", body),
        ("TASKS_ID", &slip.task),
        ("TASKS_NUMBER", &number),
        ("TASKS_PROJECT", &slip.project),
        ("TASKS_PRIORITY", &slip.priority),
        ("TASKS_DUE", &slip.due_words),
    ] {
        // The one character that no variable can hold.
        command.env(name, value.replace('\0', "\u{fffd}"));
    }
    match timeout(LIMIT, command.status()).await {
        Ok(Ok(status)) if status.success() => Outcome::Delivered,
        Ok(Ok(status)) => Outcome::later(format!("notify_command ended with {status}")),
        Ok(Err(error)) => Outcome::later(format!("notify_command cannot be run: {error}")),
        Err(_) => Outcome::later(format!("notify_command did not end within {} seconds", LIMIT.as_secs())),
    }
}

/// Opens a task where the person sees it, and does not wait for that to end. Says what it could not.
pub fn open(line: Option<&str>, program: &str, task: &str, session: &Session) -> Result<(), String> {
    let mut command = match line {
        Some(line) => shell(line, session),
        None => in_terminal(program, task, session).ok_or("there is no terminal to open it in; set open_command")?,
    };
    command.env("TASKS_ID", task).kill_on_drop(false);
    let mut child = command.spawn().map_err(|error| format!("it cannot be opened: {error}"))?;
    // Collected when it ends, which may be in hours.
    tokio::spawn(async move { child.wait().await });
    Ok(())
}

fn shell(line: &str, session: &Session) -> Command {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(line);
    prepared(command, session)
}

fn prepared(mut command: Command, session: &Session) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).kill_on_drop(true);
    command.envs(session.variables());
    command
}

/// `tasks show` in the first terminal there is; it stays until a key is pressed. An empty `task` is the agenda.
fn in_terminal(program: &str, task: &str, session: &Session) -> Option<Command> {
    let folders = std::env::var_os("PATH")?;
    let there = |name: &str| std::env::split_paths(&folders).any(|folder| folder.join(name).is_file());
    let (name, flags) = TERMINALS.into_iter().find(|(name, _)| there(name))?;
    let mut command = Command::new(name);
    let script = "if [ -n \"$1\" ]; then \"$0\" show \"$1\"; else \"$0\"; fi; printf '\\n'; read -r _";
    command.args(flags).args(["sh", "-c", script, program, task]);
    Some(prepared(command, session))
}
