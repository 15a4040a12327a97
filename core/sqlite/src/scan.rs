//! Walking the tasks of a class.
//!
//! The order of a listing is an index, and the rows lie elsewhere in the order in which they came. To go from each entry of the index
//! to its row costs more than to read the row: the next one is on another page, which is not at hand. So the entries of a stretch of
//! the index are read first, then their rows in the order in which they lie, and then they are handed out in the index's order.

use crate::columns::{TASK, begin, bytes16, place, register_bytes, task_row};
use crate::error::{damaged, store_error};
use crate::read::Queries;
use rusqlite::types::Value;
use rusqlite::{Params, Row, params};
use std::ops::{ControlFlow, Range};
use std::rc::Rc;
use tasks_domain::id::TaskId;
use tasks_domain::task::Task;
use tasks_engine::store::{Class, StoreError, Stretch, TaskRow};

/// Entries that are read ahead at least: somewhat more than a page, which is most of what is asked for.
pub(crate) const AHEAD_LEAST: usize = 64;
/// And at most: with so many the rows of a listing lie close enough to each other.
const AHEAD_MAX: usize = 4_096;
/// This part of the entries before is read ahead next, so that whoever takes them never waits long for the next one.
const AHEAD_PART: usize = 4;
/// Bytes that are kept of rows that were read ahead. Where they are longer, fewer are read.
const AHEAD_BYTES: usize = 2 * 1024 * 1024;
/// Numbers of rows that are put in order together where no order is asked for: half a megabyte, and so many that a page is seldom
/// read twice.
const UNORDERED_MAX: usize = 65_536;
/// Rows that one statement is asked for.
const ROWS_PER_STATEMENT: usize = 1_024;

/// `due_sort`, `importance` and `no`: an entry of the index, and its place in the order.
pub(crate) type Entry = (i64, i64, i64);

