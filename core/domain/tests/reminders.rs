//! Reminders as a state machine: whatever people, channels and the clock do, the registers say what a plain model says.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{DateTime, Duration, NaiveTime, Utc};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tasks_domain::field::{self, StatusValue};
use tasks_domain::id::{DeviceId, TaskId};
use tasks_domain::plan::Context;
use tasks_domain::register::{Change, EntityId, FieldId, Registers};
use tasks_domain::reminder::{
    About, Channel, Hour, Next, Outcome, Reaction, Reminder, ReminderSpec, Row, Standing, State, Trigger, Wanted, ids,
    plan,
};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;
use tasks_domain::when::{LocalTime, Now, When, Zone};

const MINUTE: i64 = 60_000;
/// The beginning of time here.
const BEGIN: i64 = 1_795_338_000_000;
/// The reminder comes so long before the due.
const BEFORE: i64 = 15 * MINUTE;

fn task_id() -> TaskId {
    TaskId::from_bytes([7; 16])
}

fn instant(unix_ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(unix_ms).unwrap()
}

fn spec() -> ReminderSpec {
    let all_day = Hour { time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(), zone: Zone::UTC };
    let trigger = Trigger::Before { length: Duration::milliseconds(BEFORE), all_day };
    ReminderSpec { channel: Channel::Desktop, trigger }
}

/// What may happen. Minutes are small, so that instants meet.
#[derive(Clone, Debug)]
enum Step {
    Wait(i64),
    Due(Option<i64>),
    Done,
    Reopen,
    Ask,
    Snooze(i64),
    Cancel,
    Retry,
    See,
    Deliver(Outcome),
}

fn step() -> impl Strategy<Value = Step> {
    let failed = Outcome::Failed { reason: "x".into(), retry_after: None };
    prop_oneof![
        4 => (1i64..30).prop_map(Step::Wait),
        2 => (-30i64..90).prop_map(|minutes| Step::Due(Some(minutes))),
        1 => Just(Step::Due(None)),
        1 => Just(Step::Done),
        2 => Just(Step::Reopen),
        2 => Just(Step::Ask),
        2 => (1i64..40).prop_map(Step::Snooze),
        1 => Just(Step::Cancel),
        2 => Just(Step::Retry),
        1 => Just(Step::See),
        4 => Just(Step::Deliver(Outcome::Sent)),
        3 => Just(Step::Deliver(failed)),
        1 => Just(Step::Deliver(Outcome::Refused { reason: "x".into() })),
        1 => Just(Step::Deliver(Outcome::Held { reason: "x".into() })),
    ]
}

/// The registers of one task, its reminder and the ledger.
#[derive(Default)]
struct Replica {
    entities: BTreeMap<EntityId, Registers>,
    log: Vec<Change>,
    clock: Hlc,
    now: i64,
}

impl Replica {
    fn context(&mut self) -> Context {
        self.clock = self.clock.next(self.now);
        let stamp = Stamp { hlc: self.clock, device: DeviceId::from_bytes([1; 16]) };
        Context { now: Now::new(instant(self.now), Zone::UTC), stamp }
    }

    fn merge(&mut self, changes: Vec<Change>) {
        for change in changes {
            self.entities.entry(change.entity).or_default().merge(&change);
            self.log.push(change);
        }
    }

    fn set(&mut self, field: FieldId, value: Vec<u8>) {
        let stamp = self.context().stamp;
        self.merge(vec![Change { entity: task_id().into(), field, key: Vec::new(), value, stamp }]);
    }

    fn task(&self) -> Task {
        Task::read(task_id(), &self.entities[&task_id().into()])
    }

    fn reminder(&self) -> Option<Reminder> {
        let id = ids::reminder(task_id(), &spec());
        Reminder::read(id, self.entities.get(&id.into())?)
    }

    fn row(&self) -> Option<Row> {
        let row = self.reminder()?.slot(self.task().due)?.row;
        Row::read(row, self.entities.get(&row.into())?)
    }

