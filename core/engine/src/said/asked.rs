//! What a sentence asks to see, in words of a filter.

use tasks_language::{Context, Reading, SpanKind, read_when};

/// Words for states of tasks, and the filter for each.
const STATES: &[(&[&str], &str)] = &[
    (&["overdue", "late"], "is:overdue"),
    (&["done", "completed", "finished", "complete", "finish", "did", "closed"], "status:done"),
    (&["deleted", "trashed", "trash"], "status:deleted"),
    (&["started", "active", "begun"], "status:started"),
    (&["blocked"], "is:blocked"),
    (&["waiting", "hidden"], "is:waiting"),
    (&["open", "pending", "unfinished", "remaining", "outstanding"], "status:open"),
];
/// Words that say that all are meant.
const ALL: &[&str] =
    &["all", "everything", "every", "any", "them", "these", "those", "tasks", "task", "list", "the", "my", "todos"];
/// Words for states that are names of chores as well: "delete the trash task" is about one.
const NAMES: &[&str] = &["trash", "finish", "complete", "did", "open", "late", "active", "hidden"];
/// Words that lead to a date.
const LEADS: &[&str] = &["due", "on", "for", "in", "at", "of", "from"];

/// The words of the filter that finds what is asked for; none for all open tasks.
pub(super) fn filter(text: &str, reading: &Reading, context: &Context) -> Vec<String> {
    let mut filter = Vec::new();
    let (mut rest, mut done) = (Vec::new(), false);
    for word in reading.target.as_deref().unwrap_or_default().split_whitespace() {
        let bare = bare(word);
        let state = STATES.iter().find(|(words, _)| words.iter().any(|state| state.eq_ignore_ascii_case(bare)));
        match state {
            Some((_, state)) => {
                done |= *state == "status:done";
                filter.push((*state).to_owned());
            }
            None if ALL.iter().any(|all| all.eq_ignore_ascii_case(bare)) || bare.is_empty() => {}
            None => rest.push(bare.to_owned()),
        }
    }
    // "what's overdue?": the word is all of the question, so that none is left to name anything.
    let says_overdue = text.split_whitespace().any(|word| bare(word).eq_ignore_ascii_case("overdue"));
    if says_overdue && !filter.iter().any(|term| term == "is:overdue") {
        filter.push("is:overdue".to_owned());
    }
    let field = if done { "done" } else { "due" };
    let dates = reading.spans.iter().filter(|span| matches!(span.kind, SpanKind::Date | SpanKind::Time));
    filter.extend(dates.filter_map(|span| date(field, text.get(span.span.start..span.span.end)?, context)));
    // "finished last week": what is no date of a task to come is one that lies behind.
    if let Some(date) = date(field, &rest.join(" "), context) {
        rest.clear();
        filter.push(date);
    }
    filter.extend(reading.priority.map(|priority| format!("priority:{priority}")));
    filter.extend(reading.tags.iter().map(|tag| format!("+{tag}")));
    filter.extend(reading.project.iter().map(|project| format!("@{project}")));
    filter.extend(rest.iter().map(|word| format!("\"{word}\"")));
    filter
}

/// "no, saturday": the date of a filter becomes the one that is right.
pub(super) fn correct(filter: &mut Vec<String>, said: &str, context: &Context) {
    let is_date =
        |term: &String| ["due:", "due<", "due>", "done:", "done<", "done>"].iter().any(|of| term.starts_with(of));
    let field = if filter.iter().any(|term| term == "status:done") { "done" } else { "due" };
    let Some(date) = date(field, said, context) else { return };
    filter.retain(|term| !is_date(term));
    filter.push(date);
}

/// Whether the words say nothing but which state: "everything", "all completed tasks".
pub(super) fn says_all(target: &str) -> bool {
    let mut said = false;
    let only = target.split_whitespace().map(bare).all(|word| {
        let is = |words: &[&str]| words.iter().any(|one| one.eq_ignore_ascii_case(word));
        said |= is(&["all", "everything", "every", "tasks"]);
        said |= !is(NAMES) && STATES.iter().any(|(words, _)| is(words));
        is(ALL) || STATES.iter().any(|(words, _)| is(words))
    });
    only && said
}

/// How many commands "undo the last two changes" takes back.
pub(super) fn steps(text: &str) -> u32 {
    let words = [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("both", 2)];
    let of = |word: &str| words.iter().find(|(name, _)| *name == word).map(|(_, n)| *n).or_else(|| word.parse().ok());
    text.split_whitespace().find_map(|word| of(&word.to_lowercase())).filter(|n| (1..=100).contains(n)).unwrap_or(1)
}

fn date(field: &str, said: &str, context: &Context) -> Option<String> {
    let mut words: Vec<&str> = said.split_whitespace().collect();
    let mut comparison = ":";
    while let Some(first) = words.first() {
        let first = first.to_lowercase();
        if ["by", "until", "before"].contains(&first.as_str()) {
            comparison = "<=";
        } else if ["after", "since"].contains(&first.as_str()) {
            comparison = ">=";
        } else if !LEADS.contains(&first.as_str()) {
            break;
        }
        words.remove(0);
    }
    let said = words.join(" ");
    let said = said.trim_end_matches(['?', '!', '.', ',']);
    read_when(said, context).ok().map(|_| format!("{field}{comparison}\"{said}\""))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_counts_what_it_is_told() {
        for (text, want) in
            [("undo", 1), ("undo that", 1), ("undo the last two changes", 2), ("undo 3", 3), ("undo 0", 1)]
        {
            assert_eq!(steps(text), want, "{text}");
        }
    }

    #[test]
    fn all_is_told_from_a_name() {
        for (text, want) in [
            ("everything", true),
            ("all completed tasks", true),
            ("overdue", true),
            ("all trash", true),
            ("the trash", false),
            ("trash", false),
            ("milk", false),
            ("the", false),
        ] {
            assert_eq!(says_all(text), want, "{text}");
        }
    }
}
