//! Answers about what comes again.

use tasks_proto::v1;

/// The coming dates of rules.
#[derive(Debug)]
pub struct RuleDates {
    /// The rules, each with as many coming dates.
    pub rules: Vec<v1::Rule>,
    /// How many dates to tell in all.
    pub count: usize,
}

/// What was done to rules, for the words about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerb {
    /// `tasks rules edit`.
    Edit,
    /// `tasks rules pause`.
    Pause,
    /// `tasks rules resume`.
    Resume,
    /// `tasks rules cancel`.
    Cancel,
    /// `tasks rules generate`.
    Generate,
}

/// What a change of rules did.
#[derive(Debug)]
pub struct RulesWritten {
    /// Which command.
    pub verb: RuleVerb,
    /// What the daemon answered.
    pub result: v1::WriteResult,
}

/// A date of a rule that is to come.
pub struct ComingDate<'a> {
    /// The rule.
    pub rule: &'a v1::Rule,
    /// The occurrence that is there for it.
    pub open: Option<&'a v1::RuleOccurrence>,
    /// The date as the rule has it; `None` for an occurrence that a person moved.
    pub date: Option<&'a v1::RuleDate>,
    /// When it is.
    pub when: tasks_domain::when::When,
}

impl RuleDates {
    /// The dates of all rules in order, as many as are asked for: open occurrences, then what is not made yet. A rule that is paused
    /// has only what is open.
    pub fn coming(&self) -> Vec<ComingDate<'_>> {
        let read = |when: Option<&v1::When>| when.and_then(|when| tasks_proto::convert::when::from_wire(when).ok());
        let mut all: Vec<ComingDate<'_>> = Vec::new();
        for rule in &self.rules {
            let open = rule.open.iter().filter_map(|open| {
                Some(ComingDate { rule, open: Some(open), date: open.date.as_ref(), when: read(open.due.as_ref())? })
            });
            all.extend(open);
            if rule.status() == v1::RuleStatus::Active {
                let later = rule.upcoming.iter().filter_map(|date| {
                    Some(ComingDate { rule, open: None, date: Some(date), when: read(date.when.as_ref())? })
                });
                all.extend(later);
            }
        }
        all.sort_by_key(|one| one.when.sort_key());
        all.truncate(self.count);
        all
    }
}
