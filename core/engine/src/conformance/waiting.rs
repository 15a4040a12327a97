//! Waiting until something matches, or nothing does.

use super::at_once::join;
use super::{ACCOUNT, HOUR_MS, NOW_MS, Suite};
use crate::request::Fields;
use crate::store::Store;
use crate::wait::{Condition, Look, Waiting};
use tasks_domain::command::Step;

impl<S: Store> Suite<S> {
    async fn wait(&self, filter: &str, none: bool) -> Waiting<S> {
        let filter = filter.split_whitespace().map(str::to_owned).collect();
        self.engine.wait(ACCOUNT, Condition { caller: Self::caller(), filter, none }).await.expect("a filter")
    }

    async fn look(&self, filter: &str) -> Option<i64> {
        match self.wait(filter, false).await.look().await.expect("a look") {
            Look::Not { again_at_unix_ms } => again_at_unix_ms,
            Look::Holds(shown) => panic!("it holds: {shown:?}"),
        }
    }

    pub(super) async fn waiting_is_told_of_commits_and_of_time(self) {
        assert_eq!(self.look("status:all +x").await, None, "time changes nothing");
        let midnight = NOW_MS + 14 * HOUR_MS;
        assert_eq!(self.look("status:all +x due:today").await, Some(midnight), "today is another day then");
        let hidden = Fields { wait: Some("2026-11-23 08:00".to_owned()), ..Fields::default() };
        let task = self.new_task("hidden +x due tomorrow 9:30");
        self.engine.add(ACCOUNT, self.write(), vec![task], hidden).await.expect("added");
        assert_eq!(self.look("+x").await, Some(NOW_MS + 22 * HOUR_MS), "it comes out of hiding");
        let overdue = NOW_MS + 23 * HOUR_MS + HOUR_MS / 2;
        assert_eq!(self.look("status:all +x is:overdue").await, Some(overdue + 1), "it is over when that lies behind");
        let mut waiting = self.wait("+x", false).await;
        assert!(matches!(waiting.look().await, Ok(Look::Not { .. })));
        self.clock.set(NOW_MS + 22 * HOUR_MS);
        let Ok(Look::Holds(Some(shown))) = waiting.look().await else { panic!("its time has come") };
        assert_eq!(shown.number, Some(1));
        // Sleeping begins before the commit, and ends with it.
        let mut waiting = self.wait("+x status:open", true).await;
        assert!(matches!(waiting.look().await, Ok(Look::Not { .. })));
        let (changed, done) = join(waiting.changed(), self.step(Step::Done, "1")).await;
        changed.expect("told");
        done.expect("done");
        assert_eq!(waiting.look().await.expect("a look"), Look::Holds(None));
    }
}
