//! What comes again: from the text to the next one, on a machine whose present the test sets.

use serde_json::{Value, json};
use tasks_tests::{Home, Ran};

/// Runs at another present than the machine's.
fn at(home: &Home, now: &str, words: &[&str]) -> Ran {
    home.run_in(words, b"", &[("TASKS_NOW", now)])
}

/// Due and number of each open task, as `list` has them.
fn open(home: &Home) -> Vec<(String, String)> {
    let listed = home.run(&["list", "--json"]).json();
    let tasks = listed["tasks"].as_array().unwrap().iter();
    let due = |task: &Value| task["due"]["at"].as_str().or(task["due"]["date"].as_str()).unwrap_or("").to_owned();
    tasks.map(|task| (due(task), task["title"].as_str().unwrap().to_owned())).collect()
}

fn dues(home: &Home) -> Vec<String> {
    open(home).into_iter().map(|(due, _)| due).collect()
}

#[test]
fn a_text_makes_a_rule_and_each_completion_the_next_one() {
    let home = Home::new();
    let added = home.run(&["add", "stand up every weekday at 9:30", "--json"]).json();
    assert_eq!(added["tasks"][0]["title"], "stand up");
    assert_eq!(added["tasks"][0]["slot"], "2026-11-23T09:30:00");
    assert_eq!(added["tasks"][0]["rule"], added["rules"][0]["id"]);
    assert_eq!(added["rules"][0]["status"], "active");
    let done = home.run(&["done", "1", "--json"]).json();
    assert_eq!(done["made"][0]["due"]["at"], "2026-11-24T09:30:00+01:00");
    assert_eq!(done["made"][0]["number"], 2);
    // Twice quickly: one advance.
    let again = home.run(&["done", "1", "--json"]).json();
    assert_eq!((&again["made"], &again["operation"]), (&json!([]), &Value::Null));
    assert_eq!(dues(&home), ["2026-11-24T09:30:00+01:00"]);
    let before = dues(&home);
    home.run(&["done", "2"]).ok();
    home.run(&["undo"]).ok();
    assert_eq!(dues(&home), before, "one undo takes the made one away");
    home.run(&["undo"]).ok();
    assert_eq!(dues(&home), ["2026-11-23T09:30:00+01:00"]);
    home.run(&["redo"]).ok();
    home.run(&["redo"]).ok();
    assert_eq!(dues(&home), ["2026-11-25T09:30:00+01:00"]);
    home.run(&["daemon", "restart"]).ok();
    home.run(&["done", "--where", "is:recurring", "--yes"]).ok();
    assert_eq!(dues(&home), ["2026-11-26T09:30:00+01:00"]);
}

#[test]
fn occurrences_are_found_by_their_rule_and_rules_as_they_were() {
    let home = Home::new();
    let added = home.run(&["add", "stand up every weekday at 9:30", "--json"]).json();
    let rule = added["rules"][0]["id"].as_str().unwrap().to_owned();
    home.run(&["add", "water plants every 3 days"]).ok();
    home.run(&["add", "buy milk"]).ok();
    at(&home, "2026-11-23T12:00:00+01:00", &["done", "1"]).ok();
    let listed = |filter: &str| home.titles(&[filter, "status:all"]);
    assert_eq!(listed(&format!("rule:{}", &rule[..12])), ["stand up", "stand up"]);
    assert_eq!(listed("rule:4"), ["stand up", "stand up"], "by the number of one of them");
    assert_eq!(listed("rule:2"), ["water plants"]);
    assert_eq!((listed("rule:3"), listed("rule:none")), (vec![], vec!["buy milk".to_owned()]));
    assert_eq!(listed("rule:any").len(), 3);
    home.run(&["list", "rule:!"]).fails(2);
    // What changed since is as it was.
    at(&home, "2026-11-23T13:00:00+01:00", &["rules", "cancel", "4"]).ok();
    let count =
        |words: &[&str]| at(&home, "2026-11-23T14:00:00+01:00", words).json()["rules"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&["rules", "--json"]), 1);
    assert_eq!(count(&["rules", "--at", "2026-11-23T12:30", "--json"]), 2);
    assert_eq!(count(&["rules", "list", "--at", "2026-11-23T12:30", "--json"]), 2);
    home.run(&["rules", "--at", "yesterday", "pause", "4"]).fails(2);
}

#[test]
fn undoing_the_text_takes_the_rule_away_too() {
    let home = Home::new();
    home.run(&["add", "water plants every 3 days after completion"]).ok();
    home.run(&["undo"]).ok();
    assert_eq!(home.run(&["rules", "--json"]).json()["rules"], json!([]));
    home.run(&["redo"]).ok();
    at(&home, "2026-11-25T18:00:00+01:00", &["done", "1"]).ok();
    assert_eq!(dues(&home), ["2026-11-28"], "three days after the day it was done");
}

