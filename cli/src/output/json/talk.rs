//! Conversations.

use super::operation::OperationDoc;
use super::reading::ReadingDoc;
use super::task::{TaskDoc, instant};
use super::{PlaceDoc, ProblemDoc, VERSION};
use crate::outcome::{ChatRecord, ChatTurn};
use crate::output::label;
use serde::Serialize;
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Something said in a conversation, and the answer. One document a turn.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TurnDoc<'a> {
    version: u32,
    /// Of the conversation: 32 letters.
    conversation: String,
    /// What was said.
    text: &'a str,
    /// What became of it: `written`, `undone`, `list`, `question`, `help`, `dropped`, `about`, `talk` or `failed`.
    kind: &'static str,
    /// The answer in words.
    reply: &'a str,
    /// What has to be answered first; null when nothing has.
    question: Option<QuestionDoc<'a>>,
    /// The tasks it is about, as they are now.
    tasks: Vec<TaskDoc<'a>>,
    /// More tasks match than a conversation lists.
    more: bool,
    /// The entry of the log that did it; null when nothing was changed.
    operation: Option<OperationDoc<'a>>,
    /// Commands that were taken back.
    undone: Vec<OperationDoc<'a>>,
    /// For people, one line each.
    warnings: Vec<&'a str>,
    /// How it was understood, with what was said before where it completes that; null for what is only an answer.
    reading: Option<ReadingDoc<'a>>,
    /// Why it cannot be done; null when it was.
    error: Option<ProblemDoc<'a>>,
}

/// A question whose answer completes something said before.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct QuestionDoc<'a> {
    /// `which` of the tasks, whether it is meant (`sure`), or the missing piece: `name`, `title`, `time`, `value`, `rule`.
    kind: &'static str,
    text: &'a str,
    /// The sentence that the answer completes.
    completes: &'a str,
    /// What was said is no answer to it.
    again: bool,
}

/// Conversations, the latest first.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ConversationsDoc<'a> {
    version: u32,
    conversations: Vec<ConversationDoc<'a>>,
}

/// One conversation.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ConversationDoc<'a> {
    /// 32 letters.
    id: String,
    short_id: &'a str,
    /// The words it began with.
    subject: &'a str,
    created_at: Option<String>,
    /// Of the newest message.
    spoken_at: Option<String>,
    messages: u32,
    /// A question of it is open.
    waits: bool,
}

/// A conversation with its messages.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ConversationRecordDoc<'a> {
    version: u32,
    conversation: ConversationDoc<'a>,
    /// Oldest first.
    messages: Vec<MessageDoc<'a>>,
}

/// One message.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MessageDoc<'a> {
    /// 32 letters.
    id: String,
    /// `person` or `tasks`.
    speaker: &'static str,
    text: &'a str,
    at: Option<String>,
    /// The entry of the log that did what it says: 32 letters.
    operation: Option<String>,
}

impl<'a> TurnDoc<'a> {
    /// The document of a turn.
    pub(super) fn of(turn: &'a ChatTurn) -> Self {
        let response = &turn.response;
        let answer = turn.answer();
        let results: Vec<&v1::WriteResult> = match answer {
            Some(Answer::Written(done)) => done.result.iter().collect(),
            Some(Answer::Undone(undone)) => undone.steps.iter().filter_map(|step| step.result.as_ref()).collect(),
            _ => Vec::new(),
        };
        let tasks = match answer {
            Some(Answer::Undone(_)) => results.iter().flat_map(|result| &result.tasks).map(TaskDoc::of).collect(),
            _ => crate::output::of_turn(turn).iter().map(TaskDoc::of).collect(),
        };
        let undone = match answer {
            Some(Answer::Undone(undone)) => undone.steps.iter().filter_map(|step| step.target.as_ref()).collect(),
            _ => Vec::new(),
        };
        Self {
            version: VERSION,
            conversation: response.conversation.as_ref().map(|one| label::letters_of_task(&one.id)).unwrap_or_default(),
            text: &turn.text,
            kind: kind(turn),
            reply: &response.words,
            question: turn.question().map(QuestionDoc::of),
            tasks,
            more: response.more,
            operation: results.iter().find_map(|result| result.operation.as_ref()).map(OperationDoc::of),
            undone: undone.into_iter().map(OperationDoc::of).collect(),
            warnings: results.iter().flat_map(|result| &result.warnings).map(String::as_str).collect(),
            reading: response
                .answer
                .as_ref()
                .and_then(|answer| answer.reading.as_ref())
                .map(|one| ReadingDoc::of(one, None)),
            error: response.failure.as_ref().map(problem),
        }
    }
}

