//! The whole way: a reminder is set, its instant comes, and it is where it should be.

use crate::machine::{AGO, Machine, now_ms, until_states};
use std::time::Duration;
#[cfg(target_os = "linux")]
use tasks_tests::desktop::Desktop;
use tasks_tests::desktop::until;
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
    // At once, before the ledger even says that it was shown.
    desktop.dismiss();
    until_states(&machine, "1 acknowledged, 1 pending, 1 sent");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pop_up_reads_as_its_task_does_by_now() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&desktop.variables(), "");
    machine.run(&["add", "Buy milk tomorrow 5pm"]).ok();
    machine.long_ago(&["remind", "1", AGO]).ok();
    until("the pop-up", || desktop.buttons().contains("(Buy milk)"));
    machine.run(&["edit", "1", "--due", "tomorrow 18:30"]).ok();
    machine.run(&["edit", "1", "--title", "Buy bread", "--project", "home"]).ok();
    until("the other title", || desktop.buttons().contains("(Buy bread)"));
    assert_eq!(desktop.count(), 1, "in its place");
    // Its buttons are those of the task still.
    desktop.press("done");
    until("the task to be done", || machine.home.titles(&["status:done"]) == ["Buy bread"]);
    desktop.wait_for(0);
    let (title, body) = &desktop.taken()[0];
    assert!(title == "Buy bread" && body.starts_with("@home · due ") && body.contains("18:30"), "{title}: {body}");
}

#[cfg(target_os = "linux")]
#[test]
fn pop_ups_of_an_earlier_daemon_are_taken_away_and_drawn_anew_by_the_next() {
    let Some(desktop) = Desktop::start() else { return };
    let machine = Machine::new(&desktop.variables(), "");
    for (task, title) in [("1", "done later"), ("2", "acknowledged later"), ("3", "in the trash"), ("4", "renamed")] {
        machine.run(&["add", title]).ok();
        machine.long_ago(&["remind", task, AGO]).ok();
        until("the pop-up", || desktop.buttons().contains(&format!("({title})")));
    }
    until_states(&machine, "4 sent");
    // Once ended in order, once killed.
    machine.run(&["daemon", "restart"]).ok();
    machine.run(&["done", "1"]).ok();
    desktop.wait_for(3);
    tasks_tests::signal(machine.home.daemon_pid(), rustix::process::Signal::KILL);
    machine.run(&["rm", "3"]).ok();
    desktop.wait_for(2);
    machine.run(&["edit", "4", "--title", "with another name"]).ok();
    until("the other title", || desktop.buttons().contains("(with another name)"));
    assert_eq!(desktop.count(), 2);
    // A button still counts once, by way of the new daemon.
    machine.run(&["snooze", "2", "2 hours"]).ok();
    desktop.wait_for(1);
    desktop.press("done");
    until("the task to be done", || machine.home.titles(&["status:done"]).len() == 2);
    desktop.wait_for(0);
    machine.run(&["undo"]).ok();
    assert_eq!(machine.home.titles(&[]).len(), 2, "one press is one command");
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

#[test]
fn no_word_of_a_person_and_no_secret_is_in_a_log_or_the_journal() {
    let answers = format!("451 4.3.0 {SECRET} later,550 5.1.1 no {SECRET} here");
    let (server, receiver) = (Peer::smtp(&["--answers", &answers]), Peer::receiver(&["", "404"]));
    let settings = format!(
        "notify_command = 'echo {SECRET} >&2; exit 3'\nwebhook.secret_file = '~/{SECRET}'\n\
         [email]\nserver = 'smtp+plain://127.0.0.1:{}'\nto = '{SECRET}@example.org'\n",
        server.port
    );
    let machine = Machine::new(&[], &settings);
    std::fs::write(machine.home.scratch().join(SECRET), format!("{SECRET} {SECRET}\n")).unwrap();
    let journal = machine.home.scratch().join("journal");
    let mut service = machine.service(&journal);
    until("the daemon to serve", || machine.log().contains("serving"));
    machine.run(&["add", &format!("{SECRET} today 23:59 @{SECRET} // {SECRET}")]).ok();
    let hooks = [
        format!("http://127.0.0.1:{}/{SECRET}", receiver.port),
        format!("http://127.0.0.1:{}/{SECRET}?key={SECRET}", receiver.port),
        format!("http://127.0.0.1:9/{SECRET}"),
        format!("https://{SECRET}.invalid/{SECRET}"),
    ];
    for hook in &hooks {
        machine.long_ago(&["remind", "1", AGO, "--webhook", hook]).ok();
    }
    machine.long_ago(&["remind", "1", AGO, "--email"]).ok();
    machine.long_ago(&["remind", "1", AGO, &format!("--email=other-{SECRET}@example.org")]).ok();
    machine.long_ago(&["remind", "1", AGO]).ok();
    // One of the two mails and one of the four webhooks is refused, one is sent; the rest is tried again later.
    let tried = || machine.reminders().iter().filter(|one| one["attempts"] != 0 || one["state"] != "pending").count();
    until("each to be tried", || tried() == 7);
    machine.run(&["daemon", "stop"]).ok();
    service.wait().unwrap();
    no_log_has_secrets(&machine);
    let journal = std::fs::read_to_string(&journal).unwrap();
    assert!(!journal.contains(SECRET), "{journal}");
}
