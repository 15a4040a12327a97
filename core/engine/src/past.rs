//! What the replica held at an earlier moment: the log's operations after it are taken off again, newest first, each register
//! getting back what it replaced. Everything that reads then reads this as it reads the present.

use crate::error::EngineError;
use crate::index;
use crate::store::{
    Alarm, Class, Counts, Link, Outbox, Place, StoreError, StoreRead, Stretch, TaskRow, VisitAlarm, VisitEntity,
    VisitEvent, VisitOperation, VisitWhole,
};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::filter::Need;
use tasks_domain::id::{DeviceId, IdPrefix, OperationId, TaskId};
use tasks_domain::operation::Operation;
use tasks_domain::register::{EntityId, Kind, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_domain::task::Task;

/// Most entities that may differ from the present: what they were is held in memory.
const ENTITIES_MAX: usize = 100_000;

/// Reads at the moment, or now without one.
pub(crate) fn at<T>(
    tx: &dyn StoreRead,
    moment_unix_ms: Option<i64>,
    read: impl FnOnce(&dyn StoreRead) -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    match moment_unix_ms {
        None => read(tx),
        Some(moment) => read(&Then::at(tx, moment)?),
    }
}

/// A task that differs from what it is now.
struct Changed {
    class: Class,
    place: Place,
    number: Option<u32>,
    links: Vec<(Link, TaskId)>,
}

/// The state of a store at an earlier moment.
struct Then<'a> {
    now: &'a dyn StoreRead,
    /// What differs, encoded: there may be many.
    entities: HashMap<EntityId, Vec<u8>>,
    /// The rows that differing tasks have now, with their numbers.
    rows: HashMap<TaskId, (i64, Option<u32>)>,
    tasks: BTreeMap<TaskId, Changed>,
    /// The tasks of each class in the default order.
    order: BTreeMap<(Class, Key), TaskId>,
}

/// Called with a row; breaks to end a walk.
type Visit<'a> = dyn FnMut(TaskRow) -> ControlFlow<()> + 'a;

/// A place as it is ordered.
type Key = (i64, i64, i64);

fn key(place: &Place) -> Key {
    (place.due_sort, -i64::from(place.priority_rank), place.row)
}

