//! Looking for tasks: filters, long lists, progress, completion.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use tasks_tests::Home;

/// More than the messages that fit between daemon and reader.
const MANY: usize = 6_000;

fn many(home: &Home) {
    let lines: String =
        (0..MANY).map(|n| format!("task {n} with a title of some length 2027-01-{:02}\n", n % 28 + 1)).collect();
    for chunk in lines.lines().collect::<Vec<_>>().chunks(2_000) {
        home.run_with(&["add", "-", "--quiet"], chunk.join("\n").as_bytes()).ok();
    }
}

#[test]
fn a_long_list_streams_whole_and_waits_for_a_slow_reader() {
    let home = Home::new();
    many(&home);
    let mut listing = home.command(&["list", "--ndjson", "--all"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(listing.stdout.take().unwrap()).lines();
    let title = |line: std::io::Result<String>| {
        let task: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        task["title"].as_str().unwrap().to_owned()
    };
    let first = title(lines.next().unwrap());
    // The reader stands still: others are served and changes go on, and the list goes on where it stood.
    home.run(&["done", "1"]).ok();
    home.run(&["add", "one more 2028-01-01"]).ok();
    let mut titles: Vec<String> = std::iter::once(first).chain(lines.map(title)).collect();
    assert!(listing.wait().unwrap().success());
    let whole = titles.len();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), whole, "no task twice");
    assert!((MANY..=MANY + 1).contains(&whole), "{whole}");
    for order in ["title", "urgency"] {
        let sorted = home.run(&["list", "--ndjson", "--all", "--sort", order]).ok();
        assert_eq!(sorted.lines().count(), MANY, "{order}");
    }
    let page = home.run(&["list", "--sort", "title", "--reverse", "--limit", "2", "--json"]).json();
    assert_eq!(
        (page["tasks"][0]["title"].as_str(), page["more"].as_bool()),
        (Some("task 999 with a title of some length"), Some(true))
    );
}

#[test]
fn what_is_next_is_what_presses_and_can_be_done() {
    let home = Home::new();
    let lines = b"someday !low\npay rent tomorrow !urgent @home +money\nhidden !urgent\nblocked !urgent\n";
    home.run_with(&["add", "-"], lines).ok();
    home.run(&["edit", "3", "--wait", "next week"]).ok();
    home.run(&["edit", "4", "--after", "1"]).ok();
    let next = home.run(&["next", "--json"]).json();
    assert_eq!(next["tasks"].as_array().unwrap().len(), 1);
    assert_eq!((next["tasks"][0]["title"].as_str(), next["more"].as_bool()), (Some("pay rent"), Some(true)));
    let why = home.run(&["next", "--why", "--json", "+money"]).json();
    let terms = why["why"][0]["terms"].as_array().unwrap();
    let sum: f64 = terms.iter().map(|term| term["value"].as_f64().unwrap()).sum();
    assert!((sum - why["tasks"][0]["urgency"].as_f64().unwrap()).abs() < 0.001, "{why}");
    let said = home.run(&["next", "--why"]).ok();
    assert!(said.contains("priority") && said.contains("+9.00") && said.contains("urgency"), "{said}");
    assert_eq!(home.run(&["next", "--limit", "9", "--quiet"]).ok(), "2\n1\n");
    home.run(&["next", "no-such-word"]).fails(3);
}

