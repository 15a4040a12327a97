//! Many at once.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tasks_tests::Home;

#[test]
fn sixteen_processes_of_mixed_commands_never_see_a_lock_or_an_error() {
    let home = Home::new();
    home.run_with(&["add", "-", "--quiet"], "seed tomorrow #x\n".repeat(50).as_bytes()).ok();
    std::thread::scope(|scope| {
        for worker in 0..16 {
            let home = &home;
            scope.spawn(move || {
                for n in 0..100 {
                    let text = format!("job {worker}-{n} tomorrow 5pm #x");
                    let ran = match n % 5 {
                        0 | 1 => home.run(&["add", &text]),
                        2 => home.run(&["list", "+x"]),
                        3 => home.run(&["edit", &format!("{}", worker + 1), "--priority", ["low", "high"][n % 2]]),
                        _ => home.run(&["log", "--json"]),
                    };
                    assert_eq!(ran.code, 0, "{ran:?}");
                    assert!(!ran.stderr.to_lowercase().contains("lock"), "{ran:?}");
                }
            });
        }
    });
    let titles: Vec<String> = home.titles(&["job"]);
    assert_eq!(titles.len(), 16 * 40);
    assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), 16 * 40, "none is there twice");
}

#[test]
fn twenty_first_commands_at_once_start_one_daemon() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for n in 0..20 {
            let home = &home;
            scope.spawn(move || home.run(&["add", &format!("first {n}")]).ok());
        }
    });
    assert_eq!(home.titles(&[]).len(), 20);
    one_daemon_is_left(&home);
}

#[test]
fn twenty_daemons_started_at_once_leave_one_and_all_exit_well() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            let home = &home;
            scope.spawn(move || home.run(&["daemon", "start"]).ok());
        }
    });
    one_daemon_is_left(&home);
}

#[test]
fn two_homes_have_two_daemons() {
    let (one, two) = (Home::new(), Home::new());
    one.run(&["add", "mine"]).ok();
    two.run(&["add", "yours"]).ok();
    assert_ne!(one.daemon_pid(), two.daemon_pid());
    assert_eq!((one.titles(&[]), two.titles(&[])), (vec!["mine".to_owned()], vec!["yours".to_owned()]));
}

/// A daemon that finds the lock taken ends, which may be after the command that started it was answered by the other.
fn one_daemon_is_left(home: &Home) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while daemons_of(home) != [home.daemon_pid()] {
        assert!(Instant::now() < deadline, "{:?} serve, {} answers", daemons_of(home), home.daemon_pid());
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Processes of this binary that serve this home.
fn daemons_of(home: &Home) -> Vec<i32> {
    let mark = format!("TASKS_HOME={}", home.path.display());
    let processes =
        std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let serves = |pid: &i32| {
        let has = |file: &str, what: &str| {
            let bytes = std::fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
            bytes.split(|byte| *byte == 0).any(|part| part == what.as_bytes())
        };
        has("environ", &mark) && has("cmdline", "daemon")
    };
    processes.filter(serves).collect()
}