#[test]
fn a_chain_ends_after_as_many_as_were_asked_for() {
    let home = Home::new();
    home.run(&["add", "change filter every month after completion"]).ok();
    home.run(&["rules", "edit", "1", "--count", "2"]).ok();
    let status = || home.run(&["rules", "list", "--all", "--json"]).json()["rules"][0].clone();
    home.run(&["done", "1"]).ok();
    assert_eq!((&status()["status"], &status()["upcoming"]), (&json!("active"), &json!([])));
    home.run(&["done", "2"]).ok();
    assert_eq!((&status()["status"], &status()["next_due"]), (&json!("completed"), &Value::Null));
    home.run(&["rules", "generate", "2"]).fails(5);
    home.run(&["undo"]).ok();
    assert_eq!(status()["status"], "active");
}

#[test]
fn the_next_dates_come_in_order_and_name_what_is_there() {
    let home = Home::new();
    home.run(&["add", "stand up every weekday at 9:30"]).ok();
    home.run(&["add", "rent every month on the 31st"]).ok();
    let next = home.run(&["rules", "next", "8", "--json"]).json();
    let dates = next["dates"].as_array().unwrap();
    assert_eq!(dates.len(), 8);
    let slots: Vec<&str> = dates.iter().map(|date| date["slot"].as_str().unwrap()).collect();
    assert!(slots.is_sorted_by_key(|slot| &slot[..10]) && slots[0] == "2026-11-23T09:30:00", "{slots:?}");
    let there = dates.iter().filter(|date| !date["task"].is_null()).map(|date| date["slot"].as_str().unwrap());
    assert!(there.eq(["2026-11-23T09:30:00", "2026-11-30"]), "the first of each is there already: {slots:?}");
    assert_eq!(
        dates.iter().find(|date| date["slot"] == "2026-11-30").unwrap()["moved"],
        "clamped",
        "also what is made"
    );
    let shown = home.run(&["rules", "next", "4", "2"]).ok();
    assert!(shown.contains("2026-11-30  rent  clamped") && shown.contains("2027-02-28  rent  clamped"), "{shown}");
    home.run(&["edit", "2", "--this", "--due", "2026-11-29"]).ok();
    let shown = home.run(&["rules", "next", "1", "2"]).ok();
    assert!(shown.trim_end().ends_with("2026-11-29  rent"), "no policy made what a person moved: {shown}");
    let warned = home.run(&["add", "report every month on the 30th"]);
    assert!(warned.stderr.contains("last day"), "{warned:?}");
    warned.ok();
}

#[test]
fn an_edit_of_what_comes_again_says_which_ones_are_meant() {
    let home = Home::new();
    home.run(&["add", "stand up every day at 9:30 +work"]).ok();
    let refused = home.run(&["edit", "1", "p1"]).fails(4);
    assert!(refused.contains("--this") && refused.contains("--all"), "{refused}");
    home.run(&["edit", "1", "--this", "p1"]).ok();
    home.run(&["edit", "1", "--all", "--title", "Daily"]).ok();
    let made = home.run(&["done", "1", "--json"]).json()["made"][0].clone();
    assert_eq!(
        (&made["title"], &made["priority"], &made["tags"]),
        (&json!("Daily"), &json!("medium"), &json!(["work"]))
    );
    home.run(&["edit", "2", "--all", "--due", "8:00"]).ok();
    assert_eq!(dues(&home), ["2026-11-24T08:00:00+01:00"]);
    home.run(&["edit", "2", "--future", "+new"]).ok();
    let rules = home.run(&["rules", "list", "--all", "--json"]).json();
    assert_eq!(rules["rules"].as_array().unwrap().len(), 2, "{rules}");
    let made = home.run(&["done", "2", "--json"]).json()["made"][0].clone();
    assert_eq!((&made["tags"], &made["slot"]), (&json!(["new", "work"]), &json!("2026-11-25T08:00:00")));
    home.run(&["undo", "3", "--yes"]).ok();
    assert_eq!(dues(&home), ["2026-11-24T09:30:00+01:00"], "a cut is undone like anything");
    home.run(&["rm", "2"]).fails(4);
    home.run(&["rm", "2", "--this"]).ok();
    assert_eq!(dues(&home), ["2026-11-25T09:30:00+01:00"], "one is passed over");
    let left = home.run(&["list", "--quiet"]).ok();
    home.run(&["rm", left.trim(), "--all"]).ok();
    assert_eq!(dues(&home), Vec::<String>::new());
    assert_eq!(home.run(&["rules", "--json"]).json()["rules"], json!([]));
}

