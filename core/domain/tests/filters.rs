//! What filters mean, and where their mistakes are.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::convert::Infallible;
use tasks_domain::error::{Error, Span};
use tasks_domain::filter::{Around, Filter, Moments, Need, Reference, Values, parse, terms};
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::priority::Priority;
use tasks_domain::register::Registers;
use tasks_domain::task::{Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::{LocalTime, Now, When};
use tasks_domain::words::Phrase;

struct Known;

impl Values for Known {
    fn when(&self, text: &str, past: bool) -> Result<Moments, Error> {
        let day = |text: &str| When::Date(text.parse::<NaiveDate>().unwrap());
        let time = || When::At(LocalTime::new("2026-11-22T09:30:00".parse().unwrap(), Tz::Europe__Berlin));
        match text {
            "today" => Ok((day("2026-11-22"), day("2026-11-22"))),
            "week" => Ok((day("2026-11-16"), day("2026-11-22"))),
            "this week" => self.when("week", past),
            "tomorrow" => Ok((day("2026-11-23"), day("2026-11-23"))),
            "in 7 days" => Ok((day("2026-11-29"), day("2026-11-29"))),
            "9:30" => Ok((time(), time())),
            "friday" if past => Ok((day("2026-11-20"), day("2026-11-20"))),
            "friday" => Ok((day("2026-11-27"), day("2026-11-27"))),
            _ => Err(Error::UnreadableDate { text: text.to_owned(), span: Span::whole(text) }),
        }
    }

    fn duration(&self, text: &str) -> Result<Duration, Error> {
        let minutes = text.strip_suffix('m').and_then(|text| text.parse().ok());
        let unreadable = || Error::UnreadableDuration { text: text.to_owned(), span: Span::whole(text) };
        minutes.map(Duration::minutes).ok_or_else(unreadable)
    }

    fn view(&self, name: &str) -> Result<Filter, Error> {
        match name {
            "home" => try_filter("@home or +flat"),
            "loop" => Err(Error::ViewCycle { path: vec!["loop".into(), "loop".into()] }),
            _ => Err(Error::NoSuchView { name: name.to_owned(), known: vec!["home".into()], place: None }),
        }
    }
}

/// A task of which the rest is not known: number 3, blocks another, has parts.
struct Alone;

impl Around for Alone {
    type Error = Infallible;

    fn number(&self, _: &Task) -> Result<Option<u32>, Infallible> {
        Ok(Some(3))
    }

    fn is_blocked(&self, task: &Task) -> Result<bool, Infallible> {
        Ok(!task.after.is_empty())
    }

    fn is_blocking(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(true)
    }

    fn has_parts(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(true)
    }

    fn has_reminders(&self, _: &Task) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn names(&self, reference: &Reference, id: TaskId) -> Result<bool, Infallible> {
        Ok(reference.names(id, Some(7)))
    }

    fn names_rule(&self, reference: &Reference, id: RuleId) -> Result<bool, Infallible> {
        Ok(reference.names_rule(id) || *reference == Reference::Number(7))
    }
}

fn matches(filter: &Filter, task: &Task) -> bool {
    let Ok(matches) = filter.matches(task, now(), &Alone);
    matches
}

fn filter(text: &str) -> Filter {
    try_filter(text).unwrap()
}

fn try_filter(text: &str) -> Result<Filter, Error> {
    parse(&text.split(' ').map(str::to_owned).collect::<Vec<_>>(), &Known)
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
        notes: Some("Bring the ladder".to_owned()),
        estimate: Some(Duration::minutes(45)),
        created_at: "2026-11-20T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis(),
        modified_at: "2026-11-22T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis(),
        parent: Some(TaskId::from_bytes([2; 16])),
        ..Task::read(TaskId::from_bytes([1; 16]), &Registers::default())
    }
}

fn holds(text: &str) -> bool {
    matches(&filter(text).with_default(), &task())
}

const HOLD: [&str; 51] = [
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
    "ab",
    "CALL mom",
    "ladder",
    "title:garden",
    "notes:lad",
    "created:friday",
    "created.after:friday or created<=friday",
    "created.before:today",
    "modified:9:30",
    "modified<=9:30",
    "due.by:friday",
    "due.not:friday",
    "estimate>=30m",
    "estimate<1000m",
    "estimate:45m",
    "urgency>5",
    "id:3",
    "parent:7",
    "parent:zxzx",
    "parent:any",
    "after:none",
    "is:today",
    "is:child",
    "is:parent",
    "is:blocking",
    "is:ready",
    "wait:none",
    "project.not:work",
];

