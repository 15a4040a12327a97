//! Bad input: one or two lines with the place and what to do, the right exit code, nothing changed.

use std::os::unix::ffi::OsStrExt as _;
use tasks_tests::Home;

#[test]
fn a_typo_in_a_verb_names_the_nearest_and_adds_nothing() {
    let home = Home::new();
    let said = home.run(&["ad", "buy milk"]).fails(2);
    assert!(said.contains("add"), "{said}");
    let said = home.run(&["lst"]).fails(2);
    assert!(said.contains("list"), "{said}");
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
}

#[test]
fn impossible_values_are_refused_with_their_place() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let said = home.run(&["add", "x", "--due", "2026-02-30"]).fails(5);
    assert!(said.contains("2026-02-30") && said.contains("^^^"), "{said}");
    let said = home.run(&["edit", "1", "friday 25:00"]).fails(5);
    assert!(said.contains("25:00") && said.contains("^^^^^"), "{said}");
    let said = home.run(&["add", "x", "--priority", "huge"]).fails(5);
    assert!(said.contains("huge") && said.contains("hint"), "{said}");
    home.run(&["add", "x", "--tag", "two words"]).fails(5);
    let said = home.run(&["add", "x", "--due", "2026-13-01"]).fails(5);
    assert!(said.contains("2026-13-01"), "{said}");
    home.run(&["list", "due.before:2026-02-30"]).fails(5);
    assert_eq!(home.titles(&["status:all"]), ["buy milk"]);
    assert_eq!(home.run(&["show", "1", "--json"]).json()["tasks"][0]["due"], serde_json::Value::Null);
}

#[test]
fn an_impossible_date_in_a_text_stays_in_the_title_with_a_warning() {
    let home = Home::new();
    let ran = home.run(&["add", "buy milk feb 30"]);
    assert!(ran.stderr.contains("30"), "{ran:?}");
    ran.ok();
    assert_eq!(home.titles(&[]), ["buy milk feb 30"]);
}

#[test]
fn what_is_not_what_it_seems_is_said() {
    let home = Home::new();
    let ran = home.run(&["add", "report every month on the 30th"]);
    assert!(ran.stderr.contains("last day"), "{ran:?}");
    ran.ok();
    // On 28 March 2027 the clocks in Berlin go from 02:00 to 03:00.
    let ran = home.run(&["add", "x", "--due", "2027-03-28 02:30"]);
    assert!(ran.stderr.contains("03:30"), "{ran:?}");
    ran.ok();
}

#[test]
fn empty_and_endless_titles_are_refused() {
    let home = Home::new();
    home.run(&["add", ""]).fails(5);
    home.run(&["add", "   "]).fails(5);
    home.run(&["add", &"a".repeat(1_001)]).fails(5);
    let endless = vec![b'a'; 10 * 1024 * 1024];
    home.run_with(&["add", "-"], &endless).fails(5);
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let home = Home::new();
    let mut command = home.command(&["add"]);
    command.arg(std::ffi::OsStr::from_bytes(b"buy \xff milk"));
    assert_eq!(command.output().unwrap().status.code(), Some(2));
    let said = home.run_with(&["add", "-"], b"good\nbuy \xff milk\n").fails(5);
    assert!(said.contains('2'), "the line is named: {said}");
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
}

#[test]
fn escape_sequences_in_a_title_are_shown_harmless() {
    let home = Home::new();
    let said = home.run(&["add", "evil \u{1b}[2J\u{1b}]0;title\u{7} \u{202e}txt"]).ok();
    let listed = home.run(&["list"]).ok() + &home.run(&["show", "1"]).ok() + &home.run(&["log"]).ok() + &said;
    assert!(!listed.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{listed:?}");
    assert!(listed.contains("evil"));
    let title = home.run(&["show", "1", "--json"]).json()["tasks"][0]["title"].clone();
    assert_eq!(title, "evil \u{1b}[2J\u{1b}]0;title\u{7} \u{202e}txt", "data is not changed");
}

#[test]
fn unknown_fields_and_ids_are_named() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let said = home.run(&["list", "colour:red"]).fails(2);
    assert!(said.contains("colour") && said.contains("^^^^^^"), "{said}");
    home.run(&["list", "due:someday"]).fails(2);
    home.run(&["done", "7"]).fails(3);
    home.run(&["show", "zzzz"]).fails(3);
    home.run(&["done"]).fails(2);
    home.run(&["list", "--limit", "many"]).fails(2);
}

