//! Dates that a rule leaves out (EXDATE).

use super::slot::Slot;
use std::collections::BTreeSet;

/// The excluded slots. A date takes out every slot of that day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Excluded(BTreeSet<Slot>);

impl Excluded {
    /// These, in any order.
    pub(super) fn of(slots: impl IntoIterator<Item = Slot>) -> Self {
        Self(slots.into_iter().collect())
    }

    /// Whether a slot is left out.
    pub(super) fn has(&self, slot: Slot) -> bool {
        !self.0.is_empty()
            && (self.0.contains(&slot) || self.0.contains(&Slot::Date(slot.date())) || self.has_time_of(slot))
    }

    /// An excluded time takes out the whole day of a rule of whole days: it can mean nothing else.
    fn has_time_of(&self, slot: Slot) -> bool {
        let Slot::Date(date) = slot else { return false };
        self.0.iter().any(|one| one.date() == date)
    }
}
