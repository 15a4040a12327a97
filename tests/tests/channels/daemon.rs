//! The whole way: a reminder is set, its instant comes, and it is where it should be.

use crate::machine::{AGO, Machine, now_ms, until_states};
use std::time::Duration;
use tasks_tests::desktop::{Desktop, until};
use tasks_tests::peers::Peer;

/// A word that is in titles and secrets, and must be in no log.
const SECRET: &str = "xyzzy-plugh";

fn no_log_has_secrets(machine: &Machine) {
    let log = machine.log();
    assert!(log.contains("serving") && !log.contains(SECRET), "{log}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pop_up_comes_on_time_and_done_on_it_is_done() {
    let Some(desktop) = Desktop::start() else { return };
    // The daemon is born where there is no desktop; the next command comes from one.
    let machine = Machine::new(&[], "");
    machine.run(&["add", &format!("Call {SECRET} tomorrow 5pm @home p1")]).ok();
    let machine = machine.with(&desktop.variables());
    let at = machine.remind_in("1", Duration::from_millis(300));
    desktop.wait_for(1);
    println!("on the screen {} ms after its instant", now_ms().saturating_sub(at));
    until_states(&machine, "1 sent");
    desktop.press("done");
    until("the task to be done", || machine.home.titles(&["status:done"]).len() == 1);
    desktop.wait_for(0);
    until_states(&machine, "1 acknowledged");
    let (title, body) = &desktop.taken()[0];
    assert_eq!(title, &format!("Call {SECRET}"));
    assert!(body.starts_with("@home · due ") && body.contains("17:00 (tomorrow)"), "{body}");
    no_log_has_secrets(&machine);
    machine.run(&["undo"]).ok();
    assert_eq!(machine.home.titles(&[]).len(), 1, "what a button did is undone like a command");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pop_up_goes_when_its_task_is_handled_elsewhere_and_snooze_puts_it_off() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&desktop.variables(), "");
    machine.run(&["add", "Buy milk"]).ok();
    machine.run(&["add", "Call mom"]).ok();
    for task in ["1", "2"] {
        machine.long_ago(&["remind", task, AGO]).ok();
    }
    desktop.wait_for(2);
    machine.run(&["done", "1"]).ok();
    desktop.wait_for(1);
    desktop.press("snooze");
    desktop.wait_for(0);
    until_states(&machine, "1 pending, 1 sent");
    let pending = machine.reminders().into_iter().find(|one| one["state"] == "pending").unwrap();
    assert!(!pending["snoozed_from"].is_null(), "{pending}");
    // Closed by hand.
    machine.long_ago(&["remind", "2", "in 71 hours"]).ok();
    desktop.wait_for(1);
    // Then the courier listens: it hears only what happens to a pop-up after that.
    until_states(&machine, "1 pending, 2 sent");
    desktop.dismiss();
    until_states(&machine, "1 acknowledged, 1 pending, 1 sent");
}

#[cfg(target_os = "linux")]
#[test]
fn three_hundred_that_came_due_in_72_hours_are_one_digest() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&desktop.variables(), "");
    let lines: String = (0..300).map(|n| format!("task {n} in 1 hour remind me at due\n")).collect();
    machine.long_ago_with(&["add", "-", "--yes"], &lines).ok();
    until_states(&machine, "300 sent");
    assert!((1..=3).contains(&desktop.count()), "{} pop-ups", desktop.count());
    let shown = desktop.taken();
    assert!(shown.iter().any(|(title, _)| title == "300 reminders you missed"), "{shown:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_no_desktop_could_show_comes_with_the_first_one() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&[], "");
    machine.run(&["add", "Buy milk"]).ok();
    machine.long_ago(&["remind", "1", AGO]).ok();
    until("it to be held back", || machine.reminders()[0]["held"] == true);
    let why = machine.run(&["reminders", "why", "1"]).ok();
    assert!(why.contains("notification"), "{why}");
    // Somebody logs in, and gives any command.
    let machine = machine.with(&desktop.variables());
    machine.run(&["list"]).ok();
    desktop.wait_for(1);
    until_states(&machine, "1 sent");
}

