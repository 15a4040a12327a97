//! Finding tasks by less than a filter.

use crate::Api;
use crate::failure::status;
use tasks_engine::request::{CompleteQuery, Completion};
use tasks_engine::store::Store;
use tasks_proto::v1::query_service_server::QueryService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

/// Completions in an answer when nobody says how many, and at most.
const COMPLETIONS: u32 = 50;
const COMPLETIONS_MAX: u32 = 1_000;

#[tonic::async_trait]
impl<S: Store> QueryService for Api<S> {
    async fn complete_tasks(
        &self,
        request: Request<v1::CompleteTasksRequest>,
    ) -> Result<Response<v1::CompleteTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let limit = if request.limit == 0 { COMPLETIONS } else { request.limit.min(COMPLETIONS_MAX) } as usize;
        let query = CompleteQuery { prefix: request.prefix, limit, ended: request.ended };
        let completions = self.engine.complete(account, query).await.map_err(status)?;
        let to_wire = |completion: Completion| v1::TaskCompletion {
            reference: completion.reference,
            title: completion.title,
            status: convert::task::status_to_wire(completion.status) as i32,
        };
        Ok(Response::new(v1::CompleteTasksResponse { tasks: completions.into_iter().map(to_wire).collect() }))
    }
}
