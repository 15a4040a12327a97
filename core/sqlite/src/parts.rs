//! Entities that belong to others, and when reminders have something to do.

use crate::columns::{bytes16, registers};
use crate::error::store_error;
use crate::read::Queries;
use crate::txn::SqliteTxn;
use rusqlite::{Row, params};
use std::ops::ControlFlow;
use tasks_domain::id::{IdPrefix, ReminderId};
use tasks_domain::register::{EntityId, Kind};
use tasks_engine::store::{Alarm, Link, StoreError, VisitAlarm, VisitEntity};

fn entity(row: &Row<'_>, kind: usize, rid: usize) -> Result<EntityId, StoreError> {
    let mut id = bytes16(row, rid)?;
    id.reverse();
    Ok(EntityId { kind: Kind(row.get(kind).map_err(store_error)?), id })
}

impl Queries<'_> {
    pub(crate) fn parts_of(&self, link: Link, target: [u8; 16]) -> Result<Vec<EntityId>, StoreError> {
        let sql = "SELECT entity.kind, rid FROM link JOIN entity ON entity.no = link.task \
                   WHERE link.account = ?1 AND link.kind = ?2 AND link.target = ?3 ORDER BY link.task";
        let mut found = Vec::new();
        self.walk(sql, params![self.account, link as u8, target.as_slice()], &mut |row| {
            found.push(entity(row, 0, 1)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    pub(crate) fn prefixed(&self, kind: Kind, prefix: IdPrefix, limit: usize) -> Result<Vec<EntityId>, StoreError> {
        let sql = "SELECT kind, rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid BETWEEN ?3 AND ?4 \
                   ORDER BY rid LIMIT ?5";
        let (low, high) = prefix.range();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        self.walk(sql, params![self.account, kind.0, low.as_slice(), high.as_slice(), limit], &mut |row| {
            found.push(entity(row, 0, 1)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    pub(crate) fn beside(&self, id: EntityId) -> Result<(Option<EntityId>, Option<EntityId>), StoreError> {
        let mut rid = id.id;
        rid.reverse();
        let side = |sql: &str| {
            let params = params![self.account, id.kind.0, rid.as_slice()];
            self.one(sql, params, |row| Ok(entity(row, 0, 1)))?.transpose()
        };
        let before =
            "SELECT kind, rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid < ?3 ORDER BY rid DESC LIMIT 1";
        let after = "SELECT kind, rid FROM entity WHERE account = ?1 AND kind = ?2 AND rid > ?3 ORDER BY rid LIMIT 1";
        Ok((side(before)?, side(after)?))
    }

    pub(crate) fn of_kind(&self, kind: Kind, visit: &mut VisitEntity<'_>) -> Result<(), StoreError> {
        // The plus keeps SQLite from any index but the rows' own order.
        let sql = "SELECT kind, rid, registers FROM entity WHERE +account = ?1 AND +kind = ?2 ORDER BY no DESC";
        self.walk(sql, params![self.account, kind.0], &mut |row| Ok(visit(entity(row, 0, 1)?, registers(row, 2)?)))
    }

    pub(crate) fn alarms_between(
        &self,
        from: Alarm,
        until: Alarm,
        visit: &mut VisitAlarm<'_>,
    ) -> Result<(), StoreError> {
        // The kind stands there as a number, so that SQLite sees the partial index's condition.
        let sql = "SELECT due_sort, rid FROM entity WHERE kind = 4 AND account = ?1 AND due_sort IS NOT NULL \
                   AND due_sort BETWEEN ?2 AND ?3 ORDER BY due_sort, no";
        self.walk(sql, params![self.account, from.code(), until.code()], &mut |row| {
            let alarm = Alarm::from_code(row.get(0).map_err(store_error)?);
            Ok(visit(alarm, ReminderId::from_reversed(bytes16(row, 1)?)))
        })
    }
}

impl SqliteTxn<'_> {
    pub(crate) fn put_link(&self, id: EntityId, link: Link, target: [u8; 16]) -> Result<(), StoreError> {
        let mut rid = id.id;
        rid.reverse();
        let sql = "INSERT OR IGNORE INTO link (account, kind, target, task) \
                   SELECT account, ?4, ?5, no FROM entity WHERE account = ?1 AND kind = ?2 AND rid = ?3";
        let account = self.queries.account;
        self.run(sql, params![account, id.kind.0, rid.as_slice(), link as u8, target.as_slice()])?;
        Ok(())
    }

    pub(crate) fn put_alarm(&mut self, id: ReminderId, alarm: Option<Alarm>) -> Result<(), StoreError> {
        self.alarmed = true;
        let sql = "UPDATE entity SET due_sort = ?4 WHERE account = ?1 AND kind = ?2 AND rid = ?3";
        let (account, rid) = (self.queries.account, id.reversed());
        self.run(sql, params![account, Kind::REMINDER.0, rid.as_slice(), alarm.map(Alarm::code)])?;
        Ok(())
    }
}
