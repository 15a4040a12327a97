//! What was done: told field by field, taken back at any age, and copies.

use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt as _;
use tasks_tests::Home;

fn changes(entry: &Value) -> Vec<(String, Value, Value)> {
    let change = |one: &Value| (one["field"].as_str().unwrap().to_owned(), one["before"].clone(), one["after"].clone());
    entry["changes"].as_array().unwrap().iter().map(change).collect()
}

#[test]
fn a_history_tells_each_command_with_what_it_changed_newest_first() {
    let home = Home::new();
    home.run(&["add", "Buy milk tomorrow +shop"]).ok();
    home.run(&["add", "another"]).ok();
    home.run(&["edit", "1", "friday", "--tag", "-shop", "--title", "Buy oat milk"]).ok();
    home.run(&["done", "1", "2"]).ok();
    home.run(&["undo"]).ok();
    let history = home.run(&["history", "1", "--json"]).json();
    let entries = history["entries"].as_array().unwrap();
    let commands: Vec<&str> = entries.iter().map(|entry| entry["operation"]["command"].as_str().unwrap()).collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    assert!(commands[0].contains("undo") && commands[3].contains("add"), "{commands:?}");
    assert_eq!(entries[1]["operation"]["undone"], json!(true));
    let date = |date: &str| json!({ "date": date });
    let edited = changes(&entries[2]);
    for want in [
        ("title", json!("Buy milk"), json!("Buy oat milk")),
        ("due", date("2026-11-23"), date("2026-11-27")),
        ("tags", json!("shop"), Value::Null),
    ] {
        assert!(edited.contains(&(want.0.to_owned(), want.1.clone(), want.2.clone())), "{want:?} in {edited:?}");
    }
    let shown = home.run(&["history", "1"]).ok();
    assert!(shown.contains("Buy milk → Buy oat milk") && shown.contains("- shop"), "{shown}");
    assert_eq!(home.run(&["history", "1", "--limit", "1", "--json"]).json()["more"], json!(true));
    home.run(&["history", "9"]).fails(3);
}

#[test]
fn a_history_survives_a_restart_and_takes_in_imports() {
    let home = Home::new();
    home.run(&["add", "one"]).ok();
    let text = home.run(&["export"]).ok();
    home.run(&["edit", "1", "--title", "two"]).ok();
    home.run(&["daemon", "restart"]).ok();
    home.run_with(&["import", "-"], text.as_bytes()).ok();
    let history = home.run(&["history", "1", "--json"]).json();
    let titles: Vec<Value> = history["entries"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(changes)
        .filter(|(field, ..)| field == "title")
        .map(|(_, before, after)| json!([before, after]))
        .collect();
    assert_eq!(titles, [json!(["two", "one"]), json!(["one", "two"]), json!([null, "one"])]);
}

#[test]
fn a_revert_takes_back_one_command_and_names_what_stays() {
    let home = Home::new();
    home.run(&["add", "milk"]).ok();
    home.run(&["edit", "1", "friday", "--title", "oat milk"]).ok();
    let old = home.run(&["log", "--quiet", "--limit", "1"]).ok().trim().to_owned();
    home.run(&["edit", "1", "--title", "soy milk"]).ok();
    let tried = home.run(&["revert", &old, "--dry-run", "--json"]).json();
    assert_eq!((tried["dry_run"].as_bool(), home.titles(&["due:friday"]).len()), (Some(true), 1));
    let ran = home.run(&["revert", &old]);
    assert!(ran.stderr.contains("title"), "what stays is named: {ran:?}");
    ran.ok();
    assert_eq!((home.titles(&["due:friday"]).len(), home.titles(&[])), (0, vec!["soy milk".to_owned()]));
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["due:friday"]).len(), 1, "a revert is undone like any command");
    home.run(&["revert", "zzzz"]).fails(3);
    home.run_with(&["add", "-"], b"a\nb\nc\n").ok();
    let many = home.run(&["log", "--quiet", "--limit", "1"]).ok().trim().to_owned();
    home.run(&["revert", &many]).fails(5);
    home.run(&["revert", &many, "--yes"]).ok();
    assert_eq!(home.titles(&[]).len(), 1);
}

