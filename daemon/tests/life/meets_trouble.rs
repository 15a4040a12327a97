//! Whatever happened to the daemon, the next request is answered.

use crate::home::{Home, eventually, on_runtime, signal, timed};
use rustix::process::Signal;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Stdio};
use tasks_daemon::status;
use tasks_domain::error::ErrorKind;

/// Listens at `socket` and says nothing.
fn mute(home: &Home, socket: &Path) -> Child {
    let mut command = home.command(&["mute"]);
    let mut child = command.arg(socket).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "listening\n");
    child
}

/// It was never signalled: it lives, and ends by itself when it may.
fn is_unharmed(mut child: Child) {
    assert!(child.try_wait().unwrap().is_none());
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_stale_socket_of_a_killed_daemon_is_no_obstacle() {
    let home = Home::new();
    for _ in 0..5 {
        let killed = home.pid();
        signal(killed, Signal::KILL);
        let now = timed("request after kill -9", || home.pid());
        assert_ne!(now, killed);
    }
    assert!(home.places().socket().unwrap().exists());
}

#[test]
fn a_removed_socket_file_is_made_anew_and_the_old_daemon_closes_its_store_first() {
    let home = Home::new();
    let cut_off = home.pid();
    fs::remove_file(home.places().socket().unwrap()).unwrap();
    let seen = on_runtime(status(&home.places(), home.build())).unwrap_err();
    assert_eq!(seen.kind, ErrorKind::Unavailable);
    let now = timed("request after the socket was removed", || home.pid());
    assert_eq!(home.noted("opened"), [cut_off, now]);
    assert_eq!(home.noted("closed"), [cut_off], "it was asked, not killed");
}

#[test]
fn a_stopped_daemon_is_replaced() {
    let home = Home::new();
    let stopped = home.pid();
    signal(stopped, Signal::STOP);
    let now = timed("request to a stopped daemon", || home.pid());
    assert_eq!(home.noted("opened"), [stopped, now]);
}

#[test]
fn looking_at_a_stopped_daemon_says_so_and_leaves_it_alone() {
    let home = Home::new();
    let stopped = home.pid();
    signal(stopped, Signal::STOP);
    let failure = on_runtime(status(&home.places(), home.build())).unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Unavailable);
    assert!(failure.message.contains("does not answer"), "{failure}");
    signal(stopped, Signal::CONT);
    eventually("an answer", || on_runtime(status(&home.places(), home.build())).is_ok_and(|answer| answer.is_some()));
    assert_eq!(home.pid(), stopped);
}

#[test]
fn ten_commands_at_once_replace_a_stopped_daemon_by_one() {
    let home = Home::new();
    let stopped = home.pid();
    signal(stopped, Signal::STOP);
    let commands: Vec<_> = (0..10).map(|_| home.command(&["call"]).stdout(Stdio::null()).spawn().unwrap()).collect();
    for mut command in commands {
        assert!(command.wait().unwrap().success());
    }
    assert!(!home.noted("opened")[1..].contains(&stopped));
    let last = home.noted("opened").last().copied();
    assert_eq!(last, Some(home.pid()));
}

#[test]
fn a_stranger_who_listens_and_is_mute_is_replaced_and_never_signalled() {
    let home = Home::new();
    let socket = home.places().socket().unwrap();
    // The folder of the sockets is there.
    home.pid();
    home.stop().unwrap();
    let stranger = mute(&home, &socket);
    timed("request to a mute stranger", || home.pid());
    is_unharmed(stranger);
}

#[test]
fn a_daemon_whose_socket_a_stranger_took_is_replaced_and_the_stranger_is_not() {
    let home = Home::new();
    let cut_off = home.pid();
    let socket = home.places().socket().unwrap();
    fs::remove_file(&socket).unwrap();
    let stranger = mute(&home, &socket);
    let now = timed("request to a mute stranger at a live daemon's path", || home.pid());
    assert_eq!(home.noted("opened"), [cut_off, now]);
    is_unharmed(stranger);
}

#[test]
fn a_listener_that_hangs_up_is_replaced() {
    let home = Home::new();
    home.pid();
    home.stop().unwrap();
    let listener = UnixListener::bind(home.places().socket().unwrap()).unwrap();
    // Ends with the test's process at the latest.
    std::thread::spawn(move || while listener.accept().is_ok() {});
    home.pid();
}

#[test]
fn a_slow_daemon_is_waited_for() {
    let home = Home::new();
    home.ask_for("slow-status");
    let pid = home.pid();
    let asked_before = home.noted("asked").len();
    assert_eq!(timed("request that takes 1500 ms", || home.pid()), pid);
    assert_eq!(home.noted("opened"), [pid]);
    assert_eq!(home.noted("asked").len(), asked_before + 1, "the request on its way is waited for, not made again");
    fs::remove_file(home.data("slow-status")).unwrap();
}

#[test]
fn a_socket_path_with_something_else_on_it_is_taken_over() {
    let home = Home::new();
    home.pid();
    home.stop().unwrap();
    fs::write(home.places().socket().unwrap(), "not a socket").unwrap();
    home.pid();
}
