//! A machine that was off or asleep while instants passed, and daemons that are killed around one.

use crate::machine::{AGO, Machine, couriers, until_states};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
#[cfg(target_os = "linux")]
use tasks_tests::desktop::Desktop;
use tasks_tests::desktop::until;
use tasks_tests::peers::Peer;

#[test]
fn three_instants_within_ten_minutes_without_a_daemon_come_once_each_and_say_how_late() {
    let receiver = Peer::receiver(&[]);
    let url = format!("http://127.0.0.1:{}", receiver.port);
    let machine = Machine::new(&[], "");
    for (task, wait) in [("1", "in 2 minutes"), ("2", "in 5 minutes"), ("3", "in 9 minutes")] {
        machine.run(&["add", &format!("task {task}")]).ok();
        machine.run(&["remind", task, wait, "--webhook", &url]).ok();
    }
    assert_eq!(machine.states(), "3 pending");
    let machine = machine.away_for(Duration::from_mins(10));
    assert!(receiver.rest().is_empty(), "none came before its time");
    machine.run(&["list"]).ok();
    until_states(&machine, "3 sent");
    machine.run(&["daemon", "restart"]).ok();
    assert_eq!(machine.states(), "3 sent");
    let got = receiver.rest();
    let told = |one: &Value| {
        let reminder = &one["body"]["reminders"][0];
        (reminder["task"]["title"].as_str().unwrap().to_owned(), reminder["late_s"].as_u64().unwrap())
    };
    let late: BTreeMap<String, u64> = got.iter().map(told).collect();
    assert_eq!((got.len(), late.len()), (3, 3), "each once: {got:?}");
    for (task, minutes) in [("task 1", 8), ("task 2", 5), ("task 3", 1)] {
        // What the test itself took comes on top.
        assert!((minutes * 60..minutes * 60 + 60).contains(&late[task]), "{late:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn three_hundred_that_came_due_in_72_hours_are_one_digest() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&desktop.variables(), "");
    let lines: String = (0..300).map(|n| format!("task {n} in {} minutes remind me at due\n", 30 + n * 14)).collect();
    machine.run_with(&["add", "-", "--yes"], &lines).ok();
    assert_eq!((machine.states().as_str(), desktop.count()), ("300 pending", 0));
    let machine = machine.away_for(Duration::from_hours(72));
    machine.run(&["list"]).ok();
    until_states(&machine, "300 sent");
    assert_eq!(desktop.count(), 1);
    // It goes on counting those that nobody handled.
    machine.run(&["done", "1"]).ok();
    until("the digest without it", || desktop.buttons().contains("(299 reminders you missed)"));
    let shown = desktop.taken();
    assert_eq!(shown.len(), 1, "never more than one: {shown:?}");
    let (title, body) = &shown[0];
    assert!(title == "299 reminders you missed" && body.contains("and 294 more"), "{title}: {body}");
}

/// Kills at so many points: the whole number is run with `TASKS_KILLS=200`.
fn kills() -> usize {
    std::env::var("TASKS_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

/// Each life of a daemon ends with a kill. What the receiver got in it, and what its ledger said at its end.
#[derive(Default)]
struct Life {
    got: Vec<String>,
    recorded: BTreeSet<String>,
}

#[test]
fn a_daemon_that_is_killed_around_an_instant_repeats_only_what_it_sent_and_had_not_recorded() {
    let receiver = Peer::receiver(&[]);
    let url = format!("http://127.0.0.1:{}", receiver.port);
    let machine = Machine::new(&[], "");
    let kills = kills();
    let texts: String = (0..kills).map(|n| format!("task {n}\n")).collect();
    machine.long_ago_with(&["add", "-", "--yes"], &texts).ok();
    let copies = machine.home.scratch().join("copies");
    // Points spread over what a delivery takes, by a sequence that is the same each time.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for n in 0..kills {
        let task = (n + 1).to_string();
        machine.long_ago(&["remind", &task, AGO, "--webhook", &url]).ok();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_micros(random % 40_000));
        tasks_tests::signal(machine.home.daemon_pid_in_log(), rustix::process::Signal::KILL);
        // What it had begun to send is sent, or never will be.
        until("its courier to end", || couriers(&machine.home) == 0);
        mark(receiver.port, n);
        copy_database(&machine.home.path, &copies.join(format!("{n:04}")));
    }
    until_states(&machine, &format!("{kills} sent"));
    let ledgers = machine.run(&["reminders", "list", "--all", "--limit", "1000", "--json"]).json();
    assert_eq!(ledgers["reminders"].as_array().unwrap().len(), kills);
    let lives = lives(&receiver.rest(), &recorded(&copies));
    assert_eq!(lives.len(), kills + 1);
    let mut sent: BTreeMap<&str, usize> = BTreeMap::new();
    let mut repeats = 0;
    for (number, life) in lives.iter().enumerate() {
        for title in &life.got {
            if let Some(before) = sent.insert(title, number) {
                repeats += 1;
                assert!(before != number, "{title} came twice in one life, the {number}th");
                assert!(!lives[before].recorded.contains(title), "{title} was recorded when the {before}th life ended");
            }
        }
        // Nothing is recorded that was not sent.
        let unsent: Vec<_> = life.recorded.iter().filter(|title| !sent.contains_key(title.as_str())).collect();
        assert!(unsent.is_empty(), "{unsent:?}");
    }
    let cut_off = lives[..kills].iter().map(|life| life.got.iter().filter(|one| !life.recorded.contains(*one)).count());
    println!("{kills} kills: {repeats} repeats");
    assert_eq!((sent.len(), repeats), (kills, cut_off.sum::<usize>()), "each came; a repeat for each that was cut off");
}

/// Tells the receiver that a life has ended; it answers when all that came before is told.
fn mark(port: u16, life: usize) {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET /{life} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(" 200 "), "{answer}");
}

fn copy_database(home: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for name in ["tasks.db", "tasks.db-wal"] {
        std::fs::copy(home.join("data").join(name), to.join(name)).unwrap();
    }
}

/// What was recorded as sent in each of these copies of the database, as SQLite itself reads it.
fn recorded(copies: &Path) -> Vec<BTreeSet<String>> {
    const READ: &str = "
import json, sqlite3, sys
commands = lambda folder: sqlite3.connect(folder + '/tasks.db').execute(
    'SELECT command FROM operation WHERE command LIKE \"reminded of %\"').fetchall()
print(json.dumps([[command for (command,) in commands(folder)] for folder in sys.argv[1:]]))";
    let mut folders: Vec<PathBuf> = std::fs::read_dir(copies).unwrap().map(|one| one.unwrap().path()).collect();
    folders.sort();
    let output = Command::new("python3").args(["-c", READ]).args(folders).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let all: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).unwrap();
    let title = |command: &String| command.trim_start_matches("reminded of \"").trim_end_matches('"').to_owned();
    all.iter().map(|commands| commands.iter().map(title).collect()).collect()
}

fn lives(told: &[Value], recorded: &[BTreeSet<String>]) -> Vec<Life> {
    let mut lives = vec![Life::default()];
    for one in told {
        let now = lives.last_mut().unwrap();
        if let Some(title) = one["body"]["reminders"][0]["task"]["title"].as_str() {
            now.got.push(title.to_owned());
        } else {
            now.recorded.clone_from(&recorded[one["marked"].as_u64().unwrap() as usize]);
            lives.push(Life::default());
        }
    }
    lives
}
