//! Rules and their occurrences: what completing makes, on one replica and on two.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::convert::Infallible;
use tasks_domain::command::{Command, Step};
use tasks_domain::id::{DeviceId, OperationId, RuleId, TaskId};
use tasks_domain::operation::{Header, Operation, Reason};
use tasks_domain::patch::{Patch, Schedule as Dates, TaskPatch};
use tasks_domain::plan::{Context, plan};
use tasks_domain::recurrence::{Anchor, Missed, RuleText, Schedule, Slot, ids};
use tasks_domain::recurring::settle::{self, Moment};
use tasks_domain::recurring::{Instance, Recurring, Repeat, Settled, Tasks, converge, parts::Part};
use tasks_domain::register::{Change, EntityId, FieldId, Merged, Register, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;
use tasks_domain::text::{Tag, Title};
use tasks_domain::undo::{Past, inverse};
use tasks_domain::when::{LocalTime, Now, When};

const RULE: RuleId = RuleId::from_bytes([7; 16]);
const ZONE: Tz = Tz::Europe__Berlin;

fn moment(text: &str) -> Now {
    let local = LocalTime::new(text.parse().unwrap(), ZONE);
    Now::new(local.instant(), ZONE)
}

/// A replica in memory: registers and log, changed only through plan, settle and merge.
#[derive(Clone)]
struct Replica {
    device: DeviceId,
    entities: BTreeMap<EntityId, Registers>,
    log: Vec<Operation>,
    clock: Hlc,
    now: Now,
}

/// A replica with what an operation is about to write.
struct With<'a>(&'a Replica, &'a [Change]);

impl Tasks for With<'_> {
    type Error = Infallible;

    fn registers(&self, id: TaskId) -> Result<Option<Registers>, Infallible> {
        let mut registers = self.0.entities.get(&id.into()).cloned();
        for change in self.1.iter().filter(|change| change.entity == id.into()) {
            registers.get_or_insert_default().merge(change);
        }
        Ok(registers)
    }

    fn parts(&self, of: TaskId) -> Result<Vec<Part>, Infallible> {
        let mut found: Vec<Part> = Vec::new();
        let mut below = vec![of];
        while let Some(parent) = below.pop() {
            for (entity, registers) in &self.0.entities {
                let Some(id) = entity.task() else { continue };
                let task = Task::read(id, registers);
                if task.parent == Some(parent) && task.exists && task.deleted_at.is_none() {
                    below.push(id);
                    found.push((id, registers.clone()));
                }
            }
        }
        Ok(found)
    }

    fn made(&self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.0.instances(self.1).len()).unwrap())
    }
}

impl Replica {
    fn new(device: u8, now: &str) -> Self {
        let device = DeviceId::from_bytes([device; 16]);
        Self { device, entities: BTreeMap::new(), log: Vec::new(), clock: Hlc::default(), now: moment(now) }
    }

    fn at(&mut self, now: &str) -> &mut Self {
        self.now = moment(now);
        self
    }

    fn stamp(&mut self) -> Stamp {
        self.clock = self.clock.next(self.now.unix_ms());
        Stamp { hlc: self.clock, device: self.device }
    }

    fn write(&mut self, reason: Reason, stamp: Stamp, changes: Vec<Change>) {
        let bytes = (u128::from(stamp.hlc.bits()) << 8 | u128::from(self.device.as_bytes()[0])).to_be_bytes();
        let header = Header {
            id: OperationId::from_bytes(bytes),
            device: stamp.device,
            hlc: stamp.hlc,
            at_unix_ms: self.now.unix_ms(),
            reason,
            command: String::new(),
            confidence: None,
        };
        let merged = |change: Change| match self.entities.entry(change.entity).or_default().merge(&change) {
            Merged::Applied(before) => (change, before),
            Merged::Kept => panic!("written in vain: {change:?}"),
        };
        let changes = changes.into_iter().map(merged).collect();
        self.log.push(Operation { header, changes });
    }

