//! On a real terminal: pagers, colours, links; and what is left when the reader goes away.

use std::process::{Command, Stdio};
use tasks_tests::{Home, Ran};

fn with_tasks(count: usize) -> Home {
    let home = Home::new();
    let lines: String = (1..=count).map(|n| format!("task {n} tomorrow\n")).collect();
    home.run_with(&["add", "-"], lines.as_bytes()).ok();
    home
}

/// On a terminal of 60 columns and 10 rows where something could be typed.
fn typed(home: &Home, words: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command: Command = home.command(words);
    command.env("TERM", "xterm-256color").env("NO_COLOR", "1").envs(variables.iter().copied());
    home.on_screen(command, 60, 10, true)
}

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let home = with_tasks(30);
    let paged = typed(&home, &["list"], &[("PAGER", "sed s/^/:/")]);
    assert_eq!(paged.code, 0);
    assert!(paged.stdout.lines().count() >= 30 && paged.stdout.lines().all(|line| line.starts_with(':')), "{paged:?}");
    let first = typed(&home, &["list"], &[("PAGER", "more"), ("TASKS_PAGER", "sed s/^/T/")]);
    assert!(first.stdout.starts_with('T'), "{first:?}");
    let short = typed(&home, &["list", "--limit", "3"], &[("PAGER", "sed s/^/:/")]);
    assert!(!short.stdout.contains(':') || short.stdout.contains("there are more"), "{short:?}");
    assert!(!short.stdout.starts_with(':'), "{short:?}");
    for (words, pager) in [
        (&["list", "--no-pager"][..], "sed s/^/:/"),
        (&["list"], ""),
        (&["list"], "cat"),
        (&["list"], "no-such-pager"),
        (&["list"], "no-such-pager | cat; exit 127"),
    ] {
        let plain = typed(&home, words, &[("TASKS_PAGER", pager)]);
        assert_eq!(plain.code, 0, "{words:?} {pager}");
        assert!(plain.stdout.contains("task 30") && !plain.stdout.starts_with(':'), "{words:?} {pager}: {plain:?}");
    }
}

#[test]
fn quitting_the_pager_early_is_no_failure() {
    let home = with_tasks(300);
    let quit = typed(&home, &["list", "--all"], &[("PAGER", "head -n 2")]);
    assert_eq!((quit.code, quit.stdout.lines().count()), (0, 2), "{quit:?}");
}

#[test]
fn links_and_colours_are_for_terminals_that_know_them() {
    let home = Home::new();
    home.run(&["add", "see https://example.com/x @home"]).ok();
    let shown = |variables: &[(&str, &str)]| {
        let mut command = home.command(&["list"]);
        command.env("TERM", "xterm-256color").envs(variables.iter().copied());
        home.on_screen(command, 80, 24, false).stdout
    };
    let link = "\u{1b}]8;;https://example.com/x\u{1b}\\";
    assert!(shown(&[("VTE_VERSION", "7600")]).contains(link));
    assert!(!shown(&[]).contains("\u{1b}]8"));
    assert!(shown(&[("TASKS_OUTPUT_HYPERLINKS", "always")]).contains(link));
    assert!(shown(&[]).contains("\u{1b}[38;5;"));
    assert!(!shown(&[("NO_COLOR", "1")]).contains('\u{1b}'));
    assert!(!home.run(&["list"]).ok().contains('\u{1b}'));
}

#[test]
fn a_reader_who_goes_away_ends_every_command_quietly() {
    let home = with_tasks(200);
    let long = [
        "list --all",
        "list --all --json",
        "list --all --ndjson",
        "list --all --quiet",
        "log -n 100",
        "calendar -n 12",
        "stats --days 3000",
        "stats --days 3000 --json",
        "config list",
        "--help",
        "status --json",
    ];
    for line in long {
        let words: Vec<&str> = line.split(' ').collect();
        // Nobody ever reads: the reader is gone before the command begins.
        let (_, writer) = std::io::pipe().unwrap();
        let output = home.command(&words).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(141), ""), "{line}");
    }
}

#[test]
fn columns_that_are_set_are_for_screens_and_a_pipe_gets_what_it_always_got() {
    let home = with_tasks(1);
    let before = home.run(&["list"]).ok();
    home.run(&["config", "set", "list.columns", "title, urgency"]).ok();
    let shown = typed(&home, &["list"], &[]).stdout;
    assert!(shown.starts_with("  title") && shown.contains("urgency") && !shown.contains("24 Nov"), "{shown}");
    let asked = typed(&home, &["list", "--columns", "id,title"], &[]).stdout;
    assert!(!asked.contains("urgency"), "{asked}");
    assert_eq!(home.run(&["list"]).ok(), before);
    let error = home.run(&["config", "set", "list.columns", "title,colour"]).fails(5);
    assert!(error.contains("id,title,due"), "{error}");
    home.run(&["config", "set", "list.columns", "auto"]).ok();
    assert!(!typed(&home, &["list"], &[]).stdout.contains("urgency"));
}