impl Queries<'_> {
    /// Walks a stretch in its order, of its tasks only those `among` these rows, which are ascending.
    pub(crate) fn walk_stretch(
        &self,
        stretch: &Stretch,
        among: Option<&[i64]>,
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        // The filter on `class` alone implies the partial index's condition. Without ends there is nothing to compare at each entry.
        let all = "SELECT due_sort, importance, no FROM entity \
                   WHERE account = ?1 AND class = ?2 AND class IS NOT NULL \
                   ORDER BY due_sort, importance, no";
        let part = "SELECT due_sort, importance, no FROM entity \
                    WHERE account = ?1 AND class = ?2 AND class IS NOT NULL AND due_sort <= ?3 \
                    AND (due_sort, importance, no) > (?4, ?5, ?6) \
                    ORDER BY due_sort, importance, no";
        let (class, after) = (stretch.class as u8, begin(stretch));
        if *stretch == Stretch::all(stretch.class) {
            return self.walk_entries(all, params![self.account, class], among, visit);
        }
        let ends = params![self.account, class, stretch.due_until, after.0, after.1, after.2];
        self.walk_entries(part, ends, among, visit)
    }

    /// Hands out the rows of the entries that a statement finds.
    fn walk_entries(
        &self,
        sql: &str,
        ends: impl Params,
        among: Option<&[i64]>,
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (mut entries, mut before) = (Vec::with_capacity(AHEAD_LEAST), 0);
        let mut most = AHEAD_LEAST;
        let mut taken = ControlFlow::Continue(());
        self.walk(sql, ends, &mut |row| {
            let no: i64 = row.get(2).map_err(store_error)?;
            if among.is_some_and(|rows| rows.binary_search(&no).is_err()) {
                return Ok(ControlFlow::Continue(()));
            }
            entries.push((row.get(0).map_err(store_error)?, row.get(1).map_err(store_error)?, no));
            if entries.len() < most {
                return Ok(ControlFlow::Continue(()));
            }
            taken = self.visit_entries(&entries, visit)?;
            before += entries.len();
            most = (before / AHEAD_PART).clamp(AHEAD_LEAST, AHEAD_MAX);
            entries.clear();
            Ok(taken)
        })?;
        if taken.is_continue() {
            _ = self.visit_entries(&entries, visit)?;
        }
        Ok(())
    }

    /// Hands out the rows of these entries, in this order.
    pub(crate) fn visit_entries(
        &self,
        mut entries: &[Entry],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, StoreError> {
        let mut most = entries.len();
        while !entries.is_empty() {
            let (these, rest) = entries.split_at(most.min(entries.len()));
            let Some(ahead) = self.read_ahead(these)? else {
                most = (these.len() / 4).max(1);
                continue;
            };
            for (entry, kept) in these.iter().zip(&ahead.rows) {
                let kept = kept.as_ref().ok_or_else(row_missing)?;
                if visit(ahead.task(kept, *entry)?).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            entries = rest;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The rows of these entries; `None` when they are too long to be kept together. A single one never is.
    fn read_ahead(&self, entries: &[Entry]) -> Result<Option<Ahead>, StoreError> {
        let mut wanted: Vec<(i64, usize)> = entries.iter().enumerate().map(|(at, (.., no))| (*no, at)).collect();
        wanted.sort_unstable();
        let numbers: Vec<i64> = wanted.iter().map(|(no, _)| *no).collect();
        let mut ahead = Ahead { rows: Vec::new(), registers: Vec::new() };
        ahead.rows.resize_with(entries.len(), || None);
        let (mut fits, mut places) = (true, wanted.iter());
        // The number of a task to which it belongs now.
        let columns = "no, iif(number_freed_at IS NULL, number, NULL), rid, registers";
        _ = self.walk_numbers(columns, &numbers, &mut |row| {
            let (no, number): (i64, Option<u32>) = (row.get(0).map_err(store_error)?, row.get(1).map_err(store_error)?);
            let begin = ahead.registers.len();
            ahead.registers.extend_from_slice(register_bytes(row, 3)?);
            let id = TaskId::from_reversed(bytes16(row, 2)?);
            let kept = Kept { id, number, registers: begin..ahead.registers.len() };
            if let Some((_, at)) = places.find(|(wanted, _)| *wanted == no) {
                ahead.rows[*at] = Some(kept);
            }
            fits = entries.len() == 1 || ahead.registers.len() <= AHEAD_BYTES;
            Ok(if fits { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok(fits.then_some(ahead))
    }

    /// Walks the tasks of a class in no order that means anything: for whoever looks at all of them.
    pub(crate) fn walk_class(
        &self,
        class: Class,
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT no FROM entity WHERE account = ?1 AND class = ?2 AND class IS NOT NULL";
        let (mut numbers, mut taken) = (Vec::new(), ControlFlow::Continue(()));
        self.walk(sql, params![self.account, class as u8], &mut |row| {
            numbers.push(row.get(0).map_err(store_error)?);
            if numbers.len() == UNORDERED_MAX {
                taken = self.visit_numbers(&mut numbers, visit)?;
            }
            Ok(taken)
        })?;
        if taken.is_continue() {
            _ = self.visit_numbers(&mut numbers, visit)?;
        }
        Ok(())
    }

    /// Hands out the rows with these numbers as they lie, and forgets the numbers.
    fn visit_numbers(
        &self,
        numbers: &mut Vec<i64>,
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, StoreError> {
        numbers.sort_unstable();
        let mut left = numbers.len();
        let taken = self.walk_numbers(TASK, numbers, &mut |row| {
            left -= 1;
            Ok(visit(task_row(row)?))
        })?;
        if taken.is_continue() && left > 0 {
            return Err(row_missing());
        }
        numbers.clear();
        Ok(taken)
    }

    /// Walks these columns of the rows with these numbers, in their order.
    pub(crate) fn walk_numbers(
        &self,
        columns: &str,
        numbers: &[i64],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<ControlFlow<()>, StoreError> {
        // A cross join is never turned around.
        let sql = format!("SELECT {columns} FROM rarray(?1) AS wanted CROSS JOIN entity ON no = wanted.value");
        let mut taken = ControlFlow::Continue(());
        for some in numbers.chunks(ROWS_PER_STATEMENT) {
            let some: Rc<Vec<Value>> = Rc::new(some.iter().copied().map(Value::from).collect());
            self.walk(&sql, [Rc::clone(&some)], &mut |row| {
                taken = visit(row)?;
                Ok(taken)
            })?;
            // rusqlite 0.39 lets go of an array without freeing what is in it (`ToSqlOutput::from_rc` does not say the type), so the
            // last hold must be this one. The statement has let go by then: its values are cleared as it goes back to the cache.
            debug_assert_eq!(Rc::strong_count(&some), 1);
            if taken.is_break() {
                break;
            }
        }
        Ok(taken)
    }
}

/// That the index names a row which the table does not have. A join would pass it over, and a task would be lost without a word.
fn row_missing() -> StoreError {
    damaged("a row is missing that the index names".to_owned())
}

/// Rows that were read, as the entries have them; `None` where there is none. Their registers lie one behind the other.
struct Ahead {
    rows: Vec<Option<Kept>>,
    registers: Vec<u8>,
}

struct Kept {
    id: TaskId,
    number: Option<u32>,
    registers: Range<usize>,
}

impl Ahead {
    fn task(&self, kept: &Kept, (due_sort, importance, no): Entry) -> Result<TaskRow, StoreError> {
        let task = Task::decode(kept.id, &self.registers[kept.registers.clone()])?;
        Ok(TaskRow { id: kept.id, number: kept.number, task, place: place(due_sort, importance, no) })
    }
}
