//! Disks and files that fail, sockets and processes that lie.

use crate::events::PATIENCE;
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use tasks_tests::{Home, Ran, ran, signal};

/// The user that owns nothing.
const NOBODY: u32 = 65_534;

fn database(home: &Home) -> PathBuf {
    let status = home.run(&["status", "--json"]).json();
    find(&status, "database").map_or_else(|| panic!("no database in {status}"), PathBuf::from)
}

fn find(value: &serde_json::Value, key: &str) -> Option<String> {
    let map = value.as_object()?;
    let here = map.get(key).and_then(|value| value.as_str().map(str::to_owned));
    here.or_else(|| map.values().find_map(|value| find(value, key)))
}

#[test]
fn a_killed_daemon_is_replaced_by_the_next_command() {
    let home = Home::new();
    home.run(&["add", "task 0"]).ok();
    for n in 1..=10 {
        signal(home.daemon_pid(), Signal::KILL);
        let started = Instant::now();
        home.run(&["add", &format!("task {n}")]).ok();
        println!("recovered in {:?}", started.elapsed());
    }
    assert_eq!(home.titles(&[]).len(), 11);
}

#[test]
fn a_daemon_that_stopped_answering_is_replaced() {
    let home = Home::new();
    home.run(&["add", "before"]).ok();
    let pid = home.daemon_pid();
    signal(pid, Signal::STOP);
    let started = Instant::now();
    home.run(&["add", "after"]).ok();
    println!("recovered from a mute daemon in {:?}", started.elapsed());
    assert_ne!(home.daemon_pid(), pid);
    assert_eq!(home.titles(&[]), ["before", "after"]);
}

