//! Reminders, as people use them, and with the daemon killed around their instants.

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tasks_tests::{Home, signal};

/// Sunday, 22 November 2036, far from the machine's clock: nothing comes while a test looks.
const NOW: &[(&str, &str)] = &[("TASKS_NOW", "2036-11-22T10:00:00+01:00"), ("TASKS_TZ", "Europe/Berlin")];
/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

fn run(home: &Home, words: &[&str]) -> Value {
    let words = [words, &["--json"]].concat();
    home.run_in(&words, b"", NOW).json()
}

fn fails(home: &Home, words: &[&str], code: i32) -> String {
    home.run_in(words, b"", NOW).fails(code)
}

/// Instants and states of the first task of an answer.
fn reminders(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let all = answer["tasks"][0]["reminders"].as_array().unwrap();
    all.iter().map(|one| (text(&one["at"]), text(&one["state"]))).collect()
}

fn pending(at: &str) -> (String, String) {
    (at.to_owned(), "pending".to_owned())
}

#[test]
fn they_are_asked_for_in_the_text_by_flags_and_afterwards() {
    let home = Home::new();
    let added = run(&home, &["add", "call mom tomorrow 5pm remind me 15 minutes before"]);
    assert_eq!(reminders(&added), [pending("2036-11-23T15:45:00.000Z")]);
    let added =
        run(&home, &["add", "pay rent 1 dec 9am", "--remind", "1 day before", "--remind", "the day before at 18:00"]);
    assert_eq!(reminders(&added), [pending("2036-11-30T08:00:00.000Z"), pending("2036-11-30T17:00:00.000Z")]);
    assert_eq!(added["tasks"][0]["reminders"][0]["trigger"], json!("before_1_day"));
    // A task that is due all day is reminded of in the morning.
    let added = run(&home, &["add", "remind me to water plants tomorrow"]);
    assert_eq!(reminders(&added), [pending("2036-11-23T08:00:00.000Z")]);
    let reminded = run(&home, &["remind", "1", "at", "due"]);
    assert_eq!(reminders(&reminded), [pending("2036-11-23T15:45:00.000Z"), pending("2036-11-23T16:00:00.000Z")]);
    // Asked for twice, it is there once.
    let again = run(&home, &["remind", "1", "when", "due"]);
    assert_eq!((reminders(&again).len(), again["operation"].is_null()), (2, true));
    let none = run(&home, &["remind", "1", "none"]);
    assert!(reminders(&none).iter().all(|(_, state)| state == "cancelled"), "{none}");
    run(&home, &["undo"]);
    let list = run(&home, &["reminders"]);
    let titles: Vec<&str> = list["reminders"].as_array().unwrap().iter().filter_map(|one| one["at"].as_str()).collect();
    assert!(titles.is_sorted() && titles.len() == 5, "{titles:?}");
    let by_default = [NOW, &[("TASKS_REMINDER_DEFAULT", "30 minutes")]].concat();
    let added = home.run_in(&["add", "dentist friday 8:00", "--json"], b"", &by_default).json();
    assert_eq!(added["tasks"][0]["reminders"][0]["trigger"], json!("before_30_min"));
    let added = home.run_in(&["add", "buy milk friday", "--json"], b"", &by_default).json();
    assert_eq!(reminders(&added), [], "only tasks with a time");
}

