//! What README.md shows is what the program answers: every session in it is run, in order, on a terminal of 80 columns.
//!
//! `<!-- new home -->` begins anew, `<!-- $ tasks … -->` is run without being shown. `UPDATE_README=1` writes the answers anew.

use std::path::Path;
use std::process::Command;
use tasks_tests::{Home, tasks_bin};

/// One command of a session and what stands below it.
struct Step {
    command: String,
    shown: Option<String>,
}

#[test]
fn the_tour_in_the_readme_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (mut home, mut out, mut session) = (ready(), String::new(), None);
    let mut sessions = 0;
    for line in text.split_inclusive('\n') {
        match (line.trim_end(), &mut session) {
            ("<!-- new home -->", None) => home = ready(),
            (hidden, None) if hidden.starts_with("<!-- $ ") => {
                let command = hidden.trim_start_matches("<!-- $ ").trim_end_matches(" -->");
                run(&home, command);
            }
            ("```", None) => session = Some(Vec::new()),
            ("```", Some(steps)) => {
                sessions += 1;
                out.push_str(&answered(&home, steps));
                session = None;
            }
            (command, Some(steps)) if command.starts_with("$ ") => {
                steps.push(Step { command: command[2..].to_owned(), shown: Some(String::new()) });
            }
            (_, Some(steps)) => match steps.last_mut() {
                Some(Step { shown: Some(shown), .. }) => shown.push_str(line),
                // A block of something else.
                _ => steps.push(Step { command: line.to_owned(), shown: None }),
            },
            _ => {}
        }
        if session.as_ref().is_none_or(Vec::is_empty) {
            out.push_str(line);
        }
    }
    assert!(sessions > 5, "the sessions are found");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, out).unwrap();
        return;
    }
    for (at, (want, is)) in text.lines().zip(out.lines()).enumerate() {
        assert_eq!(
            settled(want),
            settled(is),
            "README.md:{}: run UPDATE_README=1 cargo test -p tasks-tests readme",
            at + 1
        );
    }
    assert_eq!(text.lines().count(), out.lines().count());
}

fn ready() -> Home {
    let home = Home::new();
    // Not on the terminal that is read to its end.
    home.run(&["daemon", "start"]).ok();
    home
}

/// The text of a block with the answers that the program gives today.
fn answered(home: &Home, steps: &[Step]) -> String {
    let one = |step: &Step| match &step.shown {
        None => step.command.clone(),
        Some(shown) => {
            let is = run(home, &step.command);
            // What differs from run to run stays as it is written.
            let is = if settled(&is) == settled(shown) { shown.clone() } else { is };
            format!("$ {}\n{is}", step.command)
        }
    };
    steps.iter().map(one).collect()
}

fn run(home: &Home, command: &str) -> String {
    let mut shell: Command = home.command(&[]);
    let folder = tasks_bin().parent().unwrap().to_str().unwrap().to_owned();
    let mut ready = Command::new("sh");
    ready.args(["-c", command]).env_clear();
    shell.get_envs().for_each(|(name, value)| _ = value.map(|value| ready.env(name, value)));
    ready.env("PATH", format!("{folder}:/usr/bin:/bin"));
    shell = ready;
    home.on_terminal(shell, 80).stdout
}

/// Without what differs from run to run: ids that are letters, and how long a reading took.
fn settled(text: &str) -> String {
    text.lines().map(|line| settled_line(line) + "\n").collect()
}

fn settled_line(line: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let all: Vec<&str> = line.split(' ').collect();
    for (at, word) in all.iter().enumerate() {
        let is_id = matches!(words.last(), Some(&"reopen" | &"restore"))
            && word.bytes().all(|letter| (b'k'..=b'z').contains(&letter));
        let is_micros = all.get(at + 1).is_some_and(|next| next.starts_with("µs"));
        words.push(if is_id || is_micros { "…" } else { word });
    }
    words.join(" ")
}