const DO_NOT_HOLD: [&str; 33] = [
    "dad",
    "rden",
    "title:ladder",
    "notes:garden",
    "created>friday",
    "created:today",
    "modified.before:9:30",
    "estimate>45m",
    "urgency<5",
    "id:4",
    "id:kkkk",
    "parent:8",
    "after:7",
    "notes:none",
    "started:any",
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
];

#[test]
fn every_term_says_what_it_says() {
    HOLD.iter().for_each(|yes| assert!(holds(yes), "{yes}"));
    DO_NOT_HOLD.iter().for_each(|no| assert!(!holds(no), "{no}"));
}

#[test]
fn a_filter_that_says_nothing_about_status_means_tasks_to_do() {
    let done = Task { progress: Status::Done, ..task() };
    let matches = |text: &str| matches(&filter(text).with_default(), &done);
    assert!(!matches("mom") && matches("mom status:done") && matches("status:all"));
    let hidden = Task { wait: Some(When::Date("2026-12-01".parse().unwrap())), ..task() };
    let matches = |text: &str| self::matches(&filter(text).with_default(), &hidden);
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
    assert_eq!(place("due.befor:today"), "befor");
    assert_eq!(place("estimate>=soon"), "soon");
    assert_eq!(place("urgency>much"), "much");
    assert_eq!(place("parent:?"), "?");
    assert_eq!(place("title>x"), "title>x");
    assert_eq!(place("title:"), "title:");
}

#[test]
fn what_others_write_means_what_it_means_there() {
    for (theirs, ours) in [
        ("+OVERDUE", "is:overdue"),
        ("-OVERDUE", "not is:overdue"),
        ("+TODAY", "is:today"),
        ("+BLOCKED or +READY", "is:blocked or is:ready"),
        ("-BLOCKED", "not is:blocked"),
        ("+WAITING", "is:waiting"),
        ("+PENDING", "is:live"),
        ("+COMPLETED", "status:done"),
        ("+ACTIVE", "status:started"),
        ("+TAGGED", "tag:any"),
        ("+PROJECT", "project:any"),
        ("+DUE", "due.by:\"in 7 days\""),
        ("+WEEK", "due:week"),
        ("-TOMORROW", "not due:tomorrow"),
        ("p1", "priority:urgent"),
        ("P4", "priority:low"),
        ("!high", "priority:high"),
        ("has:due", "due:any"),
        ("has:Tags", "tag:any"),
        ("no:project", "project:none"),
        ("has.not:due", "due:none"),
        ("recur:any", "rule:any"),
        ("uuid:zx", "id:zx"),
        ("id:1,3", "id:1 or id:3"),
        ("id:3-1", "id:1-3"),
        ("id:7,1-3", "id:7 or id:1-3"),
        ("description.has:mom", "title.contains:MOM"),
        ("notes.hasnt:x", "not notes.contains:x"),
        ("title.left:Cáll", "title.startswith:call"),
        ("notes.right:ladder", "notes.endswith:ladder"),
        ("title.word:mom", "title:mom"),
        ("title.noword:mom", "not title:mom"),
        ("due.any:", "has:due"),
        ("project.none:", "no:project"),
        ("+SCHEDULED", "is:scheduled"),
        ("scheduled.before:friday", "start.before:friday"),
        ("has:blockers", "after:any"),
        ("has:subtasks", "not not is:parent"),
        ("due.under:friday", "due.before:friday"),
        ("priority.above:low", "priority>low"),
    ] {
        assert_eq!(filter(theirs), filter(ours), "{theirs}");
    }
    // A tag that somebody put on is written as they wrote it, or as a field.
    assert_eq!(filter("+overdue"), Filter::Tag("overdue".into()));
    assert_eq!(filter("tag:OVERDUE"), Filter::Tag("overdue".into()));
    assert_eq!(filter("\"p1\""), Filter::Words(Phrase::new("p1")));
    assert_eq!(filter("!!"), Filter::Words(Phrase::new("!!")));
    assert_eq!(filter("p12"), Filter::Words(Phrase::new("p12")));
}

