//! Terms that a batch of requests has yet to write.
//!
//! FTS5 writes out what it holds at every savepoint, and each request is one: a piece of index a task, and later the merging of
//! all those pieces. So the terms of a batch wait here until it ends, or until one of its requests looks for terms.

use rusqlite::{Connection, params};
use std::cell::{Cell, RefCell};

/// Bytes of terms that may wait; a batch with more is written in parts.
const WAITING_BYTES_MAX: usize = 1024 * 1024;

/// The terms of one row of `entity`.
#[derive(Debug)]
struct Said {
    no: i64,
    /// Whether the row is new, so that there are no others to replace.
    is_new: bool,
    terms: String,
}

/// What the requests of one batch said, in their order.
#[derive(Debug, Default)]
pub(crate) struct PendingTerms {
    said: RefCell<Vec<Said>>,
    /// How many of them are written; what a request wrote before it was rolled back is not.
    written: Cell<usize>,
    /// Bytes of those that are not written.
    waiting: Cell<usize>,
}

/// Where a batch stood before a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    said: usize,
    written: usize,
}

impl PendingTerms {
    /// Where the batch stands.
    pub(crate) fn mark(&self) -> Mark {
        Mark { said: self.said.borrow().len(), written: self.written.get() }
    }

    /// Forgets a request that was rolled back: what it said, and that what others said was written within it.
    pub(crate) fn back_to(&self, mark: Mark) {
        let mut said = self.said.borrow_mut();
        said.truncate(mark.said);
        self.written.set(mark.written);
        self.waiting.set(said[mark.written..].iter().map(|one| one.terms.len()).sum());
    }

    /// After a request whose writes are kept: what it wrote is written for good, if the batch is.
    pub(crate) fn settle(&self) {
        self.said.borrow_mut().drain(..self.written.take());
    }

    /// Keeps the terms of a row for later.
    pub(crate) fn say(&self, connection: &Connection, no: i64, is_new: bool, terms: &str) -> rusqlite::Result<()> {
        self.said.borrow_mut().push(Said { no, is_new, terms: terms.to_owned() });
        self.waiting.set(self.waiting.get() + terms.len());
        if self.waiting.get() > WAITING_BYTES_MAX { self.write(connection) } else { Ok(()) }
    }

    /// Writes what is not written yet.
    pub(crate) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let said = self.said.borrow();
        for one in &said[self.written.get()..] {
            put(connection, one.no, one.is_new, &one.terms)?;
        }
        self.written.set(said.len());
        self.waiting.set(0);
        Ok(())
    }
}

/// Writes the terms of a row.
pub(crate) fn put(connection: &Connection, no: i64, is_new: bool, terms: &str) -> rusqlite::Result<()> {
    let sql = if is_new {
        "INSERT INTO term (rowid, terms) VALUES (?1, ?2)"
    } else {
        "INSERT OR REPLACE INTO term (rowid, terms) VALUES (?1, ?2)"
    };
    connection.prepare_cached(sql)?.execute(params![no, terms])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(connection: &Connection, term: &str) -> Vec<i64> {
        let mut statement = connection.prepare("SELECT rowid FROM term WHERE term MATCH ?1 ORDER BY rowid").unwrap();
        statement.query_map([term], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn what_is_written_within_a_request_that_is_rolled_back_is_written_again_but_for_its_own() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("migrations/0001_first.sql")).unwrap();
        let mut transaction = connection.transaction().unwrap();
        let pending = PendingTerms::default();
        pending.say(&transaction, 1, true, "milk").unwrap();
        pending.settle();
        assert_eq!(found(&transaction, "milk"), [0; 0], "it waits");
        let mark = pending.mark();
        let mut savepoint = transaction.savepoint().unwrap();
        pending.say(&savepoint, 2, true, "milk").unwrap();
        pending.write(&savepoint).unwrap();
        assert_eq!(found(&savepoint, "milk"), [1, 2], "who looks finds both");
        savepoint.rollback().unwrap();
        savepoint.commit().unwrap();
        pending.back_to(mark);
        pending.say(&transaction, 1, false, "bread").unwrap();
        pending.write(&transaction).unwrap();
        pending.settle();
        assert_eq!((found(&transaction, "milk"), found(&transaction, "bread")), (vec![], vec![1]));
        assert_eq!(pending.mark().said, 0, "nothing is kept for longer than it can be taken back");
    }

    #[test]
    fn a_batch_with_much_to_say_is_written_in_parts() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("migrations/0001_first.sql")).unwrap();
        let pending = PendingTerms::default();
        pending.say(&connection, 1, true, &"word ".repeat(WAITING_BYTES_MAX / 5 + 1)).unwrap();
        assert_eq!(found(&connection, "word"), [1]);
    }
}
