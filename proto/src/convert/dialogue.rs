//! Conversations, their messages and questions.

use super::{id, malformed, task};
use crate::v1;
use tasks_domain::conversation::{Conversation, Message, Speaker};
use tasks_domain::dialogue::{Asked, Deed, Piece, Question, Remark, State};
use tasks_domain::error::Error;
use tasks_domain::id::{ConversationId, MessageId, OperationId};
use tasks_domain::shown::Shown;

/// What is asked to be done, to the wire.
pub fn deed_to_wire(deed: Deed) -> v1::Deed {
    match deed {
        Deed::Add => v1::Deed::Add,
        Deed::Edit => v1::Deed::Edit,
        Deed::Done => v1::Deed::Done,
        Deed::Delete => v1::Deed::Delete,
    }
}

/// The kind of a question, to the wire.
pub fn kind_to_wire(asked: Asked) -> v1::QuestionKind {
    match asked {
        Asked::Which => v1::QuestionKind::Which,
        Asked::Sure => v1::QuestionKind::Sure,
        Asked::Piece(Piece::Name) => v1::QuestionKind::Name,
        Asked::Piece(Piece::Title) => v1::QuestionKind::Title,
        Asked::Piece(Piece::Time) => v1::QuestionKind::Time,
        Asked::Piece(Piece::Value) => v1::QuestionKind::Value,
        Asked::Piece(Piece::Rule) => v1::QuestionKind::Rule,
    }
}

/// A question with the tasks it is about; `again` when what was said is no answer to it.
pub fn question_to_wire(question: &Question, tasks: &[Shown], again: bool) -> v1::Question {
    v1::Question {
        deed: deed_to_wire(question.deed).into(),
        tasks: tasks.iter().map(task::to_wire).collect(),
        words: question.words(),
        kind: kind_to_wire(question.asked).into(),
        example: question.example().to_owned(),
        again,
        text: question.request.text.clone(),
    }
}

/// A remark, to the wire.
pub fn remark_to_wire(remark: Remark) -> v1::Remark {
    match remark {
        Remark::NothingOpen => v1::Remark::NothingOpen,
        Remark::NothingToCorrect => v1::Remark::NothingToCorrect,
        Remark::WhatInstead => v1::Remark::WhatInstead,
        Remark::Glad => v1::Remark::Glad,
    }
}

/// What is in mind, from the wire: empty for nothing yet.
pub fn state_from_wire(bytes: &[u8]) -> Result<State, Error> {
    if bytes.is_empty() {
        return Ok(State::default());
    }
    State::decode(bytes).ok_or_else(|| malformed("the state is none that an answer told"))
}

/// A conversation, to the wire.
pub fn conversation_to_wire(conversation: &Conversation, short_id: &str, messages: usize) -> v1::Conversation {
    v1::Conversation {
        id: conversation.id.as_bytes().to_vec(),
        short_id: short_id.to_owned(),
        subject: conversation.subject.clone(),
        created_at_unix_ms: conversation.created_at,
        spoken_at_unix_ms: conversation.spoken_at,
        messages: u32::try_from(messages).unwrap_or(u32::MAX),
        waits: conversation.state.question.is_some(),
    }
}

/// The id of a conversation, from the wire.
pub fn conversation_id(bytes: &[u8]) -> Result<ConversationId, Error> {
    id(bytes, "a conversation's id").map(ConversationId::from_bytes)
}

/// A message, to the wire.
pub fn message_to_wire(message: &Message) -> v1::Message {
    let speaker = match message.speaker {
        Speaker::Person => v1::Speaker::Person,
        Speaker::Tasks => v1::Speaker::Tasks,
    };
    v1::Message {
        id: message.id.as_bytes().to_vec(),
        speaker: speaker.into(),
        text: message.text.clone(),
        at_unix_ms: message.at,
        operation: message.operation.map(|id| id.as_bytes().to_vec()).unwrap_or_default(),
    }
}

/// A message, from the wire.
pub fn message_from_wire(message: &v1::Message) -> Result<Message, Error> {
    let speaker = match message.speaker() {
        v1::Speaker::Person => Speaker::Person,
        v1::Speaker::Tasks => Speaker::Tasks,
        v1::Speaker::Unspecified => return Err(malformed("a message has no speaker this build knows")),
    };
    let operation = Some(message.operation.as_slice()).filter(|bytes| !bytes.is_empty());
    Ok(Message {
        id: MessageId::from_bytes(id(&message.id, "a message's id")?),
        speaker,
        text: message.text.clone(),
        at: message.at_unix_ms,
        operation: operation.map(|bytes| id(bytes, "the operation").map(OperationId::from_bytes)).transpose()?,
    })
}