#[test]
fn texts_are_looked_at_in_part_and_by_regular_expressions() {
    for yes in [
        "title.contains:ARDEN",
        "title.contains:\"about the g\"",
        "title.startswith:call",
        "title.endswith:gärden",
        "notes.has:ladd",
        "project.contains:gard",
        "tag.startswith:fam",
        "/mom|dad/",
        "/CALL.*garden$/",
        "( /no such/ or title:/^call (mom|dad)/ ) @home",
        "/about the/",
        "notes:/\\bladder\\b/",
        "not /^$|^x/",
        "/\"quoted\"|mom/",
        "title.not:/dad/",
    ] {
        assert!(holds(yes), "{yes}");
    }
    for no in ["title.contains:ladder", "title.startswith:mom", "notes:/^ladder/", "/moms/", "tag:/^am/"] {
        assert!(!holds(no), "{no}");
    }
    // What only looks like one is a word.
    for word in ["/etc/hosts", "a/b/", "//", "/"] {
        assert_eq!(filter(word), Filter::Words(Phrase::new(word)), "{word}");
    }
    assert!(filter("/a/ or /b/") == Filter::Or(vec![filter("/a/"), filter("/b/")]) && filter("/a/") != filter("/b/"));
}

#[test]
fn a_hostile_pattern_is_refused_with_its_place_or_takes_no_longer_than_any() {
    for (text, place, says) in [
        ("mom /a(b/", "(", "unclosed group"),
        ("title:/[z-a]/", "z-a", "character class range"),
        ("/a{5,3}/", "{5,3}", "repetition"),
        ("/(?=a)b/", "(?=", "look-around"),
        ("/(a{1000}){1000}/", "(a{1000}){1000}", "too much memory"),
        (&format!("/{}/", "a".repeat(1_001)), &"a".repeat(1_001), "1001 bytes"),
        (
            &format!("/{}a{}/", "(".repeat(300), ")".repeat(300)),
            &format!("{}a{}", "(".repeat(50), ")".repeat(50)),
            "nest",
        ),
    ] {
        let error = try_filter(text).unwrap_err();
        let (whole, span) = error.place().unwrap();
        assert_eq!(&whole[span.start..span.end], place, "{text}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
    // What takes others exponential time, and would not end.
    let long = Task { notes: Some("a".repeat(100_000)), ..task() };
    assert!(!matches(&filter("notes:/(a+)+$b/"), &long) && !matches(&filter("notes:/(a|a)*c/"), &long));
}

#[test]
fn what_others_have_as_a_field_is_told_what_does_it_here() {
    for (text, place, says) in [
        ("mom limit:5", "limit", "no part of a filter"),
        ("sort:due", "sort", "no part of a filter"),
        ("mom rc.limit:5", "rc.limit:5", "tasks config set"),
        ("has:colour", "colour", ": due, wait, start"),
        ("has:duee", "duee", "did you mean `due`?"),
        ("recur:weekly", "weekly", "rule:any"),
        ("id:1,x?", "1,x?", "ids"),
        ("due.contains:x", "contains", "compares nothing; as in due.before:friday"),
        ("title.under:x", "title.under:x", "has no order"),
        ("title.befor:x", "befor", "compares nothing; as in title.contains:word"),
        ("id.any:", "id.any:", "always set"),
        ("due.any:x", "due.any:x", "has a value here"),
        ("mom +LATEST", "+LATEST", "--sort created --reverse --limit 1"),
        ("-CHILD", "-CHILD", "is:recurring; a tag of that name is tag:CHILD"),
    ] {
        let error = try_filter(text).unwrap_err();
        let (whole, span) = error.place().unwrap();
        assert_eq!(&whole[span.start..span.end], place, "{text}");
        let told = format!("{error}; {}", error.hint().unwrap_or_default());
        assert!(told.contains(says), "{text}: {told}");
    }
}

#[test]
fn a_flag_in_a_filter_and_a_state_among_words_are_told_what_they_are() {
    assert_eq!(try_filter("limit:5").unwrap_err().hint().as_deref(), Some("the flag for it: --limit 5"));
    for (word, meant) in
        [("Today", Some("due:today")), ("overdue", Some("is:overdue")), ("3", Some("id:3")), ("milk", None), ("", None)]
    {
        assert_eq!(tasks_domain::meant::filter_meant_by(word).as_deref(), meant, "{word}");
        assert!(meant.is_none_or(|meant| parse(&[meant.replace("today", "week")], &Known).is_ok()));
    }
}

#[test]
fn times_and_links_are_words() {
    for word in ["https://example.org/x", "example.org:8080", "12:30", "-"] {
        assert_eq!(filter(word), Filter::Words(Phrase::new(word)));
    }
}

#[test]
fn a_mistyped_field_or_state_is_told_the_nearest() {
    let message = |text: &str| try_filter(text).unwrap_err().to_string();
    assert!(message("duee:today").contains("`due`"), "{}", message("duee:today"));
    assert!(message("proyect:x").contains("`project`"));
    assert!(message("colour:red").ends_with("`colour`"));
    assert!(message("is:wating").contains("`waiting`"));
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
    assert_eq!(filter("done.after:friday").with_default().statuses(), [Status::Done, Status::Deleted]);
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    assert_eq!(filter("mom due<=today").due_days(now()), (None, day("2026-11-22")));
    assert_eq!(filter("due:week due.from:today").due_days(now()), (day("2026-11-22"), day("2026-11-22")));
    assert_eq!(filter("due:today or due:friday").due_days(now()), (day("2026-11-22"), day("2026-11-27")));
    assert_eq!(filter("due:today or mom").due_days(now()), (None, None));
    assert_eq!(filter("mom or due>=today").need(), None);
    assert_eq!(filter("not mom").need(), None);
}

/// A random condition, as text and as what it means over the truth of its terms.
#[derive(Clone, Debug)]
enum Tree {
    Term(&'static str),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

const TERMS: [&str; 24] = [
    "mom",
    "gard",
    "\"mom about\"",
    "lad",
    "zebra",
    "@home",
    "@home/garden",
    "@work",
    "+family",
    "tag:none",
    "due:today",
    "due<today",
    "due>=friday",
    "due:none",
    "is:overdue",
    "is:today",
    "is:open",
    "status:done",
    "is:live",
    "done:any",
    "+TODAY",
    "-OVERDUE",
    "no:due",
    "p2",
];

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (0..TERMS.len()).prop_map(|at| Tree::Term(TERMS[at]));
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            proptest::collection::vec(inner.clone(), 1..4).prop_map(Tree::And),
            proptest::collection::vec(inner, 1..4).prop_map(Tree::Or),
        ]
    })
}

