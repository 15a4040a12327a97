//! Priority, tags, project, notes.

use crate::common::{read, shown};
use tasks_domain::priority::Priority;

#[test]
fn a_line_of_everything_is_read() {
    let reading =
        read("email Q4 numbers to Kai tomorrow 9am !high #finance +urgent-ish @work/reports // ask Ada, friday");
    assert_eq!(reading.title.as_deref(), Some("email Q4 numbers to Kai"));
    assert_eq!(shown(reading.due), "2026-11-23T09:00");
    assert_eq!(reading.priority, Some(Priority::High));
    let tags: Vec<&str> = reading.tags.iter().map(tasks_domain::text::Tag::as_str).collect();
    assert_eq!(tags, ["finance", "urgent-ish"]);
    assert_eq!(reading.project.as_ref().map(tasks_domain::text::Project::as_str), Some("work/reports"));
    assert_eq!(reading.notes.as_deref(), Some("ask Ada, friday"));
    let kinds: Vec<&str> = reading.spans.iter().map(|s| s.kind.as_str()).collect();
    assert_eq!(kinds, ["date", "priority", "tag", "tag", "project", "notes"]);
}

#[test]
fn priorities_are_written_in_three_ways() {
    for (text, want) in [
        ("x !low", Priority::Low),
        ("x !m", Priority::Medium),
        ("!h x", Priority::High),
        ("x !urgent.", Priority::Urgent),
        ("p1 x", Priority::Urgent),
        ("x P4", Priority::Low),
    ] {
        let reading = read(text);
        assert_eq!(reading.priority, Some(want), "{text}");
    }
    for text in ["wow!", "run !important", "mp3 p5", "a p1-p2 race", "!= x", "p12"] {
        assert_eq!(read(text).priority, None, "{text}");
    }
}

#[test]
fn tags_begin_a_word_and_are_no_numbers() {
    for text in ["learn C#", "a+b", "call +49 30 1234567", "issue #12", "x # y", "1+1", "c++"] {
        let reading = read(text);
        assert!(reading.tags.is_empty(), "{text}");
        assert_eq!(reading.title.as_deref(), Some(text));
    }
    let tags: Vec<String> = read("(#a) #b, #B +c.").tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["a", "b", "c"]);
}

#[test]
fn projects_are_no_mail_addresses() {
    assert_eq!(read("mail bob@example.com").project, None);
    for (text, want) in [("@home x", "home"), ("x project:home/garden", "home/garden"), ("x @büro,", "büro")] {
        assert_eq!(read(text).project.map(|p| p.to_string()).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn notes_begin_with_slashes_that_stand_alone() {
    assert_eq!(read("see https://example.com // soon").notes.as_deref(), Some("soon"));
    assert_eq!(read("see https://example.com").notes, None);
    assert_eq!(read("x \"a // b\"").notes, None);
    assert_eq!(read("x //").notes, None);
}

#[test]
fn long_notes_are_kept_whole() {
    let notes = "milk #no p1 tomorrow ".repeat(10_000);
    let reading = read(&format!("shop friday // {notes}"));
    assert_eq!((reading.title.as_deref(), reading.notes.as_deref()), (Some("shop"), Some(notes.trim())));
    assert_eq!((reading.tags, reading.priority), (Vec::new(), None));
    let long = read(&format!("{}tomorrow", "word ".repeat(20_000)));
    assert!(
        long.title.is_some_and(|title| title.ends_with(" tomorrow")),
        "what lies far behind is not read, and not lost"
    );
}

#[test]
fn a_second_priority_or_project_stays_in_the_title() {
    let reading = read("x p1 p2 @a @b");
    assert_eq!(reading.title.as_deref(), Some("x p2 @b"));
    assert!(reading.confidence < 0.9);
    let told: Vec<&str> = reading.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(told, ["p2 is a second priority, and a task has one", "@b is a second project, and a task has one"]);
    let refused = reading.warnings[0].clone().into_error("x p1 p2 @a @b");
    assert_eq!(refused.place().map(|(_, span)| (span.start, span.end)), Some((5, 7)));
    assert_eq!(read("x p1 #a #b @c").warnings, []);
}
