//! `--dry-run`: every command that writes takes it, shows the same answer, and writes nothing.

use crate::json::{GOOD, Schemas, named, pages};
use serde_json::Value;
use std::collections::BTreeSet;
use tasks_tests::Home;

/// Commands that change nothing of what is kept, or show first what they would do, and why they need no `--dry-run`.
const WITHOUT: &[(&str, &str)] = &[
    ("config edit", "what is done is what is saved in the editor"),
    ("daemon restart", "tasks stay"),
    ("daemon run", "is the daemon"),
    ("daemon start", "tasks stay"),
    ("daemon stop", "tasks stay"),
    ("doctor", "without --fix it only looks"),
    ("export", "writes what it is told to, whole or not at all"),
    ("man", "writes pages only with --dir"),
    ("on", "its commands are not ours"),
];

/// Commands that only look.
const LOOKS: &[&str] = &[
    "calendar",
    "chat list",
    "chat show",
    "completions",
    "config get",
    "config list",
    "config path",
    "daemon logs",
    "daemon status",
    "history",
    "list",
    "log",
    "next",
    "parse",
    "projects",
    "reminders list",
    "reminders next",
    "reminders show",
    "reminders why",
    "rules list",
    "rules next",
    "rules preview",
    "rules show",
    "search",
    "show",
    "stats",
    "status",
    "tags",
    "today",
    "view list",
    "view show",
    "wait",
    "watch",
];

/// Commands that cannot be tried in the session of `json.rs`, and why.
const UNTRIED: &[(&str, &str)] = &[("reminders retry", "needs a reminder that failed")];

fn takes_dry_run(page: &str) -> bool {
    page.contains(r"\-\-dry\-run")
}

#[test]
fn every_command_looks_takes_a_dry_run_or_has_a_reason() {
    let pages = pages();
    let is_group = |name: &str| pages.iter().any(|(other, _)| other.starts_with(&format!("{name} ")));
    let without = |name: &str| LOOKS.contains(&name) || WITHOUT.iter().any(|(known, _)| *known == name);
    for (name, page) in &pages {
        // `chat` and `context` do something themselves; other groups only show.
        if !is_group(name) {
            assert_ne!(takes_dry_run(page), without(name), "tasks {name}: --dry-run, or a line in dry_run.rs");
        }
    }
    let known: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let gone: Vec<_> =
        LOOKS.iter().chain(WITHOUT.iter().map(|(name, _)| name)).filter(|name| !known.contains(*name)).collect();
    assert!(gone.is_empty(), "there is no such command any more: {gone:?}");
}

/// All that commands of a person change. What the clock of reminders does by itself goes on meanwhile, and is left out.
fn state(home: &Home) -> Vec<String> {
    let mut tasks = home.run(&["list", "status:all", "--all", "--json"]).json();
    let each = tasks["tasks"].as_array_mut().unwrap();
    each.iter_mut().for_each(|task| _ = task.as_object_mut().unwrap().remove("reminders"));
    let said = |words: &[&str]| home.run(words).ok();
    vec![
        tasks.to_string(),
        said(&["log", "--limit", "500", "--json"]),
        said(&["rules", "list", "--all", "--json"]),
        said(&["view", "list", "--json"]),
        said(&["chat", "list", "--json"]),
        std::fs::read_to_string(home.path.join("config.toml")).unwrap_or_default(),
    ]
}

#[test]
fn a_dry_run_of_every_write_answers_as_the_write_and_writes_nothing() {
    let (home, schemas, pages) = (Home::new(), Schemas::load(), pages());
    let mut tried = BTreeSet::new();
    for (words, schema, stdin) in GOOD {
        let of = |name: &str| words.iter().take(name.split(' ').count()).copied().eq(name.split(' '));
        let page = pages.iter().filter(|(name, _)| of(name)).max_by_key(|(name, _)| name.len());
        let is_dry = words.contains(&"--dry-run");
        let named = named(&home, words);
        if let Some((name, _)) = page.filter(|(_, page)| takes_dry_run(page)) {
            let before = state(&home);
            let dry: Vec<&str> = named.iter().map(String::as_str).chain(["--json"]).collect();
            let dry: Vec<&str> = if is_dry { dry } else { [&dry[..], &["--dry-run"]].concat() };
            let answer = home.run_with(&dry, stdin.as_bytes()).ok();
            let answer = schemas.check(schema, &answer, &dry);
            let flag = answer.get("dry_run").or_else(|| answer["change"].get("dry_run"));
            assert!(flag.is_none_or(|flag| flag == &Value::Bool(true)), "{dry:?}: {answer}");
            assert_eq!(state(&home), before, "{dry:?} wrote something");
            tried.insert(name.as_str());
        }
        if !is_dry {
            let words: Vec<&str> = named.iter().map(String::as_str).chain(["--json"]).collect();
            home.run_with(&words, stdin.as_bytes()).ok();
        }
    }
    let takes = pages.iter().filter(|(_, page)| takes_dry_run(page)).map(|(name, _)| name.as_str());
    let untried: Vec<&str> =
        takes.filter(|name| !tried.contains(name) && !UNTRIED.iter().any(|(known, _)| known == name)).collect();
    assert!(untried.is_empty(), "add to GOOD in tests/tests/e2e/json.rs: {untried:?}");
}
