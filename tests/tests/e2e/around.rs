//! What people see of the commands around tasks, on terminals of 40, 80 and 200 columns: the daemon, settings, editor, conversations,
//! manual, completions, commands per event. And that no command is without a transcript.

use crate::events::Running;
use std::collections::BTreeSet;
use std::path::Path;
use tasks_tests::{Home, Ran};

/// The editor, and what is typed after `tasks`.
const SESSION: &[(&str, &[&str])] = &[
    ("", &["daemon", "status"]),
    ("", &["daemon", "stop"]),
    ("", &["daemon", "start"]),
    ("", &["daemon", "start"]),
    ("", &["daemon", "restart"]),
    ("", &["daemon", "run"]),
    ("", &["daemon", "install"]),
    ("", &["daemon", "logs", "-n", "1"]),
    ("", &["add", "buy milk tomorrow 5pm #shop // two litres"]),
    ("", &["add", "call mom 3 may 2030 remind me at 8"]),
    ("sed -i s/milk/bread/", &["edit", "1", "-e"]),
    ("true", &["edit", "1", "2", "-e"]),
    ("false", &["edit", "1", "-e"]),
    ("sed -i s/due:/deu:/", &["edit", "1", "-e"]),
    ("no-such-editor", &["edit", "1", "-e"]),
    ("", &["edit", "1", "-e", "friday"]),
    ("", &["edit", "1", "+bread", "-shop"]),
    ("", &["edit", "1", "wait:monday"]),
    ("", &["append", "1", "and butter +dairy"]),
    ("", &["append", "1", "25:00"]),
    ("", &["prepend", "1", "perhaps", "--dry-run"]),
    ("", &["annotate", "1", "none left, ask at the market"]),
    ("", &["annotate", "1", "2 euros"]),
    ("", &["annotate", "1"]),
    ("", &["denotate", "1", "e"]),
    ("", &["denotate", "1", "EUROS"]),
    ("", &["denotate", "1", "euros"]),
    ("", &["history", "1", "--limit", "3"]),
    ("", &["add", "wash the car depends:1 priority:H"]),
    ("", &["list", "p2", "or", "has:due", "-OVERDUE"]),
    ("", &["list", "mom", "limit:5"]),
    ("", &["list", "overdue"]),
    ("", &["list", "bread", "+LATEST"]),
    ("", &["list", "/bread|milk/", "title.contains:utter"]),
    ("", &["list", "has:reminders"]),
    ("", &["list", "--sort", "priority-,title"]),
    ("", &["list", "--sort", "due,colour"]),
    ("", &["list", "mom", "title:/a(b/"]),
    ("", &["list", "due.contains:x"]),
    ("", &["done", "--where", "waiting"]),
    ("", &["today"]),
    ("", &["today", "@home"]),
    ("", &["list", "--count"]),
    ("", &["list", "--count", "--limit", "2"]),
    ("", &["tags", "--count"]),
    ("", &["tomorrow"]),
    ("", &["overdue", "@home", "or", "+shop"]),
    ("", &["inbox", "--columns", "id,title"]),
    ("", &["overdeu"]),
    ("", &["do", "today"]),
    ("", &["done", "1-3", "--dry-run"]),
    ("", &["edit", "1,2-9", "+x", "--dry-run"]),
    ("", &["show", "40-50"]),
    ("", &["list", "1-2"]),
    ("", &["config", "path"]),
    ("", &["config", "set", "list.limit", "20"]),
    ("", &["config", "get", "list.limit"]),
    ("true", &["config", "edit"]),
    ("", &["config", "unset", "list.limit"]),
    ("", &["config"]),
    ("", &["config", "list"]),
    ("", &["view", "save", "shop", "+shop"]),
    ("", &["view", "show", "shop"]),
    ("", &["view"]),
    ("", &["reminders", "list"]),
    ("", &["reminders", "ack", "2"]),
    ("", &["reminders", "snooze", "2", "2030-05-01 9am"]),
    ("", &["reminders", "retry", "2"]),
    ("", &["chat", "what is due tomorrow"]),
    ("", &["chat", "list"]),
    ("", &["chat", "show"]),
    ("", &["rules"]),
    ("", &["man", "undo"]),
    ("", &["man", "nonsense"]),
    ("", &["completions", "bash"]),
    ("", &["completions", "zsh"]),
    ("", &["completions", "fish"]),
    ("", &["completions", "powershell"]),
    ("", &["help", "undo"]),
    ("", &["help", "filters"]),
    ("", &["help", "dates"]),
    ("", &["help", "exit-codes"]),
    ("", &["1", "modify", "friday"]),
    ("", &["op", "log"]),
    ("", &["daemon", "stop"]),
];

fn told(line: &str, ran: &Ran) -> String {
    let code = if ran.code == 0 { String::new() } else { format!("[exit {}]\n", ran.code) };
    format!("$ {line}\n{}{code}", ran.stdout)
}

