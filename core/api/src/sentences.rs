//! Sentences, alone and in conversations.

use crate::failure::status;
use crate::{Api, reading, requests, responses};
use tasks_domain::dialogue::Asked;
use tasks_domain::id::TaskId;
use tasks_engine::request::TextReading;
use tasks_engine::said::{Answer, Said, Turn};
use tasks_engine::store::Store;
use tasks_engine::talk::{ConversationShown, Place, Saying, Spoken};
use tasks_proto::convert::{self, dialogue};
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tasks_proto::v1::chat_service_server::ChatService;
use tasks_proto::v1::do_response::Answer as Wire;
use tasks_proto::v1::do_service_server::DoService;
use tonic::{Request, Response, Status};

fn task_id(bytes: &[u8]) -> Result<TaskId, Status> {
    convert::id(bytes, "a task's id").map(TaskId::from_bytes).map_err(requests::wrong)
}

#[tonic::async_trait]
impl<S: Store> DoService for Api<S> {
    async fn r#do(&self, request: Request<v1::DoRequest>) -> Result<Response<v1::DoResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let turn = Turn {
            new_task: task_id(&request.new_task_id)?,
            state: dialogue::state_from_wire(&request.state).map_err(requests::wrong)?,
            text: request.text,
            agreed: request.agreed,
        };
        let Answer { reading, said, state } = self.engine.say(account, write, turn).await.map_err(status)?;
        Ok(Response::new(v1::DoResponse {
            reading: reading.as_ref().map(read),
            answer: Some(to_wire(said)),
            state: state.encode(),
        }))
    }
}

#[tonic::async_trait]
impl<S: Store> ChatService for Api<S> {
    async fn talk(&self, request: Request<v1::TalkRequest>) -> Result<Response<v1::TalkResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let place = match (request.begin, request.conversation) {
            (true, _) => Place::New,
            (false, reference) if reference.is_empty() => Place::Recent,
            (false, reference) => Place::Named(reference),
        };
        let saying = Saying {
            place,
            new_conversation: dialogue::conversation_id(&request.new_conversation_id).map_err(requests::wrong)?,
            text: request.text,
            new_task: task_id(&request.new_task_id)?,
            agreed: request.agreed,
        };
        let spoken = self.engine.talk(account, write, saying).await.map_err(status)?;
        Ok(Response::new(spoken_to_wire(spoken)))
    }

    async fn list_conversations(
        &self,
        request: Request<v1::ListConversationsRequest>,
    ) -> Result<Response<v1::ListConversationsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let limit = most(request.into_inner().limit);
        let all = self.engine.conversations(account, limit).await.map_err(status)?;
        let conversations = all.iter().map(conversation).collect();
        Ok(Response::new(v1::ListConversationsResponse { conversations }))
    }

    async fn get_conversation(
        &self,
        request: Request<v1::GetConversationRequest>,
    ) -> Result<Response<v1::GetConversationResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let reference = Some(request.conversation).filter(|reference| !reference.is_empty());
        let limit = most(request.limit);
        let (shown, messages) = self.engine.conversation(account, reference, limit).await.map_err(status)?;
        Ok(Response::new(v1::GetConversationResponse {
            conversation: Some(conversation(&shown)),
            messages: messages.iter().map(dialogue::message_to_wire).collect(),
        }))
    }
}

fn read(read: &TextReading) -> v1::Reading {
    reading::to_wire(&read.text, &read.reading)
}

fn conversation(shown: &ConversationShown) -> v1::Conversation {
    dialogue::conversation_to_wire(&shown.conversation, &shown.short_id, shown.messages)
}

fn spoken_to_wire(spoken: Spoken) -> v1::TalkResponse {
    let reading = spoken.reading.as_ref().map(read);
    let mut response = v1::TalkResponse {
        conversation: Some(conversation(&spoken.conversation)),
        is_new: spoken.is_new,
        words: spoken.words,
        ..v1::TalkResponse::default()
    };
    let answer = match spoken.said {
        Ok(Said::Listed { filter, tasks, more }) => {
            response.tasks = tasks.iter().map(convert::task::to_wire).collect();
            response.more = more;
            Some(Wire::List(v1::AskedList { filter }))
        }
        Ok(said) => Some(to_wire(said)),
        Err(error) => {
            response.failure = Some(Failure::from(error).into());
            None
        }
    };
    response.answer = Some(v1::DoResponse { reading, answer, state: Vec::new() });
    response
}

fn to_wire(said: Said) -> Wire {
    match said {
        Said::Written(done, written) => Wire::Written(v1::DoneDeed {
            deed: dialogue::deed_to_wire(done).into(),
            result: Some(responses::written(&written)),
        }),
        Said::Undone(steps) => {
            Wire::Undone(v1::UndoResponse { steps: steps.iter().map(responses::taken_back).collect() })
        }
        Said::List(filter) | Said::Listed { filter, .. } => Wire::List(v1::AskedList { filter }),
        Said::Help => Wire::Help(v1::AskedHelp {}),
        Said::Ask { question, tasks, again } => {
            let wire = dialogue::question_to_wire(&question, &tasks, again);
            match question.asked {
                Asked::Which => Wire::Choose(wire),
                Asked::Sure => Wire::Agree(wire),
                Asked::Piece(_) => Wire::Ask(wire),
            }
        }
        Said::Dropped => Wire::Dropped(v1::DroppedQuestion {}),
        Said::About(tasks) => Wire::About(v1::SpokenOf { tasks: tasks.iter().map(convert::task::to_wire).collect() }),
        Said::Remark(remark) => Wire::Remark(dialogue::remark_to_wire(remark).into()),
        Said::NotOurs => Wire::NotOurs(v1::NotOurs {}),
    }
}

/// A limit as it was sent: 0 is none.
fn most(limit: u32) -> usize {
    if limit == 0 { usize::MAX } else { limit as usize }
}
