//! A daemon ends cleanly, and soon.

use crate::home::{Home, eventually, on_runtime, signal, timed};
use rustix::process::Signal;
use std::fs;
use std::os::unix::net::UnixListener;
use std::process::Child;
use std::thread;
use tasks_daemon::status;

/// A daemon in the foreground that answers.
fn foreground(home: &Home) -> Child {
    let daemon = home.command(&["daemon", "run"]).spawn().unwrap();
    eventually("a daemon", || on_runtime(status(&home.places(), home.build())).is_ok_and(|seen| seen.is_some()));
    daemon
}

#[test]
fn stopping_closes_the_store_and_leaves_no_socket() {
    let home = Home::new();
    let pid = home.pid();
    assert_eq!(timed("stop", || home.stop()).unwrap(), Some(pid));
    assert_eq!(home.noted("closed"), [pid]);
    assert!(!home.places().socket().unwrap().exists());
    assert_eq!(home.stop().unwrap(), None);
    assert_eq!(on_runtime(status(&home.places(), home.build())).unwrap(), None);
}

#[test]
fn each_signal_that_asks_for_an_end_gets_a_clean_one() {
    for asked in [Signal::TERM, Signal::INT, Signal::HUP] {
        let home = Home::new();
        let mut daemon = foreground(&home);
        signal(daemon.id(), asked);
        assert!(daemon.wait().unwrap().success());
        assert_eq!(home.noted("closed"), [daemon.id()]);
        assert!(!home.places().socket().unwrap().exists());
    }
}

#[test]
fn what_is_being_served_is_finished_first() {
    let home = Home::new();
    let pid = home.pid();
    home.ask_for("slow-status");
    thread::scope(|scope| {
        let asked = scope.spawn(|| on_runtime(status(&home.places(), home.build())));
        // The store has been asked, and is slow to answer.
        eventually("the request", || home.data("asked").exists());
        home.stop().unwrap();
        assert_eq!(asked.join().unwrap().unwrap().unwrap().open_tasks, 3);
    });
    assert_eq!(home.noted("closed"), [pid]);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let home = Home::new();
    let mut daemon = foreground(&home);
    let pid = daemon.id();
    home.ask_for("slow-close");
    signal(pid, Signal::TERM);
    let socket = home.places().socket().unwrap();
    eventually("the end of listening", || !socket.exists());
    signal(pid, Signal::TERM);
    assert_eq!(daemon.wait().unwrap().code(), Some(1));
    assert!(home.noted("closed").is_empty());
}

#[test]
fn a_store_that_does_not_close_holds_nobody_up_for_ever() {
    let home = Home::new();
    let hanging = home.pid();
    home.ask_for("slow-close");
    assert_eq!(timed("stop of a store that hangs", || home.stop()).unwrap(), Some(hanging));
    assert!(home.noted("closed").is_empty());
}

#[test]
fn an_end_leaves_a_socket_alone_that_is_not_its_own() {
    let home = Home::new();
    let mut daemon = foreground(&home);
    let socket = home.places().socket().unwrap();
    fs::remove_file(&socket).unwrap();
    let _newer = UnixListener::bind(&socket).unwrap();
    signal(daemon.id(), Signal::TERM);
    assert!(daemon.wait().unwrap().success());
    assert!(socket.exists());
    fs::remove_file(socket).unwrap();
}
