//! Finding rows by their terms, and walking those of them that lie in a stretch.

use crate::columns::begin;
use crate::error::store_error;
use crate::read::Queries;
use crate::scan::{AHEAD_LEAST, Entry};
use rusqlite::params;
use std::ops::ControlFlow;
use tasks_domain::filter::Need;
use tasks_engine::store::{StoreError, Stretch, TaskRow};

/// Up to so many rows are looked up and sorted; more are met along the index, of which a page then needs only a part.
const LOOKED_UP_MAX: usize = 1_000;

/// A beginning that fits up to so many terms is looked up as those: FTS5 would put together all rows of all of them first, which
/// takes long where they are common.
const TERMS_MAX: usize = 64;

/// Greater than every character that a term goes on with.
const LAST: char = '\u{10ffff}';

fn quoted(term: &str) -> String {
    format!("\"{}\"", term.replace('"', "\"\""))
}

impl Queries<'_> {
    /// Rows with the terms, ascending; `None` when there are more than `most`.
    pub(crate) fn found_rows(&self, need: &Need, most: usize) -> Result<Option<Vec<i64>>, StoreError> {
        self.write_pending()?;
        let (mut rows, mut all) = (Vec::new(), true);
        let sql = "SELECT rowid FROM term WHERE term MATCH ?1 ORDER BY rowid";
        self.walk(sql, [self.query(need)?], &mut |row| {
            all = rows.len() < most;
            if !all {
                return Ok(ControlFlow::Break(()));
            }
            rows.push(row.get(0).map_err(store_error)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(all.then_some(rows))
    }

    /// The newest rows with the terms, newest first.
    pub(crate) fn newest_rows(&self, need: &Need, most: usize) -> Result<Vec<i64>, StoreError> {
        self.write_pending()?;
        let sql = "SELECT rowid FROM term WHERE term MATCH ?1 ORDER BY rowid DESC";
        self.first(sql, [self.query(need)?], most, |row| row.get(0).map_err(store_error))
    }

    /// Terms from one up to another.
    pub(crate) fn vocabulary(&self, from: &str, before: &str, most: usize) -> Result<Vec<String>, StoreError> {
        self.write_pending()?;
        let sql = "SELECT term FROM vocabulary WHERE term >= ?1 AND term < ?2";
        self.first(sql, params![from, before], most, |row| row.get(0).map_err(store_error))
    }

    /// Whoever looks for terms sees what was written before, in the same batch too.
    fn write_pending(&self) -> Result<(), StoreError> {
        self.pending.map_or(Ok(()), |pending| pending.write(self.connection).map_err(store_error))
    }

    /// The query of FTS5 for what is needed.
    fn query(&self, need: &Need) -> Result<String, StoreError> {
        let several = |needs: &[Need], word: &str| {
            let parts: Vec<String> = needs.iter().map(|need| self.query(need)).collect::<Result<_, _>>()?;
            Ok(format!("({})", parts.join(word)))
        };
        match need {
            Need::Term(term) => Ok(quoted(term)),
            Need::Prefix(term) => {
                let terms = self.vocabulary(term, &format!("{term}{LAST}"), TERMS_MAX + 1)?;
                Ok(match terms.len() {
                    0 => quoted(term),
                    1..=TERMS_MAX => {
                        let parts: Vec<String> = terms.iter().map(|term| quoted(term)).collect();
                        format!("({})", parts.join(" OR "))
                    }
                    _ => format!("{} *", quoted(term)),
                })
            }
            Need::All(needs) => several(needs, " AND "),
            Need::Any(needs) => several(needs, " OR "),
        }
    }

    /// `rows` are ascending.
    pub(crate) fn walk_rows(
        &self,
        stretch: &Stretch,
        rows: &[i64],
        visit: &mut dyn FnMut(TaskRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        if rows.len() > LOOKED_UP_MAX {
            return self.walk_stretch(stretch, Some(rows), visit);
        }
        let places = self.places(stretch, rows)?;
        // A page of them first, as it is often all that is wanted.
        let (page, rest) = places.split_at(places.len().min(AHEAD_LEAST));
        if self.visit_entries(page, visit)?.is_continue() {
            _ = self.visit_entries(rest, visit)?;
        }
        Ok(())
    }

    /// The places of those rows that lie in the stretch, in order.
    fn places(&self, stretch: &Stretch, rows: &[i64]) -> Result<Vec<Entry>, StoreError> {
        let mut places = Vec::with_capacity(rows.len());
        let is_in = |row: &rusqlite::Row<'_>| -> rusqlite::Result<bool> {
            let (account, class): (Option<i64>, Option<u8>) = (row.get(0)?, row.get(1)?);
            Ok(account == self.account && class == Some(stretch.class as u8))
        };
        // In one statement: a search asks for a thousand rows, once for each class.
        _ = self.walk_numbers("account, class, due_sort, importance, no", rows, &mut |row| {
            if is_in(row).map_err(store_error)? {
                let place = || Ok((row.get(2)?, row.get(3)?, row.get(4)?));
                places.push(place().map_err(store_error)?);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let after = begin(stretch);
        places.retain(|place| *place > after && place.0 <= stretch.due_until);
        places.sort_unstable();
        Ok(places)
    }
}
