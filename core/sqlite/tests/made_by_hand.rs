//! Databases that are made by hand: bytes that nobody can read, on pages that are whole (found, set aside, and made again from the log),
//! and more rows than anybody adds one by one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::Arc;
use tasks_domain::id::{AccountId, DeviceId, OperationId, TaskId};
use tasks_domain::settings::LanguageSettings;
use tasks_domain::when::{Now, Zone};
use tasks_engine::clock::FixedClock;
use tasks_engine::engine::Engine;
use tasks_engine::error::EngineError;
use tasks_engine::request::{Caller, Fields, NewTask, Write};
use tasks_engine::store::{Class, Store as _, StoreError, Stretch};
use tasks_sqlite::{Opened, SqliteStore, open};

const NOW_MS: i64 = 1_795_338_000_000;
const TASKS: u8 = 20;

fn opened(path: &Path) -> Opened {
    open(path, DeviceId::from_bytes([1; 16]), &|_| "machine".to_owned(), NOW_MS).unwrap()
}

/// Adds tasks with one operation each, and closes the database.
async fn fill(path: &Path) {
    let engine = Engine::new(Arc::new(opened(path).store), Arc::new(FixedClock::at(NOW_MS)));
    let now = Now::from_unix_ms(NOW_MS, Zone::UTC).unwrap();
    let caller = Caller {
        now,
        locale: String::new(),
        language: LanguageSettings::default(),
        context: String::new(),
        past: false,
    };
    for n in 1..=TASKS {
        let write = Write {
            operation: OperationId::from_bytes([n; 16]),
            caller: caller.clone(),
            dry_run: false,
            command: format!("add {n}"),
            instead_of: None,
        };
        let task = NewTask { id: TaskId::from_bytes([n; 16]), text: format!("task {n}") };
        engine.add(AccountId::LOCAL, write, vec![task], Fields::default()).await.unwrap();
    }
}

