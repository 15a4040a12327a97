//! Following what happens: through kills, by a thousand at once, asleep in between; and waiting.

use crate::json::Schemas;
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tasks_daemon::places::Places;
use tasks_proto::client::Client;
use tasks_proto::v1;
use tasks_proto::v1::watch_response::What;
use tasks_tests::{Home, signal};
use tonic::Streaming;

/// Longest time that anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A `tasks` that goes on, and the lines it writes. Ends when dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Running {
    pub(crate) fn start(home: &Home, words: &[&str]) -> Self {
        let mut child = home.command(words).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            // Fails when the test is over.
            out.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok())
        });
        Self { child, lines }
    }

    /// `tasks watch --json` that follows already.
    pub(crate) fn watch(home: &Home, words: &[&str]) -> Self {
        let running = Self::start(home, &[&["watch", "--json"], words].concat());
        // Its first event proves that it follows: this adds until there is one.
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            home.run(&["add", "begun"]).ok();
            if running.lines.recv_timeout(Duration::from_millis(200)).is_ok() {
                while running.lines.recv_timeout(Duration::from_millis(200)).is_ok() {}
                return running;
            }
        }
        panic!("it does not begin to follow")
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    pub(crate) fn event(&self) -> serde_json::Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// The next line, which must be as that schema says.
    pub(crate) fn checked(&self, schema: &str) -> serde_json::Value {
        Schemas::load().check(schema, &(self.line() + "\n"), &schema)
    }

    pub(crate) fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn number(event: &serde_json::Value) -> u64 {
    event["cursor"].as_str().unwrap().rsplit_once('-').unwrap().1.parse().unwrap()
}

#[test]
fn a_watch_has_no_gap_and_no_repeat_through_kills_of_the_daemon() {
    let home = Home::new();
    let watch = Running::watch(&home, &[]);
    let mut seen = Vec::new();
    for round in 0..4 {
        for n in 0..5 {
            home.run(&["add", &format!("task {round}-{n}")]).ok();
        }
        signal(home.daemon_pid(), Signal::KILL);
    }
    for _ in 0..20 {
        seen.push(watch.event());
    }
    let numbers: Vec<u64> = seen.iter().map(number).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{numbers:?}");
    let titles: Vec<&str> = seen.iter().map(|event| event["task"]["title"].as_str().unwrap()).collect();
    assert_eq!((titles[0], titles[19]), ("task 0-0", "task 3-4"));
    // Another one from a cursor in the middle is told the rest, the same to the last byte but for what tasks are now.
    let rest = Running::start(&home, &["watch", "--json", "--since", seen[9]["cursor"].as_str().unwrap()]);
    for event in &seen[10..] {
        assert_eq!(rest.event()["id"], event["id"]);
    }
}

#[test]
fn a_stopped_daemon_is_not_started_by_a_watch_that_goes_on_after_it() {
    let home = Home::new();
    let watch = Running::watch(&home, &[]);
    let began = Instant::now();
    home.run(&["daemon", "stop"]).ok();
    assert!(began.elapsed() < Duration::from_secs(2), "streams end with the daemon");
    assert!(watch.lines.recv_timeout(Duration::from_millis(300)).is_err());
    assert_eq!(home.run(&["daemon", "status"]).code, 1);
    home.run(&["add", "after"]).ok();
    assert_eq!(watch.event()["task"]["title"], "after");
}

#[test]
fn filters_types_and_cursors_choose_what_is_told() {
    let home = Home::new();
    home.run(&["add", "one #x"]).ok();
    let watch = Running::watch(&home, &[]);
    home.run(&["edit", "1", "--priority", "high"]).ok();
    let first = watch.checked("event");
    assert_eq!((&first["type"], &first["fields"][0]), (&"task.updated".into(), &"priority".into()));
    home.run(&["add", "two"]).ok();
    home.run(&["done", "1"]).ok();
    home.run(&["undo"]).ok();
    let chosen = Running::start(
        &home,
        &["watch", "--json", "--since", first["cursor"].as_str().unwrap(), "+x", "--event", "completed,task.reopened"],
    );
    let (done, reopened) = (chosen.event(), chosen.event());
    assert_eq!((&done["type"], &reopened["type"]), (&"task.completed".into(), &"task.reopened".into()));
    assert_eq!((&reopened["kind"], &reopened["command"]), (&"undo".into(), &"tasks undo".into()));
    assert_eq!(reopened["task"]["status"], "open");
    // A place on another replica is none here.
    let lost = Running::start(&home, &["watch", "--json", "--since", "kkkkkkkk-3"]).checked("event");
    assert_eq!((&lost["type"], &lost["task"]), (&"resync".into(), &serde_json::Value::Null));
    home.run(&["watch", "--since", "yesterday"]).fails(2);
    home.run(&["watch", "--event", "finished"]).fails(2);
    home.run(&["watch", "due:someday-soon"]).fails(2);
}

#[test]
fn a_reader_that_goes_away_ends_a_watch_quietly() {
    let home = Home::new();
    let mut watch = Running::watch(&home, &[]);
    // The reading thread ends with its channel, and closes the pipe with the next line.
    watch.lines = channel().1;
    let until = Instant::now() + PATIENCE;
    let status = loop {
        home.run(&["add", "x"]).ok();
        if let Some(status) = watch.child.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < until);
    };
    assert_eq!(status.code(), Some(141));
}