    fn rule(&self) -> Recurring {
        Recurring::read(RULE, self.entities[&RULE.into()].clone())
    }

    fn instances(&self, with: &[Change]) -> Vec<Instance> {
        let rule = self.rule();
        let all = With(self, with);
        let tasks = self.entities.keys().filter_map(EntityId::task);
        tasks.filter_map(|id| Instance::read(id, &all.registers(id).unwrap().unwrap(), &rule)).collect()
    }

    fn tasks(&self) -> BTreeMap<TaskId, Task> {
        let read = |(id, registers): (&EntityId, &Registers)| id.task().map(|id| (id, Task::read(id, registers)));
        self.entities.iter().filter_map(read).filter(|(_, task)| task.exists).collect()
    }

    /// What people see, without the moment of the last change.
    fn seen(&self) -> BTreeMap<TaskId, Task> {
        self.tasks().into_iter().map(|(id, task)| (id, Task { modified_at: 0, ..task })).collect()
    }

    fn add(&mut self, schedule: Schedule, patch: TaskPatch) -> TaskId {
        let repeat = Repeat { rule: RULE, schedule, before: None };
        let series = repeat.schedule.series();
        let slot = series.first().unwrap();
        let due = series.occurrence(slot).when;
        let id = ids::occurrence(RULE, slot);
        let patch = TaskPatch {
            title: Title::parse("water plants").ok(),
            schedule: Patch::Set(Dates { due, start: None, end: None }),
            repeat: Patch::Set(repeat),
            ..patch
        };
        self.run(&Command::Add(vec![(id, patch)]));
        id
    }

    fn run(&mut self, command: &Command) -> Settled {
        let stamp = self.stamp();
        let mut changes = plan(command, &self.tasks(), Context { now: self.now, stamp }).unwrap().changes;
        let mut settled = Settled::default();
        if matches!(command, Command::Step(Step::Done | Step::Delete, _)) {
            let at = Moment { now: self.now, stamp };
            let Ok(done) = settle::settle(&self.rule(), &self.instances(&changes), at, &With(self, &changes));
            settled = done;
            changes.extend(settled.changes.clone());
        }
        if !changes.is_empty() {
            self.write(Reason::User, stamp, changes);
        }
        settled
    }

    fn done(&mut self, id: TaskId) -> Settled {
        self.run(&Command::Step(Step::Done, vec![id]))
    }

    fn undo(&mut self) {
        let operation = self.log.last().unwrap().clone();
        let stamp = self.stamp();
        let Ok(inverse) = inverse(&operation, stamp, self);
        assert_eq!(inverse.kept, []);
        self.write(Reason::Undo(operation.header.id), stamp, inverse.changes);
    }

    fn open(&self) -> Vec<Task> {
        let mut open: Vec<Task> =
            self.tasks().into_values().filter(|task| task.rule == Some(RULE) && task.status().is_live()).collect();
        open.sort_by_key(|task| task.slot.clone());
        open
    }

    fn slots(&self) -> Vec<String> {
        self.open().into_iter().map(|task| task.slot.unwrap()).collect()
    }

    /// Takes in everything that the other wrote, and puts the occurrences in order.
    fn take_in(&mut self, other: &Self) {
        for (entity, registers) in &other.entities {
            for (field, key, register) in registers.iter() {
                let Register { value, stamp } = register.clone();
                let change = Change { entity: *entity, field, key: key.to_vec(), value, stamp };
                self.entities.entry(*entity).or_default().merge(&change);
            }
        }
        self.clock = self.clock.max(other.clock);
    }

    fn converge(&mut self) {
        let stamp = self.stamp();
        let at = Moment { now: self.now, stamp };
        let Ok(settled) = converge(&self.rule(), &self.instances(&[]), at, &With(self, &[]));
        self.write(Reason::User, stamp, settled.changes);
    }
}

impl Past for Replica {
    type Error = Infallible;

    fn current(&self, entity: EntityId, field: FieldId, key: &[u8]) -> Result<Option<Register>, Infallible> {
        Ok(self.entities.get(&entity).and_then(|registers| registers.get(field, key).cloned()))
    }

