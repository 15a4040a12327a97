//! Ids as a conversation keeps them: letters in one text, a sixth of what lists of bytes would take.

use crate::id::{OperationId, TaskId};
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
use uuid::Uuid;

fn simple(bytes: &[u8; 16]) -> String {
    Uuid::from_bytes(*bytes).simple().to_string()
}

fn read<'de, D: Deserializer<'de>>(text: &str) -> Result<[u8; 16], D::Error> {
    Uuid::parse_str(text).map(Uuid::into_bytes).map_err(D::Error::custom)
}

/// A list of tasks.
pub(super) mod tasks {
    use super::{Deserializer, Serializer, TaskId, read, simple};
    use serde::{Deserialize as _, Serialize as _};

    pub(in crate::dialogue) fn serialize<S: Serializer>(ids: &[TaskId], to: S) -> Result<S::Ok, S::Error> {
        let ids: Vec<String> = ids.iter().map(|id| simple(id.as_bytes())).collect();
        ids.join(" ").serialize(to)
    }

    pub(in crate::dialogue) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<TaskId>, D::Error> {
        let text = String::deserialize(from)?;
        text.split_whitespace().map(|id| read::<D>(id).map(TaskId::from_bytes)).collect()
    }
}

/// An operation.
pub(super) fn serialize<S: Serializer>(id: &OperationId, to: S) -> Result<S::Ok, S::Error> {
    simple(id.as_bytes()).serialize(to)
}

/// An operation.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OperationId, D::Error> {
    read::<D>(&String::deserialize(from)?).map(OperationId::from_bytes)
}

/// An operation that need not be.
pub(super) mod maybe {
    use super::{Deserializer, OperationId, Serializer, read, simple};
    use serde::{Deserialize as _, Serialize as _};

    #[expect(clippy::ref_option, reason = "serde hands the field in")]
    pub(in crate::dialogue) fn serialize<S: Serializer>(id: &Option<OperationId>, to: S) -> Result<S::Ok, S::Error> {
        id.as_ref().map(|id| simple(id.as_bytes())).serialize(to)
    }

    pub(in crate::dialogue) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<OperationId>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|id| read::<D>(&id).map(OperationId::from_bytes)).transpose()
    }
}