#[test]
fn a_newer_build_replaces_the_daemon_and_an_older_one_does_not() {
    let home = Home::new();
    let with = |stamp: &str, words: &[&str]| {
        let output = home.command(words).env("TASKS_BUILD_STAMP", stamp).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    with("5000000000", &["add", "first"]);
    let first = home.daemon_pid();
    with("4000000000", &["add", "second"]);
    assert_eq!(home.daemon_pid(), first, "an older build is served");
    with("6000000000", &["add", "third"]);
    assert_ne!(home.daemon_pid(), first, "a newer build brings its own daemon");
    assert_eq!(home.titles(&[]), ["first", "second", "third"]);
}

#[test]
fn a_damaged_database_is_set_aside_and_said() {
    let home = Home::new();
    home.run(&["add", "before"]).ok();
    let path = database(&home);
    home.run(&["daemon", "stop"]).ok();
    std::fs::write(&path, b"not a database, but long enough to look like something".repeat(200)).unwrap();
    let first = home.run(&["add", "after"]);
    assert!(
        first.code == 0 && first.stderr.contains("warning: the database was damaged; it was set aside as"),
        "{first:?}"
    );
    let second = home.run(&["list"]);
    assert!(
        second.code == 0 && !second.stderr.contains("damaged"),
        "only the command that started the daemon tells: {second:?}"
    );
    assert_eq!(home.titles(&[]), ["after"]);
    let aside = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(aside.filter_map(|name| name.into_string().ok()).any(|name| name.contains(".damaged-")));
    let status = home.run(&["status"]);
    assert!((status.stdout.clone() + &status.stderr).contains("damaged"), "{status:?}");
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let home = Home::new();
    home.run(&["add", "before"]).ok();
    let path = database(&home);
    home.run(&["daemon", "stop"]).ok();
    // Bytes 60 to 63 of the header are user_version (SQLite file format, section 1.3).
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&999u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    let said = home.run(&["add", "after"]).fails(1);
    assert!(said.contains("999") && said.contains("hint"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// A small disk of its own below this machine, unmounted when dropped; `None` without the right to mount.
struct Disk {
    path: PathBuf,
}

impl Disk {
    #[expect(clippy::print_stdout, reason = "a test that cannot show something says so")]
    fn mount(home: &Home) -> Option<Self> {
        let path = home.scratch().join("disk");
        std::fs::create_dir(&path).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=600k", "tmpfs"]).arg(&path).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self { path });
        }
        println!("skipped: no right to mount a small disk");
        None
    }

    fn remount(&self, how: &str) {
        let mount = || Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.path).output().unwrap();
        // A daemon that just ended may hold a file of it for a moment.
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mounted = mount();
            if mounted.status.success() {
                return;
            }
            assert!(Instant::now() < deadline, "{mounted:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a daemon that just ended may hold it for a moment.
        _ = Command::new("umount").arg("-l").arg(&self.path).status();
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let full = Home::at(disk.path.join("home"));
    let mut acknowledged = Vec::new();
    let mut refused = None;
    for n in 0..400 {
        let title = format!("task {n} {}", "x".repeat(900));
        let ran = full.run(&["add", &title]);
        if ran.code == 0 {
            acknowledged.push(title);
        } else {
            refused = Some(ran.fails(1));
            break;
        }
    }
    let said = refused.expect("a disk of 600 KiB is full at some time");
    assert!(said.contains("disk") && said.contains("hint"), "{said}");
    let titles = full.titles(&[]);
    assert!(acknowledged.iter().all(|title| titles.contains(title)));
    assert_eq!(titles.len(), acknowledged.len(), "what was refused is not there");
}

/// Everything that writes to the database, on a machine with the tasks 1 to 4, a rule of 3, and a reminder of 4.
const WRITES: &[&[&str]] = &[
    &["add", "more"],
    &["add", "more every day"],
    &["do", "buy bread tomorrow"],
    &["chat", "buy bread tomorrow"],
    &["edit", "1", "friday"],
    &["start", "1"],
    &["done", "1"],
    &["rm", "1"],
    &["duplicate", "1"],
    &["undo"],
    &["remind", "1", "tomorrow 9am"],
    &["snooze", "4", "2030-05-01 8pm"],
    &["reminders", "cancel", "4"],
    &["repeat", "1", "every monday"],
    &["rules", "pause", "3"],
    &["rules", "edit", "3", "every 2 days"],
    &["rules", "generate", "3"],
    &["rules", "cancel", "3"],
    &["view", "save", "later", "-home"],
    &["view", "rm", "work"],
    &["config", "set", "agenda.days", "3"],
    &["context", "work"],
];

#[test]
fn a_disk_without_room_for_anything_fails_every_write_alike_and_still_shows_what_is_there() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let full = Home::at(disk.path.join("home"));
    for text in ["one", "two", "water plants every 3 days", "dentist 3 may 2030 5pm remind me 1h before"] {
        full.run(&["add", text]).ok();
    }
    full.run(&["view", "save", "work", "@work"]).ok();
    let titles = full.titles(&[]);
    let ballast = disk.path.join("ballast");
    // Fails when there is no room left.
    _ = std::fs::write(&ballast, vec![0; 1024 * 1024]);
    // More than once: what fills the log must not change how the next one is answered.
    for words in WRITES.iter().chain(WRITES) {
        let said = full.run(words).fails(1);
        assert!(said.contains("disk is full") || said.contains("No space left"), "{words:?}: {said}");
        assert!(said.contains("hint: "), "{words:?}: {said}");
    }
    assert_eq!(full.titles(&[]), titles);
    // A daemon that starts there says so, or shows what is there; it never ends without a word.
    signal(full.daemon_pid(), Signal::KILL);
    let listed = full.run(&["list", "--quiet"]);
    let said = listed.code == 1 && listed.stderr.contains("full");
    assert!(said || listed.stdout.lines().count() == titles.len(), "{listed:?}");
    std::fs::remove_file(&ballast).unwrap();
    full.run(&["add", "room again"]).ok();
    assert_eq!(full.titles(&[]).len(), titles.len() + 1);
}

#[test]
fn a_limit_to_the_length_of_files_fails_a_write_and_leaves_the_daemon_alone() {
    let home = Home::new();
    home.run(&["add", "first"]).ok();
    home.run(&["daemon", "stop"]).ok();
    // The daemon inherits it: 200 blocks of 512 or 1,024 bytes, by the shell.
    let start = format!("ulimit -f 200; exec {} daemon start", tasks_tests::tasks_bin().display());
    let mut shell = Command::new("sh");
    let environment = home.command(&[]);
    let variables = environment.get_envs().filter_map(|(name, value)| Some((name, value?)));
    ran(shell.arg("-c").arg(start).env_clear().envs(variables).output().unwrap()).ok();
    let pid = home.daemon_pid();
    let long = "x".repeat(900);
    let refused = (0..400).map(|n| home.run(&["add", &format!("{n} {long}")])).find(|ran| ran.code != 0);
    let said = refused.expect("the log of the database reaches the limit").fails(1);
    assert!(said.contains("disk I/O error") && said.contains("nothing was changed"), "{said}");
    let titles = home.titles(&[]);
    assert!(titles.contains(&"first".to_owned()));
    assert_eq!(home.daemon_pid(), pid, "it lives on");
    home.run(&["daemon", "stop"]).ok();
    home.run(&["add", "without a limit"]).ok();
    assert_eq!(home.titles(&[]).len(), titles.len() + 1);
}

#[test]
fn a_read_only_disk_is_said_and_loses_nothing() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let person = Home::at(disk.path.join("home"));
    person.run(&["add", "before"]).ok();
    person.run(&["daemon", "stop"]).ok();
    disk.remount("ro");
    let examined = person.run(&["doctor", "--json"]);
    assert!(examined.code == 1 && examined.stderr.is_empty(), "{examined:?}");
    let report: serde_json::Value = serde_json::from_str(&examined.stdout).unwrap();
    let disks: Vec<_> = report["checks"].as_array().unwrap().iter().filter(|check| check["name"] == "disk").collect();
    assert!(disks[0]["state"] == "problem" && disks[0]["message"].as_str().unwrap().contains("read-only"), "{report}");
    let mended = person.run(&["doctor", "--fix"]);
    assert!(mended.code == 1 && mended.stdout.contains("read-only"), "it mends nothing and says why: {mended:?}");
    let ran = person.run(&["add", "during"]);
    assert!(ran.code != 0 && ran.stderr.to_lowercase().contains("read-only"), "{ran:?}");
    disk.remount("rw");
    person.run(&["add", "after"]).ok();
    assert_eq!(person.titles(&[]), ["before", "after"]);
}

/// Somebody who owns nothing, with a program that he can reach. Only root can run commands as him.
struct Nobody {
    folder: tempfile::TempDir,
}

impl Nobody {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("tasks-").tempdir_in("/tmp").unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::copy(tasks_tests::tasks_bin(), folder.path().join("tasks")).unwrap();
        Self { folder }
    }

    fn run(&self, home: &Home, words: &[&str]) -> Ran {
        let mut command = Command::new(self.folder.path().join("tasks"));
        let usual = home.command(words);
        command.args(words).env_clear().stdin(std::process::Stdio::null()).uid(NOBODY).gid(NOBODY);
        ran(command.envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?)))).output().unwrap())
    }
}

