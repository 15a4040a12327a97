//! Agenda and lists.

use crate::samples::{agenda, at, listing, log, on, task, tasks};
use crate::screen::{as_json, in_pipe, on_screen, painted, shown_in, shown_with};
use insta::assert_snapshot;
use tasks::columns::Column;
use tasks::outcome::{Agenda, Listing, Outcome};
use tasks::output::{Form, Look};
use tasks::settings::ColorWhen;
use tasks::settings::{Hyperlinks, Theme};
use tasks_proto::v1;

#[test]
fn agenda_on_screens() {
    assert_snapshot!("agenda_40", on_screen(agenda(), 40));
    assert_snapshot!("agenda_80", on_screen(agenda(), 80));
    assert_snapshot!("agenda_200", on_screen(agenda(), 200));
    assert_snapshot!("agenda_colours", shown_in(agenda(), Some(80), Form::Human, ColorWhen::Auto).replace('\x1b', "␛"));
}

#[test]
fn agenda_is_never_silent() {
    let empty = |open| Outcome::Agenda(Agenda { open_tasks: Some(open), days: 7, ..Agenda::default() });
    assert_snapshot!("agenda_empty", format!("{}{}{}", in_pipe(empty(0)), in_pipe(empty(1)), in_pipe(empty(7))));
}

#[test]
fn lists_on_screens_and_in_pipes() {
    assert_snapshot!("list_40", on_screen(listing(), 40));
    assert_snapshot!("list_80", on_screen(listing(), 80));
    assert_snapshot!("list_200", on_screen(listing(), 200));
    assert_snapshot!("list_pipe", in_pipe(listing()));
    for columns in 20..120 {
        on_screen(listing(), columns);
    }
}

#[test]
fn quiet_is_ids_only() {
    assert_eq!(shown_in(listing(), None, Form::Quiet, ColorWhen::Auto), "7\n11\n9\n128\n3\n12\n5\n");
    // Whole: what names one now may name two after the next command of a script.
    let log = shown_in(log(), None, Form::Quiet, ColorWhen::Auto);
    assert_eq!(log, "ztztztztztztztrtztstzzulutllpyzy\nzuzuzuzuzuzuzuruzusuzzulutllpyzy\n");
}

/// A house to move, in parts; one part is due, the deepest has an address and signs of all kinds.
fn tree() -> Vec<v1::Task> {
    let under = |parent: u32, task: v1::Task| v1::Task { parent: crate::samples::task(parent, "").id, ..task };
    vec![
        under(
            2,
            v1::Task {
                due: on("2026-11-24"), ..task(4, "Wrap the glasses: https://wrap.example/how?to=1&so=2 👩‍👩‍👧‍👦")
            },
        ),
        v1::Task { children_total: 4, children_done: 1, project: "home".into(), ..task(1, "Move house") },
        under(1, v1::Task { children_total: 2, ..task(2, "Pack the kitchen") }),
        under(
            2,
            v1::Task {
                due: at("2026-11-27T09:00:00"),
                status: v1::Status::Started.into(),
                ..task(3, "箱を買う e\u{301} שלום")
            },
        ),
        under(1, task(5, "Tell the bank")),
        under(99, task(6, "Its parent is not in the list")),
    ]
}

fn trees(columns: Vec<Column>, flat: bool) -> Outcome {
    Outcome::Listing(Listing { tasks: tree(), columns, flat, ..Listing::default() })
}

#[test]
fn parts_stand_under_their_whole_on_screens_and_flat_in_pipes() {
    for columns in [40, 80, 200] {
        assert_snapshot!(format!("tree_{columns}"), on_screen(trees(Vec::new(), false), columns));
    }
    assert_snapshot!("tree_pipe", in_pipe(trees(Vec::new(), false)));
    assert_snapshot!("tree_flat", on_screen(trees(Vec::new(), true), 80));
    for columns in 20..120 {
        on_screen(trees(Vec::new(), false), columns);
    }
}

#[test]
fn where_the_locale_has_no_lines_they_are_made_of_letters() {
    let shown = shown_with(
        trees(Vec::new(), false),
        Some(80),
        Form::Human,
        &Look::default(),
        &[("LANG", "C"), ("NO_COLOR", "1")],
    );
    assert!(shown.contains("|  `- Pack") || shown.contains("|- Pack"), "{shown}");
    assert!(!shown.contains('├'), "{shown}");
}

