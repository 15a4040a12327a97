//! Operations: every command as one entry of the log, with what it needs to be taken back.

use crate::id::{DeviceId, OperationId};
use crate::register::{Change, DecodeError, EntityId, FieldId, Kind, Register};
use crate::stamp::{Hlc, Stamp};
use serde::{Deserialize, Serialize};

/// Most changes of one operation (decisions.md); more is split by the caller.
pub const CHANGES_MAX: usize = 10_000;

/// Why an operation was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A person or program asked for it.
    User,
    /// It takes back that operation, by `tasks undo`.
    Undo(OperationId),
    /// It does again what that undo took back.
    Redo(OperationId),
    /// It takes back that operation, by `tasks revert`. Counts as a command of its own.
    Revert(OperationId),
    /// Its time came: a reminder was delivered, an occurrence was made. Nobody's command, so that undo and redo pass it by.
    Clock,
}

impl Reason {
    /// The operation it takes back or does again.
    pub fn target(self) -> Option<OperationId> {
        match self {
            Self::User | Self::Clock => None,
            Self::Undo(id) | Self::Redo(id) | Self::Revert(id) => Some(id),
        }
    }

    /// Number for stores and the wire.
    pub fn code(self) -> u8 {
        match self {
            Self::User => 0,
            Self::Undo(_) => 1,
            Self::Redo(_) => 2,
            Self::Revert(_) => 3,
            Self::Clock => 4,
        }
    }

    /// From its number and target; `None` when they do not fit.
    pub fn from_code(code: u8, target: Option<OperationId>) -> Option<Self> {
        Some(match (code, target) {
            (0, None) => Self::User,
            (1, Some(id)) => Self::Undo(id),
            (2, Some(id)) => Self::Redo(id),
            (3, Some(id)) => Self::Revert(id),
            (4, None) => Self::Clock,
            _ => return None,
        })
    }
}

/// What the log tells of an operation without its changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Made by the client; the same command sent again has the same.
    pub id: OperationId,
    /// The device that did it.
    pub device: DeviceId,
    /// When, on that device's hybrid clock; the stamp of its changes.
    pub hlc: Hlc,
    /// When, by the caller's clock, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// Why.
    pub reason: Reason,
    /// The command as it was given.
    pub command: String,
    /// How sure the reading of its text was, 0 to 1; `None` when no text was read.
    pub confidence: Option<f32>,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Who, when, why.
    pub header: Header,
    /// The registers it wrote, each with what was there before (`None`: nothing was).
    pub changes: Vec<(Change, Option<Register>)>,
}

/// First byte of encoded changes.
const FORMAT: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    kind: Kind,
    id: [u8; 16],
    field: FieldId,
    #[serde(borrow, with = "serde_bytes")]
    key: &'a [u8],
    #[serde(borrow, with = "serde_bytes")]
    value: &'a [u8],
    hlc: Hlc,
    device: DeviceId,
    #[serde(borrow)]
    replaced: Option<StoredRegister<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredRegister<'a> {
    #[serde(borrow, with = "serde_bytes")]
    value: &'a [u8],
    hlc: Hlc,
    device: DeviceId,
}

/// The bytes a store keeps for the changes of an operation.
pub fn encode_changes(changes: &[(Change, Option<Register>)]) -> Vec<u8> {
    let stored: Vec<Stored<'_>> = changes
        .iter()
        .map(|(change, replaced)| Stored {
            kind: change.entity.kind,
            id: change.entity.id,
            field: change.field,
            key: &change.key,
            value: &change.value,
            hlc: change.stamp.hlc,
            device: change.stamp.device,
            replaced: replaced.as_ref().map(|r| StoredRegister {
                value: &r.value,
                hlc: r.stamp.hlc,
                device: r.stamp.device,
            }),
        })
        .collect();
    // Writing plain structures into memory cannot fail.
    postcard::to_extend(&stored, vec![FORMAT]).unwrap_or_default()
}

/// Reads what [`encode_changes`] wrote.
pub fn decode_changes(bytes: &[u8]) -> Result<Vec<(Change, Option<Register>)>, DecodeError> {
    let fail = |reason: String| DecodeError::new("the changes of an operation", &reason);
    let body = match bytes.split_first() {
        Some((&FORMAT, body)) => body,
        Some((format, _)) => return Err(fail(format!("unknown format {format}"))),
        None => return Err(fail("no bytes".to_owned())),
    };
    let stored: Vec<Stored<'_>> = postcard::from_bytes(body).map_err(|error| fail(error.to_string()))?;
    let read = |s: Stored<'_>| {
        let change = Change {
            entity: EntityId { kind: s.kind, id: s.id },
            field: s.field,
            key: s.key.to_vec(),
            value: s.value.to_vec(),
            stamp: Stamp { hlc: s.hlc, device: s.device },
        };
        let replaced =
            s.replaced.map(|r| Register { value: r.value.to_vec(), stamp: Stamp { hlc: r.hlc, device: r.device } });
        (change, replaced)
    };
    Ok(stored.into_iter().map(read).collect())
}
