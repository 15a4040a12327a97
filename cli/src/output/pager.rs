//! Long answers on a terminal go through the person's pager.

use crate::host::Env;
use crate::settings::Pager as Setting;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What pages when nobody said.
const DEFAULT: &str = "less -FRX";
/// Exit code of a shell that does not find the program.
const NOT_FOUND: i32 = 127;

/// The program that pages, and how it is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pager {
    command: String,
    /// Settings for less where the person has none.
    less: Vec<(&'static str, &'static str)>,
}

impl Pager {
    /// `TASKS_PAGER`, else the setting, else `PAGER`, else less. `None` when the first of them that is set says not to page: empty or
    /// `cat`.
    pub(super) fn of(env: &Env, setting: &Setting) -> Option<Self> {
        let variable = |name: &str| env.os(name).and_then(|value| value.into_string().ok());
        let set = || match setting {
            Setting::Auto => None,
            Setting::Never => Some(String::new()),
            Setting::Command(command) => Some(command.clone()),
        };
        let command = variable("TASKS_PAGER").or_else(set).or_else(|| variable("PAGER"));
        let command = command.unwrap_or_else(|| DEFAULT.to_owned());
        let command = command.trim();
        if ["", "cat"].contains(&command) {
            return None;
        }
        // Colours and links as they are, as git sets it; our text is UTF-8 whether or not the locale is installed.
        let less = [("LESS", "FRX"), ("LESSCHARSET", "utf-8")];
        let less = less.into_iter().filter(|(name, _)| env.os(name).is_none()).collect();
        Some(Self { command: command.to_owned(), less })
    }

    /// Shows the text. `false` when the pager could not be run and nothing was shown.
    pub(super) fn show(&self, text: &[u8]) -> bool {
        // An interrupt at the keyboard is the pager's: were this program to end by it, the pager would lose the terminal to the shell.
        let interrupted = Arc::new(AtomicBool::new(false));
        let guard = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupted);
        let shown = self.start().is_ok_and(|child| feed(child, text));
        if let Ok(guard) = guard {
            signal_hook::low_level::unregister(guard);
        }
        shown
    }

    fn start(&self) -> io::Result<Child> {
        let mut command = if self.command.contains(|c: char| "|&;<>()$`\\\"'*?[#~=%".contains(c)) {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(&self.command);
            shell
        } else {
            let mut words = self.command.split_whitespace();
            let mut program = Command::new(words.next().unwrap_or_default());
            program.args(words.map(OsString::from));
            program
        };
        command.envs(self.less.iter().copied()).stdin(Stdio::piped()).spawn()
    }
}

/// Hands the text over and waits until the person is done with it.
fn feed(mut child: Child, text: &[u8]) -> bool {
    if let Some(mut pipe) = child.stdin.take() {
        // Whoever quits in the middle has read enough.
        let _ = pipe.write_all(text);
    }
    child.wait().is_ok_and(|status| status.code() != Some(NOT_FOUND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_set_decides() {
        let of = |pairs: [(&str, &str); 2], setting: &Setting| {
            Pager::of(&Env::of(pairs), setting).map(|pager| pager.command)
        };
        assert_eq!(of([("X", ""), ("Y", "")], &Setting::Auto).as_deref(), Some("less -FRX"));
        assert_eq!(of([("PAGER", "more"), ("Y", "")], &Setting::Auto).as_deref(), Some("more"));
        assert_eq!(of([("PAGER", "more"), ("Y", "")], &Setting::Command("bat -p".into())).as_deref(), Some("bat -p"));
        assert_eq!(of([("PAGER", "more"), ("Y", "")], &Setting::Auto).as_deref(), Some("more"));
        assert_eq!(of([("PAGER", "more"), ("TASKS_PAGER", "")], &Setting::Command("bat".into())), None);
        assert_eq!(of([("PAGER", "cat"), ("Y", "")], &Setting::Auto), None);
        assert_eq!(of([("PAGER", "more"), ("Y", "")], &Setting::Never), None);
    }

    #[test]
    fn a_pager_that_is_missing_shows_nothing_and_says_so() {
        let pager = |command: &str| Pager { command: command.to_owned(), less: Vec::new() };
        assert!(!pager("no-such-pager-here -x").show(b"text\n"));
        assert!(!pager("no-such-pager-here \"-x\"").show(b"text\n"));
        assert!(pager("true").show(&vec![b'x'; 1_000_000]), "one that does not read to the end has shown it");
    }
}
