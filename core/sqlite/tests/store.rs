//! The SQLite store: the contract of every store, and what only a file has.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tasks_domain::filter::Need;
use tasks_domain::id::{AccountId, DeviceId, OperationId, TaskId};
use tasks_domain::settings::LanguageSettings;
use tasks_domain::when::{Now, Zone};
use tasks_engine::clock::FixedClock;
use tasks_engine::conformance;
use tasks_engine::engine::Engine;
use tasks_engine::error::EngineError;
use tasks_engine::request::{Caller, Fields, NewTask, Write, Written};
use tasks_engine::store::{Class, Store as _, StoreRead, Stretch, Verdict};
use tasks_sqlite::{OpenError, Opened, SqliteStore, open, schema};

const NOW_MS: i64 = 1_795_338_000_000;

fn device(n: u8) -> DeviceId {
    DeviceId::from_bytes([n; 16])
}

fn on(machine: &'static str) -> impl Fn(&Path) -> String {
    move |_| machine.to_owned()
}

fn opened(path: &Path) -> Opened {
    open(path, device(1), &on("machine"), NOW_MS).unwrap()
}

fn engine(store: SqliteStore) -> Engine<SqliteStore> {
    Engine::new(Arc::new(store), Arc::new(FixedClock::at(NOW_MS)))
}

fn caller() -> Caller {
    let now = Now::from_unix_ms(NOW_MS, Zone::UTC).unwrap();
    Caller { now, locale: String::new(), language: LanguageSettings::default(), context: String::new(), past: false }
}

async fn add(engine: &Engine<SqliteStore>, n: u8) -> Result<Written, EngineError> {
    add_with(engine, n, String::new(), Fields::default()).await
}

async fn add_with(engine: &Engine<SqliteStore>, n: u8, text: String, fields: Fields) -> Result<Written, EngineError> {
    let write = Write {
        operation: OperationId::from_bytes([n; 16]),
        caller: caller(),
        dry_run: false,
        command: format!("add {n}"),
        instead_of: None,
    };
    let task = NewTask { id: TaskId::from_bytes([n; 16]), text: format!("task {n} {text}") };
    engine.add(AccountId::LOCAL, write, vec![task], fields).await
}

async fn live(engine: &Engine<SqliteStore>) -> u64 {
    engine.counts(AccountId::LOCAL).await.unwrap().0.live
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_nobody_waits_for_any_more_ends_at_its_next_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(opened(&folder.path().join("tasks.db")).store);
    let engine = Engine::new(Arc::clone(&store), Arc::new(FixedClock::at(NOW_MS)));
    for n in 1..=20 {
        add(&engine, n).await.unwrap();
    }
    let (first_row, at_first_row) = tokio::sync::oneshot::channel();
    let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
    let (tell, mut told) = tokio::sync::mpsc::channel(1);
    let mut first_row = Some(first_row);
    let job = move |tx: &dyn StoreRead| {
        let mut rows = 0;
        let walked = tx.all_tasks(0, &mut |_| {
            rows += 1;
            if let Some(first_row) = first_row.take() {
                first_row.send(()).unwrap();
                may_go_on.recv().unwrap();
            }
            ControlFlow::Continue(())
        });
        tell.try_send((rows, walked.is_err())).unwrap();
        Ok(())
    };
    let waiting = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.read(AccountId::LOCAL, job).await }
    });
    at_first_row.await.unwrap();
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    go_on.send(()).unwrap();
    assert_eq!(told.recv().await, Some((1, true)), "it ended where it was");
    assert_eq!(live(&engine).await, 20, "and the connection serves the next");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_contract_of_every_store() {
    let folder = tempfile::tempdir().unwrap();
    let made = AtomicU32::new(0);
    let new_store = || {
        let path = folder.path().join(format!("{}.db", made.fetch_add(1, Ordering::SeqCst)));
        opened(&path).store
    };
    conformance::all(new_store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let before = engine(opened(&path).store);
    add(&before, 1).await.unwrap();
    drop(before);
    let after = engine(opened(&path).store);
    assert_eq!(live(&after).await, 1);
    let repeated = add(&after, 1).await.unwrap();
    assert_eq!(repeated.tasks.len(), 1);
    assert_eq!(live(&after).await, 1, "a command repeated after a restart is done once");
}

#[test]
fn a_copied_database_goes_on_as_another_device() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    assert_eq!(open(&path, device(1), &on("machine a"), 0).unwrap().store.device(), device(1));
    assert_eq!(open(&path, device(2), &on("machine a"), 0).unwrap().store.device(), device(1));
    assert_eq!(open(&path, device(3), &on("machine b"), 0).unwrap().store.device(), device(3));
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    opened(&path).store.close();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", schema::VERSION + 1).unwrap();
    drop(connection);
    let bytes = std::fs::read(&path).unwrap();
    assert!(matches!(open(&path, device(1), &on("machine"), 0), Err(OpenError::Schema(_))));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

fn set_aside(folder: &Path) -> Vec<PathBuf> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.to_string_lossy().ends_with(&format!(".damaged-{NOW_MS}"))).collect()
}

