//! The engine over the SQLite store, in process: what a command costs without the way to the daemon.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tasks_domain::id::{AccountId, DeviceId, OperationId, TaskId};
use tasks_domain::settings::LanguageSettings;
use tasks_domain::sort::SortOrder;
use tasks_domain::when::{Now, Zone};
use tasks_engine::clock::FixedClock;
use tasks_engine::engine::Engine;
use tasks_engine::query::Ended;
use tasks_engine::request::{Caller, Fields, ListQuery, NewTask, Shown, Write};
use tasks_sqlite::{SqliteStore, open};
use tokio::runtime::Runtime;

const NOW_MS: i64 = 1_795_338_000_000;
/// Tasks added in one operation while the store is filled.
const CHUNK: usize = 1_000;

fn main() {
    divan::main();
}

struct Bench {
    engine: Engine<SqliteStore>,
    runtime: Runtime,
    next: AtomicU64,
    _folder: tempfile::TempDir,
}

fn caller() -> Caller {
    let now = Now::from_unix_ms(NOW_MS, Zone::Europe__Berlin).unwrap();
    Caller { now, locale: String::new(), language: LanguageSettings::default(), context: String::new(), past: false }
}

impl Bench {
    fn with(tasks: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks.db");
        let store = open(&path, DeviceId::from_bytes([1; 16]), &|_| String::new(), NOW_MS).unwrap().store;
        let engine = Engine::new(Arc::new(store), Arc::new(FixedClock::at(NOW_MS)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let bench = Self { engine, runtime, next: AtomicU64::new(0), _folder: folder };
        (0..tasks / CHUNK).for_each(|_| bench.add(CHUNK));
        bench
    }

    /// Spread as ids are: the random end differs most.
    fn id(&self) -> [u8; 16] {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let random = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
        std::array::from_fn(|at| if at < 8 { n.to_be_bytes()[at] } else { random[at - 8] })
    }

    fn add(&self, count: usize) {
        let write = Write {
            operation: OperationId::from_bytes(self.id()),
            caller: caller(),
            dry_run: false,
            command: "add".to_owned(),
            instead_of: None,
        };
        let task = |n: usize| NewTask {
            id: TaskId::from_bytes(self.id()),
            text: format!("buy milk {n} 2027-{:02}-{:02} #t{} @p{}", n % 12 + 1, n % 28 + 1, n % 20, n % 50),
        };
        let tasks = (0..count).map(task).collect();
        self.runtime.block_on(self.engine.add(AccountId::LOCAL, write, tasks, Fields::default())).unwrap();
    }

    fn query(filter: &str, limit: usize) -> ListQuery {
        ListQuery {
            caller: caller(),
            filter: filter.split_whitespace().map(str::to_owned).collect(),
            order: SortOrder::Due,
            reverse: false,
            then: Vec::new(),
            limit,
            horizon_days: None,
            short_ids: false,
            brief: false,
        }
    }

    /// Task by task, as the daemon hands them on.
    fn stream(&self) -> Ended {
        let run = async {
            let listing = self.engine.listing(AccountId::LOCAL, Self::query("", 0)).await?;
            let take = |shown: Shown| {
                divan::black_box(shown);
                ControlFlow::Continue(())
            };
            self.engine.list_part(AccountId::LOCAL, Arc::new(listing), None, take).await
        };
        self.runtime.block_on(run).unwrap()
    }

    fn list(&self, filter: &str, limit: usize) -> usize {
        let query = Self::query(filter, limit);
        self.runtime.block_on(self.engine.list(AccountId::LOCAL, query)).unwrap().0.len()
    }
}

#[divan::bench(args = [0, 10_000, 100_000], sample_count = 50)]
fn add_one(bencher: divan::Bencher<'_, '_>, tasks: usize) {
    let bench = Bench::with(tasks);
    bencher.bench_local(|| bench.add(1));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn list_page(bencher: divan::Bencher<'_, '_>, tasks: usize) {
    let bench = Bench::with(tasks);
    bencher.bench_local(|| bench.list("", 50));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn list_all(bencher: divan::Bencher<'_, '_>, tasks: usize) {
    let bench = Bench::with(tasks);
    bencher.bench_local(|| bench.stream());
}

#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn next_page(bencher: divan::Bencher<'_, '_>, tasks: usize) {
    let bench = Bench::with(tasks);
    let next = || bench.runtime.block_on(bench.engine.next_tasks(AccountId::LOCAL, Bench::query("", 50))).unwrap();
    bencher.bench_local(next);
}

#[divan::bench(args = [10_000, 100_000], sample_count = 5)]
fn list_words_tag_and_due(bencher: divan::Bencher<'_, '_>, tasks: usize) {
    let bench = Bench::with(tasks);
    bencher.bench_local(|| bench.list("milk +t7 due.before:2027-06-01", 0));
}
