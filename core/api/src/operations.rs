//! The operation log.

use crate::failure::status;
use crate::{Api, requests, responses};
use tasks_engine::engine::LogList;
use tasks_engine::history::{HistoryEntry, RegisterChange};
use tasks_engine::store::Store;
use tasks_proto::v1::operation_service_server::OperationService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

/// Entries in an answer when nobody says how many, and at most.
const ENTRIES: u32 = 50;
const ENTRIES_MAX: u32 = 5_000;

#[tonic::async_trait]
impl<S: Store> OperationService for Api<S> {
    async fn list_operations(
        &self,
        request: Request<v1::ListOperationsRequest>,
    ) -> Result<Response<v1::ListOperationsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let limit = if request.limit == 0 { ENTRIES } else { request.limit.min(ENTRIES_MAX) };
        let before_seq = Some(request.before_seq).filter(|seq| *seq > 0);
        let asked = LogList { limit: limit as usize, before_seq, with_clock: request.with_clock };
        let operations = self.engine.operations(account, asked).await.map_err(status)?;
        let operations = operations.iter().map(convert::operation::to_wire).collect();
        Ok(Response::new(v1::ListOperationsResponse { operations }))
    }

    async fn get_history(
        &self,
        request: Request<v1::GetHistoryRequest>,
    ) -> Result<Response<v1::GetHistoryResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let limit = if request.limit == 0 { ENTRIES } else { request.limit.min(ENTRIES_MAX) };
        let history = self.engine.history(account, caller, request.reference, limit as usize).await.map_err(status)?;
        let change = |change: &RegisterChange| {
            convert::history::change_to_wire(change.field, &change.key, change.before.as_ref(), &change.after)
        };
        let entry = |entry: &HistoryEntry| v1::HistoryEntry {
            operation: Some(convert::operation::to_wire(&entry.operation)),
            changes: entry.changes.iter().map(change).collect(),
        };
        Ok(Response::new(v1::GetHistoryResponse {
            task: Some(convert::task::to_wire(&history.task)),
            entries: history.entries.iter().map(entry).collect(),
            more: history.more,
        }))
    }

    async fn undo(&self, request: Request<v1::UndoRequest>) -> Result<Response<v1::UndoResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let steps = self.engine.undo(account, write, request.steps).await.map_err(status)?;
        Ok(Response::new(v1::UndoResponse { steps: steps.iter().map(responses::taken_back).collect() }))
    }

    async fn redo(&self, request: Request<v1::RedoRequest>) -> Result<Response<v1::RedoResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let steps = self.engine.redo(account, write, request.steps).await.map_err(status)?;
        Ok(Response::new(v1::RedoResponse { steps: steps.iter().map(responses::taken_back).collect() }))
    }

    async fn revert(&self, request: Request<v1::RevertRequest>) -> Result<Response<v1::RevertResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let step = self.engine.revert(account, write, request.reference).await.map_err(status)?;
        Ok(Response::new(v1::RevertResponse { step: step.as_ref().map(responses::taken_back) }))
    }
}
