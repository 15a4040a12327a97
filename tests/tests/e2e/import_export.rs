//! Tasks out of one home and into another, with nothing lost; and files that are not as they should be.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Stdio;
use tasks_tests::{Home, ran, signal};

/// A home with one of everything.
fn home() -> Home {
    let home = Home::new();
    home.run(&["add", "Pay rent p1 #Home @flat/rent 1 dec 9am // from the *joint* account", "--estimate", "1h30"]).ok();
    home.run(&["add", "Trip \"to\" \u{1f30d}\u{1b}", "--due", "27 nov to 3 dec"]).ok();
    home.run(&["add", "pack", "--parent", "2", "--wait", "25 nov", "--after", "1"]).ok();
    home.run(&["add", "meeting", "--due", "monday 2pm to 4pm"]).ok();
    home.run(&["start", "4"]).ok();
    home.run(&["add", "done and gone"]).ok();
    home.run(&["start", "5"]).ok();
    home.run(&["done", "5"]).ok();
    home.run(&["add", "in the trash"]).ok();
    home.run(&["rm", "6"]).ok();
    home
}

fn export(home: &Home) -> String {
    home.run(&["export"]).ok()
}

fn tasks(text: &str) -> Vec<Value> {
    serde_json::from_str::<Value>(text).unwrap()["tasks"].as_array().unwrap().clone()
}

fn counts(value: &Value) -> (u64, u64, u64) {
    let count = |key: &str| value[key].as_u64().unwrap();
    (count("created"), count("changed"), count("unchanged"))
}

fn file(home: &Home, text: &str) -> PathBuf {
    let path = home.scratch().join("tasks.json");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn an_export_read_into_an_empty_home_is_exported_byte_for_byte() {
    let (one, other) = (home(), Home::new());
    let text = export(&one);
    assert_eq!(tasks(&text).len(), 6);
    assert!(tasks(&text).iter().all(|task| task["number"].is_null()));
    let imported = other.run_with(&["import", "-", "--json"], text.as_bytes()).json();
    assert_eq!(counts(&imported), (6, 0, 0));
    assert_eq!(export(&other), text);
    // And in the other form.
    let lines = one.run(&["export", "--format", "ndjson"]).ok();
    assert_eq!(lines.lines().count(), 6);
    let third = Home::new();
    third.run_with(&["import", "-"], lines.as_bytes()).ok();
    assert_eq!(export(&third), text);
}

#[test]
fn the_same_again_changes_nothing_and_differences_are_taken_over() {
    let home = home();
    let text = export(&home);
    let path = file(&home, &text);
    let path = path.to_str().unwrap();
    let before = home.run(&["log", "--json"]).ok();
    assert_eq!(counts(&home.run(&["import", path, "--json"]).json()), (0, 0, 6));
    assert_eq!(home.run(&["log", "--json"]).ok(), before, "nothing was done");
    home.run(&["edit", "1", "--title", "Changed", "--due", "none", "--tag", "none"]).ok();
    let tried = home.run(&["import", path, "--json", "--dry-run"]).json();
    assert_eq!((counts(&tried), tried["dry_run"].as_bool()), ((0, 1, 5), Some(true)));
    assert_eq!(counts(&home.run(&["import", path, "--json"]).json()), (0, 1, 5));
    let known = |text: &str| -> Vec<Value> {
        tasks(text)
            .into_iter()
            .map(|mut task| {
                // It was changed now, by the import.
                task["modified_at"].take();
                task
            })
            .collect()
    };
    assert_eq!(known(&export(&home)), known(&text));
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["Changed"]), ["Changed"]);
}

