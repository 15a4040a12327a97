//! How messages name things.

use crate::span::Span;

/// An instant for people, in UTC: errors are told without a zone.
pub(super) fn at(unix_ms: i64) -> String {
    let instant = chrono::DateTime::from_timestamp_millis(unix_ms).unwrap_or_default();
    instant.format("%Y-%m-%d %H:%M UTC").to_string()
}

pub(super) fn list_of(candidates: &[String]) -> String {
    candidates.join(" or ")
}

/// "pack waits for buy, which waits for pack".
pub(super) fn circle(what: &str, path: &[String]) -> String {
    let tie = if what == "parent" { "is part of" } else { "waits for" };
    path.join(&format!(", which {tie} ")).replacen(", which", "", 1)
}

/// Names in a hint: the first few of many.
pub(super) fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown} and {} more", names.len() - SHOWN) } else { shown }
}

/// What to write instead of a term whose field, at `span` of `text`, has the name `near`.
pub(super) fn renamed(near: &str, text: &str, span: Span) -> String {
    let term = &text[span.start..];
    let term = &term[..term.find(char::is_whitespace).unwrap_or(term.len())];
    let rest = &term[(span.end - span.start).min(term.len())..];
    format!("write {near}{rest}; a word with a colon that is to be searched for is quoted: '\"{term}\"'")
}
