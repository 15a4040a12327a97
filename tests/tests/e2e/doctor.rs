//! `tasks doctor`: finds what is wrong, also where nothing else works, and mends what is safe.

use rustix::process::Signal;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tasks_tests::{Home, Ran, signal};

/// The checks of that name, as state and message.
fn found(report: &Value, name: &str) -> Vec<(String, String)> {
    let text = |check: &Value, key: &str| check[key].as_str().unwrap().to_owned();
    let checks = report["checks"].as_array().unwrap().iter().filter(|check| check["name"] == name);
    checks.map(|check| (text(check, "state"), text(check, "message"))).collect()
}

fn state(report: &Value, name: &str) -> String {
    let states = found(report, name);
    states.iter().map(|(state, _)| state.as_str()).max_by_key(|state| state.len()).unwrap_or_default().to_owned()
}

/// The report, whatever the exit code, which must say the same.
fn report(ran: &Ran) -> Value {
    assert!(ran.stderr.is_empty(), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["healthy"].as_bool().unwrap(), ran.code == 0, "{report}");
    assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    report
}

fn examine(home: &Home) -> Value {
    report(&home.run(&["doctor", "--json"]))
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn place(home: &Home, key: &str) -> PathBuf {
    home.run(&["status", "--json"]).json()[key].as_str().unwrap().into()
}

#[test]
fn a_healthy_machine_has_no_problem_and_no_daemon_is_started_for_it() {
    let home = Home::new();
    let before = examine(&home);
    assert!(before["healthy"].as_bool().unwrap(), "{before}");
    assert!(!home.path.join("data").exists(), "looking makes nothing");
    home.run(&["add", "buy milk"]).ok();
    let report = examine(&home);
    for name in ["data", "disk", "database file", "database", "socket", "daemon", "clock", "zone", "settings"] {
        assert_eq!(state(&report, name), "ok", "{name}: {report}");
    }
    assert_eq!(found(&report, "database")[0].1, "sound, 1 tasks, schema 1");
    home.run(&["daemon", "stop"]).ok();
    let report = examine(&home);
    assert!(found(&report, "daemon")[0].1.starts_with("none runs"), "{report}");
    assert_eq!(home.run(&["daemon", "status"]).code, 1);
    let said = home.run(&["doctor"]);
    assert!(said.code == 0 && said.stdout.contains("ok       disk "), "{said:?}");
}

#[test]
fn folders_that_others_may_enter_are_found_and_closed() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let database = place(&home, "database");
    let socket = place(&home, "socket");
    let (data, shared) = (database.parent().unwrap(), socket.parent().unwrap());
    chmod(data, 0o755);
    chmod(&database, 0o644);
    let log = PathBuf::from(format!("{}-wal", database.display()));
    chmod(&log, 0o640);
    let report = examine(&home);
    assert_eq!(found(&report, "database file").len(), 2, "{report}");
    assert_eq!((state(&report, "data").as_str(), state(&report, "database file").as_str()), ("warning", "warning"));
    assert_eq!(mode(data), 0o755, "looking changes nothing");
    let fixed = home.run(&["doctor", "--fix"]);
    assert!(fixed.stdout.contains("fixed    data") && fixed.stdout.contains("closed "), "{fixed:?}");
    assert_eq!((mode(data), mode(&database), mode(&log), mode(shared)), (0o700, 0o600, 0o600, 0o700));
    assert_eq!(state(&examine(&home), "data"), "ok");
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn what_a_killed_daemon_left_is_found_and_removed() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let socket = place(&home, "socket");
    signal(home.daemon_pid(), Signal::KILL);
    let begun = Instant::now();
    while state(&examine(&home), "socket") != "warning" {
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", examine(&home));
    }
    assert!(home.run(&["doctor", "--fix"]).stdout.contains("removed what was left"));
    assert!(!socket.exists());
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn a_mute_daemon_is_a_problem_that_can_be_mended() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let pid = home.daemon_pid();
    signal(pid, Signal::STOP);
    let begun = Instant::now();
    let ran = home.run(&["doctor", "--json"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "a mute daemon holds nobody up");
    assert_eq!((ran.code, state(&report(&ran), "daemon").as_str()), (1, "problem"));
    let fixed = home.run(&["doctor", "--fix"]);
    assert!(fixed.code == 0 && fixed.stdout.contains("restarted it"), "{fixed:?}");
    assert_ne!(home.daemon_pid(), pid);
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn a_damaged_database_is_found_with_and_without_a_daemon() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let database = place(&home, "database");
    home.run(&["daemon", "stop"]).ok();
    std::fs::write(&database, b"not a database, but long enough to look like something".repeat(200)).unwrap();
    let ran = home.run(&["doctor", "--json"]);
    assert_eq!(found(&report(&ran), "database file")[0].0, "problem");
    home.run(&["list"]).ok();
    let report = examine(&home);
    assert_eq!((state(&report, "database").as_str(), state(&report, "set aside").as_str()), ("ok", "warning"));
    assert!(found(&report, "daemon says")[0].1.contains("damaged"), "{report}");
}

#[test]
fn pages_that_were_overwritten_under_the_daemon_are_found() {
    let home = Home::new();
    let lines: String = (0..2_000).map(|n| format!("task number {n} with some words\n")).collect();
    assert_eq!(home.run_with(&["add", "-"], lines.as_bytes()).code, 0);
    let database = place(&home, "database");
    home.run(&["daemon", "stop"]).ok();
    let mut bytes = std::fs::read(&database).unwrap();
    assert!(bytes.len() > 400_000);
    let half = bytes.len() / 2;
    bytes[half..half + 40_000].fill(0xA5);
    // The daemon looks through small files when it starts: it gets the sound one, and the damage comes later.
    home.run(&["list", "--limit", "1"]).ok();
    std::fs::write(&database, &bytes).unwrap();
    let ran = home.run(&["doctor", "--json"]);
    let report = report(&ran);
    assert_eq!((ran.code, state(&report, "database").as_str()), (1, "problem"), "{report}");
}

#[test]
fn a_wrong_clock_and_broken_settings_are_found() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let run = |variables: &[(&str, &str)]| {
        let output = home.command(&["doctor", "--json"]).envs(variables.iter().copied()).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code().unwrap(), report)
    };
    let (code, report) = run(&[("TASKS_NOW", "1999-01-01T00:00:00Z")]);
    assert_eq!((code, state(&report, "clock").as_str()), (1, "problem"), "{report}");
    std::fs::write(home.path.join("config.toml"), "[list\n").unwrap();
    let (code, report) = run(&[]);
    assert_eq!((code, state(&report, "settings").as_str()), (1, "problem"), "{report}");
    assert_eq!(state(&report, "database"), "ok", "the rest is looked at all the same");
    std::fs::write(home.path.join("config.toml"), "limt = 1\neditor = '/nowhere/ed'\n").unwrap();
    let (code, report) = run(&[("PATH", "/usr/bin:/bin"), ("SHELL", "/bin/bash")]);
    assert_eq!(code, 0);
    for name in ["settings", "editor", "completions"] {
        assert_eq!(state(&report, name), "warning", "{name}: {report}");
    }
}

