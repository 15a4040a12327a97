//! What the operating system hands to a program: the environment and the three streams. Tests hand in their own.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufRead, IsTerminal as _, Write};
use tasks_daemon::Notices;

/// Looks a variable up by name.
type Lookup = Box<dyn Fn(&str) -> Option<OsString>>;

/// The environment variables.
pub struct Env {
    lookup: Lookup,
    /// What daemons that were started in it had to say.
    notices: Notices,
}

impl Env {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self { lookup: Box::new(|name| std::env::var_os(name)), notices: Notices::default() }
    }

    /// Exactly these; for tests.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self::of_list(pairs)
    }

    /// The same; of two with one name the later holds.
    pub fn of_list<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let map: HashMap<String, OsString> =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), OsString::from(value))).collect();
        Self { lookup: Box::new(move |name| map.get(name).cloned()), notices: Notices::default() }
    }

    /// The function that looks a variable up.
    pub fn lookup(&self) -> &dyn Fn(&str) -> Option<OsString> {
        &*self.lookup
    }

    /// What daemons that were started in it had to say, and nobody took yet.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// A variable as it is.
    pub fn os(&self, name: &str) -> Option<OsString> {
        (self.lookup)(name)
    }

    /// A variable that is set, not empty and valid UTF-8.
    pub fn text(&self, name: &str) -> Option<String> {
        self.os(name)?.into_string().ok().filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be secret.
        f.write_str("Env")
    }
}

/// Which of the streams are terminals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminals {
    /// Somebody types there.
    pub stdin: bool,
    /// Somebody reads the answer.
    pub stdout: bool,
    /// Somebody reads the talk.
    pub stderr: bool,
}

/// The standard streams, and what is known about their ends.
pub struct Streams {
    /// What is read.
    pub stdin: Box<dyn BufRead>,
    /// Data.
    pub stdout: Box<dyn Write>,
    /// Talk.
    pub stderr: Box<dyn Write>,
    /// Which of them are terminals.
    pub terminals: Terminals,
    /// Width of the terminal, when one is there and tells.
    pub columns: Option<usize>,
    /// Height of the terminal, likewise.
    pub rows: Option<usize>,
}

impl Streams {
    /// Those of this process.
    pub fn of_process() -> Self {
        let terminals = Terminals {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
        };
        let size = terminals.stdout.then(|| terminal_size::terminal_size_of(io::stdout())).flatten();
        let known = |cells: u16| Some(usize::from(cells)).filter(|cells| *cells > 0);
        Self {
            stdin: Box::new(io::stdin().lock()),
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            terminals,
            columns: size.and_then(|(columns, _)| known(columns.0)),
            rows: size.and_then(|(_, rows)| known(rows.0)),
        }
    }
}

impl fmt::Debug for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streams")
            .field("terminals", &self.terminals)
            .field("columns", &self.columns)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
