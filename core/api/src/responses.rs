//! From the engine's answers to the wire.

use crate::reading;
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
