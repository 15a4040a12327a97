//! What reminders show on a screen: what people do there, and what becomes of it when its tasks change.

use super::reminding::{FIVE_MS, MINUTE_MS, PATIENCE, titles};
use super::{ACCOUNT, HOUR_MS, Suite};
use crate::request::{Fields, TaskEdit};
use crate::store::Store;
use tasks_domain::command::Step;
use tasks_domain::reminder::{Channel, Delivery, OnScreen, Reacted, Reaction, State};
use tasks_domain::task::Status;
use tokio::sync::mpsc::UnboundedReceiver;

/// The next one, in time.
async fn next<T>(of: &mut UnboundedReceiver<T>) -> T {
    tokio::time::timeout(PATIENCE, of.recv()).await.expect("in time").expect("a clock")
}

fn on_screen(delivery: &Delivery) -> Vec<OnScreen> {
    delivery.notices.iter().map(|notice| OnScreen { reminder: notice.reminder, row: notice.row }).collect()
}

impl<S: Store> Suite<S> {
    pub(super) async fn done_on_a_notification_makes_the_next_one(self) {
        let mut reminding = self.remind(Vec::new());
        let first = self.add("water every day at 5pm remind me when due").await.task;
        self.clock.set(FIVE_MS);
        let row = reminding.next().await.notices[0].row;
        self.until("1", State::Sent).await;
        reminding.reactions.send(Reacted { rows: vec![row], reaction: Reaction::Done }).await.expect("a clock");
        self.until("1", State::Acknowledged).await;
        let (open, _) = self.engine.list(ACCOUNT, Self::query("is:recurring")).await.expect("listed");
        assert_eq!(open.len(), 1, "{open:?}");
        assert_eq!((open[0].task.rule, open[0].task.slot.as_deref()), (first.rule, Some("2026-11-23T17:00:00")));
        self.clock.set(FIVE_MS + 24 * HOUR_MS);
        assert_eq!(reminding.next().await.notices[0].task, open[0].task.id, "and reminds of it");
    }

