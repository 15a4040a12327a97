//! Reading: the queries of one account over one connection.

use crate::columns::{TASK, bytes16, class, registers, task_row};
use crate::error::store_error;
use crate::pending::PendingTerms;
use crate::through::read_through;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::cell::RefCell;
use std::ops::ControlFlow;
use tasks_domain::event::{Event, EventType};
use tasks_domain::filter::Need;
use tasks_domain::id::{AccountId, DeviceId, IdPrefix, OperationId, ReminderId, TaskId};
use tasks_domain::operation::Operation;
use tasks_domain::register::{DecodeError, EntityId, Kind, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_engine::store::{
    Alarm, Class, Counts, Link, Outbox, StoreError, StoreRead, Stretch, TaskRow, VisitAlarm, VisitEntity, VisitEvent,
    VisitOperation, VisitWhole,
};

/// The queries both a reader and a writer have, over whatever connection they have.
pub(crate) struct Queries<'a> {
    pub(crate) connection: &'a Connection,
    /// Row number of the account; `None` until anything was written for it.
    pub(crate) account: Option<i64>,
    /// What the account's row says besides.
    pub(crate) heads: Heads,
    pub(crate) device: DeviceId,
    /// Terms that are not written yet; of a writer's batch only.
    pub(crate) pending: Option<&'a PendingTerms>,
    /// Of a writer only, which alone knows when a row changes.
    pub(crate) known: Option<Known>,
}

/// The row of an entity that was read or written last. A command looks at the same one several times: whether it is there, what it
/// was, and how it stands in the end.
#[derive(Debug, Default)]
pub(crate) struct Known(RefCell<Option<Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    id: EntityId,
    /// Its number and registers, where there is a row.
    row: Option<(i64, Registers)>,
}

impl Known {
    fn of(&self, id: EntityId) -> Option<Kept> {
        self.0.borrow().as_ref().filter(|kept| kept.id == id).cloned()
    }

    /// From now on this is how it stands.
    fn keep(&self, id: EntityId, row: Option<(i64, Registers)>) {
        *self.0.borrow_mut() = Some(Kept { id, row });
    }
}

/// How far an account has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heads {
    /// The greatest hybrid time issued or seen, packed.
    pub(crate) hlc: i64,
    /// Number of the newest event; 0 before the first.
    pub(crate) events: i64,
}

/// A transaction that only reads: one consistent state until it is dropped.
pub(crate) struct SqliteRead<'a> {
    queries: Queries<'a>,
    _transaction: rusqlite::Transaction<'a>,
}

impl<'a> SqliteRead<'a> {
    pub(crate) fn begin(connection: &'a Connection, account: AccountId, device: DeviceId) -> Result<Self, StoreError> {
        // Deferred: takes the snapshot with the first read. Nothing else uses this connection meanwhile.
        let transaction = connection.unchecked_transaction().map_err(store_error)?;
        let (account, heads) = account_row(connection, account)?.unzip();
        let heads = heads.unwrap_or_default();
        Ok(Self {
            queries: Queries { connection, account, heads, device, pending: None, known: None },
            _transaction: transaction,
        })
    }
}

/// An account's row, if there is one: its number, and what else it says.
pub(crate) fn account_row(connection: &Connection, account: AccountId) -> Result<Option<(i64, Heads)>, StoreError> {
    let sql = "SELECT no, hlc, events FROM account WHERE id = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(store_error)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, Heads { hlc: row.get(1)?, events: row.get(2)? }));
    statement.query_row([account.as_bytes().as_slice()], read).optional().map_err(store_error)
}

