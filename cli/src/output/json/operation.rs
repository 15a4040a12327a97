//! An entry of the log.

use super::task::instant;
use crate::output::label;
use serde::Serialize;
use tasks_proto::v1;

/// One command as the log keeps it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OperationDoc<'a> {
    /// 32 letters.
    id: String,
    /// Position in the log of this device; greater is newer.
    seq: u64,
    /// `user`, `undo`, `redo` or `revert`.
    kind: &'static str,
    /// The command as it was given.
    command: &'a str,
    at: Option<String>,
    /// 32 letters.
    device: String,
    /// The operation that this one took back or did again.
    target: Option<String>,
    /// Registers it changed.
    changes: u32,
    /// Whether it is taken back.
    undone: bool,
}

impl<'a> OperationDoc<'a> {
    /// The document of an operation.
    pub(super) fn of(operation: &'a v1::Operation) -> Self {
        Self {
            id: label::letters_of_operation(&operation.id),
            seq: operation.seq,
            kind: kind(operation.kind()),
            command: &operation.command,
            at: instant(operation.at_unix_ms),
            device: label::letters_of_operation(&operation.device),
            target: Some(label::letters_of_operation(&operation.target)).filter(|id| !id.is_empty()),
            changes: operation.changes,
            undone: operation.undone,
        }
    }
}

/// The word for a kind of operation.
pub(super) fn kind(kind: v1::OperationKind) -> &'static str {
    match kind {
        // Of a newer build.
        v1::OperationKind::Unspecified => "unknown",
        v1::OperationKind::User => "user",
        v1::OperationKind::Undo => "undo",
        v1::OperationKind::Redo => "redo",
        v1::OperationKind::Revert => "revert",
        v1::OperationKind::Clock => "clock",
        v1::OperationKind::Talk => "talk",
    }
}