    /// Something about the reminder; nothing before there is one.
    fn plan(&mut self, plan: impl FnOnce(About<'_>, Context) -> Vec<Change>) {
        let Some(reminder) = self.reminder() else { return };
        let (task, row, context) = (self.task(), self.row(), self.context());
        let changes = plan(About { reminder: &reminder, task: Some(&task), row: row.as_ref() }, context);
        self.merge(changes);
    }

    fn standing(&self) -> Option<Standing> {
        let (reminder, task, row) = (self.reminder()?, self.task(), self.row());
        Some(About { reminder: &reminder, task: Some(&task), row: row.as_ref() }.standing())
    }

    /// A step, and what the engine adds to every command.
    fn take(&mut self, step: &Step) {
        let before = self.standing();
        match step.clone() {
            Step::Wait(minutes) => {
                self.now += minutes * MINUTE;
                return;
            }
            Step::Due(minutes) => {
                let due = |minutes| When::At(LocalTime::at(instant(self.now + minutes * MINUTE), Zone::UTC));
                let value = minutes.map_or_else(|| field::NULL.to_vec(), |minutes| field::encode_when(&due(minutes)));
                self.set(field::DUE, value);
            }
            Step::Done | Step::Reopen => {
                let status = if matches!(step, Step::Done) { "done" } else { "open" };
                let value = StatusValue { at: self.now, started_at: None, status: status.into() };
                self.set(field::STATUS, field::encode(&value));
            }
            Step::Ask => {
                let (task, reminder, row, context) = (self.task(), self.reminder(), self.row(), self.context());
                let about = reminder.as_ref().map(|reminder| About { reminder, task: Some(&task), row: row.as_ref() });
                let wanted = Wanted { spec: spec(), explicit: true };
                if let Ok(Some(changes)) = plan::make(&task, &wanted, about, context) {
                    self.merge(changes);
                }
            }
            Step::Snooze(minutes) => {
                let until = self.now + minutes * MINUTE;
                self.plan(|about, context| plan::snooze(about, until, context).unwrap_or_default());
            }
            Step::Cancel => self.plan(plan::cancel),
            Step::Retry => self.plan(|about, context| plan::retry(about, context).unwrap_or_default()),
            Step::See => self.plan(|about, context| plan::acknowledge(about, "seen", context)),
            Step::Deliver(outcome) => {
                self.deliver(&outcome);
                return;
            }
        }
        self.plan(|about, context| plan::passed(before.as_ref(), about, context));
    }

    /// The clock delivers only what is due.
    fn deliver(&mut self, outcome: &Outcome) {
        let Some(standing) = self.standing() else { return };
        let is_due = match standing.next {
            Next::At(at) => at <= self.now,
            Next::Channel => true,
            Next::Nothing => false,
        };
        if is_due {
            let slot = standing.slot.unwrap();
            self.plan(|about, context| plan::outcome(about, &slot, outcome, None, context));
        }
    }
}

/// How one instant in one round went.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slot {
    state: Option<State>,
    tries: u32,
    again: Option<i64>,
    held: bool,
}

/// The same in the plainest words.
#[derive(Default)]
struct Model {
    now: i64,
    due: Option<i64>,
    done: bool,
    made: bool,
    unwanted: bool,
    snooze: Option<(i64, i64)>,
    retry: Option<(i64, u32)>,
    slots: BTreeMap<(i64, u32), Slot>,
}

impl Model {
    fn meant(&self) -> Option<i64> {
        // Local times have whole seconds.
        self.due.map(|due| due.div_euclid(1_000) * 1_000 - BEFORE)
    }

    fn place(&self) -> Option<(i64, u32)> {
        let meant = self.meant()?;
        let at = self.snooze.filter(|(of, _)| *of == meant).map_or(meant, |(_, until)| until);
        Some((at, self.retry.filter(|(of, _)| *of == at).map_or(0, |(_, round)| round)))
    }

    fn slot(&mut self) -> Option<&mut Slot> {
        let place = self.place()?;
        Some(self.slots.entry(place).or_default())
    }

    fn look(&self) -> (State, Option<i64>) {
        let Some(place) = self.place() else { return (State::Cancelled, None) };
        let slot = self.slots.get(&place).copied().unwrap_or_default();
        match slot.state {
            Some(state) => (state, None),
            None if self.unwanted || self.done => (State::Cancelled, None),
            None if slot.held => (State::Pending, None),
            None => (State::Pending, Some(slot.again.unwrap_or(place.0))),
        }
    }