#[test]
fn several_orders_decide_one_after_the_other_each_its_own_way() {
    let home = Home::new();
    let lines = b"a @x 2026-12-01 p3\nb @y 2026-12-02 p1\nc @x 2026-12-03 p1\nd @y\ne p4\nf @x 2026-12-01 p1\n";
    home.run_with(&["add", "-"], lines).ok();
    let in_order = |words: &[&str]| -> String {
        let words: Vec<&str> = ["list", "--json"].iter().chain(words).copied().collect();
        let tasks = home.run(&words).json()["tasks"].take();
        tasks.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(in_order(&["--sort", "project,due-"]), "cfabde", "what has no date or project is last either way");
    assert_eq!(in_order(&["--sort", "project-,due"]), "bdface");
    assert_eq!(in_order(&["--sort", "due+,title-"]), "fabced");
    assert_eq!(in_order(&["--sort", "priority-,title"]), "bcfade", "the greatest first, as without a sign");
    assert_eq!(in_order(&["--sort", "priority+,title"]), "eadbcf");
    assert_eq!(in_order(&["--sort", "priority,title", "--reverse"]), "edafcb", "all of it turned around");
    assert_eq!(in_order(&["--sort", "title-"]), in_order(&["--sort", "title", "--reverse"]));
    assert_eq!(in_order(&["--sort", "priority-,title", "--limit", "2"]), "bc");
    home.run(&["list", "--sort", "due,colour-"]).fails(2);
}

#[test]
fn a_filter_looks_within_texts_and_asks_for_reminders() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"buy milk @shop\ncall (mom) tomorrow 9am remind me 1h before\nparty mon to fri\n")
        .ok();
    assert_eq!(home.titles(&["/milk|(call .mom)/"]), ["call (mom)", "buy milk"]);
    assert_eq!(home.titles(&["title.contains:ilk", "or", "project.startswith:sho"]), ["buy milk"]);
    assert_eq!(home.titles(&["has:reminders"]), ["call (mom)"]);
    assert_eq!(home.titles(&["no:reminders", "-nothing"]).len(), 2);
    assert_eq!(home.titles(&["is:scheduled", "start.after:today"]), ["party"]);
    // One grammar: what a list shows is what changes, and what is waited for.
    home.run(&["done", "--where", "/^buy/", "--yes"]).ok();
    assert_eq!(home.titles(&["/./"]), ["call (mom)", "party"]);
    home.run(&["wait", "/^party$/", "has:reminders", "--timeout", "1s"]).fails(124);
    home.run(&["remind", "3", "tomorrow 9am"]).ok();
    home.run(&["wait", "/^party$/", "has:reminders", "--timeout", "10s"]).ok();
    home.run(&["view", "save", "calls", "title:/^call (.*)/"]).ok();
    assert_eq!(home.titles(&["view:calls"]), ["call (mom)"]);
}

#[test]
fn lists_that_others_have_as_commands_are_there_by_name() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"early @home\nlate today @work\nnext tomorrow\nhidden\nended\n").ok();
    home.run(&["edit", "1", "--due", "2026-11-20"]).ok();
    home.run(&["edit", "4", "--wait", "friday"]).ok();
    home.run(&["done", "5"]).ok();
    let titles = |words: &[&str]| -> Vec<String> {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let tasks = home.run(&words).json()["tasks"].take();
        tasks.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&["today"]), ["early", "late"], "what is overdue is to be done today, too");
    assert_eq!(titles(&["today", "@work"]), ["late"]);
    assert_eq!(titles(&["overdue"]), ["early"]);
    assert_eq!(titles(&["overdue", "@work", "or", "@home"]), ["early"], "what narrows a list stays together");
    assert_eq!(titles(&["--no-context", "tomorrow"]), ["next"]);
    assert_eq!(titles(&["waiting"]), ["hidden"]);
    assert_eq!(titles(&["completed"]), ["ended"]);
    assert_eq!(titles(&["inbox", "-nothing"]), ["next"]);
    // What a list holds is counted without it, whatever the page.
    for (words, count) in [
        (&["list", "--count"][..], "3\n"),
        (&["all", "--count"], "5\n"),
        (&["today", "--count"], "2\n"),
        (&["list", "no-such-word", "--count", "--quiet"], "0\n"),
        (&["projects", "--count"], "2\n"),
        (&["rules", "list", "--count"], "0\n"),
    ] {
        assert_eq!(home.run(words).ok(), count, "{words:?}");
    }
    let said = home.run(&["today", "@nowhere"]);
    assert_eq!((said.code, said.stdout.as_str()), (0, "Nothing is due today.\n"));
    // A word is a word, and says what else it could mean.
    home.run(&["add", "overdue books"]).ok();
    let listed = home.run(&["list", "overdue"]);
    assert!(listed.stdout.contains("overdue books") && listed.stderr.contains("tasks list is:overdue"), "{listed:?}");
    let said = home.run(&["done", "--where", "blocked"]).fails(3);
    assert!(said.contains("did you mean is:blocked?"), "{said}");
    assert!(home.run(&["help", "overdue"]).ok().contains("tasks list"));
}

