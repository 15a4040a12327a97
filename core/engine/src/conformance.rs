//! The suite every store must pass, the same for all: `conformance::all(make).await`, where `make` opens a new, empty store.
//!
//! Each check is a sentence of the store's contract, or of what the engine does over it.

mod again;
mod at_once;
mod ledger;
mod on_screen;
mod outbox;
mod reading;
mod reminding;
mod set_clocks;
mod transactions;
mod waiting;

use crate::clock::FixedClock;
use crate::engine::{Engine, LogList};
use crate::error::EngineError;
use crate::request::{Caller, Fields, ListQuery, NewTask, TaskEdit, Write, Written};
use crate::store::{Store, StoreTxn, Verdict};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tasks_domain::command::Step;
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, OperationId, TaskId};
use tasks_domain::register::Registers;
use tasks_domain::settings::LanguageSettings;
use tasks_domain::shown::Shown;
use tasks_domain::sort::SortOrder;
use tasks_domain::task::Status;
use tasks_domain::when::Now;

/// Sunday, 22 November 2026, 10:00 in Berlin.
const NOW_MS: i64 = 1_795_338_000_000;
const HOUR_MS: i64 = 3_600_000;
const ACCOUNT: AccountId = AccountId::LOCAL;

struct Suite<S> {
    engine: Engine<S>,
    store: Arc<S>,
    clock: Arc<FixedClock>,
    next: AtomicU8,
}

/// Runs every check, each over a store of its own. Panics with the broken sentence.
pub async fn all<S: Store>(make: impl Fn() -> S) {
    let suite = || {
        let (store, clock) = (Arc::new(make()), Arc::new(FixedClock::at(NOW_MS)));
        let engine = Engine::new(Arc::clone(&store), clock.clone());
        Suite { engine, store, clock, next: AtomicU8::new(1) }
    };
    suite().a_command_sent_twice_is_done_once().await;
    suite().a_failed_command_leaves_nothing().await;
    suite().a_dry_run_answers_and_leaves_nothing().await;
    suite().accounts_do_not_see_each_other().await;
    suite().a_number_stays_with_its_task_and_rests_a_day().await;
    suite().references_are_numbers_and_prefixes().await;
    suite().listings_are_ordered_and_paged().await;
    suite().undo_redo_and_revert_are_operations_of_their_own().await;
    suite().commands_at_once_all_happen().await;
    suite().unknown_kinds_are_kept().await;
    suite().a_write_sees_what_it_wrote_and_what_it_dropped().await;
    suite().reads_see_one_state().await;
    suite().a_walk_goes_on_where_another_ended().await;
    suite().a_long_walk_meets_each_task_once_in_order_and_also_without_one().await;
    suite().links_are_found_from_their_target().await;
    suite().references_are_completed().await;
    suite().what_is_found_by_terms_is_what_a_walk_finds().await;
    suite().events_are_numbered_without_gaps_in_the_order_of_commits().await;
    suite().a_follower_is_told_everything_once().await;
    suite().a_cursor_that_is_too_old_or_foreign_is_told_so().await;
    suite().waiting_is_told_of_commits_and_of_time().await;
    suite().things_are_kept_as_long_as_promised().await;
    suite().what_was_emptied_is_not_taken_back().await;
    suite().completing_makes_the_next_in_the_same_operation().await;
    suite().missed_ones_stack_or_give_way_when_their_time_comes().await;
    suite().arrivals_are_waited_for().await;
    suite().a_reminder_comes_once_at_its_instant().await;
    suite().ended_tasks_are_silent_and_what_passed_stays_so().await;
    suite().a_failing_channel_is_tried_three_times_and_again_when_asked().await;
    suite().what_has_no_channel_is_held_back_until_there_is_one().await;
    suite().many_missed_ones_are_one_digest().await;
    suite().done_on_a_notification_makes_the_next_one().await;
    suite().reactions_are_commands_and_what_is_handled_is_taken_away().await;
    suite().the_ledger_is_kept_a_year_and_longer_where_it_decides().await;
    suite().the_log_tells_what_came_by_itself_when_asked().await;
    suite().a_clock_that_is_set_repeats_nothing_and_loses_nothing().await;
    suite().somebody_who_travels_is_reminded_at_the_same_instants().await;
    suite().what_says_something_else_by_now_is_drawn_anew().await;
    suite().a_digest_shrinks_with_what_is_handled().await;
    suite().what_an_earlier_life_left_on_the_screen_is_looked_after().await;
    suite().what_was_sent_and_not_written_is_sent_again_under_the_same_row().await;
    suite().reminders_are_snoozed_cancelled_and_taken_back().await;
}