#[test]
fn a_task_that_was_there_is_made_to_come_again_and_no_more() {
    let home = Home::new();
    home.run(&["add", "call mom friday 6pm +family"]).ok();
    home.run(&["repeat", "1", "every", "friday"]).ok();
    assert_eq!(dues(&home), ["2026-11-27T18:00:00+01:00"], "its due is a date of the rule");
    home.run(&["repeat", "1", "every sunday at 11", "--ahead", "2"]).ok();
    assert_eq!(dues(&home), ["2026-11-29T11:00:00+01:00", "2026-12-06T11:00:00+01:00"]);
    home.run(&["done", "1"]).ok();
    assert_eq!(dues(&home), ["2026-12-06T11:00:00+01:00", "2026-12-13T11:00:00+01:00"], "two are open at all times");
    home.run(&["undo"]).ok();
    home.run(&["repeat", "1", "none"]).ok();
    home.run(&["done", "1"]).ok();
    assert_eq!(dues(&home), ["2026-12-06T11:00:00+01:00"], "it has ended; what was open stays");
    home.run(&["add", "vacuum", "--repeat", "every saturday", "--due", "2026-12-10"]).ok();
    assert!(dues(&home).contains(&"2026-12-12".to_owned()), "{:?}", dues(&home));
}

#[test]
fn rules_are_paused_resumed_ended_and_made_by_hand() {
    let home = Home::new();
    home.run(&["add", "stand up every day"]).ok();
    home.run(&["rules", "pause", "1"]).ok();
    home.run(&["done", "1"]).ok();
    assert_eq!(dues(&home), Vec::<String>::new());
    let rule = home.run(&["rules", "list", "--quiet"]).ok().trim().to_owned();
    let resumed = at(&home, "2026-11-26T10:00:00+01:00", &["rules", "resume", &rule[..6], "--json"]).json();
    assert_eq!(resumed["made"][0]["due"]["date"], "2026-11-26");
    home.run(&["rules", "generate", &rule]).ok();
    assert_eq!(dues(&home), ["2026-11-26", "2026-11-27"]);
    home.run(&["rules", "edit", &rule, "--title", "Daily", "--count", "3"]).ok();
    home.run(&["rules", "cancel", &rule]).ok();
    home.run(&["done", "--where", "is:recurring", "--yes"]).ok();
    assert_eq!(dues(&home), Vec::<String>::new());
    let said = home.run(&["rules", "generate", &rule]).fails(5);
    assert!(said.contains("was ended") && said.contains("tasks rules resume"), "{said}");
    assert_eq!(home.run(&["rules", "show", &rule, "--json"]).json()["rules"][0]["status"], "cancelled");
    home.run(&["rules", "show", "zzzzzzzz"]).fails(3);
    home.run(&["add", "plain"]).ok();
    let plain = home.run(&["list", "--quiet"]).ok();
    home.run(&["rules", "show", plain.trim()]).fails(3);
}

