//! The contract for programs: with `--json` every command prints exactly one document, whatever else happens, and it is as
//! `docs/schemas/v1` says.

use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use tasks_tests::{Home, Ran};

/// What is typed after `tasks`, the schema of the answer, and what stands on standard input.
pub(crate) type Case = (&'static [&'static str], &'static str, &'static str);

/// Stands for the id of the newest operation.
const OPERATION: &str = "OPERATION";
/// Stands for the only rule.
const RULE: &str = "RULE";

/// Commands that work, in an order in which they do, on a machine with nothing on it.
pub(crate) const GOOD: &[Case] = &[
    (&["do", "sweep the yard on friday"], "written", ""),
    (&["chat", "list"], "conversations", ""),
    (&["chat", "what is due on friday"], "turn", ""),
    (&["chat", "make it urgent"], "turn", ""),
    (&["chat", "undo"], "turn", ""),
    (&["chat", "hello"], "turn", ""),
    (&["chat", "show"], "conversation", ""),
    (&["chat", "list"], "conversations", ""),
    (&[], "tasks", ""),
    (&["list"], "tasks", ""),
    (&["add", "Move house by friday 3pm p1 #big @home // with **friends**"], "written", ""),
    (&["add", "Pack", "--parent", "1", "--estimate", "2h", "--wait", "tomorrow"], "written", ""),
    (
        &["add", "-"],
        "written",
        "buy milk tomorrow\ncall mom from 9 to 11am\nsee 25:00 feb 30\nwater plants every day\n",
    ),
    (&["add", "-"], "written", ""),
    (&["add", "perhaps next week", "--dry-run"], "written", ""),
    (&["add", "after that", "--after", "2"], "written", ""),
    (&[], "tasks", ""),
    (&["list", "--all"], "tasks", ""),
    (&["list", "--limit", "1"], "tasks", ""),
    (&["list", "--columns", "id,title"], "tasks", ""),
    (&["list", "no-such-word"], "tasks", ""),
    (&["today"], "tasks", ""),
    (&["today", "--count"], "count", ""),
    (&["list", "--count"], "count", ""),
    (&["overdue", "@home", "--count"], "count", ""),
    (&["projects", "--count"], "count", ""),
    (&["tags", "--count"], "count", ""),
    (&["rules", "list", "--count"], "count", ""),
    (&["today", "@home"], "tasks", ""),
    (&["overdue"], "tasks", ""),
    (&["search", "milk"], "found", ""),
    (&["search", "mlik", "--limit", "1"], "found", ""),
    (&["next"], "next", ""),
    (&["next", "--why", "--limit", "3"], "next", ""),
    (&["projects"], "projects", ""),
    (&["tags", "--all"], "tags", ""),
    (&["show", "1"], "tasks", ""),
    (&["show", "1", "2", "3"], "tasks", ""),
    (&["edit", "3", "friday 3pm #shop"], "written", ""),
    (&["edit", "3", "friday 3pm #shop"], "written", ""),
    (&["edit", "3", "--title", "milk", "--dry-run"], "written", ""),
    (&["append", "3", "and bread +shop tomorrow"], "written", ""),
    (&["prepend", "3", "perhaps", "--dry-run"], "written", ""),
    (&["annotate", "3", "none left"], "written", ""),
    (&["denotate", "3", "left"], "written", ""),
    (&["start", "3"], "written", ""),
    (&["stop", "3"], "written", ""),
    (&["stop", "3"], "written", ""),
    (&["done", "1", "2", "3", "--yes"], "written", ""),
    (&["done", "4", "--dry-run"], "written", ""),
    (&["rm", "4"], "written", ""),
    (&["undo"], "taken_back", ""),
    (&["undo", "2", "--dry-run"], "taken_back", ""),
    (&["redo"], "taken_back", ""),
    (&["restore", "4"], "written", ""),
    (&["reopen", "1"], "written", ""),
    (&["add", "see the dentist tomorrow 5pm", "--remind", "1h before"], "written", ""),
    (&["remind", "1", "tomorrow 9am"], "written", ""),
    (&["remind", "1", "tomorrow 9am"], "written", ""),
    (&["remind", "1", "in 3 days", "--webhook", "https://example.org/hook", "--dry-run"], "written", ""),
    (&["reminders"], "reminders", ""),
    (&["reminders", "list", "--all", "--limit", "1"], "reminders", ""),
    (&["reminders", "next", "2"], "reminders", ""),
    (&["reminders", "show", "1"], "ledgers", ""),
    (&["reminders", "why", "1"], "ledgers", ""),
    (&["snooze", "1", "2", "hours"], "reminders", ""),
    (&["reminders", "snooze", "1", "tomorrow"], "reminders", ""),
    (&["reminders", "cancel", "1", "--dry-run"], "reminders", ""),
    (&["reminders", "cancel", "1"], "reminders", ""),
    (&["reminders", "ack", "1"], "reminders", ""),
    (&["log"], "log", ""),
    (&["calendar"], "calendar", ""),
    (&["calendar", "next", "month", "-n", "12"], "calendar", ""),
    (&["stats"], "stats", ""),
    (&["stats", "@home", "-big", "--days", "3"], "stats", ""),
    (&["export"], "export", ""),
    (&["history", "1"], "history", ""),
    (&["revert", OPERATION, "--dry-run"], "taken_back", ""),
    (&["duplicate", "4", "tomorrow"], "written", ""),
    (&["import", "-"], "imported", "{\"id\":\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzy\",\"title\":\"x\"}"),
    (&["done", "--where", "x", "--yes"], "written", ""),
    (&["next"], "next", ""),
    (&["next", "--limit", "2", "--why"], "next", ""),
    (&["projects"], "projects", ""),
    (&["projects", "--all"], "projects", ""),
    (&["tags"], "tags", ""),
    (&["view", "save", "work", "@home"], "views", ""),
    (&["view", "list"], "views", ""),
    (&["view", "show", "work"], "views", ""),
    (&["context", "work", "--dry-run"], "context", ""),
    (&["context", "work"], "context", ""),
    (&[], "tasks", ""),
    (&["list"], "tasks", ""),
    (&["context", "none"], "context", ""),
    (&["context"], "context", ""),
    (&["view", "rm", "work"], "views", ""),
    (&["rules", "preview", "every month on the 31st", "-n", "3"], "preview", ""),
    (&["add", "water plants every 3 days"], "written", ""),
    (&["rules"], "rules", ""),
    (&["rules", "list", "--all"], "rules", ""),
    (&["rules", "show", RULE], "rules", ""),
    (&["rules", "next", "4"], "coming", ""),
    (&["rules", "edit", RULE, "every 2 days", "--missed", "stack"], "written", ""),
    (&["rules", "generate", RULE], "written", ""),
    (&["rules", "pause", RULE], "written", ""),
    (&["rules", "resume", RULE, "--dry-run"], "written", ""),
    (&["rules", "resume", RULE], "written", ""),
    (&["done", "--where", "is:recurring", "--yes"], "written", ""),
    (&["edit", "--all", "--where", "is:recurring", "--yes", "--title", "Water"], "written", ""),
    (&["rules", "cancel", RULE], "written", ""),
    (&["repeat", "4", "every", "monday"], "written", ""),
    (&["repeat", "4", "none"], "written", ""),
    (&["config", "get", "list.limit"], "settings", ""),
    (&["config", "set", "list.limit", "20"], "settings", ""),
    (&["config", "unset", "list.limit"], "settings", ""),
    (&["config", "path"], "settings", ""),
    (&["parse", "Pay rent tomorrow 9am p1 #home"], "reading", ""),
    (&["parse", "5/6 or 6/5"], "reading", ""),
    (&["rules", "preview", "every 2nd tuesday"], "preview", ""),
    (&["rules", "preview", "FREQ=DAILY", "--start", "2027-03-28T02:30"], "preview", ""),
    (&["config", "list"], "settings", ""),
    (&["config", "path"], "settings", ""),
    (&["config", "set", "list.limit", "40"], "settings", ""),
    (&["config", "get", "list.limit"], "settings", ""),
    (&["config", "unset", "list.limit", "--dry-run"], "settings", ""),
    (&["view"], "views", ""),
    (&["view", "save", "shop", "#shop", "--sort", "title"], "views", ""),
    (&["view", "save", "shop", "#shop", "--dry-run"], "views", ""),
    (&["view", "show", "shop"], "views", ""),
    (&["view", "shop"], "tasks", ""),
    (&["context"], "context", ""),
    (&["context", "shop", "--dry-run"], "context", ""),
    (&["context", "#shop"], "context", ""),
    (&["list"], "tasks", ""),
    (&["context", "none"], "context", ""),
    (&["view", "rm", "shop"], "views", ""),
    (&["completions", "bash"], "lines", ""),
    (&["doctor"], "doctor", ""),
    (&["doctor", "--fix"], "doctor", ""),
    (&["man", "add"], "lines", ""),
    (&["status"], "status", ""),
    (&["daemon", "status"], "status", ""),
    (&["daemon", "logs"], "lines", ""),
    (&["daemon", "install", "--dry-run"], "said", ""),
    (&["daemon", "restart"], "said", ""),
    (&["daemon", "stop"], "said", ""),
    (&["daemon", "stop"], "said", ""),
    (&["daemon", "start"], "said", ""),
];

