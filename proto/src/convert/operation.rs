//! Entries of the operation log.

use super::{id, malformed};
use crate::v1;
use tasks_domain::error::Error;
use tasks_domain::id::{DeviceId, OperationId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::shown::Logged;
use tasks_domain::stamp::Hlc;

/// To the wire. The hybrid time and the confidence stay behind: nobody shows them.
pub fn to_wire(logged: &Logged) -> v1::Operation {
    let header = &logged.header;
    v1::Operation {
        id: header.id.as_bytes().to_vec(),
        seq: logged.seq,
        device: header.device.as_bytes().to_vec(),
        at_unix_ms: header.at_unix_ms,
        kind: kind_to_wire(header.reason) as i32,
        target: header.reason.target().map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
        command: header.command.clone(),
        changes: logged.changes,
        undone: logged.undone,
        short_id: logged.short_id.clone(),
    }
}

/// The kind of an operation that was done for this reason.
pub(super) fn kind_to_wire(reason: Reason) -> v1::OperationKind {
    match reason {
        Reason::User => v1::OperationKind::User,
        Reason::Undo(_) => v1::OperationKind::Undo,
        Reason::Redo(_) => v1::OperationKind::Redo,
        Reason::Revert(_) => v1::OperationKind::Revert,
        Reason::Clock => v1::OperationKind::Clock,
        Reason::Talk => v1::OperationKind::Talk,
    }
}

/// From the wire.
pub fn from_wire(operation: &v1::Operation) -> Result<Logged, Error> {
    let target = || id(&operation.target, "the target").map(OperationId::from_bytes);
    let reason = match operation.kind() {
        v1::OperationKind::User => Reason::User,
        v1::OperationKind::Undo => Reason::Undo(target()?),
        v1::OperationKind::Redo => Reason::Redo(target()?),
        v1::OperationKind::Revert => Reason::Revert(target()?),
        v1::OperationKind::Clock => Reason::Clock,
        v1::OperationKind::Talk => Reason::Talk,
        v1::OperationKind::Unspecified => return Err(malformed("an operation has no kind this build knows")),
    };
    let header = Header {
        id: OperationId::from_bytes(id(&operation.id, "the operation's id")?),
        device: DeviceId::from_bytes(id(&operation.device, "the device")?),
        hlc: Hlc::default(),
        at_unix_ms: operation.at_unix_ms,
        reason,
        command: operation.command.clone(),
        confidence: None,
    };
    Ok(Logged {
        header,
        seq: operation.seq,
        changes: operation.changes,
        undone: operation.undone,
        short_id: operation.short_id.clone(),
    })
}
