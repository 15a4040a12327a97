//! Answers for programs, to the letter.

use crate::samples::{created, done, full_task, log, reading, shown, status, taken_back, task};
use crate::screen::as_json;
use insta::assert_snapshot;
use tasks::outcome::{Listing, Outcome, Said};

#[test]
fn json_is_exact() {
    assert_snapshot!("json_tasks", as_json(shown(vec![full_task(), task(2, "Plain \x1b[31m")])));
    assert_snapshot!(
        "json_list",
        as_json(Outcome::Listing(Listing { tasks: vec![], more: false, limit: 50, ..Listing::default() }))
    );
    assert_snapshot!(
        "json_ndjson",
        as_json(Outcome::Tasks(Box::new([Ok(vec![task(1, "a")]), Ok(vec![task(2, "b")])].into_iter())))
    );
    assert_snapshot!("json_written", as_json(created(vec![task(1, "Plant a tree")], false)));
    assert_snapshot!("json_done", as_json(done()));
    assert_snapshot!("json_taken_back", as_json(taken_back()));
    assert_snapshot!("json_log", as_json(log()));
    assert_snapshot!("json_reading_of_a_rule", as_json(reading("Pay rent every! month at 9am remind me 1 day before")));
    assert_snapshot!("json_reading", as_json(reading("Pay rent tomorrow 9am p1 @home")));
    assert_snapshot!("json_status", as_json(status(true)));
    assert_snapshot!(
        "json_said",
        as_json(Outcome::Said(Said {
            words: "the daemon was stopped".into(),
            state: "stopped",
            pid: 42,
            ..Said::default()
        }))
    );
}
