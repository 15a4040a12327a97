//! Texts.

use crate::failure::status;
use crate::{Api, requests, responses};
use tasks_domain::error::Error;
use tasks_engine::store::Store;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tasks_proto::v1::command_service_server::CommandService;
use tonic::{Request, Response, Status};

#[tonic::async_trait]
impl<S: Store> CommandService for Api<S> {
    async fn add_tasks(&self, request: Request<v1::AddTasksRequest>) -> Result<Response<v1::AddTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let (tasks, fields) = (requests::new_tasks(request.tasks)?, requests::fields(request.fields));
        let written = self.engine.add_some(account, write, tasks, fields, request.keep_going).await.map_err(status)?;
        let failure = |(index, error): &(usize, Error)| v1::TextFailure {
            index: *index as u32,
            error: Some(Failure::from(error.clone()).into()),
        };
        Ok(Response::new(v1::AddTasksResponse {
            failures: written.failures.iter().map(failure).collect(),
            readings: responses::readings(&written.readings),
            result: Some(responses::written(&written)),
        }))
    }

    async fn edit_tasks(
        &self,
        request: Request<v1::EditTasksRequest>,
    ) -> Result<Response<v1::EditTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let written = self.engine.edit(account, write, requests::edits(request.edits)?).await.map_err(status)?;
        Ok(Response::new(v1::EditTasksResponse {
            readings: responses::readings(&written.readings),
            result: Some(responses::written(&written)),
        }))
    }

    async fn duplicate_tasks(
        &self,
        request: Request<v1::DuplicateTasksRequest>,
    ) -> Result<Response<v1::DuplicateTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let targets = requests::targets(request.references, request.selection)?;
        let written = self.engine.duplicate(account, write, targets, request.text).await.map_err(status)?;
        Ok(Response::new(v1::DuplicateTasksResponse {
            readings: responses::readings(&written.readings),
            result: Some(responses::written(&written)),
        }))
    }
}
