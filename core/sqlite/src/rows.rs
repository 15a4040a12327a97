//! Finding rows by their terms, and walking those of them that lie in a stretch.

use crate::columns::{TASK, begin, task_row};
use crate::error::store_error;
use crate::read::Queries;
use rusqlite::params;
use std::ops::ControlFlow;
use tasks_domain::filter::Need;
use tasks_engine::store::{StoreError, Stretch, TaskRow};

/// Up to so many rows are looked up and sorted; more are met along the index, of which a page then needs only a part.
const LOOKED_UP_MAX: usize = 1_000;

/// The query of FTS5 for what is needed.
pub(crate) fn matching(need: &Need) -> String {
    let quoted = |term: &str| format!("\"{}\"", term.replace('"', "\"\""));
    let several = |needs: &[Need], word: &str| {
        let parts: Vec<String> = needs.iter().map(matching).collect();
        format!("({})", parts.join(word))
    };
    match need {
        Need::Term(term) => quoted(term),
        Need::Prefix(term) => format!("{} *", quoted(term)),
        Need::All(needs) => several(needs, " AND "),
        Need::Any(needs) => several(needs, " OR "),
    }
}

impl Queries<'_> {
    /// `rows` are ascending.
    pub(crate) fn walk_rows(
        &self,
        stretch: &Stretch,
        rows: &[i64],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let fetch = format!("SELECT {TASK} FROM entity WHERE no = ?1");
        let mut fetch = |no: i64| match self.one(&fetch, [no], |row| Ok(task_row(row)))?.transpose()? {
            Some(row) => Ok(visit(row)),
            None => Ok(ControlFlow::Continue(())),
        };
        if rows.len() <= LOOKED_UP_MAX {
            for (_, _, no) in self.places(stretch, rows)? {
                if fetch(no)?.is_break() {
                    break;
                }
            }
            return Ok(());
        }
        let after = begin(stretch);
        let sql = "SELECT no FROM entity \
                   WHERE account = ?1 AND class = ?2 AND class IS NOT NULL AND due_sort <= ?3 \
                   AND (due_sort, importance, no) > (?4, ?5, ?6) \
                   ORDER BY due_sort, importance, no";
        let params = params![self.account, stretch.class as u8, stretch.due_until, after.0, after.1, after.2];
        self.walk(sql, params, &mut |row| {
            let no = row.get(0).map_err(store_error)?;
            if rows.binary_search(&no).is_ok() { fetch(no) } else { Ok(ControlFlow::Continue(())) }
        })
    }

    /// The places of those rows that lie in the stretch, in order.
    fn places(&self, stretch: &Stretch, rows: &[i64]) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        let sql = "SELECT due_sort, importance FROM entity WHERE no = ?1 AND account = ?2 AND class = ?3";
        let mut places = Vec::with_capacity(rows.len());
        for no in rows {
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, *no));
            places.extend(self.one(sql, params![no, self.account, stretch.class as u8], read)?);
        }
        let after = begin(stretch);
        places.retain(|place| *place > after && place.0 <= stretch.due_until);
        places.sort_unstable();
        Ok(places)
    }
}