#[test]
fn projects_and_tags_are_counted() {
    let home = Home::new();
    let lines = b"mow @Home/Garden #out 2026-11-20\nsow @home/garden #Out\npay rent @home #money\nold @attic #dust\n";
    home.run_with(&["add", "-"], lines).ok();
    home.run(&["done", "4"]).ok();
    home.run(&["done", "3"]).ok();
    let projects = home.run(&["projects", "--json"]).json();
    let names: Vec<_> = projects["projects"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Home", "Home/Garden"]);
    let home_counts = &projects["projects"][0]["total"];
    assert_eq!(*home_counts, serde_json::json!({"open": 2, "overdue": 1, "done": 1}));
    assert_eq!(home.run(&["projects", "--all", "--quiet"]).ok(), "attic\nHome\nHome/Garden\n");
    assert_eq!(home.run(&["tags", "--quiet"]).ok(), "out\n");
    assert_eq!(home.run(&["tags", "@home", "--quiet"]).ok(), "money\nout\n");
    assert!(home.run(&["tags", "no-such-word"]).ok().is_empty());
}

#[test]
fn filters_speak_of_every_field() {
    let home = Home::new();
    let lines = "Café tomorrow #Fun @home for 45 min // with Mom\nwrite report friday !high @work\nold thing 2026-11-20\n牛乳を買う\n";
    home.run_with(&["add", "-"], lines.as_bytes()).ok();
    home.run(&["edit", "3", "--parent", "2"]).ok();
    home.run(&["edit", "4", "--after", "2"]).ok();
    home.run(&["start", "2"]).ok();
    for (filter, titles) in [
        ("CAFE", &["Café"][..]),
        ("notes:mom", &["Café"]),
        ("title:mom", &[]),
        ("estimate>=30m", &["Café"]),
        ("estimate:none @work", &["write report"]),
        ("due.before:today", &["old thing"]),
        ("due>today due<=friday", &["Café", "write report"]),
        ("priority>=high", &["write report"]),
        ("parent:2", &["old thing"]),
        ("is:child", &["old thing"]),
        ("is:parent", &["write report"]),
        ("is:blocking", &["write report"]),
        ("is:blocked", &["牛乳を買う"]),
        ("after:2", &["牛乳を買う"]),
        ("乳", &["牛乳を買う"]),
        ("id:3", &["old thing"]),
        ("is:overdue", &["old thing"]),
        ("created:today started:today", &["write report"]),
        ("created.before:today", &[]),
        ("project:any -fun", &["write report"]),
        ("(cafe or report) not @work", &["Café"]),
    ] {
        let words: Vec<&str> = filter.split(' ').collect();
        assert_eq!(home.titles(&words), titles, "{filter}");
    }
    let said = home.run(&["list", "proyect:home"]).fails(2);
    assert!(said.contains("did you mean `project`?"), "{said}");
    home.run(&["list", "due:2026-02-30"]).fails(5);
}

#[test]
fn a_search_finds_what_fits_best_and_forgives_slips() {
    let home = Home::new();
    let lines =
        "Pay the rent @home\nCall the landlord // ask about the rent increase\nbuy milk\nMilkshake for Tom\nold milk\n";
    home.run_with(&["add", "-"], lines.as_bytes()).ok();
    home.run(&["done", "5"]).ok();
    let titles = |words: &[&str]| -> Vec<String> {
        let found = home.run(&[&["search", "--json"], words].concat()).json();
        let tasks = found["tasks"].as_array().unwrap();
        tasks.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&["rent"]), ["Pay the rent", "Call the landlord"], "a title counts more than notes");
    assert_eq!(titles(&["milk"]), ["buy milk", "Milkshake for Tom", "old milk"], "done ones come last");
    assert_eq!(titles(&["lanldord"]), ["Call the landlord"]);
    assert_eq!(titles(&["rent", "landlord"]), ["Call the landlord"], "all words, where a task has all");
    assert_eq!(titles(&["milk", "zebra"])[0], "buy milk", "any, where none has all");
    assert_eq!(titles(&["rent", "--where", "@home"]), ["Pay the rent"]);
    assert_eq!(titles(&["zebra"]), Vec::<String>::new());
    let found = home.run(&["search", "increase", "--json"]).json();
    let fit = &found["fits"][0];
    let excerpt = fit["excerpt"].as_str().unwrap();
    let span = &fit["excerpt_spans"][0];
    let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    assert_eq!(&excerpt[at("start")..at("end")], "increase");
    assert!(home.run(&["search", "mlik"]).stderr.contains("`milk`"));
    home.run(&["search", "!!"]).fails(2);
}

