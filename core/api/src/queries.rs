//! Finding tasks by less than a filter.

use crate::failure::status;
use crate::{Api, requests};
use tasks_domain::error::Error;
use tasks_domain::shown::Shown;
use tasks_domain::sort::SortOrder;
use tasks_engine::request::{CompleteQuery, Completion, Hit, LabelsQuery, ListQuery, SearchQuery};
use tasks_engine::store::Store;
use tasks_proto::v1::query_service_server::QueryService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

/// Completions in an answer when nobody says how many, and at most.
const COMPLETIONS: u32 = 50;
const COMPLETIONS_MAX: u32 = 1_000;

/// Tasks that a search answers with when nobody says how many, and at most.
const FOUND: u32 = 20;
const FOUND_MAX: u32 = 1_000;

fn found(hit: &Hit) -> v1::FoundTask {
    let spans = |places: &[(usize, usize)]| {
        places.iter().map(|(start, end)| v1::TextSpan { start: *start as u32, end: *end as u32 }).collect()
    };
    let (excerpt, places) = hit.fit.excerpt.clone().unwrap_or_default();
    v1::FoundTask {
        task: Some(convert::task::to_wire(&hit.shown)),
        score: hit.fit.score,
        title: spans(&hit.fit.title),
        excerpt,
        excerpt_spans: spans(&places),
    }
}

/// Most tasks that are told to be next.
const NEXT_MAX: u32 = 1_000;

#[tonic::async_trait]
impl<S: Store> QueryService for Api<S> {
    async fn next_tasks(
        &self,
        request: Request<v1::NextTasksRequest>,
    ) -> Result<Response<v1::NextTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let now = caller.now;
        let query = ListQuery {
            caller,
            filter: request.filter,
            order: SortOrder::Urgency,
            reverse: false,
            then: Vec::new(),
            limit: request.limit.clamp(1, NEXT_MAX) as usize,
            horizon_days: None,
            short_ids: false,
            brief: false,
        };
        let (tasks, more) = self.engine.next_tasks(account, query).await.map_err(status)?;
        let next = |shown: &Shown| v1::NextTask {
            task: Some(convert::task::to_wire(shown)),
            terms: convert::task::urgency_to_wire(shown, now),
        };
        Ok(Response::new(v1::NextTasksResponse { tasks: tasks.iter().map(next).collect(), more }))
    }

    async fn search_tasks(
        &self,
        request: Request<v1::SearchTasksRequest>,
    ) -> Result<Response<v1::SearchTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let limit = if request.limit == 0 { FOUND } else { request.limit.min(FOUND_MAX) } as usize;
        let caller = requests::caller(request.caller.as_ref())?;
        let query = SearchQuery { caller, text: request.text, filter: request.filter, limit };
        let searched = self.engine.search(account, query).await.map_err(status)?;
        Ok(Response::new(v1::SearchTasksResponse {
            tasks: searched.hits.iter().map(found).collect(),
            more: searched.more,
            taken_for: searched.meant.into_iter().map(|(typed, word)| v1::TakenFor { typed, word }).collect(),
        }))
    }

    async fn count_tasks(
        &self,
        request: Request<v1::CountTasksRequest>,
    ) -> Result<Response<v1::CountTasksResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let query = ListQuery {
            caller: requests::caller(request.caller.as_ref())?,
            filter: request.filter,
            order: SortOrder::Due,
            reverse: false,
            then: Vec::new(),
            limit: 0,
            horizon_days: request.horizon_days,
            short_ids: false,
            brief: false,
        };
        let count = self.engine.count(account, query).await.map_err(status)?;
        Ok(Response::new(v1::CountTasksResponse { count }))
    }

    async fn complete_labels(
        &self,
        request: Request<v1::CompleteLabelsRequest>,
    ) -> Result<Response<v1::CompleteLabelsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let projects = match request.kind() {
            v1::LabelKind::Project => true,
            v1::LabelKind::Tag => false,
            v1::LabelKind::Unspecified => {
                let what = "the request names no kind of label this build knows".to_owned();
                return Err(requests::wrong(Error::Malformed(what)));
            }
        };
        let limit = if request.limit == 0 { COMPLETIONS } else { request.limit.min(COMPLETIONS_MAX) } as usize;
        let query = LabelsQuery { projects, prefix: request.prefix, limit };
        let names = self.engine.complete_labels(account, query).await.map_err(status)?;
        Ok(Response::new(v1::CompleteLabelsResponse { names }))
    }

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