/// Commands that fail, and their exit codes.
const BAD: &[(&[&str], i32)] = &[
    (&["lst"], 2),
    (&["list", "--sort", "colour"], 2),
    (&["list", "--columns", "colour"], 2),
    (&["list", "colour:red"], 2),
    (&["list", "( a"], 2),
    (&["list", "title:/a(b/"], 2),
    (&["next", "no-such-word"], 3),
    (&["search", "!!"], 2),
    (&["projects", "colour:red"], 2),
    (&["add"], 2),
    (&["add", ""], 5),
    (&["add", "x", "--due", "2026-02-30"], 5),
    (&["edit", "1", "friday 25:00"], 5),
    (&["done", "99"], 3),
    (&["append", "1", "25:00"], 5),
    (&["annotate", "1"], 2),
    (&["denotate", "1", "no-such-line"], 3),
    (&["show", "zzzz"], 3),
    (&["done", "1", "2", "3"], 5),
    (&["redo"], 3),
    (&["list", "view:none"], 3),
    (&["view", "rm", "none"], 3),
    (&["view", "save", "two words", "x"], 5),
    (&["context", "none-such"], 3),
    (&["config", "set", "list.limit", "x"], 5),
    (&["config", "get", "colour"], 2),
    (&["import", "/no/such/file"], 3),
    (&["done", "--where", "no-such-word"], 3),
    (&["completions", "tcsh"], 2),
    (&["man", "no-such"], 3),
    (&["parse", "--tz", "Mars/Olympus", "x"], 2),
    (&["parse", ""], 5),
    (&["log", "--limit", "many"], 2),
    (&["next", "no-such-word"], 3),
    (&["view", "show", "none-of-these"], 3),
    (&["context", "none-of-these"], 3),
    (&["rules", "preview", "x"], 5),
    (&["config", "get", "colour"], 2),
    (&["config", "set", "list.limit", "many"], 5),
    (&["calendar", "colourful"], 2),
    (&["calendar", "-n", "13"], 2),
    (&["stats", "--days", "0"], 2),
    (&["stats", "colour:red"], 2),
    (&["rules", "preview", "FREQ=SECONDLY"], 5),
    (&["daemon"], 2),
    (&["chat", "show", "zzzz"], 3),
    (&["chat", ""], 5),
    (&["do", "mark as done"], 4),
    (&["do", "remind me to call mom"], 5),
];

