//! What the engine needs of a store, and what a store must promise.
//!
//! A store keeps rows and decides nothing: which changes win, who may do what, which number a task gets are the engine's and the
//! domain's matters. Two stores differ in SQL only; both pass the suite in `conformance`.

use crate::error::EngineError;
pub use crate::error::StoreError;
use std::ops::ControlFlow;
use tasks_domain::event::Event;
use tasks_domain::filter::Need;
use tasks_domain::id::{AccountId, DeviceId, IdPrefix, OperationId, ReminderId, RuleId, TaskId};
use tasks_domain::operation::{Header, Operation};
use tasks_domain::register::{EntityId, Kind, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;
use tokio::sync::watch;

/// Most events in an outbox.
pub const EVENTS_MAX: u64 = 100_000;

/// Which listing a task belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// Open or started.
    Live = 0,
    /// Done.
    Done = 1,
    /// In the trash.
    Trash = 2,
    /// Its making was taken back.
    Gone = 3,
}

/// How one task can name another, or its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Link {
    /// It is a part of the other.
    Parent = 1,
    /// The other must end first.
    After = 2,
    /// A rule made it; see [`Link::target`].
    Rule = 3,
    /// A reminder: it belongs to the other.
    Reminder = 4,
    /// A row of the ledger: it is about the other, a reminder.
    Delivery = 5,
    /// A rule made it, and it is live.
    OpenOf = 6,
    /// A message: it was said in the other, a conversation.
    Message = 7,
    /// A conversation; all are linked to one id of zeros, by which they are found.
    Conversation = 8,
}

impl Link {
    /// A rule in the place of the task that is named: ids of both are as long, and the link says which is meant.
    pub fn target(rule: RuleId) -> TaskId {
        TaskId::from_bytes(*rule.as_bytes())
    }
}

/// When a reminder has something to do, as stores order them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// At this instant, in Unix milliseconds; at once when that is past.
    At(i64),
    /// All attempts failed: it waits for a person.
    Failed,
    /// It waits for a channel.
    Held,
}

impl Alarm {
    const FAILED: i64 = i64::MAX - 1;
    const HELD: i64 = i64::MAX;

    /// As a number that sorts instants first.
    pub fn code(self) -> i64 {
        match self {
            Self::At(at) => at.min(Self::FAILED - 1),
            Self::Failed => Self::FAILED,
            Self::Held => Self::HELD,
        }
    }

    /// From that number.
    pub fn from_code(code: i64) -> Self {
        match code {
            Self::FAILED => Self::Failed,
            Self::HELD => Self::Held,
            at => Self::At(at),
        }
    }
}

/// What a store keeps beside a task's registers, made from them; indexes, never the truth. See [`crate::index`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskIndex {
    /// Which listing.
    pub class: Class,
    /// [`tasks_domain::sort::due_sort`].
    pub due_sort: i64,
    /// [`tasks_domain::priority::Priority::rank`].
    pub priority_rank: u8,
    /// Links that it has no longer.
    pub unlinked: Vec<(Link, TaskId)>,
    /// Links that are new.
    pub linked: Vec<(Link, TaskId)>,
    /// [`tasks_domain::filter::terms`]; `None` when they are as the store has them already.
    pub terms: Option<String>,
}

/// A place in the default order of one class: right at the task it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// [`tasks_domain::sort::due_sort`] of the task.
    pub due_sort: i64,
    /// [`tasks_domain::priority::Priority::rank`] of the task.
    pub priority_rank: u8,
    /// What the store orders by after those: older tasks have lower ones.
    pub row: i64,
}

/// A part of the default order of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which tasks.
    pub class: Class,
    /// Least `due_sort`.
    pub due_from: i64,
    /// Greatest `due_sort`.
    pub due_until: i64,
    /// Only what comes after this place.
    pub after: Option<Place>,
}

impl Stretch {
    /// All tasks of a class.
    pub fn all(class: Class) -> Self {
        Self { class, due_from: i64::MIN, due_until: i64::MAX, after: None }
    }
}

