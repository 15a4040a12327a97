//! What people see: every command and every exit code, as one session on terminals of 40, 80 and 200 columns.
//!
//! To look at what changed: `INSTA_UPDATE=always cargo test -p tasks-tests --test e2e transcripts`, then `git diff`.

use crate::events::Running;
use rustix::process::Signal;
use std::path::Path;
use tasks_tests::{Home, Ran, ran, signal};

/// What is typed, in order: the words, separated by blanks that are not within quotes.
const SESSION: &[&str] = &[
    "",
    "list",
    "add 'Move house by 1 dec 3pm p1 @home #big // ask **Tim** for the van\u{a0}'",
    "add 'Pack the kitchen friday' --parent 1 --estimate 2h",
    "add 'Wrap the glasses, the vase of Aunt Ágnes and 牛乳 👨‍👩‍👧 carefully in old newspaper' --parent 2 --wait tomorrow",
    "add 'Carry the boxes' --after 2",
    "add 'Send invoice to ACME p2 @office' --due 2026-11-20",
    "add 'Call mom today 5pm #family'",
    "add 'see https://example.com/a/long/address?with=query&more=of-it feb 30'",
    "add 'perhaps next week' --dry-run",
    "",
    "list",
    "list --flat --sort title",
    "list --columns id,title,due,progress,created",
    "list @home -big",
    "list no-such-word",
    "show 1",
    "show 2",
    "show 3 4",
    "edit 6 'friday 3pm #shop'",
    "edit 6 'friday 3pm #shop'",
    "start 6",
    "start 6",
    "stop 6",
    "stop 6",
    "calendar",
    "calendar december --weeks",
    "stats",
    "next",
    "next --why --limit 2",
    "next no-such-word",
    "projects",
    "projects --all",
    "tags",
    "view save work 'project:office is:open'",
    "view list",
    "context work",
    "",
    "list",
    "context none",
    "view rm work",
    "rules preview 'every month on the 31st' -n 3",
    "rules preview nothing",
    "config set list.limit many",
    "log -n 1",
    "history 6",
    "duplicate 6 tomorrow",
    "revert q-q",
    "done --where +shop --dry-run",
    "done --where no-such-word",
    "export --format csv",
    "done 4 6",
    "show 1",
    "undo",
    "done 6",
    "undo",
    "redo",
    "reopen 6",
    "rm 7",
    "restore 7",
    "undo 2 --dry-run",
    "parse 'Pay rent tomorrow 9am p1 @home // to Eva'",
    "config get list.limit",
    "search invoise",
    "wait is:open --timeout 1s",
    "do 'list overdue'",
    "add 'Water plants every 3 days at 9am'",
    "rules list",
    "rules next 3",
    "rules show 9",
    "rules edit 9 --title 'Water all plants'",
    "rules pause 9",
    "rules resume 9",
    "rules generate 9",
    "rules cancel 9 --dry-run",
    "list rule:9",
    "repeat 5 'every friday' --dry-run",
    // Far ahead, as the daemon's clock is the machine's.
    "remind 1 '2030-05-01 9am'",
    "snooze 1 '2030-05-02 10am'",
    "reminders",
    "reminders next",
    "reminders show 1",
    "reminders why 1",
    "reminders cancel 1",
    "reminders list --all",
    "rules --at 2026-11-01",
    "undo --dry-run --at yesterday",
    "export --format ndjson no-such-word",
    "import /dev/null",
    "import /no/such/file",
    "completions tcsh",
    // 2 to 5, and 124: what goes wrong.
    "wait +nothing --timeout 1s",
    "parse --strict 'meet tim 3/4'",
    "on nonsense --exec true",
    "lst",
    "list colour:red",
    "list --columns colour",
    "add x --priority huge",
    "edit 1 'friday 25:00'",
    "edit 1",
    "done 99",
    "rm 1 2 3",
    "redo",
];

/// What a shell would make of the line, without a shell.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A command of another machine than the session's, and what came of it.
fn told(line: &str, ran: &Ran) -> String {
    let code = if ran.code == 0 { String::new() } else { format!("[exit {}]\n", ran.code) };
    format!("$ {line}\n{}{code}", ran.stdout)
}