#[test]
fn they_move_with_the_due_date_and_end_with_the_task() {
    let home = Home::new();
    run(&home, &["add", "call mom tomorrow 5pm remind me 15 minutes before"]);
    assert_eq!(reminders(&run(&home, &["edit", "1", "monday 9:00"])), [pending("2036-11-24T07:45:00.000Z")]);
    run(&home, &["snooze", "1", "2", "hours"]);
    assert_eq!(reminders(&run(&home, &["show", "1"])), [pending("2036-11-22T11:00:00.000Z")]);
    // The delay was about the old date.
    assert_eq!(reminders(&run(&home, &["edit", "1", "tuesday 9:00"])), [pending("2036-11-25T07:45:00.000Z")]);
    run(&home, &["undo", "2", "--yes"]);
    assert_eq!(reminders(&run(&home, &["show", "1"])), [pending("2036-11-24T07:45:00.000Z")]);
    run(&home, &["done", "1"]);
    let why = run(&home, &["reminders", "why", "1"]);
    assert_eq!(why["reminders"][0]["reminder"]["reason"], json!("the task is done"));
    run(&home, &["undo"]);
    assert_eq!(reminders(&run(&home, &["show", "1"])), [pending("2036-11-24T07:45:00.000Z")]);
    let cleared = run(&home, &["edit", "1", "--due", "none"]);
    assert_eq!(reminders(&cleared), [("-".to_owned(), "cancelled".to_owned())]);
}

#[test]
fn edits_ask_for_them_by_flags_and_in_their_text() {
    let home = Home::new();
    run(&home, &["add", "call mom tomorrow 5pm"]);
    let edited = run(&home, &["edit", "1", "--remind", "15 minutes before", "--remind", "at due"]);
    let both = [pending("2036-11-23T15:45:00.000Z"), pending("2036-11-23T16:00:00.000Z")];
    assert_eq!(reminders(&edited), both);
    let edited = run(&home, &["edit", "1", "remind me 1 hour before"]);
    assert_eq!(edited["tasks"][0]["title"], json!("call mom"));
    assert_eq!(reminders(&edited), [&[pending("2036-11-23T15:00:00.000Z")], &both[..]].concat());
    let again = run(&home, &["edit", "1", "remind me 1 hour before"]);
    assert_eq!(reminders(&again), reminders(&edited), "asking for the same twice asks once");
    // A text that moves the due date and asks for another: those that are there follow.
    let moved = run(&home, &["edit", "1", "tomorrow 3pm remind me 30 minutes before"]);
    let at = |time: &str| pending(&format!("2036-11-23T{time}:00.000Z"));
    assert_eq!(reminders(&moved), [at("13:00"), at("13:30"), at("13:45"), at("14:00")]);
    for (words, refused) in [(&["--remind", "yesterday at 9"][..], 5), (&["--remind", "when pigs fly"], 5)] {
        fails(&home, &[&["edit", "1"], words].concat(), refused);
    }
    assert_eq!(reminders(&run(&home, &["show", "1"])), reminders(&moved));
    run(&home, &["undo"]);
    assert_eq!(reminders(&run(&home, &["show", "1"])), reminders(&edited));
    let none = run(&home, &["edit", "1", "--remind", "none"]);
    assert!(reminders(&none).iter().all(|(_, state)| state == "cancelled"), "{none}");
}

#[test]
fn retrying_one_that_is_still_to_come_says_when_it_comes() {
    let home = Home::new();
    run(&home, &["add", "call mom tomorrow 5pm remind me 15 minutes before"]);
    let id = run(&home, &["reminders", "list"])["reminders"][0]["id"].as_str().unwrap().to_owned();
    for reference in ["1", &id] {
        let said = fails(&home, &["reminders", "retry", reference], 5);
        assert!(said.contains("still to come") && said.contains("23 Nov 2036 16:45"), "{said}");
        assert!(said.contains("tasks reminders snooze"), "{said}");
    }
    run(&home, &["done", "1"]);
    let said = fails(&home, &["reminders", "retry", &id], 5);
    assert!(said.contains("done"), "{said}");
}

