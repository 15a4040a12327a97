//! What people see: every command and every exit code, as one session on terminals of 40, 80 and 200 columns.
//!
//! To look at what changed: `INSTA_UPDATE=always cargo test -p tasks-tests --test e2e transcripts`, then `git diff`.

use tasks_tests::Home;

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
    "undo 2 --dry-run",
    "parse 'Pay rent tomorrow 9am p1 @home // to Eva'",
    "config get list.limit",
    "search invoise",
    "wait is:open --timeout 1s",
    "do 'list overdue'",
    "add 'Water plants every 3 days at 9am remind me 10 minutes before'",
    "rules list",
    "rules next 3",
    "repeat 5 'every friday' --dry-run",
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
