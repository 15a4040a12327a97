//! Writing: the transaction of one request, inside the writer's batch.

use crate::error::store_error;
use crate::pending::{self, PendingTerms};
use crate::read::{Heads, Known, Queries, account_row};
use crate::through::read_through;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::ops::ControlFlow;
use tasks_domain::event::Event;
use tasks_domain::filter::Need;
use tasks_domain::id::{AccountId, DeviceId, IdPrefix, OperationId, ReminderId, TaskId};
use tasks_domain::operation::{Operation, encode_changes};
use tasks_domain::register::{EntityId, Kind, Registers};
use tasks_domain::stamp::{Hlc, Stamp};
use tasks_engine::store::{
    Alarm, Class, Counts, Link, Outbox, StoreError, StoreRead, StoreTxn, Stretch, TaskIndex, TaskRow, VisitAlarm,
    VisitEntity, VisitEvent, VisitOperation, VisitWhole,
};

/// One savepoint of the writer's transaction.
pub(crate) struct SqliteTxn<'a> {
    pub(crate) queries: Queries<'a>,
    /// What the last look for a free number found: none that was freed up to then, and the number behind the highest.
    no_free: Option<(i64, u32)>,
    /// The number of the newest event that was appended here.
    pub(crate) appended: Option<u64>,
    /// What the account's row says in the database; what it is to say is in `queries`.
    stored: Heads,
    /// An alarm was set here.
    pub(crate) alarmed: bool,
}

impl<'a> SqliteTxn<'a> {
    /// Without `pending`, terms are written at once.
    pub(crate) fn new(connection: &'a Connection, device: DeviceId, pending: Option<&'a PendingTerms>) -> Self {
        let heads = Heads::default();
        let queries = Queries { connection, account: None, heads, device, pending, known: Some(Known::default()) };
        Self { no_free: None, queries, appended: None, stored: heads, alarmed: false }
    }

    /// Sets the account that everything from now on is about; makes its row when it is new.
    pub(crate) fn enter(&mut self, account: AccountId) -> Result<(), StoreError> {
        let known = account_row(self.queries.connection, account)?;
        let (no, heads) = if let Some(known) = known {
            known
        } else {
            self.run("INSERT INTO account (id) VALUES (?1)", [account.as_bytes().as_slice()])?;
            (self.queries.connection.last_insert_rowid(), Heads::default())
        };
        (self.queries.account, self.queries.heads, self.stored) = (Some(no), heads, heads);
        Ok(())
    }

    /// Writes down how far the account has come. Called once, when all else of the request is written.
    pub(crate) fn finish(&self) -> Result<(), StoreError> {
        let heads = self.queries.heads;
        if heads != self.stored {
            let sql = "UPDATE account SET hlc = ?2, events = ?3 WHERE no = ?1";
            self.run(sql, params![self.queries.account, heads.hlc, heads.events])?;
        }
        Ok(())
    }

    /// Writes what lies in other tables than the entity's own row.
    pub(crate) fn put_index(&self, no: i64, is_new: bool, index: &TaskIndex) -> Result<(), StoreError> {
        let links = |sql: &str, links: &[(Link, TaskId)]| {
            links.iter().try_for_each(|(link, target)| {
                let target = target.as_bytes().as_slice();
                self.run(sql, params![self.queries.account, *link as u8, target, no]).map(|_| ())
            })
        };
        links("DELETE FROM link WHERE account = ?1 AND kind = ?2 AND target = ?3 AND task = ?4", &index.unlinked)?;
        links("INSERT OR IGNORE INTO link (account, kind, target, task) VALUES (?1, ?2, ?3, ?4)", &index.linked)?;
        if let Some(terms) = &index.terms {
            let connection = self.queries.connection;
            match self.queries.pending {
                Some(pending) => pending.say(connection, no, is_new, terms),
                None => pending::put(connection, no, is_new, terms),
            }
            .map_err(store_error)?;
        }
        Ok(())
    }