/// What a list of all comes to: how many tasks, and how many operations there are.
async fn listed(store: &SqliteStore) -> Result<(usize, usize), EngineError> {
    let read = |tx: &dyn tasks_engine::store::StoreRead| {
        let (mut tasks, mut operations) = (0, 0);
        tx.scan(&Stretch::all(Class::Live), &mut |_| {
            tasks += 1;
            std::ops::ControlFlow::Continue(())
        })?;
        tx.log(&mut |_| {
            operations += 1;
            std::ops::ControlFlow::Continue(())
        })?;
        Ok((tasks, operations))
    };
    store.read(AccountId::LOCAL, read).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_cannot_be_read_are_found_and_made_again() {
    const TASK: &str = "UPDATE entity SET registers = x'ffffffff' WHERE no = 5";
    const OPERATION: &str = "UPDATE operation SET changes = x'ffffffff' WHERE seq = 5";
    let all = usize::from(TASKS);
    for (garbled, expected) in [
        (&[TASK][..], (all, all)),
        (&[OPERATION], (all, all - 1)),
        (&["UPDATE operation SET rid = x'00' WHERE seq = 7"], (all, all - 1)),
        // What is lost twice is lost, and nothing else.
        (&[TASK, OPERATION], (all - 1, all - 1)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.db");
        fill(&path).await;
        let connection = rusqlite::Connection::open(&path).unwrap();
        garbled.iter().for_each(|sql| assert_eq!(connection.execute(sql, []).unwrap(), 1));
        drop(connection);
        let damaged = opened(&path);
        assert!(damaged.rescue.is_none(), "the pages are whole");
        let failed = listed(&damaged.store).await.unwrap_err();
        assert!(matches!(failed, EngineError::Store(StoreError::Decode(_))), "{failed:?}");
        let problems = damaged.store.check(AccountId::LOCAL).unwrap().problems;
        assert_eq!(problems.len(), garbled.len(), "{problems:?}");
        assert!(problems[0].starts_with("row "), "{problems:?}");
        tokio::task::block_in_place(|| damaged.store.close());
        let again = opened(&path);
        let rescue = again.rescue.expect("what could not be read is looked for at the next start");
        assert!(rescue.set_aside.exists(), "{garbled:?}");
        assert_eq!(listed(&again.store).await.unwrap(), expected, "{garbled:?}");
        assert!(again.store.check(AccountId::LOCAL).unwrap().problems.is_empty());
        tokio::task::block_in_place(|| again.store.close());
        assert!(opened(&path).rescue.is_none(), "once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fifth_page_costs_the_rows_on_it_and_none_between() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    fill(&path).await;
    // Rows enough for many pages: operations are not needed for it.
    let connection = rusqlite::Connection::open(&path).unwrap();
    let copy = "INSERT INTO entity (account, kind, rid, registers, class, due_sort, importance) \
                SELECT account, kind, randomblob(16), registers, class, due_sort, importance FROM entity WHERE kind = 1";
    for _ in 0..6 {
        connection.execute(copy, []).unwrap();
    }
    let count = |connection: &rusqlite::Connection| {
        connection.query_row("SELECT count(*) FROM entity WHERE kind = 1", [], |row| row.get::<_, u32>(0)).unwrap()
    };
    let all = count(&connection);
    let sql = "SELECT pageno FROM dbstat WHERE name = 'entity' AND pagetype = 'leaf' ORDER BY pageno";
    let mut statement = connection.prepare(sql).expect("SQLite is built with dbstat");
    let page = |row: &rusqlite::Row<'_>| Ok(usize::try_from(row.get::<_, u32>(0)?).unwrap());
    let leaves: Vec<usize> = statement.query_map([], page).unwrap().collect::<Result<_, _>>().unwrap();
    drop(statement);
    assert!(leaves.len() > 20, "{} pages", leaves.len());
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let damaged: Vec<&usize> = leaves.iter().step_by(5).chain(leaves.last()).collect();
    damaged.iter().for_each(|page| bytes[(*page - 1) * 4_096..*page * 4_096].fill(0xa5));
    std::fs::write(&path, bytes).unwrap();
    let opened = opened(&path);
    assert!(opened.rescue.is_some());
    tokio::task::block_in_place(|| opened.store.close());
    let left = count(&rusqlite::Connection::open(&path).unwrap());
    let on_a_page = all.div_ceil(u32::try_from(leaves.len()).unwrap()) * 2;
    let lost_at_most = on_a_page * u32::try_from(damaged.len()).unwrap();
    assert!(
        left + lost_at_most >= all && left < all + 20,
        "{left} of {all}, {} pages of {}",
        damaged.len(),
        leaves.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_over_many_more_tasks_than_are_read_ahead_meets_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    fill(&path).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    // In the order of the index they are all over the table.
    let copy = "INSERT INTO entity (account, kind, rid, registers, class, due_sort, importance) \
                SELECT account, kind, randomblob(16), registers, class, random() / 4, random() % 4 FROM entity WHERE kind = 1";
    for _ in 0..12 {
        connection.execute(copy, []).unwrap();
    }
    drop(connection);
    let store = opened(&path).store;
    let walked = store.read(AccountId::LOCAL, |tx| {
        let (mut in_order, mut unordered) = (Vec::new(), Vec::new());
        tx.scan(&Stretch::all(Class::Live), &mut |row| {
            in_order.push((row.place.due_sort, std::cmp::Reverse(row.place.priority_rank), row.place.row));
            std::ops::ControlFlow::Continue(())
        })?;
        tx.each_of(Class::Live, &mut |row| {
            unordered.push(row.place.row);
            std::ops::ControlFlow::Continue(())
        })?;
        Ok((in_order, unordered))
    });
    let (in_order, mut unordered) = walked.await.unwrap();
    assert!(in_order.is_sorted_by(|a, b| a.0 < b.0 || (a.0 == b.0 && a.1 <= b.1)));
    let mut rows: Vec<i64> = in_order.into_iter().map(|(.., row)| row).collect();
    rows.sort_unstable();
    unordered.sort_unstable();
    assert_eq!(rows.len(), usize::from(TASKS) << 12);
    assert!(rows.is_sorted_by(|a, b| a < b), "each once");
    assert!(rows == unordered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_only_the_index_knows_is_an_error_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    fill(&path).await;
    // Takes the index out of the schema while a row goes, so that it keeps its entry.
    let change = |sql: &str| {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection
            .execute_batch(&format!("PRAGMA writable_schema = ON; {sql}; PRAGMA writable_schema = RESET"))
            .unwrap();
    };
    change(
        "CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'entity_listing'; DELETE FROM sqlite_schema WHERE name = 'entity_listing'",
    );
    change("DELETE FROM entity WHERE no = 5");
    change("INSERT INTO sqlite_schema SELECT * FROM kept; DROP TABLE kept");
    let damaged = opened(&path);
    assert!(damaged.rescue.is_none(), "the pages are whole");
    let failed = listed(&damaged.store).await.unwrap_err();
    assert!(matches!(failed, EngineError::Store(StoreError::Corrupt(_))), "{failed:?}");
    let unordered = damaged
        .store
        .read(AccountId::LOCAL, |tx| Ok(tx.each_of(Class::Live, &mut |_| std::ops::ControlFlow::Continue(()))?));
    assert!(matches!(unordered.await, Err(EngineError::Store(StoreError::Corrupt(_)))));
    assert!(!damaged.store.check(AccountId::LOCAL).unwrap().problems.is_empty());
    tokio::task::block_in_place(|| damaged.store.close());
    let again = opened(&path);
    assert!(again.rescue.is_some());
    assert_eq!(listed(&again.store).await.unwrap().0, usize::from(TASKS));
    tokio::task::block_in_place(|| again.store.close());
}