#[test]
fn webhooks_whose_instants_passed_while_no_daemon_ran_come_once_each() {
    let receiver = Peer::receiver(&[]);
    let url = format!("http://127.0.0.1:{}/{SECRET}", receiver.port);
    let machine = Machine::new(&[], "");
    let mut last = 0;
    for n in ["1", "2", "3"] {
        machine.run(&["add", &format!("{SECRET} {n}")]).ok();
        last = machine.remind_by(&["--webhook", &url], n, Duration::from_millis(1_500));
    }
    machine.run(&["daemon", "stop"]).ok();
    assert!(receiver.rest().is_empty(), "this machine is too slow for this test");
    until("the instants to pass", || now_ms() > last + 100);
    machine.run(&["list"]).ok();
    until_states(&machine, "3 sent");
    let mut keys: Vec<_> = receiver.rest().iter().map(|got| got["headers"]["idempotency-key"].to_string()).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 3);
    machine.run(&["daemon", "restart"]).ok();
    assert_eq!(machine.states(), "3 sent");
    assert!(receiver.rest().is_empty(), "none comes twice");
    no_log_has_secrets(&machine);
}

#[cfg(target_os = "linux")]
#[test]
fn pop_ups_that_were_missed_with_the_daemon_killed_come_once_each_and_say_how_late() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&[], "");
    for n in ["1", "2", "3"] {
        machine.run(&["add", &format!("task {n}")]).ok();
        machine.long_ago(&["remind", n, "in 71 hours"]).ok();
    }
    tasks_tests::signal(machine.home.daemon_pid(), rustix::process::Signal::KILL);
    let machine = machine.with(&desktop.variables());
    machine.run(&["list"]).ok();
    desktop.wait_for(3);
    until_states(&machine, "3 sent");
    machine.run(&["daemon", "restart"]).ok();
    assert_eq!(machine.states(), "3 sent");
    let shown = desktop.taken();
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown.iter().all(|(_, body)| body.contains("this reminder is 1 h late")), "{shown:?}");
}

#[test]
fn a_mail_comes_and_one_that_was_refused_comes_when_it_is_retried() {
    let server = Peer::smtp(&["--answers", "550 5.1.1 no such mailbox"]);
    let settings = format!("[email]\nserver = 'smtp+plain://127.0.0.1:{}'\nto = 'me@example.org'\n", server.port);
    let machine = Machine::new(&[], &settings);
    machine.run(&["add", &format!("{SECRET} today 23:59")]).ok();
    machine.long_ago(&["remind", "1", AGO, "--email"]).ok();
    until_states(&machine, "1 failed");
    let why = machine.run(&["reminders", "why", "1"]).ok();
    assert!(why.contains("550"), "{why}");
    machine.run(&["reminders", "retry", "1"]).ok();
    until_states(&machine, "1 sent");
    let (refused, taken) = (server.next(), server.next());
    assert_eq!(
        (refused["answer"].as_str(), taken["answer"].as_str()),
        (Some("550 5.1.1 no such mailbox"), Some("250 2.0.0 kept"))
    );
    assert_ne!(refused["headers"]["message-id"], taken["headers"]["message-id"], "another round is another mail");
    no_log_has_secrets(&machine);
}

/// Kills at so many points: the whole number is run with `TASKS_KILLS=200`.
fn kills() -> u64 {
    std::env::var("TASKS_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

#[test]
fn a_daemon_that_is_killed_around_an_instant_sends_at_least_once_and_keeps_one_row() {
    let receiver = Peer::receiver(&[]);
    let url = format!("http://127.0.0.1:{}", receiver.port);
    let machine = Machine::new(&[], "");
    let kills = kills();
    let lines: String = (0..kills).map(|n| format!("task {n}\n")).collect();
    machine.long_ago_with(&["add", "-", "--yes"], &lines).ok();
    // Points spread over what a delivery takes, by a sequence that is the same each time.
    for n in 0..kills {
        let task = (n + 1).to_string();
        machine.long_ago(&["remind", &task, AGO, "--webhook", &url]).ok();
        std::thread::sleep(Duration::from_micros(n * 7_919 % 40_000));
        tasks_tests::signal(machine.home.daemon_pid_in_log(), rustix::process::Signal::KILL);
    }
    until_states(&machine, &format!("{kills} sent"));
    let ledgers = machine.run(&["reminders", "list", "--all", "--limit", "1000", "--json"]).json();
    assert_eq!(ledgers["reminders"].as_array().unwrap().len() as u64, kills);
    let got = receiver.rest();
    let tasks: std::collections::BTreeSet<String> =
        got.iter().map(|one| one["body"]["reminders"][0]["task"]["title"].to_string()).collect();
    let keys: std::collections::BTreeSet<String> =
        got.iter().map(|one| one["headers"]["idempotency-key"].to_string()).collect();
    println!("{kills} kills: {} requests, {} of them repeats", got.len(), got.len() as u64 - kills);
    assert_eq!((tasks.len() as u64, keys.len() as u64), (kills, kills), "each came, and repeats have one key");
}
