//! Many tasks at once: by a filter, with their sub-tasks, and only what was agreed to.

use serde_json::Value;
use tasks_tests::Home;

fn home() -> Home {
    let home = Home::new();
    home.run_with(&["add", "-"], b"a @home\nb @home/garden\nc @home +xy\nd @work\n").ok();
    home
}

fn titles(value: &Value) -> Vec<&str> {
    value["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect()
}

#[test]
fn a_filter_changes_all_that_a_list_of_it_shows() {
    let home = home();
    let done = home.run(&["done", "--where", "@home", "-xy", "--yes", "--json"]).json();
    assert_eq!(titles(&done), ["a", "b"]);
    assert_eq!(home.titles(&[]), ["c", "d"]);
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&[]), ["a", "b", "c", "d"], "one command, one undo");
    let edited =
        home.run(&["edit", "--where", "@home", "or", "@work", "--yes", "--json", "--", "tomorrow", "+y"]).json();
    assert_eq!(titles(&edited).len(), 4);
    assert_eq!(home.titles(&["+y", "due:tomorrow"]).len(), 4);
    home.run(&["edit", "--where", "+y", "--tag", "none", "--yes"]).ok();
    assert_eq!(home.titles(&["+xy"]), Vec::<String>::new());
}

#[test]
fn lists_and_ranges_of_numbers_are_taken_wherever_ids_are() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"a\nb\nc\nd\ne\nf friday 3pm\n").ok();
    home.run(&["done", "2"]).ok();
    // What is not there is passed over within a range, and is an error alone.
    assert_eq!(titles(&home.run(&["done", "1-3", "--json"]).json()), ["a", "c"]);
    home.run(&["undo"]).ok();
    for words in
        [&["done", "40-50"][..], &["show", "40-50"], &["done", "9,1-2"], &["edit", "30-40", "+x"], &["done", "1-"]]
    {
        home.run(words).fails(3);
    }
    // Three or more ask first, however they are named.
    for words in
        [&["done", "1-4"][..], &["done", "1,3,4"], &["edit", "3-1,4", "+x"], &["remind", "1-4", "tomorrow 9am"]]
    {
        let said = home.run(words).fails(5);
        assert!(said.contains("this changes 3 tasks") && said.contains("--yes"), "{words:?}: {said}");
    }
    assert_eq!(titles(&home.run(&["rm", "4,1-99999999", "--dry-run", "--json"]).json()), ["d", "a", "c", "e", "f"]);
    let edited = home.run(&["edit", "4-3", "1", "5,6", "+home", "--yes", "--json"]).json();
    assert_eq!(titles(&edited), ["c", "d", "a", "e", "f"]);
    assert_eq!(titles(&home.run(&["show", "3-4,1", "--json"]).json()), ["c", "d", "a"]);
    assert_eq!(home.titles(&["id:1-3,5"]), ["a", "c", "e"]);
    let waits = home.run(&["add", "z", "--after", "1-3,5", "--json"]).json();
    assert_eq!(waits["tasks"][0]["after"].as_array().unwrap().len(), 3);
    // What the last commands ended is found again by its numbers.
    home.run(&["done", "3-5", "--yes"]).ok();
    assert_eq!(titles(&home.run(&["reopen", "2-4", "--yes", "--json"]).json()), ["b", "c", "d"]);
}

#[test]
fn a_date_behind_the_task_of_edit_is_no_range() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"a\nb\nc\n").ok();
    let edited = home.run(&["edit", "1", "1-31", "--json"]).json();
    assert_eq!((titles(&edited), edited["tasks"][0]["due"]["date"].as_str()), (vec!["a"], Some("2027-01-31")));
    let said = home.run(&["edit", "1", "2-3", "people come"]).fails(5);
    assert!(said.contains("tasks edit 1 -- 2-3 people come"), "{said}");
    home.run(&["edit", "1", "--", "2-3 people come"]).ok();
    assert_eq!(home.titles(&[]), ["2-3 people come", "b", "c"]);
    home.run(&["edit", "2", "-5"]).fails(2);
}