#[test]
fn what_somebody_else_closed_to_us_is_not_allowed_whatever_is_asked_of_it() {
    let home = Home::new();
    home.run(&["add", "mine"]).ok();
    home.run(&["daemon", "stop"]).ok();
    // Root may enter everything: then somebody else asks.
    let nobody = rustix::process::geteuid().is_root().then(Nobody::new);
    let closed = if nobody.is_some() { 0o700 } else { 0 };
    std::fs::set_permissions(&home.path, std::fs::Permissions::from_mode(closed)).unwrap();
    let set = &["config", "set", "list.limit", "5"];
    for words in [&["list"][..], &["add", "x"], set, &["daemon", "start"], &["export"], &["wait", "x"]] {
        let ran = nobody.as_ref().map_or_else(|| home.run(words), |nobody| nobody.run(&home, words));
        let said = ran.fails(6);
        assert!(said.contains("Permission denied") && said.contains("hint: "), "{words:?}: {said}");
    }
    std::fs::set_permissions(&home.path, std::fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(home.titles(&[]), ["mine"]);
}

#[test]
fn a_lock_that_a_process_of_somebody_else_holds_is_told_with_that_process() {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root has processes of two users");
        return;
    }
    let nobody = Nobody::new();
    let home = Home::at(nobody.folder.path().join("theirs").join("home"));
    let theirs = home.path.parent().unwrap();
    std::fs::create_dir(theirs).unwrap();
    std::os::unix::fs::chown(theirs, Some(NOBODY), Some(NOBODY)).unwrap();
    nobody.run(&home, &["add", "mine"]).ok();
    nobody.run(&home, &["daemon", "stop"]).ok();
    // This process, which is root's, holds it as a daemon would, and never answers.
    let lock = std::fs::OpenOptions::new().read(true).write(true).open(home.path.join("data/daemon.lock")).unwrap();
    rustix::fs::fcntl_lock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&lock, b"serving \n", 0).unwrap();
    let holder = format!("process {} holds ", std::process::id());
    for words in [&["list"][..], &["add", "x"], &["watch"], &["wait", "x"], &["daemon", "start"], &["daemon", "stop"]] {
        let said = nobody.run(&home, words).fails(69);
        assert!(said.contains(&holder) && said.contains("hint: end that process"), "{words:?}: {said}");
    }
    nobody.run(&home, &["status"]).fails(69);
    drop(lock);
    assert_eq!(nobody.run(&home, &["list", "--columns", "title"]).ok(), "mine\n");
    nobody.run(&home, &["daemon", "stop"]).ok();
}

#[test]
fn a_home_with_a_very_long_path_works() {
    let home = Home::new();
    let deep = Home::at(home.scratch().join("d".repeat(75)).join("e".repeat(75)));
    deep.run(&["add", "buy milk"]).ok();
    assert_eq!(deep.titles(&[]), ["buy milk"]);
}