impl Tree {
    /// With no more parentheses than the grammar needs: `not` binds tighter than `and`, that tighter than `or`.
    fn text(&self, binds: u8) -> String {
        let (mine, text) = match self {
            Self::Term(term) => (3, (*term).to_owned()),
            Self::Not(inner) => (2, format!("not {}", inner.text(2))),
            Self::And(all) => (1, all.iter().map(|tree| tree.text(2)).collect::<Vec<_>>().join(" ")),
            Self::Or(any) => (0, any.iter().map(|tree| tree.text(1)).collect::<Vec<_>>().join(" or ")),
        };
        if mine < binds { format!("({text})") } else { text }
    }

    fn holds(&self, task: &Task) -> bool {
        match self {
            Self::Term(term) => matches(&filter(term), task),
            Self::Not(inner) => !inner.holds(task),
            Self::And(all) => all.iter().all(|tree| tree.holds(task)),
            Self::Or(any) => any.iter().any(|tree| tree.holds(task)),
        }
    }
}

fn some_task() -> impl Strategy<Value = Task> {
    let texts = (0usize..4, 0usize..4, 0usize..3, 0usize..5);
    (texts, any::<bool>(), any::<bool>()).prop_map(|((title, project, tags, due), done, deleted)| Task {
        title: ["Call Mom about the garden", "gardening", "mom", "Zebra!"][title].to_owned(),
        notes: (title == 2).then(|| "the Ladder".to_owned()),
        project: [None, Some("home"), Some("Home/Garden"), Some("homework")][project]
            .and_then(|name| Project::parse(name).ok()),
        tags: ["Family", "mom"][..tags].iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
        due: match due {
            0 => None,
            4 => Some(When::At(LocalTime::new("2026-11-22T08:00:00".parse().unwrap(), Tz::Pacific__Apia))),
            n => Some(When::Date(format!("2026-11-2{n}").parse().unwrap())),
        },
        progress: if done { Status::Done } else { Status::Open },
        done_at: done.then_some(1),
        deleted_at: deleted.then_some(2),
        ..task()
    })
}

/// Whether an index of these terms would find the task.
fn finds(need: &Need, terms: &str) -> bool {
    match need {
        Need::Term(term) => terms.split(' ').any(|one| one == term),
        Need::Prefix(term) => terms.split(' ').any(|one| one.starts_with(term.as_str())),
        Need::All(needs) => needs.iter().all(|need| finds(need, terms)),
        Need::Any(needs) => needs.iter().any(|need| finds(need, terms)),
    }
}