    /// The lowest number that rested long enough, taken from whoever had it; else the one behind the highest.
    fn lowest_number(&mut self, freed_before_unix_ms: i64) -> Result<u32, StoreError> {
        let connection = self.queries.connection;
        let account = self.queries.account;
        // The walk passes only numbers freed in the last day before it finds the lowest that rested long enough.
        let rested = "SELECT number FROM entity \
                      WHERE account = ?1 AND number_freed_at IS NOT NULL AND number_freed_at <= ?2 \
                      ORDER BY number LIMIT 1";
        let mut statement = connection.prepare_cached(rested).map_err(store_error)?;
        let free: Option<u32> = statement
            .query_row(params![account, freed_before_unix_ms], |row| row.get(0))
            .optional()
            .map_err(store_error)?;
        if let Some(number) = free {
            let sql = "UPDATE entity SET number = NULL, number_freed_at = NULL WHERE account = ?1 AND number = ?2";
            self.run(sql, params![account, number])?;
            self.no_free = None;
            return Ok(number);
        }
        let highest =
            "SELECT number FROM entity WHERE account = ?1 AND number IS NOT NULL ORDER BY number DESC LIMIT 1";
        let mut statement = connection.prepare_cached(highest).map_err(store_error)?;
        let highest: Option<u32> = statement.query_row([account], |row| row.get(0)).optional().map_err(store_error)?;
        let next = highest.unwrap_or(0).saturating_add(1);
        self.no_free = Some((freed_before_unix_ms, next));
        Ok(next)
    }

    pub(crate) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        let mut statement = self.queries.connection.prepare_cached(sql).map_err(store_error)?;
        statement.execute(params).map_err(store_error)
    }
}

read_through!(SqliteTxn);

