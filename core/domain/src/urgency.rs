//! How pressing a task is, and why.
//!
//! The terms and their weights follow Taskwarrior's urgency, scaled to our priorities: due up to 12 (a week overdue), priority
//! up to 9, being started 4, age up to 2 (over a year), tags and project 1 each; being hidden or blocked takes away.

use crate::priority::Priority;
use crate::task::{Status, Task};
use crate::when::Now;
use chrono::NaiveDate;

/// What makes a task more or less pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// It has a due, the nearer the more.
    Due,
    /// Its priority.
    Priority,
    /// Somebody works on it.
    Started,
    /// It has been there for long.
    Age,
    /// It has tags.
    Tags,
    /// It belongs to a project.
    Project,
    /// Another task must end first.
    Blocked,
    /// It is hidden.
    Waiting,
}

impl Cause {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 8] =
        [Self::Due, Self::Priority, Self::Started, Self::Age, Self::Tags, Self::Project, Self::Blocked, Self::Waiting];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Priority => "priority",
            Self::Started => "started",
            Self::Age => "age",
            Self::Tags => "tags",
            Self::Project => "project",
            Self::Blocked => "blocked",
            Self::Waiting => "waiting",
        }
    }
}

/// One term of the sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What.
    pub cause: Cause,
    /// How much, in hundredths exactly; below 0 for what takes away.
    pub value: f64,
}

impl Task {
    /// How pressing it is; greater is more so, ended tasks are 0. The sum of [`Task::urgency_terms`].
    pub fn urgency(&self, now: Now, blocked: bool) -> f64 {
        let mut sum = 0.0;
        self.each_urgency(now, blocked, |_, value| sum += value);
        hundredths(sum)
    }

    /// What its urgency is made of, without what adds nothing.
    pub fn urgency_terms(&self, now: Now, blocked: bool) -> Vec<Term> {
        let mut terms = Vec::new();
        self.each_urgency(now, blocked, |cause, value| {
            if value != 0.0 {
                terms.push(Term { cause, value });
            }
        });
        terms
    }

    #[expect(clippy::cast_precision_loss, reason = "days and milliseconds of any life fit a double's 52 bits")]
    fn each_urgency(&self, now: Now, blocked: bool, mut each: impl FnMut(Cause, f64)) {
        if !self.status().is_live() {
            return;
        }
        // Each term is rounded, so that a person who adds them up gets the sum that is shown.
        let mut each = |cause, value: f64| each(cause, hundredths(value));
        let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as f64;
        if let Some(due) = self.due {
            let late = days(due.date_in(now.zone()), now.today());
            each(Cause::Due, 12.0 * (0.2 + 0.8 * ((late + 14.0) / 21.0).clamp(0.0, 1.0)));
        }
        each(
            Cause::Priority,
            match self.priority() {
                Priority::Low => 0.0,
                Priority::Medium => 2.0,
                Priority::High => 6.0,
                Priority::Urgent => 9.0,
            },
        );
        let age = (now.unix_ms() - self.created_at) as f64 / 86_400_000.0;
        let flag = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
        each(Cause::Started, flag(self.progress == Status::Started, 4.0));
        each(Cause::Age, 2.0 * (age / 365.0).clamp(0.0, 1.0));
        each(Cause::Tags, flag(!self.tags.is_empty(), 1.0));
        each(Cause::Project, flag(self.project.is_some(), 1.0));
        each(Cause::Blocked, flag(blocked, -5.0));
        each(Cause::Waiting, flag(self.is_waiting(now), -3.0));
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TaskId;
    use crate::register::Registers;
    use crate::when::When;
    use proptest::prelude::*;

    fn now() -> Now {
        Now::new("2026-11-22T09:00:00Z".parse().unwrap(), chrono_tz::Europe::Berlin)
    }

    proptest! {
        #[test]
        fn the_terms_add_up_to_the_urgency_that_is_shown(
            due in proptest::option::of(-40i64..40), age in 0i64..500, priority in 0usize..5, blocked: bool, started: bool
        ) {
            let task = Task {
                due: due.map(|days| When::Date(now().today() + chrono::Duration::days(days))),
                created_at: now().unix_ms() - age * 86_400_000,
                priority: Priority::ALL.get(priority).copied(),
                progress: if started { Status::Started } else { Status::Open },
                ..Task::read(TaskId::from_bytes([1; 16]), &Registers::default())
            };
            let sum: f64 = task.urgency_terms(now(), blocked).iter().map(|term| term.value).sum();
            prop_assert!((sum - task.urgency(now(), blocked)).abs() < 0.001);
        }
    }
}
