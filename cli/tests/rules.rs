//! `tasks rules preview`: the dates of a rule, said to people and to programs. No daemon is asked here.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::cell::RefCell;
use std::io::{self, Write};
use std::process::ExitCode;
use std::rc::Rc;
use tasks::host::{Env, Streams, Terminals};

#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Success, standard output and standard error; `columns` for a terminal.
fn preview(args: &[&str], columns: Option<usize>) -> (bool, String, String) {
    let (out, err) = (Sink::default(), Sink::default());
    let streams = Streams {
        stdin: Box::new(io::empty()),
        stdout: Box::new(out.clone()),
        stderr: Box::new(err.clone()),
        terminals: Terminals { stdout: columns.is_some(), ..Terminals::default() },
        columns,
        rows: None,
    };
    let env = Env::of([
        ("TASKS_NOW", "2026-11-22T10:00:00+01:00"),
        ("TASKS_TZ", "Europe/Berlin"),
        ("TASKS_HOME", "/nonexistent/tasks"),
        ("NO_COLOR", "1"),
    ]);
    let args = ["rules", "preview"].iter().chain(args).map(Into::into).collect();
    let code = tasks::run(args, env, streams);
    let text = |sink: Sink| String::from_utf8(sink.0.take()).unwrap();
    (format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS), text(out), text(err))
}

#[track_caller]
fn answer(args: &[&str]) -> String {
    let (success, out, err) = preview(args, None);
    assert!(success, "{args:?}: {err}");
    out
}

#[test]
fn programs_get_each_date_with_its_policies() {
    let plain = |at: &str| {
        format!(r#"{{"version":1,"occurrences":[{{{at},"moved":null,"weekend":false,"gap":false,"overlap":false}}]}}"#)
    };
    assert_eq!(answer(&["FREQ=DAILY", "-n", "1", "--json"]).trim(), plain(r#""date":"2026-11-22""#));
    assert_eq!(
        answer(&["FREQ=DAILY", "--start", "2026-12-24T09:00", "--tz", "America/New_York", "-n", "1", "--json"]).trim(),
        plain(r#""at":"2026-12-24T09:00:00-05:00""#)
    );
    let of = |args: &[&str], at: usize| {
        let document: serde_json::Value = serde_json::from_str(&answer(args)).unwrap();
        let one = document["occurrences"][at].clone();
        let when = one.get("at").or(one.get("date")).and_then(|when| when.as_str()).unwrap().to_owned();
        (
            when,
            one["moved"].as_str().map(str::to_owned),
            [&one["weekend"], &one["gap"], &one["overlap"]].map(|flag| flag.as_bool().unwrap()),
        )
    };
    let clamped = of(&["FREQ=MONTHLY;BYMONTHDAY=31", "--month-end", "clamp", "--json"], 0);
    assert_eq!(clamped, ("2026-11-30".to_owned(), Some("clamped".to_owned()), [false; 3]));
    let daily = |start: &'static str| ["FREQ=DAILY", "--start", start, "--json"];
    assert_eq!(of(&daily("2027-03-27T02:30"), 1), ("2027-03-28T03:30:00+02:00".to_owned(), None, [false, true, false]));
    assert_eq!(of(&daily("2027-03-27T02:30"), 2), ("2027-03-29T02:30:00+02:00".to_owned(), None, [false; 3]));
    assert_eq!(of(&daily("2027-10-30T02:30"), 1), ("2027-10-31T02:30:00+02:00".to_owned(), None, [false, false, true]));
    let weekly = ["FREQ=WEEKLY", "--start", "2026-11-28", "--skip-weekends", "--json"];
    assert_eq!(of(&weekly, 0), ("2026-11-30".to_owned(), None, [true, false, false]));
}

#[test]
fn words_are_read_as_tasks_add_reads_them() {
    assert_eq!(answer(&["every 2nd tuesday", "-n", "2"]), "2026-12-08\n2027-01-12\n");
    assert_eq!(answer(&["every", "weekday", "at", "9:30", "-n", "1"]), "2026-11-23T09:30\n");
    let (_, out, err) = preview(&["monthly on the 31st", "-n", "3"], None);
    assert_eq!(out, "2026-11-30  clamped to the last day of a shorter month\n2026-12-31\n2027-01-31\n");
    assert_eq!(err, "read as FREQ=MONTHLY;BYMONTHDAY=31\n");
    assert!(preview(&["every 3 days after completion"], None).2.contains("counted from the day it is done"));
}

#[test]
fn people_read_which_policy_made_a_date() {
    let (_, out, _) = preview(&["FREQ=DAILY", "--start", "2027-03-27T02:30", "-n", "3"], Some(80));
    assert_eq!(
        out,
        "  Sat 27 Mar 2027 02:30\n  Sun 28 Mar 2027 03:30  moved from 02:30, which the clocks skip\n  Mon 29 Mar 2027 02:30\n"
    );
    let (_, out, _) = preview(&["FREQ=WEEKLY", "--start", "2026-11-28", "--skip-weekends", "-n", "1"], Some(40));
    assert_eq!(out, "  Mon 30 Nov  moved from Sat 28 Nov\n");
    let (_, out, _) = preview(&["FREQ=DAILY", "--start", "2027-10-31T02:30", "-n", "1"], Some(40));
    assert!(out.lines().all(|line| line.len() <= 40), "{out}");
    let left_out = preview(&["FREQ=MONTHLY;BYMONTHDAY=31", "-n", "1"], None).2;
    assert_eq!(left_out, "months without that day are left out; --month-end clamp takes their last day\n");
    assert_eq!(preview(&["FREQ=DAILY;COUNT=2"], None).2, "the rule ends there\n");
}

#[test]
fn a_rule_without_a_start_begins_today_or_with_the_next_hour() {
    assert_eq!(answer(&["FREQ=WEEKLY", "-n", "1"]), "2026-11-22\n");
    assert_eq!(answer(&["FREQ=HOURLY", "-n", "1"]), "2026-11-22T11:00\n");
    assert_eq!(answer(&["FREQ=DAILY;BYHOUR=9,12", "-n", "1"]), "2026-11-22T12:00\n");
    assert_eq!(answer(&["FREQ=DAILY;BYHOUR=9", "--start", "2026-12-01", "-n", "1"]), "2026-12-01T09:00\n");
    assert_eq!(answer(&["every day at 9am", "--start", "2026-12-01", "-n", "1"]), "2026-12-01T09:00\n");
}

#[test]
fn a_wrong_rule_is_refused_with_its_place() {
    let refused = |args: &[&str]| {
        let (success, out, err) = preview(args, None);
        assert!(!success && out.is_empty(), "{args:?}: {out}");
        err
    };
    assert_eq!(
        refused(&["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]),
        "error: the rule never occurs\n  FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n                        ^^^^^^^^^^^^^\nhint: no month and year has such a day: see this part, or the start\n"
    );
    assert!(refused(&["FREQ=SECONDLY"]).starts_with("error: it would come 86400 times a day: too often to be meant\n"));
    assert!(refused(&["whenever"]).starts_with("error: `whenever` is not a rule I understand\n"));
    assert!(refused(&["FREQ=DAILY", "--start", "soonish"]).starts_with("error: `soonish` is not a date"));
    assert!(refused(&["FREQ=DAILY", "--tz", "Mars"]).starts_with("error: `Mars` in --tz is not a time zone"));
    let json = refused(&["FREQ=DAILY;COUNT=0", "--json"]);
    assert!(json.contains(r#""span":{"start":17,"end":18,"text":"FREQ=DAILY;COUNT=0"}"#), "{json}");
}
