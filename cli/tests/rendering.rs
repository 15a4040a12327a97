//! How answers look, at several widths and in JSON: exact, with a fixed present.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use insta::assert_snapshot;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use tasks::host::{Env, Streams, Terminals};
use tasks::outcome::{Agenda, Listing, Outcome, Read, Said, Shown, StatusReport, TakenBack, Verb, Written};
use tasks::output::{ColorWhen, Form, Ui, render};
use tasks_domain::id::{DeviceId, OperationId, TaskId};
use tasks_domain::when::{LocalTime, Now, When};
use tasks_language::{Context, Settings};
use tasks_proto::convert;
use tasks_proto::v1;

/// Answer and talk in the order in which they are written.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn now() -> Now {
    Now::new("2026-11-22T09:00:00Z".parse().unwrap(), chrono_tz::Tz::Europe__Berlin)
}

fn shown_in(outcome: Outcome, columns: Option<usize>, form: Form, color: ColorWhen) -> String {
    let screen = Screen::default();
    let is_terminal = columns.is_some();
    let streams = Streams {
        stdin: Box::new(io::empty()),
        stdout: Box::new(screen.clone()),
        stderr: Box::new(screen.clone()),
        terminals: Terminals { stdin: is_terminal, stdout: is_terminal, stderr: is_terminal },
        columns,
    };
    let (mut ui, _) = Ui::of(streams, &Env::of([]), form, color);
    render(&mut ui, outcome, now()).unwrap();
    ui.flush().unwrap();
    String::from_utf8(screen.0.take()).unwrap()
}

fn on_screen(outcome: Outcome, columns: usize) -> String {
    let text = shown_in(outcome, Some(columns), Form::Human, ColorWhen::Never);
    for line in text.lines().filter(|line| !line.contains(": ")) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "wider than {columns}: {line}");
    }
    text
}

fn in_pipe(outcome: Outcome) -> String {
    shown_in(outcome, None, Form::Human, ColorWhen::Auto)
}