impl<S: Store> Suite<S> {
    fn byte(&self) -> u8 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    async fn log(&self) -> Result<Vec<crate::request::Logged>, EngineError> {
        self.engine.operations(ACCOUNT, LogList { limit: 100, ..LogList::default() }).await
    }

    fn write(&self) -> Write {
        // Mixed bytes, so that printed ids differ early.
        let n = self.byte();
        let operation = OperationId::from_bytes([n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xee, n.wrapping_mul(37)]);
        Write { operation, caller: Self::caller(), dry_run: false, command: format!("command {n}"), instead_of: None }
    }

    fn caller() -> Caller {
        let now = Now::from_unix_ms(NOW_MS, chrono_tz()).expect("a time in range");
        Caller {
            now,
            locale: "en_GB.UTF-8".to_owned(),
            language: LanguageSettings::default(),
            context: String::new(),
            past: false,
        }
    }

    fn new_task(&self, text: &str) -> NewTask {
        let n = self.byte();
        NewTask {
            id: TaskId::from_bytes([n, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0xdd, n.wrapping_mul(59)]),
            text: text.to_owned(),
        }
    }

    async fn add(&self, text: &str) -> Shown {
        let written = self.engine.add(ACCOUNT, self.write(), vec![self.new_task(text)], Fields::default()).await;
        written.expect("the task is added").tasks.remove(0)
    }

    async fn step(&self, step: Step, reference: &str) -> Result<Written, EngineError> {
        self.engine.step(ACCOUNT, self.write(), step, vec![reference.to_owned()]).await
    }

    fn query(filter: &str) -> ListQuery {
        ListQuery {
            caller: Self::caller(),
            filter: filter.split_whitespace().map(str::to_owned).collect(),
            order: SortOrder::Due,
            reverse: false,
            then: Vec::new(),
            limit: 0,
            horizon_days: None,
            short_ids: false,
            brief: false,
        }
    }

    async fn titles(&self, query: ListQuery) -> (Vec<String>, bool) {
        let (tasks, more) = self.engine.list(ACCOUNT, query).await.expect("a listing");
        (tasks.into_iter().map(|shown| shown.task.title).collect(), more)
    }

    async fn a_command_sent_twice_is_done_once(self) {
        let (write, task) = (self.write(), self.new_task("once"));
        let first =
            self.engine.add(ACCOUNT, write.clone(), vec![task.clone()], Fields::default()).await.expect("added");
        let again = self.engine.add(ACCOUNT, write.clone(), vec![task], Fields::default()).await.expect("recognised");
        assert_eq!(first.tasks, again.tasks);
        assert_eq!(first.operation, again.operation);
        assert_eq!(self.titles(Self::query("")).await.0, ["once"]);
        let other = Write { command: "another".to_owned(), ..write };
        let reused = self.engine.add(ACCOUNT, other, vec![self.new_task("x")], Fields::default()).await;
        assert!(matches!(reused, Err(EngineError::Domain(Error::OperationReused))));
    }

    async fn a_failed_command_leaves_nothing(self) {
        let texts = vec![self.new_task("good"), self.new_task("  ")];
        let failed = self.engine.add(ACCOUNT, self.write(), texts, Fields::default()).await;
        assert!(matches!(failed, Err(EngineError::Line { line: 2, error: Error::EmptyTitle })));
        let job = |tx: &mut dyn StoreTxn| {
            let task = TaskId::from_bytes([3; 16]);
            tx.put_entity(task.into(), &Registers::default(), None)?;
            Err::<Verdict<()>, _>(EngineError::Domain(Error::NothingToRedo))
        };
        assert!(self.store.write(ACCOUNT, job).await.is_err());
        let there = self.store.read(ACCOUNT, |tx| Ok(tx.entity(TaskId::from_bytes([3; 16]).into())?.is_some())).await;
        assert!(!there.expect("a read"));
        assert_eq!(self.titles(Self::query("status:all")).await.0, Vec::<String>::new());
        assert_eq!(self.engine.counts(ACCOUNT).await.expect("counts").0.operations, 0);
    }

