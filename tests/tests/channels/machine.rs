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
    /// By how much its clock is ahead of the real one.
    ahead: Duration,
}

impl Machine {
    /// Commands are given with these variables.
    pub(crate) fn new(variables: &[(&str, &str)], settings: &str) -> Self {
        let home = Home::new();
        std::fs::create_dir_all(&home.path).unwrap();
        std::fs::write(home.path.join("config.toml"), settings).unwrap();
        let machine = Self { home, variables: Vec::new(), ahead: Duration::ZERO };
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

    /// Power off, and on again so much later: the next command and its daemon believe so.
    pub(crate) fn away_for(mut self, length: Duration) -> Self {
        tasks_tests::signal(self.home.daemon_pid_in_log(), rustix::process::Signal::KILL);
        self.ahead += length;
        let ahead = self.ahead.as_secs().to_string();
        self.with(&[("TASKS_TEST_CLOCK_AHEAD", &ahead)])
    }

    /// What its clock shows, in Unix milliseconds.
    pub(crate) fn now_ms(&self) -> u128 {
        now_ms() + self.ahead.as_millis()
    }

    /// A command at a present that many milliseconds before the real one.
    fn command(&self, before_ms: u128, words: &[&str]) -> Command {
        let mut command = self.home.command(words);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("TASKS_NOW", rfc3339(self.now_ms() - before_ms));
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

    /// Runs a command now, with this on standard input.
    #[cfg(target_os = "linux")]
    pub(crate) fn run_with(&self, words: &[&str], stdin: &str) -> Ran {
        self.at_with(0, words, stdin)
    }

    /// Runs a command 72 hours ago, with this on standard input.
    pub(crate) fn long_ago_with(&self, words: &[&str], stdin: &str) -> Ran {
        self.at_with(AGO_MS, words, stdin)
    }

    fn at_with(&self, before_ms: u128, words: &[&str], stdin: &str) -> Ran {
        let file = self.home.scratch().join("stdin");
        std::fs::write(&file, stdin).unwrap();
        let mut command = self.command(before_ms, words);
        tasks_tests::ran(command.stdin(std::fs::File::open(file).unwrap()).output().unwrap())
    }

    /// Sets a reminder of a task for so long from now; the instant, in Unix milliseconds.
    #[cfg(target_os = "linux")]
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

    /// All that stands in the folder of its logs.
    pub(crate) fn log(&self) -> String {
        let files = std::fs::read_dir(self.home.path.join("logs")).into_iter().flatten().filter_map(Result::ok);
        files.map(|file| String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned()).collect()
    }

    /// Is the daemon in the foreground, as a service manager runs it, with all it says in this file: what its journal would hold.
    pub(crate) fn service(&self, journal: &std::path::Path) -> std::process::Child {
        let file = std::fs::File::create(journal).unwrap();
        let mut command = self.command(0, &["daemon", "run"]);
        // Its clock is the machine's.
        command.env_remove("TASKS_NOW");
        command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap()
    }
}

/// Processes that are couriers of this home.
pub(crate) fn couriers(home: &Home) -> usize {
    let home = format!("TASKS_HOME={}", home.path.display());
    let is_one = |process: &std::path::Path| {
        let text =
            |name: &str| String::from_utf8_lossy(&std::fs::read(process.join(name)).unwrap_or_default()).into_owned();
        text("cmdline").contains("courier") && text("environ").split('\0').any(|variable| variable == home)
    };
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    processes.filter(|process| is_one(&process.path())).count()
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
