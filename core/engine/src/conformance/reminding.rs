//! Reminders: the clock, its deliveries and the ledger.

use super::{ACCOUNT, HOUR_MS, NOW_MS, Suite};
use crate::reminders::clock::Host;
use crate::reminders::{ReminderDeed, ReminderList, ReminderStory, Which};
use crate::request::{Fields, TaskEdit, Write};
use crate::store::Store;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tasks_domain::command::Step;
use tasks_domain::event::EventType;
use tasks_domain::id::ReminderId;
use tasks_domain::reminder::{Deliver, Delivering, Delivery, OnScreen, Outcome, Reacted, Row, State, plan};
use tasks_domain::shown::Shown;
use tasks_domain::when::Now;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub(super) const MINUTE_MS: i64 = 60_000;
/// Today at 17:00 in Berlin.
pub(super) const FIVE_MS: i64 = NOW_MS + 7 * HOUR_MS;
/// How long a test waits for what must come.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Channels that do as they are told, and tell what they were given.
struct Told {
    outcomes: Mutex<Vec<Outcome>>,
    given: mpsc::UnboundedSender<Delivery>,
    withdrawn: mpsc::UnboundedSender<Vec<ReminderId>>,
    redrawn: mpsc::UnboundedSender<Delivery>,
    left: Vec<Vec<OnScreen>>,
}

impl Deliver for Told {
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, Outcome> {
        let mut outcomes = self.outcomes.lock().expect("a lock");
        let outcome = if outcomes.is_empty() { Outcome::Sent } else { outcomes.remove(0) };
        self.given.send(delivery.clone()).ok();
        let hangs = matches!(&outcome, Outcome::Held { reason } if reason == "hangs");
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            outcome
        })
    }

    fn withdraw<'a>(&'a self, reminders: &'a [ReminderId]) -> Delivering<'a, ()> {
        self.withdrawn.send(reminders.to_vec()).ok();
        Box::pin(async {})
    }

    fn redraw<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, ()> {
        self.redrawn.send(delivery.clone()).ok();
        Box::pin(async {})
    }

    fn left_on_screen(&self) -> Delivering<'_, Vec<Vec<OnScreen>>> {
        Box::pin(async { self.left.clone() })
    }
}

/// A clock at work.
pub(super) struct Reminding {
    given: mpsc::UnboundedReceiver<Delivery>,
    pub(super) withdrawn: mpsc::UnboundedReceiver<Vec<ReminderId>>,
    pub(super) redrawn: mpsc::UnboundedReceiver<Delivery>,
    pub(super) reactions: mpsc::Sender<Reacted>,
    running: JoinHandle<()>,
}

impl Reminding {
    pub(super) async fn next(&mut self) -> Delivery {
        tokio::time::timeout(PATIENCE, self.given.recv())
            .await
            .expect("something is delivered in time")
            .expect("a clock")
    }

    pub(super) fn nothing_more(&mut self) {
        assert!(self.given.try_recv().is_err(), "nothing else is delivered");
    }

    /// As if the process were killed.
    pub(super) async fn kill(self) {
        self.running.abort();
        self.running.await.ok();
    }
}

fn failed() -> Outcome {
    Outcome::Failed { reason: "no route".to_owned(), retry_after: None }
}

pub(super) fn titles(delivery: &Delivery) -> Vec<&str> {
    delivery.notices.iter().map(|notice| notice.title.as_str()).collect()
}

impl<S: Store> Suite<S> {
    pub(super) fn remind(&self, outcomes: Vec<Outcome>) -> Reminding {
        self.remind_after(outcomes, Vec::new())
    }