/// A database with 59 tasks, all in the file itself: a checkpoint, as a clean close makes it.
async fn filled(folder: &Path) -> PathBuf {
    let path = folder.join("tasks.db");
    let engine = engine(opened(&path).store);
    for n in 1..60 {
        add(&engine, n).await.unwrap();
    }
    drop(engine);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rescue_that_was_broken_off_is_begun_anew_or_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path()).await;
    let rescued = folder.path().join("tasks.db.rescued");
    let whole = std::fs::read(&path).unwrap();
    // While the new database was made: half of it is there, and the damaged one in its place.
    std::fs::write(&rescued, &whole[..whole.len() / 2]).unwrap();
    let mut bytes = whole.clone();
    bytes[4_096..8_192].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let again = opened(&path);
    assert!(again.rescue.is_some_and(|rescue| rescue.entities == 59));
    assert_eq!(live(&engine(again.store)).await, 59);
    assert!(!rescued.exists());
    // When the damaged one was set aside, and the new one, which is whole, not yet in its place.
    for name in ["tasks.db", "tasks.db-wal", "tasks.db-shm"] {
        _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::write(&rescued, &whole).unwrap();
    assert_eq!(live(&engine(opened(&path).store)).await, 59);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_database_is_set_aside_whole_and_a_new_one_made() {
    for damage in ["text", "flipped", "truncated"] {
        let folder = tempfile::tempdir().unwrap();
        let path = filled(folder.path()).await;
        let mut bytes = std::fs::read(&path).unwrap();
        match damage {
            "text" => bytes = b"this is not a database at all, only some words".repeat(20),
            "flipped" => bytes[4_096..8_192].iter_mut().for_each(|byte| *byte ^= 0x5a),
            _ => bytes.truncate(bytes.len() / 2),
        }
        std::fs::write(&path, &bytes).unwrap();
        let opened = opened(&path);
        let rescue = opened.rescue.unwrap_or_else(|| panic!("{damage}: nothing was set aside"));
        assert_eq!(set_aside(folder.path()), std::slice::from_ref(&rescue.set_aside));
        assert_eq!(std::fs::read(&rescue.set_aside).unwrap(), bytes, "{damage}: kept byte for byte");
        let after = engine(opened.store);
        assert_eq!(live(&after).await, rescue.entities, "{damage}: what could be read is there");
        match damage {
            "text" => assert_eq!(rescue.entities, 0),
            "truncated" => assert!(rescue.entities < 59, "half of it is gone"),
            _ => assert!(rescue.entities + rescue.operations > 0, "other pages than the damaged one are rescued"),
        }
        add(&after, 100).await.unwrap();
        assert_eq!(live(&after).await, rescue.entities + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_whose_rows_are_lost_are_made_again_from_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path()).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    // The first page of the entities: all ways to their rows lead over it.
    let root: u32 =
        connection.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'entity'", [], |row| row.get(0)).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    let end = root as usize * 4_096;
    bytes[end - 4_096..end].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let opened = opened(&path);
    let rescue = opened.rescue.expect("it was damaged");
    assert_eq!((rescue.entities, rescue.operations), (59, 59));
    let store = Arc::new(opened.store);
    let after = Engine::new(Arc::clone(&store), Arc::new(FixedClock::at(NOW_MS)));
    assert_eq!(live(&after).await, 59);
    let numbered = store.read(AccountId::LOCAL, |tx| Ok(tx.numbered(1, u32::MAX, 100)?)).await.unwrap();
    assert_eq!(numbered.iter().filter_map(|row| row.number).collect::<Vec<_>>(), (1..60).collect::<Vec<_>>());
    add(&after, 100).await.unwrap();
    assert_eq!(live(&after).await, 60);
}

/// Rows of tasks with that term.
fn found(tx: &dyn StoreRead, term: &str) -> Vec<i64> {
    tx.rows_with(&Need::Term(term.to_owned()), 100).unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_looks_and_is_rolled_back_takes_no_terms_of_its_batch_away() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(opened(&folder.path().join("tasks.db")).store);
    let engine = Engine::new(Arc::clone(&store), Arc::new(FixedClock::at(NOW_MS)));
    // The writer is held until the next two requests wait, so that they are one batch.
    let (held, release) = std::sync::mpsc::channel::<()>();
    let release = std::sync::Mutex::new(release);
    let first = store.write(AccountId::LOCAL, move |_| {
        release.lock().unwrap().recv().unwrap();
        Ok(Verdict::RollBack(()))
    });
    let adding = add(&engine, 1);
    let looking = store.write(AccountId::LOCAL, |tx| Ok(Verdict::RollBack(found(tx.as_read(), "task").len())));
    let (_, added, seen, ()) = tokio::join!(first, adding, looking, async { held.send(()).unwrap() });
    added.unwrap();
    assert_eq!(seen.unwrap(), 1, "who looks sees what came before in its batch");
    let kept = store.read(AccountId::LOCAL, |tx| Ok(found(tx, "task").len())).await.unwrap();
    assert_eq!(kept, 1, "and the task is found afterwards");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_store_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(opened(&folder.path().join("tasks.db")).store);
    let engine = Engine::new(Arc::clone(&store), Arc::new(FixedClock::at(NOW_MS)));
    add(&engine, 1).await.unwrap();
    assert_eq!(live(&engine).await, 1, "a reader is there when the store closes");
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    assert!(add(&engine, 2).await.is_err());
    assert!(!folder.path().join("tasks.db-wal").exists(), "a clean close leaves everything in the file");
}

/// A database of every schema that was ever released, made by its own statements; today's build must read each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_each_earlier_schema_is_upgraded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let dump = entry.unwrap().path();
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tasks.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(&std::fs::read_to_string(&dump).unwrap()).unwrap();
        drop(connection);
        let engine = engine(opened(&path).store);
        let caller = caller();
        let tasks = engine.get(AccountId::LOCAL, caller, vec!["1".to_owned()]).await.unwrap();
        assert_eq!(tasks[0].task.title, "task 1", "{}", dump.display());
        assert_eq!(engine.undo(AccountId::LOCAL, undo(), 1).await.unwrap()[0].written.tasks[0].task.title, "task 1");
        seen += 1;
    }
    assert_eq!(
        seen,
        schema::VERSION,
        "one dump a schema: write it with UPDATE_SCHEMA_DUMP=1 cargo test -p tasks-sqlite"
    );
}