impl StoreTxn for SqliteTxn<'_> {
    fn as_read(&self) -> &dyn StoreRead {
        self
    }

    fn put_entity(&mut self, id: EntityId, registers: &Registers, index: Option<&TaskIndex>) -> Result<(), StoreError> {
        let mut rid = id.id;
        rid.reverse();
        let account = self.queries.account;
        let known = self.queries.stored(id)?.map(|(no, _)| no);
        let (class, due_sort) = (index.map(|i| i.class as u8), index.map(|i| i.due_sort));
        // It ascends where priority descends, so that one index serves the default order.
        let importance = index.map(|i| -i64::from(i.priority_rank));
        let encoded = registers.encode();
        // One row and nothing else a statement: for one that may fail halfway (an upsert, one with RETURNING) SQLite begins a
        // savepoint of its own.
        let no = if let Some(no) = known {
            let sql = "UPDATE entity SET registers = ?2, class = ?3, due_sort = ?4, importance = ?5 WHERE no = ?1";
            self.run(sql, params![no, encoded, class, due_sort, importance])?;
            no
        } else {
            let sql = "INSERT INTO entity (account, kind, rid, registers, class, due_sort, importance) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            self.run(sql, params![account, id.kind.0, rid.as_slice(), encoded, class, due_sort, importance])?;
            self.queries.connection.last_insert_rowid()
        };
        self.queries.remember(id, Some((no, registers.clone())));
        index.map_or(Ok(()), |index| self.put_index(no, known.is_none(), index))
    }

    fn link_part(&mut self, id: EntityId, link: Link, target: [u8; 16]) -> Result<(), StoreError> {
        self.put_link(id, link, target)
    }

    fn drop_part(&mut self, id: EntityId, link: Link, target: [u8; 16]) -> Result<(), StoreError> {
        let account = self.queries.account;
        let Some((no, _)) = self.queries.stored(id)? else { return Ok(()) };
        self.queries.remember(id, None);
        let unlink = "DELETE FROM link WHERE account = ?1 AND kind = ?2 AND target = ?3 AND task = ?4";
        self.run(unlink, params![account, link as u8, target.as_slice(), no])?;
        self.run("DELETE FROM entity WHERE no = ?1", params![no])?;
        Ok(())
    }

    fn set_alarm(&mut self, id: ReminderId, alarm: Option<Alarm>) -> Result<(), StoreError> {
        self.put_alarm(id, alarm)
    }

    fn append_operation(&mut self, operation: &Operation) -> Result<u64, StoreError> {
        let header = &operation.header;
        let sql = "INSERT INTO operation (account, rid, device, hlc, at_ms, reason, target, command, confidence, count, changes) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let target = header.reason.target();
        self.run(
            sql,
            params![
                self.queries.account,
                header.id.reversed().as_slice(),
                header.device.as_bytes().as_slice(),
                header.hlc.bits().cast_signed(),
                header.at_unix_ms,
                header.reason.code(),
                target.as_ref().map(|id| id.as_bytes().as_slice()),
                header.command,
                header.confidence,
                operation.changes.len() as u32,
                encode_changes(&operation.changes),
            ],
        )?;
        Ok(self.queries.connection.last_insert_rowid().cast_unsigned())
    }

    fn append_events(&mut self, events: &[Event]) -> Result<u64, StoreError> {
        let first = self.queries.heads.events + 1;
        self.queries.heads.events += i64::try_from(events.len()).unwrap_or(i64::MAX);
        for (seq, event) in (first..).zip(events) {
            let sql = "INSERT INTO event (account, seq, id, type, task, operation, at_ms, hlc, reminder) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            self.run(
                sql,
                params![
                    self.queries.account,
                    seq,
                    event.id.as_slice(),
                    event.event_type.as_str(),
                    event.task.as_bytes().as_slice(),
                    event.operation.as_bytes().as_slice(),
                    event.at_unix_ms,
                    event.hlc.bits().cast_signed(),
                    event.reminder.as_ref().map(|id| id.as_bytes().as_slice()),
                ],
            )?;
        }
        let newest = self.queries.heads.events.cast_unsigned();
        self.appended = Some(newest);
        Ok(newest)
    }

    fn drop_events(&mut self, through: u64, limit: usize) -> Result<usize, StoreError> {
        // Nearly always nothing is to go.
        if through == 0 {
            return Ok(0);
        }
        // The number of the oldest one says where to stop, without looking at more.
        let last = self.queries.outbox()?.dropped.saturating_add(limit as u64).min(through);
        let sql = "DELETE FROM event WHERE account = ?1 AND seq <= ?2";
        self.run(sql, params![self.queries.account, last.cast_signed()])
    }

    fn drop_operations(&mut self, before: Hlc, limit: usize) -> Result<usize, StoreError> {
        // `seq` alone gives the order, and only as many rows are looked at as may go.
        let young = "SELECT min(seq) FROM (SELECT seq, hlc FROM operation WHERE account = ?1 ORDER BY seq LIMIT ?3) \
                     WHERE hlc >= ?2";
        let old = format!(
            "DELETE FROM operation WHERE account = ?1 AND seq IN \
             (SELECT seq FROM operation WHERE account = ?1 ORDER BY seq LIMIT ?3) AND seq < coalesce(({young}), ?4)"
        );
        let (before, limit) = (before.bits().cast_signed(), i64::try_from(limit).unwrap_or(i64::MAX));
        self.run(&old, params![self.queries.account, before, limit, i64::MAX])
    }

    fn set_latest_hlc(&mut self, hlc: Hlc) -> Result<(), StoreError> {
        self.queries.heads.hlc = hlc.bits().cast_signed();
        Ok(())
    }

    fn take_number(&mut self, id: TaskId, freed_before_unix_ms: i64) -> Result<u32, StoreError> {
        let number = match self.no_free {
            // Numbers that this request frees are freed now, so that none of them rested.
            Some((freed_before, next)) if freed_before_unix_ms <= freed_before => next,
            _ => self.lowest_number(freed_before_unix_ms)?,
        };
        if let Some((_, next)) = &mut self.no_free {
            *next = number.saturating_add(1);
        }
        let sql = "UPDATE entity SET number = ?4, number_freed_at = NULL WHERE account = ?1 AND kind = ?2 AND rid = ?3";
        self.run(sql, params![self.queries.account, Kind::TASK.0, id.reversed().as_slice(), number])?;
        Ok(number)
    }

    fn free_number(&mut self, id: TaskId, at_unix_ms: i64) -> Result<(), StoreError> {
        self.no_free = None;
        let sql = "UPDATE entity SET number_freed_at = ?4 \
                   WHERE account = ?1 AND kind = ?2 AND rid = ?3 AND number IS NOT NULL";
        self.run(sql, params![self.queries.account, Kind::TASK.0, id.reversed().as_slice(), at_unix_ms])?;
        Ok(())
    }

    fn resume_number(&mut self, id: TaskId) -> Result<Option<u32>, StoreError> {
        let sql = "UPDATE entity SET number_freed_at = NULL WHERE account = ?1 AND kind = ?2 AND rid = ?3";
        self.run(sql, params![self.queries.account, Kind::TASK.0, id.reversed().as_slice()])?;
        self.queries.number_of(id)
    }
}