#[test]
fn columns_come_as_chosen_and_those_without_room_are_named() {
    let chosen = || vec![Column::Urgency, Column::Title, Column::Id, Column::Due, Column::Tags, Column::Created];
    let listing = |columns| Outcome::Listing(Listing { tasks: tasks(), columns, ..Listing::default() });
    for columns in [40, 80, 200] {
        assert_snapshot!(format!("chosen_{columns}"), on_screen(listing(chosen()), columns));
    }
    assert_snapshot!("chosen_pipe", in_pipe(listing(chosen())));
    assert_snapshot!("all_columns_pipe", in_pipe(trees(Column::ALL.to_vec(), false)));
    assert_eq!(in_pipe(listing(vec![Column::Id])), "7\n11\n9\n128\n3\n12\n5\n");
    let json = || Outcome::Listing(Listing { tasks: tasks(), columns: chosen(), ..Listing::default() });
    assert_eq!(as_json(json()), as_json(listing(Vec::new())), "JSON always has everything");
}

#[test]
fn periods_tell_their_other_end_under_a_day() {
    let period = |task: v1::Task, due: &str, start: &str, end: &str| v1::Task {
        due: on(due),
        start: on(start),
        end: on(end),
        ..task
    };
    let tasks = vec![
        v1::Task {
            due: at("2026-11-22T14:00:00"),
            start: at("2026-11-22T14:00:00"),
            end: at("2026-11-22T15:30:00"),
            ..task(1, "Meet")
        },
        period(task(2, "Fair"), "2026-11-25", "2026-11-20", "2026-11-25"),
        period(task(3, "Trip"), "2026-11-25", "2026-11-24", "2026-11-25"),
        period(task(4, "Week of rest"), "2026-11-25", "2026-11-25", "2026-11-29"),
    ];
    let agenda = || Outcome::Agenda(Agenda { tasks: tasks.clone(), open_tasks: Some(4), ..Agenda::default() });
    assert_snapshot!("agenda_periods_40", on_screen(agenda(), 40));
    assert_snapshot!("agenda_periods_80", on_screen(agenda(), 80));
}

#[test]
fn who_wants_no_distances_of_dates_gets_none() {
    let look = Look { relative_dates: false, ..Look::default() };
    let shown = |outcome| shown_with(outcome, Some(80), Form::Human, &look, &[("NO_COLOR", "1")]);
    let all = shown(listing()) + &shown(agenda()) + &shown(crate::samples::shown(vec![crate::samples::full_task()]));
    assert!(!all.contains("in 2 days") && !all.contains("ago") && !all.contains("tomorrow"), "{all}");
}

#[test]
fn themes_and_links() {
    assert_snapshot!("theme_dark", painted(agenda(), Theme::Dark, Hyperlinks::Never));
    assert_snapshot!("theme_light", painted(agenda(), Theme::Light, Hyperlinks::Never));
    assert_snapshot!("links", painted(trees(Vec::new(), false), Theme::Auto, Hyperlinks::Always));
}

#[test]
fn the_environment_decides_on_colours_unless_a_flag_does() {
    let is_painted = |columns, color, variables: &[(&str, &str)]| {
        let look = Look { color, ..Look::default() };
        shown_with(agenda(), columns, Form::Human, &look, variables).contains("\x1b[38")
    };
    for (screen, color, variables, want) in [
        (Some(80), ColorWhen::Auto, &[][..], true),
        (None, ColorWhen::Auto, &[], false),
        (None, ColorWhen::Always, &[("NO_COLOR", "1")], true),
        (Some(80), ColorWhen::Auto, &[("NO_COLOR", "1")], false),
        (Some(80), ColorWhen::Auto, &[("NO_COLOR", "")], true),
        (Some(80), ColorWhen::Auto, &[("CLICOLOR", "0")], false),
        (None, ColorWhen::Auto, &[("CLICOLOR_FORCE", "1")], true),
        (None, ColorWhen::Auto, &[("CLICOLOR_FORCE", "0")], false),
        (None, ColorWhen::Auto, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (Some(80), ColorWhen::Auto, &[("TERM", "dumb")], false),
        (Some(80), ColorWhen::Never, &[("CLICOLOR_FORCE", "1")], false),
    ] {
        assert_eq!(is_painted(screen, color, variables), want, "{screen:?} {color:?} {variables:?}");
    }
}
