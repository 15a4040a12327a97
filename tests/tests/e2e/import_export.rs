//! Tasks out of one home and into another, with nothing lost; and files that are not as they should be.

use serde_json::{Value, json};
use std::path::PathBuf;
use tasks_tests::Home;

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