fn kind(turn: &ChatTurn) -> &'static str {
    if turn.response.failure.is_some() {
        return "failed";
    }
    match turn.answer() {
        Some(Answer::Written(_)) => "written",
        Some(Answer::Undone(_)) => "undone",
        Some(Answer::List(_)) => "list",
        Some(Answer::Choose(_) | Answer::Agree(_) | Answer::Ask(_)) => "question",
        Some(Answer::Help(_)) => "help",
        Some(Answer::Dropped(_)) => "dropped",
        Some(Answer::About(_)) => "about",
        Some(Answer::Remark(_) | Answer::NotOurs(_)) | None => "talk",
    }
}

fn problem(failure: &v1::ErrorDetail) -> ProblemDoc<'_> {
    let kind = tasks_proto::error::Failure::from(failure.clone()).kind;
    let place = Some(failure).filter(|failure| !failure.text.is_empty());
    ProblemDoc {
        kind: ErrorKind::as_str(kind),
        message: failure.message.clone(),
        hint: Some(failure.hint.as_str()).filter(|hint| !hint.is_empty()),
        span: place.map(|failure| PlaceDoc {
            start: failure.span_start as usize,
            end: failure.span_end as usize,
            text: &failure.text,
        }),
    }
}

impl<'a> QuestionDoc<'a> {
    fn of(question: &'a v1::Question) -> Self {
        let kind = match question.kind() {
            v1::QuestionKind::Which => "which",
            v1::QuestionKind::Sure => "sure",
            v1::QuestionKind::Name | v1::QuestionKind::Unspecified => "name",
            v1::QuestionKind::Title => "title",
            v1::QuestionKind::Time => "time",
            v1::QuestionKind::Value => "value",
            v1::QuestionKind::Rule => "rule",
        };
        Self { kind, text: &question.words, completes: &question.text, again: question.again }
    }
}

impl<'a> ConversationsDoc<'a> {
    /// The document of a list.
    pub(super) fn of(all: &'a [v1::Conversation]) -> Self {
        Self { version: VERSION, conversations: all.iter().map(ConversationDoc::of).collect() }
    }
}

impl<'a> ConversationDoc<'a> {
    fn of(one: &'a v1::Conversation) -> Self {
        Self {
            id: label::letters_of_task(&one.id),
            short_id: &one.short_id,
            subject: &one.subject,
            created_at: instant(one.created_at_unix_ms),
            spoken_at: instant(one.spoken_at_unix_ms),
            messages: one.messages,
            waits: one.waits,
        }
    }
}

impl<'a> ConversationRecordDoc<'a> {
    /// The document of a conversation.
    pub(super) fn of(record: &'a ChatRecord) -> Self {
        let message = |one: &'a v1::Message| MessageDoc {
            id: label::letters_of_task(&one.id),
            speaker: if one.speaker() == v1::Speaker::Person { "person" } else { "tasks" },
            text: &one.text,
            at: instant(one.at_unix_ms),
            operation: Some(label::letters_of_operation(&one.operation)).filter(|id| !id.is_empty()),
        };
        Self {
            version: VERSION,
            conversation: ConversationDoc::of(&record.conversation),
            messages: record.messages.iter().map(message).collect(),
        }
    }
}
