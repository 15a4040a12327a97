//! What commands may do, and what they are refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono_tz::Tz;
use std::collections::BTreeMap;
use tasks_domain::command::{Command, Step};
use tasks_domain::error::Error;
use tasks_domain::event::{EventType, events};
use tasks_domain::id::{DeviceId, OperationId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::patch::{Patch, TaskPatch};
use tasks_domain::plan::{Context, Plan, View, plan};
use tasks_domain::register::Registers;
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::{Status, Task};
use tasks_domain::text::Title;
use tasks_domain::when::{LocalTime, Now, When};

fn id(n: u8) -> TaskId {
    TaskId::from_bytes([n; 16])
}

fn task(n: u8) -> Task {
    let title = format!("task {n}");
    Task { exists: true, title, ..Task::read(id(n), &Registers::default()) }
}

fn view(tasks: impl IntoIterator<Item = Task>) -> View {
    tasks.into_iter().map(|task| (task.id, task)).collect::<BTreeMap<_, _>>()
}

fn run(command: &Command, view: &View) -> Result<Plan, Error> {
    let stamp = Stamp { hlc: Hlc::from_bits(1), device: DeviceId::from_bytes([1; 16]) };
    plan(command, view, Context { now: now(), stamp })
}

fn now() -> Now {
    Now::new("2026-11-22T09:00:00Z".parse().unwrap(), Tz::Europe__Berlin)
}

fn edit(n: u8, patch: TaskPatch) -> Command {
    Command::Edit(vec![(id(n), patch)])
}

#[test]
fn what_is_as_asked_already_changes_nothing() {
    let done = Task { progress: Status::Done, ..task(1) };
    let planned = run(&Command::Step(Step::Done, vec![id(1)]), &view([done])).unwrap();
    assert_eq!((planned.changes.len(), planned.unchanged), (0, vec![id(1)]));
    let same = TaskPatch { title: Title::parse("task 1").ok(), ..TaskPatch::default() };
    assert_eq!(run(&edit(1, same), &view([task(1)])).unwrap().unchanged, [id(1)]);
}

#[test]
fn what_is_in_the_trash_or_done_is_not_worked_on() {
    let trashed = view([Task { deleted_at: Some(1), ..task(1) }]);
    let done = view([Task { progress: Status::Done, ..task(1) }]);
    let step = |step| Command::Step(step, vec![id(1)]);
    assert!(matches!(run(&step(Step::Done), &trashed), Err(Error::InTrash { .. })));
    assert!(matches!(run(&edit(1, TaskPatch::default()), &trashed), Err(Error::InTrash { .. })));
    assert!(matches!(run(&step(Step::Start), &done), Err(Error::AlreadyDone { .. })));
    assert_eq!(run(&step(Step::Restore), &trashed).unwrap().changes.len(), 1);
}

#[test]
fn a_task_that_is_not_there_is_not_found() {
    assert!(matches!(run(&Command::Step(Step::Done, vec![id(9)]), &view([])), Err(Error::NoSuchTask { .. })));
    let undone = view([Task { exists: false, ..task(1) }]);
    assert!(matches!(run(&edit(1, TaskPatch::default()), &undone), Err(Error::NoSuchTask { .. })));
}

#[test]
fn a_cycle_is_refused_with_its_path() {
    let tasks = view([Task { parent: Some(id(2)), ..task(1) }, Task { parent: Some(id(3)), ..task(2) }, task(3)]);
    let under = |parent| TaskPatch { parent: Patch::Set(parent), ..TaskPatch::default() };
    match run(&edit(3, under(id(1))), &tasks) {
        Err(Error::Cycle { path, .. }) => assert_eq!(path, ["task 3", "task 1", "task 2", "task 3"]),
        other => panic!("{other:?}"),
    }
    assert!(run(&edit(1, under(id(1))), &tasks).is_err(), "a task is not its own parent");
    let blocked = view([Task { after: vec![id(2)], ..task(1) }, task(2)]);
    let after = TaskPatch { add_after: vec![id(1)], ..TaskPatch::default() };
    assert!(matches!(run(&edit(2, after), &blocked), Err(Error::Cycle { what: "blocker", .. })));
}

#[test]
fn two_edits_of_one_task_in_one_command_write_each_register_once() {
    let title = |text: &str| TaskPatch { title: Title::parse(text).ok(), ..TaskPatch::default() };
    let command = Command::Edit(vec![(id(1), title("first")), (id(1), title("second"))]);
    let planned = run(&command, &view([task(1)])).unwrap();
    assert_eq!(planned.changes.iter().map(|c| c.value.as_slice()).collect::<Vec<_>>(), [b"\"second\""]);
}

#[test]
fn an_operation_has_at_most_ten_thousand_changes() {
    let tasks = (0..4_000u32).map(|n| {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        (TaskId::from_bytes(bytes), TaskPatch { title: Title::parse("x").ok(), ..TaskPatch::default() })
    });
    assert!(matches!(run(&Command::Add(tasks.collect()), &view([])), Err(Error::TooManyChanges { .. })));
}

#[test]
fn events_say_what_happened_once() {
    let header = Header {
        id: OperationId::from_bytes([1; 16]),
        device: DeviceId::from_bytes([2; 16]),
        hlc: Hlc::default(),
        at_unix_ms: 0,
        reason: Reason::User,
        command: String::new(),
        confidence: None,
    };
    let types = |before: Option<&Task>, after: &Task| {
        let events = events(before, after, &header);
        events.iter().map(|event| event.event_type).collect::<Vec<_>>()
    };
    let open = task(1);
    let done = Task { progress: Status::Done, ..task(1) };
    let renamed = Task { title: "other".to_owned(), ..done.clone() };
    let gone = Task { exists: false, ..task(1) };
    assert_eq!(types(None, &open), [EventType::Created]);
    assert_eq!(types(Some(&open), &renamed), [EventType::Completed, EventType::Updated]);
    assert_eq!(types(Some(&done), &open), [EventType::Reopened]);
    assert_eq!(types(Some(&open), &gone), [EventType::Removed]);
    assert_eq!(types(Some(&gone), &open), [EventType::Created]);
    assert_eq!(types(Some(&open), &Task { modified_at: 9, ..open.clone() }), []);
}

#[test]
fn a_period_is_overdue_after_its_end() {
    let at = |text: &str| Some(When::At(LocalTime::new(text.parse().unwrap(), Tz::Europe__Berlin)));
    let meeting = Task { due: at("2026-11-22T09:00:00"), end: at("2026-11-22T11:00:00"), ..task(1) };
    assert!(!meeting.is_overdue(now()), "it is 10:00 and goes on");
    assert!(Task { end: at("2026-11-22T09:30:00"), ..meeting }.is_overdue(now()));
}
