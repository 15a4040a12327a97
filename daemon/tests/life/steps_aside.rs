//! Programs and daemons of different builds.

use crate::home::{Home, build, on_runtime, timed};
use std::process::Stdio;
use tasks_daemon::{Started, call_running, start, status, stop};
use tasks_proto::v1;

#[test]
fn a_newer_program_gets_a_daemon_of_its_build_and_the_old_one_ends_well() {
    let home = Home::new();
    let old = home.call_of(100).unwrap();
    let new = timed("request of a newer build", || home.call_of(101)).unwrap();
    assert_ne!(new.pid, old.pid);
    assert_eq!(new.build, build(101).to_string());
    assert_eq!(home.noted("opened"), [old.pid, new.pid]);
    assert_eq!(home.noted("closed"), [old.pid]);
}

#[test]
fn an_older_program_is_served_by_the_newer_daemon() {
    let home = Home::new();
    let new = home.call_of(101).unwrap();
    let asked = home.call_of(100).unwrap();
    assert_eq!((asked.pid, asked.build), (new.pid, build(101).to_string()));
    let Started::Already { pid } = on_runtime(start(&home.places_of(100))).unwrap() else { panic!("one runs") };
    assert_eq!(pid, new.pid);
}

#[test]
fn starting_a_newer_daemon_replaces_the_older() {
    let home = Home::new();
    let old = home.call_of(100).unwrap().pid;
    let Started::New { pid } = on_runtime(start(&home.places_of(101))).unwrap() else { panic!("it is older") };
    assert_eq!(home.noted("opened"), [old, pid]);
    assert_eq!(home.noted("closed"), [old]);
}

#[test]
fn ten_newer_programs_at_once_replace_it_once() {
    let home = Home::new();
    let old = home.call_of(100).unwrap().pid;
    let commands: Vec<_> = (0..10)
        .map(|_| {
            let mut command = home.command(&["call"]);
            command.env(tasks_daemon::BUILD_STAMP_VARIABLE, "101").stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut command in commands {
        assert!(command.wait().unwrap().success());
    }
    let opened = home.noted("opened");
    assert_eq!(opened, [old, home.call_of(101).unwrap().pid]);
}

#[test]
fn any_build_can_look_at_a_daemon_and_stop_it() {
    let home = Home::new();
    let old = home.call_of(100).unwrap().pid;
    let seen = on_runtime(status(&home.places_of(200), build(200))).unwrap().unwrap();
    assert_eq!((seen.pid, seen.build), (old, build(100).to_string()));
    assert_eq!(home.call_of(100).unwrap().pid, old, "looking replaced nothing");
    assert_eq!(on_runtime(stop(&home.places_of(200), build(200))).unwrap(), Some(old));
}

#[test]
fn a_newer_program_that_would_not_start_one_finds_none() {
    let home = Home::new();
    home.call_of(100).unwrap();
    let places = home.places_of(101);
    let asked = call_running(&places, build(101), |client| async move {
        client.operations().list_operations(v1::ListOperationsRequest::default()).await.map(|_| ())
    });
    assert_eq!(on_runtime(asked).unwrap(), None);
}
