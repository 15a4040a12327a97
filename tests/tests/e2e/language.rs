//! The contract of `tasks parse`.

use tasks_tests::{Home, NOW};

#[test]
fn lines_from_stdin_are_answered_in_order_without_a_daemon() {
    let home = Home::new();
    let stdin = b"buy milk tomorrow 5pm\ncall mom friday #family !high\n";
    let out = home.run_with(&["parse", "--json", "--now", NOW, "--tz", "Europe/Berlin"], stdin).ok();
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[0]["intent"].as_str(), lines[0]["title"].as_str()), (Some("create_task"), Some("buy milk")));
    assert_eq!(lines[0]["due"], serde_json::json!({"at": "2026-11-23T17:00:00+01:00", "tz": "Europe/Berlin"}));
    assert_eq!(lines[1]["title"], "call mom");
    assert_eq!(lines[1]["due"], serde_json::json!({"date": "2026-11-27"}));
    assert_eq!((lines[1]["tags"][0].as_str(), lines[1]["priority"].as_str()), (Some("family"), Some("high")));
    for line in &lines {
        for key in [
            "text",
            "intent",
            "confidence",
            "title",
            "due",
            "start",
            "end",
            "duration",
            "rrule",
            "anchor",
            "reminders",
            "priority",
            "tags",
            "project",
            "target",
            "changes",
            "alternatives",
            "us",
            "spans",
        ] {
            assert!(line.get(key).is_some(), "{key} is missing in {line}");
        }
        for span in line["spans"].as_array().unwrap() {
            let text = line["text"].as_str().unwrap();
            let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
            assert_eq!(&text[at("start")..at("end")], span["text"].as_str().unwrap());
        }
    }
    assert!(!home.path.join("tasks.db").exists() && !home.path.join("data/tasks.db").exists(), "nothing was started");
}

#[test]
fn an_empty_line_is_answered_too() {
    let home = Home::new();
    let out = home.run_with(&["parse", "--json"], b"\nbuy milk\n").ok();
    assert_eq!(out.lines().count(), 2);
}

#[test]
fn people_get_an_explanation() {
    let home = Home::new();
    let out = home.run(&["parse", "buy milk tomorrow 5pm"]).ok();
    assert!(out.contains("buy milk") && out.contains("tomorrow 5pm"), "{out}");
}