#[test]
fn what_is_impossible_is_refused_whole() {
    let home = Home::new();
    run(&home, &["add", "no date"]);
    for words in [
        &["add", "x remind me 15 minutes before"][..],
        &["add", "x remind me yesterday at 9"],
        &["do", "remind me yesterday at 9 to call mom"],
        &["do", "remind me to call mom yesterday at 9"],
        &["add", "x tomorrow 5pm", "--remind", "2036-11-20 9am"],
        &["add", "x tomorrow 5pm", "--remind", "3 days before"],
        &["remind", "1", "15 minutes before"],
        &["remind", "1", "yesterday 9am"],
        &["remind", "1", "friday 25:00"],
        &["remind", "1", "whenever it suits"],
        &["remind", "1", "tomorrow", "--email=nobody"],
        &["remind", "1", "tomorrow", "--webhook", "ftp://example.org"],
        &["snooze", "1", "yesterday"],
    ] {
        let said = fails(&home, words, 5);
        assert_eq!(said.lines().filter(|line| line.starts_with("hint: ")).count(), 1, "{words:?}: {said}");
    }
    let said = fails(&home, &["add", "x remind me yesterday at 9"], 5);
    assert!(said.contains("21 Nov 2036 09:00, which is past"), "{said}");
    for words in [&["reminders", "cancel", "1"][..], &["reminders", "why", "kkkk"], &["remind", "99", "tomorrow"]] {
        fails(&home, words, 3);
    }
    let titles: Vec<String> = home.titles(&["status:all"]);
    assert_eq!(titles, ["no date"], "nothing of a refused command is there");
    assert_eq!(run(&home, &["reminders"])["reminders"], json!([]));
}

#[test]
fn a_time_that_is_not_said_or_is_no_time_is_refused_however_long_it_is() {
    let home = Home::new();
    run(&home, &["add", "call mom tomorrow 5pm"]);
    assert!(fails(&home, &["remind", "1", " "], 2).contains("nothing says when"));
    assert!(fails(&home, &["snooze", "1", ""], 5).starts_with("error: an empty text is not a date"));
    let long = "soon ".repeat(2_000);
    for words in [["remind", "1", &long], ["snooze", "1", &long], ["edit", "1", &format!("--remind={long}")]] {
        let said = fails(&home, &words, 5);
        assert!(said.contains("soon soon") && said.contains("hint: ") && said.len() < 800, "{said}");
    }
}

#[test]
fn a_mail_that_nobody_could_send_or_get_is_warned_of() {
    let home = Home::new();
    run(&home, &["add", "call mom friday 5pm"]);
    let warned = |when: &str, email: &str| home.run_in(&["remind", "1", when, email], b"", NOW).stderr;
    assert!(warned("at due", "--email=ann@example.org").contains("email.server"));
    home.run(&["config", "set", "email.server", "smtps://mail.example.org"]).ok();
    assert!(warned("1 hour before", "--email").contains("email.to"));
    assert_eq!(warned("2 hours before", "--email=ann@example.org"), "");
}

#[test]
fn those_of_a_task_are_listed_in_the_order_in_which_they_come() {
    let home = Home::new();
    let when = ["at due", "3 days before", "tomorrow 9am", "1 hour before", "in 2 hours"];
    run(&home, &["add", "call mom friday 5pm"]);
    for when in when {
        run(&home, &["remind", "1", when]);
    }
    for words in [&["reminders", "list", "1"][..], &["reminders", "list", "--all"]] {
        let listed = run(&home, words);
        let at: Vec<&str> =
            listed["reminders"].as_array().unwrap().iter().map(|one| one["at"].as_str().unwrap()).collect();
        assert!(at.len() == when.len() && at.is_sorted(), "{at:?}");
    }
}

#[test]
fn they_can_be_looked_at_as_they_were() {
    let home = Home::new();
    let now = |text: &str, words: &[&str]| home.run_in(words, b"", &[("TASKS_NOW", text)]);
    let (first, second) = ("2030-01-01T10:00:00+01:00", "2030-01-01T12:00:00+01:00");
    now(first, &["add", "call mom friday 5pm", "--remind", "at due"]).ok();
    now(second, &["reminders", "cancel", "1"]).ok();
    let count = |words: &[&str]| now(second, words).json()["reminders"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&["reminders", "--json"]), 0);
    assert_eq!(count(&["reminders", "--at", "1 hour ago", "--json"]), 1);
    assert_eq!(count(&["reminders", "next", "--at", "1 hour ago", "--json"]), 1);
    let why = now(second, &["reminders", "why", "1", "--at", "1 hour ago", "--json"]).json();
    assert_eq!(why["reminders"][0]["reminder"]["state"], json!("pending"), "{why}");
    assert_eq!(now(second, &["reminders", "cancel", "1", "--at", "1 hour ago"]).code, 2);
}