    fn restoring(&self, stamp: Stamp) -> Result<Option<Operation>, Infallible> {
        let by = self.log.iter().find(|one| one.header.hlc == stamp.hlc && one.header.device == stamp.device);
        let target = by.and_then(|operation| operation.header.reason.target());
        Ok(target.and_then(|id| self.log.iter().find(|operation| operation.header.id == id).cloned()))
    }
}

fn schedule(rule: &str, start: &str) -> Schedule {
    let start = match start.parse() {
        Ok(local) => When::At(LocalTime::new(local, ZONE)),
        Err(_) => When::Date(start.parse().unwrap()),
    };
    Schedule::new(&RuleText::parse(rule).unwrap(), start).unwrap()
}

fn daily() -> Schedule {
    schedule("FREQ=DAILY", "2026-11-23T09:30:00")
}

fn with(mut schedule: Schedule, anchor: Anchor, missed: Missed) -> Schedule {
    (schedule.anchor, schedule.missed) = (anchor, missed);
    schedule
}

#[test]
fn completing_makes_the_next_one_with_everything_it_has() {
    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    let wait = When::At(LocalTime::new("2026-11-23T08:00:00".parse().unwrap(), ZONE));
    let tag = Tag::parse("home").unwrap();
    let first = one.add(daily(), TaskPatch { wait: Patch::Set(wait), add_tags: vec![tag], ..TaskPatch::default() });
    one.at("2026-11-23T09:31:00").done(first);
    let open = one.open();
    let [next] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!(next.slot.as_deref(), Some("2026-11-24T09:30:00"));
    assert_eq!((next.title.as_str(), next.tags[0].as_str()), ("water plants", "home"));
    let day = |when: Option<When>| when.map(|when| when.date().to_string());
    assert_eq!((day(next.due), day(next.wait)), (Some("2026-11-24".into()), Some("2026-11-24".into())));
    assert_eq!(next.id, ids::occurrence(RULE, "2026-11-24T09:30:00".parse().unwrap()));
}

#[test]
fn completing_twice_late_or_early_is_one_advance() {
    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    let first = one.add(daily(), TaskPatch::default());
    one.done(first);
    assert_eq!(one.slots(), ["2026-11-24T09:30:00"], "early: the one after it");
    assert_eq!(one.done(first), Settled::default(), "done already");
    assert_eq!(one.slots(), ["2026-11-24T09:30:00"]);
    let second = one.open()[0].id;
    one.at("2026-12-01T12:00:00").done(second);
    assert_eq!(one.slots(), ["2026-12-02T09:30:00"], "late: the next after now, not one that is overdue");
}

#[test]
fn stacking_rules_make_up_for_what_was_missed_and_skipping_ones_replace_it() {
    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    let first = one.add(with(daily(), Anchor::Calendar, Missed::Stack), TaskPatch::default());
    one.at("2026-11-25T12:00:00");
    let stamp = one.stamp();
    let at = Moment { now: one.now, stamp };
    let Ok(come) = settle::arrive(&one.rule(), &one.instances(&[]), at, &With(&one, &[]));
    one.write(Reason::User, stamp, come.changes);
    assert_eq!(one.slots(), ["2026-11-23T09:30:00", "2026-11-24T09:30:00", "2026-11-25T09:30:00"]);
    one.done(first);
    assert_eq!(one.slots().len(), 2, "enough are open");

    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    one.add(with(daily(), Anchor::Calendar, Missed::Skip), TaskPatch::default());
    one.at("2026-11-25T12:00:00");
    let stamp = one.stamp();
    let at = Moment { now: one.now, stamp };
    let Ok(come) = settle::arrive(&one.rule(), &one.instances(&[]), at, &With(&one, &[]));
    one.write(Reason::User, stamp, come.changes);
    assert_eq!(one.slots(), ["2026-11-25T09:30:00"]);
}

