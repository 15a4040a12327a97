//! Answers to be shown.

use crate::screen::now;
use tasks::outcome::{Agenda, Listing, Outcome, Read, Shown, StatusReport, TakenBack, Verb, Way, Written};
use tasks_domain::id::{DeviceId, OperationId, TaskId};
use tasks_domain::when::{LocalTime, When};
use tasks_language::{Context, Settings};
use tasks_proto::convert;
use tasks_proto::v1;

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a task hold it")]
pub(crate) fn at(local: &str) -> Option<v1::When> {
    let time = LocalTime::new(local.parse().unwrap(), chrono_tz::Tz::Europe__Berlin);
    Some(convert::when::to_wire(&When::At(time)))
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a task hold it")]
pub(crate) fn on(date: &str) -> Option<v1::When> {
    Some(convert::when::to_wire(&When::Date(date.parse().unwrap())))
}

pub(crate) fn task(number: u32, title: &str) -> v1::Task {
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

pub(crate) fn tasks() -> Vec<v1::Task> {
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

pub(crate) fn agenda() -> Outcome {
    let mut tasks = tasks();
    tasks.pop();
    Outcome::Agenda(Agenda { tasks, open_tasks: Some(9), ..Agenda::default() })
}

pub(crate) fn listing() -> Outcome {
    Outcome::Listing(Listing { tasks: tasks(), more: true, limit: 7, ..Listing::default() })
}

pub(crate) fn operation(seq: u64, command: &str) -> v1::Operation {
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

pub(crate) fn full_task() -> v1::Task {
    v1::Task {
        children_total: 5,
        children_done: 2,
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

pub(crate) fn created(tasks: Vec<v1::Task>, dry_run: bool) -> Outcome {
    let text = "Plant a tree friday 11am";
    let span = v1::ReadingSpan { kind: "date".into(), start: 13, end: 24 };
    Outcome::Written(Box::new(Written {
        verb: Verb::Add,
        result: v1::WriteResult {
            operation: (!dry_run).then(|| operation(5, "tasks add x")),
            tasks,
            warnings: vec!["25:00 is not a time of day; it stays in the title".into()],
            dry_run,
            ..v1::WriteResult::default()
        },
        readings: vec![v1::Reading {
            text: text.into(),
            confidence: 0.95,
            spans: vec![span],
            intent: "create_task".into(),
            title: Some("Plant a tree".into()),
            due: at("2026-11-27T11:00:00"),
            ..v1::Reading::default()
        }],
        references: Vec::new(),
        near: Vec::new(),
        failures: Vec::new(),
    }))
}

fn below() -> Vec<v1::Task> {
    let whole = full_task().id;
    vec![
        v1::Task { parent: whole.clone(), children_total: 3, children_done: 1, ..task(20, "Dig a hole") },
        v1::Task {
            parent: whole.clone(),
            number: 0,
            short_id: "qv".into(),
            status: v1::Status::Done.into(),
            due: on("2026-11-20"),
            ..task(21, "Choose the tree")
        },
        v1::Task { after: vec![whole], ..task(22, "Sit in its shade") },
    ]
}

pub(crate) fn shown(tasks: Vec<v1::Task>) -> Outcome {
    Outcome::Shown(Shown { tasks, near: vec![task(3, "Make the garden nice")], below: below(), rules: Vec::new() })
}

pub(crate) fn done() -> Outcome {
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
        failures: Vec::new(),
    }))
}

pub(crate) fn taken_back() -> Outcome {
    let step = v1::TakenBack {
        target: Some(v1::Operation { undone: true, ..operation(5, "tasks add \"Plant a tree\"") }),
        result: Some(v1::WriteResult { tasks: tasks(), ..v1::WriteResult::default() }),
        kept: vec!["title of \"Plant a tree\"".into()],
    };
    Outcome::TakenBack(TakenBack { way: Way::Undo, steps: vec![step], dry_run: false })
}

pub(crate) fn log() -> Outcome {
    let long =
        "tasks add \"Read the proposal that everybody has already talked about, and write down what is missing\"";
    Outcome::Log(vec![
        operation(6, "tasks done 3"),
        v1::Operation { undone: true, at_unix_ms: 1_795_000_000_000, ..operation(5, long) },
    ])
}

pub(crate) fn reading(text: &str) -> Outcome {
    let context = Context { now: now(), settings: Settings::default() };
    let reading = tasks_language::parse(text, &context);
    Outcome::Readings(Box::new(std::iter::once(Ok(Read { text: text.into(), reading, micros: 4, last_for_now: true }))))
}

pub(crate) fn status(daemon: bool) -> Outcome {
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