/// One task as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// Which.
    pub id: TaskId,
    /// Its short number on this replica.
    pub number: Option<u32>,
    /// What its registers say.
    pub task: Task,
    /// Where it stands in the default order.
    pub place: Place,
}

/// How much an account holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tasks of [`Class::Live`].
    pub live: u64,
    /// Entries of the operation log.
    pub operations: u64,
}

/// Which events an account's outbox holds: those with numbers above `dropped`, up to `newest`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Greatest number that was taken away; 0 when none was.
    pub dropped: u64,
    /// Greatest number that was given; 0 before the first event.
    pub newest: u64,
}

impl Outbox {
    /// Whether everything behind number `after` is still there, and `after` is a number that was given.
    pub fn reaches(&self, after: u64) -> bool {
        (self.dropped..=self.newest).contains(&after)
    }
}

/// Called with an event and its number; breaks to end the walk.
pub type VisitEvent<'a> = dyn FnMut(u64, Event) -> ControlFlow<()> + 'a;

/// Called with a reminder and when it has something to do; breaks to end the walk.
pub type VisitAlarm<'a> = dyn FnMut(Alarm, ReminderId) -> ControlFlow<()> + 'a;

/// Called with an entity and its registers; breaks to end the walk.
pub type VisitEntity<'a> = dyn FnMut(EntityId, Registers) -> ControlFlow<()> + 'a;

/// Called with an operation's position, header and number of changes; breaks to end the walk.
pub type VisitOperation<'a> = dyn FnMut(u64, Header, u32) -> ControlFlow<()> + 'a;

/// Called with a whole operation; breaks to end the walk.
pub type VisitWhole<'a> = dyn FnMut(Operation) -> ControlFlow<()> + 'a;