proptest! {
    #[test]
    fn conditions_combine_as_the_grammar_says(tree in tree(), task in some_task()) {
        let text = tree.text(0);
        prop_assert_eq!(matches(&filter(&text), &task), tree.holds(&task), "{}", text);
    }

    #[test]
    fn what_a_filter_tells_a_store_leaves_out_no_match(tree in tree(), task in some_task()) {
        let filter = filter(&tree.text(0)).with_default();
        prop_assume!(matches(&filter, &task));
        prop_assert!(filter.statuses().contains(&task.status()));
        if let Some(need) = filter.need() {
            prop_assert!(finds(&need, &terms(&task)), "{need:?} in {}", terms(&task));
        }
        let (first, last) = filter.due_days(now());
        let due = task.due.map(|due| due.date_in(now().zone()));
        prop_assert!(first.is_none_or(|first| due.is_some_and(|due| due >= first)), "{first:?}");
        prop_assert!(last.is_none_or(|last| due.is_some_and(|due| due <= last)), "{last:?}");
    }

    #[test]
    fn any_text_is_a_filter_or_an_error_and_never_a_panic(text in ".{0,60}") {
        _ = try_filter(&text);
    }
}

#[test]
fn a_saved_view_is_a_term_like_any_other() {
    assert_eq!(filter("view:home -x"), filter("( @home or +flat ) -x"));
    assert_eq!(filter("not view:home"), filter("not ( @home or +flat )"));
    assert!(matches!(try_filter("x view:loop"), Err(Error::ViewCycle { .. })));
    let error = try_filter("a or view:hom").unwrap_err();
    assert_eq!(error.place(), Some(("a or view:hom", Span::new(10, 13))));
    assert_eq!(
        (error.to_string().as_str(), error.hint().as_deref()),
        ("no view is called `hom`", Some("there are home"))
    );
}

#[test]
fn only_projects_and_tags_that_must_all_hold_can_be_given_to_a_new_task() {
    let labels = |text: &str| {
        let filter = filter(text);
        filter.labels().map(|(project, tags)| {
            (
                project.map(|project| project.as_str().to_owned()),
                tags.into_iter().map(str::to_owned).collect::<Vec<_>>(),
            )
        })
    };
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    assert_eq!(labels("@home"), Some((Some("home".into()), tags(&[]))));
    assert_eq!(labels("(+a #b) project:home/garden"), Some((Some("home/garden".into()), tags(&["a", "b"]))));
    assert_eq!(labels("@home is:open"), Some((Some("home".into()), tags(&[]))), "as every new task is");
    assert_eq!(labels("is:live +a -COMPLETED"), Some((None, tags(&["a"]))));
    for other in [
        "@home is:done",
        "@home not is:open",
        "@home or +flat",
        "-x",
        "milk",
        "@home is:overdue",
        "@home @work",
        "due:today",
    ] {
        assert_eq!(labels(other), None, "{other}");
    }
}

#[test]
fn what_cannot_be_read_in_a_filter_is_told_what_to_write_instead() {
    for (text, says) in [
        ("due:whenever", "due.before:friday"),
        ("created.before:whenever", "created.before:yesterday"),
        ("due.befor:friday", "as in due.before:friday"),
        ("priority:hihg", "as in priority:high"),
        ("priority>=x", "low, medium, high and urgent"),
        ("is:overdu", "as in is:overdue"),
        ("status:finished", "states are open, started, done"),
        ("estimate>soon", "estimate>30min"),
        ("urgency>much", "as in urgency:8"),
        ("parent:?", "as in parent:3"),
        ("title>x", "write title:x"),
        ("title:", "as in title:milk"),
        (
            "duee:friday",
            "write due:friday; a word with a colon that is to be searched for is quoted: '\"duee:friday\"'",
        ),
        ("mom or", "a condition on either side"),
        ("and mom", "a condition on either side"),
        ("(mom", "close it with `)`"),
        ("mom)", "quote what is to be searched for"),
        ("notes:\"mom", "close it with another \""),
        ("+a,b", "names have no spaces"),
    ] {
        let error = try_filter(text).unwrap_err();
        let hint = error.hint().unwrap_or_default();
        assert!(hint.contains(says), "{text}: {error}\n{hint}");
        assert!(!error.to_string().contains('\n') && !hint.contains('\n'), "{text}: one line each");
    }
}

#[test]
fn a_value_of_several_words_needs_no_quotes_where_only_the_words_together_are_one() {
    assert_eq!(filter("due.by:in 7 days mom"), filter("due.by:\"in 7 days\" mom"));
    assert_eq!(filter("due:this week or mom"), filter("due:\"this week\" or mom"));
    assert_eq!(filter("due:friday mom"), filter("due:\"friday\" mom"));
    assert!(try_filter("due:next or friday").is_err());
}
