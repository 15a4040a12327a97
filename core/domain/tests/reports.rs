//! What counts over tasks count.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use chrono_tz::Tz;
use tasks_domain::id::TaskId;
use tasks_domain::register::Registers;
use tasks_domain::report::{Calendar, LabelCounts, Labels, StatsCounter, StatsDay};
use tasks_domain::task::{Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::{Now, When};

/// 22 November 2026, 23:30 in Berlin.
fn now() -> Now {
    Now::new("2026-11-22T22:30:00Z".parse().unwrap(), Tz::Europe__Berlin)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ms(text: &str) -> i64 {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis()
}

fn task(n: u8) -> Task {
    let created_at = ms("2026-11-01T08:00:00Z");
    Task { exists: true, created_at, ..Task::read(TaskId::from_bytes([n; 16]), &Registers::default()) }
}

fn done(n: u8, at: &str) -> Task {
    Task { progress: Status::Done, done_at: Some(ms(at)), ..task(n) }
}

#[test]
fn days_are_the_callers_and_open_is_what_was_made_and_not_ended() {
    let mut counter = StatsCounter::new(now(), 3);
    let trash = Task { deleted_at: Some(ms("2026-11-21T12:00:00Z")), ..task(3) };
    let tasks = [
        task(1),
        // In Berlin this is the 21st already.
        done(2, "2026-11-20T23:30:00Z"),
        trash,
        Task { created_at: ms("2026-11-22T10:00:00Z"), due: Some(When::Date(day("2026-11-21"))), ..task(4) },
    ];
    tasks.iter().for_each(|task| counter.count(task));
    let stats = counter.finish();
    let want = |date, created, done, open| StatsDay { date: day(date), created, done, open };
    assert_eq!(stats.days, [want("2026-11-20", 0, 0, 3), want("2026-11-21", 0, 1, 1), want("2026-11-22", 1, 0, 2)]);
    assert_eq!((stats.open, stats.overdue, stats.done), (2, 1, 1));
}

#[test]
fn a_streak_lasts_until_a_whole_day_passes_without() {
    let streaks = |dates: &[&str]| {
        let mut counter = StatsCounter::new(now(), 1);
        for (n, date) in (1..).zip(dates) {
            counter.count(&done(n, &format!("{date}T12:00:00Z")));
        }
        let stats = counter.finish();
        (stats.streak, stats.longest_streak)
    };
    assert_eq!(streaks(&[]), (0, None));
    assert_eq!(streaks(&["2026-11-21", "2026-11-20"]), (2, Some((2, day("2026-11-21")))), "today is not over yet");
    assert_eq!(streaks(&["2026-11-22", "2026-11-21", "2026-11-21"]).0, 2);
    assert_eq!(streaks(&["2026-11-20", "2026-11-02", "2026-11-03", "2026-11-04"]), (0, Some((3, day("2026-11-04")))));
}

#[test]
fn a_calendar_tells_of_every_day_and_of_no_more_tasks_than_asked() {
    let mut calendar = Calendar::new(now(), day("2026-11-21"), day("2026-11-23"), 1);
    let due = |n, date: &str| Task { due: Some(When::Date(day(date))), ..task(n) };
    let tasks = [due(1, "2026-11-21"), due(2, "2026-11-21"), due(3, "2026-11-30"), task(4)];
    for task in
        tasks.iter().chain([&Task { due: Some(When::Date(day("2026-11-21"))), ..done(5, "2026-11-20T12:00:00Z") }])
    {
        if let Some(kept) = calendar.count(task) {
            kept.push(task.id);
        }
    }
    let days: Vec<_> = calendar.finish().collect();
    assert_eq!(days.len(), 3);
    let first = &days[0].1;
    assert_eq!((first.open, first.overdue, first.done, first.tasks.len()), (2, 2, 1, 1));
    assert!(days[1].1.tasks.is_empty() && days[2].1.open == 0);
}

#[test]
fn projects_count_with_their_parts_and_are_spelt_as_at_first() {
    let project = |n, name: &str| Task { project: Project::parse(name).ok(), ..task(n) };
    let mut labels = Labels::new(now());
    for task in
        [project(2, "home/garden"), project(1, "Home/Garden"), project(3, "home/garden/pond"), project(4, "zoo")]
    {
        labels.count(&task);
    }
    labels.count(&Task { project: Project::parse("home").ok(), ..done(5, "2026-11-20T12:00:00Z") });
    let found = labels.projects();
    let names: Vec<_> = found.iter().map(|project| project.name.as_str()).collect();
    assert_eq!(names, ["Home", "Home/Garden", "Home/Garden/pond", "zoo"]);
    assert_eq!(found[0].own, LabelCounts { open: 0, overdue: 0, done: 1 });
    assert_eq!(found[0].total, LabelCounts { open: 3, overdue: 0, done: 1 });
    assert_eq!((found[1].own.open, found[1].total.open), (2, 3));
}

#[test]
fn tags_count_every_task_that_has_them() {
    let tagged = |n, tags: &[&str]| Task { tags: tags.iter().map(|t| Tag::parse(t).unwrap()).collect(), ..task(n) };
    let mut labels = Labels::new(now());
    [tagged(2, &["work", "B"]), tagged(1, &["Work"])].iter().for_each(|task| labels.count(task));
    let found: Vec<_> = labels.tags().into_iter().map(|tag| (tag.name, tag.counts.open)).collect();
    assert_eq!(found, [("B".to_owned(), 1), ("Work".to_owned(), 2)]);
}
