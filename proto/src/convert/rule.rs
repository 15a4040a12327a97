//! Rules as they are shown, and what is asked of them.

use super::{task, when};
use crate::v1;
use tasks_domain::error::Error;
use tasks_domain::recurrence::{Anchor, ClockChange, Missed, Occurrence, RuleStatus};
use tasks_domain::recurring::{Recurring, Scope};

/// The rule itself, to the wire; what follows from its occurrences is the caller's to add.
pub fn to_wire(rule: &Recurring, status: RuleStatus) -> v1::Rule {
    let template = &rule.template;
    let schedule = rule.schedule.as_ref();
    v1::Rule {
        id: rule.id.as_bytes().to_vec(),
        status: status_to_wire(status) as i32,
        title: template.title.clone(),
        notes: template.notes.clone().unwrap_or_default(),
        priority: task::priority_to_wire(template.priority) as i32,
        project: template.project.as_ref().map(|project| project.as_str().to_owned()).unwrap_or_default(),
        tags: template.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
        estimate_seconds: template.estimate.map_or(0, |estimate| estimate.num_seconds()),
        parent: template.parent.map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
        rrule: schedule.map(|schedule| schedule.rule().to_string()).unwrap_or_default(),
        start: schedule.map(|schedule| when::to_wire(&schedule.start())),
        anchor: schedule.map_or(Anchor::default(), |schedule| schedule.anchor).as_str().to_owned(),
        missed: schedule.map_or(Missed::default(), |schedule| schedule.missed).as_str().to_owned(),
        generate_ahead: schedule.map_or(0, |schedule| u32::from(schedule.generate_ahead())),
        skip_weekends: schedule.is_some_and(|schedule| schedule.skip_weekends),
        exdates: schedule
            .map(|schedule| schedule.exdates().iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        created_at_unix_ms: rule.created_at,
        ..v1::Rule::default()
    }
}

/// A date of a rule, to the wire.
pub fn date_to_wire(one: &Occurrence) -> v1::RuleDate {
    v1::RuleDate {
        slot: one.slot.to_string(),
        when: Some(when::to_wire(&one.when)),
        clamped: one.clamped,
        weekend: one.weekend,
        gap: one.clock == ClockChange::Gap,
        overlap: one.clock == ClockChange::Overlap,
    }
}

/// A date of a rule, from the wire.
pub fn date_from_wire(one: &v1::RuleDate) -> Result<Occurrence, Error> {
    let wrong = |what: &str| super::malformed(format!("a date of a rule has no {what}"));
    let clock = match (one.gap, one.overlap) {
        (true, _) => ClockChange::Gap,
        (_, true) => ClockChange::Overlap,
        _ => ClockChange::None,
    };
    Ok(Occurrence {
        slot: one.slot.parse().map_err(|_| wrong("slot"))?,
        when: when::from_wire(one.when.as_ref().ok_or_else(|| wrong("time"))?)?,
        clamped: one.clamped,
        weekend: one.weekend,
        clock,
    })
}

/// To the wire.
pub fn status_to_wire(status: RuleStatus) -> v1::RuleStatus {
    match status {
        RuleStatus::Active => v1::RuleStatus::Active,
        RuleStatus::Paused => v1::RuleStatus::Paused,
        RuleStatus::Completed => v1::RuleStatus::Completed,
        RuleStatus::Cancelled => v1::RuleStatus::Cancelled,
    }
}

/// From the wire; `None` when nobody said.
pub fn scope_from_wire(scope: v1::OccurrenceScope) -> Option<Scope> {
    Some(match scope {
        v1::OccurrenceScope::Unspecified => return None,
        v1::OccurrenceScope::This => Scope::This,
        v1::OccurrenceScope::Future => Scope::Future,
        v1::OccurrenceScope::All => Scope::All,
    })
}
