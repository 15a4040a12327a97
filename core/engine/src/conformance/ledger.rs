//! The ledger of reminders: one row an instant, kept as long as promised; and what the log says of it.

use super::reminding::FIVE_MS;
use super::{ACCOUNT, HOUR_MS, Suite};
use crate::engine::LogList;
use crate::store::Store;
use tasks_domain::command::Step;
use tasks_domain::reminder::{Outcome, State};

impl<S: Store> Suite<S> {
    pub(super) async fn the_ledger_is_kept_a_year_and_longer_where_it_decides(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("ends 5pm remind me when due").await;
        self.add("stays open 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        for task in ["1", "2"] {
            reminding.next().await;
            self.until(task, State::Sent).await;
        }
        let done = self.engine.step(ACCOUNT, self.write_at(FIVE_MS), Step::Done, vec!["1".to_owned()]).await;
        let ended = done.expect("done").tasks[0].task.id.letters();
        let year = 365 * 24 * HOUR_MS;
        for (now, rows) in [(FIVE_MS + year - HOUR_MS, 0), (FIVE_MS + year + HOUR_MS, 1), (FIVE_MS + 2 * year, 0)] {
            self.clock.set(now);
            // A change, as a clock alone ages nothing.
            self.add("something").await;
            assert_eq!(self.engine.clean(ACCOUNT).await.expect("cleaned").rows, rows);
        }
        assert_eq!(self.states(&ended).await, []);
        assert_eq!(self.states("2").await, [State::Sent], "else it would come once more");
        let write = self.write_at(FIVE_MS + 2 * year);
        self.engine.step(ACCOUNT, write, Step::Reopen, vec![ended.clone()]).await.expect("reopened");
        assert_eq!(self.states(&ended).await, [State::Cancelled], "its time had passed");
        reminding.nothing_more();
    }

    pub(super) async fn the_log_tells_what_came_by_itself_when_asked(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("call mom 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        reminding.next().await;
        self.until("1", State::Sent).await;
        let commands = async |with_clock, limit| {
            let asked = LogList { limit, with_clock, ..LogList::default() };
            let log = self.engine.operations(ACCOUNT, asked).await.expect("a log");
            log.into_iter().map(|one| one.header.command).collect::<Vec<_>>()
        };
        let add = commands(false, 10).await;
        assert!(add.len() == 1 && !add[0].contains("reminded"), "{add:?}");
        assert_eq!(commands(false, 1).await, add, "what is not shown does not count");
        assert_eq!(commands(true, 10).await, ["reminded of \"call mom\"".to_owned(), add[0].clone()]);
    }

    pub(super) async fn what_was_sent_and_not_written_is_sent_again_under_the_same_row(self) {
        let hangs = Outcome::Held { reason: "hangs".to_owned() };
        let mut reminding = self.remind(vec![hangs]);
        self.add("call mom 5pm remind me when due").await;
        self.clock.set(FIVE_MS);
        let first = reminding.next().await;
        reminding.kill().await;
        assert_eq!(self.states("1").await, [], "nothing was written");
        let mut again = self.remind(Vec::new());
        let second = again.next().await;
        assert_eq!(first.key(), second.key(), "receivers can tell");
        self.until("1", State::Sent).await;
        assert_eq!(self.states("1").await, [State::Sent]);
    }
}
