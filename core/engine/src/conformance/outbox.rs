//! The outbox: events in the order of commits, following them, and how long things are kept.

use super::at_once::join;
use super::{ACCOUNT, HOUR_MS, NOW_MS, Suite};
use crate::error::EngineError;
use crate::follow::{Follow, Followed, Follower};
use crate::request::Fields;
use crate::retention::Cleaned;
use crate::store::{Outbox, Store, StoreTxn, Verdict};
use std::ops::ControlFlow;
use tasks_domain::command::Step;
use tasks_domain::cursor::Cursor;
use tasks_domain::error::Error;
use tasks_domain::event::{Event, EventType};
use tasks_domain::field;
use tasks_domain::id::{AccountId, DeviceId, OperationId, TaskId};
use tasks_domain::register::{Change, Registers};
use tasks_domain::stamp::{Hlc, Stamp};

const DAY_MS: i64 = 24 * HOUR_MS;
const OTHER: AccountId = AccountId::from_bytes([9; 16]);

fn event(n: u8) -> Event {
    Event {
        id: [n; 16],
        event_type: EventType::Updated,
        task: TaskId::from_bytes([n; 16]),
        reminder: None,
        operation: OperationId::from_bytes([n; 16]),
        at_unix_ms: NOW_MS,
        hlc: Hlc::from_bits(u64::from(n)),
    }
}

impl<S: Store> Suite<S> {
    async fn append(&self, account: AccountId, events: Vec<Event>) -> u64 {
        let job = move |tx: &mut dyn StoreTxn| Ok(Verdict::Commit(tx.append_events(&events)?));
        self.store.write(account, job).await.expect("appended")
    }

    async fn numbers(&self, account: AccountId, after: u64) -> Vec<(u64, u8)> {
        let read = self.store.read(account, move |tx| {
            let mut numbers = Vec::new();
            tx.events(after, &mut |seq, event| {
                numbers.push((seq, event.id[0]));
                ControlFlow::Continue(())
            })?;
            Ok(numbers)
        });
        read.await.expect("events")
    }

    async fn outbox(&self, account: AccountId) -> Outbox {
        self.store.read(account, |tx| Ok(tx.outbox()?)).await.expect("an outbox")
    }

    pub(super) async fn events_are_numbered_without_gaps_in_the_order_of_commits(self) {
        let mut commits = self.store.commits(ACCOUNT);
        assert_eq!(self.outbox(ACCOUNT).await, Outbox::default());
        assert_eq!(self.append(ACCOUNT, vec![event(1), event(2)]).await, 2);
        assert_eq!(self.append(OTHER, vec![event(3)]).await, 1, "each account counts for itself");
        let failed = |tx: &mut dyn StoreTxn| {
            tx.append_events(&[event(4)])?;
            Ok(Verdict::RollBack(()))
        };
        self.store.write(ACCOUNT, failed).await.expect("rolled back");
        assert_eq!(self.append(ACCOUNT, vec![event(5)]).await, 3);
        assert_eq!(self.numbers(ACCOUNT, 0).await, [(1, 1), (2, 2), (3, 5)]);
        assert_eq!(self.numbers(ACCOUNT, 2).await, [(3, 5)]);
        assert_eq!(*commits.borrow_and_update(), 3, "whoever waits is told the newest");
        self.append(OTHER, vec![event(6)]).await;
        assert!(!commits.has_changed().expect("open"), "nobody is told of other accounts");
        let drop = |tx: &mut dyn StoreTxn| Ok(Verdict::Commit((tx.drop_events(2, 1)?, tx.drop_events(9, 9)?)));
        assert_eq!(self.store.write(ACCOUNT, drop).await.expect("dropped"), (1, 2));
        assert_eq!(self.outbox(ACCOUNT).await, Outbox { dropped: 3, newest: 3 });
        assert_eq!(self.append(ACCOUNT, vec![event(7)]).await, 4, "a number is never given twice");
        assert_eq!(self.outbox(OTHER).await, Outbox { dropped: 0, newest: 2 });
    }