#[test]
fn where_reminders_can_show_up_is_told() {
    let home = Home::new();
    let nowhere = format!("unix:path={}", home.scratch().join("no-bus").display());
    let run = |variables: &[(&str, &str)]| {
        let output = home.command(&["doctor", "--json"]).envs(variables.iter().copied()).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let without = [("DBUS_SESSION_BUS_ADDRESS", nowhere.as_str())];
    let report = run(&without);
    assert_eq!(state(&report, "session bus"), "warning", "{report}");
    std::fs::create_dir_all(&home.path).unwrap();
    let secret = home.scratch().join("secret");
    std::fs::write(&secret, "hunter2\n").unwrap();
    let settings = format!("notify_command = 'true'\nwebhook.secret_file = '{}'\n", secret.display());
    std::fs::write(home.path.join("config.toml"), settings).unwrap();
    chmod(&secret, 0o644);
    let report = run(&without);
    assert_eq!(state(&report, "session bus"), "ok", "the command stands in: {report}");
    assert_eq!(state(&report, "webhooks"), "warning", "others may read it: {report}");
    chmod(&secret, 0o600);
    assert_eq!(state(&run(&without), "webhooks"), "ok");
    assert!(!report.to_string().contains("hunter2"));
    // Somebody listens there and never says a word.
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let _mute = std::os::unix::net::UnixListener::bind(folder.path().join("bus")).unwrap();
    let (mute, began) = (format!("unix:path={}", folder.path().join("bus").display()), Instant::now());
    let report = run(&[("DBUS_SESSION_BUS_ADDRESS", mute.as_str()), ("TASKS_NOTIFY_COMMAND", "none")]);
    assert_eq!(state(&report, "notifications"), "warning", "{report}");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