#[test]
fn a_copy_is_a_new_open_task_and_deep_takes_the_sub_tasks_along() {
    let home = Home::new();
    home.run(&["add", "Trip p1 #fun @travel // notes", "--due", "friday"]).ok();
    home.run(&["add", "pack", "--parent", "1"]).ok();
    home.run(&["add", "socks", "--parent", "2", "--after", "1"]).ok();
    home.run(&["done", "1"]).ok();
    let copied = home.run(&["duplicate", "1", "30 nov #again", "--json"]).json();
    let copy = &copied["tasks"][0];
    assert_eq!((copy["title"].as_str(), copy["status"].as_str()), (Some("Trip"), Some("open")));
    assert_eq!((copy["tags"].clone(), copy["due"].clone()), (json!(["again", "fun"]), json!({"date": "2026-11-30"})));
    assert_eq!((copy["project"].as_str(), copy["notes"].as_str()), (Some("travel"), Some("notes")));
    let number = copy["number"].as_u64().unwrap().to_string();
    home.run(&["duplicate", "2", "--deep", "--dry-run"]).ok();
    let deep = home.run(&["duplicate", "2", "--deep", "--json"]).json();
    let (pack, socks) = (&deep["tasks"][0], &deep["tasks"][1]);
    assert_eq!((pack["title"].as_str(), socks["title"].as_str()), (Some("pack"), Some("socks")));
    assert_eq!(socks["parent"], pack["id"], "a copy within the copied belongs to the copy");
    home.run(&["undo"]).ok();
    home.run(&["show", &number]).ok();
    home.run(&["duplicate", "99"]).fails(3);
    home.run(&["duplicate", "2", "friday", "25:00"]).fails(5);
}

/// An editor that is a script.
fn editor(home: &Home, script: &str) -> String {
    let path = home.scratch().join("editor");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn several_tasks_are_one_text_in_the_editor_and_untouched_fields_stay() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"one @home tomorrow\ntwo @home\nthree\n").ok();
    // While the text is open, somebody else changes other fields of a task.
    let tasks = tasks_tests::tasks_bin().display().to_string();
    let script = format!(
        "sed -i 's/^title: one/title: first/; s/^title: two/title: second/' \"$1\"\n'{tasks}' edit 1 --project work >/dev/null"
    );
    let name = editor(&home, &script);
    let edit = |words: &[&str]| home.run_in(words, b"", &[("EDITOR", &name)]);
    edit(&["edit", "--where", "@home", "-e"]).fails(2);
    let ran = edit(&["edit", "-e", "--where", "@home", "--json"]).json();
    assert_eq!(ran["tasks"].as_array().unwrap().len(), 2);
    let one = home.run(&["show", "1", "--json"]).json()["tasks"][0].clone();
    assert_eq!(
        (one["title"].as_str(), one["project"].as_str()),
        (Some("first"), Some("work")),
        "both changes are there"
    );
    assert_eq!(one["due"], json!({"date": "2026-11-23"}));
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["@home"]), ["two"], "one command, one undo");
}

#[test]
fn an_editor_that_fails_or_saves_nonsense_keeps_the_text_and_changes_nothing() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"one\ntwo\n").ok();
    for (script, kept) in [
        ("exit 3", false),
        ("echo typed >> \"$1\"; exit 3", true),
        ("echo nonsense > \"$1\"", true),
        ("sed -i 's/^due:/due: someday/' \"$1\"", true),
        (": > \"$1\"", false),
    ] {
        let name = editor(&home, script);
        let folder = home.scratch().join("tmp");
        std::fs::create_dir_all(&folder).unwrap();
        let ran =
            home.run_in(&["edit", "1", "2", "-e"], b"", &[("EDITOR", &name), ("TMPDIR", folder.to_str().unwrap())]);
        assert!(ran.code == 1 || ran.code == 5, "{script}: {ran:?}");
        let left = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!((left == 1, ran.stderr.contains("your text is in")), (kept, kept), "{script}: {ran:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
    let name = editor(&home, "true");
    let log = home.run(&["log", "--json"]).ok();
    assert!(home.run_in(&["edit", "1", "2", "-e"], b"", &[("EDITOR", &name)]).ok().contains("Unchanged"));
    assert_eq!(home.run(&["log", "--json"]).ok(), log, "nothing was done");
}

#[test]
fn the_log_can_be_asked_for_what_was_done_since_a_moment() {
    let home = Home::new();
    for (now, title) in [("2026-11-20T09:00:00+01:00", "call Tom"), ("2026-11-22T09:00:00+01:00", "call Ann")] {
        home.run_in(&["add", title], b"", &[("TASKS_NOW", now)]).ok();
    }
    let done = |since: &str| {
        let log = home.run_in(&["log", "--since", since, "--json"], b"", &[("TASKS_NOW", "2026-11-22T10:00:00+01:00")]);
        log.json()["operations"].as_array().unwrap().len()
    };
    let seen: Vec<usize> = ["2 hours ago", "today", "saturday", "3 days ago", "2026-11-20"].map(done).to_vec();
    assert_eq!(seen, [1, 1, 1, 2, 2]);
    let error = home.run(&["log", "--since", "blue"]).fails(5);
    assert!(error.contains("blue"), "{error}");
}
