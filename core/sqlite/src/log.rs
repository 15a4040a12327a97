//! Reading the log of operations.

use crate::columns::{OPERATION, bytes16, header};
use crate::error::store_error;
use crate::read::Queries;
use rusqlite::{Row, params};
use tasks_domain::id::{DeviceId, IdPrefix, OperationId};
use tasks_domain::operation::{Operation, decode_changes};
use tasks_domain::register::DecodeError;
use tasks_domain::stamp::Stamp;
use tasks_engine::store::{StoreError, VisitOperation, VisitWhole};

/// Reads the columns of [`OPERATION`] with `changes` behind them.
fn operation(row: &Row<'_>) -> Result<(u64, Operation), StoreError> {
    let (seq, header, _) = header(row)?;
    let changes = row.get_ref(10).map_err(store_error)?;
    let changes = changes.as_blob().map_err(|error| DecodeError::new("the changes of an operation", &error))?;
    Ok((seq, Operation { header, changes: decode_changes(changes)? }))
}

impl Queries<'_> {
    fn one_operation(&self, sql: &str, params: impl rusqlite::Params) -> Result<Option<(u64, Operation)>, StoreError> {
        self.one(sql, params, |row| Ok(operation(row)))?.transpose()
    }

    pub(crate) fn operation_with(&self, id: OperationId) -> Result<Option<(u64, Operation)>, StoreError> {
        let sql = format!("SELECT {OPERATION}, changes FROM operation WHERE account = ?1 AND rid = ?2");
        self.one_operation(&sql, params![self.account, id.reversed().as_slice()])
    }

    pub(crate) fn operation_stamped(&self, stamp: Stamp) -> Result<Option<(u64, Operation)>, StoreError> {
        let sql = format!("SELECT {OPERATION}, changes FROM operation WHERE account = ?1 AND hlc = ?2 AND device = ?3");
        let hlc = stamp.hlc.bits().cast_signed();
        self.one_operation(&sql, params![self.account, hlc, stamp.device.as_bytes().as_slice()])
    }

    pub(crate) fn walk_log(
        &self,
        before_seq: Option<u64>,
        device: Option<DeviceId>,
        visit: &mut VisitOperation<'_>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {OPERATION} FROM operation WHERE account = ?1 AND seq < ?2 AND (?3 IS NULL OR device = ?3) \
             ORDER BY seq DESC"
        );
        let before = before_seq.and_then(|seq| i64::try_from(seq).ok()).unwrap_or(i64::MAX);
        let device = device.map(|device| device.as_bytes().to_vec());
        self.walk(&sql, params![self.account, before, device], &mut |row| {
            let (seq, header, count) = header(row)?;
            Ok(visit(seq, header, count))
        })
    }

    pub(crate) fn walk_whole_log(&self, visit: &mut VisitWhole<'_>) -> Result<(), StoreError> {
        let sql = format!("SELECT {OPERATION}, changes FROM operation WHERE account = ?1 ORDER BY seq DESC");
        self.walk(&sql, params![self.account], &mut |row| Ok(visit(operation(row)?.1)))
    }

    pub(crate) fn logged_with_prefix(&self, prefix: IdPrefix, limit: usize) -> Result<Vec<OperationId>, StoreError> {
        let sql = "SELECT rid FROM operation WHERE account = ?1 AND rid BETWEEN ?2 AND ?3 ORDER BY rid";
        let (low, high) = prefix.range();
        let params = params![self.account, low.as_slice(), high.as_slice()];
        self.first(sql, params, limit, |row| Ok(OperationId::from_reversed(bytes16(row, 0)?)))
    }

    pub(crate) fn logged_beside(
        &self,
        id: OperationId,
    ) -> Result<(Option<OperationId>, Option<OperationId>), StoreError> {
        let side = |sql: &str| -> Result<Option<OperationId>, StoreError> {
            let rid = id.reversed();
            let found = self.one(sql, params![self.account, rid.as_slice()], |row| Ok(bytes16(row, 0)))?.transpose()?;
            Ok(found.map(OperationId::from_reversed))
        };
        let before = "SELECT rid FROM operation WHERE account = ?1 AND rid < ?2 ORDER BY rid DESC LIMIT 1";
        let after = "SELECT rid FROM operation WHERE account = ?1 AND rid > ?2 ORDER BY rid LIMIT 1";
        Ok((side(before)?, side(after)?))
    }
}