    pub(super) async fn reactions_are_commands_and_what_is_handled_is_taken_away(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("call mom 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        let row = reminding.next().await.notices[0].row;
        self.until("1", State::Sent).await;
        let snooze = Reacted { rows: vec![row], reaction: Reaction::SNOOZE };
        reminding.reactions.send(snooze.clone()).await.expect("a clock");
        let story = self.until("1", State::Pending).await;
        assert_eq!(story.rows[0].state(), State::Acknowledged);
        assert_eq!(story.shown.standing.slot.map(|slot| slot.at_unix_ms), Some(FIVE_MS + 10 * MINUTE_MS));
        // A notification that was replaced says nothing any more.
        self.engine.react(ACCOUNT, snooze).await.expect("a reaction");
        self.clock.set(FIVE_MS + 10 * MINUTE_MS);
        let row = reminding.next().await.notices[0].row;
        self.until("1", State::Sent).await;
        reminding.reactions.send(Reacted { rows: vec![row], reaction: Reaction::Done }).await.expect("a clock");
        self.until("1", State::Acknowledged).await;
        let task = self.engine.get(ACCOUNT, Self::caller(), vec!["1".to_owned()]).await.expect("the task").remove(0);
        assert_eq!(task.task.status(), Status::Done);
        let undone = self.engine.undo(ACCOUNT, self.write_at(FIVE_MS + 11 * MINUTE_MS), 1).await.expect("undone");
        assert_eq!(undone[0].target.header.command, "done (on the notification)");
        let withdrawn = tokio::time::timeout(PATIENCE, reminding.withdrawn.recv()).await;
        assert_eq!(withdrawn.expect("in time").expect("a clock").len(), 1);
        // Handled elsewhere.
        self.add("other 6pm remind me when due").await;
        self.clock.set(FIVE_MS + HOUR_MS);
        let shown = reminding.next().await.notices[0].reminder;
        self.until("2", State::Sent).await;
        self.step(Step::Done, "2").await.expect("done");
        let gone = async {
            loop {
                let withdrawn = reminding.withdrawn.recv().await.expect("a clock");
                if withdrawn.contains(&shown) {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, gone).await.expect("it is taken away");
    }

    async fn retitle(&self, unix_ms: i64, task: &str, title: &str) {
        let fields = Fields { title: Some(title.to_owned()), ..Fields::default() };
        let edit = TaskEdit { targets: vec![task.to_owned()].into(), fields, ..TaskEdit::default() };
        self.engine.edit(ACCOUNT, self.write_at(unix_ms), vec![edit]).await.expect("the task is edited");
    }

    pub(super) async fn what_says_something_else_by_now_is_drawn_anew(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("call mom tomorrow 5pm").await;
        self.engine
            .remind(ACCOUNT, self.write(), vec!["1".to_owned()], (vec!["today 5pm".to_owned()], Channel::Desktop))
            .await
            .expect("a reminder");
        self.clock.set(FIVE_MS);
        let first = reminding.next().await;
        self.until("1", State::Sent).await;
        let now = FIVE_MS + 5 * MINUTE_MS;
        self.clock.set(now);
        self.retitle(now, "1", "call dad").await;
        let drawn = next(&mut reminding.redrawn).await;
        assert_eq!((titles(&drawn), drawn.key()), (vec!["call dad"], first.key()));
        assert!(!drawn.notices[0].is_late(), "it was on time when it was told");
        let moved = self.edit_due(now, "2026-11-24 18:00").await.task.due;
        let drawn = next(&mut reminding.redrawn).await;
        assert_eq!((titles(&drawn), drawn.notices[0].due), (vec!["call dad"], moved));
        // What is nobody's to read draws nothing.
        let write = self.write_at(now);
        self.engine.step(ACCOUNT, write, Step::Start, vec!["1".to_owned()]).await.expect("started");
        self.retitle(now, "1", "call them").await;
        assert_eq!(titles(&next(&mut reminding.redrawn).await), ["call them"]);
        assert!(reminding.redrawn.try_recv().is_err() && reminding.withdrawn.try_recv().is_err());
    }

    pub(super) async fn a_digest_shrinks_with_what_is_handled(self) {
        for n in 0..5 {
            self.add(&format!("task {n} 5pm remind me {} minutes before", n + 1)).await;
        }
        self.clock.set(FIVE_MS + HOUR_MS);
        let mut reminding = self.remind(Vec::new());
        let digest = reminding.next().await;
        self.until("1", State::Sent).await;
        for (task, left) in
            [("5", vec!["task 3", "task 2", "task 1", "task 0"]), ("1", vec!["task 3", "task 2", "task 1"])]
        {
            let write = self.write_at(FIVE_MS + HOUR_MS);
            self.engine.step(ACCOUNT, write, Step::Done, vec![task.to_owned()]).await.expect("done");
            assert_eq!(titles(&next(&mut reminding.redrawn).await), left);
        }
        for task in ["2", "3", "4"] {
            let write = self.write_at(FIVE_MS + HOUR_MS);
            self.engine.step(ACCOUNT, write, Step::Done, vec![task.to_owned()]).await.expect("done");
        }
        let gone = next(&mut reminding.withdrawn).await;
        assert!(gone.iter().all(|id| digest.notices.iter().any(|notice| notice.reminder == *id)), "{gone:?}");
    }

    pub(super) async fn what_an_earlier_life_left_on_the_screen_is_looked_after(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("stays 5pm remind me when due").await;
        self.add("is done meanwhile 5pm remind me when due").await;
        self.add("is done later 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        let mut left = Vec::new();
        for task in ["1", "2", "3"] {
            left.push(on_screen(&reminding.next().await));
            self.until(task, State::Sent).await;
        }
        reminding.kill().await;
        self.step(Step::Done, "2").await.expect("done");
        let of = async |task: &str| self.story(task).await.shown.reminder.id;
        let mut again = self.remind_after(Vec::new(), left);
        assert_eq!(next(&mut again.withdrawn).await, [of("2").await]);
        self.step(Step::Done, "3").await.expect("done");
        assert_eq!(next(&mut again.withdrawn).await, [of("3").await]);
        self.retitle(FIVE_MS, "1", "stays, and reads so").await;
        assert_eq!(titles(&next(&mut again.redrawn).await), ["stays, and reads so"]);
        again.nothing_more();
    }
}