fn as_json(outcome: Outcome) -> String {
    shown_in(outcome, None, Form::Json, ColorWhen::Auto)
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a task hold it")]
fn at(local: &str) -> Option<v1::When> {
    let time = LocalTime::new(local.parse().unwrap(), chrono_tz::Tz::Europe__Berlin);
    Some(convert::when::to_wire(&When::At(time)))
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a task hold it")]
fn on(date: &str) -> Option<v1::When> {
    Some(convert::when::to_wire(&When::Date(date.parse().unwrap())))
}

fn task(number: u32, title: &str) -> v1::Task {
    let id = TaskId::new(1_795_000_000_000, [u8::try_from(number).unwrap(); 10]);
    v1::Task {
        id: id.as_bytes().to_vec(),
        number,
        title: title.into(),
        status: v1::Status::Open.into(),
        created_at_unix_ms: 1_795_000_000_000,
        modified_at_unix_ms: 1_795_000_000_000,
        urgency: 4.5,
        ..v1::Task::default()
    }
}

fn tasks() -> Vec<v1::Task> {
    let overdue = v1::DerivedState::Overdue.into();
    vec![
        v1::Task {
            due: on("2026-11-20"),
            priority: v1::Priority::High.into(),
            project: "office".into(),
            states: vec![overdue],
            ..task(7, "Send invoice to ACME")
        },
        v1::Task { due: at("2026-11-22T09:30:00"), states: vec![overdue], ..task(11, "Stand-up") },
        v1::Task { due: at("2026-11-22T13:00:00"), tags: vec!["family".into()], ..task(9, "Call mom") },
        v1::Task {
            due: on("2026-11-22"),
            status: v1::Status::Started.into(),
            started_at_unix_ms: 1_795_000_100_000,
            ..task(
                128,
                "Read the proposal that everybody has already talked about, and write down what is missing in it",
            )
        },
        v1::Task { due: at("2026-11-23T17:00:00"), ..task(3, "牛乳を買う 🥛 Buy milk") },
        v1::Task {
            due: at("2026-11-28T09:00:00"),
            priority: v1::Priority::Urgent.into(),
            project: "home".into(),
            tags: vec!["money".into(), "standing-order".into(), "tax".into()],
            ..task(12, "Pay rent\x1b[31m \u{202e}")
        },
        v1::Task {
            states: vec![v1::DerivedState::Blocked.into()],
            priority: v1::Priority::Low.into(),
            ..task(5, "Paint the door")
        },
    ]
}

fn agenda() -> Outcome {
    let mut tasks = tasks();
    tasks.pop();
    Outcome::Agenda(Agenda { tasks, open_tasks: 9, ..Agenda::default() })
}

fn listing() -> Outcome {
    Outcome::Listing(Listing { tasks: tasks(), more: true, limit: 7, filter: Vec::new() })
}

fn operation(seq: u64, command: &str) -> v1::Operation {
    v1::Operation {
        id: OperationId::new(1_795_000_000_000, [u8::try_from(seq).unwrap(); 10]).as_bytes().to_vec(),
        seq,
        device: DeviceId::new(1_795_000_000_000, [9; 10]).as_bytes().to_vec(),
        at_unix_ms: now().unix_ms() - 300_000,
        kind: v1::OperationKind::User.into(),
        command: command.into(),
        changes: 4,
        short_id: "qv".into(),
        ..v1::Operation::default()
    }
}

fn full_task() -> v1::Task {
    v1::Task {
        due: at("2026-11-27T11:00:00"),
        start: at("2026-11-27T09:00:00"),
        end: at("2026-11-27T11:00:00"),
        wait: on("2026-11-25"),
        notes: "two lines,\n\tone \x07 bell".into(),
        priority: v1::Priority::Urgent.into(),
        estimate_seconds: 5400,
        project: "home/garden".into(),
        tags: vec!["Spring".into(), "trees".into()],
        parent: task(3, "").id,
        after: vec![task(4, "").id],
        states: vec![v1::DerivedState::Waiting.into()],
        modified_at_unix_ms: 1_795_000_200_000,
        ..task(1, "Plant a tree")
    }
}

fn created(tasks: Vec<v1::Task>, dry_run: bool) -> Outcome {
    let text = "Plant a tree friday 11am";
    let span = v1::ReadingSpan { kind: "date".into(), start: 13, end: 24 };
    Outcome::Written(Box::new(Written {
        verb: Verb::Add,
        result: v1::WriteResult {
            operation: (!dry_run).then(|| operation(5, "tasks add x")),
            tasks,
            unchanged: Vec::new(),
            warnings: vec!["25:00 is not a time of day; it stays in the title".into()],
            dry_run,
        },
        readings: vec![v1::Reading { text: text.into(), confidence: 0.95, spans: vec![span] }],
        references: Vec::new(),
        near: Vec::new(),
    }))
}

fn shown(tasks: Vec<v1::Task>) -> Outcome {
    Outcome::Shown(Shown { tasks, near: vec![task(3, "Make the garden nice")] })
}

fn done() -> Outcome {
    let ended = |number, title| v1::Task { number: 0, status: v1::Status::Done.into(), ..task(number, title) };
    Outcome::Written(Box::new(Written {
        verb: Verb::Done,
        result: v1::WriteResult {
            operation: Some(operation(6, "tasks done 3 5")),
            tasks: vec![ended(3, "Buy milk"), ended(5, "Paint")],
            unchanged: vec![task(5, "").id],
            ..v1::WriteResult::default()
        },
        readings: Vec::new(),
        references: vec!["3".into(), "5".into()],
        near: Vec::new(),
    }))
}

fn taken_back() -> Outcome {
    let step = v1::TakenBack {
        target: Some(v1::Operation { undone: true, ..operation(5, "tasks add \"Plant a tree\"") }),
        result: Some(v1::WriteResult { tasks: tasks(), ..v1::WriteResult::default() }),
        kept: vec!["title of \"Plant a tree\"".into()],
    };
    Outcome::TakenBack(TakenBack { redo: false, steps: vec![step], dry_run: false })
}

fn log() -> Outcome {
    let long =
        "tasks add \"Read the proposal that everybody has already talked about, and write down what is missing\"";
    Outcome::Log(vec![
        operation(6, "tasks done 3"),
        v1::Operation { undone: true, at_unix_ms: 1_795_000_000_000, ..operation(5, long) },
    ])
}

fn reading(text: &str) -> Outcome {
    let context = Context { now: now(), settings: Settings::default() };
    let reading = tasks_language::parse(text, &context);
    Outcome::Readings(Box::new(std::iter::once(Ok(Read { text: text.into(), reading, micros: 4, last_for_now: true }))))
}

fn status(daemon: bool) -> Outcome {
    let daemon = daemon.then(|| v1::GetStatusResponse {
        pid: 42,
        build: "0.1.0+7".into(),
        protocol: 1,
        started_at_unix_ms: now().unix_ms() - 7_200_000,
        database_bytes: 40_960,
        open_tasks: 9,
        operations: 1,
        device: DeviceId::new(1_795_000_000_000, [9; 10]).as_bytes().to_vec(),
        schema: 1,
        warnings: vec!["the database was damaged".into()],
        ..v1::GetStatusResponse::default()
    });
    Outcome::Status(Box::new(StatusReport {
        build: "0.1.0+8".into(),
        daemon,
        database: "/home/eva/.local/share/tasks/tasks.db".into(),
        config: "/home/eva/.config/tasks/config.toml".into(),
        socket: "/tmp/tasks-1000/0123.sock".into(),
        log: "/home/eva/.local/state/tasks/daemon.log".into(),
        now: "2026-11-22T10:00:00+01:00".into(),
        zone: "Europe/Berlin".into(),
        locale: "en_US.UTF-8".into(),
        code_without_daemon: 0,
    }))
}

#[test]
fn agenda_on_screens() {
    assert_snapshot!("agenda_40", on_screen(agenda(), 40));
    assert_snapshot!("agenda_80", on_screen(agenda(), 80));
    assert_snapshot!("agenda_200", on_screen(agenda(), 200));
    assert_snapshot!("agenda_colours", shown_in(agenda(), Some(80), Form::Human, ColorWhen::Auto).replace('\x1b', "␛"));
}

#[test]
fn agenda_is_never_silent() {
    let empty = |open_tasks| Outcome::Agenda(Agenda { open_tasks, ..Agenda::default() });
    assert_snapshot!("agenda_empty", format!("{}{}{}", in_pipe(empty(0)), in_pipe(empty(1)), in_pipe(empty(7))));
}

#[test]
fn lists_on_screens_and_in_pipes() {
    assert_snapshot!("list_40", on_screen(listing(), 40));
    assert_snapshot!("list_80", on_screen(listing(), 80));
    assert_snapshot!("list_200", on_screen(listing(), 200));
    assert_snapshot!("list_pipe", in_pipe(listing()));
    for columns in 20..120 {
        on_screen(listing(), columns);
    }
}

#[test]
fn writes_say_what_was_understood() {
    assert_snapshot!("created", on_screen(created(vec![full_task()], false), 80));
    assert_snapshot!("created_dry_run", on_screen(created(vec![v1::Task { number: 0, ..full_task() }], true), 80));
    assert_snapshot!("created_several", on_screen(created(tasks(), false), 80));
    assert_snapshot!("done_with_one_that_was", on_screen(done(), 80));
    assert_snapshot!("taken_back", on_screen(taken_back(), 80));
}

#[test]
fn the_rest_for_people() {
    assert_snapshot!("show", on_screen(shown(vec![full_task(), task(2, "Plain")]), 80));
    assert_snapshot!("show_40", on_screen(shown(vec![full_task()]), 40));
    assert_snapshot!("log_40", on_screen(log(), 40));
    assert_snapshot!("log_80", on_screen(log(), 80));
    assert_snapshot!("status", on_screen(status(true), 80));
    assert_snapshot!("status_without_daemon", on_screen(status(false), 80));
    assert_snapshot!("reading", on_screen(reading("Pay rent tomorrow 9am p1 @home // to Eva"), 80));
    assert_snapshot!(
        "reading_narrow",
        shown_in(reading("Pay rent tomorrow 9am p1 @home // to Eva"), Some(30), Form::Human, ColorWhen::Never)
    );
}

#[test]
fn json_is_exact() {
    assert_snapshot!("json_tasks", as_json(shown(vec![full_task(), task(2, "Plain \x1b[31m")])));
    assert_snapshot!(
        "json_list",
        as_json(Outcome::Listing(Listing { tasks: vec![], more: false, limit: 50, filter: vec![] }))
    );
    assert_snapshot!(
        "json_ndjson",
        as_json(Outcome::Tasks(Box::new([Ok(vec![task(1, "a")]), Ok(vec![task(2, "b")])].into_iter())))
    );
    assert_snapshot!("json_written", as_json(created(vec![task(1, "Plant a tree")], false)));
    assert_snapshot!("json_done", as_json(done()));
    assert_snapshot!("json_taken_back", as_json(taken_back()));
    assert_snapshot!("json_log", as_json(log()));
    assert_snapshot!("json_reading", as_json(reading("Pay rent tomorrow 9am p1 @home")));
    assert_snapshot!("json_status", as_json(status(true)));
    assert_snapshot!(
        "json_said",
        as_json(Outcome::Said(Said {
            words: "the daemon was stopped".into(),
            state: "stopped",
            pid: 42,
            ..Said::default()
        }))
    );
}

#[test]
fn quiet_is_ids_only() {
    assert_eq!(shown_in(listing(), None, Form::Quiet, ColorWhen::Auto), "7\n11\n9\n128\n3\n12\n5\n");
    assert_eq!(shown_in(log(), None, Form::Quiet, ColorWhen::Auto), "qv\nqv\n");
}
