//! Conversations: `tasks chat` in every way it is used, and the questions of `tasks do`.

use crate::json::Schemas;
use rustix::process::Signal;
use std::io::Write as _;
use std::process::Stdio;
use tasks_tests::{Home, Ran, ran, signal};

fn with(tasks: &[&str]) -> Home {
    let home = Home::new();
    for task in tasks {
        home.run(&["add", task]).ok();
    }
    home
}

/// The answer to one message, whatever its exit code.
fn say(home: &Home, text: &str) -> String {
    let Ran { stdout, stderr, .. } = home.run(&["chat", text]);
    assert_eq!(stderr.lines().filter(|line| line.starts_with("error")).count(), 0, "{stderr}");
    stdout
}

/// Tasks on a terminal, where this is typed.
fn typed(home: &Home, words: &[&str], term: &str, lines: &[&str]) -> Ran {
    let mut command = home.command(words);
    command.env("TERM", term);
    home.on_keyboard(command, 80, &["> ", "? ", "] "], lines)
}

#[test]
fn the_six_intents_work_from_one_sentence_each_way() {
    for verb in ["do", "chat"] {
        let home = with(&[]);
        let say = |text: &str| home.run(&[verb, text]).ok();
        say("add buy milk tomorrow 5pm");
        assert!(say("what is due tomorrow?").contains("buy milk"), "{verb}");
        say("move the milk to friday");
        assert_eq!(home.titles(&["due:2026-11-27"]), ["buy milk"], "{verb}");
        say("remind me to call mom tomorrow at 9");
        let reminders = home.run(&["reminders", "list", "--json"]).json();
        assert_eq!(reminders["reminders"].as_array().map(Vec::len), Some(1), "{verb}");
        say("water the plants every 3 days");
        let rules = home.run(&["rules", "--json"]).json();
        assert_eq!(rules["rules"][0]["rrule"], "FREQ=DAILY;INTERVAL=3", "{verb}");
        say("i finished the milk");
        assert_eq!(home.titles(&["status:done"]), ["buy milk"], "{verb}");
        say("delete call mom");
        assert_eq!(home.titles(&["status:deleted"]), ["call mom"], "{verb}");
        say("undo");
        assert_eq!(home.titles(&["status:deleted"]), Vec::<String>::new(), "{verb}");
    }
}

#[test]
fn a_snooze_delays_the_reminder_and_says_when_there_is_none() {
    let home = with(&["buy milk tomorrow 5pm remind me 1 hour before", "pay rent tomorrow"]);
    home.run(&["do", "snooze the milk task for 10 minutes"]).ok();
    let reminders = home.run(&["reminders", "list", "--json"]).json();
    assert_eq!(reminders["reminders"][0]["at"], "2026-11-23T15:10:00.000Z", "{reminders}");
    assert_eq!(home.titles(&["due:tomorrow"]), ["buy milk", "pay rent"], "the due date stays");
    let said = home.run(&["do", "snooze the rent until friday"]);
    assert!(said.stderr.contains("no reminder to put off"), "{said:?}");
    assert_eq!(home.titles(&["due:2026-11-27"]), ["pay rent"]);
}

#[test]
fn a_conversation_goes_on_after_the_daemon_was_killed() {
    let home = with(&["buy milk", "buy oat milk"]);
    let question = home.run(&["chat", "delete the milk task"]);
    assert_eq!((question.code, question.stdout.contains("Which one")), (4, true), "{question:?}");
    signal(home.daemon_pid(), Signal::KILL);
    say(&home, "the second one");
    assert_eq!(home.titles(&["status:deleted"]), ["buy oat milk"]);
    let shown = home.run(&["chat", "show"]).ok();
    assert!(shown.contains("> delete the milk task") && shown.contains("> the second one"), "{shown}");
    let list = home.run(&["chat", "list", "--json"]).json();
    assert_eq!(list["conversations"][0]["messages"], 4);
    // Whole: one letter was enough as long as there was one conversation.
    let id = list["conversations"][0]["id"].as_str().unwrap().to_owned();
    let other = home.run(&["chat", "--new", "hello", "--json"]).json();
    assert_ne!(other["conversation"], list["conversations"][0]["id"]);
    let back = home.run(&["chat", "--resume", &id, "undo", "--json"]).json();
    assert_eq!(back["conversation"], list["conversations"][0]["id"]);
    assert_eq!(home.titles(&["status:deleted"]), Vec::<String>::new());
    home.run(&["chat", "show", "zzzz"]).fails(3);
    home.run(&["chat", "--resume", "zzzz", "hello"]).fails(3);
}

