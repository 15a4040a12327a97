//! A trace of system calls: between the requests of a batch and their answers, the log is synced.

use std::process::{Command, Stdio};
use tasks_tests::Home;

#[test]
fn every_answer_follows_a_sync_of_the_log() {
    if Command::new("strace").arg("-V").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "strace is missing: apt-get install strace");
        println!("skipped: strace is not installed");
        return;
    }
    let home = Home::new();
    home.run(&["add", "warm"]).ok();
    let pid = home.daemon_pid();
    let trace = home.scratch().join("trace");
    let mut strace = Command::new("strace")
        .args(["-f", "-y", "-e", "trace=fdatasync,fsync,sendto,sendmsg,write,writev,pwrite64,read,recvfrom", "-o"])
        .arg(&trace)
        .args(["-p", &pid.to_string()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // strace says on stderr when it is attached.
    let mut said = std::io::BufReader::new(strace.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut said, &mut line).unwrap();
    if !line.contains("attached") {
        strace.kill().unwrap();
        strace.wait().unwrap();
        println!("skipped: no right to trace ({})", line.trim());
        return;
    }
    for n in 0..5 {
        home.run(&["add", &format!("traced {n}")]).ok();
    }
    tasks_tests::signal(i32::try_from(strace.id()).unwrap(), rustix::process::Signal::INT);
    strace.wait().unwrap();
    let trace = std::fs::read_to_string(&trace).unwrap();
    let is_sync = |line: &&str| (line.contains("fdatasync(") || line.contains("fsync(")) && line.contains("-wal");
    let wrote_wal = |line: &&str| line.contains("pwrite64(") && line.contains("-wal");
    let syncs = trace.lines().filter(is_sync).count();
    assert!(syncs >= 5, "a sync for every add, {syncs} seen:\n{trace}");
    // After the last write to the log nothing is sent to a client before the log is synced.
    let mut unsynced = false;
    for line in trace.lines() {
        if wrote_wal(&line) {
            unsynced = true;
        } else if is_sync(&line) {
            unsynced = false;
        } else if (line.contains("sendto(") || line.contains("sendmsg(") || line.contains("writev("))
            && line.contains("socket:")
        {
            assert!(!unsynced, "an answer before its sync: {line}\n{trace}");
        }
    }
}
