//! Questions that a person has to answer before something is done.

use super::{Deed, Request, kept};
use crate::id::TaskId;
use serde::{Deserialize, Serialize};

/// What is missing from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Which task is meant.
    Name,
    /// What is to be done, or the new title.
    Title,
    /// When to remind, or until when to put off.
    Time,
    /// What a task is to become: a date, a priority, a project.
    Value,
    /// How often it comes again.
    Rule,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Which of several tasks is meant.
    Which,
    /// Whether it is meant at all.
    Sure,
    /// For a piece that is missing.
    Piece(Piece),
}

/// A question, with what its answer completes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub asked: Asked,
    /// What is to be done.
    pub deed: Deed,
    /// What the answer completes.
    pub request: Request,
    /// The tasks it is about, or to choose from.
    #[serde(with = "kept::tasks")]
    pub tasks: Vec<TaskId>,
}

/// Verbs of sentences that move a date.
const MOVES: [&str; 11] =
    ["move", "push", "reschedule", "postpone", "delay", "shift", "defer", "bring", "put", "bump", "snooze"];
/// Verbs of sentences that give another title.
const RENAMES: [&str; 2] = ["rename", "retitle"];

impl Question {
    /// The question in words.
    pub fn words(&self) -> String {
        let says = |verbs: &[&str]| {
            let mut words = self.request.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.any(|word| verbs.iter().any(|verb| verb.eq_ignore_ascii_case(word)))
        };
        let text = match (self.asked, self.deed) {
            (Asked::Which, Deed::Done) => "Which one is done?",
            (Asked::Which, Deed::Delete) => "Which one is to go into the trash?",
            (Asked::Which, Deed::Edit) => "Which one is to change?",
            (Asked::Which, Deed::Add) => "Which one do you mean?",
            (Asked::Sure, deed) => {
                let verb = match deed {
                    Deed::Add => "Add",
                    Deed::Edit => "Change",
                    Deed::Done => "Finish",
                    Deed::Delete => "Delete",
                };
                return match self.tasks.len() {
                    0 | 1 => format!("{verb} this task?"),
                    count => format!("{verb} {count} tasks?"),
                };
            }
            (Asked::Piece(Piece::Name), Deed::Done) => "Which task is done?",
            (Asked::Piece(Piece::Name), Deed::Delete) => "Which task is to go into the trash?",
            (Asked::Piece(Piece::Name), _) => "Which task?",
            (Asked::Piece(Piece::Title), Deed::Edit) => "What is it to be called?",
            (Asked::Piece(Piece::Title), _) if says(&["remind", "reminder"]) => "What should I remind you of?",
            (Asked::Piece(Piece::Title), _) => "What is to be done?",
            (Asked::Piece(Piece::Time), Deed::Add) => "When should I remind you?",
            (Asked::Piece(Piece::Time), _) => "Until when?",
            (Asked::Piece(Piece::Rule), _) => "How often?",
            (Asked::Piece(Piece::Value), _) if says(&MOVES) => "To when?",
            (Asked::Piece(Piece::Value), _) => "What should change?",
        };
        text.to_owned()
    }

    /// What an answer could look like, for one that was not understood.
    pub fn example(&self) -> &'static str {
        match self.asked {
            Asked::Which => "a number from the list, or words of the title",
            Asked::Sure => "yes or no",
            Asked::Piece(Piece::Name) => "words of its title, or its number",
            Asked::Piece(Piece::Title) => "a few words",
            Asked::Piece(Piece::Time) => "a time, as in tomorrow 9am or in 2 hours",
            Asked::Piece(Piece::Value) => "a new date, priority, project or tag, as in friday 3pm",
            Asked::Piece(Piece::Rule) => "as in every monday at 9",
        }
    }

    /// Whether the sentence gives a task another title.
    pub fn renames(text: &str) -> bool {
        text.split_whitespace().any(|word| RENAMES.iter().any(|verb| verb.eq_ignore_ascii_case(word)))
    }
}