#[test]
fn lines_are_answered_one_by_one_and_json_is_one_document_a_turn() {
    let home = with(&[]);
    let said = "buy milk tomorrow\n\nmove it to friday\nno, monday\ndelete the passport\nwhat is due on monday\n";
    let answers = home.run_in(&["chat", "--json"], said.as_bytes(), &[]);
    assert_eq!(answers.code, 0, "{answers:?}");
    let schemas = Schemas::load();
    let turns: Vec<_> = answers.stdout.lines().map(|line| schemas.check("turn", &format!("{line}\n"), &line)).collect();
    let kinds: Vec<_> = turns.iter().map(|turn| turn["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["written", "written", "written", "failed", "list"]);
    assert_eq!(turns[3]["error"]["kind"], "not_found");
    assert_eq!(turns[4]["tasks"][0]["title"], "buy milk");
    assert!(turns.iter().all(|turn| turn["conversation"] == turns[0]["conversation"]));
    let plain = home.run_in(&["chat"], b"move it\n", &[]);
    assert_eq!((plain.code, plain.stdout.lines().next()), (4, Some("To when?")), "the code of the last message");
    assert_eq!(home.run_in(&["chat"], b"", &[]).ok(), "");
}

#[test]
fn what_is_no_message_is_refused() {
    let home = with(&[]);
    assert!(home.run(&["chat", " "]).fails(5).contains("empty"));
    let long = "x".repeat(17_000);
    assert!(home.run(&["chat", &long]).fails(5).contains("17000 bytes"));
    let mut huge = b"buy milk\n".to_vec();
    huge.extend(std::iter::repeat_n(b'y', 10 * 1024 * 1024));
    huge.extend(b"\nbuy bread\n");
    let refused = home.run_in(&["chat"], &huge, &[]);
    assert_eq!(refused.code, 5, "{}", refused.stderr);
    assert!(refused.stderr.contains("line 2: the message has 10485760 bytes"), "{}", refused.stderr);
    assert_eq!(home.titles(&[]), ["buy milk"], "what was said before was done, what stands behind it was not");
    let bytes = home.run_in(&["chat"], b"caf\xe9\n", &[]);
    assert_eq!(bytes.code, 5, "{bytes:?}");
}

#[test]
fn control_characters_of_a_message_are_shown_harmless() {
    let home = with(&[]);
    let text = "buy \u{1b}[31mred\u{7} \u{202e}milk";
    for shown in [say(&home, text), say(&home, "show my tasks"), home.run(&["chat", "show"]).ok()] {
        assert!(shown.contains("red"), "{shown:?}");
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
    }
    let list = home.run(&["chat", "list"]).ok();
    assert!(!list.contains('\u{1b}'), "{list:?}");
    let record = home.run(&["chat", "show", "--json"]).json();
    assert_eq!(record["messages"][0]["text"], text, "it is kept as it was said");
}

#[test]
fn many_are_changed_after_a_yes_and_small_talk_makes_no_tasks() {
    let home = with(&["a today", "b today", "c today"]);
    say(&home, "mark everything due today as done");
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());
    say(&home, "no");
    say(&home, "yes");
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new(), "a yes to nothing does nothing");
    say(&home, "mark everything due today as done");
    say(&home, "yes");
    assert_eq!(home.titles(&["status:done"]).len(), 3);
    for text in ["hello", "how are you", "thanks", "tell me a joke", "help"] {
        assert!(!say(&home, text).is_empty());
    }
    assert_eq!(home.titles(&["status:all"]).len(), 3);
    let dry = with(&["a"]);
    dry.run(&["chat", "--dry-run", "delete a"]).ok();
    assert_eq!(dry.titles(&[]), ["a"]);
    assert!(dry.run(&["chat", "list", "--json"]).json()["conversations"].as_array().unwrap().is_empty());
}