    async fn follow(&self, since: Option<Cursor>, filter: &str, types: &[EventType]) -> Follower<S> {
        let filter = filter.split_whitespace().map(str::to_owned).collect();
        let query = Follow { caller: Self::caller(), filter, types: types.to_vec(), since };
        self.engine.follow(ACCOUNT, query).await.expect("a filter")
    }

    pub(super) async fn a_follower_is_told_everything_once(self) {
        self.add("before").await;
        let mut follower = self.follow(None, "", &[]).await;
        let (start, Followed::Position) = follower.next().await.expect("a place") else { panic!("no place") };
        self.step(Step::Done, "1").await.expect("done");
        let first = follower.next().await.expect("an event");
        let (cursor, Followed::Event(event)) = &first else { panic!("not an event: {first:?}") };
        let task = event.task.as_ref().expect("a task");
        assert_eq!((event.event.event_type, task.task.title.as_str()), (EventType::Completed, "before"));
        assert_eq!((event.fields.as_slice(), event.command.as_str()), (&["status".to_owned()][..], "command 3"));
        // Waiting comes before the commit, and ends with it.
        let task = self.new_task("after +x");
        let (second, added) =
            join(follower.next(), self.engine.add(ACCOUNT, self.write(), vec![task], Fields::default())).await;
        added.expect("added");
        let second = second.expect("an event");
        // Another one from the same place is told the same, with the same ids.
        let mut again = self.follow(Some(start), "", &[]).await;
        again.next().await.expect("a place");
        assert_eq!(again.next().await.expect("the first"), first);
        assert_eq!(again.next().await.expect("the second"), second);
        for mut rest in
            [self.follow(Some(*cursor), "", &[]).await, self.follow(Some(start), "+x", &[EventType::Created]).await]
        {
            rest.next().await.expect("a place");
            assert_eq!(rest.next().await.expect("the second"), second);
        }
        let unread =
            Follow { caller: Self::caller(), filter: vec!["due:never-day".to_owned()], types: Vec::new(), since: None };
        assert!(self.engine.follow(ACCOUNT, unread).await.is_err());
    }

    pub(super) async fn a_cursor_that_is_too_old_or_foreign_is_told_so(self) {
        self.add("one").await;
        self.add("two").await;
        let (_, device) = self.engine.counts(ACCOUNT).await.expect("counts");
        let newest = Cursor::new(device, 2);
        let drop = |tx: &mut dyn StoreTxn| Ok(Verdict::Commit(tx.drop_events(1, 1)?));
        self.store.write(ACCOUNT, drop).await.expect("dropped");
        let foreign = Cursor::new(DeviceId::from_bytes([77; 16]), 1);
        for lost in [Cursor::new(device, 0), Cursor::new(device, 3), foreign] {
            let mut follower = self.follow(Some(lost), "", &[]).await;
            assert_eq!(follower.next().await.expect("told"), (newest, Followed::Resync));
        }
        let mut follower = self.follow(Some(Cursor::new(device, 1)), "", &[]).await;
        assert_eq!(follower.next().await.expect("a place").1, Followed::Position);
        // It sleeps while more goes than it has read.
        let drop = |tx: &mut dyn StoreTxn| Ok(Verdict::Commit(tx.drop_events(2, 9)?));
        self.store.write(ACCOUNT, drop).await.expect("dropped");
        assert_eq!(follower.next().await.expect("told"), (newest, Followed::Resync));
        self.add("three").await;
        assert!(matches!(follower.next().await.expect("goes on"), (_, Followed::Event(_))));
    }

