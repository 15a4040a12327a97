//! What a store promises to those who look for tasks.

use super::{ACCOUNT, Suite};
use crate::request::{CompleteQuery, Fields, NewTask, TaskEdit};
use crate::store::{Class, Link, Place, Store, Stretch};
use std::cmp::Reverse;
use std::ops::ControlFlow;
use tasks_domain::command::Step;
use tasks_domain::id::TaskId;
use tasks_domain::shown::Progress;
use tasks_domain::task::Task;

impl<S: Store> Suite<S> {
    pub(super) async fn a_walk_goes_on_where_another_ended(self) {
        for (title, due) in
            [("b", "2026-12-01"), ("a", "2026-11-30"), ("none", ""), ("c", "2026-12-02"), ("b2", "2026-12-01")]
        {
            self.add(&format!("{title} {due}")).await;
        }
        let walk = |due_from: i64, due_until: i64| {
            self.store.read(ACCOUNT, move |tx| {
                let (mut after, mut seen): (Option<Place>, Vec<i64>) = (None, Vec::new());
                loop {
                    let mut two = 0;
                    let stretch = Stretch { due_from, due_until, after, ..Stretch::all(Class::Live) };
                    tx.scan(&stretch, &mut |row| {
                        (after, two) = (Some(row.place), two + 1);
                        seen.push(row.place.due_sort);
                        if two == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    })?;
                    if two < 2 {
                        return Ok(seen);
                    }
                }
            })
        };
        let all = walk(i64::MIN, i64::MAX).await.expect("walked");
        assert_eq!(all.len(), 5, "each task once");
        assert!(all.is_sorted());
        assert_eq!(walk(all[1], all[2]).await.expect("walked"), all[1..=2], "both ends are included");
        assert_eq!(walk(all[0] + 1, all[3] - 1).await.expect("walked"), all[1..=2]);
    }

