//! How arguments are read and what is said about wrong ones. No daemon is asked here.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::rc::Rc;
use tasks::host::{Env, Streams, Terminals};

/// What a stream got.
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

/// A reader that went away.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a command that never gets as far as the daemon; its exit code, standard output and standard error.
#[must_use]
fn run_with(args: &[&str], stdin: &'static [u8]) -> (String, String, String) {
    let (out, err) = (Sink::default(), Sink::default());
    let streams = Streams {
        stdin: Box::new(stdin),
        stdout: Box::new(out.clone()),
        stderr: Box::new(err.clone()),
        terminals: Terminals::default(),
        columns: None,
        rows: None,
    };
    let env = Env::of([
        ("TASKS_NOW", "2026-11-22T10:00:00+01:00"),
        ("TASKS_TZ", "Europe/Berlin"),
        ("TASKS_HOME", "/nonexistent/tasks"),
    ]);
    let code = tasks::run(args.iter().map(OsString::from).collect(), env, streams);
    let text = |sink: Sink| String::from_utf8(sink.0.take()).unwrap();
    (shown(code), text(out), text(err))
}

fn shown(code: ExitCode) -> String {
    let known = [0, 1, 2, 3, 4, 5, 6, 69, 124, 141];
    let found = known.into_iter().find(|known| format!("{:?}", ExitCode::from(*known)) == format!("{code:?}"));
    found.map(|code| code.to_string()).unwrap_or_default()
}

#[must_use]
fn refused(args: &[&str]) -> String {
    let (code, out, err) = run_with(args, b"");
    assert_eq!(out, "");
    format!("{code} {err}")
}

#[test]
fn a_typo_in_a_verb_names_the_nearest_and_never_makes_a_task() {
    assert_eq!(refused(&["ad"]), "2 error: `ad` is not a command\nhint: did you mean `tasks add`?\n");
    assert_eq!(refused(&["dnoe", "3"]), "2 error: `dnoe` is not a command\nhint: did you mean `tasks done`?\n");
    assert_eq!(refused(&["delete", "3"]), "2 error: `delete` is not a command\nhint: did you mean `tasks rm`?\n");
    assert_eq!(
        refused(&["comment", "3", "x"]),
        "2 error: `comment` is not a command\nhint: did you mean `tasks annotate`?\n"
    );
    assert_eq!(
        refused(&["search", "x", "--count"]),
        "2 error: tasks search has no `--count`\nhint: count what a filter finds: tasks list FILTER --count\n"
    );
    assert_eq!(
        refused(&["re"]),
        "2 error: `re` is not a command\nhint: did you mean `tasks reopen` or `tasks restore` or `tasks redo`?\n"
    );
    assert_eq!(
        refused(&["daemon", "strat"]),
        "2 error: `strat` is not a command\nhint: did you mean `tasks daemon start`?\n"
    );
}

#[test]
fn what_only_others_have_is_told_what_does_it_here() {
    for (args, hint) in [
        (&["op", "log"][..], "the log of operations is tasks log; tasks revert OP takes one of them back"),
        (&["task", "list", "@home"], "leave `task` out: tasks list @home"),
        (&["task", "complete", "3"], "leave `task` out: tasks done 3"),
        (&["3", "done"], "the command stands first: tasks done 3"),
        (&["1,3-5", "modify", "due:fri"], "the command stands first: tasks edit 1,3-5 due:fri"),
        (&["+work", "@home", "list"], "the command stands first: tasks list +work @home"),
        (
            &["rc.color:off", "list"],
            "for good: tasks config set list.limit 5; for one command: TASKS_LIST_LIMIT=5 tasks list",
        ),
        (&["log", "-p"], "what was done to a task, field by field: tasks history 3"),
        (
            &["log", "called", "mom"],
            "it shows what was done; to note something that is done: tasks add it, then tasks done",
        ),
        (&["version"], "use tasks --version"),
        (&["upcoming"], "the next 7 days are shown by tasks alone"),
        (&["reschedule", "3"], "did you mean `tasks edit`?"),
    ] {
        let said = refused(args);
        assert!(said.starts_with("2 error: ") && said.ends_with(&format!("hint: {hint}\n")), "{args:?}: {said}");
    }
}