#[test]
fn a_rule_that_cannot_be_is_refused_with_the_part_that_is_wrong() {
    let home = Home::new();
    home.run(&["add", "water plants every 3 days"]).ok();
    let before = dues(&home);
    for (rule, what, part) in [
        ("FREQ=SECONDLY", "too often", "FREQ=SECONDLY"),
        ("FREQ=MINUTELY;INTERVAL=5", "too often", "FREQ=MINUTELY"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never", "BYMONTHDAY=30"),
        ("FREQ=DAILY;BYDAY=2MO", "2MO", "BYDAY=2MO"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL", "0"),
        ("FREQ=MONTHLY;BYMONTHDAY=40", "BYMONTHDAY", "40"),
        ("FREQ=FORTNIGHTLY", "FREQ", "FORTNIGHTLY"),
        ("FREQ=DAILY;COLOUR=RED", "COLOUR", "COLOUR=RED"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "UNTIL", "20270101"),
        ("FREQ=DAILY;UNTIL=20200101", "ends before its first date", "UNTIL=20200101"),
        ("every second", "86400 times a day", "every second"),
        ("every 10 seconds", "8640 times a day", "every 10 seconds"),
        ("every 5 minutes", "too often", "every 5 minutes"),
        ("every now and then", "not a rule", "every now and then"),
    ] {
        for words in [&["add", "x", "--repeat", rule][..], &["repeat", "1", rule], &["rules", "preview", rule]] {
            let said = home.run(words).fails(5);
            assert!(said.contains(what), "{words:?}: {said}");
            assert_eq!(marked(&said), part, "{words:?}: {said}");
        }
    }
    for (words, part) in [
        (&["add", "breathe every 10 seconds"][..], "every 10 seconds"),
        (&["edit", "1", "every minute until friday", "--all"], "every minute until friday"),
        (&["repeat", "1", "daily", "--until", "2020-01-01"], "2020-01-01"),
    ] {
        assert_eq!(marked(&home.run(words).fails(5)), part);
    }
    assert!(home.run(&["rules", "preview", ""]).fails(5).starts_with("error: an empty text is not a rule"));
    // Whatever is quoted, the answer comes whole.
    let long = "every monday and ".repeat(600);
    for words in [&["add", "x", "--repeat", &long][..], &["repeat", "1", &long], &["rules", "preview", &long]] {
        let said = home.run(words).fails(5);
        assert!(said.contains("is not a rule I understand") && said.len() < 800, "{said}");
    }
    // What an edit says and cannot be a rule is no title.
    for words in [["rules", "edit", "1", "every 0 days"].as_slice(), &["edit", "1", "every 0 days", "--all"]] {
        assert_eq!(marked(&home.run(words).fails(5)), "every 0 days");
    }
    assert_eq!(dues(&home), before, "nothing was made or changed");
    assert_eq!(home.titles(&[]), ["water plants"]);
}

/// The part of an error's second line that its third line marks.
fn marked(said: &str) -> &str {
    let lines: Vec<&str> = said.lines().collect();
    let (from, to) = (lines[2].find('^').unwrap(), lines[2].rfind('^').unwrap());
    &lines[1][from..=to]
}

#[test]
fn an_rrule_for_the_text_of_an_edit_is_the_rule_and_not_a_title() {
    let home = Home::new();
    home.run(&["add", "stand up every day at 9:30"]).ok();
    home.run(&["rules", "edit", "1", "FREQ=WEEKLY;BYDAY=TU,TH"]).ok();
    assert_eq!(open(&home), [("2026-11-24T09:30:00+01:00".to_owned(), "stand up".to_owned())]);
    home.run(&["edit", "1", "RRULE:FREQ=MONTHLY;BYMONTHDAY=30", "--all"]).ok();
    assert_eq!(open(&home), [("2026-11-30T09:30:00+01:00".to_owned(), "stand up".to_owned())]);
    let said = home.run(&["rules", "edit", "1", "FREQ=DAILY;COUNT=0"]).fails(5);
    assert_eq!(marked(&said), "0", "{said}");
    // Beside words it is text like any other, and nothing of it is read.
    home.run(&["add", "set mode=daily"]).ok();
    assert!(home.titles(&[]).contains(&"set mode=daily".to_owned()), "{:?}", home.titles(&[]));
}

#[test]
fn sub_tasks_come_again_unticked_and_a_rule_ends_when_it_says() {
    let home = Home::new();
    home.run(&["add", "pack bag every monday", "--repeat", "FREQ=WEEKLY;COUNT=2", "--due", "monday"]).ok();
    home.run(&["add", "laptop", "--parent", "1"]).ok();
    home.run(&["done", "2"]).ok();
    let made = home.run(&["done", "1", "--json"]).json()["made"][0].clone();
    let parts = home.run(&["list", &format!("parent:{}", made["id"].as_str().unwrap()), "--json"]).json();
    assert_eq!((&parts["tasks"][0]["title"], &parts["tasks"][0]["status"]), (&json!("laptop"), &json!("open")));
    let ended = home.run(&["done", made["number"].to_string().as_str(), "--deep"]);
    assert!(ended.stderr.contains("last one") || ended.stdout.contains("last one"), "{ended:?}");
    assert_eq!(home.run(&["rules", "list", "--all", "--json"]).json()["rules"][0]["status"], "completed");
    home.run(&["undo"]).ok();
    assert_eq!(home.run(&["rules", "--json"]).json()["rules"][0]["status"], "active");
}

#[test]
fn reminders_follow_from_one_to_the_next() {
    let home = Home::new();
    home.run(&["add", "stand up every weekday at 9:30 remind me 5 minutes before"]).ok();
    let made = home.run(&["done", "1", "--json"]).json()["made"][0].clone();
    assert_eq!(made["title"], "stand up");
    let reminders = made["reminders"].as_array().unwrap();
    assert_eq!(reminders.len(), 1, "{made}");
    assert!(made.to_string().contains("2026-11-24T08:25:00"), "five minutes before the next: {reminders:?}");
    home.run(&["undo"]).ok();
    home.run(&["done", "1"]).ok();
    home.run(&["reminders", "next"]).ok();
}

#[test]
fn sentences_make_what_comes_again_and_finish_it() {
    let home = Home::new();
    home.run(&["do", "add stand up every weekday at 9:30"]).ok();
    let titles = home.titles(&["is:recurring"]);
    assert!(titles.iter().any(|title| title.contains("stand up")), "{titles:?}");
}