    fn take(&mut self, step: &Step) {
        let (state, next) = self.look();
        let (place, was) = (self.place(), (self.made, self.look(), self.place()));
        match step {
            Step::Wait(minutes) => {
                self.now += minutes * MINUTE;
                return;
            }
            Step::Due(minutes) => self.due = minutes.map(|minutes| self.now + minutes * MINUTE),
            Step::Done => self.done = true,
            Step::Reopen => self.done = false,
            Step::Ask => {
                let ahead = self.meant().is_some_and(|meant| meant > self.now);
                if ahead && !self.done && !(self.made && state == State::Pending) {
                    (self.made, self.unwanted, self.snooze) = (true, false, None);
                }
            }
            _ if !self.made => return,
            Step::Snooze(minutes) => {
                if let Some(meant) = self.meant().filter(|_| !self.done) {
                    if state == State::Sent {
                        self.slot().unwrap().state = Some(State::Acknowledged);
                    }
                    (self.snooze, self.unwanted) = (Some((meant, self.now + minutes * MINUTE)), false);
                }
            }
            Step::Cancel => self.unwanted |= !matches!(state, State::Sent | State::Acknowledged),
            Step::Retry => {
                if let Some((at, round)) = place.filter(|_| state == State::Failed && !self.done) {
                    self.retry = Some((at, round + 1));
                }
            }
            Step::See => {
                if state == State::Sent {
                    self.slot().unwrap().state = Some(State::Acknowledged);
                }
            }
            Step::Deliver(outcome) => {
                let held = self.slot().is_some_and(|slot| slot.held) && state == State::Pending;
                if held || next.is_some_and(|next| next <= self.now) {
                    let now = self.now;
                    self.slot().unwrap().went(outcome, now);
                }
                return;
            }
        }
        // What would come now although its instant is past, and was not to come before, does not come.
        let Some((at, round)) = self.place() else { return };
        let comes = self.made && self.look().0 == State::Pending;
        let same = was == (self.made, self.look(), self.place());
        if comes && !same && at <= self.now && round == 0 {
            self.slot().unwrap().state = Some(State::Cancelled);
        }
    }
}

impl Slot {
    fn went(&mut self, outcome: &Outcome, now: i64) {
        self.held = matches!(outcome, Outcome::Held { .. });
        match outcome {
            Outcome::Sent => self.state = Some(State::Sent),
            Outcome::Refused { .. } => self.state = Some(State::Failed),
            Outcome::Held { .. } => {}
            Outcome::Failed { .. } => {
                self.tries += 1;
                match self.tries {
                    1 => self.again = Some(now + 30_000),
                    2 => self.again = Some(now + 5 * MINUTE),
                    _ => self.state = Some(State::Failed),
                }
            }
        }
    }
}

#[test]
fn a_due_that_is_moved_to_where_the_reminder_was_put_off_until_leaves_it_to_come() {
    let mut replica = Replica { now: BEGIN, ..Replica::default() };
    replica.set(field::EXISTS, field::encode(&true));
    let put_off_until_24 = [Step::Due(Some(60)), Step::Ask, Step::Snooze(24), Step::Wait(53)];
    put_off_until_24.iter().for_each(|step| replica.take(step));
    let before = replica.standing().unwrap();
    replica.take(&Step::Due(Some(24 + 15 - 53)));
    let after = replica.standing().unwrap();
    assert_eq!((after.state, after.next), (State::Pending, Next::At(BEGIN + 24 * MINUTE)));
    assert_eq!(after.slot.unwrap().row, before.slot.unwrap().row);
}

