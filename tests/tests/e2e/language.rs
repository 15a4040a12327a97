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

#[test]
fn a_rule_is_read_and_added_alike() {
    let home = Home::new();
    let text = "water ferns every friday 9am remind me 1 hour before";
    let out = home.run(&["parse", "--json", "--now", NOW, "--tz", "Europe/Berlin", text]).ok();
    let reading: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (reading["title"].as_str(), reading["rrule"].as_str()),
        (Some("water ferns"), Some("FREQ=WEEKLY;BYDAY=FR"))
    );
    assert_eq!(
        (reading["anchor"].as_str(), &reading["due"]["at"]),
        (Some("calendar"), &"2026-11-27T09:00:00+01:00".into())
    );
    assert_eq!(reading["reminders"], serde_json::json!([{"before": "PT1H"}]));
    for dry in [true, false] {
        let mut args = vec!["add", "--json", text];
        args.extend(dry.then_some("--dry-run"));
        let added = home.run(&args).json();
        assert_eq!(
            (&added["tasks"][0]["title"], &added["tasks"][0]["due"]["at"]),
            (&reading["title"], &reading["due"]["at"])
        );
        assert_eq!(added["rules"][0]["rrule"], "FREQ=WEEKLY;BYDAY=FR", "{added}");
    }
}

#[test]
fn strict_refuses_what_can_be_read_in_two_ways() {
    let home = Home::new();
    let out = home.run_with(&["parse", "--strict", "--json", "--tz", "Europe/Berlin"], b"call Ada 3/12\nbuy milk\n");
    assert_eq!((out.code, out.stdout.lines().count()), (4, 2), "{}", out.stderr);
    assert!(out.stderr.contains("more than one way"), "{}", out.stderr);
    home.run(&["parse", "--strict", "call Ada tomorrow"]).ok();
}
