//! Commands start a daemon when there is none, and one only.

use crate::home::{Home, on_runtime, timed};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Stdio};
use tasks_daemon::{Started, call_running, start, status};
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

#[test]
fn the_first_request_starts_a_daemon_and_the_next_one_finds_it() {
    let home = Home::new();
    let first = timed("first request, daemon not running", || home.call()).unwrap();
    let second = timed("second request, daemon warm", || home.call()).unwrap();
    assert_eq!(first.pid, second.pid);
    assert_eq!(second.build, home.build().to_string());
    assert_eq!(second.open_tasks, 3, "the store is asked");
    assert_eq!(second.started_at_unix_ms, 1_000);
    assert_eq!(second.data_folder, home.path().join("data").display().to_string());
    assert_eq!(home.noted("opened"), [second.pid]);
}

#[test]
fn twenty_commands_at_once_start_one_daemon_and_all_are_served() {
    let home = Home::new();
    let commands: Vec<_> = (0..20).map(|_| home.command(&["call"]).stdout(Stdio::piped()).spawn().unwrap()).collect();
    let answers = timed("twenty first commands at once", || {
        commands.into_iter().map(|command| command.wait_with_output().unwrap()).collect::<Vec<_>>()
    });
    for answer in &answers {
        assert!(answer.status.success());
        assert_eq!(answer.stdout, answers[0].stdout);
    }
    assert_eq!(home.noted("opened"), [home.pid()]);
}

#[test]
fn twenty_daemons_at_once_leave_one_and_nineteen_end_well() {
    let home = Home::new();
    let mut daemons: Vec<_> = (0..20).map(|_| home.command(&["daemon", "run"]).spawn().unwrap()).collect();
    // Whichever it is: it serves until it is stopped, and the others end by themselves.
    let survivor = home.pid();
    let mut others = 0;
    for daemon in daemons.iter_mut().filter(|daemon| daemon.id() != survivor) {
        assert!(daemon.wait().unwrap().success());
        others += 1;
    }
    // A request may have started one in the background before the first of the twenty was there.
    assert!(others >= 19);
    assert_eq!(home.pid(), survivor);
    assert_eq!(home.noted("opened"), [survivor]);
    home.stop().unwrap();
    for mut daemon in daemons {
        assert!(daemon.wait().unwrap().success());
    }
}

#[test]
fn starting_says_whether_one_ran_already() {
    let home = Home::new();
    let Started::New { pid } = on_runtime(start(&home.places())).unwrap() else { panic!("none ran") };
    assert_eq!(on_runtime(start(&home.places())).unwrap(), Started::Already { pid });
}

#[test]
fn looking_starts_nothing() {
    let home = Home::new();
    let places = home.places();
    assert_eq!(on_runtime(status(&places, home.build())).unwrap(), None);
    let asked = call_running(&places, home.build(), |client| async move {
        Ok(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner())
    });
    assert_eq!(on_runtime(asked).unwrap(), None);
    assert_eq!(home.stop().unwrap(), None);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nor makes any file");
}

#[test]
fn another_home_has_another_daemon() {
    let (one, two) = (Home::new(), Home::new());
    assert_ne!(one.pid(), two.pid());
    one.stop().unwrap();
    assert_eq!(two.noted("opened"), [two.pid()], "the other one goes on");
}

#[test]
fn a_home_of_150_bytes_works() {
    let home = Home::new();
    let long = home.path().join("x".repeat(149 - home.path().as_os_str().len()));
    let run = |argument: &[&str]| home.command(argument).env("TASKS_HOME", &long).output().unwrap();
    let answer = run(&["call"]);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    assert!(run(&["stop"]).status.success());
}

#[test]
fn a_relative_home_means_the_same_to_command_and_daemon() {
    let home = Home::new();
    let parent = home.path().parent().unwrap().to_owned();
    let name = home.path().file_name().unwrap().to_owned();
    let answer = home.command(&["call"]).current_dir(parent).env("TASKS_HOME", name).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    assert_eq!(home.noted("opened"), [home.pid()]);
}

#[test]
fn why_a_store_does_not_open_reaches_the_person() {
    let home = Home::new();
    home.ask_for("refuse");
    let failure = home.call().unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Refused);
    assert_eq!(failure.message, "the store is broken");
    assert_eq!(failure.hint.as_deref(), Some("ask somebody else"));
    let log = fs::read_to_string(home.places().log_file()).unwrap();
    assert!(log.contains("the store is broken"), "{log}");
    fs::remove_file(home.data("refuse")).unwrap();
    home.call().unwrap();
}

#[test]
fn a_program_that_is_no_daemon_is_an_error_at_once() {
    let home = Home::new();
    let launched = |program: &str| {
        let launcher =
            tasks_daemon::places::Launcher { program: Some(program.into()), ..home.places().launcher().clone() };
        on_runtime(start(&home.places().with_launcher(launcher))).unwrap_err()
    };
    assert!(launched("/bin/true").message.contains("ended before it was ready"));
    assert!(launched("/nowhere/tasks").message.contains("cannot start the daemon"));
}

#[test]
fn its_files_are_the_owners_alone_whatever_the_umask() {
    let home = Home::new();
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 000; exec \"$0\" call"]).arg(crate::home::bare()).env("TASKS_HOME", home.path());
    shell.env(tasks_daemon::BUILD_STAMP_VARIABLE, "100");
    assert!(shell.output().unwrap().status.success());
    let places = home.places();
    let socket = places.socket().unwrap();
    let private = [
        places.data_folder().to_owned(),
        places.log_folder().to_owned(),
        places.lock_file(),
        places.starting_lock(),
        places.log_file(),
        places.startup_output(),
        home.data("opened"),
        socket.parent().unwrap().to_owned(),
        socket,
    ];
    for path in private {
        let mode = fs::symlink_metadata(&path).unwrap().mode();
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", path.display());
    }
}

/// As `exec 9>lock; flock 9` in a script: the lock would be held for as long as the daemon lives.
#[cfg(target_os = "linux")]
#[test]
fn files_that_a_script_has_open_are_not_kept_open() {
    let home = Home::new();
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 9>\"$TASKS_HOME/held\" 3>&9; exec \"$0\" call"]).arg(crate::home::bare());
    shell.env("TASKS_HOME", home.path()).env(tasks_daemon::BUILD_STAMP_VARIABLE, "100");
    assert!(shell.output().unwrap().status.success());
    let held = home.path().join("held");
    for descriptor in fs::read_dir(format!("/proc/{}/fd", home.pid())).unwrap() {
        // Of connections that just ended there is nothing left to read.
        if let Ok(target) = fs::read_link(descriptor.unwrap().path()) {
            assert_ne!(target, held);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_daemon_leaves_the_terminal_and_the_folder_of_its_starter() {
    let home = Home::new();
    let pid = home.pid();
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // After the name in brackets: state, parent, group, session.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    assert_eq!(fields[3], pid.to_string(), "a session of its own");
    assert_eq!(fs::read_link(format!("/proc/{pid}/cwd")).unwrap().to_str(), Some("/"));
}