/// The present of a command, in whole hours of the first day.
fn at_hour(home: &Home, hour: u32, words: &[&str]) -> String {
    let mut command = home.command(words);
    command.env("TASKS_NOW", format!("2026-11-22T{hour:02}:00:00+01:00"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{words:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_past_is_read_as_it_was_then() {
    let home = Home::new();
    at_hour(&home, 8, &["add", "buy milk tomorrow @home #shop"]);
    at_hour(&home, 9, &["add", "call mom"]);
    at_hour(&home, 10, &["edit", "1", "buy oat milk"]);
    at_hour(&home, 11, &["done", "1"]);
    at_hour(&home, 12, &["add", "write report"]);
    at_hour(&home, 13, &["edit", "2", "--parent", "3"]);
    at_hour(&home, 14, &["undo"]);
    let titles = |when: &str, words: &[&str]| -> Vec<String> {
        let all = [&["list", "--json", "--at", when], words].concat();
        let listed: serde_json::Value = serde_json::from_str(&at_hour(&home, 15, &all)).unwrap();
        listed["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles("6 hours ago", &[]), ["buy milk", "call mom"]);
    assert_eq!(titles("5 hours ago", &[]), ["buy oat milk", "call mom"]);
    assert_eq!(titles("4 hours ago", &[]), ["call mom"]);
    assert_eq!(titles("4 hours ago", &["status:done"]), ["buy oat milk"]);
    assert_eq!(titles("2026-11-22 08:30", &[]), ["buy milk"]);
    assert_eq!(titles("6 hours ago", &["milk", "-work", "@home"]), ["buy milk"], "found by what it was");
    assert_eq!(titles("6 hours ago", &["oat"]), Vec::<String>::new());
    assert_eq!(titles("6 hours ago", &["--sort", "title", "--reverse"]), ["call mom", "buy milk"]);
    assert_eq!(titles("2 hours ago", &["parent:3"]), ["call mom"]);
    assert_eq!(titles("1 hour ago", &["parent:3"]), Vec::<String>::new(), "an undo is an operation of its own");
    assert_eq!(titles("1 minute ago", &[]), ["call mom", "write report"]);
    let shown = at_hour(&home, 15, &["show", "2", "--at", "6 hours ago", "--json"]);
    assert!(shown.contains("call mom"));
    assert!(at_hour(&home, 15, &["--at", "6 hours ago"]).contains("buy milk"), "the agenda of then");
    assert!(at_hour(&home, 15, &["projects", "--at", "6 hours ago"]).contains("home"));
    assert!(at_hour(&home, 15, &["search", "milk", "--at", "6 hours ago"]).contains("buy milk"));
    assert!(at_hour(&home, 15, &["next", "--at", "6 hours ago"]).contains("buy milk"));
    let too_early = home.run(&["list", "--at", "yesterday"]).fails(5);
    assert!(too_early.contains("history begins"), "{too_early}");
    let too_early = home.run(&["show", "1", "--at", "yesterday"]).fails(5);
    assert!(!too_early.contains("as it was"), "nothing is shown: {too_early}");
    let log = at_hour(&home, 15, &["log", "--at", "6 hours ago"]);
    assert!(log.contains("call mom") && !log.contains("oat"), "{log}");
    let history = at_hour(&home, 15, &["history", "1", "--at", "6 hours ago"]);
    assert!(history.contains("add") && !history.contains("edit"), "{history}");
    home.run(&["list", "--at", "tomorrow"]).fails(5);
    home.run(&["list", "--at", "no such time"]).fails(5);
    home.run(&["done", "2", "--at", "yesterday"]).fails(2);
    home.run(&["show", "3", "--at", "2026-11-22 09:30"]).fails(3);
}
