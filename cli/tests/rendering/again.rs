//! What comes again: rules, their dates, and what was done to them.

use crate::samples::{at, on, operation, task};
use crate::screen::{in_pipe, on_screen};
use insta::assert_snapshot;
use tasks::outcome::{Outcome, RuleDates, RuleVerb, RulesWritten};
use tasks_proto::v1;

fn rule(number: u32, title: &str) -> v1::Rule {
    let date = |local: &str, clamped| v1::RuleDate {
        slot: local.to_owned(),
        when: at(local),
        clamped,
        ..v1::RuleDate::default()
    };
    v1::Rule {
        id: task(number, title).id,
        short_id: "qv".into(),
        status: v1::RuleStatus::Active.into(),
        title: title.into(),
        tags: vec!["home".into()],
        rrule: "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD".into(),
        start: at("2026-12-31T09:00:00"),
        anchor: "calendar".into(),
        missed: "one".into(),
        generate_ahead: 1,
        occurrences_generated: 1,
        next_due: at("2026-12-31T09:00:00"),
        open: vec![v1::RuleOccurrence {
            task: task(number, title).id,
            number,
            slot: "2026-12-31T09:00:00".into(),
            due: at("2026-12-31T09:00:00"),
            date: Some(date("2026-12-31T09:00:00", false)),
        }],
        upcoming: vec![date("2027-01-31T09:00:00", false), date("2027-02-28T09:00:00", true)],
        ..v1::Rule::default()
    }
}

fn plants() -> v1::Rule {
    v1::Rule {
        rrule: "FREQ=DAILY;INTERVAL=3".into(),
        start: on("2026-11-22"),
        anchor: "completion".into(),
        status: v1::RuleStatus::Paused.into(),
        next_due: None,
        open: Vec::new(),
        upcoming: Vec::new(),
        ..rule(9, "Water the plants in the garden and on the balcony")
    }
}

fn rules(in_full: bool) -> Outcome {
    Outcome::Rules { rules: vec![rule(12, "Pay rent"), plants()], in_full }
}

#[test]
fn rules_on_screens_and_in_pipes() {
    assert_snapshot!("rules_80", on_screen(rules(false), 80));
    assert_snapshot!("rules_40", on_screen(rules(false), 40));
    assert_snapshot!("rules_piped", in_pipe(rules(false)));
    assert_snapshot!("rules_in_full_80", on_screen(rules(true), 80));
    let dates = || Outcome::RuleDates(RuleDates { rules: vec![rule(12, "Pay rent")], count: 3 });
    assert_snapshot!("rules_next_80", on_screen(dates(), 80));
    assert_snapshot!("rules_next_piped", in_pipe(dates()));
    let result =
        v1::WriteResult { operation: Some(operation(7, "tasks rules x")), rules: vec![plants()], ..Default::default() };
    let paused = Outcome::RulesWritten(Box::new(RulesWritten { verb: RuleVerb::Pause, result }));
    assert_snapshot!("rules_paused_40", on_screen(paused, 40));
}
