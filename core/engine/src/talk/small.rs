//! Short answers to what asks for nothing with tasks.

/// What is said, and the answer.
const ANSWERS: &[(&[&str], &str)] = &[
    (
        &["hello", "hi", "hey", "good morning", "good evening", "good afternoon", "howdy", "moin"],
        "Hello. Tell me what is to be done, or ask what is due.",
    ),
    (&["thank", "thanks", "cheers", "great", "perfect", "nice", "cool", "awesome", "well done"], "You are welcome."),
    (&["bye", "good bye", "goodbye", "see you", "good night", "ciao"], "Good bye. Your tasks are safe."),
    (
        &["who are you", "what are you", "are you a bot", "are you human", "what is your name", "what's your name"],
        "I am tasks: I keep your tasks, remind you of them, and understand what you say about them. Say help for examples.",
    ),
    (&["how are you", "how's it going", "what's up"], "All is well here. What is to be done?"),
];
const ELSE: &str = "That asks for nothing I can do with your tasks. Say help for what I understand; to keep it as a task, begin with \
                    \"add\".";

/// The answer.
pub(super) fn answer(text: &str) -> String {
    let said = text.trim().to_lowercase().replace('\u{2019}', "'");
    let begins = |opening: &&str| {
        said.strip_prefix(*opening).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let found = ANSWERS.iter().find(|(openings, _)| openings.iter().any(begins));
    found.map_or(ELSE, |(_, answer)| answer).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_talk_gets_a_short_answer_and_never_an_empty_one() {
        assert!(answer("Hello!").starts_with("Hello"));
        assert!(answer("thanks a lot").starts_with("You are"));
        assert!(answer("highway to hell").starts_with("That asks"));
        assert!(answer("").starts_with("That asks"));
    }
}
