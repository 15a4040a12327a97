//! Which task words name.

use proptest::prelude::*;
use tasks_domain::naming::{Meant, Name, Nameable, decide};

fn meant<'a>(words: &str, titles: &[&'a str]) -> Meant<&'a str> {
    let name = Name::of(words);
    decide(titles.iter().map(|title| (*title, name.likeness(&Nameable { title, labels: &[] }), 0)))
}

const TASKS: &[&str] = &[
    "Buy milk",
    "Buy oat milk",
    "Call the dentist",
    "Write quarterly report",
    "Pay rent",
    "Read report from Ana",
    "Café Müller",
];

#[test]
fn one_clear_winner_is_meant() {
    for (words, title) in [
        ("dentist", "Call the dentist"),
        ("the dentist", "Call the dentist"),
        ("call dentist", "Call the dentist"),
        ("calling the dentist", "Call the dentist"),
        ("quarterly report", "Write quarterly report"),
        ("oat milk", "Buy oat milk"),
        ("buy milk", "Buy milk"),
        ("BUY MILK", "Buy milk"),
        ("dentsit", "Call the dentist"),
        ("quaterly", "Write quarterly report"),
        ("rent", "Pay rent"),
        ("cafe muller", "Café Müller"),
        ("ana's report", "Read report from Ana"),
    ] {
        assert_eq!(meant(words, TASKS), Meant::One(title), "{words}");
    }
}

#[test]
fn several_that_fit_alike_are_all_named() {
    assert_eq!(meant("milk", TASKS), Meant::Several(vec!["Buy milk", "Buy oat milk"]));
    let Meant::Several(reports) = meant("report", TASKS) else { panic!("two reports") };
    assert_eq!(reports.len(), 2);
    assert!(matches!(meant("call bob", &["call bob", "call bob"]), Meant::Several(_)));
}

#[test]
fn words_of_no_task_name_nobody() {
    for words in ["", "passport", "buy a house", "x", "🎉"] {
        assert_eq!(meant(words, TASKS), Meant::Nobody, "{words}");
    }
    assert_eq!(meant("milk", &[]), Meant::Nobody);
}

#[test]
fn a_project_or_tag_names_a_task_too() {
    let name = Name::of("garden fence");
    let with = name.likeness(&Nameable { title: "Paint the fence", labels: &["garden"] });
    let without = name.likeness(&Nameable { title: "Paint the fence", labels: &[] });
    assert!(with > without, "{with} and {without}");
}

#[test]
fn the_latest_stands_first_among_equals() {
    assert_eq!(decide([(1, 0.9, 10), (2, 0.9, 30), (3, 0.9, 20)]), Meant::Several(vec![2, 3, 1]));
}

proptest! {
    #[test]
    fn a_title_names_its_own_task(titles in prop::collection::hash_set("[a-z]{2,8}( [a-z]{2,8}){0,3}", 1..8)) {
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        for title in &titles {
            prop_assert_eq!(meant(title, &titles), Meant::One(*title));
        }
    }

    #[test]
    fn likeness_is_a_share(words in ".{0,40}", title in ".{0,60}") {
        let likeness = Name::of(&words).likeness(&Nameable { title: &title, labels: &[&words] });
        prop_assert!((0.0..=1.0).contains(&likeness), "{}", likeness);
    }

    #[test]
    fn the_order_of_tasks_changes_nothing(words in "[a-z]{3,6}( [a-z]{3,6})?", mut titles in prop::collection::vec("[a-z]{3,6}( [a-z]{3,6})?", 0..6)) {
        let name = Name::of(&words);
        let mut found = Vec::new();
        for _ in 0..2 {
            let scored = titles.iter().map(|title| (title.as_str(), name.likeness(&Nameable { title, labels: &[] }), 0));
            found.push(match decide(scored) {
                Meant::One(one) => vec![one.to_owned()],
                Meant::Several(several) => { let mut names: Vec<String> = several.into_iter().map(str::to_owned).collect(); names.sort(); names }
                Meant::Nobody => Vec::new(),
            });
            titles.reverse();
        }
        prop_assert_eq!(found.first().unwrap(), found.last().unwrap());
    }
}
