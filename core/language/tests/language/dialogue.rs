//! Short things said in a dialogue, and what they make of what was said before.

use crate::common::{context, shown};
use tasks_domain::dialogue::{Pick, Reply};
use tasks_domain::priority::Priority;
use tasks_language::{Intent, Scope, amend, read_pick, read_reply, says_values, understand};

#[test]
fn answers_are_told_from_sentences() {
    for (text, reply) in [
        ("yes", Reply::Yes),
        ("Yes, please", Reply::Other),
        ("yes please!", Reply::Yes),
        ("go ahead", Reply::Yes),
        ("No.", Reply::No),
        ("don’t", Reply::No),
        ("never mind", Reply::Cancel),
        ("cancel", Reply::Cancel),
        ("cancel the newspaper", Reply::Other),
        ("no, friday", Reply::Correction { rest: "friday", sure: true }),
        ("no friday", Reply::Correction { rest: "friday", sure: false }),
        ("i meant 6pm", Reply::Correction { rest: "6pm", sure: true }),
        ("no, I meant the dentist", Reply::Correction { rest: "the dentist", sure: true }),
        ("not that one, the other", Reply::Pick(Pick::Other)),
        ("actually friday", Reply::Correction { rest: "friday", sure: false }),
        ("friday instead", Reply::Correction { rest: "friday", sure: false }),
        ("no, friday instead", Reply::Correction { rest: "friday", sure: true }),
        ("oops, no, friday", Reply::Correction { rest: "friday", sure: true }),
        ("rather 5pm", Reply::Correction { rest: "5pm", sure: true }),
        ("and the bread too", Reply::Also("the bread")),
        ("the bread one as well", Reply::Also("the bread one")),
        ("and the third one", Reply::Also("the third one")),
        ("and buy bread", Reply::Other),
        ("note the meter", Reply::Other),
        ("nothing to wear", Reply::Other),
        ("instead", Reply::Other),
        ("buy milk", Reply::Other),
        ("", Reply::Other),
    ] {
        assert_eq!(read_reply(text), reply, "{text}");
    }
    assert_eq!(read_reply(&format!("no, {}", "x".repeat(5_000))), Reply::Other);
}

#[test]
fn a_choice_is_a_place_a_count_or_all() {
    for (text, pick) in [
        ("2", Some(Pick::At(vec![2]))),
        ("the second one", Some(Pick::At(vec![2]))),
        ("second", Some(Pick::At(vec![2]))),
        ("number 3", Some(Pick::At(vec![3]))),
        ("#3", Some(Pick::At(vec![3]))),
        ("the 3rd", Some(Pick::At(vec![3]))),
        ("1 and 3", Some(Pick::At(vec![1, 3]))),
        ("the first and the third", Some(Pick::At(vec![1, 3]))),
        ("1, 2, 4", Some(Pick::At(vec![1, 2, 4]))),
        ("one", Some(Pick::At(vec![1]))),
        ("two", Some(Pick::At(vec![2]))),
        ("the last one", Some(Pick::Last(1))),
        ("last", Some(Pick::Last(1))),
        ("the first two", Some(Pick::First(2))),
        ("last 3", Some(Pick::Last(3))),
        ("both", Some(Pick::All)),
        ("all of them", Some(Pick::All)),
        ("the other one", Some(Pick::Other)),
        ("the milk one", None),
        ("the one", None),
        ("the", None),
        ("+2", None),
        ("0", None),
        ("second hand shop", None),
        ("5pm", None),
        ("", None),
    ] {
        assert_eq!(read_pick(text), pick, "{text}");
    }
}

#[test]
fn values_are_told_from_words() {
    let says = |intent, text: &str| says_values(intent, text, &context(), Scope::ALL);
    for text in [
        "friday",
        "to friday",
        "6pm",
        "at 6",
        "tomorrow 9am",
        "by 2 days",
        "high priority",
        "urgent",
        "#work",
        "in 2 hours",
    ] {
        assert!(says(Intent::UpdateTask, text), "{text}");
    }
    for text in ["friday", "tomorrow 9am", "in 2 hours", "10 minutes", "every monday at 9", "at 5", "tonight", "urgent"]
    {
        assert!(says(Intent::SetReminder, text), "{text}");
    }
    for text in ["10 minutes", "for 10 minutes", "until 5pm", "tomorrow"] {
        assert!(says(Intent::Snooze, text), "{text}");
    }
    for text in ["call dad", "the dentist", "", "friday lunch with ada", "25:00"] {
        assert!(!says(Intent::UpdateTask, text), "{text}");
        assert!(!says(Intent::SetReminder, text), "{text}");
    }
}

