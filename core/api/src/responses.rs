//! From the engine's answers to the wire.

use crate::reading;
use tasks_domain::shown::{OpenOccurrence, RuleShown};
use tasks_engine::request::{TakenBack, TextReading, Written};
use tasks_proto::convert;
use tasks_proto::v1;

pub(crate) fn written(written: &Written) -> v1::WriteResult {
    v1::WriteResult {
        operation: written.operation.as_ref().map(convert::operation::to_wire),
        tasks: written.tasks.iter().map(convert::task::to_wire).collect(),
        unchanged: written.unchanged.iter().map(|id| id.as_bytes().to_vec()).collect(),
        warnings: written.warnings.clone(),
        dry_run: written.dry_run,
        numbers_before: written.numbers_before.iter().map(|number| number.unwrap_or(0)).collect(),
        made: written.made.iter().map(convert::task::to_wire).collect(),
        rules: written.rules.iter().map(rule).collect(),
        over: written.over,
    }
}

pub(crate) fn rule(shown: &RuleShown) -> v1::Rule {
    let open = |one: &OpenOccurrence| v1::RuleOccurrence {
        task: one.id.as_bytes().to_vec(),
        number: one.number.unwrap_or(0),
        slot: one.slot.to_string(),
        due: one.due.as_ref().map(convert::when::to_wire),
        date: one.date.as_ref().map(convert::rule::date_to_wire),
    };
    v1::Rule {
        short_id: shown.short_id.clone(),
        occurrences_generated: shown.generated,
        next_due: shown.next_due().as_ref().map(convert::when::to_wire),
        open: shown.open.iter().map(open).collect(),
        upcoming: shown.upcoming.iter().map(convert::rule::date_to_wire).collect(),
        ..convert::rule::to_wire(&shown.rule, shown.status)
    }
}

pub(crate) fn readings(readings: &[TextReading]) -> Vec<v1::Reading> {
    readings.iter().map(|one| reading::to_wire(&one.text, &one.reading)).collect()
}

pub(crate) fn taken_back(step: &TakenBack) -> v1::TakenBack {
    v1::TakenBack {
        target: Some(convert::operation::to_wire(&step.target)),
        result: Some(written(&step.written)),
        kept: step.kept.clone(),
    }
}