pub(crate) struct Schemas(HashMap<String, jsonschema::Validator>);

impl Schemas {
    pub(crate) fn load() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas/v1");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let schema = |path: &Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
        let load = |path: std::path::PathBuf| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, jsonschema::draft202012::new(&schema(&path)).unwrap())
        };
        Self(files.map(load).collect())
    }

    /// Exactly one document, in one line, as the schema says.
    #[track_caller]
    pub(crate) fn check(&self, name: &str, text: &str, what: &dyn std::fmt::Debug) -> Value {
        assert_eq!(text.matches('\n').count(), 1, "{what:?} prints one line: {text}");
        let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{what:?}: {error}: {text}"));
        let schema = self.0.get(name).unwrap_or_else(|| panic!("{what:?}: there is no docs/schemas/v1/{name}.json"));
        let wrong: Vec<String> =
            schema.iter_errors(&value).map(|error| format!("{} at {}", error, error.instance_path())).collect();
        assert!(wrong.is_empty(), "{what:?} is not as {name}.json says: {wrong:#?}\n{value:#}");
        value
    }
}

/// The words of a case, with the ids that its placeholders stand for.
pub(crate) fn named(home: &Home, words: &[&str]) -> Vec<String> {
    let first_id = |command: &[&str], list: &str| {
        let answer = home.run(command).json();
        answer[list][0]["id"].as_str().unwrap().to_owned()
    };
    let named = |word: &&str| match *word {
        OPERATION => first_id(&["log", "-n", "1", "--json"], "operations"),
        RULE => first_id(&["rules", "list", "--all", "--json"], "rules"),
        word => word.to_owned(),
    };
    words.iter().map(named).collect()
}

fn run(home: &Home, words: &[impl AsRef<str>], stdin: &str, variables: &[(&str, &str)]) -> Ran {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).chain(["--json"]).collect();
    home.run_in(&words, stdin.as_bytes(), variables)
}

