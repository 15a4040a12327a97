//! Reminders when clocks are set, machines sleep and people travel.

use super::reminding::{FIVE_MS, MINUTE_MS, titles};
use super::{ACCOUNT, HOUR_MS, Suite};
use crate::request::{Fields, NewTask, TaskEdit, Write};
use crate::store::Store;
use tasks_domain::id::TaskId;
use tasks_domain::reminder::State;
use tasks_domain::when::{Now, When, Zone};

impl<S: Store> Suite<S> {
    pub(super) async fn a_clock_that_is_set_repeats_nothing_and_loses_nothing(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("first 5pm remind me when due").await;
        self.add("second 6pm remind me when due").await;
        self.clock.set(FIVE_MS);
        assert_eq!(titles(&reminding.next().await), ["first"]);
        self.until("1", State::Sent).await;
        // Set back by two hours, and time goes on past it again.
        self.clock.set(FIVE_MS - 2 * HOUR_MS);
        self.add("third 4pm remind me when due").await;
        self.clock.set(FIVE_MS - HOUR_MS);
        assert_eq!(titles(&reminding.next().await), ["third"], "one that was set meanwhile comes by the new time");
        for minutes in [59, 60, 61] {
            self.clock.set(FIVE_MS - HOUR_MS + minutes * MINUTE_MS);
        }
        // Set forward over the next one, or asleep until long after it: it comes then, and says how late.
        self.clock.set(FIVE_MS + 3 * HOUR_MS);
        let late = reminding.next().await;
        assert_eq!((titles(&late), late.notices[0].late_by().num_minutes()), (vec!["second"], 120));
        self.until("2", State::Sent).await;
        // By a year too far, and back.
        self.clock.set(FIVE_MS + 9_000 * HOUR_MS);
        self.clock.set(FIVE_MS + 4 * HOUR_MS);
        reminding.nothing_more();
        let rows = self.story("1").await.rows;
        assert_eq!(rows.len(), 1, "one row for one instant");
    }

    /// As somebody does who is in New York by now.
    fn travelled(&self, unix_ms: i64) -> Write {
        let mut write = self.write_at(unix_ms);
        write.caller.now = Now::from_unix_ms(unix_ms, Zone::America__New_York).expect("in range");
        write
    }

    pub(super) async fn somebody_who_travels_is_reminded_at_the_same_instants(self) {
        let mut reminding = self.remind(Vec::new());
        self.add("timed tomorrow 5pm remind me 15 minutes before").await;
        let day = self.add("all day tomorrow remind me when due").await;
        let at = |story: crate::reminders::ReminderStory| story.shown.standing.slot.map(|slot| slot.at_unix_ms);
        let before = (at(self.story("1").await), at(self.story("2").await));
        assert_eq!(before, (Some(FIVE_MS + 24 * HOUR_MS - 15 * MINUTE_MS), Some(FIVE_MS + 16 * HOUR_MS)));
        // Everything is looked at and changed from elsewhere, but not when it is due.
        for task in ["1", "2"] {
            let fields = Fields { project: Some("trip".to_owned()), ..Fields::default() };
            let edit = TaskEdit { targets: vec![task.to_owned()].into(), fields, ..TaskEdit::default() };
            self.engine.edit(ACCOUNT, self.travelled(FIVE_MS), vec![edit]).await.expect("edited");
        }
        assert_eq!((at(self.story("1").await), at(self.story("2").await)), before);
        let shown = self.engine.get(ACCOUNT, self.travelled(FIVE_MS).caller, vec!["2".to_owned()]).await.expect("it");
        assert_eq!(shown[0].task.due, day.task.due, "a day stays that day");
        assert!(matches!(shown[0].task.due, Some(When::Date(_))));
        // What is said there is meant there: six hours later than in Berlin.
        let made =
            NewTask { id: TaskId::from_bytes([200; 16]), text: "local tomorrow 5pm remind me when due".to_owned() };
        self.engine.add(ACCOUNT, self.travelled(FIVE_MS), vec![made], Fields::default()).await.expect("added");
        assert_eq!(at(self.story("3").await), Some(FIVE_MS + 30 * HOUR_MS));
        for (instant, title) in [(before.1, "all day"), (before.0, "timed"), (Some(FIVE_MS + 30 * HOUR_MS), "local")] {
            let instant = instant.expect("an instant");
            self.clock.set(instant - 1);
            reminding.nothing_more();
            self.clock.set(instant);
            assert_eq!(titles(&reminding.next().await), [title]);
        }
    }
}
