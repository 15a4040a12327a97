//! Counts over tasks.

use crate::failure::status;
use crate::requests::wrong;
use crate::{Api, requests};
use tasks_domain::error::Error;
use tasks_domain::report::{CALENDAR_DAYS_MAX, STATS_DAYS_MAX};
use tasks_engine::request::{CalendarQuery, CountQuery, StatsQuery};
use tasks_engine::store::Store;
use tasks_proto::v1::report_service_server::ReportService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

/// Days of the stats when nobody says how many.
const STATS_DAYS: u32 = 30;
/// Most tasks of all days of a calendar together, so that the answer stays within a frame.
const CALENDAR_TASKS_MAX: usize = 3_000;

fn count(caller: Option<&v1::Caller>, filter: Vec<String>) -> Result<CountQuery, Status> {
    Ok(CountQuery { caller: requests::caller(caller)?, filter })
}

#[tonic::async_trait]
impl<S: Store> ReportService for Api<S> {
    async fn get_stats(&self, request: Request<v1::GetStatsRequest>) -> Result<Response<v1::GetStatsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let days = if request.days == 0 { STATS_DAYS } else { request.days.min(STATS_DAYS_MAX) };
        let query = StatsQuery { count: count(request.caller.as_ref(), request.filter)?, days };
        let (stats, labels) = self.engine.stats(account, query).await.map_err(status)?;
        Ok(Response::new(convert::report::stats_to_wire(&stats, &labels)))
    }

    async fn get_calendar(
        &self,
        request: Request<v1::GetCalendarRequest>,
    ) -> Result<Response<v1::GetCalendarResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let date = |date: &Option<v1::Date>| {
            let date = date.as_ref().ok_or_else(|| Error::Malformed("the request names no days".to_owned()));
            date.and_then(convert::when::date_from_wire).map_err(wrong)
        };
        let (first, last) = (date(&request.first)?, date(&request.last)?);
        let days = (last - first).num_days() + 1;
        if !(1..=CALENDAR_DAYS_MAX).contains(&days) {
            return Err(wrong(Error::Malformed(format!("a calendar has 1 to {CALENDAR_DAYS_MAX} days, not {days}"))));
        }
        let most = CALENDAR_TASKS_MAX / usize::try_from(days).unwrap_or(CALENDAR_TASKS_MAX);
        let query = CalendarQuery {
            count: count(request.caller.as_ref(), request.filter)?,
            first,
            last,
            tasks_per_day: most.min(request.tasks_per_day as usize),
        };
        let calendar = self.engine.calendar(account, query).await.map_err(status)?;
        let days = calendar.finish().map(|(date, day)| convert::report::calendar_day_to_wire(date, &day)).collect();
        Ok(Response::new(v1::GetCalendarResponse { days }))
    }

    async fn list_projects(
        &self,
        request: Request<v1::ListProjectsRequest>,
    ) -> Result<Response<v1::ListProjectsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let query = count(request.caller.as_ref(), request.filter)?;
        let labels = self.engine.labels(account, query).await.map_err(status)?;
        let projects = labels.projects().iter().map(convert::report::project_to_wire).collect();
        Ok(Response::new(v1::ListProjectsResponse { projects }))
    }

    async fn list_tags(&self, request: Request<v1::ListTagsRequest>) -> Result<Response<v1::ListTagsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let query = count(request.caller.as_ref(), request.filter)?;
        let labels = self.engine.labels(account, query).await.map_err(status)?;
        let tags = labels.tags().iter().map(convert::report::tag_to_wire).collect();
        Ok(Response::new(v1::ListTagsResponse { tags }))
    }
}
