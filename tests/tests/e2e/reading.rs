//! Looking for tasks: filters, long lists, progress, completion.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use tasks_tests::Home;

/// More than the messages that fit between daemon and reader.
const MANY: usize = 6_000;

fn many(home: &Home) {
    let lines: String =
        (0..MANY).map(|n| format!("task {n} with a title of some length 2027-01-{:02}\n", n % 28 + 1)).collect();
    for chunk in lines.lines().collect::<Vec<_>>().chunks(2_000) {
        home.run_with(&["add", "-", "--quiet"], chunk.join("\n").as_bytes()).ok();
    }
}

#[test]
fn a_long_list_streams_whole_and_waits_for_a_slow_reader() {
    let home = Home::new();
    many(&home);
    let mut listing = home.command(&["list", "--ndjson", "--all"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(listing.stdout.take().unwrap()).lines();
    let title = |line: std::io::Result<String>| {
        let task: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        task["title"].as_str().unwrap().to_owned()
    };
    let first = title(lines.next().unwrap());
    // The reader stands still: others are served and changes go on, and the list goes on where it stood.
    home.run(&["done", "1"]).ok();
    home.run(&["add", "one more 2028-01-01"]).ok();
    let mut titles: Vec<String> = std::iter::once(first).chain(lines.map(title)).collect();
    assert!(listing.wait().unwrap().success());
    let whole = titles.len();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), whole, "no task twice");
    assert!((MANY..=MANY + 1).contains(&whole), "{whole}");
    for order in ["title", "urgency"] {
        let sorted = home.run(&["list", "--ndjson", "--all", "--sort", order]).ok();
        assert_eq!(sorted.lines().count(), MANY, "{order}");
    }
    let page = home.run(&["list", "--sort", "title", "--reverse", "--limit", "2", "--json"]).json();
    assert_eq!(
        (page["tasks"][0]["title"].as_str(), page["more"].as_bool()),
        (Some("task 999 with a title of some length"), Some(true))
    );
}
