//! How messages name things.

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