#[test]
fn waiting_ends_when_it_holds_or_when_the_time_is_over() {
    let home = Home::new();
    home.run(&["add", "one #x"]).ok();
    assert_eq!(home.run(&["wait", "+x", "--quiet"]).ok(), "1\n", "at once");
    let said = home.run(&["wait", "+y", "--timeout", "1s"]).fails(124);
    assert!(said.contains("+y") && said.contains("1s"), "{said}");
    let began = Instant::now();
    assert_eq!(home.run(&["wait", "+x", "--timeout", "0", "--quiet"]).ok(), "1\n", "a look is made");
    assert!(home.run(&["wait", "+y", "--timeout", "0"]).fails(124).contains("now there is no task"));
    assert!(home.run(&["wait", "--none", "+x", "--timeout", "0s"]).fails(124).contains("still tasks"));
    assert_eq!(home.run(&["wait", "--none", "+y", "--timeout", "0"]).ok(), "");
    home.run(&["wait", "+y", "--timeout", "50ms"]).fails(124);
    assert!(began.elapsed() < Duration::from_secs(10), "nobody waited");
    let appears = Running::start(&home, &["wait", "+y", "--quiet"]);
    let ends = Running::start(&home, &["wait", "--none", "+x", "--json"]);
    assert!(appears.lines.recv_timeout(Duration::from_millis(300)).is_err());
    home.run(&["add", "two #y"]).ok();
    assert_eq!(appears.line(), "2");
    signal(home.daemon_pid(), Signal::KILL);
    home.run(&["done", "1"]).ok();
    assert_eq!(ends.event()["tasks"], serde_json::json!([]));
}

#[test]
fn an_idle_watch_and_its_daemon_sleep() {
    let home = Home::new();
    let watch = Running::watch(&home, &[]);
    let waiting = Running::start(&home, &["wait", "+never", "status:all"]);
    home.run(&["add", "last"]).ok();
    assert_eq!(watch.event()["task"]["title"], "last");
    let pids = [home.daemon_pid(), watch.pid(), waiting.pid()];
    // Threads that waited for more work end once; a timer would come again and again.
    let quiet = (0..6).any(|_| {
        let before = pids.map(switches);
        std::thread::sleep(Duration::from_secs(3));
        pids.map(switches) == before
    });
    assert!(quiet, "somebody wakes up again and again");
}

/// How often the threads of a process were woken.
fn switches(pid: i32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of_thread = |entry: std::io::Result<std::fs::DirEntry>| {
        let status = std::fs::read_to_string(entry.unwrap().path().join("status")).unwrap_or_default();
        let counts = status.lines().filter(|line| line.contains("voluntary_ctxt_switches"));
        counts.filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum::<u64>()
    };
    tasks.map(of_thread).sum()
}

fn resident_kib(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

async fn follow(places: &Places) -> Streaming<v1::WatchResponse> {
    let client = Client::connect(&places.socket().unwrap(), tasks_daemon::this_build()).await.unwrap();
    let caller = v1::Caller { now_unix_ms: 1_795_338_000_000, zone: "UTC".to_owned(), ..v1::Caller::default() };
    let request = v1::WatchRequest { caller: Some(caller), ..v1::WatchRequest::default() };
    let mut stream = client.watch().watch(request).await.unwrap().into_inner();
    assert!(matches!(stream.message().await.unwrap().unwrap().what, Some(What::Position(_))));
    stream
}

/// Watchers at once.
const WATCHERS: usize = 1_000;
/// Tasks added while they watch, with so many bytes of notes each.
const ADDS: usize = 12;
const NOTES_BYTES: usize = 100_000;

#[test]
fn a_thousand_watch_and_one_never_reads() {
    let limit = getrlimit(Resource::Nofile);
    if limit.maximum.is_some_and(|maximum| maximum < 4 * WATCHERS as u64) {
        println!("skipped: the system allows too few open files");
        return;
    }
    setrlimit(Resource::Nofile, Rlimit { current: Some(4 * WATCHERS as u64), ..limit }).unwrap();
    let home = Home::new();
    home.run(&["add", "first"]).ok();
    let path = home.path.clone().into_os_string();
    let places = Places::from_env(&move |name| (name == "TASKS_HOME").then(|| path.clone())).unwrap();
    // Its connection is served by this runtime, which is not run again until the end.
    let deaf = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut unread = deaf.block_on(follow(&places));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut streams = runtime.block_on(async {
        let mut streams = Vec::new();
        for _ in 1..WATCHERS {
            streams.push(follow(&places).await);
        }
        streams
    });
    let (pid, began) = (home.daemon_pid(), Instant::now());
    let before = resident_kib(pid);
    let notes = "n".repeat(NOTES_BYTES);
    for n in 0..ADDS {
        home.run(&["add", &format!("task {n}"), "--notes", &notes]).ok();
    }
    let added = began.elapsed();
    runtime.block_on(async {
        for stream in &mut streams {
            for n in 0..ADDS {
                let message = tokio::time::timeout(PATIENCE, stream.message()).await.unwrap().unwrap().unwrap();
                let Some(What::Event(event)) = message.what else { panic!("not an event: {message:?}") };
                assert_eq!(event.task.unwrap().title, format!("task {n}"));
            }
        }
    });
    let after = resident_kib(pid);
    println!(
        "{WATCHERS} watchers: {ADDS} adds in {added:?}, told in {:?}; RSS {before} → {after} KiB",
        began.elapsed()
    );
    // All that each was sent would be 1.2 GB: a message or two are kept for each.
    assert!(after < 320 * 1024, "the daemon holds {after} KiB");
    // Who did not read is where it was, and goes on from there.
    let told = deaf.block_on(async {
        let mut told = 0;
        while told < ADDS {
            let message = tokio::time::timeout(PATIENCE, unread.message()).await.unwrap().unwrap().unwrap();
            told += usize::from(matches!(message.what, Some(What::Event(_))));
        }
        told
    });
    assert_eq!(told, ADDS);
}
