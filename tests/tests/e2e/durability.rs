//! Kill -9 at random instants: what was acknowledged is there, once.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tasks_tests::{Home, signal};

/// Clients at once.
const CLIENTS: u64 = 8;
/// Adds in all; each command adds twenty, so that the kills fall on many more commits than processes are started.
const ADDS: u64 = 10_000;
const PER_COMMAND: u64 = 20;

#[test]
fn every_acknowledged_task_is_there_once_after_kills_at_random_instants() {
    let home = Home::new();
    home.run(&["daemon", "start"]).ok();
    let (acknowledged, finished, started) = (Mutex::new(Vec::new()), AtomicBool::new(false), Instant::now());
    let sent = AtomicU64::new(0);
    let kills = std::thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|_| scope.spawn(|| add_until_done(&home, &sent, &acknowledged))).collect();
        let killer = scope.spawn(|| kill_until(&home, &finished));
        for client in clients {
            client.join().unwrap();
        }
        finished.store(true, Ordering::SeqCst);
        killer.join().unwrap()
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    let titles = home.titles(&["status:all"]);
    let there: BTreeSet<&String> = titles.iter().collect();
    assert_eq!(there.len(), titles.len(), "none is there twice");
    let lost: Vec<&String> = acknowledged.iter().filter(|title| !there.contains(title)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(kills >= 5, "only {kills} kills: the test showed little");
    println!("{} acknowledged, {} there, {kills} kills, {:?}", acknowledged.len(), there.len(), started.elapsed());
}

fn add_until_done(home: &Home, sent: &AtomicU64, acknowledged: &Mutex<Vec<String>>) {
    loop {
        let first = sent.fetch_add(PER_COMMAND, Ordering::SeqCst);
        if first >= ADDS {
            return;
        }
        let titles: Vec<String> = (first..first + PER_COMMAND).map(|n| format!("entry {n}")).collect();
        let ran = home.run_with(&["add", "-", "--quiet"], titles.join("\n").as_bytes());
        // A command that failed acknowledged nothing; it must then say why.
        if ran.code == 0 {
            acknowledged.lock().unwrap().extend(titles);
        } else {
            assert!(!ran.stderr.is_empty(), "{ran:?}");
        }
    }
}

/// Kills whatever daemon is there, again and again, at instants that follow from nothing but the scheduler and this step.
fn kill_until(home: &Home, finished: &AtomicBool) -> u32 {
    let (mut kills, mut state) = (0, 0x9E37_79B9_7F4A_7C15_u64);
    while !finished.load(Ordering::SeqCst) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let until = Instant::now() + Duration::from_millis(40 + (state >> 33) % 400);
        while Instant::now() < until && !finished.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        let ran = home.run(&["daemon", "status", "--json"]);
        let status: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_default();
        let pid = find_pid(&status);
        if let Some(pid) = pid.filter(|_| !finished.load(Ordering::SeqCst)) {
            signal(pid, rustix::process::Signal::KILL);
            kills += 1;
        }
    }
    kills
}

fn find_pid(value: &serde_json::Value) -> Option<i32> {
    let map = value.as_object()?;
    map.get("pid").and_then(|pid| i32::try_from(pid.as_i64()?).ok()).or_else(|| map.values().find_map(find_pid))
}