#[test]
fn a_missing_piece_of_one_sentence_is_asked_for_where_somebody_is() {
    let home = with(&["buy milk", "buy oat milk"]);
    let asked = typed(&home, &["do", "remind me to call mom"], "dumb", &["tomorrow 9am\n"]);
    assert_eq!(asked.code, 0, "{asked:?}");
    assert!(asked.stdout.contains("When should I remind you?"), "{asked:?}");
    assert_eq!(home.titles(&["due:2026-11-23"]), ["call mom"]);
    let chosen = typed(&home, &["do", "move the milk task"], "dumb", &["the oat one\n", "banana\n", "friday\n"]);
    assert_eq!(chosen.code, 0, "{chosen:?}");
    assert_eq!(home.titles(&["due:2026-11-27"]), ["buy oat milk"]);
    let dropped = typed(&home, &["do", "delete the milk task"], "dumb", &["never mind\n"]);
    assert_eq!(dropped.code, 5, "{dropped:?}");
    assert_eq!(home.titles(&["status:deleted"]), Vec::<String>::new());
    for (text, code, hint) in [
        ("remind me to call mom", 5, "When should I remind you?"),
        ("move it", 2, "To when?"),
        ("mark as done", 4, "Which task is done?"),
        ("snooze call mom", 5, "Until when?"),
        ("add a task", 5, "What is to be done?"),
        ("set up a recurring task to water the cactus", 5, "How often?"),
    ] {
        let said = home.run(&["do", text]).fails(code);
        assert!(said.contains(hint), "{text}: {said}");
    }
}

#[test]
fn a_conversation_on_a_terminal_is_typed_and_left() {
    for term in ["dumb", "xterm"] {
        let home = with(&["buy milk"]);
        let lines = ["move it\n", "friday\n", "no, thursday\n", "quit\n"];
        let talked = typed(&home, &["chat"], term, &lines);
        assert_eq!(talked.code, 0, "{term}: {talked:?}");
        assert!(talked.stdout.contains("To when?"), "{term}: {talked:?}");
        assert_eq!(home.titles(&["due:2026-11-26"]), ["buy milk"], "{term}");
        let again = typed(&home, &["chat"], term, &["make it urgent\n", "\u{4}"]);
        assert_eq!(again.code, 0, "{term}: {again:?}");
        assert!(again.stdout.contains("> no, thursday"), "it is taken up again: {again:?}");
        assert_eq!(home.titles(&["priority:urgent"]), ["buy milk"], "{term}");
    }
}

#[test]
fn a_long_input_is_answered_while_it_comes() {
    let home = with(&[]);
    let mut command = home.command(&["chat", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    for text in ["buy milk", "move it to friday"] {
        writeln!(input, "{text}").unwrap();
        let mut answer = String::new();
        std::io::BufRead::read_line(&mut output, &mut answer).unwrap();
        assert!(answer.contains(text), "{answer}");
    }
    drop(input);
    assert_eq!(ran(child.wait_with_output().unwrap()).code, 0);
}

#[test]
fn values_alone_are_of_what_was_made_last_and_an_ordinal_is_of_the_list() {
    let home = with(&["pay rent tomorrow 9am", "call mom tomorrow 10am"]);
    say(&home, "buy flowers");
    let said = say(&home, "tomorrow at 5");
    assert!(said.contains("buy flowers") && said.contains("17:00"), "{said}");
    say(&home, "high priority");
    assert_eq!(home.titles(&["priority:high", "due:tomorrow"]), ["buy flowers"]);
    home.run(&["undo"]).ok();
    say(&home, "show my tasks for tomorrow");
    say(&home, "mark the first as done");
    assert_eq!(home.titles(&["status:done"]), ["pay rent"], "and not what is due on the 1st");
}
