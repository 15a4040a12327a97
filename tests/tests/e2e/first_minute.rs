//! The main job on a fresh machine, and every command of the first release once.

use tasks_tests::Home;

#[test]
fn a_task_is_added_listed_and_taken_back() {
    let home = Home::new();
    let said = home.run(&["add", "buy milk tomorrow 5pm"]).ok();
    assert!(said.contains("buy milk") && said.contains("17:00") && said.contains("23 Nov"), "{said}");
    assert!(home.run(&["list"]).ok().contains("buy milk"));
    assert!(home.run(&[]).ok().contains("buy milk"), "the agenda shows it");
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
    home.run(&["redo"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn the_json_of_a_task_has_the_promised_keys() {
    let home = Home::new();
    let added = home.run(&["add", "--json", "Call mom friday 5pm #family !high @home // bring cake"]).json();
    let task = &added["tasks"][0];
    let keys: Vec<&str> = task.as_object().unwrap().keys().map(String::as_str).collect();
    let mut want = [
        "id",
        "number",
        "title",
        "notes",
        "status",
        "priority",
        "due",
        "start",
        "wait",
        "end",
        "estimate",
        "project",
        "tags",
        "parent",
        "after",
        "rule",
        "slot",
        "reminders",
        "urgency",
        "created_at",
        "modified_at",
        "started_at",
        "done_at",
        "deleted_at",
        "states",
    ];
    let mut keys = keys;
    keys.sort_unstable();
    want.sort_unstable();
    assert_eq!(keys, want);
    assert_eq!(task["due"]["at"], "2026-11-27T17:00:00+01:00");
    assert_eq!(task["due"]["tz"], "Europe/Berlin");
    assert_eq!((task["number"].as_i64(), task["priority"].as_str()), (Some(1), Some("high")));
    assert_eq!((task["project"].as_str(), task["tags"][0].as_str()), (Some("home"), Some("family")));
    assert_eq!(task["notes"], "bring cake");
    let shown = home.run(&["show", "1", "--json"]).json();
    assert_eq!(&shown["tasks"][0], task, "one schema for one object");
}

#[test]
fn a_task_lives_from_open_to_done_and_back() {
    let home = Home::new();
    home.run(&["add", "write report"]).ok();
    let status = |reference: &str| home.run(&["show", reference, "--json"]).json()["tasks"][0]["status"].clone();
    for (verb, want) in [("start", "started"), ("stop", "open"), ("start", "started")] {
        home.run(&[verb, "1"]).ok();
        assert_eq!(status("1"), want);
    }
    let id = home.run(&["show", "1", "--json"]).json()["tasks"][0]["id"].as_str().unwrap().to_owned();
    home.run(&["done", "1"]).ok();
    assert_eq!(status(&id), "done");
    home.run(&["done", &id]).ok();
    home.run(&["done", "1"]).ok();
    home.run(&["reopen", &id]).ok();
    assert_eq!(status("1"), "open", "its number came back");
    home.run(&["rm", "1"]).ok();
    assert_eq!(status(&id[..6]), "deleted");
    home.run(&["restore", &id[..6]]).ok();
    assert_eq!(status("1"), "open");
}

#[test]
fn an_edit_takes_text_and_flags_and_leaves_the_rest() {
    let home = Home::new();
    home.run(&["add", "dentist tomorrow 5pm #health // bring card"]).ok();
    home.run(&["edit", "1", "friday 3pm #work"]).ok();
    let task = home.run(&["show", "1", "--json"]).json()["tasks"][0].clone();
    assert_eq!(task["title"], "dentist");
    assert_eq!(task["due"]["at"], "2026-11-27T15:00:00+01:00");
    assert_eq!((task["tags"].as_array().unwrap().len(), task["notes"].as_str()), (2, Some("bring card")));
    home.run(&["edit", "1", "--due", "", "--priority", "high"]).ok();
    let task = home.run(&["show", "1", "--json"]).json()["tasks"][0].clone();
    assert_eq!((&task["due"], task["priority"].as_str()), (&serde_json::Value::Null, Some("high")));
}

#[test]
fn lines_from_stdin_are_one_operation() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"eggs tomorrow\n\ntwo #x\nthree\n").ok();
    assert_eq!(home.titles(&[]), ["eggs", "two", "three"]);
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
}

#[test]
fn filters_choose_what_is_listed() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"mow lawn @home/garden #out today\ncall mom @family !high friday\npay rent @home\n")
        .ok();
    assert_eq!(home.titles(&["@home"]), ["mow lawn", "pay rent"]);
    assert_eq!(home.titles(&["-out", "project:home"]), ["pay rent"]);
    assert_eq!(home.titles(&["due:today"]), ["mow lawn"]);
    assert_eq!(home.titles(&["priority:high"]), ["call mom"]);
    assert_eq!(home.titles(&["MOM"]), ["call mom"]);
    assert_eq!(home.titles(&["--sort", "title"]), ["call mom", "mow lawn", "pay rent"]);
    home.run(&["done", "1"]).ok();
    assert_eq!(home.titles(&["status:done"]), ["mow lawn"]);
}

#[test]
fn a_dry_run_changes_nothing() {
    let home = Home::new();
    home.run(&["add", "--dry-run", "buy milk tomorrow"]).ok();
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
    home.run(&["add", "buy milk"]).ok();
    home.run(&["done", "1", "--dry-run"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn the_log_tells_what_was_done() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    home.run(&["done", "1"]).ok();
    home.run(&["undo"]).ok();
    let log = home.run(&["log", "--json"]).json();
    assert_eq!(log["operations"].as_array().unwrap().len(), 3);
    assert!(home.run(&["log"]).ok().contains("add"));
}

#[test]
fn everything_is_there_after_a_restart() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    home.run(&["done", "1"]).ok();
    home.run(&["daemon", "stop"]).ok();
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk"]);
    home.run(&["status"]).ok();
    home.run(&["daemon", "restart"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk"]);
}

#[test]
fn quiet_prints_ids_that_scripts_can_use() {
    let home = Home::new();
    let id = home.run(&["--quiet", "add", "buy milk"]).ok();
    home.run(&["done", id.trim()]).ok();
    assert_eq!(home.titles(&[]), Vec::<String>::new());
}

#[test]
fn a_number_names_nothing_once_the_making_of_its_task_was_taken_back() {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    home.run(&["undo"]).ok();
    home.run(&["show", "1"]).fails(3);
    home.run(&["done", "1"]).fails(3);
}