impl Queries<'_> {
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        statement.query_row(params, read).optional().map_err(store_error)
    }

    pub(crate) fn walk(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        let mut rows = statement.query(params).map_err(store_error)?;
        while let Some(row) = rows.next().map_err(store_error)? {
            if visit(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What the first `most` rows say.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        most: usize,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        if most == 0 {
            return Ok(found);
        }
        self.walk(sql, params, &mut |row| {
            found.push(read(row)?);
            Ok(if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok(found)
    }
}

impl Queries<'_> {
    /// An entity's row: its number, and the registers.
    pub(crate) fn stored(&self, id: EntityId) -> Result<Option<(i64, Registers)>, StoreError> {
        if let Some(kept) = self.known.as_ref().and_then(|known| known.of(id)) {
            return Ok(kept.row);
        }
        let sql = "SELECT no, registers FROM entity WHERE account = ?1 AND kind = ?2 AND rid = ?3";
        let mut rid = id.id;
        rid.reverse();
        let read = |row: &Row<'_>| Ok(row.get(0).map_err(store_error).and_then(|no| Ok((no, registers(row, 1)?))));
        let stored = self.one(sql, params![self.account, id.kind.0, rid.as_slice()], read)?.transpose()?;
        self.remember(id, stored.clone());
        Ok(stored)
    }

    /// From now on an entity's row stands like this. Every statement that changes one or takes one away says so, or the next look would
    /// find it as it was.
    pub(crate) fn remember(&self, id: EntityId, row: Option<(i64, Registers)>) {
        if let Some(known) = &self.known {
            known.keep(id, row);
        }
    }
}

impl StoreRead for Queries<'_> {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn entity(&self, id: EntityId) -> Result<Option<Registers>, StoreError> {
        Ok(self.stored(id)?.map(|(_, registers)| registers))
    }

    fn task(&self, id: TaskId) -> Result<Option<TaskRow>, StoreError> {
        let sql = format!("SELECT {TASK} FROM entity WHERE account = ?1 AND kind = ?2 AND rid = ?3");
        let rid = id.reversed();
        self.one(&sql, params![self.account, Kind::TASK.0, rid.as_slice()], |row| Ok(task_row(row)))?.transpose()
    }

    fn task_with_number(&self, number: u32) -> Result<Option<TaskId>, StoreError> {
        let sql = "SELECT rid FROM entity WHERE account = ?1 AND number = ?2 AND class < ?3";
        let found =
            self.one(sql, params![self.account, number, Class::Gone as u8], |row| Ok(bytes16(row, 0)))?.transpose()?;
        Ok(found.map(TaskId::from_reversed))
    }

    fn number_of(&self, id: TaskId) -> Result<Option<u32>, StoreError> {
        let sql = "SELECT number FROM entity WHERE account = ?1 AND kind = ?2 AND rid = ?3 AND number_freed_at IS NULL";
        let found = self.one(sql, params![self.account, Kind::TASK.0, id.reversed().as_slice()], |row| row.get(0))?;
        Ok(found.flatten())
    }

    fn tasks_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<TaskId>, StoreError> {
        let sql = "SELECT rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid BETWEEN ?3 AND ?4 AND class < ?5 \
                   ORDER BY rid";
        let (low, high) = prefix.range();
        let params = params![self.account, Kind::TASK.0, low.as_slice(), high.as_slice(), Class::Gone as u8];
        self.first(sql, params, limit, |row| Ok(TaskId::from_reversed(bytes16(row, 0)?)))
    }

    fn neighbours(&self, id: TaskId) -> Result<(Option<TaskId>, Option<TaskId>), StoreError> {
        let side = |sql: &str| -> Result<Option<TaskId>, StoreError> {
            let rid = id.reversed();
            let params = params![self.account, Kind::TASK.0, rid.as_slice()];
            let found = self.one(sql, params, |row| Ok(bytes16(row, 0)))?.transpose()?;
            Ok(found.map(TaskId::from_reversed))
        };
        let before = "SELECT rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid < ?3 ORDER BY rid DESC LIMIT 1";
        let after = "SELECT rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid > ?3 ORDER BY rid LIMIT 1";
        Ok((side(before)?, side(after)?))
    }

    fn scan(&self, stretch: &Stretch, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.walk_stretch(stretch, None, visit)
    }

    fn each_of(&self, class: Class, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.walk_class(class, visit)
    }

    fn scan_rows(
        &self,
        stretch: &Stretch,
        rows: &[i64],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.walk_rows(stretch, rows, visit)
    }

    fn rows_with(&self, need: &Need, most: usize) -> Result<Option<Vec<i64>>, StoreError> {
        self.found_rows(need, most)
    }

    fn newest_with(&self, need: &Need, most: usize) -> Result<Vec<i64>, StoreError> {
        self.newest_rows(need, most)
    }

    fn terms(&self, from: &str, before: &str, most: usize) -> Result<Vec<String>, StoreError> {
        self.vocabulary(from, before, most)
    }

    fn all_tasks(&self, row: i64, visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>) -> Result<(), StoreError> {
        // The plus keeps SQLite from any index but the rows' own order.
        let sql = format!(
            "SELECT {TASK} FROM entity WHERE no > ?1 AND +account = ?2 AND +kind = ?3 AND +class < ?4 ORDER BY no"
        );
        let params = params![row, self.account, Kind::TASK.0, Class::Gone as u8];
        self.walk(&sql, params, &mut |row| Ok(visit(task_row(row)?)))
    }

    fn linked(&self, link: Link, target: TaskId) -> Result<Vec<(TaskId, Class)>, StoreError> {
        let sql = "SELECT rid, class FROM link JOIN entity ON entity.no = link.task \
                   WHERE link.account = ?1 AND link.kind = ?2 AND link.target = ?3 ORDER BY link.task";
        let mut found = Vec::new();
        self.walk(sql, params![self.account, link as u8, target.as_bytes().as_slice()], &mut |row| {
            found.push((TaskId::from_reversed(bytes16(row, 0)?), class(row, 1)?));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    fn parts(&self, link: Link, target: [u8; 16]) -> Result<Vec<EntityId>, StoreError> {
        self.parts_of(link, target)
    }

    fn entities_with_prefix(&self, kind: Kind, prefix: IdPrefix, limit: usize) -> Result<Vec<EntityId>, StoreError> {
        self.prefixed(kind, prefix, limit)
    }

    fn entities_beside(&self, id: EntityId) -> Result<(Option<EntityId>, Option<EntityId>), StoreError> {
        self.beside(id)
    }

    fn entities(&self, kind: Kind, visit: &mut VisitEntity<'_>) -> Result<(), StoreError> {
        self.of_kind(kind, visit)
    }

    fn alarms(&self, from: Alarm, until: Alarm, visit: &mut VisitAlarm<'_>) -> Result<(), StoreError> {
        self.alarms_between(from, until, visit)
    }

    fn has_links(&self, link: Link) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM link WHERE account = ?1 AND kind = ?2 LIMIT 1";
        Ok(self.one(sql, params![self.account, link as u8], |_| Ok(()))?.is_some())
    }

    fn numbered(&self, low: u32, high: u32, limit: usize) -> Result<Vec<TaskRow>, StoreError> {
        let sql = format!(
            "SELECT {TASK} FROM entity WHERE account = ?1 AND number BETWEEN ?2 AND ?3 \
             AND number_freed_at IS NULL ORDER BY number"
        );
        self.first(&sql, params![self.account, low, high], limit, task_row)
    }

    fn operation(&self, id: OperationId) -> Result<Option<(u64, Operation)>, StoreError> {
        self.operation_with(id)
    }

    fn operation_at(&self, stamp: Stamp) -> Result<Option<(u64, Operation)>, StoreError> {
        self.operation_stamped(stamp)
    }

    fn operations(
        &self,
        before_seq: Option<u64>,
        device: Option<DeviceId>,
        visit: &mut VisitOperation<'_>,
    ) -> Result<(), StoreError> {
        self.walk_log(before_seq, device, visit)
    }

    fn log(&self, visit: &mut VisitWhole<'_>) -> Result<(), StoreError> {
        self.walk_whole_log(visit)
    }

    fn operations_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<OperationId>, StoreError> {
        self.logged_with_prefix(prefix, limit)
    }

    fn operations_beside(&self, id: OperationId) -> Result<(Option<OperationId>, Option<OperationId>), StoreError> {
        self.logged_beside(id)
    }

    fn outbox(&self) -> Result<Outbox, StoreError> {
        let oldest = "SELECT seq FROM event WHERE account = ?1 ORDER BY seq LIMIT 1";
        let oldest: Option<i64> = self.one(oldest, params![self.account], |row| row.get(0))?;
        let newest = self.heads.events;
        let dropped = oldest.map_or(newest, |seq| seq - 1);
        Ok(Outbox { dropped: dropped.cast_unsigned(), newest: newest.cast_unsigned() })
    }

    fn events(&self, after: u64, visit: &mut VisitEvent<'_>) -> Result<(), StoreError> {
        let sql = "SELECT seq, id, type, task, operation, at_ms, hlc, reminder FROM event \
                   WHERE account = ?1 AND seq > ?2 ORDER BY seq";
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        self.walk(sql, params![self.account, after], &mut |row| {
            let name: String = row.get(2).map_err(store_error)?;
            let reminder = match row.get_ref(7).map_err(store_error)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(ReminderId::from_bytes(bytes16(row, 7)?)),
            };
            let event = Event {
                reminder,
                id: bytes16(row, 1)?,
                event_type: EventType::parse(&name).map_err(|error| DecodeError::new("an event", &error))?,
                task: TaskId::from_bytes(bytes16(row, 3)?),
                operation: OperationId::from_bytes(bytes16(row, 4)?),
                at_unix_ms: row.get(5).map_err(store_error)?,
                hlc: Hlc::from_bits(row.get::<_, i64>(6).map_err(store_error)?.cast_unsigned()),
            };
            Ok(visit(row.get::<_, i64>(0).map_err(store_error)?.cast_unsigned(), event))
        })
    }

    fn latest_hlc(&self) -> Result<Hlc, StoreError> {
        Ok(Hlc::from_bits(self.heads.hlc.cast_unsigned()))
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let live = "SELECT count(*) FROM entity WHERE account = ?1 AND class = ?2 AND class IS NOT NULL";
        let live: Option<i64> = self.one(live, params![self.account, Class::Live as u8], |row| row.get(0))?;
        let operations = "SELECT count(*) FROM operation WHERE account = ?1";
        let operations: Option<i64> = self.one(operations, params![self.account], |row| row.get(0))?;
        let count = |n: Option<i64>| n.unwrap_or(0).cast_unsigned();
        Ok(Counts { live: count(live), operations: count(operations) })
    }
}

read_through!(SqliteRead);