fn undo() -> Write {
    let caller = caller();
    Write {
        operation: OperationId::from_bytes([0xaa; 16]),
        caller,
        dry_run: false,
        command: "undo".to_owned(),
        instead_of: None,
    }
}

/// Writes the dump of today's schema when asked to; run once before a release that has a new schema.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dump_of_todays_schema_is_there() {
    let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schemas/{:04}.sql", schema::VERSION));
    if std::env::var_os("UPDATE_SCHEMA_DUMP").is_some() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.db");
        let engine = engine(opened(&path).store);
        add(&engine, 1).await.unwrap();
        drop(engine);
        std::fs::create_dir_all(dump.parent().unwrap()).unwrap();
        std::fs::write(&dump, dumped(&path)).unwrap();
    }
    assert!(dump.exists(), "write it with UPDATE_SCHEMA_DUMP=1 cargo test -p tasks-sqlite");
}

fn dumped(path: &Path) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut out = String::new();
    let mut objects = connection
        .prepare(
            "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' \
             AND name NOT LIKE 'term_%' ORDER BY rowid",
        )
        .unwrap();
    let rows: Vec<(String, String, String)> =
        objects.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
    for (name, kind, sql) in rows {
        out.push_str(&sql);
        out.push_str(";\n");
        // The index of terms keeps its rows in tables of its own and gives none of them back.
        if kind == "table" && !sql.starts_with("CREATE VIRTUAL TABLE") {
            let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
            let columns = statement.column_count();
            let mut values = statement.query([]).unwrap();
            while let Some(row) = values.next().unwrap() {
                let cells: Vec<String> = (0..columns).map(|at| literal(row.get_ref(at).unwrap())).collect();
                writeln!(out, "INSERT INTO {name} VALUES ({});", cells.join(", ")).unwrap();
            }
        }
    }
    out + &format!("PRAGMA user_version = {};\n", schema::VERSION)
}

fn literal(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text).replace('\'', "''")),
        ValueRef::Blob(blob) => {
            let digits: Vec<String> = blob.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("x'{}'", digits.concat())
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_too_long_to_be_read_ahead_together_are_walked_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(opened(&folder.path().join("tasks.db")).store);
    let engine = Engine::new(Arc::clone(&store), Arc::new(FixedClock::at(NOW_MS)));
    // Somewhat more than the bytes that are kept of rows.
    let notes = "x".repeat(200 * 1024);
    for n in 1..=30 {
        let fields = Fields { notes: Some(notes.clone()), ..Fields::default() };
        add_with(&engine, n, format!("2026-12-{:02}", 31 - n), fields).await.unwrap();
    }
    let walked = store.read(AccountId::LOCAL, |tx| {
        let mut ids = Vec::new();
        tx.scan(&Stretch::all(Class::Live), &mut |row| {
            ids.push((row.id.as_bytes()[0], row.task.notes.map(|notes| notes.len())));
            ControlFlow::Continue(())
        })?;
        Ok(ids)
    });
    let latest_first: Vec<_> = (1..=30).rev().map(|n| (n, Some(notes.len()))).collect();
    assert_eq!(walked.await.unwrap(), latest_first);
}