#[test]
fn a_broken_file_imports_nothing_or_all_but_what_is_broken() {
    let home = Home::new();
    let good = r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzy","title":"good","created_at":"2026-11-01T10:00:00Z"}"#;
    let other = r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzx","title":"fine","due":{"date":"2026-12-24"}}"#;
    for (broken, column, what) in [
        (r#"  {"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzw","title":"x","due":{"date":"2026-02-30"}}"#, 3, "2026-02-30"),
        (r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzw","title":"x""#, 1, "broken"),
        (r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzw","title":5}"#, 51, "title"),
        (r#"{"id":"milk","title":"x"}"#, 1, "milk"),
        (r#"{"title":"x"}"#, 1, "id"),
        (r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzw","title":" "}"#, 1, "title"),
        (r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzw","title":"x","status":"done"}"#, 1, "done_at"),
        ("nonsense", 1, "{"),
    ] {
        let text = format!("{good}\n{broken}\n{other}\n");
        let said = home.run_with(&["import", "-"], text.as_bytes()).fails(5);
        assert!(said.contains(&format!("line 2, column {column}:")) && said.contains(what), "{broken}: {said}");
        assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
        let ran = home.run_with(&["import", "-", "--keep-going", "--json", "--dry-run"], text.as_bytes());
        assert_eq!(ran.code, 1, "not all was imported: {ran:?}");
        let tried: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((counts(&tried).0, tried["failed"].as_u64()), (2, Some(1)), "{broken}");
        assert_eq!(tried["problems"][0]["line"], json!(2));
    }
    let ran = home.run_with(&["import", "-", "--keep-going"], format!("{good}\n{{\n{other}\n").as_bytes());
    assert!(ran.code == 1 && ran.stderr.contains("line 2"), "{ran:?}");
    assert_eq!(home.titles(&[]), ["fine", "good"]);
    home.run(&["import", "/no/such/file"]).fails(3);
}

#[test]
fn keys_of_a_newer_version_are_named_and_left_out_only_as_asked() {
    let home = Home::new();
    let text = r#"{"id":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzy","title":"good","mood":"high","number":7,"urgency":1.5}"#;
    let said = home.run_with(&["import", "-"], text.as_bytes()).fails(5);
    assert!(said.contains("`mood`") && said.contains("--keep-going"), "{said}");
    let imported = home.run_with(&["import", "-", "--keep-going", "--json"], text.as_bytes()).json();
    assert_eq!((counts(&imported), &imported["unknown"]), ((1, 0, 0), &json!(["mood"])));
    home.run_with(&["import", "-"], br#"{"version":2,"tasks":[]}"#).fails(5);
}

#[test]
fn a_missing_key_leaves_its_field_and_null_clears_it() {
    let home = home();
    let id = tasks(&export(&home))[0]["id"].as_str().unwrap().to_owned();
    home.run_with(&["import", "-"], format!(r#"{{"id":"{id}","title":"Pay","project":null}}"#).as_bytes()).ok();
    let task = home.run(&["show", "1", "--json"]).json()["tasks"][0].clone();
    assert_eq!((task["title"].as_str(), task["project"].is_null()), (Some("Pay"), true));
    assert_eq!((task["tags"][0].as_str(), task["priority"].as_str()), (Some("Home"), Some("urgent")));
}

#[test]
fn a_file_of_many_tasks_goes_in_batches_and_a_cycle_is_refused() {
    let home = Home::new();
    let id = |n: usize| {
        let digits = format!("{n:08}");
        let letters: String = digits.bytes().map(|digit| char::from(b'z' - (digit - b'0'))).collect();
        format!("{letters}{}", "y".repeat(24))
    };
    let lines: String = (0..1_200).map(|n| format!("{{\"id\":\"{}\",\"title\":\"task {n}\"}}\n", id(n))).collect();
    let imported = home.run_with(&["import", "-", "--json"], lines.as_bytes()).json();
    assert_eq!((counts(&imported), imported["operations"].as_array().unwrap().len()), ((1_200, 0, 0), 3));
    assert_eq!(home.run(&["list", "--all", "--quiet"]).ok().lines().count(), 1_200);
    let one = format!("{{\"id\":\"{}\",\"parent\":\"{}\",\"title\":\"one\"}}\n", id(1), id(2));
    let two = format!("{{\"id\":\"{}\",\"parent\":\"{}\",\"title\":\"two\"}}\n", id(2), id(1));
    let said = home.run_with(&["import", "-"], format!("{one}{two}").as_bytes()).fails(5);
    assert!(said.contains("line 1") && said.contains("is part of"), "{said}");
    let twice = format!("{one}{one}");
    assert!(home.run_with(&["import", "-"], twice.as_bytes()).fails(5).contains("line 2"), "twice the same id");
}

/// A file of so many tasks.
fn many(home: &Home, count: usize) -> PathBuf {
    let letters = |n: usize| -> String { format!("{n:08}").bytes().map(|b| char::from(b'z' - (b - b'0'))).collect() };
    let line = |n| format!("{{\"id\":\"{}{}\",\"title\":\"task {n}\"}}\n", letters(n), "y".repeat(24));
    file(home, &(0..count).map(line).collect::<String>())
}

#[test]
fn an_import_that_is_interrupted_keeps_what_it_acknowledged_and_goes_on_from_there() {
    const TASKS: usize = 8_000;
    let home = Home::new();
    let path = many(&home, TASKS);
    let path = path.to_str().unwrap();
    home.run(&["daemon", "start"]).ok();
    let mut command = home.command(&["import", path]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // As soon as a batch is there, long before the last.
    while home.run(&["list", "--limit", "1", "--quiet"]).ok().is_empty() {}
    signal(i32::try_from(child.id()).unwrap(), rustix::process::Signal::INT);
    let said = ran(child.wait_with_output().unwrap()).fails(130);
    let there = home.run(&["list", "--all", "--quiet"]).ok().lines().count();
    assert!((512..TASKS).contains(&there) && there.is_multiple_of(512), "whole batches: {there}");
    assert!(said.contains("interrupted") && said.contains(&format!("{there} tasks were imported")), "{said}");
    assert!(said.contains("the same command goes on from there"), "{said}");
    let rest = home.run(&["import", path, "--json"]).json();
    assert_eq!(counts(&rest), ((TASKS - there) as u64, 0, there as u64));
}

#[test]
fn a_long_import_shows_how_far_it_is_on_a_terminal_only() {
    let home = Home::new();
    let path = many(&home, 1_500);
    let words = ["import", path.to_str().unwrap()];
    let seen = home.run_on_terminal(&words, 80);
    assert!(seen.code == 0 && seen.stdout.contains("] ") && seen.stdout.contains(" % 512 tasks"), "{seen:?}");
    assert!(seen.stdout.trim_end().ends_with("undo: tasks undo 3"), "{seen:?}");
    assert!(!home.run(&words).ok().contains('%'));
}

#[test]
fn a_file_is_written_whole_and_a_filter_narrows_it() {
    let home = home();
    let path = home.scratch().join("out.json");
    let name = path.to_str().unwrap();
    let said = home.run(&["export", "-o", name]).ok();
    assert!(said.contains("6 tasks"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), export(&home));
    assert_eq!(tasks(&home.run(&["export", "@flat"]).ok()).len(), 1);
    assert_eq!(tasks(&home.run(&["export", "status:deleted"]).ok()).len(), 1);
    home.run(&["export", "-o", "/no/such/folder/x.json"]).fails(1);
    home.run(&["export", "colour:red"]).fails(2);
    assert_eq!(std::fs::read_dir(home.scratch()).unwrap().filter(|e| e.as_ref().unwrap().path().is_file()).count(), 1);
}

/// A home in which things come again, are reminded of, put off, called off and called by name.
fn lively() -> Home {
    let home = Home::new();
    for words in [
        &["add", "stand up every weekday at 9:30 +team @work remind me 15 minutes before"][..],
        &["add", "prepare", "--parent", "1"],
        &["done", "1"],
        &["add", "water plants every 3 days after completion remind me at 8"],
        &["add", "rent every month on the 31st"],
        &["add", "call mom friday 5pm", "--remind", "15 minutes before", "--remind", "at due"],
        &["view", "save", "work", "@work", "--sort", "due"],
    ] {
        home.run(words).ok();
    }
    let number = |title: &str| home.run(&["list", title, "--json"]).json()["tasks"][0]["number"].to_string();
    for words in [
        &["edit", &number("stand"), "big stand up", "--this"][..],
        &["snooze", &number("mom"), "in 6 days"],
        &["reminders", "cancel", &number("water")],
        &["rules", "edit", &number("rent"), "--missed", "skip"],
        &["rules", "pause", &number("rent")],
    ] {
        home.run(words).ok();
    }
    home
}

#[test]
fn rules_reminders_and_views_go_along_and_the_rules_go_on() {
    let (one, other) = (lively(), Home::new());
    let text = export(&one);
    let count = |word: &str| text.matches(&format!("\"record\":\"{word}\"")).count();
    assert_eq!((count("rule"), count("settings")), (3, 1), "{text}");
    assert!(count("reminder") >= 5, "{text}");
    let imported = other.run_with(&["import", "-", "--json"], text.as_bytes()).json();
    assert_eq!(imported["records"]["changed"], json!(0), "{imported}");
    assert_eq!(export(&other), text);
    let again = other.run_with(&["import", "-", "--json"], text.as_bytes()).json();
    assert_eq!((&again["operations"], &again["records"]["created"]), (&json!([]), &json!(0)), "twice is once");
    assert_eq!(export(&other), text);
    // And in the other form.
    let (third, lines) = (Home::new(), one.run(&["export", "--format", "ndjson"]).ok());
    third.run_with(&["import", "-"], lines.as_bytes()).ok();
    assert_eq!(export(&third), text);

    for home in [&one, &other] {
        assert_eq!(home.titles(&["view:work"]).len(), home.titles(&["@work"]).len());
        home.run(&["done", "--where", "stand", "--yes"]).ok();
        let next = home.run(&["list", "\"stand up\"", "--json"]).json();
        assert_eq!(next["tasks"][0]["slot"], "2026-11-25T09:30:00", "{next}");
        assert_eq!(next["tasks"][0]["title"], "stand up", "of the rule, not of the one that was changed alone");
        assert_eq!(next["tasks"][0]["reminders"][0]["at"], "2026-11-25T08:15:00.000Z", "{next}");
    }
    let dues = |home: &Home| -> Vec<Value> {
        let listed = home.run(&["list", "--json"]).json();
        listed["tasks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| json!([task["id"], task["due"], task["parent"]]))
            .collect()
    };
    assert_eq!(dues(&one), dues(&other), "both go on alike, to the ids of what they made");
    let put_off = other.run(&["reminders", "--json"]).json().to_string();
    assert!(put_off.contains("snoozed_from\":\"2026"), "{put_off}");
    assert_eq!(other.run(&["rules", "list", "--all", "--json"]).json().to_string().matches("paused").count(), 1);
}

#[test]
fn an_import_is_taken_back_in_one_piece_and_a_filter_takes_what_belongs_to_its_tasks() {
    let (one, other) = (lively(), Home::new());
    let text = one.run(&["export", "@work"]).ok();
    let imported = other.run_with(&["import", "-", "--json"], text.as_bytes()).json();
    assert_eq!(other.run(&["rules", "--json"]).json()["rules"].as_array().map(Vec::len), Some(1), "{text}");
    assert_eq!(other.run(&["view", "list", "--json"]).json()["views"], json!([]), "views come with everything");
    let operations = imported["operations"].as_array().unwrap().len().to_string();
    other.run(&["undo", &operations]).ok();
    assert_eq!(tasks(&export(&other)), Vec::<Value>::new());
    assert_eq!(export(&other), "{\"version\":1,\"records\":[],\"tasks\":[],\"more\":false}\n");
}

#[test]
fn a_delivery_that_failed_is_not_tried_anew_and_one_that_was_sent_is_not_sent_again() {
    let (one, other) = (Home::new(), Home::new());
    // By the machine's own clock, to a port at which nobody listens.
    let real = |home: &Home, words: &[&str], input: &str| home.run_in(words, input.as_bytes(), &[("TASKS_NOW", "")]);
    real(&one, &["add", "knock"], "").ok();
    real(&one, &["remind", "1", "in 1 second", "--webhook", "http://127.0.0.1:9/nobody"], "").ok();
    let tried = |home: &Home| {
        let story = real(home, &["reminders", "why", "1", "--json"], "").json();
        story["reminders"][0]["ledger"][0]["attempts"].as_array().map_or(0, Vec::len)
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while tried(&one) == 0 {
        assert!(std::time::Instant::now() < deadline, "it was never tried");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let text = real(&one, &["export"], "").ok();
    assert!(text.contains("\"record\":\"delivery\"") && text.contains("attempt/0x"), "{text}");
    real(&other, &["import", "-"], &text).ok();
    let story = real(&other, &["reminders", "why", "1", "--json"], "").json();
    assert_eq!(story["reminders"][0]["reminder"]["state"], json!("pending"), "it goes on: {story}");
    assert!(tried(&other) >= 1, "{story}");
    // As if it had been sent here meanwhile: an older file does not unsay that.
    let row = |state: &str| text.replace("\"fields\":{\"at\"", &format!("\"fields\":{{{state}\"at\""));
    real(&other, &["import", "-"], &row("\"state/sent\":{\"at\":1795338000000},")).ok();
    real(&other, &["import", "-"], &text).ok();
    let story = real(&other, &["reminders", "why", "1", "--json"], "").json();
    assert_eq!(story["reminders"][0]["reminder"]["state"], json!("sent"), "{story}");
}

#[test]
fn broken_records_are_told_with_their_place() {
    let home = Home::new();
    let good = lively().run(&["export", "--format", "ndjson", "water"]).ok();
    let rule = good.lines().find(|line| line.contains("\"record\":\"rule\"")).unwrap();
    let id = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzy";
    for (broken, what) in [
        (rule.replace("FREQ=DAILY", "FREQ=NEVER"), "schedule"),
        (rule.replace("\"title\":\"water plants\"", "\"title\":\" \""), "title"),
        (rule.replace("\"title\":\"water plants\"", "\"tag/a\":\"b\""), "tag"),
        (rule.replace("\"schedule\"", "\"plan\""), "plan"),
        (rule.replace("\"record\":\"rule\"", "\"record\":\"habit\""), "habit"),
        (rule.replace("\"touched\"", "\"mood\""), "mood"),
        (format!("{{\"record\":\"reminder\",\"id\":\"{id}\",\"fields\":{{}}}}"), "task"),
        (format!("{{\"record\":\"delivery\",\"id\":\"{id}\",\"fields\":{{\"attempt/0x1\":1}}}}"), "attempt"),
        (format!("{{\"record\":\"settings\",\"id\":\"{id}\",\"fields\":{{}}}}"), "settings"),
        (format!("{{\"record\":\"rule\",\"id\":\"{id}\""), "end"),
    ] {
        let said = home.run_with(&["import", "-"], format!("\n{broken}\n").as_bytes()).fails(5);
        assert!(said.contains("line 2, column ") && said.contains(what), "{broken}: {said}");
        assert_eq!(home.run(&["rules", "--json"]).json()["rules"], json!([]));
    }
    let ran = home.run_with(&["import", "-", "--keep-going"], format!("{{\"record\":1}}\n{good}").as_bytes());
    assert!(ran.code == 1 && ran.stderr.contains("line 1, column"), "{ran:?}");
    assert_eq!(home.run(&["rules", "--json"]).json()["rules"].as_array().map(Vec::len), Some(1), "the rest is there");
    assert_eq!(home.titles(&[]), ["water plants"]);
}