    pub(super) async fn a_long_walk_meets_each_task_once_in_order_and_also_without_one(self) {
        for n in 0..100 {
            self.add(&format!("task {n} 2026-12-{:02} p{}", n * 7 % 28 + 1, n % 3 + 1)).await;
        }
        let walked = self.store.read(ACCOUNT, |tx| {
            let (mut in_order, mut without, mut some) = (Vec::new(), Vec::new(), 0);
            tx.scan(&Stretch::all(Class::Live), &mut |row| {
                in_order.push((row.place.due_sort, Reverse(row.place.priority_rank), row.place.row, row.id, row.task));
                ControlFlow::Continue(())
            })?;
            tx.each_of(Class::Live, &mut |row| {
                without.push((row.place.due_sort, Reverse(row.place.priority_rank), row.place.row, row.id, row.task));
                ControlFlow::Continue(())
            })?;
            tx.each_of(Class::Live, &mut |_| {
                some += 1;
                if some < 70 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            Ok((in_order, without, some))
        });
        let (in_order, mut without, some) = walked.await.expect("walked");
        let place = |row: &(i64, Reverse<u8>, i64, TaskId, Task)| (row.0, row.1, row.2);
        assert!(in_order.is_sorted_by(|a, b| place(a) < place(b)), "in the order of the index");
        without.sort_by_key(place);
        assert_eq!((in_order.len(), some), (100, 70));
        assert_eq!(in_order, without);
    }

    pub(super) async fn links_are_found_from_their_target(self) {
        let (parent, child, grandchild) =
            (self.add("parent").await, self.add("child").await, self.add("grandchild").await);
        let edit = |reference: &str, fields: Fields| {
            let edit = TaskEdit { targets: vec![reference.to_owned()].into(), fields, ..TaskEdit::default() };
            self.engine.edit(ACCOUNT, self.write(), vec![edit])
        };
        let under = |parent: &str| Fields { parent: Some(parent.to_owned()), ..Fields::default() };
        edit("2", under("1")).await.expect("edited");
        edit("3", under("2")).await.expect("edited");
        edit("3", Fields { add_after: vec!["1".to_owned()], ..Fields::default() }).await.expect("edited");
        let linked = |link: Link| {
            let id = parent.task.id;
            self.store.read(ACCOUNT, move |tx| Ok((tx.linked(link, id)?, tx.has_links(link)?)))
        };
        assert_eq!(linked(Link::Parent).await.expect("read"), (vec![(child.task.id, Class::Live)], true));
        assert_eq!(linked(Link::After).await.expect("read"), (vec![(grandchild.task.id, Class::Live)], true));
        self.step(Step::Done, "3").await.expect("done");
        let progress = || async {
            let got = self.engine.get(ACCOUNT, Self::caller(), vec!["1".to_owned()]).await;
            got.expect("there")[0].progress
        };
        assert_eq!(progress().await, Progress { total: 2, done: 1 }, "at any depth");
        self.step(Step::Delete, "2").await.expect("deleted");
        assert_eq!(
            progress().await,
            Progress::default(),
            "what is in the trash counts for nothing, nor what is below it"
        );
        self.step(Step::Restore, "2").await.expect("restored");
        edit("2", under("none")).await.expect("edited");
        assert_eq!(linked(Link::Parent).await.expect("read").0, []);
    }

    pub(super) async fn references_are_completed(self) {
        for n in 1..=12 {
            self.add(&format!("task {n}")).await;
        }
        let done = self.step(Step::Done, "11").await.expect("done").tasks.remove(0);
        let complete = |prefix: &str, limit: usize, ended: bool| {
            let query = CompleteQuery { prefix: prefix.to_owned(), limit, ended };
            async {
                let found = self.engine.complete(ACCOUNT, query).await.expect("completed");
                found.into_iter().map(|c| (c.reference, c.title)).collect::<Vec<_>>()
            }
        };
        let own = |reference: &str, title: &str| (reference.to_owned(), title.to_owned());
        assert_eq!(complete("1", 9, false).await, [own("1", "task 1"), own("10", "task 10"), own("12", "task 12")]);
        assert_eq!(complete("1", 2, false).await.len(), 2);
        assert_eq!(complete("", 50, false).await.len(), 11);
        let letters = done.task.id.letters();
        let by_letters = complete(&letters[..2], 9, true).await;
        assert!(by_letters.len() == 1 && letters.starts_with(&by_letters[0].0) && by_letters[0].1 == "task 11");
        assert_eq!(complete(&letters[..2], 9, false).await, [], "an ended task is not offered among open ones");
        assert_eq!(complete("no such", 9, false).await, []);
    }

    pub(super) async fn what_is_found_by_terms_is_what_a_walk_finds(self) {
        // More than a store may care to look up one by one.
        let one = |n: u16| {
            let [high, low] = n.to_be_bytes();
            let id = TaskId::from_bytes([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, high, low]);
            NewTask { id, text: format!("errand {n} #t{} @p/q{}", n % 7, n % 3) }
        };
        let many = (0..1_200).map(one).collect();
        self.engine.add(ACCOUNT, self.write(), many, Fields::default()).await.expect("added");
        for text in
            ["Buy Milk at the café #Family @Home/Garden 2026-12-01", "call mom // bring 牛乳", "mow the lawn @home"]
        {
            self.add(text).await;
        }
        let edit = |reference: &str, text: &str| {
            let edit =
                TaskEdit { targets: vec![reference.to_owned()].into(), text: text.to_owned(), ..TaskEdit::default() };
            self.engine.edit(ACCOUNT, self.write(), vec![edit])
        };
        edit("1201", "Buy Oat Milk at the café").await.expect("edited");
        self.step(Step::Done, "1203").await.expect("done");
        for (filter, count) in [
            ("errand", 1_200),
            ("err 119", 11),
            ("+t3", 171),
            ("@p", 1_200),
            ("@p/q1 +t3", 57),
            ("+t3 or mil", 172),
            ("oat", 1),
            ("milk due:2026-12-01", 1),
            ("milk due.before:2026-12-01", 0),
            ("CAFE +family", 1),
            ("@home", 1),
            ("@home status:all", 2),
            ("\"at the\"", 1),
            ("乳", 1),
            ("ilk", 0),
            ("+fam", 0),
        ] {
            let found = self.titles(Self::query(filter)).await.0;
            assert_eq!(found.len(), count, "{filter}");
            // Twice "not" tells a store nothing, so that every task is looked at.
            let walked = self.titles(Self::query(&format!("not ( not ( {filter} ) ) status:all"))).await.0;
            let found = self.titles(Self::query(&format!("( {filter} ) status:all"))).await.0;
            assert_eq!(found, walked, "{filter}");
        }
        self.engine.undo(ACCOUNT, self.write(), 2).await.expect("undone");
        assert_eq!(self.titles(Self::query("oat")).await.0.len(), 0, "an undo takes the words back");
    }
}