/// One account at one moment.
///
/// All calls on one value see the same committed state (plus, in a [`StoreTxn`], what this transaction wrote). Reading never
/// waits for a writer and never writes.
pub trait StoreRead {
    /// The replica's own device.
    fn device(&self) -> DeviceId;
    /// The registers of an entity of any kind; `None` when nothing was ever written to it.
    fn entity(&self, id: EntityId) -> Result<Option<Registers>, StoreError>;
    /// A task as it is stored, of any class.
    fn task(&self, id: TaskId) -> Result<Option<TaskRow>, StoreError>;
    /// The task of any class but [`Class::Gone`] that has this short number: an ended one until another takes it.
    fn task_with_number(&self, number: u32) -> Result<Option<TaskId>, StoreError>;
    /// The short number of a live task; `None` once it is free for others.
    fn number_of(&self, id: TaskId) -> Result<Option<u32>, StoreError>;
    /// Tasks of any class but [`Class::Gone`] whose reversed id is in the prefix's range, at most `limit`, ordered by it.
    fn tasks_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<TaskId>, StoreError>;
    /// The tasks of any class right before and after `id`, by reversed id.
    fn neighbours(&self, id: TaskId) -> Result<(Option<TaskId>, Option<TaskId>), StoreError>;
    /// Walks a stretch by `due_sort`, then priority (highest first), then age, until `visit` breaks.
    fn scan(&self, stretch: &Stretch, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError>;
    /// Walks all tasks of a class until `visit` breaks, in no order that means anything: cheaper than [`StoreRead::scan`] for whoever
    /// looks at every one.
    fn each_of(&self, class: Class, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError>;
    /// A scan of those of the stretch that are among `rows`, as [`StoreRead::rows_with`] tells them.
    fn scan_rows(
        &self,
        stretch: &Stretch,
        rows: &[i64],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;
    /// The rows, as [`Place::row`], ascending, of tasks whose terms are as needed. More than those may be told, also of other
    /// accounts; none is left out. `None` when they are more than `most`: then a walk meets enough of them.
    fn rows_with(&self, need: &Need, most: usize) -> Result<Option<Vec<i64>>, StoreError>;
    /// The same, newest first, as many as there are up to `most`.
    fn newest_with(&self, need: &Need, most: usize) -> Result<Vec<i64>, StoreError>;
    /// Terms in the order of their bytes, from `from` up to and without `before`, at most `most`. Terms of other accounts, and
    /// some that no task has any more, may be among them.
    fn terms(&self, from: &str, before: &str, most: usize) -> Result<Vec<String>, StoreError>;
    /// Walks the tasks of every class but [`Class::Gone`] in the order in which they came here, from right behind `row` (a
    /// [`Place::row`]; 0 for the first), until `visit` breaks.
    fn all_tasks(&self, row: i64, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError>;
    /// The tasks that have this link to `target`, with their classes; gone ones too.
    fn linked(&self, link: Link, target: TaskId) -> Result<Vec<(TaskId, Class)>, StoreError>;
    /// The entities of other kinds than tasks that have this link to the entity `target`, oldest first.
    fn parts(&self, link: Link, target: [u8; 16]) -> Result<Vec<EntityId>, StoreError>;
    /// Entities of that kind whose reversed id is in the prefix's range, at most `limit`, ordered by it.
    fn entities_with_prefix(&self, kind: Kind, prefix: IdPrefix, limit: usize) -> Result<Vec<EntityId>, StoreError>;
    /// The entities of that kind right before and after `id`, by reversed id.
    fn entities_beside(&self, id: EntityId) -> Result<(Option<EntityId>, Option<EntityId>), StoreError>;
    /// Walks the entities of a kind, newest first, until `visit` breaks.
    fn entities(&self, kind: Kind, visit: &mut VisitEntity<'_>) -> Result<(), StoreError>;
    /// Walks the alarms from one up to another, both included, in their order, until `visit` breaks. Costs what it visits.
    fn alarms(&self, from: Alarm, until: Alarm, visit: &mut VisitAlarm<'_>) -> Result<(), StoreError>;
    /// Whether any entity has such a link.
    fn has_links(&self, link: Link) -> Result<bool, StoreError>;
    /// Live tasks whose short number is in the range, both ends included, lowest first, at most `limit`.
    fn numbered(&self, low: u32, high: u32, limit: usize) -> Result<Vec<TaskRow>, StoreError>;
    /// An operation with its position in the log.
    fn operation(&self, id: OperationId) -> Result<Option<(u64, Operation)>, StoreError>;
    /// The operation whose changes have this stamp, with its position in the log.
    fn operation_at(&self, stamp: Stamp) -> Result<Option<(u64, Operation)>, StoreError>;
    /// Walks the log from the newest entry (or from right before `before_seq`) back, of one device or all, until `visit` breaks.
    fn operations(
        &self,
        before_seq: Option<u64>,
        device: Option<DeviceId>,
        visit: &mut VisitOperation<'_>,
    ) -> Result<(), StoreError>;
    /// Walks the log of all devices from the newest entry back, with what each changed, until `visit` breaks. `visit` may read.
    fn log(&self, visit: &mut VisitWhole<'_>) -> Result<(), StoreError>;
    /// Operations whose reversed id is in the prefix's range, at most `limit`.
    fn operations_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<OperationId>, StoreError>;
    /// The operations right before and after `id`, by reversed id.
    fn operations_beside(&self, id: OperationId) -> Result<(Option<OperationId>, Option<OperationId>), StoreError>;
    /// Which events there are.
    fn outbox(&self) -> Result<Outbox, StoreError>;
    /// Walks the outbox in the order of commits from right behind number `after`, until `visit` breaks.
    fn events(&self, after: u64, visit: &mut VisitEvent<'_>) -> Result<(), StoreError>;
    /// The greatest hybrid time this replica has issued or seen.
    fn latest_hlc(&self) -> Result<Hlc, StoreError>;
    /// How much there is.
    fn counts(&self) -> Result<Counts, StoreError>;
}

/// A transaction that writes one account. Synchronous; isolated from all others (serialisable); all or nothing.
pub trait StoreTxn: StoreRead {
    /// The same, for functions that only read.
    fn as_read(&self) -> &dyn StoreRead;
    /// Replaces an entity's registers. `index` for tasks only.
    fn put_entity(&mut self, id: EntityId, registers: &Registers, index: Option<&TaskIndex>) -> Result<(), StoreError>;
    /// Says that a stored entity of another kind than a task has this link to the entity `target`, for ever.
    fn link_part(&mut self, id: EntityId, link: Link, target: [u8; 16]) -> Result<(), StoreError>;
    /// Sets when a stored reminder has something to do; `None` for never. [`StoreTxn::put_entity`] forgets it.
    fn set_alarm(&mut self, id: ReminderId, alarm: Option<Alarm>) -> Result<(), StoreError>;
    /// Appends to the log and returns the position. The operation's id must be new.
    fn append_operation(&mut self, operation: &Operation) -> Result<u64, StoreError>;
    /// Appends to the outbox, in order, numbered on from the newest without gaps; the number of the last one.
    fn append_events(&mut self, events: &[Event]) -> Result<u64, StoreError>;
    /// Takes the events with numbers up to `through` out of the outbox, the `limit` oldest of them at most; how many that were.
    fn drop_events(&mut self, through: u64, limit: usize) -> Result<usize, StoreError>;
    /// Takes an entity that is no task away, with its only link, which is to `target`.
    fn drop_part(&mut self, id: EntityId, link: Link, target: [u8; 16]) -> Result<(), StoreError>;
    /// Takes entries out of the log, oldest first, until one is not before `before` or `limit` are gone; how many that were.
    fn drop_operations(&mut self, before: Hlc, limit: usize) -> Result<usize, StoreError>;
    /// Remembers the greatest hybrid time.
    fn set_latest_hlc(&mut self, hlc: Hlc) -> Result<(), StoreError>;
    /// Gives a stored task without number the lowest that was never taken, or was freed at or before `freed_before_unix_ms`.
    fn take_number(&mut self, id: TaskId, freed_before_unix_ms: i64) -> Result<u32, StoreError>;
    /// Marks a task's number as free from then on; it keeps it until another takes it.
    fn free_number(&mut self, id: TaskId, at_unix_ms: i64) -> Result<(), StoreError>;
    /// Marks a task's number, which no other took, as in use again; `None` when it has none any more.
    fn resume_number(&mut self, id: TaskId) -> Result<Option<u32>, StoreError>;
}

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<T> {
    /// Keep what it wrote.
    Commit(T),
    /// Forget what it wrote.
    RollBack(T),
}

/// Holds accounts.
///
/// Promises: when [`Store::write`] answers, what was committed survives the loss of power. Transactions of one account happen
/// one after the other; many may share one sync of the disk. A job that fails or rolls back leaves nothing. A job may be run
/// again from the start, so it must have no other effects. When memory for waiting requests is used up, requests fail with
/// [`StoreError::Busy`], never wait without bound.
pub trait Store: Send + Sync + 'static {
    /// Runs a job in a transaction that may write.
    fn write<T, J>(&self, account: AccountId, job: J) -> impl Future<Output = Result<T, EngineError>> + Send
    where
        T: Send + 'static,
        J: FnMut(&mut dyn StoreTxn) -> Result<Verdict<T>, EngineError> + Send + 'static;

    /// Runs a job over one consistent state.
    fn read<T, J>(&self, account: AccountId, job: J) -> impl Future<Output = Result<T, EngineError>> + Send
    where
        T: Send + 'static,
        J: FnMut(&dyn StoreRead) -> Result<T, EngineError> + Send + 'static;

    /// The number of the account's newest event, told after every commit that appended some; a hint, for whoever waits.
    ///
    /// Before the first such commit since somebody asked it is 0, whatever the outbox holds. Closes with the store.
    fn commits(&self, account: AccountId) -> watch::Receiver<u64>;

    /// Changes after every commit that set an alarm; the number says nothing. Closes with the store.
    fn alarms(&self, account: AccountId) -> watch::Receiver<u64>;
}
