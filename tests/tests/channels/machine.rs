//! A person's machine whose clock is the real one: reminders come.

use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tasks_tests::{Home, Ran};

/// How far behind the clock a command may believe to be, so that a reminder "in 72 hours" comes now.
pub(crate) const AGO: &str = "in 72 hours";
const AGO_MS: u128 = 72 * 3_600_000;

pub(crate) struct Machine {
    pub(crate) home: Home,
    variables: Vec<(String, String)>,
}

impl Machine {
    /// Commands are given with these variables.
    pub(crate) fn new(variables: &[(&str, &str)], settings: &str) -> Self {
        let home = Home::new();
        std::fs::create_dir_all(&home.path).unwrap();
        std::fs::write(home.path.join("config.toml"), settings).unwrap();
        let machine = Self { home, variables: Vec::new() };
        // Nobody's desktop but that of the test.
        let nowhere = format!("unix:path={}", machine.home.scratch().join("no-session").display());
        machine.with(&[&[("DBUS_SESSION_BUS_ADDRESS", nowhere.as_str())], variables].concat())
    }

    /// The same, with these variables from now on.
    pub(crate) fn with(mut self, variables: &[(&str, &str)]) -> Self {
        for (name, value) in variables {
            self.variables.retain(|(known, _)| known != name);
            self.variables.push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }

    /// A command at a present that many milliseconds before the real one.
    fn command(&self, before_ms: u128, words: &[&str]) -> Command {
        let mut command = self.home.command(words);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("TASKS_NOW", rfc3339(now_ms() - before_ms));
        command
    }

    /// Runs a command now.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.at(0, words)
    }

    /// Runs a command that believes it is 72 hours ago.
    pub(crate) fn long_ago(&self, words: &[&str]) -> Ran {
        self.at(AGO_MS, words)
    }

    fn at(&self, before_ms: u128, words: &[&str]) -> Ran {
        tasks_tests::ran(self.command(before_ms, words).output().unwrap())
    }

    /// Runs a command 72 hours ago, with this on standard input.
    pub(crate) fn long_ago_with(&self, words: &[&str], stdin: &str) -> Ran {
        let file = self.home.scratch().join("stdin");
        std::fs::write(&file, stdin).unwrap();
        let mut command = self.command(AGO_MS, words);
        tasks_tests::ran(command.stdin(std::fs::File::open(file).unwrap()).output().unwrap())
    }

    /// Sets a reminder of a task for so long from now; the instant, in Unix milliseconds.
    pub(crate) fn remind_in(&self, task: &str, wait: Duration) -> u128 {
        self.remind_by(&[], task, wait)
    }

    /// The same over another channel.
    pub(crate) fn remind_by(&self, channel: &[&str], task: &str, wait: Duration) -> u128 {
        // Times have whole seconds: the present is moved so that the instant is one.
        let at = (now_ms() + wait.as_millis()).div_ceil(1_000) * 1_000;
        let mut command = self.home.command(&[&["remind", task, "in 10 minutes"], channel].concat());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("TASKS_NOW", rfc3339(at - 600_000));
        tasks_tests::ran(command.output().unwrap()).ok();
        at
    }

    /// All reminders, with their ledgers.
    pub(crate) fn reminders(&self) -> Vec<serde_json::Value> {
        let listed = self.run(&["reminders", "list", "--all", "--limit", "1000", "--json"]).json();
        listed["reminders"].as_array().unwrap().clone()
    }

    /// How many reminders are in each state, as "3 sent, 1 pending".
    pub(crate) fn states(&self) -> String {
        let mut states = std::collections::BTreeMap::<String, usize>::new();
        for one in self.reminders() {
            *states.entry(one["state"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        states.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ")
    }

    /// What the daemon wrote into its log.
    pub(crate) fn log(&self) -> String {
        let files = ["daemon.log", "daemon.log.1", "startup.log"];
        let read = |name| std::fs::read_to_string(self.home.path.join("logs").join(name)).unwrap_or_default();
        files.into_iter().map(read).collect()
    }
}

/// Waits until the states are these.
#[track_caller]
pub(crate) fn until_states(machine: &Machine, expected: &str) {
    let began = Instant::now();
    loop {
        let states = machine.states();
        if states == expected {
            return;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "in vain waited for {expected}, there are {states}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[expect(clippy::disallowed_methods, reason = "the test and the daemon share the machine's clock")]
pub(crate) fn now_ms() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()
}

fn rfc3339(unix_ms: u128) -> String {
    let now = tasks_domain::when::Now::from_unix_ms(i64::try_from(unix_ms).unwrap(), tasks_domain::when::Zone::UTC);
    now.unwrap().local().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