    async fn a_dry_run_answers_and_leaves_nothing(self) {
        let write = Write { dry_run: true, ..self.write() };
        let written =
            self.engine.add(ACCOUNT, write, vec![self.new_task("maybe")], Fields::default()).await.expect("tried");
        assert_eq!((written.tasks[0].task.title.as_str(), written.operation), ("maybe", None));
        assert_eq!(self.titles(Self::query("")).await.0, Vec::<String>::new());
    }

    async fn accounts_do_not_see_each_other(self) {
        let mine = self.add("mine").await;
        let other = AccountId::from_bytes([9; 16]);
        let (tasks, _) = self.engine.list(other, Self::query("status:all")).await.expect("a listing");
        assert!(tasks.is_empty());
        let found = self.engine.get(other, Self::caller(), vec![mine.task.id.letters()]).await;
        assert!(matches!(found, Err(EngineError::Domain(Error::NoSuchTask { .. }))));
        let theirs = self.engine.add(other, self.write(), vec![self.new_task("theirs")], Fields::default()).await;
        assert_eq!(theirs.expect("added").tasks[0].number, Some(1), "numbers are per account");
    }

    async fn a_number_stays_with_its_task_and_rests_a_day(self) {
        let (one, two) = (self.add("one").await, self.add("two").await);
        assert_eq!((one.number, two.number), (Some(1), Some(2)));
        self.step(Step::Done, "1").await.expect("done");
        let again = self.step(Step::Done, "1").await.expect("its number still names it");
        assert_eq!((again.unchanged, again.operation, again.tasks[0].number), (vec![one.task.id], None, None));
        assert_eq!(self.add("three").await.number, Some(3), "a freed number rests");
        let reopened = self.step(Step::Reopen, &one.task.id.letters()).await.expect("reopened");
        assert_eq!(reopened.tasks[0].number, Some(1), "and is given back");
        self.step(Step::Done, "1").await.expect("done");
        self.clock.set(NOW_MS + 25 * HOUR_MS);
        assert_eq!(self.add("four").await.number, Some(1), "the lowest that rested a day");
        let reopened = self.step(Step::Reopen, &one.task.id.letters()).await.expect("reopened");
        assert_eq!(reopened.tasks[0].number, Some(4), "a new one when another took it");
    }

    async fn references_are_numbers_and_prefixes(self) {
        let (a, b) = (self.add("a").await, self.add("b").await);
        let get = |reference: String| self.engine.get(ACCOUNT, Self::caller(), vec![reference]);
        for (shown, number) in [(&a, "1"), (&b, "2")] {
            assert_eq!(get(number.to_owned()).await.expect("by number")[0].task.id, shown.task.id);
            assert_eq!(get(shown.task.id.letters()).await.expect("by id")[0].task.id, shown.task.id);
            let short = shown.short_id.clone().expect("a short id");
            assert_eq!(get(short.clone()).await.expect("by prefix")[0].task.id, shown.task.id);
        }
        for unknown in ["99", "0", "", "no such", "99999999999999999999"] {
            let found = get(unknown.to_owned()).await;
            assert!(matches!(found, Err(EngineError::Domain(Error::NoSuchTask { .. }))), "{unknown}");
        }
        let same_end = |first: u8| {
            let mut bytes = [7; 16];
            bytes[14] = first;
            NewTask { id: TaskId::from_bytes(bytes), text: "twin".to_owned() }
        };
        let twins = vec![same_end(1), same_end(2)];
        let added = self.engine.add(ACCOUNT, self.write(), twins, Fields::default()).await.expect("added");
        let shared = added.tasks[0].task.id.letters()[..2].to_owned();
        assert!(
            matches!(get(shared).await, Err(EngineError::Domain(Error::AmbiguousTask { candidates, .. })) if candidates.len() == 2)
        );
    }

