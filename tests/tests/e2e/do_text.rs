//! Any command in plain language: one sentence each, and the rules of the dialogue.

use tasks_tests::Home;

fn with(tasks: &[&str]) -> Home {
    let home = Home::new();
    for task in tasks {
        home.run(&["add", task]).ok();
    }
    home
}

#[test]
fn one_sentence_adds_lists_changes_finishes_deletes_and_takes_back() {
    let home = with(&[]);
    let said = home.run(&["do", "add buy milk tomorrow 5pm to my list"]).ok();
    assert!(said.contains("buy milk") && said.contains("17:00") && said.contains("undo: tasks undo"), "{said}");
    home.run(&["do", "call", "the", "dentist", "#health"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk", "call the dentist"]);

    let listed = home.run(&["do", "what is due tomorrow?"]).ok();
    assert!(listed.contains("buy milk") && !listed.contains("dentist"), "{listed}");
    let listed = home.run(&["do", "show my health tasks"]).ok();
    assert!(listed.contains("dentist") && !listed.contains("milk"), "{listed}");

    home.run(&["do", "move the dentist to friday 3pm"]).ok();
    let task = home.run(&["show", "2", "--json"]).json();
    assert_eq!(task["tasks"][0]["due"]["at"], "2026-11-27T15:00:00+01:00");
    home.run(&["do", "change the priority of the dentist to high"]).ok();
    home.run(&["do", "rename buy milk to buy oat milk"]).ok();
    assert_eq!(home.titles(&["priority:high"]), ["call the dentist"]);
    assert_eq!(home.titles(&["oat"]), ["buy oat milk"]);

    let done = home.run(&["do", "i finished the dentist"]).ok();
    assert!(done.contains("Done") && done.contains("call the dentist") && done.contains("undo"), "{done}");
    assert_eq!(home.titles(&["status:done"]), ["call the dentist"]);
    home.run(&["do", "undo that"]).ok();
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());

    home.run(&["do", "delete the milk task"]).ok();
    assert_eq!(home.titles(&["status:deleted"]), ["buy oat milk"]);
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["oat"]), ["buy oat milk"]);
}

#[test]
fn a_time_of_day_alone_keeps_the_day_that_a_task_is_due_on() {
    let home = with(&["call the dentist friday 3pm", "pay rent every month on the 1st at 9", "buy milk thursday"]);
    let due = |id: &str| home.run(&["show", id, "--json"]).json()["tasks"][0]["due"]["at"].clone();
    home.run(&["do", "move the dentist to 4pm"]).ok();
    assert_eq!(due("1"), "2026-11-27T16:00:00+01:00");
    home.run(&["edit", "1", "at 9 +health"]).ok();
    assert_eq!(due("1"), "2026-11-27T09:00:00+01:00", "in the morning of that day");
    home.run(&["edit", "3", "5pm"]).ok();
    assert_eq!(due("3"), "2026-11-26T17:00:00+01:00");
    home.run(&["edit", "2", "10:00", "--this"]).ok();
    assert_eq!(due("2"), "2026-12-01T10:00:00+01:00");
    home.run(&["edit", "1", "tonight"]).ok();
    assert_eq!(due("1"), "2026-11-22T20:00:00+01:00", "which is today");
    home.run(&["edit", "1", "8:00"]).ok();
    assert_eq!(due("1"), "2026-11-23T08:00:00+01:00", "today it is past");
}

#[test]
fn what_is_to_be_finished_or_begun_and_fits_several_is_asked_about_and_not_made() {
    let home = with(&["buy milk", "buy oat milk", "pay rent @home"]);
    for said in ["finish the milk", "start the milk"] {
        let asked = home.run(&["do", said]).fails(4);
        assert!(asked.contains("buy milk") && asked.contains("buy oat milk"), "{asked}");
    }
    home.run(&["do", "move the rent to @flat"]).ok();
    assert_eq!(home.titles(&["@flat"]), ["pay rent"]);
    home.run(&["add", "late one", "--due", "yesterday"]).ok();
    home.run(&["do", "finish overdue tasks", "--yes"]).ok();
    assert_eq!(home.titles(&["status:done"]), ["late one"]);
    assert_eq!(home.titles(&[]).len(), 3);
}

#[test]
fn a_quoted_sentence_needs_no_verb_and_one_unknown_word_is_no_task() {
    let home = with(&[]);
    home.run(&["buy stamps tomorrow"]).ok();
    assert_eq!(home.titles(&[]), ["buy stamps"]);
    let said = home.run(&["buy"]).fails(2);
    assert!(said.contains("not a command"), "{said}");
    home.run(&["finish", "the", "stamps"]).fails(2);
    assert_eq!(home.titles(&["status:all"]), ["buy stamps"]);
}

#[test]
fn of_several_that_fit_none_is_touched_without_a_choice() {
    let home = with(&["buy milk", "buy oat milk", "pay rent"]);
    let said = home.run(&["do", "delete the milk task"]).fails(4);
    assert!(said.contains("1 buy milk") && said.contains("2 buy oat milk") && !said.contains("rent"), "{said}");
    assert_eq!(home.titles(&["status:deleted"]), Vec::<String>::new());
    home.run(&["do", "delete task 2"]).ok();
    assert_eq!(home.titles(&["status:deleted"]), ["buy oat milk"]);
}

