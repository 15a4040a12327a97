//! Words that people look for as if they were filters.

use crate::numbers;

/// What a word that was looked for, and found nowhere, may have been meant to say.
pub fn filter_meant_by(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let field = match lower.as_str() {
        "today" | "tomorrow" | "yesterday" => "due",
        "open" | "started" | "done" | "completed" | "deleted" => "status",
        "overdue" | "waiting" | "blocked" | "blocking" | "ready" | "recurring" => "is",
        "low" | "medium" | "high" | "urgent" => "priority",
        number if numbers::is_numbers(number) => "id",
        _ => return None,
    };
    Some(format!("{field}:{lower}"))
}
