//! Tasks by reference.

use crate::failure::status;
use crate::listing::{self, Messages};
use crate::{Api, requests, responses};
use tasks_domain::command::Step;
use tasks_engine::request::{ListQuery, Targets, Written};
use tasks_engine::store::Store;
use tasks_proto::v1::task_service_server::TaskService;
use tasks_proto::{convert, v1};
use tonic::{Extensions, Request, Response, Status};

impl<S: Store> Api<S> {
    async fn step(
        &self,
        extensions: &Extensions,
        options: Option<v1::WriteOptions>,
        step: Step,
        targets: Targets,
    ) -> Result<Written, Status> {
        let account = (self.accounts)(extensions)?;
        self.engine.step(account, requests::write(options)?, step, targets).await.map_err(status)
    }
}

#[tonic::async_trait]
impl<S: Store> TaskService for Api<S> {
    type ListTasksStream = Messages;

    async fn list_tasks(
        &self,
        request: Request<v1::ListTasksRequest>,
    ) -> Result<Response<Self::ListTasksStream>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let view = request.view();
        let query = ListQuery {
            caller: requests::caller(request.caller.as_ref())?,
            order: convert::order::sort_from_wire(request.sort()),
            filter: request.filter,
            reverse: request.reverse,
            then: request.then.into_iter().map(convert::order::term_from_wire).collect(),
            limit: request.limit as usize,
            horizon_days: request.horizon_days,
            short_ids: request.short_ids,
            brief: view == v1::TaskView::Basic,
        };
        let listing = self.engine.listing(account, query).await.map_err(status)?;
        Ok(Response::new(listing::messages(self.engine.clone(), account, listing, view)))
    }

    async fn get_tasks(&self, request: Request<v1::GetTasksRequest>) -> Result<Response<v1::GetTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let tasks = self.engine.get(account, caller, request.references).await.map_err(status)?;
        let tasks = tasks.iter().map(convert::task::to_wire).collect();
        Ok(Response::new(v1::GetTasksResponse { tasks }))
    }

    async fn set_status(
        &self,
        request: Request<v1::SetStatusRequest>,
    ) -> Result<Response<v1::SetStatusResponse>, Status> {
        let (_, extensions, request) = request.into_parts();
        let step = convert::order::step_from_wire(request.action()).map_err(requests::wrong)?;
        let targets = requests::targets(request.references, request.selection)?;
        let written = self.step(&extensions, request.options, step, targets).await?;
        Ok(Response::new(v1::SetStatusResponse { result: Some(responses::written(&written)) }))
    }

    async fn delete_tasks(
        &self,
        request: Request<v1::DeleteTasksRequest>,
    ) -> Result<Response<v1::DeleteTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let scope = convert::rule::scope_from_wire(request.scope());
        let targets = requests::targets(request.references, request.selection)?;
        let write = requests::write(request.options)?;
        let written = self.engine.delete_tasks(account, write, targets, scope).await.map_err(status)?;
        Ok(Response::new(v1::DeleteTasksResponse { result: Some(responses::written(&written)) }))
    }

    async fn restore_tasks(
        &self,
        request: Request<v1::RestoreTasksRequest>,
    ) -> Result<Response<v1::RestoreTasksResponse>, Status> {
        let (_, extensions, request) = request.into_parts();
        let targets = requests::targets(request.references, request.selection)?;
        let written = self.step(&extensions, request.options, Step::Restore, targets).await?;
        Ok(Response::new(v1::RestoreTasksResponse { result: Some(responses::written(&written)) }))
    }
}
