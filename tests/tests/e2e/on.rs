//! `tasks on`: commands beside everything else.

use crate::events::{PATIENCE, Running};
use rustix::process::Signal;
use std::path::Path;
use std::time::{Duration, Instant};
use tasks_tests::{Home, signal};

/// Reads the file once it has so many lines.
fn lines(path: &Path, count: usize) -> Vec<String> {
    let until = Instant::now() + PATIENCE;
    loop {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.len() >= count {
            return lines;
        }
        assert!(Instant::now() < until, "{} has only {lines:?}", path.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Starts `tasks on` with a file for its place, and waits until that says that it follows.
fn on(home: &Home, words: &[&str]) -> (Running, std::path::PathBuf) {
    let place = home.scratch().join("place");
    let state = place.to_str().unwrap();
    let running = Running::start(home, &[&words[..1], &["--state", state], &words[1..]].concat());
    lines(&place, 1);
    (running, place)
}

#[test]
fn a_command_gets_the_event_in_its_environment_and_on_its_input() {
    let home = Home::new();
    let out = home.scratch().join("out");
    let script = format!(
        "read -r event; echo \"$TASKS_EVENT $TASKS_NUMBER $TASKS_TITLE|$TASKS_TAGS|$event\" >> {}",
        out.display()
    );
    let (_on, _) = on(&home, &["on", "created,completed", "-quiet", "+x", "--exec", &script]);
    home.run(&["add", "first #x #y"]).ok();
    home.run(&["add", "other"]).ok();
    home.run(&["add", "second #x #quiet"]).ok();
    home.run(&["done", "1"]).ok();
    let said = lines(&out, 2);
    let (words, event) = said[0].rsplit_once('|').unwrap();
    assert_eq!(words, "task.created 1 first|x y");
    let event: serde_json::Value = serde_json::from_str(event).unwrap();
    assert_eq!((&event["type"], &event["task"]["title"]), (&"task.created".into(), &"first".into()));
    assert!(said[1].starts_with("task.completed"), "{said:?}");
    home.run(&["on", "finished", "--exec", "true"]).fails(2);
    home.run(&["on", "completed"]).fails(2);
    home.run(&["on", "completed", "--exec", " "]).fails(2);
    home.run(&["on", "completed", "--exec", "true", "--", "true"]).fails(2);
    home.run(&["on", "completed", "--exec", "true", "--state", home.scratch().join("place").to_str().unwrap()])
        .fails(5);
}

#[test]
fn a_command_that_hangs_or_fails_stops_neither_others_nor_writes() {
    let home = Home::new();
    let out = home.scratch().join("out");
    let script = format!(
        "case $TASKS_TITLE in hangs) sleep 60 & wait;; fails) echo why >&2; exit 3;; *) echo $TASKS_TITLE >> {};; esac",
        out.display()
    );
    let (on, _) = on(&home, &["on", "created", "--exec", &script, "--jobs", "2", "--timeout", "2s", "--json"]);
    let began = Instant::now();
    for title in ["hangs", "fails", "one", "two", "three"] {
        home.run(&["add", title]).ok();
    }
    assert!(began.elapsed() < Duration::from_secs(2), "nobody waits for a command");
    assert_eq!(lines(&out, 3).len(), 3);
    let mut runs: Vec<serde_json::Value> = (0..5).map(|_| on.checked("run")).collect();
    runs.sort_by_key(|run| run["cursor"].as_str().unwrap().to_owned());
    assert_eq!((&runs[0]["timed_out"], &runs[0]["exit_code"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!((&runs[1]["exit_code"], &runs[1]["stderr"]), (&3.into(), &"why\n".into()));
    assert!(runs[2..].iter().all(|run| run["exit_code"] == 0));
    // All of its group goes, the sleep among it; the kernel takes a moment to bury the killed.
    let mark = format!("TASKS_HOME={}", home.path.display());
    let hangs = |environ: &Vec<u8>| {
        let has = |what: &str| environ.split(|byte| *byte == 0).any(|part| part == what.as_bytes());
        has(&mark) && has("TASKS_TITLE=hangs")
    };
    let left = || {
        let all = std::fs::read_dir("/proc").unwrap();
        all.filter_map(|entry| std::fs::read(entry.ok()?.path().join("environ")).ok()).filter(hangs).count()
    };
    while left() > 0 {
        assert!(began.elapsed() < Duration::from_secs(30), "what it started is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_failed_command_is_run_again_and_kept_in_the_log() {
    let home = Home::new();
    let tried = home.scratch().join("tried");
    let script = format!("echo $TASKS_EVENT_ID >> {0}; echo try; test $(wc -l < {0}) -ge 2", tried.display());
    let (on, _) = on(&home, &["on", "created", "--exec", &script, "--retries", "3", "--json"]);
    home.run(&["add", "x"]).ok();
    let (first, second) = (on.event(), on.event());
    assert_eq!((&first["exit_code"], &first["again_in_seconds"]), (&1.into(), &1.into()));
    assert_eq!((&second["exit_code"], &second["attempt"]), (&0.into(), &2.into()));
    let ids = lines(&tried, 2);
    assert_eq!(ids[0], ids[1], "the id tells that it is the same event");
    let log = find(&home.path, "on.log").expect("a log");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("try 1 of 4: it failed with exit code 1") && log.contains("  out: try"), "{log}");
}

fn find(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
    std::fs::read_dir(folder).ok()?.filter_map(Result::ok).find_map(|entry| {
        let path = entry.path();
        if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) }
    })
}

#[test]
fn every_event_is_handed_over_at_least_once_through_kills_and_restarts() {
    let home = Home::new();
    let out = home.scratch().join("out");
    let script = format!("echo $TASKS_TITLE >> {}", out.display());
    let words = ["on", "created", "--exec", &script];
    let (mut first, place) = on(&home, &words);
    for n in 0..5 {
        home.run(&["add", &format!("alpha {n}")]).ok();
    }
    lines(&out, 2);
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    signal(home.daemon_pid(), Signal::KILL);
    for n in 0..5 {
        home.run(&["add", &format!("beta {n}")]).ok();
    }
    let (second, _) = on(&home, &words);
    home.run(&["add", "gamma"]).ok();
    let until = Instant::now() + PATIENCE;
    let mut titles = lines(&out, 11);
    while !titles.contains(&"gamma".to_owned()) {
        assert!(Instant::now() < until, "{titles:?}");
        titles = lines(&out, titles.len());
    }
    for n in 0..5 {
        assert!(titles.contains(&format!("alpha {n}")) && titles.contains(&format!("beta {n}")), "{titles:?}");
    }
    while !lines(&place, 1)[0].trim().ends_with("-11") {
        assert!(Instant::now() < until, "the place is {:?}", lines(&place, 1));
        std::thread::sleep(Duration::from_millis(20));
    }
    // Told to end, it ends as a signal ends programs.
    signal(second.pid(), Signal::TERM);
    let mut second = second;
    assert_eq!(second.child.wait().unwrap().code(), Some(143));
}