#[test]
fn they_go_along_with_copies_and_files() {
    let (home, other) = (Home::new(), Home::new());
    let flags = ["--remind", "15 minutes before", "--remind", "the day before at 18:00", "--remind", "at due"];
    run(&home, &[&["add", "call mom friday 5pm"][..], &flags].concat());
    run(&home, &["remind", "1", "tomorrow 9am", "--webhook", "https://example.org/hook"]);
    let copied = run(&home, &["duplicate", "1"]);
    assert_eq!(reminders(&copied).len(), 4);
    let all = reminders(&run(&home, &["show", "1"]));
    assert!(all.len() == 4 && all.iter().all(|(_, state)| state == "pending"), "{all:?}");
    let file = home.run_in(&["export"], b"", NOW).ok();
    let imported = other.run_in(&["import", "-", "--json"], file.as_bytes(), NOW).json();
    assert_eq!(imported["created"], json!(2), "{imported}");
    assert_eq!(reminders(&run(&other, &["show", "1"])), all);
    let again = other.run_in(&["import", "-", "--json"], file.as_bytes(), NOW).json();
    assert_eq!((&again["unchanged"], again["operations"].as_array().map(Vec::len)), (&json!(2), Some(0)), "{again}");
}

/// By the machine's own clock.
fn story(home: &Home, reference: &str) -> Value {
    home.run(&["reminders", "why", reference, "--json"]).json()["reminders"][0].clone()
}

#[test]
fn killed_at_any_instant_the_daemon_leaves_one_row_for_each() {
    const REMINDERS: usize = 12;
    let home = Home::new();
    let lines: String = (1..=REMINDERS).map(|n| format!("task {n}\n")).collect();
    home.run_with(&["add", "-"], lines.as_bytes()).ok();
    for n in 1..=REMINDERS {
        let seconds = format!("in {} seconds", 2 + n / 3);
        let words = ["remind", &n.to_string(), &seconds, "--webhook", "http://127.0.0.1:9/nobody-listens"];
        home.run_in(&words, b"", &[("TASKS_NOW", "")]).ok();
    }
    // Nobody listens there, so that each is tried, and fails, and is tried again: as many instants to be killed at.
    let begun = Instant::now();
    let (mut kills, mut wait) = (0_u32, 7_u64);
    while begun.elapsed() < Duration::from_secs(8) {
        wait = wait * 5 % 391 + 10;
        std::thread::sleep(Duration::from_millis(wait));
        signal(home.daemon_pid(), rustix::process::Signal::KILL);
        kills += 1;
        home.run(&["list"]).ok();
    }
    let deadline = Instant::now() + PATIENCE;
    for n in 1..=REMINDERS {
        let story = loop {
            let story = story(&home, &n.to_string());
            if story["ledger"].as_array().is_some_and(|rows| !rows.is_empty()) {
                break story;
            }
            assert!(Instant::now() < deadline, "{story}");
            std::thread::sleep(Duration::from_millis(50));
        };
        let rows = story["ledger"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "one row for one instant: {story}");
        let tried = rows[0]["attempts"].as_array().unwrap().len();
        assert!(tried <= 3 && rows[0]["round"] == json!(0), "{story}");
        assert!(tried > 0 || !rows[0]["held"].is_null() || rows[0]["state"] == json!("failed"), "{story}");
    }
    assert!(kills >= 10, "only {kills} kills: the test showed little");
}
