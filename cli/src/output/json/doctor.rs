//! What `tasks doctor` found.

use super::VERSION;
use crate::doctor::{Check, State};
use crate::outcome::Report;
use serde::Serialize;

/// Everything that was looked at.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DoctorDoc<'a> {
    version: u32,
    /// Whether no problem remains; warnings may.
    healthy: bool,
    checks: Vec<CheckDoc<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CheckDoc<'a> {
    /// What was looked at; several can have one name.
    name: &'a str,
    /// `ok`, `warning` or `problem`.
    state: &'a str,
    message: &'a str,
    /// What to do; null for nothing.
    hint: Option<&'a str>,
    /// Whether `--fix` would do something about it.
    fixable: bool,
    /// What `--fix` did; null for nothing.
    fixed: Option<&'a str>,
}

impl<'a> DoctorDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a Report) -> Self {
        let check = |check: &'a Check| CheckDoc {
            name: check.name,
            state: check.state.as_str(),
            message: &check.message,
            hint: Some(check.hint.as_str()).filter(|hint| !hint.is_empty()),
            fixable: check.can_fix(),
            fixed: check.fixed.as_deref(),
        };
        let healthy = report.checks.iter().all(|check| check.state != State::Problem);
        Self { version: VERSION, healthy, checks: report.checks.iter().map(check).collect() }
    }
}