#[test]
fn help_has_topics() {
    for (topic, says) in [
        ("filters", "due.before:fri"),
        ("dates", "2026-W50-3"),
        ("exit-codes", "124  timed out"),
        ("Exit", "124  timed out"),
    ] {
        let (code, out, err) = run_with(&["help", topic], b"");
        assert!(
            code == "0" && err.is_empty() && out.contains(says) && !out.contains("Examples:"),
            "{topic}: {out}{err}"
        );
        assert!(out.lines().all(|line| line.chars().count() <= 140), "{topic}: {out}");
    }
}

#[test]
fn answers_to_what_people_try() {
    for (theirs, ours) in
        [("agenda", "tasks"), ("find", "tasks search"), ("mark", "tasks done"), ("postpone", "tasks edit")]
    {
        let said = format!("2 error: `{theirs}` is not a command\nhint: did you mean `{ours}`?\n");
        assert_eq!(refused(&[theirs]), said);
    }
    for verb in ["history", "revert", "remind", "snooze", "search", "do", "wait", "on", "duplicate", "completions"] {
        let said = refused(&[verb]);
        assert!(said.contains(&format!("hint: try: tasks {verb}")) || verb == "completions", "{said}");
    }
    let said = refused(&["done", "3", "--at", "yesterday"]);
    assert!(said.ends_with("hint: --at goes with list, today, show, search, next, projects, tags, stats, calendar, rules, reminders, log, history and the agenda\n"), "{said}");
    assert_eq!(refused(&["5"]), "2 error: `5` is not a command\nhint: to see the task: tasks show 5\n");
    let twice = refused(&["add", "x", "--due", "fri", "--due", "sat"]);
    assert_eq!(twice, "2 error: `--due` was given twice\nhint: see tasks add --help\n");
    let negative = refused(&["list", "--limit", "-1"]);
    assert_eq!(negative, "2 error: `-1` is not a value of --limit\nhint: use a whole number\n");
    assert!(refused(&["list", "-q"]).starts_with("2 error: `-q`: tasks list has no short flags\n"));
    assert!(refused(&["parse", ""]).starts_with("5 error: there is nothing to read\n"));
    assert!(refused(&["edit", "3", "-e"]).starts_with("5 error: there is no terminal for an editor\n"));
    let titles = refused(&["edit", "1", "5", "apples"]);
    assert!(titles.starts_with("5 error: 2 tasks would get the one title \"apples\"\n"), "{titles}");
    assert!(titles.contains("tasks edit 1 -- 5 apples"), "{titles}");
    let (code, out, err) = run_with(&["list", "--help"], b"");
    assert_eq!((code.as_str(), err.as_str()), ("0", ""));
    assert!(out.contains("--quiet") && !out.contains("-h,") && !out.contains("-q,"), "{out}");
    assert_eq!(run_with(&["help", "--json"], b"").0, "0");
}

#[test]
fn every_usage_error_is_two_lines_with_a_next_step() {
    for args in [
        &["add"][..],
        &["done"],
        &["edit"],
        &["edit", "3"],
        &["edit", "3", "-e", "--due", "fri"],
        &["edit", "3", "--tag", "-"],
        &["undo", "0"],
        &["undo", "two"],
        &["list", "--limit"],
        &["list", "--sort", "colour"],
        &["list", "--all", "--limit", "3"],
        &["list", "--frobnicate"],
        &["--color", "purple"],
        &["add", "x", "--due"],
        &["add", "x", "--due", "fri", "--due", "sat"],
        &["daemon"],
        &["daemon", "logs", "-n", "x"],
        &["parse", "--now", "noon", "x"],
        &["parse", "--tz", "Mars", "x"],
    ] {
        let (code, out, err) = run_with(args, b"");
        assert_eq!((code.as_str(), out.as_str()), ("2", ""), "{args:?}: {err}");
        let lines: Vec<&str> = err.lines().collect();
        assert!(
            lines.len() == 2 && lines[0].starts_with("error: ") && lines[1].starts_with("hint: "),
            "{args:?}: {err}"
        );
    }
}