    pub(super) async fn things_are_kept_as_long_as_promised(self) {
        let task = self.add("old secret #x // notes").await.task.id;
        self.engine.delete(ACCOUNT, self.write(), "1").await;
        self.clock.set(NOW_MS + 6 * DAY_MS);
        self.add("second").await;
        assert_eq!(self.engine.clean(ACCOUNT).await.expect("cleaned"), Cleaned::default());
        self.clock.set(NOW_MS + 8 * DAY_MS);
        assert_eq!(
            self.engine.clean(ACCOUNT).await.expect("cleaned"),
            Cleaned::default(),
            "a clock alone ages nothing"
        );
        self.add("third").await;
        let cleaned = self.engine.clean(ACCOUNT).await.expect("cleaned");
        assert_eq!(cleaned, Cleaned { events: 2, ..Cleaned::default() });
        assert_eq!(self.outbox(ACCOUNT).await, Outbox { dropped: 2, newest: 4 });

        self.clock.set(NOW_MS + 91 * DAY_MS);
        self.add("fourth").await;
        let before = self.registers(task).await;
        assert_eq!(self.engine.clean(ACCOUNT).await.expect("cleaned").tasks, 1);
        let after = self.registers(task).await;
        assert!(!String::from_utf8_lossy(&after.encode()).contains("secret"));
        let stamps =
            |registers: &Registers| registers.iter().map(|(f, k, r)| (f, k.to_vec(), r.stamp)).collect::<Vec<_>>();
        assert_eq!(stamps(&after), stamps(&before), "every stamp stays");
        assert_eq!(self.titles(Self::query("status:deleted")).await.0, Vec::<String>::new());
        let restored = self.engine.get(ACCOUNT, Self::caller(), vec![task.letters()]).await;
        assert!(matches!(restored, Err(EngineError::Domain(Error::NoSuchTask { .. }))));
        assert_eq!(self.engine.clean(ACCOUNT).await.expect("cleaned"), Cleaned::default(), "once is enough");

        let operations = self.engine.counts(ACCOUNT).await.expect("counts").0.operations;
        self.clock.set(NOW_MS + 367 * DAY_MS);
        self.add("fifth").await;
        assert_eq!(self.engine.clean(ACCOUNT).await.expect("cleaned").operations, 2);
        assert_eq!(self.engine.counts(ACCOUNT).await.expect("counts").0.operations, operations + 1 - 2);
        let log = self.log().await.expect("a log");
        assert_eq!(log.len() as u64, operations - 1, "the newer ones are there");
    }

    pub(super) async fn what_was_emptied_is_not_taken_back(self) {
        let task = self.add("old").await.task.id;
        self.engine.delete(ACCOUNT, self.write(), "1").await;
        self.clock.set(NOW_MS + 91 * DAY_MS);
        self.add("newer").await;
        self.engine.clean(ACCOUNT).await.expect("cleaned");
        let steps = self.engine.undo(ACCOUNT, self.write(), 2).await.expect("undone");
        assert_eq!(steps[1].kept, ["a task was in the trash for so long that its contents are gone"]);
        assert!(self.titles(Self::query("status:all")).await.0.is_empty());
        // Another device restored and renamed it later than all that: then it is there, with what that device knows.
        let job = move |tx: &mut dyn StoreTxn| {
            let mut registers = tx.entity(task.into())?.unwrap_or_default();
            let stamp = Stamp { hlc: Hlc::from_bits(u64::MAX - 1), device: DeviceId::from_bytes([8; 16]) };
            for (field, value) in [(field::DELETED, b"null".to_vec()), (field::TITLE, b"\"back\"".to_vec())] {
                registers.merge(&Change { entity: task.into(), field, key: Vec::new(), value, stamp });
            }
            Ok(Verdict::RollBack(tasks_domain::task::Task::read(task, &registers)))
        };
        let merged = self.store.write(ACCOUNT, job).await.expect("merged");
        assert_eq!((merged.title.as_str(), merged.deleted_at, merged.exists), ("back", None, true));
    }

    async fn registers(&self, task: TaskId) -> Registers {
        self.store.read(ACCOUNT, move |tx| Ok(tx.entity(task.into())?)).await.expect("read").expect("there")
    }
}

impl<S: Store> crate::engine::Engine<S> {
    async fn delete(&self, account: AccountId, write: crate::request::Write, reference: &str) {
        self.step(account, write, Step::Delete, vec![reference.to_owned()]).await.expect("deleted");
    }
}
