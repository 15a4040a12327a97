//! From the engine's answers to the wire.

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
    let span = |span: &tasks_engine::request::Span| v1::ReadingSpan {
        kind: span.kind.as_str().to_owned(),
        start: span.span.start as u32,
        end: span.span.end as u32,
    };
    let one = |reading: &TextReading| v1::Reading {
        text: reading.text.clone(),
        confidence: reading.confidence,
        spans: reading.spans.iter().map(span).collect(),
    };
    readings.iter().map(one).collect()
}

pub(crate) fn taken_back(step: &TakenBack) -> v1::TakenBack {
    v1::TakenBack {
        target: Some(convert::operation::to_wire(&step.target)),
        result: Some(written(&step.written)),
        kept: step.kept.clone(),
    }
}
