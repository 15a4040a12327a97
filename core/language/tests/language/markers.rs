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

#[test]
fn fields_of_other_programs_are_read_where_a_text_can_say_them() {
    for (text, priority, tags, project, due) in [
        ("x priority:H", Some(Priority::High), "", None, "-"),
        ("x pri:low,", Some(Priority::Low), "", None, "-"),
        ("x pro:Home/garden", None, "", Some("Home/garden"), "-"),
        ("x proj:home tags:a,b +c", None, "a b c", Some("home"), "-"),
        ("x tag:a", None, "a", None, "-"),
        ("x due:fri", None, "", None, "2026-11-27"),
        ("x due:2026-12-24T10:00", None, "", None, "2026-12-24T10:00"),
    ] {
        let reading = read(text);
        let names: Vec<&str> = reading.tags.iter().map(tasks_domain::text::Tag::as_str).collect();
        assert_eq!((reading.title.as_deref(), reading.priority), (Some("x"), priority), "{text}");
        assert_eq!((names.join(" ").as_str(), shown(reading.due).as_str()), (tags, due), "{text}");
        assert_eq!(reading.project.as_ref().map(tasks_domain::text::Project::as_str), project, "{text}");
        assert_eq!(reading.warnings, [], "{text}");
    }
    let rule = read("water plants due:friday recur:weekly until:2026-12-31");
    assert_eq!(rule.title.as_deref(), Some("water plants"));
    assert!(rule.rrule.is_some_and(|rule| rule.contains("FREQ=WEEKLY") && rule.contains("UNTIL=20261231")));
}

#[test]
fn fields_that_only_flags_set_stay_in_the_title_and_are_told_of() {
    for (text, told) in [
        ("x depends:1", "a text cannot say depends:1; it stays in the title (--after 1 does it)"),
        ("x wait:monday", "a text cannot say wait:monday; it stays in the title (--wait monday does it)"),
        ("x scheduled:5pm", "a text cannot say scheduled:5pm; it stays in the title (--wait 5pm does it)"),
        (
            "x until:fri",
            "a text cannot say until:fri; it stays in the title (--repeat \"every week until fri\" does it)",
        ),
        ("x due:someday", "a text cannot say due:someday; it stays in the title (--due someday does it)"),
        (
            "x recur:2fortnights",
            "a text cannot say recur:2fortnights; it stays in the title (--repeat \"every 2fortnights\" does it)",
        ),
    ] {
        let reading = read(text);
        assert_eq!((reading.title.as_deref(), reading.due), (Some(text), None), "{text}");
        assert_eq!(reading.warnings.iter().map(tasks_language::Warning::told).collect::<Vec<_>>(), [told], "{text}");
        assert!(reading.confidence < 0.9, "{text}");
    }
    for text in ["wait: it rains", "see \"wait:monday\"", "depends:", "read https://wait:80/", "x // due:never"] {
        assert_eq!(read(text).warnings, [], "{text}");
    }
    assert_eq!(read("x due:2026-13-40").warnings.len(), 1, "what cannot be is told of once");
    let refused = read("x wait:monday").warnings[0].clone().into_error("x wait:monday");
    assert_eq!(refused.hint().as_deref(), Some("the flag for it: --wait monday"));
    assert_eq!(refused.place().map(|(_, span)| (span.start, span.end)), Some((2, 13)));
}