#[test]
fn a_rule_with_a_count_ends_and_says_so() {
    for anchor in [Anchor::Calendar, Anchor::Completion] {
        let mut one = Replica::new(1, "2026-11-22T10:00:00");
        let counted = with(schedule("FREQ=DAILY;COUNT=3", "2026-11-22"), anchor, Missed::One);
        let mut id = one.add(counted, TaskPatch::default());
        for _ in 0..2 {
            assert!(!one.done(id).is_over);
            id = one.open()[0].id;
        }
        assert!(one.done(id).is_over, "{anchor:?}");
        assert_eq!(one.open(), [], "{anchor:?}");
    }
}

#[test]
fn sub_tasks_come_again_unticked_with_their_order() {
    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    let first = one.add(daily(), TaskPatch::default());
    let (soil, water) = (TaskId::from_bytes([1; 16]), TaskId::from_bytes([2; 16]));
    let part = |title: &str, after: Vec<TaskId>| TaskPatch {
        title: Title::parse(title).ok(),
        parent: Patch::Set(first),
        add_after: after,
        ..TaskPatch::default()
    };
    one.run(&Command::Add(vec![(soil, part("soil", Vec::new())), (water, part("water", vec![soil]))]));
    one.run(&Command::Step(Step::Done, vec![soil, water]));
    let before = one.seen();
    one.done(first);
    let next = one.open()[0].id;
    let parts: Vec<Task> = one.tasks().into_values().filter(|task| task.parent == Some(next)).collect();
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part.status().is_live()), "{parts:?}");
    let [soil, water] = ["soil", "water"].map(|title| parts.iter().find(|part| part.title == title).unwrap());
    assert_eq!(water.after, [soil.id]);
    one.undo();
    assert_eq!(one.seen(), before);
}

#[test]
fn deleting_an_occurrence_is_passing_it_over() {
    let mut one = Replica::new(1, "2026-11-22T10:00:00");
    let first = one.add(daily(), TaskPatch::default());
    one.run(&Command::Step(Step::Delete, vec![first]));
    assert_eq!(one.slots(), ["2026-11-24T09:30:00"]);
}

fn policies() -> impl Strategy<Value = Schedule> {
    let rule = prop_oneof![
        Just(("FREQ=DAILY", "2026-11-23T09:30:00")),
        Just(("FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-23")),
        Just(("FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", "2026-11-30")),
        Just(("FREQ=DAILY;INTERVAL=3", "2026-11-23")),
    ];
    let anchor = prop_oneof![Just(Anchor::Calendar), Just(Anchor::Completion)];
    let missed = prop_oneof![Just(Missed::One), Just(Missed::Skip), Just(Missed::Stack)];
    (rule, anchor, missed, 1u16..4, any::<bool>()).prop_map(|((rule, start), anchor, missed, ahead, skip_weekends)| {
        let mut schedule = with(schedule(rule, start), anchor, missed);
        schedule.skip_weekends = skip_weekends;
        schedule.with_generate_ahead(ahead)
    })
}

fn after(hours: i64) -> Now {
    let begin: DateTime<Utc> = moment("2026-11-22T10:00:00").instant();
    Now::new(begin + Duration::hours(hours), ZONE)
}

