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
    /// Something was said in a conversation and is kept there. Nobody's command either: what the words did is an operation of its own.
    Talk,
}

impl Reason {
    /// Whether nobody's command was behind it, so that undo and redo pass it by.
    pub fn is_unasked(self) -> bool {
        matches!(self, Self::Clock | Self::Talk)
    }

    /// The operation it takes back or does again.
    pub fn target(self) -> Option<OperationId> {
        match self {
            Self::User | Self::Clock | Self::Talk => None,
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
            Self::Talk => 5,
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
            (5, None) => Self::Talk,
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

/// What many changes share is listed once: an operation has one stamp, and usually a few entities.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    entities: Vec<(Kind, [u8; 16])>,
    stamps: Vec<(Hlc, DeviceId)>,
    #[serde(borrow)]
    changes: Vec<StoredChange<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredChange<'a> {
    /// Which of the entities.
    entity: u32,
    field: FieldId,
    #[serde(borrow, with = "serde_bytes")]
    key: &'a [u8],
    #[serde(borrow, with = "serde_bytes")]
    value: &'a [u8],
    /// Which of the stamps.
    stamp: u32,
    #[serde(borrow)]
    replaced: Option<StoredRegister<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredRegister<'a> {
    #[serde(borrow, with = "serde_bytes")]
    value: &'a [u8],
    /// Which of the stamps.
    stamp: u32,
}

/// The place of `one` in the list: at the end, if it is not among the last few.
fn place_in<T: PartialEq>(list: &mut Vec<T>, one: T) -> u32 {
    const LOOK_BACK: usize = 8;
    let from = list.len().saturating_sub(LOOK_BACK);
    let known = list[from..].iter().position(|known| *known == one).map(|at| from + at);
    known.unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    }) as u32
}

/// The bytes a store keeps for the changes of an operation.
pub fn encode_changes(changes: &[(Change, Option<Register>)]) -> Vec<u8> {
    let (mut entities, mut stamps) = (Vec::new(), Vec::new());
    let mut place = |stamp: Stamp| place_in(&mut stamps, (stamp.hlc, stamp.device));
    let changes = changes
        .iter()
        .map(|(change, replaced)| StoredChange {
            entity: place_in(&mut entities, (change.entity.kind, change.entity.id)),
            field: change.field,
            key: &change.key,
            value: &change.value,
            stamp: place(change.stamp),
            replaced: replaced.as_ref().map(|r| StoredRegister { value: &r.value, stamp: place(r.stamp) }),
        })
        .collect();
    // Writing plain structures into memory cannot fail.
    postcard::to_extend(&Stored { entities, stamps, changes }, vec![FORMAT]).unwrap_or_default()
}

/// Reads what [`encode_changes`] wrote.
pub fn decode_changes(bytes: &[u8]) -> Result<Vec<(Change, Option<Register>)>, DecodeError> {
    let fail = |reason: String| DecodeError::new("the changes of an operation", &reason);
    let body = match bytes.split_first() {
        Some((&FORMAT, body)) => body,
        Some((format, _)) => return Err(fail(format!("unknown format {format}"))),
        None => return Err(fail("no bytes".to_owned())),
    };
    let Stored { entities, stamps, changes } = postcard::from_bytes(body).map_err(|error| fail(error.to_string()))?;
    let stamp = |at: u32| {
        let (hlc, device) = *stamps.get(at as usize).ok_or_else(|| fail("unknown stamp".to_owned()))?;
        Ok(Stamp { hlc, device })
    };
    let read = |s: StoredChange<'_>| {
        let (kind, id) = *entities.get(s.entity as usize).ok_or_else(|| fail("unknown entity".to_owned()))?;
        let change = Change {
            entity: EntityId { kind, id },
            field: s.field,
            key: s.key.to_vec(),
            value: s.value.to_vec(),
            stamp: stamp(s.stamp)?,
        };
        let replaced = s.replaced.map(|r| Ok(Register { value: r.value.to_vec(), stamp: stamp(r.stamp)? }));
        Ok((change, replaced.transpose()?))
    };
    changes.into_iter().map(read).collect()
}
