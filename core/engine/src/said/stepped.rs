//! Sentences that begin a task, leave it, or take it up again: "start it", "stop the report task", "reopen the second one".

use tasks_domain::command::Step;

/// Verbs and the step each asks for.
const VERBS: &[(&str, Step)] = &[
    ("start", Step::Start),
    ("begin", Step::Start),
    ("resume", Step::Start),
    ("stop", Step::Stop),
    ("reopen", Step::Reopen),
];
/// Said out of politeness before them.
const POLITE: &[&str] = &["please", "can", "could", "would", "will", "you", "ok", "okay", "now", "just", "oops"];

/// The step that a sentence asks for by its verb, and the words behind it.
pub(super) fn asked(text: &str) -> Option<(Step, &str)> {
    let mut rest = text.trim();
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, behind) = (&rest[..end], rest[end..].trim_start_matches([' ', ',']));
        if let Some((_, step)) = VERBS.iter().find(|(verb, _)| verb.eq_ignore_ascii_case(word)) {
            return (!behind.is_empty()).then_some((*step, behind));
        }
        if behind.is_empty() || !POLITE.iter().any(|polite| polite.eq_ignore_ascii_case(word)) {
            return None;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_asked_for_by_its_verb() {
        for (text, want) in [
            ("start it", Some((Step::Start, "it"))),
            ("Please stop the report task", Some((Step::Stop, "the report task"))),
            ("could you reopen the second one", Some((Step::Reopen, "the second one"))),
            ("start", None),
            ("restart it", None),
            ("buy milk", None),
            ("", None),
        ] {
            assert_eq!(asked(text), want, "{text}");
        }
    }
}