proptest! {
    #[test]
    fn two_replicas_that_complete_the_same_occurrence_agree(
        schedule in policies(), first in 0i64..400, second in 0i64..400
    ) {
        let mut one = Replica::new(1, "2026-11-22T10:00:00");
        let id = one.add(schedule.clone(), TaskPatch::default());
        let mut two = Replica { device: DeviceId::from_bytes([2; 16]), log: Vec::new(), ..one.clone() };
        one.now = after(first);
        one.done(id);
        two.now = after(second);
        two.done(id);
        let (before_one, before_two) = (one.clone(), two.clone());
        one.take_in(&before_two);
        two.take_in(&before_one);
        prop_assert_eq!(&one.entities, &two.entities);
        // The later of the two is the present of both, as it is when they meet.
        one.now = after(first.max(second));
        two.now = one.now;
        one.converge();
        prop_assert!(one.open().len() <= usize::from(schedule.generate_ahead()).max(1), "{:?}", one.slots());
        two.converge();
        let (after_one, after_two) = (one.clone(), two.clone());
        one.take_in(&after_two);
        two.take_in(&after_one);
        prop_assert_eq!(one.slots(), two.slots());
        prop_assert_eq!(one.seen(), two.seen());
        if first == second || schedule.anchor == Anchor::Completion {
            let ids = |replica: &Replica| replica.open().into_iter().map(|task| task.id).collect::<Vec<_>>();
            prop_assert_eq!(ids(&one), ids(&before_one), "the very same task");
        }
    }

    #[test]
    fn undoing_a_completion_restores_exactly_in_one_step(schedule in policies(), hours in proptest::collection::vec(0i64..200, 1..5)) {
        let mut one = Replica::new(1, "2026-11-22T10:00:00");
        one.add(schedule, TaskPatch::default());
        let mut total = 0;
        for more in hours {
            total += more;
            one.now = after(total);
            let Some(task) = one.open().first().cloned() else { break };
            let before = one.seen();
            one.done(task.id);
            let done = one.seen();
            one.undo();
            prop_assert_eq!(&one.seen(), &before);
            // And once more: what was taken away is made again, the very same.
            one.done(task.id);
            let open = |seen: &BTreeMap<TaskId, Task>| -> Vec<(TaskId, Option<When>, String)> {
                seen.values().filter(|task| task.status().is_live()).map(|task| (task.id, task.due, task.title.clone())).collect()
            };
            prop_assert_eq!(open(&one.seen()), open(&done));
        }
    }

    #[test]
    fn as_many_as_asked_for_are_open_at_all_times(ahead in 1u16..6, steps in proptest::collection::vec((0usize..6, 0i64..60, any::<bool>()), 1..12)) {
        let mut one = Replica::new(1, "2026-11-22T10:00:00");
        let first = one.add(daily().with_generate_ahead(ahead), TaskPatch::default());
        // The first command makes only one: the others come with the first step.
        one.done(first);
        let mut hours = 0;
        for (which, more, delete) in steps {
            prop_assert_eq!(one.open().len(), usize::from(ahead));
            hours += more;
            one.now = after(hours);
            let open = one.open();
            let id = open[which % open.len()].id;
            one.run(&Command::Step(if delete { Step::Delete } else { Step::Done }, vec![id]));
            let mut slots = one.slots();
            slots.dedup();
            prop_assert_eq!(slots.len(), usize::from(ahead), "each slot once");
        }
    }

    #[test]
    fn the_next_one_is_always_another_and_on_the_calendar_later(schedule in policies(), hours in 0i64..3_000) {
        let mut one = Replica::new(1, "2026-11-22T10:00:00");
        let id = one.add(schedule, TaskPatch::default());
        let was: Slot = one.tasks()[&id].slot.as_deref().unwrap().parse().unwrap();
        one.now = after(hours);
        let anchor = one.rule().schedule.unwrap().anchor;
        one.done(id);
        for slot in one.slots() {
            let slot: Slot = slot.parse().unwrap();
            let is_right = if anchor == Anchor::Calendar { slot > was } else { slot != was };
            prop_assert!(is_right, "{slot}");
        }
    }
}

#[test]
fn a_rule_is_cut_before_a_slot_and_its_count_with_it() {
    let whole = schedule("FREQ=DAILY;COUNT=10", "2026-11-22");
    let (earlier, later) = whole.split("2026-11-25".parse().unwrap()).unwrap();
    let text = |schedule: &Schedule| schedule.series().slots().map(|slot| slot.to_string()).collect::<Vec<_>>();
    assert_eq!([text(&earlier), text(&later)].concat(), text(&whole));
    assert_eq!(text(&earlier).len(), 3);
    assert_eq!(whole.split("2026-11-22".parse().unwrap()), None);
}