#[test]
fn words_are_put_to_titles_and_lines_to_notes() {
    let home = home();
    let first = |ran: Value, key: &str| ran["tasks"][0][key].clone();
    let changed = home.run(&["append", "1", "5 apples", "+x", "tomorrow", "--json"]).json();
    assert_eq!(first(changed.clone(), "title"), "a 5 apples", "numbers are words here");
    assert_eq!(
        (&changed["tasks"][0]["tags"][0], &changed["tasks"][0]["due"]["date"]),
        (&"x".into(), &"2026-11-23".into())
    );
    let many = home.run(&["prepend", "--where", "@home", "--yes", "--json", "--", "my"]).json();
    assert_eq!(titles(&many), ["my a 5 apples", "my b", "my c"]);
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["@home"]), ["a 5 apples", "b", "c"], "one command, one undo");
    // Whatever is in the words of an annotation stays as it is.
    let noted = home.run(&["annotate", "2", "tomorrow", "+x", "p1", "--json"]).json();
    assert_eq!(first(noted.clone(), "notes"), "- 2026-11-22 tomorrow +x p1");
    assert!(noted["tasks"][0]["due"].is_null() && noted["readings"].as_array().unwrap().is_empty());
    home.run(&["annotate", "1-4", "called"]).fails(5);
    home.run(&["annotate", "1-4", "called", "--yes"]).ok();
    let some = home.run(&["denotate", "1-4", "tomorrow", "--yes", "--json"]).json();
    assert_eq!(some["unchanged"].as_array().unwrap().len(), 3, "those without the line stay as they are");
    home.run(&["denotate", "1-4", "tomorrow", "--yes"]).fails(3);
    home.run(&["annotate", "1", "called again"]).ok();
    let said = home.run(&["denotate", "1", "cal"]).fails(4);
    assert!(said.contains("called again"), "{said}");
    assert_eq!(first(home.run(&["denotate", "1", "called", "--json"]).json(), "notes"), "- 2026-11-22 called again");
}

#[test]
fn an_annotation_of_what_comes_again_is_about_one_occurrence_and_a_title_asks() {
    let home = Home::new();
    home.run(&["add", "walk every day at 9"]).ok();
    let noted = home.run(&["annotate", "1", "rained", "--json"]).json();
    assert_eq!(noted["tasks"][0]["notes"], "- 2026-11-22 rained");
    home.run(&["append", "1", "slowly"]).fails(4);
    home.run(&["append", "1", "slowly", "--all"]).ok();
    let made = home.run(&["done", "1", "--json"]).json()["made"][0].take();
    assert_eq!((&made["title"], &made["notes"]), (&"walk slowly".into(), &Value::Null));
}

#[test]
fn reopen_looks_at_done_tasks_and_restore_into_the_trash() {
    let home = home();
    home.run(&["done", "1"]).ok();
    home.run(&["rm", "2"]).ok();
    home.run(&["reopen", "--where", "@home", "--yes"]).ok();
    assert_eq!(home.titles(&[]), ["a", "c", "d"]);
    home.run(&["restore", "--where", "@home", "--yes"]).ok();
    assert_eq!(home.titles(&[]), ["a", "b", "c", "d"]);
    home.run(&["reopen", "--where", "@home", "--yes"]).fails(3);
}

#[test]
fn what_a_filter_does_not_find_is_exit_3_and_what_nobody_confirmed_exit_5() {
    let home = home();
    home.run(&["done", "--where", "@nowhere"]).fails(3);
    home.run(&["done", "--where", "@nowhere", "--yes"]).fails(3);
    let said = home.run(&["done", "--where", "@work"]).fails(5);
    assert!(said.contains("1 task") && said.contains("--yes"), "{said}");
    home.run(&["done", "--where", "", "--yes"]).fails(2);
    home.run(&["done", "--where"]).fails(2);
    home.run(&["done", "1", "--where", "@home"]).fails(2);
    home.run(&["done", "--where", "colour:red", "--yes"]).fails(2);
    home.run(&["edit", "call", "bob", "--where", "@home"]).fails(5);
    assert_eq!(home.titles(&[]).len(), 4);
    let tried = home.run(&["rm", "--where", "@home", "--dry-run", "--json"]).json();
    assert_eq!((titles(&tried).len(), tried["dry_run"].as_bool()), (3, Some(true)));
    assert_eq!(home.titles(&[]).len(), 4);
}

