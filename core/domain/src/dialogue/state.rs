//! What a conversation keeps in mind between two things said.

use super::{AMENDMENTS_MAX, Asked, CHOICES_MAX, Deed, KEPT_MAX, Piece, Question, kept};
use crate::id::{OperationId, TaskId};
use serde::{Deserialize, Serialize};

/// A sentence with what completed and corrected it since, and the tasks that were chosen for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// The sentence as it was said.
    pub text: String,
    /// What was said about it afterwards, and which piece of it that is.
    pub more: Vec<(Piece, String)>,
    /// The tasks that a person chose or agreed to; empty for those that the sentence names.
    #[serde(with = "kept::tasks")]
    pub chosen: Vec<TaskId>,
    /// It is not to be asked about.
    pub agreed: bool,
    /// What is taken back as this is done: the two are one step for `undo`.
    #[serde(with = "kept::maybe")]
    pub instead_of: Option<OperationId>,
}

impl Request {
    /// A sentence by itself.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same with a piece more. Of a request that was amended too often, the oldest amendment goes.
    #[must_use]
    pub fn with(mut self, piece: Piece, text: impl Into<String>) -> Self {
        if self.more.len() >= AMENDMENTS_MAX {
            self.more.remove(0);
        }
        self.more.push((piece, text.into()));
        self
    }

    /// The same about these tasks.
    #[must_use]
    pub fn about(self, chosen: Vec<TaskId>) -> Self {
        Self { chosen, ..self }
    }
}

/// What was done last, as far as it can be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The entry of the log.
    #[serde(with = "kept")]
    pub operation: OperationId,
    /// What it did.
    pub deed: Deed,
    /// What was asked for.
    pub request: Request,
    /// The tasks it was done to.
    #[serde(with = "kept::tasks")]
    pub tasks: Vec<TaskId>,
    /// Tasks that could have been meant too.
    #[serde(with = "kept::tasks")]
    pub others: Vec<TaskId>,
}

/// What a conversation keeps in mind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What "it" and "them" are.
    #[serde(with = "kept::tasks")]
    pub topic: Vec<TaskId>,
    /// The list that was shown last: what "the second one" is of.
    #[serde(with = "kept::tasks")]
    pub listed: Vec<TaskId>,
    /// The question that is open.
    pub question: Option<Question>,
    /// What "no, friday" corrects.
    pub last: Option<Last>,
    /// The sentence that asked for the list which was shown last, when nothing was done since: "no, saturday" corrects it.
    pub asked: Option<Request>,
}

/// What became of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// It was done.
    Done(Last),
    /// Nothing had to be done: these tasks were so already.
    Unchanged(Vec<TaskId>),
    /// This sentence asks for a list, which is yet to be made.
    Asks(Request),
    /// These tasks were shown, as the sentence before asked.
    Listed(Vec<TaskId>),
    /// A question was asked.
    Asked(Question),
    /// Commands were taken back, which concerned these tasks.
    Undone(Vec<TaskId>),
    /// These tasks were spoken of, and nothing else.
    About(Vec<TaskId>),
    /// The open question is not asked any more.
    Dropped,
    /// It was small talk, or it failed.
    Nothing,
}

impl State {
    /// The state after it.
    #[must_use]
    pub fn after(mut self, after: After) -> Self {
        let cut = |mut ids: Vec<TaskId>, most: usize| {
            ids.truncate(most);
            ids
        };
        self.question = None;
        let asked = self.asked.take();
        match after {
            After::Asks(request) => self.asked = Some(request),
            After::Done(mut last) => {
                last.others.retain(|id| !last.tasks.contains(id));
                (last.tasks, last.others) = (cut(last.tasks, KEPT_MAX), cut(last.others, CHOICES_MAX));
                self.topic.clone_from(&last.tasks);
                self.last = Some(last);
            }
            After::Listed(ids) => {
                let ids = cut(ids, KEPT_MAX);
                (self.topic, self.listed, self.last) = (ids.clone(), ids, None);
                self.asked = asked;
            }
            After::Asked(question) => {
                // "the second one" is then of the choices, and "it" what the question is about.
                if question.asked == Asked::Which {
                    self.listed.clone_from(&question.tasks);
                } else if !question.tasks.is_empty() {
                    self.topic.clone_from(&question.tasks);
                }
                self.question = Some(question);
            }
            After::Undone(ids) | After::Unchanged(ids) | After::About(ids) => {
                (self.topic, self.last) = (cut(ids, KEPT_MAX), None);
            }
            After::Dropped | After::Nothing => {}
        }
        self
    }

    /// The bytes in which a conversation keeps it.
    pub fn encode(&self) -> Vec<u8> {
        crate::field::encode(self)
    }

    /// Reads what [`Self::encode`] wrote; of what a newer build wrote, and this one cannot read, nothing is in mind.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        crate::field::decode_value(bytes)
    }
}