#[test]
fn under_json_an_error_is_one_document_on_stderr() {
    let want = "{\"version\":1,\"error\":{\"kind\":\"usage\",\"message\":\"`ad` is not a command\",\"hint\":\"did you mean `tasks add`?\",\"span\":null}}\n";
    assert_eq!(refused(&["ad", "--json"]), format!("2 {want}"));
    assert_eq!(refused(&["--json", "ad"]), format!("2 {want}"));
}

#[test]
fn many_tasks_are_not_changed_unasked() {
    for args in
        [&["done", "1", "2", "3"][..], &["rm", "a", "b", "c"], &["edit", "1", "2", "3", "--due", "fri"], &["undo", "3"]]
    {
        let (code, out, err) = run_with(args, b"y\n");
        assert_eq!((code.as_str(), out.as_str()), ("5", ""), "{args:?}: {err}");
        assert!(err.contains("no terminal to ask on\nhint: say --yes"), "{args:?}: {err}");
    }
}

#[test]
fn input_that_cannot_be_tasks_is_refused_before_anything_is_sent() {
    assert!(refused(&["add", " "]).starts_with("5 error: a task needs a title\n"));
    let (code, _, err) = run_with(&["add", "-"], b"fine\ncaf\xe9\n");
    assert_eq!((code.as_str(), err.lines().next()), ("5", Some("error: line 2: this is not valid UTF-8 (byte 4)")));
    let (code, out, err) = run_with(&["add", "-", "--json"], b"\n \n");
    assert_eq!((code.as_str(), err.as_str()), ("0", ""));
    assert!(out.contains("\"tasks\":[]") && out.contains("nothing to add"), "{out}");
    let (code, _, err) = run_with(&["add", "-"], Box::leak(vec![b'x'; 10_000_000].into_boxed_slice()));
    assert_eq!(
        (code.as_str(), err.lines().next()),
        ("5", Some("error: line 1: the title has 10000000 characters, more than 1000"))
    );
    let (code, _, err) = run_with(&["add", "-"], Box::leak("x\n".repeat(10_001).into_bytes().into_boxed_slice()));
    assert_eq!(
        (code.as_str(), err.lines().next()),
        ("5", Some("error: the first 10001 lines are more than one command can add"))
    );
}

#[test]
fn parse_answers_a_line_for_a_line_and_stops_at_bytes_that_are_no_text() {
    let (code, out, err) =
        run_with(&["parse", "--json"], b"buy milk tomorrow 5pm\n\ncall mom friday #family !high\n\xff\n");
    assert_eq!(code, "5");
    assert!(err.contains("line 4: this is not valid UTF-8"), "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0].contains("\"due\":{\"at\":\"2026-11-23T17:00:00+01:00\",\"tz\":\"Europe/Berlin\"}"),
        "{}",
        lines[0]
    );
    assert!(lines[2].contains("\"due\":{\"date\":\"2026-11-27\"}"), "{}", lines[2]);
    let keys: Vec<&str> = lines[0].split("\":").filter_map(|part| part.rsplit('"').next()).collect();
    assert_eq!(keys[..2], ["text", "intent"]);
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let err = Sink::default();
    let streams = Streams {
        stdin: Box::new(io::empty()),
        stdout: Box::new(Closed),
        stderr: Box::new(err.clone()),
        terminals: Terminals::default(),
        columns: None,
        rows: None,
    };
    let code = tasks::run(vec!["parse".into(), "x".into()], Env::of([]), streams);
    assert_eq!((shown(code).as_str(), err.0.take().len()), ("141", 0));
}

#[test]
fn help_and_version_are_answers() {
    let (code, out, err) = run_with(&["--version"], b"");
    assert_eq!((code.as_str(), err.as_str()), ("0", ""));
    assert!(out.starts_with("tasks 0.") && out.contains('+'), "{out}");
    for args in [&["--help"][..], &["help", "add"], &["list", "--help"], &["daemon", "logs", "--help"]] {
        let (code, out, err) = run_with(args, b"");
        assert_eq!((code.as_str(), err.as_str()), ("0", ""), "{args:?}");
        assert!(out.contains("Usage: tasks"), "{out}");
    }
}