    /// The same by a host that has left something on the screen.
    pub(super) fn remind_after(&self, outcomes: Vec<Outcome>, left: Vec<Vec<OnScreen>>) -> Reminding {
        let (given_to, given) = mpsc::unbounded_channel();
        let (withdrawn_to, withdrawn) = mpsc::unbounded_channel();
        let (reactions, reacted) = mpsc::channel(4);
        let (redrawn_to, redrawn) = mpsc::unbounded_channel();
        let outcomes = Mutex::new(outcomes);
        let told = Told { outcomes, given: given_to, withdrawn: withdrawn_to, redrawn: redrawn_to, left };
        let host = Host { timer: Box::new(self.clock.timer()), channels: Arc::new(told), reactions: reacted };
        let engine = self.engine.clone();
        let running = tokio::spawn(async move { engine.keep_reminding(ACCOUNT, host).await });
        Reminding { given, withdrawn, redrawn, reactions, running }
    }

    pub(super) fn write_at(&self, unix_ms: i64) -> Write {
        let mut write = self.write();
        write.caller.now = Now::from_unix_ms(unix_ms, write.caller.now.zone()).expect("a time in range");
        write
    }

    pub(super) async fn story(&self, reference: &str) -> ReminderStory {
        let stories = self.engine.reminder_stories(ACCOUNT, vec![reference.to_owned()], None).await;
        stories.expect("reminders").remove(0)
    }

    pub(super) async fn states(&self, reference: &str) -> Vec<State> {
        self.story(reference).await.rows.iter().map(Row::state).collect()
    }

