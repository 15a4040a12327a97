//! Sentences.

use crate::failure::status;
use crate::{Api, reading, requests, responses};
use tasks_domain::id::TaskId;
use tasks_engine::request::Shown;
use tasks_engine::said::{Deed, Said, Sentence};
use tasks_engine::store::Store;
use tasks_proto::v1::do_response::Answer;
use tasks_proto::v1::do_service_server::DoService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

#[tonic::async_trait]
impl<S: Store> DoService for Api<S> {
    async fn r#do(&self, request: Request<v1::DoRequest>) -> Result<Response<v1::DoResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let id = |bytes: &[u8]| convert::id(bytes, "a task's id").map(TaskId::from_bytes).map_err(requests::wrong);
        let sentence = Sentence {
            text: request.text,
            new_task: id(&request.new_task_id)?,
            chosen: request.chosen.iter().map(|bytes| id(bytes)).collect::<Result<_, _>>()?,
            agreed: request.agreed,
        };
        let answer = self.engine.say(account, write, sentence).await.map_err(status)?;
        let read = &answer.reading;
        Ok(Response::new(v1::DoResponse {
            reading: Some(reading::to_wire(&read.text, &read.reading)),
            answer: Some(to_wire(answer.said)),
        }))
    }
}

fn to_wire(said: Said) -> Answer {
    match said {
        Said::Written(done, written) => {
            Answer::Written(v1::DoneDeed { deed: deed(done).into(), result: Some(responses::written(&written)) })
        }
        Said::Undone(steps) => {
            Answer::Undone(v1::UndoResponse { steps: steps.iter().map(responses::taken_back).collect() })
        }
        Said::List(filter) => Answer::List(v1::AskedList { filter }),
        Said::Help => Answer::Help(v1::AskedHelp {}),
        Said::Choose(deed, tasks) => Answer::Choose(question(deed, &tasks)),
        Said::Agree(deed, tasks) => Answer::Agree(question(deed, &tasks)),
    }
}

fn question(asked: Deed, tasks: &[Shown]) -> v1::Question {
    v1::Question { deed: deed(asked).into(), tasks: tasks.iter().map(convert::task::to_wire).collect() }
}

fn deed(deed: Deed) -> v1::Deed {
    match deed {
        Deed::Add => v1::Deed::Add,
        Deed::Edit => v1::Deed::Edit,
        Deed::Done => v1::Deed::Done,
        Deed::Delete => v1::Deed::Delete,
    }
}
