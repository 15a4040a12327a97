//! What filters mean, and where their mistakes are.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use chrono_tz::Tz;
use tasks_domain::error::{Error, Span};
use tasks_domain::filter::{Filter, parse};
use tasks_domain::id::TaskId;
use tasks_domain::priority::Priority;
use tasks_domain::register::Registers;
use tasks_domain::task::{Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::{Now, When};

fn dates(text: &str) -> Result<(NaiveDate, NaiveDate), Error> {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    match text {
        "today" => Ok((day("2026-11-22"), day("2026-11-22"))),
        "week" => Ok((day("2026-11-16"), day("2026-11-22"))),
        _ => Err(Error::UnreadableDate { text: text.to_owned(), span: Span::whole(text) }),
    }
}

fn filter(text: &str) -> Filter {
    try_filter(text).unwrap()
}

fn try_filter(text: &str) -> Result<Filter, Error> {
    parse(&text.split(' ').map(str::to_owned).collect::<Vec<_>>(), &dates)
}

fn now() -> Now {
    Now::new("2026-11-22T09:00:00Z".parse().unwrap(), Tz::Europe__Berlin)
}

fn task() -> Task {
    Task {
        exists: true,
        title: "Call Mom about the garden".to_owned(),
        due: Some(When::Date("2026-11-22".parse().unwrap())),
        priority: Some(Priority::High),
        project: Project::parse("Home/Garden").ok(),
        tags: vec![Tag::parse("Family").unwrap()],
        ..Task::read(TaskId::from_bytes([1; 16]), &Registers::default())
    }
}

fn holds(text: &str) -> bool {
    filter(text).with_default().matches(&task(), now(), &|_| false)
}

#[test]
fn every_term_says_what_it_says() {
    for yes in [
        "",
        "mom",
        "GARDEN mom",
        "@home",
        "project:home/garden",
        "+family",
        "#FAMILY",
        "tag:family",
        "due:today",
        "due:week",
        "due<=today",
        "due.by:today",
        "priority:high",
        "priority>=medium",
        "pri:h",
        "-work",
        "not +work",
        "is:open",
        "+work or mom",
        "( +work or +family ) @home",
        "\"mom about\"",
        "status:all",
        "due:any",
    ] {
        assert!(holds(yes), "{yes}");
    }
    for no in [
        "dad",
        "@work",
        "project:home/gar",
        "+work",
        "-family",
        "not mom",
        "due.before:today",
        "due.after:today",
        "due:none",
        "priority:low",
        "priority>high",
        "status:done",
        "is:waiting",
        "is:overdue",
        "is:blocked",
        "mom +work",
        "project:none",
        "( mom or +work ) @work",
        "tag:none",
    ] {
        assert!(!holds(no), "{no}");
    }
}

#[test]
fn a_filter_that_says_nothing_about_status_means_tasks_to_do() {
    let done = Task { progress: Status::Done, ..task() };
    let matches = |text: &str| filter(text).with_default().matches(&done, now(), &|_| false);
    assert!(!matches("mom") && matches("mom status:done") && matches("status:all"));
    let hidden = Task { wait: Some(When::Date("2026-12-01".parse().unwrap())), ..task() };
    let matches = |text: &str| filter(text).with_default().matches(&hidden, now(), &|_| false);
    assert!(!matches("mom") && matches("is:waiting"));
}

#[test]
fn mistakes_are_named_with_their_place() {
    let place = |text: &str| {
        let error = try_filter(text).unwrap_err();
        let (_, span) = error.place().map(|(t, span)| (t.to_owned(), span)).unwrap();
        text[span.start..span.end].to_owned()
    };
    assert_eq!(place("mom colour:red"), "colour");
    assert_eq!(place("due:someday"), "someday");
    assert_eq!(place("mom priority:huge"), "huge");
    assert_eq!(place("is:blue"), "blue");
    assert_eq!(place("( mom"), "(");
    assert_eq!(place("mom )"), ")");
    assert_eq!(place("or mom"), "or");
    assert_eq!(place("\"mom"), "\"mom");
}

#[test]
fn times_and_links_are_words() {
    assert_eq!(filter("https://example.org/x"), Filter::Words("https://example.org/x".to_owned()));
    assert_eq!(filter("12:30"), Filter::Words("12:30".to_owned()));
    assert_eq!(filter("-"), Filter::Words("-".to_owned()));
}

#[test]
fn deep_nesting_is_refused_and_not_a_crash() {
    let deep = format!("{} mom", "( ".repeat(100_000));
    assert!(matches!(try_filter(&deep), Err(Error::BadFilter { .. })));
    let nots = format!("{} mom", "not ".repeat(100_000));
    assert!(matches!(try_filter(&nots), Err(Error::BadFilter { .. })));
}

#[test]
fn a_store_need_only_look_where_matches_can_be() {
    assert_eq!(filter("mom").with_default().statuses(), [Status::Open, Status::Started]);
    assert_eq!(filter("status:done mom").with_default().statuses(), [Status::Done]);
    assert_eq!(filter("status:done or status:deleted").with_default().statuses(), [Status::Done, Status::Deleted]);
}