/// What follows goes on until Ctrl-C.
fn watched(columns: u16) -> String {
    let home = Home::new();
    let watching = Running::watch(&home, &[]);
    home.run(&["add", "begin"]).ok();
    let cursor = watching.event()["cursor"].as_str().unwrap().to_owned();
    home.run(&["add", "Pack the kitchen, the cellar and the attic before the van comes friday 3pm p1 @home"]).ok();
    home.run(&["edit", "--where", "kitchen", "--yes", "--", "saturday"]).ok();
    home.run(&["start", "--where", "kitchen", "--yes"]).ok();
    let command = home.command(&["watch", "--since", &cursor]);
    told("tasks watch --since [cursor]", &home.interrupted_on_terminal(command, columns, "started"))
}

/// Exit codes that a session does not come to: a file cannot be written (1), the data is another's (6), the daemon does not answer
/// (69), nobody reads (141).
fn ended(columns: u16) -> String {
    let home = Home::new();
    home.run(&["add", "buy milk"]).ok();
    let mut out = told(
        "tasks export -o /no/such/folder/tasks.json",
        &home.run_on_terminal(&["export", "-o", "/no/such/folder/tasks.json"], columns),
    );
    let pid = home.daemon_pid();
    signal(pid, Signal::STOP);
    let silent = home.run_on_terminal(&["daemon", "status"], columns);
    signal(pid, Signal::CONT);
    out.push_str(&told("tasks daemon status", &silent));
    // Root may give a folder away; everybody else finds one of root's.
    let foreign = home.scratch().join("theirs");
    std::fs::create_dir(&foreign).unwrap();
    let is_given = std::os::unix::fs::chown(&foreign, Some(12_345), None).is_ok();
    let mut command = home.command(&["list"]);
    command.env("TASKS_HOME", if is_given { foreign.as_path() } else { Path::new("/theirs") });
    out.push_str(&told("TASKS_HOME=/theirs tasks list", &home.on_terminal(command, columns)));
    let mut command = home.command(&["list"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(writer);
    out.push_str(&told("tasks list | true", &ran(command.output().unwrap())));
    out
}

#[test]
fn a_stream_and_the_other_exit_codes_on_three_screens() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    // How many tasks it took until the watch followed.
    settings.add_filter(r"(?m)^([\d:]+  \w+ +)\d+", "${1}N");
    settings.bind(|| {
        for columns in [40, 80, 200] {
            insta::assert_snapshot!(format!("watch_{columns}"), watched(columns));
        }
    });
    // Where it is broken into lines follows from the names.
    let (what, with) =
        (r"/\S*theirs\s+belongs to\s+user \d+, and this\s+is\s+user \d+", "/theirs belongs to another user");
    settings.add_filter(what, with);
    settings.bind(|| {
        for columns in [40, 80, 200] {
            insta::assert_snapshot!(format!("ended_{columns}"), ended(columns));
        }
    });
}

fn transcript(columns: u16) -> String {
    let home = Home::new();
    home.run(&["daemon", "start"]).ok();
    let mut out = String::new();
    for line in SESSION {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = home.run_on_terminal(&words, columns);
        out.push_str(&format!("$ tasks {line}\n{}", ran.stdout));
        if ran.code != 0 {
            out.push_str(&format!("[exit {}]\n", ran.code));
        }
    }
    out
}

#[test]
fn a_session_on_three_screens() {
    let mut settings = insta::Settings::clone_current();
    for (what, with) in [
        (r"(reopen|restore)((?: [k-z]{1,12})+)\b", "$1 [id]"),
        (r"\b[k-z]{20,32}\b", "[id]"),
        (r"% sure,\s+\d+\s+µs", "% sure, [µs]"),
        (r"(?m)^  [k-z]{1,4}  +", "  [id]  "),
        // Short ids of reminders, and of rules.
        (r"(?m)^[k-z]{1,4} +(\d)", "[id] $1"),
        (r"(Snoozed|Cancelled|rule) [k-z]{1,4}\b", "$1 [id]"),
        // Where a command of the log is cut follows from the letters before it.
        (r"(?m)^(  \[id\].{24}).*…$", "$1…"),
        // The log's clock is the daemon's.
        (r"  changed .*\n( +.*ago.*\n)?", ""),
    ] {
        settings.add_filter(what, with);
    }
    settings.set_omit_expression(true);
    settings.bind(|| {
        for columns in [40, 80, 200] {
            insta::assert_snapshot!(format!("session_{columns}"), transcript(columns));
        }
    });
}