#[test]
fn what_is_said_afterwards_completes_and_corrects() {
    for (sentence, more, due) in [
        ("remind me to call mom", "tomorrow 9am", "2026-11-23T09:00"),
        ("remind me to call mom", "10 minutes", "2026-11-22T10:10"),
        ("dentist friday 5pm", "6pm", "2026-11-27T18:00"),
        ("dentist friday 5pm", "thursday", "2026-11-26T17:00"),
        ("dentist friday", "thursday at 8", "2026-11-26T08:00"),
        ("remind me to stretch tomorrow at 8", "at 9", "2026-11-23T09:00"),
    ] {
        let mut reading = understand(sentence, &context());
        assert!(amend(&mut reading, more, &context(), Scope::ALL), "{sentence}: {more}");
        assert_eq!(shown(reading.due), due, "{sentence}: {more}");
    }
    for (sentence, more, due) in [
        ("move it", "friday", "2026-11-27"),
        ("move the dentist to friday 5pm", "6pm", "2026-11-27T18:00"),
        ("move the dentist to friday 5pm", "thursday", "2026-11-26T17:00"),
        ("move the dentist to tomorrow at 8", "at 9", "2026-11-23T09:00"),
        ("snooze it", "for 2 hours", "2026-11-22T12:00"),
        ("snooze it", "until tomorrow", "2026-11-23"),
    ] {
        let mut reading = understand(sentence, &context());
        assert!(amend(&mut reading, more, &context(), Scope::ALL), "{sentence}: {more}");
        assert_eq!(shown(reading.changes.and_then(|changes| changes.due)), due, "{sentence}: {more}");
    }
    let mut reading = understand("postpone the report by 2 days", &context());
    assert!(amend(&mut reading, "3 days", &context(), Scope::ALL));
    assert_eq!(reading.changes.and_then(|changes| changes.postpone), Some(chrono::Duration::days(3)));
    let mut reading = understand("make the report urgent", &context());
    assert!(amend(&mut reading, "high", &context(), Scope::ALL));
    assert_eq!(reading.changes.and_then(|changes| changes.priority), Some(Priority::High));
    let before = understand("buy milk", &context());
    let mut reading = before.clone();
    assert!(!amend(&mut reading, "call dad", &context(), Scope::ALL));
    assert_eq!(reading, before);
}

#[test]
fn half_a_command_has_its_intent_and_nothing_else() {
    for (text, intent, target) in [
        ("move it", Intent::UpdateTask, Some("it")),
        ("Move the Milk task", Intent::UpdateTask, Some("Milk")),
        ("please reschedule that one", Intent::UpdateTask, Some("that one")),
        ("rename it", Intent::UpdateTask, Some("it")),
        ("change", Intent::UpdateTask, None),
        ("snooze", Intent::Snooze, None),
        ("finish the first two", Intent::CompleteTask, Some("the first two")),
        ("mark as done", Intent::CompleteTask, None),
        ("done", Intent::CompleteTask, None),
        ("delete", Intent::DeleteTask, None),
        ("delete both", Intent::DeleteTask, Some("both")),
        ("oops, delete that", Intent::DeleteTask, Some("that")),
        ("tick the second one", Intent::CompleteTask, Some("the second one")),
        ("start it", Intent::UpdateTask, Some("it")),
        ("stop the report task", Intent::UpdateTask, Some("report")),
        ("reopen that", Intent::UpdateTask, Some("that")),
        ("add a task", Intent::CreateTask, None),
        ("remind me", Intent::SetReminder, None),
        ("set up a recurring task", Intent::CreateRecurring, None),
    ] {
        let reading = understand(text, &context());
        assert_eq!((reading.intent, reading.target.as_deref()), (intent, target), "{text}");
        assert_eq!(reading.title, None, "{text}");
    }
    for text in
        ["move the piano", "change the light bulb", "finish the report by friday", "delete old photos from the phone"]
    {
        assert!(
            understand(text, &context()).title.is_some() || understand(text, &context()).target.is_some(),
            "{text}"
        );
    }
    assert_eq!(understand("move the piano", &context()).title.as_deref(), Some("move the piano"));
}