#[test]
fn words_that_name_no_task_are_said_so() {
    let home = with(&["buy milk"]);
    let said = home.run(&["do", "mark the passport as done"]).fails(3);
    assert!(said.contains("passport") && said.contains("tasks list"), "{said}");
}

#[test]
fn what_asks_for_nothing_is_never_a_task() {
    let home = with(&[]);
    for text in ["how are you", "tell me a joke", "thank you so much"] {
        let said = home.run(&["do", text]).fails(5);
        assert!(said.contains("tasks add"), "{said}");
    }
    assert_eq!(home.titles(&["status:all"]), Vec::<String>::new());
    home.run(&["add", "how are you"]).ok();
    assert_eq!(home.titles(&[]), ["how are you"]);
}

#[test]
fn it_is_what_was_talked_about_last() {
    let home = with(&["pay rent", "call mom"]);
    home.run(&["do", "move it to monday"]).ok();
    assert_eq!(home.titles(&["due:2026-11-23"]), ["call mom"]);
    home.run(&["do", "postpone it by 2 days"]).ok();
    assert_eq!(home.titles(&["due:2026-11-25"]), ["call mom"]);
    home.run(&["do", "snooze it until saturday"]).ok();
    assert_eq!(home.titles(&["due:2026-11-28"]), ["call mom"]);
    home.run(&["do", "snooze it"]).fails(5);
}

#[test]
fn a_task_whose_title_is_a_word_of_ours_is_named_by_it() {
    let home = with(&["take out the trash", "buy milk"]);
    home.run(&["do", "delete buy milk"]).ok();
    home.run(&["do", "move the trash task to friday"]).ok();
    assert_eq!(home.titles(&["due:2026-11-27"]), ["take out the trash"]);
    home.run(&["do", "mark take out the trash as done"]).ok();
    assert_eq!(home.titles(&["status:done"]), ["take out the trash"]);
    home.run(&["undo"]).ok();
    home.run(&["do", "delete the trash task"]).ok();
    assert_eq!(home.titles(&["status:deleted", "--sort", "title"]), ["buy milk", "take out the trash"]);
}

#[test]
fn snooze_puts_the_reminder_off_and_of_a_task_without_one_the_due_date() {
    let home = with(&["dentist tomorrow 9am remind me 1 hour before", "pay rent tomorrow"]);
    let said = home.run(&["do", "snooze dentist for 10 minutes", "--json"]).json();
    assert_eq!(said["tasks"][0]["due"]["at"], "2026-11-23T09:00:00+01:00");
    // It was still to come: ten minutes later than it would have.
    assert_eq!(said["tasks"][0]["reminders"][0]["at"], "2026-11-23T07:10:00.000Z");
    home.run(&["undo"]).ok();
    let task = home.run(&["show", "1", "--json"]).json();
    assert_eq!(task["tasks"][0]["reminders"][0]["at"], "2026-11-23T07:00:00.000Z");
    home.run(&["do", "snooze the rent until saturday"]).ok();
    assert_eq!(home.titles(&["due:2026-11-28"]), ["pay rent"]);
}

#[test]
fn many_tasks_are_not_changed_without_a_yes() {
    let home = with(&["a report today", "b report today", "c report today", "pay rent"]);
    home.run(&["do", "mark everything due today as done"]).fails(5);
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());
    home.run(&["do", "mark everything due today as done", "--yes"]).ok();
    assert_eq!(home.titles(&[]), ["pay rent"]);
    home.run(&["do", "delete all completed tasks", "--yes"]).ok();
    assert_eq!(home.titles(&["status:done"]), Vec::<String>::new());
    assert_eq!(home.titles(&[]), ["pay rent"]);
}

#[test]
fn a_dry_run_changes_nothing_and_json_is_one_document() {
    let home = with(&["buy milk"]);
    let said = home.run(&["do", "delete the milk task", "--dry-run"]).ok();
    assert!(said.contains("Would delete"), "{said}");
    home.run(&["do", "wash the car saturday", "--dry-run"]).ok();
    assert_eq!(home.titles(&[]), ["buy milk"]);
    let answer = home.run(&["do", "--json", "mark buy milk as done"]).json();
    assert_eq!(answer["tasks"][0]["status"], "done");
    assert_eq!(answer["readings"][0]["intent"], "complete_task");
    let list = home.run(&["do", "--json", "show completed tasks"]).json();
    assert_eq!(list["tasks"][0]["title"], "buy milk");
}

#[test]
fn what_is_to_come_again_does() {
    let home = with(&[]);
    let said = home.run(&["do", "set up a recurring task to water the cactus every week", "--json"]).json();
    assert_eq!(said["tasks"][0]["title"], "water the cactus");
    assert_eq!(said["rules"][0]["rrule"], "FREQ=WEEKLY");
}

#[test]
fn a_reminder_is_a_task_that_reminds() {
    let home = with(&[]);
    let said = home.run(&["do", "remind me to call mom friday", "--json"]).json();
    assert_eq!(said["tasks"][0]["title"].as_str(), Some("call mom"));
    assert_eq!(said["tasks"][0]["reminders"].as_array().map(Vec::len), Some(1), "{said}");
}

#[test]
fn help_is_pointed_to() {
    let said = with(&[]).run(&["do", "help"]).ok();
    assert!(said.contains("tasks help do"), "{said}");
}
