//! What conversations answer with.

use tasks_domain::error::ErrorKind;
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Something said in a conversation, and the answer.
#[derive(Debug, Default)]
pub struct ChatTurn {
    /// What was said.
    pub text: String,
    /// What the daemon answered.
    pub response: v1::TalkResponse,
    /// Tasks that the only task of the answer is a part of or waits for, for their names.
    pub near: Vec<v1::Task>,
}

impl ChatTurn {
    /// What became of it; `None` for what cannot be done.
    pub fn answer(&self) -> Option<&Answer> {
        self.response.answer.as_ref()?.answer.as_ref()
    }

    /// The question that is open now.
    pub fn question(&self) -> Option<&v1::Question> {
        match self.answer()? {
            Answer::Choose(question) | Answer::Agree(question) | Answer::Ask(question) => Some(question),
            _ => None,
        }
    }

    /// 0 for what was answered, 4 for a question, and the failure's own for what cannot be done.
    pub fn exit_code(&self) -> u8 {
        if let Some(failure) = &self.response.failure {
            return tasks_proto::error::Failure::from(failure.clone()).kind.exit_code();
        }
        if self.question().is_some() { ErrorKind::Ambiguous.exit_code() } else { 0 }
    }
}

/// A conversation with its messages.
#[derive(Debug, Default)]
pub struct ChatRecord {
    /// It.
    pub conversation: v1::Conversation,
    /// Oldest first.
    pub messages: Vec<v1::Message>,
}
