//! Single tasks, the log, readings, and how the program is.

use crate::samples::{full_task, log, reading, shown, status, task};
use crate::screen::{in_pipe, on_screen, shown_in};
use insta::assert_snapshot;
use tasks::doctor::Check;
use tasks::outcome::{Outcome, Report};
use tasks::output::Form;
use tasks::settings::ColorWhen;

fn examined() -> Outcome {
    let checks = vec![
        Check::ok("settings", "/home/eva/.config/tasks/config.toml, 3 set"),
        Check::ok("clock", "2026-11-22 10:00"),
        Check::warning(
            "file system",
            "the data lies on a NFS file system, where locks may not hold and stalls happen",
            "keep the data on a local disk: TASKS_HOME, or XDG_DATA_HOME",
        ),
        Check::problem(
            "disk",
            "/home/eva/.local/share/tasks is on a read-only disk",
            "make it writable, or set TASKS_HOME to a folder on another disk",
        ),
    ];
    Outcome::Examined(Report { checks })
}

#[test]
fn what_was_examined_is_readable_on_every_screen() {
    for columns in [40, 80, 200] {
        assert_snapshot!(format!("doctor_{columns}"), on_screen(examined(), columns));
    }
    assert_snapshot!("doctor_piped", in_pipe(examined()));
}

#[test]
fn the_rest_for_people() {
    assert_snapshot!("show", on_screen(shown(vec![full_task(), task(2, "Plain")]), 80));
    assert_snapshot!("show_40", on_screen(shown(vec![full_task()]), 40));
    assert_snapshot!("log_40", on_screen(log(), 40));
    assert_snapshot!("log_80", on_screen(log(), 80));
    // Paths stay whole, to be copied.
    assert_snapshot!("status_40", shown_in(status(true), Some(40), Form::Human, ColorWhen::Never));
    assert_snapshot!("status_200", on_screen(status(true), 200));
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
