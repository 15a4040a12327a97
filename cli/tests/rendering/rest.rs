//! Single tasks, the log, readings, and how the program is.

use crate::samples::{full_task, log, reading, shown, status, task};
use crate::screen::{on_screen, shown_in};
use insta::assert_snapshot;
use tasks::output::Form;
use tasks::settings::ColorWhen;

#[test]
fn the_rest_for_people() {
    assert_snapshot!("show", on_screen(shown(vec![full_task(), task(2, "Plain")]), 80));
    assert_snapshot!("show_40", on_screen(shown(vec![full_task()]), 40));
    assert_snapshot!("log_40", on_screen(log(), 40));
    assert_snapshot!("log_80", on_screen(log(), 80));
    assert_snapshot!("status", on_screen(status(true), 80));
    assert_snapshot!("status_without_daemon", on_screen(status(false), 80));
    assert_snapshot!("reading", on_screen(reading("Pay rent tomorrow 9am p1 @home // to Eva"), 80));
    let rule = "Pay rent every month on the 1st at 9am p1 remind me 1 day before";
    assert_snapshot!("reading_of_a_rule", on_screen(reading(rule), 80));
    assert_snapshot!("reading_of_a_rule_40", shown_in(reading(rule), Some(40), Form::Human, ColorWhen::Never));
    assert_snapshot!(
        "reading_narrow",
        shown_in(reading("Pay rent tomorrow 9am p1 @home // to Eva"), Some(30), Form::Human, ColorWhen::Never)
    );
}
