//! Places in texts, and how messages name a text.

/// A place in a text that somebody typed: byte offsets, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// All of `text`.
    pub const fn whole(text: &str) -> Self {
        Self { start: 0, end: text.len() }
    }
}

/// A text as messages name it; there is nothing to see of a blank one.
pub(crate) fn quoted(text: &str) -> String {
    if text.trim().is_empty() { "an empty text".to_owned() } else { format!("`{text}`") }
}
