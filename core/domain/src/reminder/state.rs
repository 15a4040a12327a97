//! How far a reminder, or one row of its ledger, is.

use std::fmt;

/// How far it is. Ordered by rank: of what two devices say about one row of the ledger, the greater holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Its instant is still to come, or a channel is being tried.
    #[default]
    Pending,
    /// No channel took it, and nobody tries any more.
    Failed,
    /// It was handed over.
    Sent,
    /// It is not to come.
    Cancelled,
    /// A person reacted.
    Acknowledged,
}

impl State {
    /// All, lowest rank first.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Failed, Self::Sent, Self::Cancelled, Self::Acknowledged];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Cancelled => "cancelled",
            Self::Acknowledged => "acknowledged",
        }
    }

    /// Reads its word; `None` for one of a newer build.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