#[test]
fn every_command_prints_one_document_of_its_schema() {
    let schemas = Schemas::load();
    // A zone that is none is worth a warning with every command.
    for warned in [&[][..], &[("TASKS_TZ", ""), ("TZ", "<+03>-3")]] {
        let home = Home::new();
        for (words, schema, stdin) in GOOD {
            let ran = run(&home, &named(&home, words), stdin, warned);
            assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}: {ran:?}");
            schemas.check(schema, &ran.stdout, words);
        }
    }
}

/// The pages of the manual, which are made of the definition of the command line: the name of each command, and its page.
pub(crate) fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../man");
    let named = |path: std::path::PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".1")?.strip_prefix("tasks-")?.replace('-', " ");
        Some((name, std::fs::read_to_string(&path).unwrap()))
    };
    std::fs::read_dir(folder).unwrap().filter_map(|page| named(page.unwrap().path())).collect()
}

/// Commands that do not answer with one document, and why.
const NO_DOCUMENT: &[(&str, &str)] = &[
    ("daemon run", "is the daemon"),
    ("config edit", "opens an editor"),
    ("watch", "is a stream: tests/e2e/events.rs"),
    ("on", "runs commands: tests/e2e/on.rs"),
    ("wait", "waits: tests/e2e/events.rs"),
    ("completions", "prints a script"),
    ("man", "prints a page"),
    ("tui", "is the board"),
    ("chat", "is a conversation"),
    ("reminders retry", "needs a reminder that failed; it answers as reminders ack does"),
    ("mcp", "speaks a protocol"),
];

#[test]
fn every_command_has_a_case() {
    let commands: Vec<String> = pages().into_iter().map(|(name, _)| name).collect();
    let is_group = |command: &str| commands.iter().any(|other| other.starts_with(&format!("{command} ")));
    let has_case = |command: &str| {
        let words: Vec<&str> = command.split(' ').collect();
        GOOD.iter().any(|(case, _, _)| case.starts_with(&words))
    };
    let missing: Vec<&String> = commands
        .iter()
        .filter(|command| !is_group(command) && !has_case(command))
        .filter(|command| !NO_DOCUMENT.iter().any(|(name, _)| name == command))
        .collect();
    assert!(missing.is_empty(), "add to GOOD in tests/tests/e2e/json.rs: {missing:?}");
}

#[test]
fn every_failure_is_one_document_on_standard_error() {
    let (home, schemas) = (Home::new(), Schemas::load());
    home.run_with(&["add", "-"], b"a\nb\nc\n").ok();
    for warned in [&[][..], &[("TASKS_TZ", ""), ("TZ", "<+03>-3")]] {
        for (words, code) in BAD {
            let ran = run(&home, words, "", warned);
            assert_eq!((ran.code, ran.stdout.as_str()), (*code, ""), "{words:?}: {ran:?}");
            schemas.check("error", &ran.stderr, words);
        }
    }
}

#[test]
fn streams_are_one_object_a_line() {
    let (home, schemas) = (Home::new(), Schemas::load());
    home.run_with(&["add", "-"], b"a\nb\nc\n").ok();
    let listed = home.run(&["list", "--ndjson"]).ok();
    assert_eq!(listed.lines().count(), 3);
    listed.lines().for_each(|line| _ = schemas.check("task", &format!("{line}\n"), &"list --ndjson"));
    let read = home.run_with(&["parse", "--json"], b"buy milk tomorrow\n\nnoon\n").ok();
    assert_eq!(read.lines().count(), 3);
    read.lines().for_each(|line| _ = schemas.check("reading", &format!("{line}\n"), &"parse --json"));
}

#[test]
fn a_text_is_the_same_object_wherever_it_is_read() {
    let home = Home::new();
    for text in
        ["Call mom friday 5pm #family !high @home", "mon to fri: fair // halls 3", "x 5/6", "meet 9-11am for 2 hours"]
    {
        let mut parsed = home.run(&["parse", "--json", text]).json();
        let mut added = home.run(&["add", "--json", text]).json()["readings"][0].take();
        assert!(parsed["us"].is_u64() && added["us"].is_null());
        // What is added is known to be wanted; how sure that is, is not asked again.
        for key in ["us", "confidence"] {
            parsed[key] = Value::Null;
            added[key] = Value::Null;
        }
        assert_eq!(parsed, added, "{text}");
        assert!(parsed.get("notes").is_none(), "notes are in the spans");
    }
}
