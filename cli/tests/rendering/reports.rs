//! The calendar, the stats, and notes.

use crate::samples::{full_task, tasks};
use crate::screen::{as_json, in_pipe, on_screen, painted, shown_in, shown_with};
use chrono::{Datelike as _, NaiveDate, Weekday};
use insta::assert_snapshot;
use tasks::outcome::{Calendar, Outcome, Shown, Stats};
use tasks::output::{Form, Look};
use tasks::settings::ColorWhen;
use tasks::settings::{Hyperlinks, Theme};
use tasks_proto::convert::when::date_to_wire;
use tasks_proto::v1;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(first: &str, last: &str, week_start: Weekday, weeks: bool) -> Outcome {
    let (first, last) = (date(first), date(last));
    let due = |task: &v1::Task| match task.due.as_ref()?.value.as_ref()? {
        v1::when::Value::Date(date) => NaiveDate::from_ymd_opt(date.year, date.month, date.day),
        v1::when::Value::At(time) => Some(chrono::DateTime::from_timestamp(time.local_seconds, 0)?.date_naive()),
    };
    let day = |date: NaiveDate| {
        let tasks: Vec<v1::Task> = tasks().into_iter().filter(|task| due(task) == Some(date)).collect();
        let open = u32::try_from(tasks.len()).unwrap() + if date.day() == 28 { 3 } else { 0 };
        let overdue = u32::from(date < "2026-11-22".parse().unwrap() && open > 0);
        v1::CalendarDay { date: Some(date_to_wire(date)), open, overdue, done: u32::from(date.day() == 3), tasks }
    };
    let days = first.iter_days().take_while(|date| *date <= last).map(day).collect();
    Outcome::Calendar(Box::new(Calendar { first, last, days, week_start, weeks }))
}

fn november() -> Outcome {
    calendar("2026-11-01", "2026-11-30", Weekday::Mon, false)
}

fn stats(days: u32) -> Outcome {
    let today = date("2026-11-22");
    let day = |back: u32| v1::StatsDay {
        date: Some(date_to_wire(today - chrono::Duration::days(i64::from(back)))),
        created: back % 3,
        done: (back * back + 1) % 5,
        open: u64::from(20 + back % 7 + back / 4),
    };
    let counts = |open, overdue| Some(v1::LabelCounts { open, overdue, done: 3 });
    let project = |name: &str, open, overdue| v1::ProjectCount {
        name: name.into(),
        own: counts(open, overdue),
        total: counts(open + 1, overdue),
    };
    let tag = |name: &str, open| v1::TagCount { name: name.into(), counts: counts(open, 0) };
    Outcome::Stats(Box::new(Stats {
        stats: v1::GetStatsResponse {
            days: (0..days).rev().map(day).collect(),
            open: 20,
            started: 1,
            waiting: 2,
            overdue: 4,
            done: 137,
            streak_days: 3,
            longest_streak_days: 12,
            longest_streak_end: Some(date_to_wire(date("2026-06-01"))),
            projects: vec![
                project("home", 12, 1),
                project("home/garden", 0, 0),
                project("work/a very long name of a project", 3, 0),
            ],
            tags: (0..11).map(|at| tag(&format!("tag{at}"), at)).chain([tag("日本", 1)]).collect(),
        },
        filter: Vec::new(),
    }))
}

#[test]
fn months_at_three_widths_and_in_pipes() {
    for columns in [40, 80, 200] {
        assert_snapshot!(format!("calendar_{columns}"), on_screen(november(), columns));
    }
    assert_snapshot!("calendar_pipe", in_pipe(november()));
    let two = calendar("2026-12-01", "2027-01-31", Weekday::Sun, true);
    assert_snapshot!("calendar_two_from_sunday_with_weeks", on_screen(two, 80));
    assert_snapshot!("calendar_colours", painted(november(), Theme::Dark, Hyperlinks::Never));
    for columns in 34..120 {
        on_screen(november(), columns);
    }
}

#[test]
fn counts_at_three_widths_and_in_pipes() {
    for columns in [40, 80, 200] {
        assert_snapshot!(format!("stats_{columns}"), on_screen(stats(30), columns));
    }
    assert_snapshot!("stats_year_80", on_screen(stats(365), 80));
    assert_snapshot!("stats_pipe", in_pipe(stats(5)));
    let nothing = Outcome::Stats(Box::new(Stats {
        stats: v1::GetStatsResponse { days: vec![v1::StatsDay::default(); 30], ..Default::default() },
        ..Stats::default()
    }));
    assert_snapshot!("stats_of_nothing", on_screen(nothing, 80));
    for columns in 40..200 {
        on_screen(stats(30), columns);
    }
}

#[test]
fn where_the_locale_has_no_blocks_they_are_made_of_letters() {
    let plain =
        |outcome| shown_with(outcome, Some(60), Form::Human, &Look::default(), &[("LC_ALL", "C"), ("NO_COLOR", "1")]);
    assert_snapshot!("stats_letters", plain(stats(30)));
    let month = plain(november());
    assert!(month.contains("20*") && month.contains("[22*"), "{month}");
}

#[test]
fn counts_as_json() {
    assert_snapshot!("json_stats", as_json(stats(2)));
    assert_snapshot!("json_calendar", as_json(calendar("2026-11-22", "2026-11-23", Weekday::Mon, false)));
}

#[test]
fn notes_are_markdown_on_screens_and_raw_elsewhere() {
    let notes = "# Plan\nFirst **this**, then *that* and `code`; ~~not that~~.\n\n1. one long point that goes on and on until it must be broken\n   1. deeper\n2. [the wiki](https://a.example/wiki)\n- [x] done\n- [ ] 牛乳を買う\n\n> said\n\n```sh\nmake test\n```\n\x1b[2J evil https://b.example/x\n";
    let shown =
        || Outcome::Shown(Shown { tasks: vec![v1::Task { notes: notes.into(), ..full_task() }], ..Shown::default() });
    assert_snapshot!("notes_40", on_screen(shown(), 40));
    assert_snapshot!("notes_links", painted(shown(), Theme::Auto, Hyperlinks::Always));
    assert_snapshot!("notes_pipe", shown_in(shown(), None, Form::Human, ColorWhen::Auto));
}
