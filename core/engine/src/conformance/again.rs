//! What comes again: completions, undo, and slots that arrive by the clock.

use super::{ACCOUNT, HOUR_MS, NOW_MS, Suite};
use crate::request::{Fields, RuleFields};
use crate::store::Store;
use std::time::Duration;
use tasks_domain::command::Step;
use tasks_domain::when::Now;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

impl<S: Store> Suite<S> {
    async fn slots(&self) -> Vec<String> {
        let (listed, _) = self.engine.list(ACCOUNT, Self::query("is:recurring")).await.expect("listed");
        listed.into_iter().filter_map(|shown| shown.task.slot).collect()
    }

    async fn add_again(&self, text: &str, missed: &str) {
        let rule = RuleFields { missed: Some(missed.to_owned()), ..RuleFields::default() };
        let fields = Fields { rule, ..Fields::default() };
        self.engine.add(ACCOUNT, self.write(), vec![self.new_task(text)], fields).await.expect("added");
    }

    pub(super) async fn completing_makes_the_next_in_the_same_operation(&self) {
        let made = self.add("water every day at 20:00 remind me 5 minutes before").await;
        let done = self.step(Step::Done, "1").await.expect("done");
        assert_eq!(done.made.len(), 1, "{:?}", done.made);
        let next = &done.made[0].task;
        assert_eq!((next.rule, next.title.as_str()), (made.task.rule, "water"));
        assert_eq!(self.slots().await.len(), 1);
        let stories = self.engine.history(ACCOUNT, Self::caller(), next.id.letters(), 10).await.expect("a history");
        assert_eq!(stories.entries.len(), 1, "made by one operation: {:?}", stories.entries);
        self.engine.undo(ACCOUNT, self.write(), 1).await.expect("undone");
        assert_eq!(self.slots().await, [made.task.slot.expect("a slot")]);
        self.engine.redo(ACCOUNT, self.write(), 1).await.expect("redone");
        assert_eq!(self.slots().await, [next.slot.clone().expect("a slot")]);
    }

    /// It is 10:00 on a Sunday.
    pub(super) async fn missed_ones_stack_or_give_way_when_their_time_comes(&self) {
        self.add_again("stack every day at 9", "stack").await;
        self.add_again("skip every day at 9", "skip").await;
        self.add_again("one every day at 9", "one").await;
        let at = |hours: i64| Now::from_unix_ms(NOW_MS + hours * HOUR_MS, super::chrono_tz()).expect("in range");
        let first = self.engine.arrive(ACCOUNT, at(0)).await.expect("looked").expect("a rule that acts");
        assert_eq!(first, NOW_MS + (23 + 24) * HOUR_MS, "the one behind the open one");
        let next = self.engine.arrive(ACCOUNT, at(75)).await.expect("looked").expect("a rule that acts");
        assert_eq!(next, NOW_MS + (23 + 72) * HOUR_MS);
        let mut slots = self.slots().await;
        slots.sort();
        let day = |day: u32| format!("2026-11-{day}T09:00:00");
        assert_eq!(slots, [day(23), day(23), day(24), day(25), day(25)], "three stacked, one skipped to, one waited");
        self.engine.undo(ACCOUNT, self.write(), 1).await.expect("the person's own command is undone");
        assert_eq!(self.slots().await.len(), 4);
    }

    pub(super) async fn arrivals_are_waited_for(&self) {
        let (engine, timer) = (self.engine.clone(), Box::new(self.clock.timer()));
        let running = tokio::spawn(async move { engine.keep_arriving(ACCOUNT, super::chrono_tz(), timer).await });
        self.add_again("stack every day at 9", "stack").await;
        self.clock.set(NOW_MS + 48 * HOUR_MS);
        let come = async {
            while self.slots().await.len() < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, come).await.expect("the second one comes by itself");
        running.abort();
    }
}