    async fn listings_are_ordered_and_paged(self) {
        let flags = |due: &str, priority: &str| Fields {
            due: Some(due.to_owned()),
            priority: Some(priority.to_owned()),
            ..Fields::default()
        };
        let adds = [
            ("none", Fields::default()),
            ("late", flags("2026-12-24", "medium")),
            ("timed", flags("2026-11-23 08:00", "low")),
            ("day", flags("2026-11-23", "low")),
            ("day urgent", flags("2026-11-23", "urgent")),
        ];
        for (title, fields) in adds {
            let task = vec![self.new_task(title)];
            self.engine.add(ACCOUNT, self.write(), task, fields).await.expect("added");
        }
        let all = ["timed", "day urgent", "day", "late", "none"];
        assert_eq!(self.titles(Self::query("")).await, (all.map(str::to_owned).to_vec(), false));
        let page = self.titles(ListQuery { limit: 2, ..Self::query("") }).await;
        assert_eq!(page, (vec!["timed".to_owned(), "day urgent".to_owned()], true));
        assert!(!self.titles(ListQuery { limit: 5, ..Self::query("") }).await.1, "a full page need not mean more");
        let soon = self.titles(ListQuery { horizon_days: Some(7), ..Self::query("") }).await;
        assert_eq!(soon.0, ["timed", "day urgent", "day"]);
        let back = self.titles(ListQuery { reverse: true, ..Self::query("") }).await;
        assert_eq!(back.0, ["none", "late", "day", "day urgent", "timed"]);
        let matter = self.titles(ListQuery { order: SortOrder::Priority, limit: 1, ..Self::query("") }).await;
        assert_eq!(matter, (vec!["day urgent".to_owned()], true));
        assert_eq!(self.titles(Self::query("day -x")).await.0, ["day urgent", "day"]);
    }

    async fn undo_redo_and_revert_are_operations_of_their_own(self) {
        let task = self.add("first").await;
        let edit = TaskEdit {
            targets: vec!["1".to_owned()].into(),
            fields: Fields { title: Some("second".to_owned()), ..Fields::default() },
            ..TaskEdit::default()
        };
        let edited = self.engine.edit(ACCOUNT, self.write(), vec![edit]).await.expect("edited");
        self.step(Step::Done, "1").await.expect("done");
        let undone = self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        let shown = &undone[0].written.tasks[0];
        assert_eq!((shown.task.status(), shown.number), (Status::Open, Some(1)));
        let redone = self.engine.redo(ACCOUNT, self.write(), 1).await.expect("redone");
        assert_eq!(redone[0].written.tasks[0].task.status(), Status::Done);
        assert_eq!(redone[0].target.header.id, undone[0].target.header.id, "the command that is done again is named");
        assert!(undone[0].target.undone && !redone[0].target.undone);
        let operation = edited.operation.expect("an operation").short_id;
        let reverted = self.engine.revert(ACCOUNT, self.write(), operation).await.expect("reverted").expect("one step");
        assert_eq!(reverted.written.tasks[0].task.title, "first");
        assert_eq!(reverted.written.tasks[0].task.status(), Status::Done, "what was changed since stays");
        let undo = self.write();
        let all = self.engine.undo(ACCOUNT, undo.clone(), 10).await.expect("all undone");
        assert_eq!(all.len(), 4);
        assert!(self.titles(Self::query("status:all")).await.0.is_empty(), "a creation is taken back too");
        let nothing = self.engine.undo(ACCOUNT, self.write(), 1).await;
        assert!(matches!(nothing, Err(EngineError::Domain(Error::NothingToUndo))));
        let gone = self.engine.get(ACCOUNT, Self::caller(), vec!["1".to_owned()]).await;
        assert!(gone.is_err(), "a number of a task whose making was taken back names nothing");
        self.engine.redo(ACCOUNT, self.write(), 1).await.expect("redone");
        let back = self.engine.get(ACCOUNT, Self::caller(), vec![task.task.id.letters()]).await.expect("back");
        assert_eq!((back[0].number, back[0].task.title.as_str()), (Some(1), "first"));
        let other = self.add("other").await;
        let again = self.engine.undo(ACCOUNT, undo, 10).await.expect("recognised");
        assert_eq!(again.len(), 4, "an undo sent twice is done once");
        assert_eq!(
            self.titles(Self::query("")).await.0,
            ["first", "other"],
            "and takes back nothing that came after it"
        );
        let tried = Write { dry_run: true, ..self.write() };
        let tried = self.engine.undo(ACCOUNT, tried, 1).await.expect("tried");
        assert_eq!((tried[0].written.tasks[0].task.id, tried[0].written.operation.is_none()), (other.task.id, true));
        assert_eq!(self.titles(Self::query("")).await.0, ["first", "other"], "a dry run takes nothing back");
        let log = self.log().await.expect("the log");
        assert!(log.windows(2).all(|pair| pair[0].seq > pair[1].seq), "newest first");
    }
}

fn chrono_tz() -> tasks_domain::when::Zone {
    tasks_domain::when::parse_zone("Europe/Berlin").expect("a known zone")
}