impl<'a> Then<'a> {
    fn at(now: &'a dyn StoreRead, moment_unix_ms: i64) -> Result<Self, EngineError> {
        let mut then = Self {
            now,
            entities: HashMap::new(),
            rows: HashMap::new(),
            tasks: BTreeMap::new(),
            order: BTreeMap::new(),
        };
        let (mut oldest, mut reached, mut failed) = (None, false, None);
        // Newest first, in the order in which this replica applied them.
        now.log(&mut |operation| {
            oldest = Some(operation.header.at_unix_ms);
            reached = operation.header.at_unix_ms <= moment_unix_ms;
            if !reached {
                failed = then.take_off(&operation).err();
            }
            if reached || failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        match (failed, oldest) {
            (Some(error), _) => Err(error),
            (None, Some(begins_unix_ms)) if !reached => Err(Error::BeforeHistory { begins_unix_ms }.into()),
            (None, _) => {
                then.index()?;
                Ok(then)
            }
        }
    }

    fn take_off(&mut self, operation: &Operation) -> Result<(), EngineError> {
        let mut touched: BTreeMap<EntityId, Registers> = BTreeMap::new();
        for (change, replaced) in operation.changes.iter().rev() {
            let registers = match touched.entry(change.entity) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(self.as_taken_off_so_far(change.entity)?),
            };
            registers.take_off(change, replaced.as_ref());
        }
        for (entity, registers) in touched {
            self.entities.insert(entity, registers.encode());
        }
        if self.entities.len() > ENTITIES_MAX {
            return Err(Error::TooFarBack { most: ENTITIES_MAX }.into());
        }
        Ok(())
    }

    fn as_taken_off_so_far(&mut self, entity: EntityId) -> Result<Registers, EngineError> {
        if let Some(bytes) = self.entities.get(&entity) {
            return Ok(Registers::decode(bytes).map_err(StoreError::from)?);
        }
        // Both at once, while the pages they stand on are at hand.
        if let Some(row) = entity.task().map(|id| self.now.task(id)).transpose()?.flatten() {
            self.rows.insert(row.id, (row.place.row, row.number));
        }
        Ok(self.now.entity(entity)?.unwrap_or_default())
    }

    /// Finds out where the tasks stood.
    fn index(&mut self) -> Result<(), EngineError> {
        for (entity, bytes) in &self.entities {
            let Some(id) = entity.task() else { continue };
            // A row of the present: what is there now was there, or came after the moment.
            let Some((row, number)) = self.rows.get(&id).copied() else { continue };
            let index = index::of(None, &Task::decode(id, bytes).map_err(StoreError::from)?);
            let place = Place { due_sort: index.due_sort, priority_rank: index.priority_rank, row };
            self.order.insert((index.class, key(&place)), id);
            let changed = Changed { class: index.class, place, number, links: index.linked };
            self.tasks.insert(id, changed);
        }
        Ok(())
    }

    fn row(&self, id: TaskId, changed: &Changed) -> Result<TaskRow, StoreError> {
        let task = match self.entities.get(&id.into()) {
            Some(bytes) => Task::decode(id, bytes)?,
            None => Task::read(id, &Registers::default()),
        };
        Ok(TaskRow { id, number: changed.number, task, place: changed.place })
    }

    /// Those that differ and lie in the stretch, in order.
    fn differing(&self, stretch: &Stretch) -> impl Iterator<Item = (Key, TaskId)> {
        let class = stretch.class;
        let least = (stretch.due_from, i64::MIN, i64::MIN);
        let after = stretch.after.as_ref().map(key);
        let most = (stretch.due_until, i64::MAX, i64::MAX);
        let range = self.order.range((class, after.unwrap_or(least).max(least))..=(class, most));
        range.map(|((_, key), id)| (*key, *id)).filter(move |(key, _)| after.is_none_or(|after| *key > after))
    }

    /// Visits the rows that `walk` finds in the present and that are as they were, and between them those that were otherwise.
    fn merged(
        &self,
        stretch: &Stretch,
        walk: &dyn Fn(&mut Visit<'_>) -> Result<(), StoreError>,
        visit: &mut Visit<'_>,
    ) -> Result<(), StoreError> {
        if stretch.due_from > stretch.due_until {
            return Ok(());
        }
        self.between(self.differing(stretch), &|row| key(&row.place), walk, visit)
    }

    /// `differing` is in the order that `place` tells of the rows of the walk.
    fn between(
        &self,
        differing: impl Iterator<Item = (Key, TaskId)>,
        place: &dyn Fn(&TaskRow) -> Key,
        walk: &dyn Fn(&mut Visit<'_>) -> Result<(), StoreError>,
        visit: &mut Visit<'_>,
    ) -> Result<(), StoreError> {
        let mut differing = differing.peekable();
        let mut ended: Result<ControlFlow<()>, StoreError> = Ok(ControlFlow::Continue(()));
        let mut before = |limit: Option<Key>, visit: &mut Visit<'_>| -> Result<_, StoreError> {
            while let Some((_, id)) = differing.next_if(|(key, _)| limit.is_none_or(|limit| *key < limit)) {
                let Some(changed) = self.tasks.get(&id) else { continue };
                if visit(self.row(id, changed)?).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        };
        walk(&mut |row| {
            if self.tasks.contains_key(&row.id) {
                return ControlFlow::Continue(());
            }
            ended = before(Some(place(&row)), visit);
            if matches!(ended, Ok(ControlFlow::Continue(()))) {
                ended = Ok(visit(row));
            }
            if matches!(ended, Ok(ControlFlow::Continue(()))) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        if ended?.is_continue() {
            _ = before(None, visit)?;
        }
        Ok(())
    }
}

impl StoreRead for Then<'_> {
    fn device(&self) -> DeviceId {
        self.now.device()
    }

    fn entity(&self, id: EntityId) -> Result<Option<Registers>, StoreError> {
        match self.entities.get(&id) {
            Some(bytes) => Ok(Some(Registers::decode(bytes)?).filter(|registers| !registers.is_empty())),
            None => self.now.entity(id),
        }
    }

    fn entities(&self, kind: Kind, visit: &mut VisitEntity<'_>) -> Result<(), StoreError> {
        let mut failed = None;
        self.now.entities(kind, &mut |id, registers| {
            let then = match self.entities.get(&id).map(|bytes| Registers::decode(bytes)).transpose() {
                Ok(then) => then.unwrap_or(registers),
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            };
            if then.is_empty() { ControlFlow::Continue(()) } else { visit(id, then) }
        })?;
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    fn task(&self, id: TaskId) -> Result<Option<TaskRow>, StoreError> {
        match self.tasks.get(&id) {
            Some(changed) => self.row(id, changed).map(Some),
            None => self.now.task(id),
        }
    }

    fn task_with_number(&self, number: u32) -> Result<Option<TaskId>, StoreError> {
        self.now.task_with_number(number)
    }

    fn number_of(&self, id: TaskId) -> Result<Option<u32>, StoreError> {
        self.now.number_of(id)
    }

    fn tasks_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<TaskId>, StoreError> {
        let (low, high) = prefix.range();
        let mut found = self.now.tasks_with_prefix(prefix, limit.saturating_add(self.tasks.len()))?;
        found.retain(|id| !self.tasks.contains_key(id));
        let there = self
            .tasks
            .iter()
            .filter(|(id, changed)| changed.class != Class::Gone && (low..=high).contains(&id.reversed()));
        found.extend(there.map(|(id, _)| *id));
        found.sort_by_key(TaskId::reversed);
        found.truncate(limit);
        Ok(found)
    }

    fn neighbours(&self, id: TaskId) -> Result<(Option<TaskId>, Option<TaskId>), StoreError> {
        self.now.neighbours(id)
    }

    fn scan(&self, stretch: &Stretch, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.merged(stretch, &|each| self.now.scan(stretch, each), visit)
    }

    fn each_of(&self, class: Class, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.scan(&Stretch::all(class), visit)
    }

    fn scan_rows(
        &self,
        stretch: &Stretch,
        rows: &[i64],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.merged(stretch, &|each| self.now.scan_rows(stretch, rows, each), visit)
    }

    /// By the terms of the present; those that were otherwise are visited whatever these say.
    fn rows_with(&self, need: &Need, most: usize) -> Result<Option<Vec<i64>>, StoreError> {
        self.now.rows_with(need, most)
    }

    fn all_tasks(&self, row: i64, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        let differing =
            self.tasks.iter().filter(|(_, changed)| changed.class != Class::Gone && changed.place.row > row);
        let by_row: BTreeMap<Key, TaskId> = differing.map(|(id, changed)| ((changed.place.row, 0, 0), *id)).collect();
        let place = |row: &TaskRow| (row.place.row, 0, 0);
        self.between(by_row.into_iter(), &place, &|each| self.now.all_tasks(row, each), visit)
    }

    fn newest_with(&self, need: &Need, most: usize) -> Result<Vec<i64>, StoreError> {
        self.now.newest_with(need, most)
    }

    fn terms(&self, from: &str, before: &str, most: usize) -> Result<Vec<String>, StoreError> {
        self.now.terms(from, before, most)
    }

    fn linked(&self, link: Link, target: TaskId) -> Result<Vec<(TaskId, Class)>, StoreError> {
        let mut found = self.now.linked(link, target)?;
        found.retain(|(id, _)| !self.tasks.contains_key(id));
        let linked = self.tasks.iter().filter(|(_, changed)| changed.links.contains(&(link, target)));
        found.extend(linked.map(|(id, changed)| (*id, changed.class)));
        Ok(found)
    }

    fn parts(&self, link: Link, target: [u8; 16]) -> Result<Vec<EntityId>, StoreError> {
        self.now.parts(link, target)
    }

    fn entities_with_prefix(&self, kind: Kind, prefix: IdPrefix, limit: usize) -> Result<Vec<EntityId>, StoreError> {
        self.now.entities_with_prefix(kind, prefix, limit)
    }

    fn entities_beside(&self, id: EntityId) -> Result<(Option<EntityId>, Option<EntityId>), StoreError> {
        self.now.entities_beside(id)
    }

    fn alarms(&self, from: Alarm, until: Alarm, visit: &mut VisitAlarm<'_>) -> Result<(), StoreError> {
        self.now.alarms(from, until, visit)
    }

    fn has_links(&self, link: Link) -> Result<bool, StoreError> {
        let differs = self.tasks.values().any(|changed| changed.links.iter().any(|(kind, _)| *kind == link));
        Ok(differs || self.now.has_links(link)?)
    }

    fn numbered(&self, low: u32, high: u32, limit: usize) -> Result<Vec<TaskRow>, StoreError> {
        let then = |row: TaskRow| match self.tasks.get(&row.id) {
            Some(changed) => self.row(row.id, changed),
            None => Ok(row),
        };
        self.now.numbered(low, high, limit)?.into_iter().map(then).collect()
    }

    fn operation(&self, id: OperationId) -> Result<Option<(u64, Operation)>, StoreError> {
        self.now.operation(id)
    }

    fn operation_at(&self, stamp: Stamp) -> Result<Option<(u64, Operation)>, StoreError> {
        self.now.operation_at(stamp)
    }

    fn operations(
        &self,
        before_seq: Option<u64>,
        device: Option<DeviceId>,
        visit: &mut VisitOperation<'_>,
    ) -> Result<(), StoreError> {
        self.now.operations(before_seq, device, visit)
    }

    fn log(&self, visit: &mut VisitWhole<'_>) -> Result<(), StoreError> {
        self.now.log(visit)
    }

    fn operations_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<OperationId>, StoreError> {
        self.now.operations_with_prefix(prefix, limit)
    }

    fn operations_beside(&self, id: OperationId) -> Result<(Option<OperationId>, Option<OperationId>), StoreError> {
        self.now.operations_beside(id)
    }

    fn outbox(&self) -> Result<Outbox, StoreError> {
        self.now.outbox()
    }

    fn events(&self, after: u64, visit: &mut VisitEvent<'_>) -> Result<(), StoreError> {
        self.now.events(after, visit)
    }

    fn latest_hlc(&self) -> Result<Hlc, StoreError> {
        self.now.latest_hlc()
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        self.now.counts()
    }
}