#[test]
fn a_parent_ends_alone_and_says_so_or_takes_its_sub_tasks_along() {
    let home = Home::new();
    home.run(&["add", "trip"]).ok();
    home.run(&["add", "pack", "--parent", "1"]).ok();
    home.run(&["add", "socks", "--parent", "2"]).ok();
    let ran = home.run(&["done", "1"]);
    assert!(ran.stderr.contains("2 sub-tasks") && ran.stderr.contains("--deep"), "as many as --deep finishes: {ran:?}");
    ran.ok();
    assert_eq!(home.titles(&[]), ["pack", "socks"]);
    home.run(&["undo"]).ok();
    home.run(&["done", "1", "--deep"]).fails(5);
    home.run(&["done", "1", "--deep", "--yes"]).ok();
    assert_eq!(home.titles(&[]), Vec::<String>::new());
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&[]).len(), 3);
}

#[test]
fn a_cycle_is_refused_with_its_way() {
    let home = Home::new();
    home.run_with(&["add", "-"], b"one\ntwo\nthree\n").ok();
    home.run(&["edit", "1", "--after", "2"]).ok();
    home.run(&["edit", "2", "--after", "3"]).ok();
    let said = home.run(&["edit", "3", "--after", "1"]).fails(5);
    assert!(said.contains("three waits for one, which waits for two, which waits for three"), "{said}");
    home.run(&["edit", "1", "--after", "1"]).fails(5);
}

#[test]
fn lines_are_added_all_or_none_or_all_but_the_broken_ones() {
    let home = Home::new();
    let long = "x".repeat(1_001);
    let lines = format!("eggs tomorrow\n\n{long}\ntwo @home\n");
    let said = home.run_with(&["add", "-"], lines.as_bytes()).fails(5);
    assert!(said.contains("line 3"), "blank lines count: {said}");
    assert_eq!(home.titles(&[]), Vec::<String>::new());
    let mut bytes = lines.into_bytes();
    bytes.extend(b"caf\xe9\nthree\n");
    let ran = home.run_with(&["add", "-", "--keep-going", "--json"], &bytes);
    assert_eq!(ran.code, 1, "{ran:?}");
    let added: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(titles(&added), ["eggs", "two", "three"]);
    let places: Vec<u64> =
        added["failures"].as_array().unwrap().iter().map(|failure| failure["line"].as_u64().unwrap()).collect();
    assert_eq!(places, [3, 5]);
    let said = &added["failures"][1]["message"];
    assert_eq!(said, "this is not valid UTF-8 (byte 4)", "the place is beside it");
    assert!(home.run_with(&["add", "-"], b"a\ncaf\xe9\n").fails(5).starts_with("error: line 2: this is not valid"));
    let said = home.run_with(&["add", "-", "+work"], b"lost\n").fails(2);
    assert!(said.contains("--tag work"), "{said}");
    let ran = home.run_with(&["add", "-", "--keep-going", "--quiet"], b"four\nfive\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "4\n5\n"), "ids in the order of the lines");
}

#[test]
fn a_filter_of_a_write_looks_beyond_the_context_and_says_so() {
    let home = Home::new();
    home.run(&["add", "one @home"]).ok();
    home.run(&["add", "two @work"]).ok();
    home.run(&["context", "@work"]).ok();
    let tried = home.run(&["done", "--where", "one", "--dry-run"]);
    assert!(tried.code == 0 && tried.stderr.contains("--where looks beyond the context @work"), "{tried:?}");
    assert!(tried.stdout.contains("one"), "{tried:?}");
    let quiet = home.run(&["done", "--where", "one", "--yes", "--json"]);
    assert!(quiet.code == 0 && quiet.stderr.is_empty(), "{quiet:?}");
    let without = home.run(&["reopen", "--where", "one status:done", "--yes", "--no-context"]);
    assert!(!without.stderr.contains("context"), "{without:?}");
}
