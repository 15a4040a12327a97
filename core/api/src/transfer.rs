//! Whole tasks out and in.

use crate::failure::status;
use crate::{Api, requests};
use std::pin::Pin;
use std::sync::Arc;
use tasks_domain::error::Error;
use tasks_domain::id::AccountId;
use tasks_domain::import::WholeTask;
use tasks_domain::shown::Shown;
use tasks_engine::engine::Engine;
use tasks_engine::store::Store;
use tasks_engine::transfer::{Export, Whole};
use tasks_proto::error::Failure;
use tasks_proto::v1::transfer_service_server::TransferService;
use tasks_proto::{convert, v1};
use tokio::sync::mpsc;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

/// Tasks in one message, read from one state of the store.
const TASKS_PER_MESSAGE: usize = 512;
/// Bytes of titles and notes after which a message is sent even if it has fewer tasks: far below a frame.
const TEXT_PER_MESSAGE: usize = 1024 * 1024;
/// Messages that may wait for the client.
const MESSAGES_WAITING_MAX: usize = 2;
/// Most tasks of one request.
const IMPORT_TASKS_MAX: usize = 10_000;

fn is_full(tasks: &[Shown]) -> bool {
    let text = |shown: &Shown| shown.task.title.len() + shown.task.notes.as_ref().map_or(0, String::len);
    // Counted only now and then, and behind every task with long notes.
    tasks.len() >= TASKS_PER_MESSAGE
        || ((tasks.len().is_multiple_of(64) || tasks.last().is_some_and(|shown| text(shown) > TEXT_PER_MESSAGE / 64))
            && tasks.iter().map(text).sum::<usize>() >= TEXT_PER_MESSAGE)
}

/// Sends all records; whether somebody waits for more.
async fn send_records<S: Store>(
    engine: &Engine<S>,
    account: AccountId,
    export: &Arc<Export>,
    sender: &mpsc::Sender<Result<v1::ExportTasksResponse, Status>>,
) -> bool {
    let mut position = 0;
    loop {
        let page = match engine.export_records(account, Arc::clone(export), position).await {
            Ok(page) => page,
            Err(error) => {
                _ = sender.send(Err(status(error))).await;
                return false;
            }
        };
        position = page.position;
        let records = page.records.into_iter().map(convert::import::record_into_wire).collect();
        let message = v1::ExportTasksResponse { records, ..v1::ExportTasksResponse::default() };
        if sender.send(Ok(message)).await.is_err() {
            return false;
        }
        if page.is_last {
            return true;
        }
    }
}

#[tonic::async_trait]
impl<S: Store> TransferService for Api<S> {
    type ExportTasksStream = Pin<Box<dyn Stream<Item = Result<v1::ExportTasksResponse, Status>> + Send>>;

    async fn export_tasks(
        &self,
        request: Request<v1::ExportTasksRequest>,
    ) -> Result<Response<Self::ExportTasksStream>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let export = self.engine.export_of(account, caller, request.filter).await.map_err(status)?;
        let export = Arc::new(export);
        let mut position =
            i64::try_from(request.after).map_err(|_| requests::wrong(Error::Malformed("no such position".into())))?;
        let engine = self.engine.clone();
        let (sender, receiver) = mpsc::channel(MESSAGES_WAITING_MAX);
        // Ends with the export, or with the first message that nobody takes any more. While it waits it holds nothing.
        tokio::spawn(async move {
            if position == 0 && !send_records(&engine, account, &export, &sender).await {
                return;
            }
            loop {
                let page = match engine.export(account, Arc::clone(&export), position, is_full).await {
                    Ok(page) => page,
                    Err(error) => {
                        _ = sender.send(Err(status(error))).await;
                        return;
                    }
                };
                position = page.position;
                let message = v1::ExportTasksResponse {
                    tasks: page.tasks.into_iter().map(convert::task::into_wire).collect(),
                    position: position.unsigned_abs(),
                    records: Vec::new(),
                };
                if sender.send(Ok(message)).await.is_err() || page.is_last {
                    return;
                }
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(receiver))))
    }

    async fn import_tasks(
        &self,
        request: Request<v1::ImportTasksRequest>,
    ) -> Result<Response<v1::ImportTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        if request.tasks.len() + request.records.len() > IMPORT_TASKS_MAX {
            let (changes, max) = (request.tasks.len() + request.records.len(), IMPORT_TASKS_MAX);
            return Err(requests::wrong(Error::TooManyChanges { changes, max }));
        }
        let read = |whole: &v1::WholeTask| convert::import::from_wire(whole).map_err(requests::wrong);
        let tasks: Vec<WholeTask> = request.tasks.iter().map(read).collect::<Result<_, _>>()?;
        let read = |record: &v1::Record| convert::import::record_from_wire(record).map_err(requests::wrong);
        let records = request.records.iter().map(read).collect::<Result<_, _>>()?;
        let whole = Whole { records, tasks };
        let imported = self.engine.import(account, write, whole, request.keep_going).await.map_err(status)?;
        let failure = |(index, error): (usize, Error)| v1::ImportFailure {
            index: index as u32,
            error: Some(Failure::from(error).into()),
        };
        Ok(Response::new(v1::ImportTasksResponse {
            operation: imported.operation.as_ref().map(convert::operation::to_wire),
            effects: imported.effects.iter().map(|effect| convert::import::effect_to_wire(*effect).into()).collect(),
            failures: imported.failures.into_iter().map(failure).collect(),
            dry_run: imported.dry_run,
        }))
    }
}