fn session(columns: u16) -> String {
    // Where a path is broken into lines follows from its length: the same everywhere.
    let folder = tempfile::Builder::new().prefix("tasks-").rand_bytes(6).tempdir_in("/tmp").unwrap();
    let home = Home::at(folder.path().join("home"));
    let mut out = String::new();
    for (editor, words) in SESSION {
        let mut command = home.command(words);
        command.env("HOME", folder.path()).env("TMPDIR", folder.path());
        let mut line = format!("tasks {}", words.join(" "));
        if !editor.is_empty() {
            command.env("EDITOR", editor);
            line = format!("EDITOR='{editor}' {line}");
        }
        out.push_str(&told(&line, &home.on_terminal(command, columns)));
    }
    out.replace(home.path.to_str().unwrap(), "[home]").replace(folder.path().to_str().unwrap(), "[folder]")
}

/// A command for each event, until Ctrl-C.
fn hooked(columns: u16) -> String {
    let home = Home::new();
    let watching = Running::watch(&home, &[]);
    home.run(&["add", "begin"]).ok();
    let cursor = watching.event()["cursor"].as_str().unwrap().to_owned();
    home.run(&["add", "Pack the kitchen #home"]).ok();
    home.run(&["add", "Carry the boxes"]).ok();
    home.run(&["done", "--where", "kitchen", "--yes"]).ok();
    let script = "echo \"$TASKS_EVENT: $TASKS_TITLE\"";
    let words = ["on", "created,completed", "-office", "--jobs", "1", "--since", &cursor, "--exec", script];
    let ran = home.interrupted_on_terminal(home.command(&words), columns, "task.completed: Pack");
    told("tasks on created,completed -office --jobs 1 --since [cursor] --exec …", &ran)
}

#[test]
fn what_is_around_tasks_on_three_screens() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    for (what, with) in [
        (r"process\s+\d+", "process [pid]"),
        (r"0\.1\.0\+\d+", "[version]"),
        (r"\S+/[0-9a-f]{16}\.sock", "[socket]"),
        (r"tasks-[0-9a-f]{16}", "tasks-[unit]"),
        (r"(?m)^\d{4}-\d\d-\d\dT.*$", "[a line of the log]"),
        (r"tasks-edit-\w+", "tasks-edit-[name]"),
        (r"\b[k-z]{20,32}\b", "[id]"),
        (r"(?m)^( *)[k-z]{1,4}  +(now|Sun|Fri|Wed)\b", "$1[id]  $2"),
        (r"(Snoozed|seen of|--resume) [k-z]{1,4}\b", "$1 [id]"),
        (r"\b[k-z]{8} WHEN", "[id] WHEN"),
    ] {
        settings.add_filter(what, with);
    }
    settings.bind(|| {
        for columns in [40, 80, 200] {
            insta::assert_snapshot!(format!("around_{columns}"), session(columns));
            insta::assert_snapshot!(format!("on_{columns}"), hooked(columns));
        }
    });
}

/// Commands whose answer is about the machine it is asked on: `cli/tests/rendering` has them, made of samples.
const OF_THE_MACHINE: [(&str, &str); 2] = [("doctor", "rest__doctor"), ("status", "rest__status")];

#[test]
fn no_command_is_without_a_transcript_at_three_widths() {
    let home = Home::new();
    let pages = home.scratch().join("pages");
    home.run(&["man", "--dir", pages.to_str().unwrap()]).ok();
    let names = std::fs::read_dir(&pages).unwrap().map(|page| page.unwrap().file_name().into_string().unwrap());
    let commands: BTreeSet<String> =
        names.map(|name| name.trim_end_matches(".1").replace('-', " ")).filter(|name| name != "tasks").collect();
    assert!(commands.len() > 60, "{commands:?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for columns in [40, 80, 200] {
        let folder = root.join("tests/e2e/snapshots");
        let is_wide = |path: &Path| path.to_str().unwrap().ends_with(&format!("_{columns}.snap"));
        let texts = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| is_wide(path));
        let text: String = texts.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let typed: Vec<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("$ ").and_then(|line| line.split_once("tasks ")))
            .map(|(_, words)| format!("tasks {words} "))
            .collect();
        for command in &commands {
            let verb = command.trim_start_matches("tasks ");
            let rendered = OF_THE_MACHINE.iter().find(|(name, _)| *name == verb).map(|(_, name)| {
                let file = format!("../cli/tests/rendering/snapshots/rendering__{name}_{columns}.snap");
                root.join(file)
            });
            let is_there = match rendered {
                Some(path) => {
                    path.exists() || columns == 80 && path.with_file_name("rendering__rest__status.snap").exists()
                }
                None => typed.iter().any(|line| line.starts_with(&format!("{command} "))),
            };
            assert!(is_there, "`{command}` has no transcript at {columns} columns: give it a line in SESSION");
        }
    }
}