    /// Waits until the first reminder of the task is in that state.
    pub(super) async fn until(&self, reference: &str, state: State) -> ReminderStory {
        let reached = async {
            loop {
                let story = self.story(reference).await;
                if story.shown.standing.state == state {
                    return story;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(PATIENCE, reached).await.expect("the state is reached in time")
    }

    pub(super) async fn events_of(&self, event_type: EventType) -> usize {
        let read = self.store.read(ACCOUNT, move |tx| {
            let mut count = 0;
            tx.events(0, &mut |_, event| {
                count += usize::from(event.event_type == event_type);
                ControlFlow::Continue(())
            })?;
            Ok(count)
        });
        read.await.expect("events")
    }

    pub(super) async fn deed(&self, unix_ms: i64, reference: &str, deed: ReminderDeed) {
        let done =
            self.engine.change_reminders(ACCOUNT, self.write_at(unix_ms), vec![reference.to_owned()], deed).await;
        done.expect("the deed is done");
    }

    pub(super) async fn edit_due(&self, unix_ms: i64, due: &str) -> Shown {
        let fields = Fields { due: Some(due.to_owned()), ..Fields::default() };
        let edit = TaskEdit { targets: vec!["1".to_owned()].into(), fields, ..TaskEdit::default() };
        let written = self.engine.edit(ACCOUNT, self.write_at(unix_ms), vec![edit]).await;
        written.expect("the task is edited").tasks.remove(0)
    }

    pub(super) async fn a_reminder_comes_once_at_its_instant(self) {
        let mut reminding = self.remind(Vec::new());
        let shown = self.add("call mom 5pm remind me 15 minutes before").await;
        assert_eq!(shown.reminders.len(), 1);
        let at = FIVE_MS - 15 * MINUTE_MS;
        self.clock.set(at - 1);
        self.clock.set(at);
        let delivery = reminding.next().await;
        let [notice] = delivery.notices.as_slice() else { panic!("one notice") };
        assert_eq!((notice.at_unix_ms, notice.now.unix_ms(), notice.title.as_str()), (at, at, "call mom"));
        assert!(!notice.is_late());
        let story = self.until("1", State::Sent).await;
        assert_eq!((story.rows.len(), story.rows[0].id), (1, notice.row));
        self.clock.set(at + HOUR_MS);
        assert_eq!(self.events_of(EventType::ReminderSent).await, 1);
        assert_eq!(self.events_of(EventType::ReminderScheduled).await, 1);
        // Whoever comes after a restart finds nothing to do.
        reminding.nothing_more();
        reminding.kill().await;
        let mut again = self.remind(Vec::new());
        self.add("later 6pm remind me 5 minutes before").await;
        self.clock.set(FIVE_MS + 55 * MINUTE_MS);
        assert_eq!(titles(&again.next().await), ["later"]);
        let undone = self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        assert_eq!(
            undone[0].target.header.reason,
            tasks_domain::operation::Reason::User,
            "what the clock did is nobody's"
        );
    }

    pub(super) async fn ended_tasks_are_silent_and_what_passed_stays_so(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("call mom 5pm remind me 15 minutes before").await;
        self.add("other 5pm remind me when due").await;
        self.step(Step::Done, "1").await.expect("done");
        assert_eq!(self.story("1").await.shown.standing.state, State::Cancelled);
        self.clock.set(FIVE_MS);
        assert_eq!(titles(&reminding.next().await), ["other"], "the task that is done is silent");
        let write = self.write_at(FIVE_MS);
        self.engine.step(ACCOUNT, write, Step::Reopen, vec!["1".to_owned()]).await.expect("reopened");
        let story = self.story("1").await;
        assert_eq!(story.shown.standing.state, State::Cancelled);
        assert_eq!(story.rows[0].mark(State::Cancelled).and_then(|mark| mark.reason.as_deref()), Some(plan::PASSED));
        // Moved to where it is ahead again, it comes.
        self.edit_due(FIVE_MS, "8pm").await;
        self.clock.set(FIVE_MS + 3 * HOUR_MS - 15 * MINUTE_MS);
        assert_eq!(titles(&reminding.next().await), ["call mom"]);
        self.until("1", State::Sent).await;
        assert_eq!(self.states("1").await, [State::Cancelled, State::Sent]);
        // Moved so that it would have been before now: left out, not told late.
        let now = FIVE_MS + 3 * HOUR_MS - 10 * MINUTE_MS;
        self.edit_due(now, "2026-11-22 19:00").await;
        assert_eq!(self.story("1").await.shown.standing.state, State::Cancelled);
        reminding.nothing_more();
    }

    pub(super) async fn a_failing_channel_is_tried_three_times_and_again_when_asked(self) {
        let mut reminding = self.remind(vec![failed(), failed(), failed(), Outcome::Sent]);
        self.add("call mom 5pm remind me when due").await;
        let mut now = FIVE_MS;
        self.clock.set(now);
        for attempt in 1..=3 {
            let delivery = reminding.next().await;
            assert_eq!((delivery.notices[0].attempt, delivery.notices[0].now.unix_ms()), (attempt, now));
            if attempt < 3 {
                // The next attempt is known once the one before is written.
                let next = tokio::time::timeout(PATIENCE, self.next_alarm(now)).await.expect("another attempt");
                self.clock.set(next - 1);
                self.clock.set(next);
                now = next;
            }
        }
        assert_eq!(now, FIVE_MS + 30_000 + 5 * MINUTE_MS, "after half a minute, then after five");
        let story = self.until("1", State::Failed).await;
        assert_eq!(story.rows[0].attempts.len(), 3);
        assert_eq!(self.events_of(EventType::ReminderFailed).await, 1);
        let waiting = ReminderList { which: Which::Waiting, ..ReminderList::default() };
        assert_eq!(self.engine.reminders(ACCOUNT, waiting).await.expect("a list").0.len(), 1, "it waits for somebody");
        self.deed(now, "1", ReminderDeed::Retry).await;
        assert_eq!(reminding.next().await.notices[0].attempt, 1);
        self.until("1", State::Sent).await;
        assert_eq!(self.states("1").await, [State::Failed, State::Sent]);
    }

    async fn next_alarm(&self, after: i64) -> i64 {
        loop {
            let coming = ReminderList { which: Which::Coming, ..ReminderList::default() };
            let (coming, _) = self.engine.reminders(ACCOUNT, coming).await.expect("a list");
            if let Some(tasks_domain::reminder::Next::At(at)) = coming.first().map(|one| one.standing.next)
                && at > after
            {
                return at;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    pub(super) async fn what_has_no_channel_is_held_back_until_there_is_one(self) {
        let held = Outcome::Held { reason: "no session".to_owned() };
        let mut reminding = self.remind(vec![held.clone()]);
        self.add("call mom 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        reminding.next().await;
        let held_back = async {
            while self.story("1").await.rows.first().is_none_or(|row| row.held.is_none()) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(PATIENCE, held_back).await.expect("it is held back");
        let story = self.story("1").await;
        assert_eq!(story.shown.standing.state, State::Pending);
        assert_eq!(story.shown.standing.why.map(|why| why.to_string()).as_deref(), Some("held back: no session"));
        reminding.kill().await;
        // The next process tries it; held back for the same reason, nothing is written.
        let before = self.store.read(ACCOUNT, |tx| Ok(tx.counts()?)).await.expect("counts").operations;
        let mut again = self.remind(vec![held]);
        again.next().await;
        self.engine.channels_changed();
        assert_eq!(titles(&again.next().await), ["call mom"]);
        let story = self.until("1", State::Sent).await;
        assert!(story.rows.len() == 1 && story.rows[0].attempts.is_empty(), "being held back is no attempt");
        let after = self.store.read(ACCOUNT, |tx| Ok(tx.counts()?)).await.expect("counts").operations;
        assert_eq!(after, before + 1);
    }

    pub(super) async fn many_missed_ones_are_one_digest(self) {
        for n in 0..5 {
            self.add(&format!("task {n} 5pm remind me {} minutes before", n + 1)).await;
        }
        self.clock.set(FIVE_MS + HOUR_MS);
        let mut reminding = self.remind(Vec::new());
        let delivery = reminding.next().await;
        assert_eq!(titles(&delivery), ["task 4", "task 3", "task 2", "task 1", "task 0"], "oldest first");
        assert!(delivery.notices.iter().all(tasks_domain::reminder::Notice::is_late));
        for n in 1..=5 {
            let story = self.until(&n.to_string(), State::Sent).await;
            assert_eq!(story.rows[0].mark(State::Sent).and_then(|mark| mark.digest), Some(5));
        }
        reminding.nothing_more();
        // A few are told each by itself.
        reminding.kill().await;
        for n in 0..3 {
            self.add(&format!("more {n} 8pm remind me when due")).await;
        }
        self.clock.set(FIVE_MS + 4 * HOUR_MS);
        let mut reminding = self.remind(Vec::new());
        for _ in 0..3 {
            assert_eq!(reminding.next().await.notices.len(), 1);
        }
    }

    pub(super) async fn reminders_are_snoozed_cancelled_and_taken_back(self) {
        self.add("call mom 5pm remind me 15 minutes before").await;
        let at = |story: &ReminderStory| story.shown.standing.slot.map(|slot| slot.at_unix_ms);
        self.deed(NOW_MS, "1", ReminderDeed::Snooze("6pm".to_owned())).await;
        assert_eq!(at(&self.story("1").await), Some(FIVE_MS + HOUR_MS));
        self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        assert_eq!(at(&self.story("1").await), Some(FIVE_MS - 15 * MINUTE_MS));
        self.deed(NOW_MS, "1", ReminderDeed::Cancel).await;
        assert_eq!(self.story("1").await.shown.standing.state, State::Cancelled);
        self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        assert_eq!(self.story("1").await.shown.standing.state, State::Pending);
        // A task without one gets one.
        self.add("plain").await;
        self.deed(NOW_MS, "2", ReminderDeed::Snooze("2 hours".to_owned())).await;
        assert_eq!(at(&self.story("2").await), Some(NOW_MS + 2 * HOUR_MS));
        self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        assert!(
            self.engine.reminder_stories(ACCOUNT, vec!["2".to_owned()], None).await.is_err(),
            "its making is undone"
        );
        let waiting = self.engine.reminders(ACCOUNT, ReminderList::default()).await.expect("a list").0;
        assert_eq!(waiting.len(), 1);
        self.engine.undo(ACCOUNT, self.write(), 5).await.expect("everything is undone");
        assert!(self.engine.reminders(ACCOUNT, ReminderList::default()).await.expect("a list").0.is_empty());
    }
}