/// What went wrong elsewhere: seconds for minutes, one that came again and again, or again with each start, and one that kept a
/// new due date from being told of.
#[test]
fn a_snooze_holds_once_for_as_long_as_it_says_and_for_no_other_due_date() {
    let Reaction::Snooze(length) = Reaction::SNOOZE else { panic!("a snooze") };
    assert_eq!(length, Duration::minutes(10));
    let mut replica = Replica { now: BEGIN, ..Replica::default() };
    replica.set(field::EXISTS, field::encode(&true));
    let steps = [Step::Due(Some(20)), Step::Ask, Step::Wait(5), Step::Deliver(Outcome::Sent), Step::Snooze(10)];
    steps.iter().for_each(|step| replica.take(step));
    let again = BEGIN + 15 * MINUTE;
    let next = |replica: &Replica| replica.standing().unwrap().next;
    assert_eq!(next(&replica), Next::At(again));
    replica.now = again - 1;
    replica.take(&Step::Deliver(Outcome::Sent));
    assert_eq!(next(&replica), Next::At(again), "not before");
    replica.now = again;
    replica.take(&Step::Deliver(Outcome::Sent));
    assert_eq!(next(&replica), Next::Nothing, "once, and nobody asked for more");
    // Another process reads what is there, an hour later.
    let mut started = Replica { now: again + 60 * MINUTE, ..Replica::default() };
    started.merge(replica.log.clone());
    assert_eq!(next(&started), Next::Nothing);
    // Put off for long, and then due at another time before that.
    started.take(&Step::Due(Some(60)));
    started.take(&Step::Snooze(39));
    started.take(&Step::Due(Some(30)));
    assert_eq!(next(&started), Next::At(started.now + 15 * MINUTE), "the new due date counts");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_registers_say_what_the_model_says(steps in proptest::collection::vec(step(), 1..60)) {
        let (mut replica, mut model) = (Replica { now: BEGIN, ..Replica::default() }, Model { now: BEGIN, ..Model::default() });
        replica.set(field::EXISTS, field::encode(&true));
        replica.set(field::TITLE, field::encode("call mom"));
        let first = [Step::Due(Some(60)), Step::Ask];
        for (at, step) in first.iter().chain(&steps).enumerate() {
            replica.take(step);
            model.take(step);
            let standing = replica.standing().unwrap_or(Standing { state: State::Cancelled, slot: None, why: None, next: Next::Nothing });
            let next = if let Next::At(at) = standing.next { Some(at) } else { None };
            let said = if model.made { model.look() } else { (State::Cancelled, None) };
            prop_assert_eq!((standing.state, next), said, "after {} {:?}", at, step);
        }
        // However the changes arrive, and however often, it is the same.
        let mut shuffled = replica.log.clone();
        shuffled.reverse();
        let mut other = Replica { now: replica.now, ..Replica::default() };
        other.merge(shuffled);
        other.merge(replica.log.clone());
        prop_assert_eq!(other.standing(), replica.standing());
    }

    #[test]
    fn an_instant_is_sent_once_whatever_happens(steps in proptest::collection::vec(step(), 1..80)) {
        let mut replica = Replica { now: BEGIN, ..Replica::default() };
        replica.set(field::EXISTS, field::encode(&true));
        let mut sent = BTreeMap::new();
        for step in [Step::Due(Some(60)), Step::Ask].iter().chain(&steps) {
            let before = replica.standing();
            replica.take(step);
            let after = replica.standing();
            let newly = |standing: &Standing| standing.state == State::Sent;
            if let (Step::Deliver(_), Some(standing)) = (step, after.filter(newly))
                && before.as_ref().is_some_and(|before| before.state != State::Sent)
            {
                *sent.entry(standing.slot.unwrap().row).or_insert(0) += 1;
            }
        }
        prop_assert!(sent.values().all(|times| *times == 1), "{sent:?}");
    }

    #[test]
    fn of_what_devices_say_about_a_row_the_higher_holds(said in proptest::collection::vec((0usize..5, 0u8..3, 1u64..50), 1..12)) {
        let mut replica = Replica { now: BEGIN, ..Replica::default() };
        replica.set(field::EXISTS, field::encode(&true));
        replica.take(&Step::Due(Some(1)));
        replica.take(&Step::Due(Some(60)));
        replica.take(&Step::Ask);
        let (reminder, slot) = (replica.reminder().unwrap(), replica.standing().unwrap().slot.unwrap());
        let mut row = Registers::default();
        let mut highest = State::Pending;
        for (state, device, hlc) in said {
            let state = State::ALL[state];
            highest = highest.max(state);
            let stamp = Stamp { hlc: Hlc::from_bits(hlc), device: DeviceId::from_bytes([device; 16]) };
            let set = |field, key: &[u8], value| Change { entity: slot.row.into(), field, key: key.to_vec(), value, stamp };
            row.merge(&set(tasks_domain::reminder::ledger::REMINDER, &[], field::encode_id(reminder.id.as_bytes())));
            row.merge(&set(tasks_domain::reminder::ledger::INSTANT, &[], field::encode(&slot.at_unix_ms)));
            let mark = tasks_domain::reminder::ledger::Mark::new(1, None);
            row.merge(&set(tasks_domain::reminder::ledger::STATE, state.as_str().as_bytes(), field::encode(&mark)));
        }
        prop_assert_eq!(Row::read(slot.row, &row).unwrap().state(), highest);
    }
}
