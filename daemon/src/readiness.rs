//! The one line in which a daemon that was started in the background tells its starter how it went.

use serde_json::{Value, json};
use std::cell::Cell;
use std::fs::OpenOptions;
use std::io::Write as _;
use tasks_domain::error::ErrorKind;
use tasks_proto::error::Failure;

const NEW: &str = "ready";
const ALREADY: &str = "already";
const ERROR: &str = "error";

/// What the line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// This process answers now.
    New {
        /// Which one.
        pid: u32,
        /// What the starter has to hear of at once, a line each.
        notices: Vec<String>,
    },
    /// Another one does.
    Already(u32),
    /// No daemon, and why.
    Failed(Failure),
}

impl Readiness {
    pub(crate) fn line(&self) -> String {
        match self {
            Self::New { pid, notices } => format!("{NEW} {pid} {}\n", json!(notices)),
            Self::Already(pid) => format!("{ALREADY} {pid}\n"),
            Self::Failed(failure) => {
                let value = json!({
                    "kind": failure.kind.as_str(),
                    "message": failure.message,
                    "hint": failure.hint,
                    "reason": failure.reason,
                });
                format!("{ERROR} {value}\n")
            }
        }
    }

    /// None when it is no such line.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.trim_end().split_once(' ')?;
        match word {
            NEW => {
                let (pid, notices) = rest.split_once(' ')?;
                Some(Self::New { pid: pid.parse().ok()?, notices: serde_json::from_str(notices).ok()? })
            }
            ALREADY => rest.parse().ok().map(Self::Already),
            ERROR => {
                let value: Value = serde_json::from_str(rest).ok()?;
                let text = |name: &str| value.get(name).and_then(Value::as_str);
                let kind = ErrorKind::ALL.into_iter().find(|kind| Some(kind.as_str()) == text("kind"))?;
                let mut failure = Failure::new(kind, text("message")?).with_reason(text("reason").unwrap_or(""));
                failure.hint = text("hint").map(str::to_owned);
                Some(Self::Failed(failure))
            }
            _ => None,
        }
    }
}

/// The daemon's end: standard output, used once.
#[derive(Debug)]
pub(crate) struct Reporter {
    open: Cell<bool>,
}

impl Reporter {
    /// Says nothing when nobody waits for it.
    pub(crate) fn new(somebody_waits: bool) -> Self {
        Self { open: Cell::new(somebody_waits) }
    }

    /// Tells how it went, once; then closes standard output, so that whoever reads to its end goes on.
    pub(crate) fn tell(&self, readiness: &Readiness) {
        if !self.open.replace(false) {
            return;
        }
        let mut stdout = std::io::stdout().lock();
        // A starter that has gone away does not matter to the daemon.
        stdout.write_all(readiness.line().as_bytes()).and_then(|()| stdout.flush()).ok();
        if let Ok(nothing) = OpenOptions::new().write(true).open("/dev/null") {
            rustix::stdio::dup2_stdout(nothing).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_daemon_says_is_what_its_starter_understands() {
        let failure = Failure::new(ErrorKind::NotAllowed, "it is \"theirs\"").with_hint("ask\nthem").with_reason("r");
        let plain = Failure::new(ErrorKind::Failed, "broken");
        let new = |notices: &[&str]| {
            let notices = notices.iter().map(|&line| line.to_owned()).collect();
            Readiness::New { pid: 7, notices }
        };
        let told = new(&["a \"file\"\nwas damaged", "and more"]);
        for said in [new(&[]), told, Readiness::Already(8), Readiness::Failed(failure), Readiness::Failed(plain)] {
            let line = said.line();
            assert_eq!(line.matches('\n').count(), 1, "one line");
            assert_eq!(Readiness::parse(&line), Some(said));
        }
    }

    #[test]
    fn anything_else_is_not_taken_for_an_answer() {
        for line in
            ["", "ready", "ready soon\n", "ready 7\n", "ready 7 [3]\n", "error {}\n", "thread 'main' panicked\n"]
        {
            assert_eq!(Readiness::parse(line), None, "{line:?}");
        }
    }
}