#[test]
fn an_ambiguous_id_lists_what_it_could_be() {
    let home = Home::new();
    let lines: String = (0..40).map(|n| format!("task {n}\n")).collect();
    home.run_with(&["add", "-"], lines.as_bytes()).ok();
    let listed = home.run(&["list", "--json", "--limit", "0"]).json();
    let ids: Vec<&str> = listed["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap()).collect();
    // Forty random ids over sixteen letters: some two share their first.
    let first = ids.iter().map(|id| &id[..1]).find(|first| ids.iter().filter(|id| id.starts_with(first)).count() > 1);
    let said = home.run(&["done", first.unwrap()]).fails(4);
    assert!(said.contains(" or "), "{said}");
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());
}

#[test]
fn errors_under_json_are_one_document_on_stderr() {
    let home = Home::new();
    let ran = home.run(&["add", "x", "--due", "2026-02-30", "--json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (5, ""));
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!((error["version"].as_i64(), error["error"]["kind"].as_str()), (Some(1), Some("refused")));
    assert!(
        error["error"]["span"].is_object() && error["error"]["hint"].is_string() || error["error"]["hint"].is_null()
    );
    let ran = home.run(&["--json", "lst"]);
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!((ran.code, error["error"]["kind"].as_str()), (2, Some("usage")));
}

#[test]
fn many_changes_at_once_ask_first() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"a\nb\nc\n").ok();
    home.run(&["done", "1", "2", "3"]).fails(5);
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());
    home.run(&["done", "1", "2", "3", "--yes"]).ok();
    assert_eq!(home.titles(&["status:done"]).len(), 3);
}

#[test]
fn a_pipe_that_is_closed_early_ends_quietly() {
    let home = Home::new();
    let lines: String =
        (0..3_000).map(|n| format!("a task with a rather long title so that the pipe fills {n}\n")).collect();
    home.run_with(&["add", "-", "--quiet"], lines.as_bytes()).ok();
    let shell = format!("'{}' list --limit 0 | head -1", tasks_tests::tasks_bin().display());
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &shell]).env("TASKS_HOME", &home.path).env("HOME", home.scratch()).env("TASKS_TZ", "UTC");
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn a_field_without_a_value_is_no_title() {
    let home = Home::new();
    home.run(&["add", "buy milk tomorrow"]).ok();
    for text in ["due:", "Project:"] {
        let said = home.run(&["edit", "1", text]).fails(2);
        assert!(said.contains("--due none"), "{said}");
    }
    assert_eq!(home.titles(&[]), ["buy milk"]);
    home.run(&["edit", "1", "--title", "due:"]).ok();
    assert_eq!(home.titles(&[]), ["due:"]);
}

#[test]
fn fields_of_other_programs_are_understood_or_told_of() {
    let home = Home::new();
    home.run(&["add", "buy milk", "priority:H", "project:Home", "tags:a,b", "due:fri"]).ok();
    let task = &home.run(&["show", "1", "--json"]).json()["tasks"][0];
    assert_eq!((task["title"].as_str(), task["priority"].as_str()), (Some("buy milk"), Some("high")));
    assert_eq!((task["project"].as_str(), task["tags"].as_array().map(Vec::len)), (Some("Home"), Some(2)));
    assert!(task["due"].is_object());
    let ran = home.run(&["add", "call mom", "depends:1"]);
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    assert!(ran.stderr.contains("--after 1 does it"), "{ran:?}");
    ran.ok();
    assert_eq!(home.titles(&["mom"]), ["call mom depends:1"]);
    let said = home.run(&["edit", "1", "wait:monday"]).fails(2);
    assert!(said.contains("the flag for it: --wait monday") && said.contains("^^^^^^^^^^^"), "{said}");
    home.run(&["edit", "1", "+c", "-a", "-b"]).ok();
    assert_eq!(home.run(&["show", "1", "--json"]).json()["tasks"][0]["tags"], serde_json::json!(["c"]));
}
