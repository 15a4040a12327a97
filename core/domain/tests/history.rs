//! Properties of the log: taking back, doing again, replaying, and what newer builds wrote.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono_tz::Tz;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tasks_domain::command::{Command, Step};
use tasks_domain::id::{DeviceId, OperationId, TaskId};
use tasks_domain::operation::{Header, Operation, Reason, decode_changes, encode_changes};
use tasks_domain::patch::{Patch, Schedule, TaskPatch};
use tasks_domain::plan::{Context, plan};
use tasks_domain::priority::Priority;
use tasks_domain::register::{Change, EntityId, FieldId, Kind, Merged, Register, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;
use tasks_domain::text::{Notes, Project, Tag, Title};
use tasks_domain::undo::{Past, inverse, redo_target, undo_target};
use tasks_domain::when::{Now, When};

/// A replica in memory: registers and log, changed only through plan and merge.
#[derive(Clone, Default)]
struct Replica {
    entities: BTreeMap<EntityId, Registers>,
    log: Vec<Operation>,
    clock: Hlc,
}

fn task_id(n: u8) -> TaskId {
    TaskId::from_bytes([n; 16])
}

impl Replica {
    fn now() -> Now {
        Now::from_unix_ms(1_795_000_000_000, Tz::UTC).unwrap()
    }

    fn stamp(&mut self) -> Stamp {
        self.clock = self.clock.next(Self::now().unix_ms());
        Stamp { hlc: self.clock, device: DeviceId::from_bytes([1; 16]) }
    }

    fn write(&mut self, reason: Reason, stamp: Stamp, changes: Vec<Change>) -> OperationId {
        let id = OperationId::from_bytes(u128::from(stamp.hlc.bits()).to_be_bytes());
        let header = Header {
            id,
            device: stamp.device,
            hlc: stamp.hlc,
            at_unix_ms: 0,
            reason,
            command: String::new(),
            confidence: None,
        };
        let replaced =
            changes.into_iter().map(|change| match self.entities.entry(change.entity).or_default().merge(&change) {
                Merged::Applied(before) => (change, before),
                Merged::Kept => panic!("a new stamp always wins"),
            });
        let changes = replaced.collect();
        self.log.push(Operation { header, changes });
        id
    }

    fn run(&mut self, command: &Command) -> Option<OperationId> {
        let view = self.tasks();
        let stamp = self.stamp();
        let planned = plan(command, &view, Context { now: Self::now(), stamp }).ok()?;
        (!planned.changes.is_empty()).then(|| self.write(Reason::User, stamp, planned.changes))
    }

    fn take_back(&mut self, target: OperationId, reason: Reason) {
        let operation = self.log.iter().find(|operation| operation.header.id == target).unwrap().clone();
        let stamp = self.stamp();
        let Ok(inverse) = inverse(&operation, stamp, self);
        self.write(reason, stamp, inverse.changes);
    }

    fn headers(&self) -> impl Iterator<Item = &Header> {
        self.log.iter().rev().map(|operation| &operation.header)
    }

    fn undo(&mut self) -> bool {
        let target = undo_target(self.headers());
        target.inspect(|id| self.take_back(*id, Reason::Undo(*id))).is_some()
    }

    fn redo(&mut self) -> bool {
        let target = redo_target(self.headers());
        target.inspect(|id| self.take_back(*id, Reason::Redo(*id))).is_some()
    }

    fn tasks(&self) -> BTreeMap<TaskId, Task> {
        let task = |(id, registers): (&EntityId, &Registers)| id.task().map(|id| (id, Task::read(id, registers)));
        self.entities.iter().filter_map(task).collect()
    }

    /// What people see: tasks that exist, without the moment of their last change, which taking back moves on.
    fn seen(&self) -> BTreeMap<TaskId, Task> {
        let existing = self.tasks().into_iter().filter(|(_, task)| task.exists);
        existing.map(|(id, task)| (id, Task { modified_at: 0, ..task })).collect()
    }
}

impl Past for Replica {
    type Error = std::convert::Infallible;

    fn current(&self, entity: EntityId, field: FieldId, key: &[u8]) -> Result<Option<Register>, Self::Error> {
        Ok(self.entities.get(&entity).and_then(|registers| registers.get(field, key).cloned()))
    }

    fn restoring(&self, stamp: Stamp) -> Result<Option<Operation>, Self::Error> {
        let by = self.log.iter().find(|operation| operation.header.hlc == stamp.hlc);
        let target = by.and_then(|operation| operation.header.reason.target());
        Ok(target.and_then(|id| self.log.iter().find(|operation| operation.header.id == id).cloned()))
    }
}

fn patch() -> impl Strategy<Value = TaskPatch> {
    let title = proptest::option::of("[a-c]{1,3}");
    let date = prop_oneof![Just(0), 1u32..4];
    (title, date, 0u8..4, 0u8..3, proptest::collection::vec(0u8..3, 0..3), 0u8..3).prop_map(
        |(title, day, priority, project, tags, notes)| {
            let due = |day: u32| When::Date(chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap());
            let tag = |n: u8| Tag::parse(["Home", "work", "x"][usize::from(n)]).unwrap();
            TaskPatch {
                title: title.map(|title| Title::parse(&title).unwrap()),
                schedule: match day {
                    0 => Patch::Keep,
                    1 => Patch::Clear,
                    day => Patch::Set(Schedule { due: due(day), start: None, end: Some(due(9)) }),
                },
                priority: match priority {
                    0 => Patch::Keep,
                    1 => Patch::Clear,
                    2 => Patch::Set(Priority::High),
                    _ => Patch::Set(Priority::Low),
                },
                project: if project == 0 { Patch::Keep } else { Patch::set_or_clear(Project::parse("home").ok()) },
                notes: if notes == 0 { Patch::Clear } else { Patch::set_if(Notes::parse("n").unwrap()) },
                add_tags: tags.iter().take(1).map(|n| tag(*n)).collect(),
                remove_tags: tags.iter().skip(1).map(|n| tag(*n)).collect(),
                ..TaskPatch::default()
            }
        },
    )
}

fn command() -> impl Strategy<Value = Command> {
    let titled = |patch: TaskPatch| TaskPatch { title: patch.title.or(Title::parse("t").ok()), ..patch };
    let step = prop_oneof![
        Just(Step::Start),
        Just(Step::Stop),
        Just(Step::Done),
        Just(Step::Reopen),
        Just(Step::Delete),
        Just(Step::Restore)
    ];
    prop_oneof![
        (0u8..6, patch()).prop_map(move |(n, patch)| Command::Add(vec![(task_id(n), titled(patch))])),
        (0u8..6, 0u8..6, patch())
            .prop_map(|(a, b, patch)| Command::Edit(vec![(task_id(a), patch.clone()), (task_id(b), patch)])),
        (step, 0u8..6).prop_map(|(step, n)| Command::Step(step, vec![task_id(n)])),
    ]
}

fn history(commands: &[Command]) -> Replica {
    let mut replica = Replica::default();
    for n in 0..3 {
        let patch = TaskPatch { title: Title::parse("seed").ok(), ..TaskPatch::default() };
        replica.run(&Command::Add(vec![(task_id(n), patch)]));
    }
    commands.iter().for_each(|command| _ = replica.run(command));
    replica
}

proptest! {
    #[test]
    fn undo_of_the_newest_operation_restores_exactly_and_redo_brings_it_back(
        commands in proptest::collection::vec(command(), 0..12), last in command()
    ) {
        let mut replica = history(&commands);
        let before = replica.seen();
        if replica.run(&last).is_some() {
            let after = replica.seen();
            prop_assert!(replica.undo());
            prop_assert_eq!(&replica.seen(), &before);
            prop_assert!(replica.redo());
            prop_assert_eq!(&replica.seen(), &after);
            prop_assert!(replica.undo());
            prop_assert_eq!(&replica.seen(), &before);
        }
    }

    #[test]
    fn undoing_everything_goes_back_step_by_step_and_redoing_everything_forward(
        commands in proptest::collection::vec(command(), 1..10)
    ) {
        let mut replica = Replica::default();
        let mut states = vec![replica.seen()];
        for command in &commands {
            if replica.run(command).is_some() {
                states.push(replica.seen());
            }
        }
        for want in states.iter().rev().skip(1) {
            prop_assert!(replica.undo());
            prop_assert_eq!(&replica.seen(), want);
        }
        prop_assert!(!replica.undo(), "nothing is left to undo");
        for want in states.iter().skip(1) {
            prop_assert!(replica.redo());
            prop_assert_eq!(&replica.seen(), want);
        }
        prop_assert!(!replica.redo(), "nothing is left to redo");
    }

    #[test]
    fn a_revert_restores_exactly_the_registers_that_nobody_changed_since(
        before in proptest::collection::vec(command(), 0..8), middle in command(), after in proptest::collection::vec(command(), 0..8)
    ) {
        let mut replica = history(&before);
        let start = replica.entities.clone();
        let Some(target) = replica.run(&middle) else { return Ok(()) };
        after.iter().for_each(|command| _ = replica.run(command));
        let reached = replica.entities.clone();
        let operation = replica.log.iter().find(|o| o.header.id == target).unwrap().clone();
        replica.take_back(target, Reason::Revert(target));
        for (change, replaced) in &operation.changes {
            let get = |state: &BTreeMap<EntityId, Registers>| state.get(&change.entity).and_then(|r| r.get(change.field, &change.key).cloned());
            let (was, now) = (get(&reached).unwrap(), get(&replica.entities).unwrap());
            let created = !start.contains_key(&change.entity);
            if was.stamp != change.stamp {
                prop_assert_eq!(now, was, "changed since: stays");
            } else if !created {
                prop_assert_eq!(now.value, replaced.as_ref().map_or(b"null".to_vec(), |r| r.value.clone()));
            }
            if created && get(&reached).unwrap().stamp == change.stamp && change.field == tasks_domain::field::EXISTS {
                prop_assert!(!Task::read(change.entity.task().unwrap(), &replica.entities[&change.entity]).exists);
            }
        }
        // Registers the operation never touched are as they were.
        for (entity, registers) in &reached {
            for (field, key, register) in registers.iter() {
                if !operation.changes.iter().any(|(c, _)| c.entity == *entity && c.field == field && c.key == key) {
                    prop_assert_eq!(replica.entities[entity].get(field, key), Some(register));
                }
            }
        }
    }

    #[test]
    fn replaying_the_log_in_any_order_gives_the_rows(
        commands in proptest::collection::vec(command(), 0..15), undos in 0usize..4, rotate in 0usize..20
    ) {
        let mut replica = history(&commands);
        (0..undos).for_each(|_| _ = replica.undo());
        let mut changes: Vec<Change> = replica.log.iter().flat_map(|operation| {
            // Through the stored form, as a restart would.
            decode_changes(&encode_changes(&operation.changes)).unwrap().into_iter().map(|(change, _)| change)
        }).collect();
        let by = rotate % changes.len().max(1);
        changes.rotate_left(by);
        let mut entities: BTreeMap<EntityId, Registers> = BTreeMap::new();
        changes.iter().for_each(|change| _ = entities.entry(change.entity).or_default().merge(change));
        prop_assert_eq!(entities, replica.entities);
    }

    #[test]
    fn what_a_newer_build_wrote_survives_plan_undo_and_restart_byte_for_byte(
        commands in proptest::collection::vec(command(), 0..10), value in "[a-z]{0,8}", field in 100u32..200, kind in 2u32..9
    ) {
        let mut replica = history(&[]);
        let stamp = replica.stamp();
        let bytes = format!("{{\"of\": \"tomorrow\",\"v\":\"{value}\"}}").into_bytes();
        let foreign = |entity: EntityId, field: u32| Change { entity, field: FieldId(field), key: b"k".to_vec(), value: bytes.clone(), stamp };
        let unknown = EntityId { kind: Kind(kind), id: [9; 16] };
        // A field and an entity of unknown kind, and an enum's value that this build does not know.
        let priority = Change { key: Vec::new(), ..foreign(task_id(2).into(), tasks_domain::field::PRIORITY.0) };
        replica.write(Reason::User, stamp, vec![foreign(task_id(0).into(), field), foreign(unknown, 1), priority.clone()]);
        let edits = commands.iter().filter(|c| !c.targets().contains(&task_id(2)));
        edits.for_each(|command| _ = replica.run(command));
        let title = TaskPatch { title: Title::parse("other").ok(), ..TaskPatch::default() };
        replica.run(&Command::Edit(vec![(task_id(0), title.clone()), (task_id(2), title)]));
        replica.undo();
        let restarted: BTreeMap<EntityId, Registers> = replica.entities.iter()
            .map(|(id, registers)| (*id, Registers::decode(&registers.encode()).unwrap())).collect();
        let get = |entity: EntityId, field: FieldId, key: &[u8]| restarted[&entity].get(field, key).unwrap().value.clone();
        prop_assert_eq!(&get(task_id(0).into(), FieldId(field), b"k"), &bytes);
        prop_assert_eq!(&get(unknown, FieldId(1), b"k"), &bytes);
        prop_assert_eq!(&get(task_id(2).into(), priority.field, b""), &bytes);
        prop_assert_eq!(replica.tasks()[&task_id(2)].priority(), Priority::Medium);
    }
}

#[test]
fn a_new_command_clears_redo() {
    let mut replica = history(&[]);
    assert!(replica.undo());
    let patch = TaskPatch { title: Title::parse("new").ok(), ..TaskPatch::default() };
    replica.run(&Command::Add(vec![(task_id(7), patch)]));
    assert!(!replica.redo());
}
