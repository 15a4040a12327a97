//! What becomes of the words of a change.

use crate::v1;
use tasks_domain::amend::Amend;

/// From the wire.
pub fn from_wire(amendment: v1::Amendment) -> Amend {
    match amendment {
        v1::Amendment::Unspecified => Amend::Replace,
        v1::Amendment::Append => Amend::Append,
        v1::Amendment::Prepend => Amend::Prepend,
        v1::Amendment::Annotate => Amend::Annotate,
        v1::Amendment::Denotate => Amend::Denotate,
    }
}
