//! What goes over the wire comes out as it went in.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;
use tasks_domain::command::Step;
use tasks_domain::id::{DeviceId, OperationId, RuleId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::priority::Priority;
use tasks_domain::register::Registers;
use tasks_domain::settings::{DateOrder, LanguageSettings};
use tasks_domain::shown::{Logged, Progress, Shown};
use tasks_domain::sort::SortOrder;
use tasks_domain::stamp::Hlc;
use tasks_domain::task::{DerivedState, Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::{LocalTime, Now, When, Zone};
use tasks_proto::{convert, v1};

fn when() -> impl Strategy<Value = When> {
    let date = (1i32..9999, 1u32..13, 1u32..29).prop_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap());
    let zone = prop_oneof![
        Just(Zone::UTC),
        Just(Zone::Europe__Berlin),
        Just(Zone::Asia__Kathmandu),
        Just(Zone::Pacific__Apia)
    ];
    (date, proptest::option::of((0u32..24, 0u32..60, 0u32..60, zone))).prop_map(|(date, time)| match time {
        None => When::Date(date),
        Some((h, m, s, zone)) => When::At(LocalTime::new(date.and_hms_opt(h, m, s).unwrap(), zone)),
    })
}

fn shown() -> impl Strategy<Value = Shown> {
    let texts = (
        "[a-zA-Z äß/]{1,20}",
        proptest::option::of("[a-z\n ]{1,20}[a-z]"),
        proptest::option::of("[a-z]{1,5}(/[a-z]{1,4})?"),
    );
    let times = (
        proptest::option::of(when()),
        proptest::option::of(when()),
        proptest::option::of(when()),
        proptest::option::of(when()),
    );
    let rest =
        (0usize..5, 0usize..3, proptest::option::of(1i64..1_000_000), any::<[u8; 16]>(), any::<bool>(), 0u32..1_000);
    (texts, times, rest, proptest::collection::vec("[a-z]{1,6}", 0..4)).prop_map(
        |((title, notes, project), times, rest, tags)| {
            let (priority, progress, estimate, id, flag, number) = rest;
            let progress = [Status::Open, Status::Started, Status::Done][progress];
            let task = Task {
                exists: true,
                title,
                notes,
                progress,
                priority: Priority::ALL.get(priority).copied(),
                due: times.0,
                start: times.1,
                wait: times.2,
                end: times.3,
                estimate: estimate.and_then(Duration::try_seconds),
                project: project.map(|name| Project::parse(&name).unwrap()),
                tags: tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
                parent: flag.then(|| TaskId::from_bytes(id)),
                after: if flag { vec![TaskId::from_bytes([3; 16])] } else { Vec::new() },
                rule: flag.then_some(RuleId::from_bytes(id)),
                slot: flag.then(|| "2026-12-01".to_owned()),
                created_at: 1_795_338_000_000,
                modified_at: 1_795_338_000_001,
                started_at: (progress == Status::Started).then_some(5),
                done_at: (progress == Status::Done).then_some(6),
                deleted_at: flag.then_some(7),
                ..Task::read(TaskId::from_bytes(id), &Registers::default())
            };
            Shown {
                task,
                number: Some(number).filter(|number| *number > 0),
                short_id: (number == 0).then(|| "kxz".to_owned()),
                states: if flag { vec![DerivedState::Blocked, DerivedState::Overdue] } else { Vec::new() },
                urgency: f64::from(number) / 4.0,
                progress: Progress { total: number, done: number / 2 },
                reminders: Vec::new(),
            }
        },
    )
}

proptest! {
    #[test]
    fn a_task_survives_the_wire_whole(shown in shown()) {
        prop_assert_eq!(convert::task::from_wire(&convert::task::to_wire(&shown)).unwrap(), shown);
    }

    #[test]
    fn an_operation_survives_but_for_what_nobody_shows(id: [u8; 16], reason in 0u8..5, undone: bool, seq: u64) {
        let target = (1..4).contains(&reason).then(|| OperationId::from_bytes([8; 16]));
        let header = Header {
            id: OperationId::from_bytes(id),
            device: DeviceId::from_bytes([2; 16]),
            hlc: Hlc::default(),
            at_unix_ms: 5,
            reason: Reason::from_code(reason, target).unwrap(),
            command: "add x".to_owned(),
            confidence: None,
        };
        let logged = Logged { header, seq, changes: 3, undone, short_id: "k".to_owned() };
        prop_assert_eq!(convert::operation::from_wire(&convert::operation::to_wire(&logged)).unwrap(), logged);
    }

    #[test]
    fn any_message_is_read_or_refused_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(task) = <v1::Task as prost::Message>::decode(bytes.as_slice()) {
            _ = convert::task::from_wire(&task);
        }
        if let Ok(operation) = <v1::Operation as prost::Message>::decode(bytes.as_slice()) {
            _ = convert::operation::from_wire(&operation);
        }
    }
}

#[test]
fn orders_and_steps_have_one_word_each() {
    use SortOrder::{Created, Due, Modified, Number, Priority, Project, Title, Urgency};
    for order in [Due, Priority, Title, Project, Created, Modified, Urgency, Number] {
        assert_eq!(convert::order::sort_from_wire(convert::order::sort_to_wire(order)), order);
    }
    assert_eq!(convert::order::step_from_wire(v1::StatusAction::Done).unwrap(), Step::Done);
    assert!(convert::order::step_from_wire(v1::StatusAction::Unspecified).is_err());
}

#[test]
fn a_caller_without_a_zone_is_refused() {
    let now = Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin).unwrap();
    let wire = convert::caller::to_wire(now, "en_GB.UTF-8", &LanguageSettings::default());
    assert_eq!(wire.language, None);
    let caller = (now, "en_GB.UTF-8".to_owned(), LanguageSettings::default());
    assert_eq!(convert::caller::from_wire(Some(&wire)).unwrap(), caller);
    assert!(convert::caller::from_wire(Some(&v1::Caller { zone: String::new(), ..wire })).is_err());
    assert!(convert::caller::from_wire(None).is_err());
}

#[test]
fn what_a_person_set_of_the_language_survives_the_wire() {
    let now = Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin).unwrap();
    let at = |hour| NaiveTime::from_hms_opt(hour, 30, 0);
    let set = LanguageSettings {
        reminder: Some(Duration::minutes(15)),
        week_start: Some(Weekday::Sun),
        date_order: Some(DateOrder::MonthFirst),
        morning: at(7),
        noon: at(12),
        afternoon: at(14),
        evening: at(18),
        tonight: at(21),
        eod: at(0),
        eow: at(16).map(|time| (Weekday::Thu, time)),
    };
    let wire = convert::caller::to_wire(now, "C", &set);
    assert_eq!(convert::caller::from_wire(Some(&wire)).unwrap().2, set);
    let one = LanguageSettings { tonight: at(22), ..LanguageSettings::default() };
    let wire = convert::caller::to_wire(now, "C", &one);
    assert_eq!(convert::caller::from_wire(Some(&wire)).unwrap().2, one);
    for impossible in [
        v1::LanguageSettings { week_start: 8, ..v1::LanguageSettings::default() },
        v1::LanguageSettings { morning: Some(1_440), ..v1::LanguageSettings::default() },
        v1::LanguageSettings { eow_day: 5, eow: Some(u32::MAX), ..v1::LanguageSettings::default() },
    ] {
        let wire = v1::Caller { language: Some(impossible), ..wire.clone() };
        assert!(convert::caller::from_wire(Some(&wire)).is_err(), "{impossible:?}");
    }
}
