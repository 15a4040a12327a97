//! How much a task matters.

use crate::error::{Error, Span};
use std::fmt;

/// How much a task matters. `Medium` when nobody said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Can wait.
    Low,
    /// The default.
    #[default]
    Medium,
    /// Before others.
    High,
    /// Before everything.
    Urgent,
}

impl Priority {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The word for it, in stores, on the wire, and for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// 0 (low) to 3 (urgent), for ordering.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Low => 0,
            Self::Medium => 1,
            Self::High => 2,
            Self::Urgent => 3,
        }
    }

    /// The priority with exactly this word, as stores hold it; `None` for a word of a newer build.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == word)
    }

    /// Reads what people type: the word, its beginning (`h`, `med`), or `p1` (urgent) to `p4` (low).
    pub fn parse(text: &str) -> Result<Self, Error> {
        let word = text.to_lowercase();
        let coded = match word.as_str() {
            "p1" | "1" => Some(Self::Urgent),
            "p2" | "2" => Some(Self::High),
            "p3" | "3" | "normal" => Some(Self::Medium),
            "p4" | "4" => Some(Self::Low),
            _ => None,
        };
        let begun = || Self::ALL.into_iter().find(|p| !word.is_empty() && p.as_str().starts_with(&word));
        coded.or_else(begun).ok_or_else(|| Error::UnknownPriority { text: text.to_owned(), span: Span::whole(text) })
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_priorities_in_many_ways() {
        for (text, want) in
            [("urgent", Priority::Urgent), ("H", Priority::High), ("med", Priority::Medium), ("p4", Priority::Low)]
        {
            assert_eq!(Priority::parse(text).unwrap(), want);
        }
        assert!(Priority::parse("").is_err() && Priority::parse("p5").is_err());
    }
}
