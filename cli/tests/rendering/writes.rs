//! What changed something.

use crate::samples::{created, done, full_task, taken_back, tasks};
use crate::screen::on_screen;
use insta::assert_snapshot;
use tasks_proto::v1;

#[test]
fn writes_say_what_was_understood() {
    assert_snapshot!("created", on_screen(created(vec![full_task()], false), 80));
    assert_snapshot!("created_dry_run", on_screen(created(vec![v1::Task { number: 0, ..full_task() }], true), 80));
    assert_snapshot!("created_several", on_screen(created(tasks(), false), 80));
    assert_snapshot!("done_with_one_that_was", on_screen(done(), 80));
    assert_snapshot!("taken_back", on_screen(taken_back(), 80));
}
